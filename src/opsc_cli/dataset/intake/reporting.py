"""Claims about a State's reports: receipt, printed due year, list of issues, review, observations."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from opsc_cli.answers.audit import printed_due_year
from opsc_cli.dataset.intake import acts
from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.dataset.intake.reports import (
    Meant,
    RecordedSessions,
    Wanted,
    day_given,
    given,
    meant,
    parsed,
    session_given,
    wanted,
)
from opsc_cli.law.report_names import short_numbers
from opsc_cli.record.dates import Recorded
from opsc_cli.record.parsing import Day, Number
from opsc_cli.record.state import (
    ConcludingObservations,
    ListOfIssues,
    Programme,
    Report,
    Review,
    State,
)

SYMBOL = "CRC/"
"""Prefix of a value that is a symbol, given if the day is not known."""


def received(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """A day, a month, a year or a bracket; or the report's symbol if the day is not known."""
    if fact.value.startswith(SYMBOL):
        fact, day, note = replace(fact, symbol=fact.value), None, ""
        says: dict[str, str] = {}
    elif acts.BRACKET in fact.value:
        day, submitted, note = _bracket(fact.value)
        says = {"submitted": submitted} if submitted else {}
    else:
        day, note, says = day_given(fact.value), "", {"submitted": fact.value}
    wish = wanted(fact, "", session_given(fact), day)
    report = meant(wish, state, calendar)
    if report.is_item and wish.session:
        raise Refusal(f"no {wish.treaty} report at session {wish.session} is on record; record its review first")
    claim = _report(report, wish, says)
    if not says and not fact.symbol and not report.on_record:
        raise Refusal("a bracket alone does not identify a report; add --symbol CRC/C/…")
    return [replace(claim, note=note)]


def _bracket(text: str) -> tuple[Recorded, str | None, str]:
    """`A..B`: its last day, the month or year that contains it (or None), and the note."""
    first, _, last = text.partition(acts.BRACKET)
    latest: date = parsed(Day, last, "value")
    if not first:
        return latest, None, f"Received by {latest}."
    earliest: date = parsed(Day, first, "value")
    if earliest > latest:
        raise Refusal(f"the value {text!r}: the bracket ends before it begins; put the earlier day first")
    within = next((str(latest)[:n] for n in (7, 4) if str(earliest)[:n] == str(latest)[:n]), None)
    return latest, within, f"Received between {earliest} and {latest}."


