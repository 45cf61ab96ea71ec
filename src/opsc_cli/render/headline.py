"""The four lines that begin an answer for a State: what is due next, when, how sure that is, and what to do next."""

from collections.abc import Iterator

from opsc_cli.answers.position import Position
from opsc_cli.forecast.next_review import NextReview, likely_in_words
from opsc_cli.law.authority import Certainty, DateAwaited, Dated
from opsc_cli.law.initial_report import still_owed
from opsc_cli.law.standing import Obligation
from opsc_cli.months import words_of
from opsc_cli.render.words import moment, sentence, when_due


def headline(position: Position) -> Iterator[tuple[str, str]]:
    """Each line as its label and what it says; the first has no label, nor has what is supposed, which precedes it."""
    first = position.obligations[0] if position.obligations else None
    if position.assumes:
        yield "", position.assumes
    yield "", _what(position, first) if first else sentence(position)
    yield "When", f"{_when(first, position) if first else _never(position)}."
    yield "How sure", f"{_sure(first)}{_estimate(position.next_review)}"
    yield "Next", _next(position)


def _next(position: Position) -> str:
    iso3 = position.iso3
    if position.assumes:
        return f"`opsc explain {iso3}` (what is on record), `opsc help law` (the articles that were applied)"
    return f"`opsc explain {iso3}` (why), `opsc missing {iso3}` (what would make it surer)"


def _what(position: Position, obligation: Obligation) -> str:
    report = obligation.report.name.partition(",")[0]
    others = len(position.obligations) - 1
    more = f" {'One more is' if others == 1 else f'{others} more are'} below." if others else ""
    if obligation.standing == "with-the-committee":
        is_ = "are" if report.startswith("combined") else "is"
        return f"{position.name}: its {report} {is_} with the Committee on the Rights of the Child.{more}"
    its = "" if obligation.report.kind == "further-information" else "its "
    named = f"a {report.removeprefix('next ')}" if report.startswith("next ") else f"{its}{report}"
    return f"{position.name} {'would owe' if position.assumes else 'owes'} next: {named}.{more}"


def _when(obligation: Obligation, position: Position) -> str:
    """The date that was set, or that none is known; then what is on record of the report, or of the last review."""
    due, last = obligation.due, _last_review(position)
    called = "expected" if obligation.is_expected else "due"
    match obligation.standing:
        case "with-the-committee" if obligation.report.programmed:
            return f"on the programme of session {obligation.report.programmed}; no review is on record"
        case "with-the-committee":
            return obligation.standing_because
        case "date-awaited":
            will = "will" if due.certainty is Certainty.COMMITTEE_SET else "is expected to"
            return f"the Committee {will} give a date{last}"
        case _ if obligation.is_treaty_term:
            return f"no date set by the Committee is on record{last}"
        case "overdue":
            return f"{called} {when_due(obligation)}; overdue by {obligation.days_late} days"
        case "past-due-no-record":
            return f"{called} {when_due(obligation)}; no submission is on record"
        case "loipr-awaited":
            return f"{called} {when_due(obligation)}; the list of issues to be answered is not on record"
        case "not-established" if isinstance(due, Dated):
            return f"{called} {when_due(obligation)}; the record ends before, and cannot tell whether it came"
        case "not-established":
            return f"no date can be given{last}"
    return f"{called} {when_due(obligation)}{last}"


def _never(position: Position) -> str:
    if position.answer.status == "pending":
        return "nothing is due until it is in force"
    last = _last_review(position, " (Convention)")
    if owed := still_owed(position.answer.known, position.answer.initial_due):
        return f"its initial report, due {moment(owed)}, is not on record as submitted; nothing new is due{last}"
    return f"nothing is due under the OPSC{last}"


def _last_review(position: Position, under: str = "") -> str:
    last = position.next_review.last if position.next_review else None
    if last and last.sitting:
        return f". Last review{under}: {words_of(last.sitting.opened.year, last.sitting.opened.month)}"
    return ". No review is on record" if position.next_review else ""


_SURE = {
    Certainty.TREATY: "the treaty gives the date. ",
    Certainty.COMMITTEE_SET: "set by the Committee. ",
    Certainty.PRACTICE: "expected, not set. ",
    Certainty.PROJECTION: "an estimate. ",
}


def _sure(obligation: Obligation | None) -> str:
    if obligation is None or obligation.standing == "with-the-committee":
        return "by what is on record. "
    due = obligation.due
    if isinstance(due, DateAwaited):
        return "no date is set yet. "
    if not isinstance(due, Dated) or obligation.is_treaty_term:
        return "no date is known. "
    return _SURE[due.certainty]


def _estimate(review: NextReview | None) -> str:
    return f"Next review: {likely_in_words(review)}." if review else "No estimate of the next review is possible."
