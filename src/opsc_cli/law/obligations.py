"""The reports a State owes on a day, each with its date, its standing and its reasons.

Two tracks. The initial report under the Protocol (OPSC art. 12(1)) is owed until it is received. After
it a party to the Convention owes no separate report under the Protocol: the information goes into its
periodic reports under the Convention (art. 12(2), first sentence); a party outside the Convention
reports every five years (second sentence). A report under the Convention does not cure a missing
initial report, so a State can owe both.

Everything here receives the record as known on the day (record/known.py). Silence is not a fact: where
nothing is on record a report is past due with no submission on record, never "overdue".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.committee import (
    PRINTED_ELSEWHERE,
    RECEIVED,
    date_set_by_loipr,
    information_requested,
    next_report_after_unread_observations,
    next_report_set_by,
    simplified_procedure_applies,
)
from opsc_cli.law.treaty import (
    CRC_44_1_A,
    CRC_44_1_B,
    OPSC_12_1,
    OPSC_12_2_FIRST,
    OPSC_12_2_SECOND,
    crc_report_term,
    days_past,
    five_yearly_report_due,
    is_party_to_convention,
)
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day, years_after
from opsc_cli.record.known import Closings, adoption_day
from opsc_cli.record.records import ListOfIssuesPriorToReporting, NotSubmitted, Procedure, Report, State

Standing = Literal[
    "not-bound",
    "not-yet-bound",
    "upcoming",
    "overdue",
    "past-due-no-record",
    "past-treaty-term",
    "date-awaited",
    "loipr-awaited",
    "with-the-committee",
    "not-established",
]

LATE: tuple[Standing, ...] = ("overdue", "past-due-no-record", "past-treaty-term")
"""The standings that count as late; only the first says that the report is known to be missing."""

ASSERTION_HOLDS_YEARS = 2
"""An assertion that a report was not submitted is taken as still true for 24 months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReport:
    """A report as it is called, with the day received where it is already with the Committee."""

    treaty: Literal["OPSC", "CRC"]
    kind: Literal["initial", "periodic", "further-information"]
    numbers: tuple[int, ...]
    name: str
    received: Recorded | None = None
    symbol: str | None = None
    sources: tuple[str, ...] = ()
    """Where its receipt is read."""
    procedure: Procedure
    programmed: int | None = None
    """The session on whose programme it stood without being concluded."""
    listed: date | None = None
    """The day of the list of issues on it."""
    announced: int | None = None
    """The session to come whose programme names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A report that is owed, or that is with the Committee and not yet reviewed as far as the record tells."""

    report: OwedReport
    owed_under: Authority
    owed_because: str
    due: Answer
    """The date that governs."""
    displaced: tuple[Answer, ...] = ()
    """Dates that another rule gives and that do not govern, in the order of the law."""
    standing: Standing
    standing_because: str
    standing_sources: tuple[str, ...] = ()
    """Where an assertion that the standing quotes is read."""
    days_late: int | None = None
    """A number for `overdue` only."""
    days_past: int | None = None
    """Days since the date passed, 0 where it has not; None for `overdue` and for what has no date."""

    @property
    def is_treaty_term(self) -> bool:
        """Whether the governing date is only the Convention's five-year term, which is no due date."""
        return self.due.authority in (CRC_44_1_A, CRC_44_1_B)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The day asked about, and the day on which the record of the Committee's work ends."""

    as_of: date
    record_ends: date


def obligations_of(
    known: State, initial_due: Answer, crc_in_force: Answer | None, closings: Closings, asked: Asked
) -> tuple[Obligation, ...]:
    """The reports that a State party owes, the initial report first.

    `known` is the State's record as known on the day asked about; `initial_due` and `crc_in_force` follow
    from it by treaty.py.
    """
    initial = initial_obligation(known, initial_due, asked)
    regular = (
        crc_periodic_obligation(known, crc_in_force, closings, asked)
        if crc_in_force and is_party_to_convention(known)
        else five_yearly_obligation(known, initial_due, closings, asked)
    )
    requests = tuple(_requested(known, asked))
    return tuple(o for o in (initial, regular, *requests) if o is not None)


