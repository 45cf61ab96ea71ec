"""Each command's result as a listing, which every format of formats.py can write."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from opsc_cli.answers.age import End
from opsc_cli.answers.audit import Mismatch
from opsc_cli.answers.explain import sources_behind
from opsc_cli.answers.position import Position
from opsc_cli.answers.stats import Region, Totals, YearTotals
from opsc_cli.forecast.backtest import Backtest
from opsc_cli.forecast.forecast import Forecast
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.plan import Plan
from opsc_cli.law.standing import Obligation
from opsc_cli.record.records import Dataset, Source
from opsc_cli.render import document, rows
from opsc_cli.render.document import Envelope
from opsc_cli.render.formats import Listing, Row, WrongField
from opsc_cli.render.screen import Screen

Reviews = Mapping[str, list[tuple[str, str, str]]]


def states(
    positions: Sequence[Position], *, overview: bool = False, forecasts: bool = False, alarms: Sequence[int] = ()
) -> Listing:
    """`opsc due`, `opsc states`, `opsc whatif`: with `overview` one table of all, with `forecasts` a picture each.

    `alarms`: how many days before a date its event in a calendar reminds of it.
    """

    def table(screen: Screen) -> str:
        tables = _tables()
        chosen = tables.overview if overview else tables.forecasts if forecasts else tables.due
        written: str = chosen(positions, screen)
        return written

    def calendar(envelope: Envelope) -> str:
        made = _calendars().of_forecasts if forecasts else _calendars().of_states
        written: str = made(positions, alarms, envelope)
        return written

    content = document.states(positions)
    return Listing(
        key="states",
        content=content,
        columns=rows.DUE_COLUMNS,
        rows=lambda: rows.due_rows(content),
        table=table,
        calendar=calendar,
    )


def supposed(position: Position) -> Listing:
    """`opsc whatif`: what is only supposed belongs into no calendar."""
    return replace(states([position]), calendar=None)


def explained(position: Position, known: Mapping[str, Source]) -> Listing:
    """`opsc explain`: a text for a person, a row a step for a program."""

    def table(screen: Screen) -> str:
        from opsc_cli.render.explain import explanation

        return explanation(position, known, min(screen.width, 100))

    return Listing(
        key="states",
        content=document.states([position], with_steps=True),
        columns=rows.STEP_COLUMNS,
        rows=lambda: rows.step_rows(position),
        table=table,
    )


def sessions(
    meetings: Sequence[Meeting],
    reviews: Reviews,
    names: Mapping[str, str],
    *,
    one: bool,
    alarms: Sequence[int] = (),
) -> Listing:
    """`opsc sessions`; with `one` the table also names the States that the session reviewed."""
    content = document.sessions(meetings, reviews)
    return Listing(
        key="sessions",
        content=content,
        columns=rows.SESSION_COLUMNS,
        rows=lambda: rows.session_rows(content),
        table=lambda screen: _tables().sessions(meetings, content if one else [], names, screen),
        calendar=lambda envelope: _calendars().of_meetings(meetings, alarms, envelope),
    )


def stats(
    totals: Totals, regions: Mapping[str, Region], years: Sequence[YearTotals], series: Sequence[Totals]
) -> Listing:
    """`opsc stats`."""
    content = document.stats(totals, regions, years, series)
    return Listing(
        key="stats",
        content=content,
        columns=rows.STATS_COLUMNS,
        rows=lambda: rows.stats_rows(content),
        table=lambda screen: _tables().stats(totals, regions, years, series, screen),
    )


def audit(mismatches: Sequence[Mismatch]) -> Listing:
    """`opsc audit`."""
    content = document.audit(mismatches)
    return Listing(
        key="mismatches",
        content=content,
        columns=rows.AUDIT_COLUMNS,
        rows=lambda: rows.plain_rows(rows.AUDIT_COLUMNS, content),
        table=lambda screen: _tables().audit(mismatches, screen),
    )


def sources(position: Position, known: Mapping[str, Source]) -> Listing:
    """`opsc sources`."""
    content = document.sources(sources_behind(position), known)
    return Listing(
        key="sources",
        content=content,
        columns=rows.SOURCE_COLUMNS,
        rows=lambda: rows.plain_rows(rows.SOURCE_COLUMNS, content),
        table=lambda screen: _tables().sources(position, content, screen),
    )


def forecast(found: Forecast, treaty: str, *, alarms: Sequence[int] = ()) -> Listing:
    """`opsc forecast --received`."""
    content = {"treaty": treaty} | document.forecast(found)
    return Listing(
        key="forecast",
        content=content,
        columns=rows.FORECAST_COLUMNS,
        rows=lambda: rows.forecast_rows(content),
        table=lambda screen: _tables().forecast(found, screen),
        calendar=lambda envelope: _calendars().of_forecast(found, treaty, alarms, envelope),
    )


def backtest(found: Backtest) -> Listing:
    """`opsc forecast --backtest`."""
    content = document.backtest(found)
    return Listing(
        key="backtest",
        content=content,
        columns=rows.BACKTEST_COLUMNS,
        rows=lambda: rows.backtest_rows(content),
        table=lambda screen: _tables().backtest(found, screen),
    )


def plans(
    position: Position, found: Sequence[Plan], without: Sequence[Obligation], *, alarms: Sequence[int] = ()
) -> Listing:
    """`opsc plan`; `without` are the reports that no meeting can be forecast for."""
    content = document.plans(position, found, without)
    return Listing(
        key="plan",
        content=content,
        columns=rows.PLAN_COLUMNS,
        rows=lambda: rows.plan_rows(content),
        table=lambda screen: _tables().plans(position, found, without, screen),
        calendar=lambda envelope: _calendars().of_plans(position, found, alarms, envelope),
    )


def data(dataset: Dataset, ends: Sequence[End]) -> Listing:
    """`opsc data`."""
    content = document.data(dataset, ends)
    return Listing(
        key="data",
        content=content,
        columns=rows.DATA_COLUMNS,
        rows=lambda: rows.data_rows(content),
        table=lambda screen: _tables().data(content, screen),
    )


def with_fields(listing: Listing, wanted: Sequence[str]) -> Listing:
    """The same listing with the wanted columns only; its JSON becomes flat objects. Raises WrongField."""
    for field in wanted:
        if field not in listing.columns:
            raise WrongField(field)

    def rows() -> list[Row]:
        return [{field: row[field] for field in wanted} for row in listing.rows()]

    def table(screen: Screen) -> str:
        return str(_tables().plain(wanted, rows(), screen))

    return replace(listing, columns=tuple(wanted), rows=rows, content=rows(), table=table)


def _calendars() -> Any:
    from opsc_cli.render import ics

    return ics


def _tables() -> Any:
    """The tables, and with them Rich: loaded only where one is written."""
    from opsc_cli.render import table

    return table
