"""The past and future events of a State under the Convention and the Protocol, in order of time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.position import Position
from opsc_cli.forecast.next_review import NextReview
from opsc_cli.law.authority import Answer, Certainty, Dated
from opsc_cli.law.committee import date_printed_on
from opsc_cli.law.report_names import report_name
from opsc_cli.law.reports import is_received, is_reviewed, report_sources, review_sources
from opsc_cli.law.standing import Obligation
from opsc_cli.law.treaty import CRC_ADOPTED, OPSC_15, denunciation_effective, deposit
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Denunciation, Instrument, Report, Signature
from opsc_cli.record.terms import Treaty

EventKind = Literal[
    "signed", "deposited", "in-force", "denounced", "due", "treaty-term", "received", "reviewed", "next-review"
]
"""A treaty term is not a due date, because the Committee usually sets another."""


class Event(Frozen):
    """A past or future event, on one of the days from `first` to `last`."""

    what: EventKind
    treaty: Treaty
    about: str
    """The kind of instrument, or the report."""
    session: int | None = None
    """For a review: its session."""
    first: date | None = None
    """None if the day is not known; `because` says why."""
    last: date | None = None
    """None also if the range is open."""
    review: NextReview | None = None
    """For the next review: its forecast."""
    certainty: Certainty | None = None
    """None for a fact on record, and for a date that is not established."""
    authority: str | None = None
    because: str = ""
    sources: tuple[str, ...] = ()
    to_come: bool = False


class Timeline(Frozen):
    """The events of a State as known on a day: dated events in order of time, then the others."""

    iso3: str
    name: str
    as_of: date
    ends: date
    """The last day of the axis: of the last event, or of the projected calendar if that event is open-ended."""
    events: tuple[Event, ...]


BEGINS = CRC_ADOPTED
"""The first day of the axis."""


def likely_opening(event: Event) -> Recorded | None:
    """When the session opens by which the next review has even odds; None if beyond the calendar."""
    return event.review.likely.opens if event.review and not event.review.likely_open_ended else None


def timelines(positions: Iterable[Position], dataset: Dataset) -> OneByOne[Timeline]:
    """A timeline for each position, in that order."""
    sessions = {s.number: s for s in dataset.sessions if s.number and s.status.startswith("held")}
    return OneByOne(lambda: (_timeline(position, sessions) for position in positions))


def _timeline(position: Position, sessions: Mapping[int, Session]) -> Timeline:
    events = sorted(
        dict.fromkeys(_events(position, sessions)),
        key=lambda event: (event.first is None, event.first or date.max, event.last or date.max),
    )
    days = [day for event in events for day in (event.first, event.last) if day]
    review = position.next_review
    return Timeline(
        iso3=position.iso3,
        name=position.name,
        as_of=position.as_of,
        ends=max((position.as_of, *days, *((review.latest.opens_by,) if review else ()))),
        events=tuple(events),
    )


def _events(position: Position, sessions: Mapping[int, Session]) -> Iterator[Event]:
    answer, known, day = position.answer, position.answer.known, position.as_of
    yield from _joined("CRC", known.crc.signature, known.crc.instrument, answer.crc_entry_into_force, day)
    yield from _joined("OPSC", known.signature, known.instrument, answer.entry_into_force, day)
    if known.denunciation:
        yield _denounced(known.denunciation)
    if answer.initial_due and not any(owed.report.kind == "initial" for owed in position.obligations):
        yield _computed("due", "OPSC", "initial report under the OPSC", answer.initial_due, day)
    for report in known.all_reports:
        if report.treaty == "CRC" or report.treaty == "OPSC":
            yield from _report(report, report.treaty, sessions, day)
    for owed in position.obligations:
        if isinstance(owed.due, Dated) or owed.standing != "with-the-committee":
            yield _owed(owed, day)
    if position.next_review:
        yield _next_review(position.next_review)


# ── joining a treaty ─────────────────────────────────────────────────────────────────────────────


def _joined(
    treaty: Treaty, signature: Signature | None, instrument: Instrument | None, in_force: Answer | None, day: date
) -> Iterator[Event]:
    if signature:
        yield _fact("signed", treaty, "signature", signature.signed, signature.sources)
    if instrument:
        made = _computed("deposited", treaty, instrument.kind, deposit(instrument), day)
        yield replace(made, certainty=None)  # a fact, even if its day is not known
    if in_force:
        yield _computed("in-force", treaty, "entry into force", in_force, day)


def _denounced(denunciation: Denunciation) -> Event:
    effective = denunciation_effective(denunciation.received)
    fact = _fact("denounced", "OPSC", "denunciation", denunciation.received, denunciation.sources)
    return replace(fact, authority=OPSC_15.short, because=f"takes effect on {in_words(effective)}")


def _fact(what: EventKind, treaty: Treaty, about: str, recorded: Recorded, sources: tuple[str, ...]) -> Event:
    return Event(
        what=what,
        treaty=treaty,
        about=about,
        first=first_day(recorded),
        last=last_day(recorded),
        sources=sources,
    )


def _computed(what: EventKind, treaty: Treaty, about: str, answer: Answer, day: date) -> Event:
    dated = answer if isinstance(answer, Dated) else None
    return Event(
        what=what,
        treaty=treaty,
        about=about,
        first=dated.first if dated else None,
        last=dated.last if dated else None,
        certainty=answer.certainty,
        authority=answer.authority.short,
        because=answer.because,
        sources=answer.sources,
        to_come=dated is not None and dated.last > day,
    )


# ── reports and reviews ──────────────────────────────────────────────────────────────────────────


def _report(report: Report, treaty: Treaty, sessions: Mapping[int, Session], day: date) -> Iterator[Event]:
    about = report_name(report)
    if report.due_published and report.kind == "periodic" and is_received(report):
        printed = _computed("due", treaty, about, date_printed_on(report), day)
        yield replace(printed, certainty=None)  # a fact: that it is printed, not who set it
    if report.submitted:
        yield _fact("received", treaty, about, report.submitted, report.sources)
    elif is_received(report):
        because = "the day of receipt is not on record"
        yield Event(what="received", treaty=treaty, about=about, because=because, sources=report_sources(report))
    if is_reviewed(report):
        yield _reviewed(report, treaty, about, sessions)


def _reviewed(report: Report, treaty: Treaty, about: str, sessions: Mapping[int, Session]) -> Event:
    """The review, dated by the dialogue; otherwise by the session, or by the concluding observations."""
    review, observations = report.review, report.concluding_observations
    session = sessions.get(review.session) if review else None
    found = Event(
        what="reviewed",
        treaty=treaty,
        about=about,
        session=review.session if review else None,
        sources=review_sources(report),
    )
    recorded = review.considered if review else None
    if recorded is None and session:
        return replace(found, first=first_day(session.opens), last=last_day(session.closes))
    recorded = recorded or (observations.adopted if observations else None)
    if recorded is None:
        return replace(found, because="the day of the review is not on record")
    return replace(found, first=first_day(recorded), last=last_day(recorded))


def _owed(obligation: Obligation, day: date) -> Event:
    what: EventKind = "treaty-term" if obligation.is_treaty_term and isinstance(obligation.due, Dated) else "due"
    return _computed(what, obligation.report.treaty, obligation.report.name, obligation.due, day)


def _next_review(review: NextReview) -> Event:
    earliest, latest = review.earliest, review.latest
    return Event(
        what="next-review",
        treaty=review.of,
        about="next review",
        first=first_day(earliest.opens or earliest.opens_by),
        last=None if review.open_ended else last_day(latest.closes or latest.opens_by),
        review=review,
        certainty=review.certainty,
        authority=review.authority.short,
        because=" ".join(review.basis[1:]),
        to_come=True,
    )