# ── the initial report ───────────────────────────────────────────────────────────────────────────


def initial_obligation(known: State, due: Answer, asked: Asked) -> Obligation | None:
    """OPSC art. 12(1): the initial report; None once a review of it is on record."""
    report = known.initial_report
    if report and is_reviewed(report):
        return None
    received = report if report and is_received(report) else None
    owed = _report("OPSC", "initial", (1,), "initial report under the OPSC", received, known, asked)
    because = "no initial report is on record as received" if not received else "received, and no review is on record"
    obligation = _owed(owed, OPSC_12_1, because, (due,), asked, report.not_submitted if report else ())
    return _with_the_committee(obligation, received) if received else obligation


def is_received(report: Report) -> bool:
    """Whether the record has the report as received, on whatever day."""
    seen = (report.submitted, report.review, report.concluding_observations, report.list_of_issues, report.programme)
    return any(seen)


def is_reviewed(report: Report) -> bool:
    """Whether a concluded review of the report is on record."""
    concluded = report.review is not None and report.review.outcome is None
    return concluded or report.concluding_observations is not None


# ── the periodic report under the Convention ─────────────────────────────────────────────────────


def crc_periodic_obligation(known: State, in_force: Answer, closings: Closings, asked: Asked) -> Obligation:
    """OPSC art. 12(2), first sentence: the next report under CRC art. 44, that carries the information."""
    reviewed = reviewed_reports(known.reports, "CRC", closings)
    last = reviewed[-1] if reviewed else None
    pending = _pending(known.reports, "CRC", last, closings)
    candidates = tuple(candidate_dates(known, last, in_force, closings))
    initial_received = known.initial_report is not None and is_received(known.initial_report)
    numbers = (pending.numbers or ()) if pending else next_numbers(last)
    owed = _report("CRC", "periodic", numbers, periodic_name(numbers, initial_received), pending, known, asked)
    if pending:
        because = "the report has been received; nothing further is owed until it is reviewed"
        candidates = (NotEstablished(authority=RECEIVED, because=because, sources=pending.sources), *candidates)
    under, because = (
        (
            OPSC_12_2_FIRST,
            "the initial report was received, so further information goes into the reports under the Convention",
        )
        if initial_received
        else (
            CRC_44_1_B,
            "the State also reports under the Convention, which does not replace the initial report under the OPSC",
        )
    )
    awaits_loipr = simplified_procedure_applies(known, asked.as_of) and not _loiprs_since(known, last, closings)
    obligation = _owed(owed, under, because, candidates, asked, known.crc.not_submitted, awaits_loipr)
    return _with_the_committee(obligation, pending) if pending else obligation


def candidate_dates(known: State, last: Report | None, in_force: Answer, closings: Closings) -> Iterator[Answer]:
    """CRC art. 44: every date that a rule gives for the next report, in the order of the law; the first governs.

    A list of issues prior to reporting; what the last concluding observations set or announce; what follows
    where their text is not on record; the treaty term.
    """
    adopted = adoption_day(last, closings) if last else None
    unnamed = _unnamed_review_since(known.reports, adopted or date.min, closings)
    if unnamed and unnamed.review:
        because = (
            f"a report that the record does not name was reviewed at session {unnamed.review.session}; if it was one"
            " under the Convention, the next term counts from then"
        )
        yield NotEstablished(authority=CRC_44_1_B, because=because, sources=unnamed.review.sources)
    if last is None or adopted is None:
        because = "no review of a report under the Convention is on record, so it cannot be told which term is next"
        yield NotEstablished(authority=CRC_44_1_B, because=because)
        return
    yield from (date_set_by_loipr(loipr) for loipr in _loiprs_since(known, last, closings) if loipr.due)
    observations = last.concluding_observations
    sources = review_sources(last)
    said = next_report_set_by(observations) if observations else None
    if said:
        yield said
    else:
        symbol = observations.symbol if observations else None
        session = last.review.session if last.review else 0
        unread = next_report_after_unread_observations(session, adopted, symbol, sources)
        if unread:
            yield unread
    term = crc_report_term(in_force, adopted)
    yield replace(_no_surer_than_the_review(term, last), sources=(*term.sources, *sources))


