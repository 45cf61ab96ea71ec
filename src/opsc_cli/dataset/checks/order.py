"""Order: dates are in a possible order, and none is later than the end of the record."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from opsc_cli.dataset.checks.sources import ACTS_OF_STATES
from opsc_cli.dataset.checks.walking import (
    Fault,
    Records,
    among,
    conventions_and_protocol,
    first_possible_day,
    last_possible_day,
    reports,
    sessions_by_number,
    states,
)
from opsc_cli.dataset.reader import Where
from opsc_cli.law.treaty import CRC_ADOPTED, OPSC_ADOPTED
from opsc_cli.record.dates import Recorded, days_from, first_day, in_words, last_day, one_month_after
from opsc_cli.record.known import reaches_to
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Instrument, Report, State

_ADOPTED = {"OPSC": OPSC_ADOPTED, "CRC": CRC_ADOPTED}
_NAMED = {"OPSC": "the Protocol", "CRC": "the Convention"}
_FIX = "fix whichever is wrong"


def acts_are_in_order(dataset: Dataset) -> Iterator[Fault]:
    """Adoption of the treaty, signature, deposit; an entry into force of a territory after the deposit."""
    for where, state in states(dataset):
        for treaty, path, signature, instrument in conventions_and_protocol(where, state):
            adopted = f"before {_NAMED[treaty]} was adopted; expected {in_words(_ADOPTED[treaty])} or later"
            if signature and first_day(signature.signed) < _ADOPTED[treaty]:
                yield Fault("states", (*path, "signature", "signed"), "DATE01", f"signed {adopted}")
            if instrument and first_possible_day(instrument) < _ADOPTED[treaty]:
                yield Fault("states", (*path, "instrument"), "DATE01", f"deposited {adopted}")
            if instrument and signature and last_possible_day(instrument) < first_day(signature.signed):
                yield Fault("states", (*path, "instrument"), "DATE01", f"deposited before it was signed; {_FIX}")
        yield from _what_follows_the_deposit(where, state, state.instrument)


def _what_follows_the_deposit(where: Where, state: State, instrument: Instrument | None) -> Iterator[Fault]:
    begun = first_possible_day(instrument) if instrument else date.max
    for position, territory in enumerate(state.territories):
        if territory.entry_into_force < begun:
            path = (*where, "territories", position, "entry_into_force")
            yield Fault("states", path, "DATE01", f"before the State itself deposited its instrument; {_FIX}")
    if state.denunciation and state.denunciation.received < begun:
        yield Fault(
            "states", (*where, "denunciation", "received"), "DATE01", f"before an instrument was deposited; {_FIX}"
        )


def reports_are_in_order(dataset: Dataset) -> Iterator[Fault]:
    """Received, list of issues, dialogue within the session, observations, date of the next report."""
    by_number = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        yield from _next_report_is_whole(path, report)
        yield from _steps_are_in_order(path, report)
        review = report.review
        if not review:
            continue
        session = by_number.get(review.session)
        if session is None:
            if review.session >= 39:
                message = f"no session {review.session} in sessions.yaml; correct the number, or add the session"
                yield Fault("states", (*path, "review", "session"), "MEET01", message)
            continue
        if not session.status.startswith("held"):
            message = f"session {review.session} was not held ({session.status}); {_FIX}"
            yield Fault("states", (*path, "review", "session"), "MEET01", message)
        opens, closes = first_day(session.opens), last_day(session.closes)
        if report.submitted and first_day(report.submitted) > closes:
            yield Fault(
                "states", (*path, "submitted"), "DATE01", f"received after the session that reviewed it; {_FIX}"
            )
        if review.considered and not _can_lie_in(review.considered, opens, closes):
            message = f"outside the session; expected a day from {in_words(opens)} to {in_words(closes)}"
            yield Fault("states", (*path, "review", "considered"), "DATE01", message)


def reports_follow_the_review_before(dataset: Dataset) -> Iterator[Fault]:
    """A report is received after the session that reviewed the State's report before it under the same treaty."""
    by_number = sessions_by_number(dataset)
    reviewed: dict[tuple[str, str], Session] = {}
    for path, iso3, report in reports(dataset):
        before = reviewed.get((iso3, report.treaty))
        if before and report.submitted and last_day(report.submitted) <= first_day(before.closes):
            message = f"received before the State's earlier {report.treaty} report had been reviewed at session"
            yield Fault("states", (*path, "submitted"), "DATE01", f"{message} {before.number}; {_FIX}")
        if report.review and report.review.session in by_number:
            reviewed[iso3, report.treaty] = by_number[report.review.session]


