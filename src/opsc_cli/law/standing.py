"""A report owed, and its standing on a day.

Silence is not a fact: if the record has no submission, the report is past due with no submission on record. It is
"overdue" only if the Committee, its secretariat or the State says that it is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.committee import FIRST_HAND, simplified_procedure_applies
from opsc_cli.law.receipt import received_after
from opsc_cli.law.treaty import CRC_44_1_A, CRC_44_1_B, Status, days_past
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day, years_after
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.known import Closings, closings_of
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import NotSubmitted, Report, State
from opsc_cli.record.terms import Procedure, Treaty

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
"""We treat an assertion that a report was not submitted as true for 24 months."""


def standing_of(status: Status, standings: Sequence[Standing]) -> Standing:
    """A State's own standing, from the `standings` of the reports that it owes."""
    return next(iter(standings), "not-yet-bound" if status == "pending" else "not-bound")


def gravest(standings: Sequence[Standing]) -> Standing | None:
    """The most serious late standing among the `standings` of a State's reports; None if none is late."""
    return next((standing for standing in LATE if standing in standings), None)


class OwedReport(Frozen):
    """A report owed: its name and number, and what is on record of its receipt and progress."""

    treaty: Treaty
    kind: Literal["initial", "periodic", "further-information"]
    numbers: tuple[int, ...]
    name: str
    received: Recorded | None = None
    symbol: str | None = None
    sources: tuple[str, ...] = ()
    """The sources of its receipt."""
    procedure: Procedure
    programmed: int | None = None
    """The past session whose programme named it but which did not conclude its review."""
    listed: date | None = None
    """The day of its list of issues."""
    announced: int | None = None
    """The future session whose programme names it."""


class Remark(Frozen):
    """Additional information that does not change the answer."""

    text: str
    sources: tuple[str, ...]


class Obligation(Frozen):
    """A report owed, or a report with the Committee whose review is not on record."""

    report: OwedReport
    owed_under: Authority
    owed_because: str
    due: Answer
    """The date that governs."""
    displaced: tuple[Answer, ...] = ()
    """Dates from other rules that do not govern, in order of precedence."""
    standing: Standing
    standing_because: str
    standing_sources: tuple[str, ...] = ()
    """The sources of the assertion that the standing quotes."""
    days_late: int | None = None
    """None unless the standing is `overdue`."""
    days_past: int | None = None
    """Days since the date passed, 0 if it has not; None for `overdue` and if there is no date."""
    remarks: tuple[Remark, ...] = ()

    @property
    def key(self) -> str:
        """What stays the same while the date of the report changes. Requests for information differ by their days."""
        key = f"{self.report.treaty}-{self.report.kind}".lower()
        if self.report.kind == "further-information" and isinstance(self.due, Dated):
            return f"{key}-{self.due.last}"
        return key

    @property
    def is_treaty_term(self) -> bool:
        """Whether the governing date is the Convention's five-year term, which is not a due date."""
        return _is_treaty_term(self.due)

    @property
    def is_expected(self) -> bool:
        """Whether no first-hand source gives the governing date: the report is expected then, not due."""
        return isinstance(self.due, Dated) and self.due.certainty is Certainty.PRACTICE and not self.is_treaty_term


def _is_treaty_term(answer: Answer) -> bool:
    return answer.authority in (CRC_44_1_A, CRC_44_1_B)


class Asked(Frozen):
    """The day of the answer, and the facts of the whole record that every State's answer needs."""

    as_of: date
    record_ends: date
    """The day to which the record of the Committee's work reaches, for the State in question."""
    closings: Closings
    sources: Mapping[str, Source]


def asked_on(day: date, dataset: Dataset) -> Asked:
    return Asked(
        as_of=day,
        record_ends=dataset.as_of.committee,
        closings=closings_of(dataset.sessions),
        sources=dataset.sources,
    )


# ── a report as it is owed ───────────────────────────────────────────────────────────────────────


def owed_report(
    treaty: Treaty,
    kind: Literal["initial", "periodic", "further-information"],
    numbers: tuple[int, ...],
    name: str,
    received: Report | None,
    known: State,
    asked: Asked,
) -> OwedReport:
    """The report owed; if it was `received`, with what is on record of its way to a session."""
    covered = treaty == "CRC" or kind == "initial"
    procedure = _procedure(known, received, asked.as_of, covered)
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


def _procedure(known: State, received: Report | None, as_of: date, covered: bool) -> Procedure:
    """The procedure of the report received, else the procedure that applies to the State's next report.

    Decision 18 covers reports under the Convention and initial reports under the Protocol; no other is `covered`.
    """
    if received and received.procedure:
        return received.procedure
    if not covered:
        return "standard"
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
    """The obligation with its standing on the day; the first of the `candidates` is the governing date."""
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
    said_since = any(_establishes_lateness(a, latest, asked.as_of) for a in assertions) and not _is_treaty_term(due)
    if latest > asked.record_ends and not said_since:
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
    """Whether the assertion is first-hand, made after the due day, and not older than 24 months."""
    spoken = first_day(assertion.as_of)
    return (
        assertion.asserted_by in FIRST_HAND
        and spoken > due
        and years_after(last_day(assertion.as_of), ASSERTION_HOLDS_YEARS) >= as_of
    )


def with_the_committee(obligation: Obligation, report: Report, asked: Asked) -> Obligation:
    """The obligation for a `report` that was received and whose review is not on record."""
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
"""Kinds of source that know of a receipt only at second hand."""


def _as_others_report(report: Report, asked: Asked) -> str:
    """Names who reports the receipt if no document and no release shows it."""
    cited = [asked.sources[source] for source in report.sources if source in asked.sources]
    seen = report.list_of_issues or report.programme or report.review
    if seen or not cited or any(source.kind not in _OTHERS for source in cited):
        return ""
    return f", as reported by {cited[0].publisher} ({_OTHERS[cited[0].kind]})"


def _received_after_the_date(obligation: Obligation, report: Report) -> Iterator[Remark]:
    """Compares the receipt with the date that the Committee set; with the most certain one if there are several."""
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