def reviewed_reports(reports: Sequence[Report], treaty: str, closings: Closings) -> list[Report]:
    """The reviewed reports under a treaty in the order in which their concluding observations were adopted."""
    dated = [(day, r) for r in reports if r.treaty == treaty and is_reviewed(r) and (day := adoption_day(r, closings))]
    return [report for _, report in sorted(dated, key=lambda pair: pair[0])]


def _unnamed_review_since(reports: Sequence[Report], since: date, closings: Closings) -> Report | None:
    """The last review on record, later than `since`, of a report whose treaty the record does not name."""
    unnamed = reviewed_reports(reports, "unspecified", closings)
    return next((r for r in reversed(unnamed) if (day := adoption_day(r, closings)) and day > since), None)


def review_sources(report: Report) -> tuple[str, ...]:
    """The sources of a report's review and concluding observations."""
    observations = report.concluding_observations.sources if report.concluding_observations else ()
    return tuple(dict.fromkeys((*observations, *(report.review.sources if report.review else ()))))


def next_numbers(last: Report | None) -> tuple[int, ...]:
    """The number of the report after `last`, only where a symbol on record gives one."""
    observations = last.concluding_observations if last else None
    if observations and observations.next_report and observations.next_report.numbers:
        return observations.next_report.numbers
    return (last.numbers[-1] + 1,) if last and last.numbers else ()


def periodic_name(numbers: tuple[int, ...], with_opsc_information: bool) -> str:
    """How the report is called: "combined fifth and sixth periodic reports under the Convention, …"."""
    match [_ORDINALS[n] if n < len(_ORDINALS) else f"{n}th" for n in numbers]:
        case []:
            name = "next periodic report"
        case [one]:
            name = f"{one} periodic report"
        case [first, second]:
            name = f"combined {first} and {second} periodic reports"
        case [first, *_, final]:
            name = f"combined {first} to {final} periodic reports"
    information = ", including OPSC information" if with_opsc_information else ""
    return f"{name} under the Convention{information}"


_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


def _pending(reports: Sequence[Report], treaty: str, last: Report | None, closings: Closings) -> Report | None:
    """The last report received after the last concluding observations and not reviewed since."""
    since = (adoption_day(last, closings) if last else None) or date.min
    waiting = [
        (day, r)
        for r in reports
        if r.treaty == treaty
        and is_received(r)
        and not is_reviewed(r)
        and (day := _known_received(r, closings)) > since
    ]
    return max(waiting, key=lambda pair: pair[0])[1] if waiting else None


def _known_received(report: Report, closings: Closings) -> date:
    """The day by which an unreviewed report had been received: its own, or that of its list of issues or programme."""
    if report.submitted:
        return last_day(report.submitted)
    if report.list_of_issues:
        return last_day(report.list_of_issues.adopted)
    if report.programme:
        return report.programme.known_on
    return closings.get(report.review.session, date.min) if report.review else date.min


def _loiprs_since(known: State, last: Report | None, closings: Closings) -> list[ListOfIssuesPriorToReporting]:
    """The lists of issues prior to reporting that are newer than the last concluding observations, newest first."""
    since = (adoption_day(last, closings) if last else None) or date.min
    newer = [li for li in known.lists_of_issues_prior_to_reporting if last_day(li.adopted) > since]
    return sorted(newer, key=lambda li: last_day(li.adopted), reverse=True)


def _no_surer_than_the_review(term: Answer, last: Report) -> Answer:
    """A review known only from a programme or the press counts, but nothing that rests on it is surer than practice."""
    only_announced = last.review is not None and last.review.evidence in ("programme", "press-ngo")
    if only_announced and isinstance(term, Dated):
        because = f"{term.because}; that review's session is read from a programme, so this is practice"
        return replace(term, certainty=Certainty.PRACTICE, because=because)
    return term


# ── the five-yearly report of a party outside the Convention ─────────────────────────────────────


