"""`opsc due`, `opsc states` and `opsc whatif`: what States owe, one row per report owed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.position import Position
from opsc_cli.law.authority import Certainty, Dated
from opsc_cli.law.report_names import short_numbers
from opsc_cli.law.standing import Obligation
from opsc_cli.law.treaty import CRC_44_1_A, CRC_44_1_B
from opsc_cli.record.dates import in_words
from opsc_cli.record.frozen import replace
from opsc_cli.record.links import link_of
from opsc_cli.render import parts
from opsc_cli.render.listing import Columns, Listing, Row, Value, joined, rows_of
from opsc_cli.render.meetings import RANGE_COLUMNS
from opsc_cli.render.next_review import in_a_cell, labels, review_event
from opsc_cli.render.parts import Part, grid, line
from opsc_cli.render.state import state_content
from opsc_cli.render.words import PASSED, moment, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract, contract_forecasts, documents
    from opsc_cli.render.ics import Calendar, CalendarEvent
    from opsc_cli.render.svg import Picture

_ONE_BY_ONE = 5
"""Up to this many States are shown one by one, more in one table."""


def due_listing(positions: Iterable[Position], *, overview: bool = False, alarms: Sequence[int] = ()) -> Listing:
    """`overview`: one table of all States. `alarms`: how many days before each date a calendar reminds of it."""
    content = OneByOne(lambda: map(state_content, positions))
    return Listing(
        key="states",
        content=content,
        columns=SHOWN,
        more=tuple(name for name in COLUMNS if name not in SHOWN),
        rows=lambda: due_rows(content),
        parts=lambda: _parts(tuple(positions), overview),
        calendar=lambda: due_calendar(positions, alarms),
        picture=(lambda envelope: _map(tuple(positions), envelope)) if overview else None,
    )


def _map(positions: Sequence[Position], envelope: "documents.Envelope") -> "Picture":
    from opsc_cli.render.tile_map import tile_map

    return tile_map(positions, "standing", envelope)


def whatif_listing(position: Position) -> Listing:
    """An assumption has no calendar."""
    return replace(due_listing([position]), calendar=None)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

_Owing = tuple["contract.State", "contract.Obligation | None"]
"""A State and one report that it owes; None if it owes none."""


def _state(value: "Callable[[contract.State], Value]") -> Callable[[_Owing], Value]:
    return lambda owing: value(owing[0])


def _report(value: "Callable[[contract.Obligation], Value]") -> Callable[[_Owing], Value]:
    return lambda owing: value(owing[1]) if owing[1] else None


_DateKey = Literal["kind", "date", "earliest", "latest", "certainty", "authority"]


def _date_columns(name: str, date_of: "Callable[[_Owing], contract.Answered | None]") -> Columns[_Owing]:
    def column(key: _DateKey) -> Callable[[_Owing], Value]:
        return lambda owing: date[key] if (date := date_of(owing)) else None

    keys: tuple[_DateKey, ...] = get_args(_DateKey)
    return {f"{name}_{key}": column(key) for key in keys}


def _forecast_columns() -> Columns[_Owing]:
    def column(value: "Callable[[contract_forecasts.Forecast], Value]") -> Callable[[_Owing], Value]:
        return _report(lambda o: value(o["forecast"]) if o["forecast"] else None)

    return {f"forecast_{name}": column(value) for name, value in RANGE_COLUMNS.items()}


def _numbers(report: "contract.Report") -> str | None:
    """7, or 5-6 for combined reports."""
    return short_numbers(report["numbers"]) if report["numbers"] else None


def _day(due: "contract.DueDate") -> str | None:
    """2004-06-06, or 2021-02-01/2021-04-19; none for a treaty term, which is no due date."""
    if due["authority"] in (CRC_44_1_A.short, CRC_44_1_B.short):
        return None
    return due["date"] or (f"{due['earliest']}/{due['latest']}" if due["earliest"] else None)


def _review(value: "Callable[[contract_forecasts.NextReview], Value]") -> Callable[[_Owing], Value]:
    return _state(lambda s: value(s["next_review"]) if s["next_review"] else None)


SHOWN = ("iso3", "name", "report", "due", "standing", "certainty", "next_review", "sources")
"""The columns without --fields; `--fields all` has every one."""

COLUMNS: Columns[_Owing] = {
    "iso3": _state(lambda s: s["iso3"]),
    "name": _state(lambda s: s["name"]),
    "report": _report(lambda o: o["report"]["name"]),
    "due": _report(lambda o: _day(o["due"])),
    "standing": lambda owing: (owing[1] or owing[0])["standing"],
    "certainty": _report(lambda o: o["due"]["certainty"]),
    "next_review": _review(in_a_cell),
    "sources": _report(lambda o: joined(o["due"]["sources"])),
    "status": _state(lambda s: s["status"]),
    "report_name": _report(lambda o: o["report"]["name"]),
    "report_treaty": _report(lambda o: o["report"]["treaty"]),
    "report_kind": _report(lambda o: o["report"]["kind"]),
    "report_numbers": _report(lambda o: _numbers(o["report"])),
    "report_received": _report(lambda o: o["report"]["received"]),
    "report_symbol": _report(lambda o: o["report"]["symbol"]),
    **_date_columns("due", lambda owing: owing[1] and owing[1]["due"]),
    "days_late": _report(lambda o: o["days_late"]),
    "days_past": _report(lambda o: o["days_past"]),
    "next_review_earliest": _review(lambda review: labels(review)[0]),
    "next_review_likely": _review(lambda review: labels(review)[1]),
    "next_review_latest": _review(lambda review: labels(review)[2]),
    **_forecast_columns(),
    "signed": _state(lambda s: s["signed"]),
    "instrument_kind": _state(lambda s: s["instrument"] and s["instrument"]["kind"]),
    "instrument_deposited": _state(lambda s: s["instrument"] and s["instrument"]["deposited"]),
    "instrument_earliest": _state(lambda s: s["instrument"] and s["instrument"]["earliest"]),
    "instrument_latest": _state(lambda s: s["instrument"] and s["instrument"]["latest"]),
    **_date_columns("entry_into_force", lambda owing: owing[0]["entry_into_force"]),
    "initial_report_submitted": _state(lambda s: s["initial_report"] and s["initial_report"]["submitted"]),
    "initial_report_reviewed_session": _state(
        lambda s: s["initial_report"] and s["initial_report"]["reviewed_session"]
    ),
    "due_because": _report(lambda o: o["due"]["because"]),
    "due_sources": _report(lambda o: joined(o["due"]["sources"])),
    "notes": _state(lambda s: " ".join(s["notes"]) or None),
    "checked": _state(lambda s: s["checked"]),
    "iso2": _state(lambda s: s["iso2"]),
    "m49": _state(lambda s: s["m49"]),
    "region": _state(lambda s: s["region"]),
}


def due_rows(states: "Iterable[contract.State]") -> Iterator[Row]:
    """A row per report owed, and one for a State that owes none."""
    return rows_of(COLUMNS, ((state, report) for state in states for report in _reports(state)))


def _reports(state: "contract.State") -> "Sequence[contract.Obligation | None]":
    return state["obligations"] or (None,)


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(positions: Sequence[Position], overview: bool) -> list[Part]:
    return _sheet(positions) if not overview and 0 < len(positions) <= _ONE_BY_ONE else _overview(positions)


def _sheet(positions: Sequence[Position]) -> list[Part]:
    from opsc_cli.render.sheet import sheet_of

    return sheet_of(positions)


def _overview(positions: Sequence[Position]) -> list[Part]:
    if not positions:
        return [line("No State matches.")]
    rows = [row for position in positions for row in _overview_rows(position)]
    passed = Counter(position.answer.lateness for position in positions)
    counts = " · ".join(f"{passed[standing]} {called}" for standing, called in PASSED.items())
    return [grid(("State", "Report", "When", "Standing"), rows), line(f"{len(positions)} States: {counts}")]


def _overview_rows(position: Position) -> Iterator[Sequence[parts.Cell]]:
    from opsc_cli.render.sheet import STYLES

    name = f"{position.name} ({position.iso3})"
    if not position.obligations:
        yield name, f"none owed: {position.answer.status}", "", position.answer.standing
    for owed in position.obligations:
        shown = [(owed.standing, STYLES.get(owed.standing, ""))]
        yield name, owed.report.name, _when(owed), shown


def _when(obligation: Obligation) -> str:
    """When it was received, else when it is due."""
    if obligation.standing == "with-the-committee":
        received = obligation.report.received
        return f"received {in_words(received)}" if received else "received, the day is not on record"
    term = "treaty term " if obligation.is_treaty_term and isinstance(obligation.due, Dated) else ""
    return f"{term}{moment(obligation.due)}"


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def due_calendar(positions: Iterable[Position], alarms: Sequence[int]) -> "Calendar":
    """Each report on its day; for a State still to be bound, its entry into force and its initial report."""
    return {
        "events": OneByOne(lambda: (event for position in positions for event in _events(position))),
        "alarms": alarms,
        "undated": OneByOne(lambda: [sentence(position) for position in positions] or ["No State matches."]),
        "asked": OneByOne(lambda: (position.iso3 for position in positions)),
    }


def _events(position: Position) -> "Iterator[CalendarEvent]":
    answer = position.answer
    if answer.status == "pending":
        for what, key, date in (
            ("entry into force of the OPSC", "entry-into-force", answer.entry_into_force),
            ("initial report under the OPSC due", "opsc-initial", answer.initial_due),
        ):
            if isinstance(date, Dated):
                yield _event(position, date, key, what, answer.standing)
    yield from review_event(position)
    for obligation in position.obligations:
        if isinstance(obligation.due, Dated):
            yield _event(position, obligation.due, obligation.key, _what(obligation), obligation.standing)


def _what(obligation: Obligation) -> str:
    report = obligation.report
    if obligation.is_treaty_term:
        return f"treaty term of the {report.name}"
    if report.received:
        return f"{report.name} was due (received)"
    expected = " expected" if obligation.due.certainty in (Certainty.PRACTICE, Certainty.PROJECTION) else " due"
    return report.name + expected


def _event(position: Position, date: Dated, key: str, what: str, category: str) -> "CalendarEvent":
    window = "" if date.is_day else " (a day within this time)"
    reasons = (
        sentence(position),
        f"{date.authority.short}: {date.because}.",
        f"Certainty: {date.certainty.value}.",
        f"Sources: {'; '.join(_opened(source, position) for source in date.sources) or 'none'}.",
        *position.notes,
    )
    return {
        "uid": f"{position.iso3.lower()}-{key}",
        "first": date.first,
        "last": date.last,
        "summary": f"{position.name}: {what}{window}",
        "description": "\n".join(reasons),
        "status": "CONFIRMED" if date.certainty in (Certainty.TREATY, Certainty.COMMITTEE_SET) else "TENTATIVE",
        "category": category,
        "url": date.authority.url,
    }


def _opened(source: str, position: Position) -> str:
    """The id of a source, with the address that opens it."""
    link = link_of(position.sources.get(source))
    return f"{source} ({link})" if link else source
