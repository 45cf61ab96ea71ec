"""The record as it was known on a day: everything later is removed.

Every rule of law receives a record trimmed here, so no rule needs to check what was known. Facts count from these days:

- a fact, from its own day; a month, a year or a bracket, from its last day;
- a session held, and its reviews, from the day it closed;
- a printed due year, from receipt of the report, or from the assertion that repeats it;
- an assertion that a report was not submitted, from its `as_of`;
- a date set by concluding observations, from their adoption, even if the source is later;
- a list of issues, with its due date and the treaties it covers, from the day it was issued;
- an announcement or a cancellation, from the day it became known; a cancellation without such a day, from the planned
  opening.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from opsc_cli.record.dates import Recorded, first_day, last_day
from opsc_cli.record.frozen import changed
from opsc_cli.record.records import PreSession, Session
from opsc_cli.record.state import (
    Checked,
    ConcludingObservations,
    Convention,
    Instrument,
    NotSubmitted,
    Report,
    Review,
    Signature,
    State,
)

Closings = Mapping[int, date]
"""The closing day of every session that was held, by its number."""

_M = TypeVar("_M", Session, PreSession)


def closings_of(sessions: Iterable[Session]) -> dict[int, date]:
    return {s.number: last_day(s.closes) for s in sessions if s.number and s.status.startswith("held")}


def reaches_to(ends: date, checked: Checked | None) -> date:
    """The day to which silence about one State or meeting counts: when the record `ends`, or when it was checked."""
    return max(ends, checked.day) if checked else ends


def counts_from(instrument: Instrument) -> date:
    """The day from which the deposit counts as known; for a bracket, its latest day."""
    known = instrument.deposited or instrument.latest
    assert known is not None, "checks/ refuses an instrument with neither a day nor a bracket"
    return known


def known_on(day: date, state: State, closings: Closings) -> State:
    published = state.published_entry_into_force
    loiprs = state.lists_of_issues_prior_to_reporting
    return changed(
        state,
        signature=_signature(day, state.signature),
        instrument=_instrument(day, state.instrument),
        published_entry_into_force=published if published and published.entry_into_force <= day else None,
        denunciation=state.denunciation if state.denunciation and state.denunciation.received <= day else None,
        territories=tuple(t for t in state.territories if t.entry_into_force <= day),
        crc=Convention(
            signature=_signature(day, state.crc.signature),
            instrument=_instrument(day, state.crc.instrument),
            not_submitted=_assertions(day, state.crc.not_submitted),
        ),
        procedure=state.procedure if state.procedure and _by(day, state.procedure.as_of) else None,
        initial_report=report_known_on(day, state.initial_report, closings) if state.initial_report else None,
        reports=tuple(known for r in state.reports if (known := report_known_on(day, r, closings))),
        lists_of_issues_prior_to_reporting=tuple(li for li in loiprs if _by(day, li.adopted)),
        requests=tuple(
            r if r.answered is None or _by(day, r.answered) else changed(r, answered=None)
            for r in state.requests
            if _by(day, r.made)
        ),
    )


def meetings_known_on(day: date, meetings: Iterable[_M]) -> tuple[_M, ...]:
    """The sessions or working groups whose entry in the calendar was known on `day`."""
    return tuple(m for m in meetings if (known := _meeting_known_from(m)) is not None and known <= day)


def _meeting_known_from(meeting: Session | PreSession) -> date | None:
    if meeting.known_on:
        return meeting.known_on
    if meeting.status in ("cancelled", "postponed"):
        return first_day(meeting.opens) if meeting.opens else None
    closes = meeting.closes or meeting.opens
    return last_day(closes) if closes else None


def _by(day: date, recorded: Recorded) -> bool:
    return last_day(recorded) <= day


def _signature(day: date, signature: Signature | None) -> Signature | None:
    return signature if signature and _by(day, signature.signed) else None


def _instrument(day: date, instrument: Instrument | None) -> Instrument | None:
    return instrument if instrument and counts_from(instrument) <= day else None


def _assertions(day: date, assertions: tuple[NotSubmitted, ...]) -> tuple[NotSubmitted, ...]:
    return tuple(a for a in assertions if _by(day, a.as_of))


def report_known_on(day: date, report: Report, closings: Closings) -> Report | None:
    """None if nothing about the report was known on `day`."""
    review = report.review if report.review and review_known_from(report.review, closings) <= day else None
    observations = report.concluding_observations
    if observations and (adopted := adoption_day(report, closings)) and adopted > day:
        observations = None
    received = review is not None or observations is not None
    if report.submitted:
        received = received or _by(day, report.submitted)
    assertions = _assertions(day, report.not_submitted)
    issues = report.list_of_issues if report.list_of_issues and _by(day, report.list_of_issues.adopted) else None
    programme = report.programme if report.programme and report.programme.known_on <= day else None
    if not (received or assertions or issues or programme):
        return None
    return changed(
        report,
        submitted=report.submitted if report.submitted and _by(day, report.submitted) else None,
        symbol=report.symbol if received else None,
        review=review,
        concluding_observations=observations,
        not_submitted=assertions,
        list_of_issues=issues,
        programme=programme,
    )


def review_known_from(review: Review, closings: Closings) -> date:
    """The day the session closed; the last possible date if that is not on record, so that the review never counts."""
    return closings.get(review.session, date.max)


def adoption_day(report: Report, closings: Closings) -> date | None:
    """The day on which concluding observations on `report` were adopted.

    If no day is on record, the day the session closed: the Committee adopts them by then.
    """
    observations: ConcludingObservations | None = report.concluding_observations
    if observations and isinstance(observations.adopted, date):
        return observations.adopted
    if report.review and report.review.outcome is None and report.review.session in closings:
        return closings[report.review.session]
    return last_day(observations.adopted) if observations and observations.adopted else None