def five_yearly_obligation(known: State, initial_due: Answer, closings: Closings, asked: Asked) -> Obligation:
    """OPSC art. 12(2), second sentence: the next report of a party that is not a party to the Convention."""
    periodic = [r for r in known.reports if r.treaty == "OPSC"]
    reviewed = reviewed_reports(periodic, "OPSC", closings)
    pending = _pending(periodic, "OPSC", reviewed[-1] if reviewed else None, closings)
    latest = pending or (reviewed[-1] if reviewed else None)
    number = latest.numbers[0] if pending and latest and latest.numbers else next(iter(next_numbers(latest)), 2)
    numbers = pending.numbers if pending and pending.numbers else (number,)
    name = periodic_name(numbers, False).replace("under the Convention", "under the OPSC")
    owed = _report("OPSC", "periodic", numbers, name, pending, known, asked)
    set_by = next_report_set_by(latest.concluding_observations) if latest and latest.concluding_observations else None
    term = five_yearly_report_due(initial_due, number)
    undecided = NotEstablished(
        authority=OPSC_12_2_SECOND,
        because="no date for this report is on record, and the article does not say from when the five years run",
    )
    printed = _printed_under_sister_protocol(known, number)
    candidates = ((set_by,) if set_by else (undecided, *printed)) + (term,)
    because = "the State is not a party to the Convention, so it goes on reporting under the Protocol itself"
    obligation = _owed(owed, OPSC_12_2_SECOND, because, candidates, asked)
    return _with_the_committee(obligation, pending) if pending else obligation


def _printed_under_sister_protocol(known: State, number: int) -> tuple[Answer, ...]:
    """The date printed on the report of the same number under the protocol on armed conflict: a hint, no more."""
    return tuple(
        Dated(
            first=first_day(r.due_published),
            last=last_day(r.due_published),
            authority=PRINTED_ELSEWHERE,
            because=f"printed on the cover of the report of the same number under that protocol: {r.due_published}",
            certainty=Certainty.PRACTICE,
            sources=r.sources,
        )
        for r in known.reports
        if r.treaty == "OPAC" and r.due_published and r.numbers and number in r.numbers
    )


# ── requests for further information ─────────────────────────────────────────────────────────────


def _requested(known: State, asked: Asked) -> Iterator[Obligation]:
    for request in known.requests:
        if request.answered:
            continue
        due = information_requested(request)
        name = f"further information that the Committee asked for under the {request.treaty}"
        owed = _report(request.treaty, "further-information", (), name, None, known, asked)
        yield _owed(owed, due.authority, due.because, (due,), asked)


# ── a report as it is owed ───────────────────────────────────────────────────────────────────────


def _report(
    treaty: Literal["OPSC", "CRC"],
    kind: Literal["initial", "periodic", "further-information"],
    numbers: tuple[int, ...],
    name: str,
    received: Report | None,
    known: State,
    asked: Asked,
) -> OwedReport:
    """The report that is owed; with all that bears on its way to a session where it was `received` already."""
    procedure = _procedure(known, received, asked.as_of)
    if received is None:
        return OwedReport(treaty=treaty, kind=kind, numbers=numbers, name=name, procedure=procedure)
    return OwedReport(
        treaty=treaty,
        kind=kind,
        numbers=numbers,
        name=name,
        procedure=procedure,
        received=received.submitted,
        symbol=received.symbol,
        sources=received.sources,
        programmed=received.review.session if received.review else None,
        listed=last_day(received.list_of_issues.adopted) if received.list_of_issues else None,
        announced=received.programme.session if received.programme else None,
    )


# ── standings ────────────────────────────────────────────────────────────────────────────────────


def _owed(
    report: OwedReport,
    owed_under: Authority,
    owed_because: str,
    candidates: tuple[Answer, ...],
    asked: Asked,
    assertions: Sequence[NotSubmitted] = (),
    awaits_loipr: bool = False,
) -> Obligation:
    due = candidates[0]
    recent_first = sorted(assertions, key=lambda a: last_day(a.as_of), reverse=True)
    standing, because = _standing(due, asked, recent_first, awaits_loipr)
    passed = days_past(due, asked.as_of) if isinstance(due, Dated) else None
    return Obligation(
        report=report,
        owed_under=owed_under,
        owed_because=owed_because,
        due=due,
        displaced=tuple(d for d in candidates[1:] if not isinstance(d, NotEstablished)),
        standing=standing,
        standing_because=because,
        standing_sources=tuple(dict.fromkeys(s for a in assertions for s in a.sources)),
        days_late=passed if standing == "overdue" else None,
        days_past=passed if standing not in ("overdue", "not-established") else None,
    )


