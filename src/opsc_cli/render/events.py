"""The events of a timeline in words, and the signs and lines in which pictures show them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from opsc_cli.answers.timeline import BEGINS, Event, EventKind, Timeline
from opsc_cli.forecast.next_review import NextReview, likely_in_words, month_of
from opsc_cli.law.authority import Certainty
from opsc_cli.record.dates import between, in_words
from opsc_cli.render.years import BAND

_UNDER = {"CRC": "Convention", "OPSC": "OPSC"}


def said(event: Event) -> str:
    """What happened, without its day: "signature of the OPSC", "initial report under the OPSC received"."""
    match event.what:
        case "signed" | "deposited" | "denounced":
            to = "to" if event.about in ("accession", "succession") else "of"
            return f"{event.about} {to} the {_UNDER[event.treaty]}"
        case "in-force":
            return f"{_UNDER[event.treaty]} in force"
        case "next-review" if event.review:
            return f"next review: {likely_in_words(event.review)}"
        case "treaty-term":
            return f"treaty term, no due date: {event.about}"
        case "reviewed" if event.session:
            return f"{event.about} reviewed at session {event.session}"
        case "due" if event.certainty is Certainty.PRACTICE:
            return f"{event.about} expected"
        case _:
            return f"{event.about} {event.what}"


def when(event: Event) -> str:
    """Its day in words, the days between which it lies, or that it is not known."""
    if event.first is None:
        return "not known"
    if event.review:
        return _range(event.review)
    assert event.last, "only a forecast has no end"
    recorded = between(event.first, event.last)
    return in_words(recorded) if recorded else _span(event.first, event.last)


def _range(review: NextReview) -> str:
    first = month_of(review.earliest)
    return f"{first} or later" if review.open_ended else f"{first} to {month_of(review.latest)}"


def _span(first: date, last: date) -> str:
    """10–28 January 2005, 1 January to 19 March 2021."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{in_words(last)}"
    begins = in_words(first).removesuffix(f" {last.year}")
    return f"{begins} to {in_words(last)}"


_UNDATED: Mapping[EventKind, str] = {
    "in-force": "entry into force of the {}",
    "due": "due date of the {}",
    "received": "receipt of the {}",
    "reviewed": "review of the {}",
}
"""What can have no day."""


def _about(event: Event) -> str:
    return _UNDER[event.treaty] if event.what == "in-force" else event.about


def without_a_day(timeline: Timeline) -> Iterator[str]:
    """What is not on the line of years, and why."""
    by_reason: dict[str, list[str]] = {}
    for event in timeline.events:
        if event.first is None:
            by_reason.setdefault(event.because, []).append(_UNDATED[event.what].format(_about(event)))
    for reason, events in by_reason.items():
        yield f"Without a day: {'; '.join(events)} ({reason})."


# ── in pictures ──────────────────────────────────────────────────────────────────────────────────

LANES: Mapping[str, tuple[EventKind, ...]] = {
    "signed": ("signed",),
    "deposited": ("deposited",),
    "in force": ("in-force",),
    "denounced": ("denounced",),
    "due": ("due", "treaty-term"),
    "received": ("received",),
    "reviewed": ("reviewed", "next-review"),
}
"""The lines of a picture, from the top, with what each shows."""


def last_year(timelines: Iterable[Timeline]) -> int:
    """Of the axis that all share."""
    return max((timeline.ends.year for timeline in timelines), default=BEGINS.year)


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
