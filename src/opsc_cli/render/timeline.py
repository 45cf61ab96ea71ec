"""`opsc timeline`: what happened and what is to come, as a line of years; one row per event."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.timeline import BEGINS, Event, Timeline, likely_opening
from opsc_cli.forecast.forecast import NOMINAL_COVERAGE
from opsc_cli.record.dates import first_day
from opsc_cli.render.events import LANES, glyph, in_years, last_year, said, when, without_a_day
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Grid, Mark, Part, Years, grid, line
from opsc_cli.render.words import iso
from opsc_cli.render.years import BAND, LIKELY, OPEN

if TYPE_CHECKING:
    from opsc_cli.render import contract_timeline
    from opsc_cli.render.documents import Envelope
    from opsc_cli.render.svg import Picture


def timeline_listing(timelines: Iterable[Timeline]) -> Listing:
    return Listing(
        key="timelines",
        content=OneByOne(lambda: _contents(tuple(timelines))),
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, ((t, event) for t in timelines for event in t.events)),
        parts=lambda: list(_parts(tuple(timelines))),
        picture=lambda envelope: _picture(tuple(timelines), envelope),
    )


def _contents(timelines: Sequence[Timeline]) -> "Iterator[contract_timeline.Timeline]":
    last = last_year(timelines)
    return (_content(timeline, last) for timeline in timelines)


def _content(timeline: Timeline, last_year: int) -> "contract_timeline.Timeline":
    return {
        "iso3": timeline.iso3,
        "name": timeline.name,
        "first_year": BEGINS.year,
        "last_year": last_year,
        "events": [_event(event) for event in timeline.events],
    }


def _event(event: Event) -> "contract_timeline.Event":
    return {
        "what": event.what,
        "treaty": event.treaty,
        "about": event.about,
        "session": event.session,
        "first": iso(event.first),
        "last": iso(event.last),
        "likely": iso(likely_opening(event)),
        "to_come": event.to_come,
        "certainty": event.certainty.value if event.certainty else None,
        "authority": event.authority,
        "because": event.because,
        "sources": list(event.sources),
    }


COLUMNS: Columns[tuple[Timeline, Event]] = {
    "iso3": lambda row: row[0].iso3,
    "name": lambda row: row[0].name,
    "what": lambda row: row[1].what,
    "treaty": lambda row: row[1].treaty,
    "about": lambda row: row[1].about,
    "session": lambda row: row[1].session,
    "first": lambda row: iso(row[1].first),
    "last": lambda row: iso(row[1].last),
    "likely": lambda row: iso(likely_opening(row[1])),
    "to_come": lambda row: "yes" if row[1].to_come else None,
    "certainty": lambda row: row[1].certainty.value if row[1].certainty else None,
    "authority": lambda row: row[1].authority,
    "because": lambda row: row[1].because or None,
    "sources": lambda row: joined(row[1].sources),
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(timelines: Sequence[Timeline]) -> Iterator[Part]:
    last = last_year(timelines)
    for timeline in timelines:
        yield line(timeline.name, style="bold")
        yield _years(timeline, last)
        yield from map(line, without_a_day(timeline))
        yield line("")
    yield from map(line, LEGEND)
    if len(timelines) == 1:
        yield _table(timelines[0])


LEGEND = (
    "C Convention, P Protocol (OPSC), B both; ▼ the day of the answer",
    "small letter: expected, not set; t treaty term, no due date; ? perhaps then",
    f"{BAND} {NOMINAL_COVERAGE:.0%} of the chances of the next review (estimate), {LIKELY} even odds by then,"
    f" {OPEN} later",
)


def _years(timeline: Timeline, last: int) -> Years:
    drawn = [(event.what, _mark(event)) for event in timeline.events if event.first]
    lanes = ((label, [mark for what, mark in drawn if what in shown]) for label, shown in LANES.items())
    return {
        "kind": "years",
        "first": BEGINS.year,
        "last": last,
        "today": in_years(timeline.as_of),
        "lanes": [(label, marks) for label, marks in lanes if marks],
    }


def _mark(event: Event) -> Mark:
    assert event.first, "an event without a day is not drawn"
    likely = likely_opening(event)
    return {
        "first": in_years(event.first),
        "last": in_years(event.last) if event.last else None,
        "glyph": glyph(event),
        "likely": in_years(first_day(likely)) if likely else None,
    }


def _table(timeline: Timeline) -> Grid:
    """Every event that has a day, with its day."""
    rows = (
        (when(event), said(event), event.certainty.value if event.certainty else "on record")
        for event in timeline.events
        if event.first
    )
    return grid(("When", "What", "How sure"), rows)


def _picture(timelines: Sequence[Timeline], envelope: "Envelope") -> "Picture | None":
    from opsc_cli.render.timeline_svg import timeline_picture

    return timeline_picture(timelines, envelope) if timelines else None
