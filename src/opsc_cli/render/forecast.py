"""`opsc forecast`: when the Committee will likely review what a State owes, or a report received on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Owed, Position
from opsc_cli.forecast.forecast import Forecast
from opsc_cli.record.dates import first_day, in_words, last_day
from opsc_cli.render.due import due_listing, report_key
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.parts import Cell, Part, line
from opsc_cli.render.state import RANGE_COLUMNS, forecast_content
from opsc_cli.render.words import in_a_sentence, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract
    from opsc_cli.render.ics import Calendar, Event


def forecast_listing(positions: Sequence[Position], *, alarms: Sequence[int] = ()) -> Listing:
    """What States owe, as in `opsc due`; on a terminal and in a calendar the forecasts for it."""
    return replace(
        due_listing(positions),
        parts=lambda: [part for position in positions for part in _state_parts(position)],
        calendar=lambda: _calendar_of_states(positions, alarms),
    )


def received_listing(found: Forecast, treaty: str, *, alarms: Sequence[int] = ()) -> Listing:
    """A report under `treaty` received on a day."""
    content: contract.ReceivedForecast = {"treaty": treaty, **forecast_content(found)}
    return Listing(
        key="forecast",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, [content]),
        parts=lambda: list(_parts(found)),
        calendar=lambda: _calendar_of_received(found, treaty, alarms),
    )


COLUMNS: "Columns[contract.Forecast]" = {
    "assumes_received": lambda forecast: forecast["assumes_received"],
    "procedure": lambda forecast: forecast["procedure"],
    "certainty": lambda forecast: forecast["certainty"],
    **{f"forecast_{name}": value for name, value in RANGE_COLUMNS.items()},
    "basis": lambda forecast: forecast["basis"],
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _state_parts(position: Position) -> Iterator[Part]:
    for owed in position.owed:
        obligation = owed.obligation
        yield line(f"{position.name}: {obligation.report.name}, {obligation.standing}", style="bold")
        if owed.forecast:
            yield from _parts(owed.forecast)
        else:
            yield line(f"No forecast: there is no day to start from ({obligation.standing_because}).")
            yield line("")
    if not position.owed:
        yield line(sentence(position))


def _parts(found: Forecast) -> Iterator[Part]:
    """The forecast in a sentence, then a bar for each session in which past cases came."""
    yield line(f"Pre-session and session: {in_a_sentence(found)}.")
    if found.spread:
        yield {
            "kind": "chart",
            "titles": ("Session", "Chance, as past cases turned out", ""),
            "rows": list(_chances(found)),
            "bars": 1,
            "margin": 56,
            "most": None,
        }
        yield line(f"█ within the range for a nominal {found.nominal_coverage:.0%}, ░ outside it")


def _chances(found: Forecast) -> Iterator[Sequence[Cell]]:
    """The sessions within the range one by one, those before it and after it together."""
    first, last = found.session.earliest.opens_by, found.session.latest.opens_by
    within: dict[str, float] = {}
    sooner = later = 0.0
    for meeting, chance in found.spread:
        if meeting.opens_by < first:
            sooner += chance
        elif meeting.opens_by > last:
            later += chance
        else:
            within[meeting.label] = within.get(meeting.label, 0.0) + chance
    outside = {"sooner": sooner, "later": later}
    shown = {"sooner": sooner, **within, "later": later}
    longest = max(shown.values())
    for label, chance in shown.items():
        if chance:
            block = "░" if label in outside else "█"
            mark = "likely" if label == found.session.likely.label else ""
            yield label, {"value": chance, "longest": longest, "label": f"{chance:.0%}", "blocks": block}, mark


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar_of_states(positions: Sequence[Position], alarms: Sequence[int]) -> "Calendar":
    return {
        "events": [event for position in positions for owed in position.owed for event in _events(position, owed)],
        "alarms": alarms,
        "undated": [reason for position in positions for reason in without_forecast(position)],
        "asked": [position.iso3 for position in positions],
    }


def _events(position: Position, owed: Owed) -> "Iterator[Event]":
    if owed.forecast:
        key = f"{position.iso3.lower()}-{report_key(owed.obligation)}"
        yield from _meetings(key, f"{position.name}, {owed.obligation.report.name}", owed.forecast)


def without_forecast(position: Position) -> Iterator[str]:
    """Why nothing is to be expected for a State, or for one of its reports."""
    if not position.owed:
        yield sentence(position)
    for owed in position.owed:
        if not owed.forecast:
            obligation = owed.obligation
            because = f"no day to start from ({obligation.standing_because})"
            yield f"{position.name}, {obligation.report.name}: {because}."


def _calendar_of_received(found: Forecast, treaty: str, alarms: Sequence[int]) -> "Calendar":
    what = f"a report under the {treaty} received on {in_words(found.assumes_received)}"
    events = _meetings(f"received-{found.assumes_received}-{treaty.lower()}", what, found)
    return {"events": list(events), "alarms": alarms, "undated": (), "asked": ()}


def _meetings(key: str, what: str, found: Forecast) -> "Iterator[Event]":
    """The likely working group, unless it has met, and the likely session, each on its days or in its months."""
    group = ("pre-session", "working group", found.pre_session.likely)
    session = ("session", "session", found.session.likely)
    for suffix, kind, meeting in (session,) if found.group_has_met else (group, session):
        if meeting.opens:
            yield {
                "uid": f"{key}-{suffix}",
                "first": first_day(meeting.opens),
                "last": last_day(meeting.closes or meeting.opens),
                "summary": f"{what}: likely {kind}, {meeting.label}",
                "description": f"{in_a_sentence(found)}.\n{found.authority.short}.",
                "status": "TENTATIVE",
                "category": "forecast",
                "url": found.authority.url,
            }