def _can_lie_in(recorded: Recorded, opens: date, closes: date) -> bool:
    return first_day(recorded) <= closes and opens <= last_day(recorded)


def _steps_are_in_order(where: Where, report: Report) -> Iterator[Fault]:
    observations = report.concluding_observations
    said = observations.next_report if observations else None
    steps: tuple[tuple[tuple[str, ...], Recorded | None, str], ...] = (
        (("submitted",), report.submitted, "received"),
        (
            ("list_of_issues", "adopted"),
            report.list_of_issues.adopted if report.list_of_issues else None,
            "list of issues",
        ),
        (("review", "considered"), report.review.considered if report.review else None, "dialogue"),
        (("concluding_observations", "adopted"), observations.adopted if observations else None, "observations"),
        (("concluding_observations", "next_report", "due"), said.due if said else None, "next report"),
    )
    known = [(path, recorded, name) for path, recorded, name in steps if recorded]
    for (_, earlier, before), (path, later, name) in pairwise(known):
        if first_day(earlier) > last_day(later):
            message = f"{name} of {in_words(later)}, before {before} of {in_words(earlier)}; {_FIX}"
            yield Fault("states", (*where, *path), "DATE01", message)
    for position, asserted in enumerate(report.not_submitted):
        if report.submitted and last_day(report.submitted) < first_day(asserted.as_of):
            yield Fault(
                "states",
                (*where, "not_submitted", position, "as_of"),
                "DATE01",
                f"later than the receipt of the report on {in_words(report.submitted)}; {_FIX}",
            )


def _next_report_is_whole(where: Where, report: Report) -> Iterator[Fault]:
    said = report.concluding_observations.next_report if report.concluding_observations else None
    if said and (said.kind == "date") != (said.due is not None):
        expected = (
            "expected `due` with its day" if said.kind == "date" else "expected no `due` where a date is announced"
        )
        yield Fault("states", (*where, "concluding_observations", "next_report"), "DATE04", expected)


_LATEST_ADOPTION_IN_DAYS = 366
"""Observations may be adopted after the session; no reason makes that years."""


def observations_are_of_the_session(dataset: Dataset) -> Iterator[Fault]:
    """Adopted within the session, or confirmed, or explained by a disagreement."""
    by_number = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        observations = report.concluding_observations
        session = by_number.get(report.review.session) if report.review else None
        if not session or not observations or not observations.adopted:
            continue
        opens, closes = first_day(session.opens), last_day(session.closes)
        explained = observations.confirmed or _disagrees(report, "adopted")
        explained = explained and days_from(closes, first_day(observations.adopted)) <= _LATEST_ADOPTION_IN_DAYS
        explained = explained and last_day(observations.adopted) >= opens
        if not explained and not _can_lie_in(observations.adopted, opens, closes):
            message = (
                f"outside the session that reviewed the report, {in_words(opens)} to {in_words(closes)};"
                " expected a day within it, or `confirmed` with the reason"
            )
            yield Fault("states", (*path, "concluding_observations", "adopted"), "MEET03", message)


def programmes_come_before_their_session(dataset: Dataset) -> Iterator[Fault]:
    """A programme is published before its session has closed."""
    by_number = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        session = by_number.get(report.programme.session) if report.programme else None
        if report.programme and session and report.programme.known_on > last_day(session.closes):
            message = f"published after session {session.number} closed on {in_words(session.closes)}; {_FIX}"
            yield Fault("states", (*path, "programme", "known_on"), "DATE01", message)