def due_printed(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The year, or the day, printed on the cover; if it differs from the article, it needs --confirmed."""
    wish = wanted(fact, "", session_given(fact), None)
    report = meant(wish, state, calendar)
    claim = replace(_report(report, wish, {"due_published": fact.value}), takes_confirmed=False)
    if report.where[-1] != "initial_report":
        return [claim]
    printed = replace(report.on_record or Report(), due_published=day_given(fact.value))
    differs = next(printed_due_year(fact.state, replace(state, initial_report=printed)), None)
    if differs is None or differs.explained is not None:
        return [claim]
    if not fact.confirmed:
        message = f"the cover prints {fact.value}, {differs.by} gives {differs.computed}"
        raise Refusal(f"{message}; if the cover does print this, add --confirmed REASON")
    other = {"says": differs.computed[:4], "about": "due_published", "sources": list(differs.computed_sources)}
    return [replace(claim, disagrees=({**other, "reason": fact.confirmed},))]


def list_of_issues(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The day, month or year in which it was adopted; `--replies-by` its own deadline."""
    wish = wanted(fact, "Q", session_given(fact), day_given(fact.value))
    report = meant(wish, state, calendar)
    says = given(adopted=fact.value, symbol=fact.symbol, due=fact.replies_by)
    return [_report(report, wish, {}, is_main=False), _below(report, "list_of_issues", ListOfIssues, says)]


def review(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The day of the dialogue; or the number of the session if the day is not known."""
    by_number = fact.value.isdecimal() and len(fact.value) <= 3
    day = None if by_number else day_given(fact.value)
    session = session_given(replace(fact, session=fact.value)) if by_number else session_given(fact)
    session = session or (calendar.session_of(day) if day else None)
    if not session:
        raise Refusal(f"no session on record includes {fact.value}; add --session")
    wish = wanted(fact, "", session, day)
    report = meant(wish, state, calendar)
    says = given(session=str(session), considered="" if by_number else fact.value)
    return [_report(report, wish, {}, is_main=False), _review(report, says, fact)]


def observations(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The day of adoption; or the symbol of the document if the day is not known."""
    by_symbol = fact.value.startswith(SYMBOL)
    fact = replace(fact, symbol=fact.value) if by_symbol else fact
    day = None if by_symbol else day_given(fact.value)
    session = session_given(fact) or (calendar.session_of(day) if day else None)
    wish = wanted(fact, "CO", session, day)
    report = meant(wish, state, calendar)
    claims = [_report(report, wish, {}, is_main=False)]
    if session and (fact.session or not (report.on_record and report.on_record.review)):
        claims.append(_review(report, {"session": str(session)}, fact, is_main=False))
    says = given(symbol=fact.symbol, adopted="" if by_symbol else fact.value)
    return [*claims, _below(report, "concluding_observations", ConcludingObservations, says)]


_LENGTH_OF_A_DAY = len("2026-04-01")


def programme(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The number of the session whose programme names the report; --known-on is the day it was published."""
    known_on = fact.known_on or (fact.as_of if len(fact.as_of) == _LENGTH_OF_A_DAY else "")
    if not known_on:
        raise Refusal("add --known-on: the day the programme was published")
    session: int = parsed(Number, fact.value, "value")
    wish = wanted(fact, "", None, parsed(Day, known_on, "known_on"))
    report = meant(wish, state, calendar)
    says = {"session": str(session), "known_on": known_on}
    return [_report(report, wish, {}, is_main=False), _below(report, "programme", Programme, says)]


def procedure(fact: Fact, state: State, calendar: RecordedSessions) -> list[Claim]:
    """The procedure of the report if one is named, else of the State."""
    if not (fact.treaty or fact.numbers or fact.session or fact.symbol):
        return acts.procedure(fact, state)
    wish = wanted(fact, "", session_given(fact), None)
    return [_report(meant(wish, state, calendar), wish, {"procedure": fact.value})]


# ── the records that claims are about ────────────────────────────────────────────────────────────


def _report(report: Meant, wish: Wanted, says: Mapping[str, str], *, is_main: bool = True) -> Claim:
    """The claim about the report itself, with its number or symbol."""
    is_initial = report.where[-1] == "initial_report"
    numbers = {"numbers": short_numbers(wish.numbers)} if wish.numbers and not is_initial else {}
    symbol = {"symbol": wish.symbol} if wish.symbol else {}
    return Claim(
        file="states",
        where=report.where,
        kind=Report,
        says={**numbers, **symbol, **says},
        needs=report.needs,
        is_item=report.is_item,
        is_main=is_main,
    )


def _below(report: Meant, name: str, kind: type, says: Mapping[str, str], *, is_main: bool = True) -> Claim:
    where, is_new = (*report.where, name), report.is_item
    return Claim(file="states", where=where, kind=kind, says=says, is_within_new=is_new, is_main=is_main)


def _review(report: Meant, says: Mapping[str, str], fact: Fact, *, is_main: bool = True) -> Claim:
    """Adds `evidence`: as given, else by the kind of source; a value on record stays."""
    evidence = fact.evidence or _EVIDENCE.get(fact.kind, "")
    if not evidence and not (report.on_record and report.on_record.review):
        raise Refusal(f"add --evidence: how the review is known from a source of the kind {fact.kind}")
    claim = _below(report, "review", Review, says, is_main=is_main)
    return replace(claim, needs={"evidence": evidence})


_EVIDENCE = {
    "document": "document",
    "release": "release",
    "programme": "programme",
    "ngo": "press-ngo",
    "press": "press-ngo",
}
"""The weakest evidence that each kind of source gives for a review."""
