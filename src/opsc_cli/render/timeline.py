"""`opsc timeline`: what happened and what is to come, as a line of years; one row per event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsc_cli.answers.timeline import BEGINS, Event, Timeline, What
from opsc_cli.forecast.forecast import NOMINAL_COVERAGE
from opsc_cli.law.authority import Certainty
from opsc_cli.record.dates import between, first_day, in_words
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Grid, Mark, Part, Years, grid, line
from opsc_cli.render.words import iso
from opsc_cli.render.years import BAND, LIKELY, OPEN

if TYPE_CHECKING:
    from opsc_cli.render import contract_timeline


def timeline_listing(timelines: Sequence[Timeline]) -> Listing:
    return Listing(
        key="timelines",
        content=[_content(timeline, last_year(timelines)) for timeline in timelines],
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, ((t, event) for t in timelines for event in t.events)),
        parts=lambda: list(_parts(timelines)),
    )


def last_year(timelines: Iterable[Timeline]) -> int:
    """Of the axis that all share."""
    return max((timeline.ends.year for timeline in timelines), default=BEGINS.year)


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
        "first": iso(event.first),
        "last": iso(event.last),
        "likely": iso(event.likely),
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
    "first": lambda row: iso(row[1].first),
    "last": lambda row: iso(row[1].last),
    "likely": lambda row: iso(row[1].likely),
    "to_come": lambda row: "yes" if row[1].to_come else None,
    "certainty": lambda row: row[1].certainty.value if row[1].certainty else None,
    "authority": lambda row: row[1].authority,
    "because": lambda row: row[1].because or None,
    "sources": lambda row: joined(row[1].sources),
}


# ── in words ─────────────────────────────────────────────────────────────────────────────────────

_UNDER = {"CRC": "Convention", "OPSC": "OPSC"}


def words_of(event: Event) -> str:
    """What happened, without its day: "signature of the OPSC", "initial report under the OPSC received"."""
    match event.what:
        case "signed" | "deposited":
            return f"{event.about} of the {_UNDER[event.treaty]}"
        case "in-force":
            return f"{_UNDER[event.treaty]} in force"
        case "next-review":
            return f"next review, even odds by {in_words(event.likely)}" if event.likely else "next review"
        case "treaty-term":
            return f"treaty term, no due date: {event.about}"
        case "due" if event.certainty is Certainty.PRACTICE:
            return f"{event.about} expected"
        case _:
            return f"{event.about} {event.what}"


def when(event: Event) -> str:
    """Its day in words, the days between which it lies, or that it is not known."""
    if event.first is None:
        return "not known"
    if event.last is None:
        return f"from {in_words(event.first)}, no end"
    recorded = between(event.first, event.last)
    return in_words(recorded) if recorded else f"{in_words(event.first)} to {in_words(event.last)}"


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────

LANES: Mapping[str, tuple[What, ...]] = {
    "signed": ("signed",),
    "deposited": ("deposited",),
    "in force": ("in-force",),
    "due": ("due", "treaty-term"),
    "received": ("received",),
    "reviewed": ("reviewed", "next-review"),
}
"""The lines of a picture, from the top, with what each shows."""


def _parts(timelines: Sequence[Timeline]) -> Iterator[Part]:
    last = last_year(timelines)
    for timeline in timelines:
        yield line(timeline.name, style="bold")
        yield _years(timeline, last)
        for event in timeline.events:
            if event.first is None:
                yield line(f"Not drawn: {words_of(event)}: {event.because}.")
        yield line("")
    if len(timelines) == 1:
        yield _table(timelines[0])
    yield from map(line, LEGEND)


LEGEND = (
    "C: under the Convention. P: under the Protocol (OPSC). B: both.",
    "A small letter: expected, not set. t: a treaty term, which is no due date. ?: perhaps then.",
    f"{BAND}: {NOMINAL_COVERAGE:.0%} of the chances of the next review, an estimate. {LIKELY}: even odds by then."
    f" {OPEN}: it goes on.",
    "▼: the day of the answer.",
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
    return {
        "first": in_years(event.first),
        "last": in_years(event.last) if event.last else None,
        "glyph": glyph(event),
        "likely": in_years(first_day(event.likely)) if event.likely else None,
    }


def glyph(event: Event) -> str:
    """The sign of an event: a letter for its treaty, small if the date is expected; a band for an estimate."""
    if event.what == "next-review":
        return BAND
    if event.what == "treaty-term":
        return "t"
    letter = "P" if event.treaty == "OPSC" else "C"
    return letter.lower() if event.certainty is Certainty.PRACTICE else letter


def in_years(day: date) -> float:
    """2004.43 for a day of June 2004."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 3)


def _table(timeline: Timeline) -> Grid:
    """Every event that has a day, with its day."""
    rows = (
        (when(event), words_of(event), event.certainty.value if event.certainty else "on record")
        for event in timeline.events
        if event.first
    )
    return grid(("When", "What", "How sure"), rows)