def answers_follow_what_was_asked(dataset: Dataset) -> Iterator[Fault]:
    """A due date, and the day of an answer, come after the request."""
    lists = ((path, report.list_of_issues) for path, _, report in reports(dataset))
    for path, issues in lists:
        if issues and issues.due and issues.due < first_day(issues.adopted):
            message = (
                f"{in_words(issues.due)}, before the list of {in_words(issues.adopted)} that asks for replies; {_FIX}"
            )
            yield Fault("states", (*path, "list_of_issues", "due"), "DATE01", message)
    for where, state in states(dataset):
        asked = [
            (("lists_of_issues_prior_to_reporting", position), "due", loipr.adopted, loipr.due)
            for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting)
        ]
        for position, request in enumerate(state.requests):
            asked.append((("requests", position), "due", request.made, request.due))
            asked.append((("requests", position), "answered", request.made, request.answered))
        for below, name, asking, then in asked:
            if then and last_day(then) < first_day(asking):
                message = f"{in_words(then)}, before it was asked for on {in_words(asking)}; {_FIX}"
                yield Fault("states", (*where, *below, name), "DATE01", message)


def _disagrees(report: Report, about: str) -> bool:
    return any(d.about == about for d in report.disagreements)


def reports_follow_the_sessions(dataset: Dataset) -> Iterator[Fault]:
    """The reports of a State are in the order of their sessions, and their numbers under a treaty increase."""
    for where, state in states(dataset):
        reviewed = [(p, r) for p, r in enumerate(state.reports) if r.review]
        for (_, earlier), (position, later) in pairwise(reviewed):
            if later.review.session < earlier.review.session:  # type: ignore[union-attr]
                path = (*where, "reports", position, "review", "session")
                yield Fault(
                    "states",
                    path,
                    "MEET02",
                    "an earlier session than that of the previous report; put the reports in order",
                )
        for treaty in ("CRC", "OPSC", "OPAC"):
            yield from _rising(where, [(p, r) for p, r in enumerate(state.reports) if r.treaty == treaty and r.numbers])


def _rising(where: Where, numbered: list[tuple[int, Any]]) -> Iterator[Fault]:
    for (_, earlier), (position, later) in pairwise(numbered):
        if later.numbers[0] <= earlier.numbers[-1]:
            message = f"report {later.numbers[0]} after report {earlier.numbers[-1]} of the same treaty; {_FIX}"
            yield Fault("states", (*where, "reports", position, "numbers"), "DATE05", message)


def facts_end_with_the_record(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """No fact is later than the record, unless its State or meeting was checked later or a source is of that day."""
    subject: Any = None
    for file, where, record in walked:
        subject = record if len(where) == _SUBJECT else subject
        planned = getattr(record, "status", None) in _PLANNED
        if not (days := among(record.__class__, _DAYS_OF_NEWS if planned else _DAYS_OF_FACTS)):
            continue
        ends = dataset.as_of.parties if record.__class__ in ACTS_OF_STATES else dataset.as_of.committee
        ends = reaches_to(ends, getattr(subject, "checked", None))
        for name in days:
            recorded = getattr(record, name)
            follows = name == "entry_into_force"  # it follows from a deposit that is on record by then
            latest = one_month_after(ends) if follows else ends
            if not isinstance(recorded, Recorded) or first_day(recorded) <= latest:
                continue
            if file == "counts" or not _has_a_source_of(dataset, record, recorded, follows):
                what = "a month after the record ends" if follows else "when the record ends"
                message = f"later than {in_words(latest)}, {what}; expected a day by then{_OR_LATER.get(file, '')}"
                yield Fault(file, (*where, name), "DATE02", message)


def _has_a_source_of(dataset: Dataset, record: Any, recorded: Recorded, follows: bool) -> bool:
    """Whether a source of the fact is of its day or later: then this fact alone may be later than the record."""
    cited = (dataset.sources.get(source) for source in record.sources)
    reached = (last_day(source.as_of) for source in cited if source and source.as_of)
    return any((one_month_after(day) if follows else day) >= first_day(recorded) for day in reached)


_SUBJECT = 2
"""The length of the path of a State, a meeting or a count: `states.NPL`, `sessions.0`."""
_OR_LATER = {
    "states": ", or a source with an `as_of` from that day on",
    "sessions": ", or a source with an `as_of` from that day on",
}
_PLANNED = ("announced", "cancelled", "postponed")
_DAYS_OF_NEWS = ("known_on",)
_DAYS_OF_FACTS = (
    "signed", "deposited", "latest", "received", "submitted", "considered", "adopted", "closes", "made", "answered",
    "entry_into_force", "as_of", "on", *_DAYS_OF_NEWS,
)  # fmt: skip
