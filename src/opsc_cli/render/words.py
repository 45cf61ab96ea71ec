"""Answers in words: one plain sentence for a State, a date."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from opsc_cli.law.authority import Answer, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.standing import Obligation, Standing
from opsc_cli.record.dates import Recorded, between, in_words

if TYPE_CHECKING:  # totals and sessions need none of these
    from opsc_cli.answers.position import Position
    from opsc_cli.forecast.submissions import PartOfMonth

PASSED: Mapping[Standing, str] = {
    "overdue": "overdue",
    "past-due-no-record": "date passed, nothing on record",
    "past-treaty-term": "only the treaty term has passed",
}
"""What has passed for a report, by its standing (law.standing.LATE)."""


def sentence(position: "Position") -> str:
    """What the State owes next, in one sentence."""
    name = position.name
    if not position.obligations:
        return {
            "signatory": f"{name} has signed the OPSC but is not a party, so it owes no report under it.",
            "none": f"{name} has neither signed nor joined the OPSC, so it owes no report under it.",
            "pending": f"{name} has joined the OPSC, which is not yet in force for it.",
            "denounced": f"{name} has denounced the OPSC, so no new report falls due under it.",
            "party": f"{name} is a party to the OPSC; nothing that it owes is on record.",
        }[position.answer.status]
    first, *others = map(_clause, position.obligations)
    return f"{name}: {'; and '.join((first, *others))}."


def _clause(obligation: Obligation) -> str:
    report = obligation.report.name
    plural = report.startswith("combined")
    report = report if report.startswith("further") else f"the {report}"
    report += "," if "," in report else ""
    due = "expected" if obligation.is_expected else "due"
    is_, was = ("are", "were") if plural else ("is", "was")
    match obligation.standing:
        case "with-the-committee":
            return f"{report} {is_} with the Committee ({obligation.standing_because})"
        case "upcoming" if obligation.is_treaty_term:
            return f"{_no_date(report)}; its treaty term, which is no due date, falls {when_due(obligation)}"
        case "upcoming":
            return f"{report} {is_} {due} {when_due(obligation)}"
        case "overdue":
            return f"{report} {was} due {when_due(obligation)} and {is_} overdue by {obligation.days_late} days"
        case "past-due-no-record":
            return f"{report} {was} {due} {when_due(obligation)}, and no submission is on record"
        case "past-treaty-term":
            return f"{_no_date(report)}; its treaty term, which is no due date, passed {when_due(obligation)}"
        case "date-awaited" if obligation.due.certainty is Certainty.COMMITTEE_SET:
            return f"no date for {report} is due yet; the Committee will communicate it"
        case "date-awaited":
            return f"no date for {report} is on record; the Committee is expected to communicate one"
        case "loipr-awaited":
            return f"{report} {was} {due} {when_due(obligation)}; the list of issues to be answered is not on record"
        case _ if isinstance(obligation.due, Dated):
            fell = f"{_no_date(report)}; its treaty term, which is no due date, fell"
            what = fell if obligation.is_treaty_term else f"{report} {was} {due}"
            return f"{what} {when_due(obligation)}, but {obligation.standing_because}"
        case _:
            return f"when {report} {is_} due is not established: {obligation.standing_because}"


def _no_date(report: str) -> str:
    return f"no date set by the Committee for {report.removesuffix(',')} is on record"


def when_due(obligation: Obligation) -> str:
    """The date that governs, within a sentence: "on 5 September 2024", "between … and …"."""
    match obligation.due:
        case Dated(is_day=True, last=day):
            return f"on {in_words(day)}"
        case Dated(first=first, last=last) if recorded := between(first, last):
            return f"in {in_words(recorded)}"
        case Dated(first=first, last=last):
            return f"between {in_words(first)} and {in_words(last)}"
        case DateAwaited():
            return "on a date that the Committee will communicate"
        case NotEstablished():
            return "on a day that the record does not establish"


def moment(answer: Answer) -> str:
    """A date on its own: "5 September 2024", "between … and …", "not established"."""
    match answer:
        case Dated(first=first, last=last) if recorded := between(first, last):
            return in_words(recorded)
        case Dated(first=first, last=last):
            return f"between {in_words(first)} and {in_words(last)}"
        case DateAwaited():
            will = "will" if answer.certainty is Certainty.COMMITTEE_SET else "is expected to"
            return f"date awaited: the Committee {will} communicate it"
        case NotEstablished():
            return "not established"


def iso(recorded: Recorded | None) -> str | None:
    """A date as the JSON documents have it: 2004-06-06, 2004-06 or 2004."""
    return None if recorded is None else str(recorded)


def counted(number: int, of: str) -> str:
    """1 fact, 2 facts."""
    return f"{number} {of}" if number == 1 else f"{number} {of}s"


def by_in_words(by: Recorded, part_of_month: "PartOfMonth | None") -> str:
    """12 May 2021, early December 2026, mid-December 2026."""
    return f"{_PARTS[part_of_month] if part_of_month else ''}{in_words(by)}"


_PARTS: "Mapping[PartOfMonth, str]" = {"early": "early ", "mid": "mid-"}


def percent(share: float) -> str:
    return "<1%" if share < 0.01 else f"{share:.0%}"
