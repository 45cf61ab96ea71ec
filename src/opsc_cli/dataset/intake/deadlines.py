"""Claims about due dates that the Committee sets, and about reports not submitted."""

from dataclasses import replace
from typing import Any

from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.dataset.intake.reports import (
    RecordedSessions,
    Wanted,
    day_given,
    given,
    last_review_under,
    session_given,
    wanted,
)
from opsc_cli.law.report_names import short_numbers
from opsc_cli.law.treaty import is_party_to_convention
from opsc_cli.record.dates import Recorded, last_day
from opsc_cli.record.state import (
    ConcludingObservations,
    ListOfIssuesPriorToReporting,
    NextReport,
    NotSubmitted,
    State,
)


def loipr(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """A list of issues prior to reporting: by its symbol or its numbers, else by its day."""
    wish = wanted(replace(fact, treaty="CRC"), "QPR", None, None)
    says: dict[str, Any] = given(adopted=fact.value, symbol=fact.symbol, due=fact.replies_by)
    says |= {"numbers": short_numbers(wish.numbers)} if wish.numbers else {}
    says |= {"covers": fact.covers.replace(",", " ").split()} if fact.covers else {}
    held, adopted = state.lists_of_issues_prior_to_reporting, day_given(fact.value)
    position = next((n for n, li in enumerate(held) if _is_the_list(li, wish, fact.symbol, adopted)), None)
    later = next((n for n, li in enumerate(held) if last_day(li.adopted) > last_day(adopted)), len(held))
    where = ("states", fact.state, "lists_of_issues_prior_to_reporting", later if position is None else position)
    kind = ListOfIssuesPriorToReporting
    return [Claim(file="states", where=where, kind=kind, says=says, is_item=position is None)]


def _is_the_list(held: ListOfIssuesPriorToReporting, wish: Wanted, symbol: str, adopted: Recorded) -> bool:
    """Whether a list on record is the one meant: by its symbol or numbers, else by its day."""
    if (symbol and held.symbol) or (wish.numbers and held.numbers):
        return held.symbol == symbol if symbol and held.symbol else held.numbers == wish.numbers
    return held.adopted == adopted


TO_BE_COMMUNICATED = "to-be-communicated"


def next_due(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The date that the last observations set for the next report, or `to-be-communicated`; and who says so."""
    if not fact.asserted_by:
        raise Refusal("add --asserted-by: who says what the concluding observations set")
    treaty = fact.treaty or ("CRC" if is_party_to_convention(state) else "OPSC")
    position, _ = last_review_under(state, treaty, session_given(fact), calendar)
    where = ("states", fact.state, "reports", position, "concluding_observations")
    due = {"kind": fact.value} if fact.value == TO_BE_COMMUNICATED else {"kind": "date", "due": fact.value}
    says = due | given(numbers=fact.numbers, asserted_by=fact.asserted_by, paragraph=fact.paragraph)
    return [
        Claim(file="states", where=where, kind=ConcludingObservations, is_main=False),
        Claim(file="states", where=(*where, "next_report"), kind=NextReport, says=says),
    ]


def not_submitted(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The day, month or year of the assertion, and who makes it. The same source and day are recorded once."""
    if not fact.asserted_by:
        raise Refusal("add --asserted-by: who says that the report was not submitted")
    if fact.treaty not in ("", "OPSC", "CRC"):
        raise Refusal(f"--treaty {fact.treaty}: expected OPSC or CRC")
    of_crc = fact.treaty == "CRC"
    initial = state.initial_report.not_submitted if state.initial_report else ()
    held = state.crc.not_submitted if of_crc else initial
    as_of = day_given(fact.value)
    same = (
        n for n, a in enumerate(held) if a.as_of == as_of and (a.asserted_by == fact.asserted_by or _shares(a, fact))
    )
    position = next(same, None)
    later = next((n for n, a in enumerate(held) if last_day(a.as_of) > last_day(as_of)), len(held))
    list_at = ("states", fact.state, "crc" if of_crc else "initial_report", "not_submitted")
    says = {"as_of": fact.value, "asserted_by": fact.asserted_by}
    where = (*list_at, later if position is None else position)
    return [Claim(file="states", where=where, kind=NotSubmitted, says=says, is_item=position is None)]


def _shares(assertion: NotSubmitted, fact: Fact) -> bool:
    return fact.source in assertion.sources