def _standing(
    due: Answer, asked: Asked, assertions: Sequence[NotSubmitted], awaits_loipr: bool
) -> tuple[Standing, str]:
    match due:
        case DateAwaited():
            communicates = (
                "will communicate" if due.certainty is Certainty.COMMITTEE_SET else "is expected to communicate"
            )
            return "date-awaited", f"the Committee {communicates} the date; nothing is late until it has"
        case NotEstablished():
            return "not-established", due.because
    latest = due.last
    if not days_past(due, asked.as_of):
        return "upcoming", f"{in_words(latest)} has not passed"
    if latest > asked.record_ends:
        because = f"the record ends before, on {in_words(asked.record_ends)}: it cannot tell whether the report came"
        return "not-established", because
    if due.authority in (CRC_44_1_A, CRC_44_1_B):
        because = (
            f"the treaty term of {in_words(latest)} has passed; the Committee usually sets another date, and none is"
            " on record"
        )
        return "past-treaty-term", because
    return _passed(latest, asked, assertions, awaits_loipr)


def _passed(latest: date, asked: Asked, assertions: Sequence[NotSubmitted], awaits_loipr: bool) -> tuple[Standing, str]:
    for assertion in assertions:
        if _establishes_lateness(assertion, latest, asked.as_of):
            by, spoken = _ASSERTED_BY[assertion.asserted_by], in_words(assertion.as_of)
            return "overdue", f"not submitted as of {spoken}, according to {by}"
    quoted = "".join(
        f"; not submitted as of {in_words(a.as_of)}, according to {_ASSERTED_BY[a.asserted_by]}, which does not"
        " establish that it is missing today"
        for a in assertions
    )
    if awaits_loipr:
        because = (
            f"{in_words(latest)} has passed; under the simplified procedure the report answers a list of issues prior"
            f" to reporting, and none is on record{quoted}"
        )
        return "loipr-awaited", because
    return "past-due-no-record", f"{in_words(latest)} has passed and no submission is on record{quoted}"


_ASSERTED_BY = {
    "committee": "the Committee",
    "secretariat": "the Committee's secretariat",
    "state": "the State itself",
    "committee-member": "a member of the Committee",
    "press": "the press",
    "press-and-ngo": "the press and an NGO",
    "inferred": "what concluding observations imply",
}


def _establishes_lateness(assertion: NotSubmitted, due: date, as_of: date) -> bool:
    """Whether the assertion comes from who can know, from after the due day, and is not older than 24 months."""
    spoken = first_day(assertion.as_of)
    return (
        assertion.asserted_by in ("committee", "secretariat", "state")
        and spoken > due
        and years_after(last_day(assertion.as_of), ASSERTION_HOLDS_YEARS) >= as_of
    )


def _with_the_committee(obligation: Obligation, report: Report) -> Obligation:
    match report.submitted:
        case None:
            received = "received on a day not on record"
        case date():
            received = f"received on {in_words(report.submitted)}"
        case _:
            received = f"received in {in_words(report.submitted)}"
    programmed = obligation.report.programmed
    programme = (
        f"; on the programme of session {programmed}, without concluding observations since" if programmed else ""
    )
    return replace(
        obligation,
        standing="with-the-committee",
        standing_because=f"{received}{programme}; no review on record",
        days_late=None,
        days_past=None,
    )


def _procedure(known: State, received: Report | None, as_of: date) -> Procedure:
    """The procedure of a received report, else that of the next one: the simplified one where it applies."""
    if received and received.procedure:
        return received.procedure
    day = last_day(received.submitted) if received and received.submitted else as_of
    return "simplified" if simplified_procedure_applies(known, day) else "standard"
