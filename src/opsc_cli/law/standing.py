"""A report that is owed, and its standing on a day.

Silence is not a fact: where nothing is on record, a report is past due with no submission on record, never "overdue".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.committee import FIRST_HAND, simplified_procedure_applies
from opsc_cli.law.reports import received_after
from opsc_cli.law.treaty import CRC_44_1_A, CRC_44_1_B, days_past
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day, years_after
from opsc_cli.record.frozen import frozen
from opsc_cli.record.known import Closings, closings_of
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import NotSubmitted, Report, State
from opsc_cli.record.terms import Procedure

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
"""The standings of what has passed, the gravest first. Only the first says that the report is known to be missing; the
second is silence, and the third has no due date. They are counted and named apart."""

ASSERTION_HOLDS_YEARS = 2
"""An assertion that a report was not submitted is taken as still true for 24 months."""


@frozen
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


@frozen
class Remark:
    """What must be known beside an answer and does not change it."""

    text: str
    sources: tuple[str, ...]


@frozen
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
    remarks: tuple[Remark, ...] = ()

    @property
    def is_treaty_term(self) -> bool:
        """Whether the governing date is only the Convention's five-year term, which is no due date."""
        return _is_treaty_term(self.due)

    @property
    def is_expected(self) -> bool:
        """Whether the governing date is one that others than the Committee tell: it is expected, not due."""
        return isinstance(self.due, Dated) and self.due.certainty is Certainty.PRACTICE and not self.is_treaty_term


def _is_treaty_term(answer: Answer) -> bool:
    return answer.authority in (CRC_44_1_A, CRC_44_1_B)


@frozen
class Asked:
    """The day asked about, and what of the whole record bears on the answers for any State."""

    as_of: date
    record_ends: date
    """The day on which the record of the Committee's work ends."""
    closings: Closings
    sources: Mapping[str, Source]


def asked_on(day: date, dataset: Dataset) -> Asked:
    """What is asked when `dataset` is asked about `day`."""
    return Asked(
        as_of=day,
        record_ends=dataset.as_of.committee,
        closings=closings_of(dataset.sessions),
        sources=dataset.sources,
    )


# ── a report as it is owed ───────────────────────────────────────────────────────────────────────


def owed_report(
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


def _procedure(known: State, received: Report | None, as_of: date) -> Procedure:
    """The procedure of a received report, else that of the next one: the simplified one where it applies."""
    if received and received.procedure:
        return received.procedure
    day = last_day(received.submitted) if received and received.submitted else as_of
    return "simplified" if simplified_procedure_applies(known, day) else "standard"


# ── standings ────────────────────────────────────────────────────────────────────────────────────


def assessed(
    report: OwedReport,
    owed_under: Authority,
    owed_because: str,
    candidates: tuple[Answer, ...],
    asked: Asked,
    assertions: Sequence[NotSubmitted] = (),
    awaits_loipr: bool = False,
) -> Obligation:
    """The obligation with its standing on the day asked about; the first of the `candidates` for its date governs."""
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
    if _is_treaty_term(due):
        because = (
            f"the treaty term of {in_words(latest)} has passed; the Committee usually sets another date, and none is"
            " on record"
        )
        return "past-treaty-term", because
    return _passed(due, asked, assertions, awaits_loipr)


def _passed(due: Dated, asked: Asked, assertions: Sequence[NotSubmitted], awaits_loipr: bool) -> tuple[Standing, str]:
    latest, is_due = due.last, due.certainty is not Certainty.PRACTICE
    doubt = "does not establish that it is missing today" if is_due else "does not make the date a due date"
    quoted = ""
    for assertion in assertions:
        by, spoken = _ASSERTED_BY[assertion.asserted_by], in_words(assertion.as_of)
        if is_due and _establishes_lateness(assertion, latest, asked.as_of):
            return "overdue", f"not submitted as of {spoken}, according to {by}"
        quoted += f"; not submitted as of {spoken}, according to {by}, which {doubt}"
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
    "nhri": "a national human rights institution",
    "ngo": "an NGO",
    "press": "the press",
    "press-and-ngo": "the press and an NGO",
    "academic": "an academic work",
    "inferred": "what concluding observations imply",
}


def _establishes_lateness(assertion: NotSubmitted, due: date, as_of: date) -> bool:
    """Whether the assertion comes from who can know, from after the due day, and is not older than 24 months."""
    spoken = first_day(assertion.as_of)
    return (
        assertion.asserted_by in FIRST_HAND
        and spoken > due
        and years_after(last_day(assertion.as_of), ASSERTION_HOLDS_YEARS) >= as_of
    )


def with_the_committee(obligation: Obligation, report: Report, asked: Asked) -> Obligation:
    """The obligation to submit a `report` that was received and is not reviewed as far as the record tells."""
    match report.submitted:
        case None:
            received = "received on a day not on record"
        case date():
            received = f"received on {in_words(report.submitted)}"
        case _:
            received = f"received in {in_words(report.submitted)}"
    received += _as_others_report(report, asked)
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
        remarks=tuple(_received_after_the_date(obligation, report)),
    )


_OTHERS = {"press": "the press", "ngo": "an NGO", "academic": "an academic work"}
"""Who can only report that a report was received, by the kind of source."""


def _as_others_report(report: Report, asked: Asked) -> str:
    """Who says that the report was received, where no document and no release does."""
    cited = [asked.sources[source] for source in report.sources if source in asked.sources]
    seen = report.list_of_issues or report.programme or report.review
    if seen or not cited or any(source.kind not in _OTHERS for source in cited):
        return ""
    return f", as reported by {cited[0].publisher} ({_OTHERS[cited[0].kind]})"


def _received_after_the_date(obligation: Obligation, report: Report) -> Iterator[Remark]:
    """How long after the date that the Committee had set the report came; of several, after the surest."""
    called = {Certainty.COMMITTEE_SET: "due", Certainty.PRACTICE: "expected"}
    dated = [answer for answer in (obligation.due, *obligation.displaced) if isinstance(answer, Dated)]
    for certainty, word in called.items():
        for answer in dated:
            if answer.certainty is certainty and not _is_treaty_term(answer):
                when = received_after(answer, report.submitted, word)
                sources = tuple(dict.fromkeys((*answer.sources, *report.sources)))
                yield from (
                    (Remark(text=f"Received {when} ({answer.authority.short}).", sources=sources),) if when else ()
                )
                return
