"""Finds the report that a fact is about, by its symbol, number, session or day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from opsc_cli.dataset.checks.symbols import parsed_symbol
from opsc_cli.dataset.intake.facts import Fact, Refusal, as_option
from opsc_cli.dataset.reader import Where
from opsc_cli.law.report_names import short_numbers
from opsc_cli.law.reports import is_reviewed, reviewed_reports
from opsc_cli.law.treaty import is_party_to_convention
from opsc_cli.record.dates import Recorded, first_day, last_day, parse_recorded
from opsc_cli.record.known import adoption_day, closings_of
from opsc_cli.record.parsing import Number, Numbers
from opsc_cli.record.records import Session
from opsc_cli.record.state import Report, State

_NAMED = {"": "a report", "Q": "a list of issues", "QPR": "a list of issues prior to reporting", "CO": "observations"}


class RecordedSessions:
    """The sessions on record."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.sessions = tuple(sessions)
        self.closings = closings_of(self.sessions)

    def session_of(self, day: Recorded) -> int | None:
        """The session held on `day`; for a month or a year, only if it falls entirely within the session."""
        held = (s for s in self.sessions if s.number and s.status.startswith("held"))
        first, last = first_day(day), last_day(day)
        return next((s.number for s in held if first_day(s.opens) <= first and last <= last_day(s.closes)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a fact says about its report."""

    iso3: str
    treaty: str
    numbers: tuple[int, ...] | None
    symbol: str | None
    session: int | None
    day: Recorded | None
    """The day of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The report found, or the place for a new one, and its record."""

    where: Where
    on_record: Report | None
    needs: Mapping[str, str] = field(default_factory=dict)
    """Fields to add if it is new."""
    is_item: bool = False


def wanted(fact: Fact, kind: str, session: int | None, day: Recorded | None) -> Wanted:
    """What the fact says of its report; its symbol is that of a document of `kind`: "" a report, Q, QPR, CO."""
    read = parsed_symbol(fact.symbol) if fact.symbol else None
    if fact.symbol and (read is None or read.kind != kind):
        seen = f"the symbol of {_NAMED[read.kind]}" if read else "no symbol of the Committee's"
        raise Refusal(f"--symbol {fact.symbol!r}: {seen}; expected that of {_NAMED[kind]}, such as CRC/C/…/1")
    if read and fact.treaty not in ("", read.treaty):
        raise Refusal(f"--treaty {fact.treaty}, but {fact.symbol} is under the {read.treaty}; fix whichever is wrong")
    numbers = parsed(Numbers, fact.numbers, "numbers") if fact.numbers else _spread(read.numbers if read else None)
    treaty = read.treaty if read else fact.treaty or ("CRC" if numbers and numbers[0] > 1 else "OPSC")
    symbol = fact.symbol if kind == "" else None
    return Wanted(iso3=fact.state, treaty=treaty, numbers=numbers, symbol=symbol or None, session=session, day=day)


def meant(wish: Wanted, state: State, calendar: RecordedSessions) -> Meant:
    """The report meant. Raises Refusal if it is ambiguous or cannot be identified."""
    if wish.treaty == "OPSC" and wish.numbers in (None, (1,)):
        return Meant(where=("states", wish.iso3, "initial_report"), on_record=state.initial_report)
    held = [(n, r) for n, r in enumerate(state.reports) if r.treaty == wish.treaty]
    found = {n: r for n, r in held if _is_named(r, wish) or (wish.session and _reviewed_at(r, wish.session))}
    if len(found) > 1:
        raise Refusal("the number and the session identify two different reports on record; fix whichever is wrong")
    if not found:
        found = dict(_by_day(held, wish, state, calendar))
    for position, report in found.items():
        return Meant(where=("states", wish.iso3, "reports", position), on_record=report)
    return _new(wish, state)


def last_review_under(state: State, treaty: str, session: int | None, calendar: RecordedSessions) -> tuple[int, Report]:
    """The report whose observations are the last under a treaty, or those of `session`. Raises Refusal."""
    reviewed = reviewed_reports(state.reports, treaty, calendar.closings)
    if session:
        reviewed = [report for report in reviewed if _reviewed_at(report, session)]
    if not reviewed:
        at = f" at session {session}" if session else ""
        raise Refusal(
            f"no review under the {treaty}{at} is on record; record the review first (opsc record STATE review …)"
        )
    return next((n, r) for n, r in enumerate(state.reports) if r is reviewed[-1])


def parsed(kind: Any, text: str, name: str) -> Any:
    """Parses a text for a field of this kind. Raises Refusal if it cannot be parsed."""
    try:
        return get_args(kind)[1].parsed(text)
    except ValueError as error:
        raise Refusal(f"{as_option(name) if name != 'value' else 'the value'} {text!r}: {error}") from None


def session_given(fact: Fact) -> int | None:
    return int(parsed(Number, fact.session, "session")) if fact.session else None


def day_given(text: str) -> Recorded:
    try:
        return parse_recorded(text)
    except ValueError as error:
        raise Refusal(f"the value {text!r}: {error}") from None


def given(**texts: str) -> dict[str, str]:
    """The texts that are not empty."""
    return {name: text for name, text in texts.items() if text}


def _spread(numbers: tuple[int, int] | None) -> tuple[int, ...] | None:
    return tuple(range(numbers[0], numbers[1] + 1)) if numbers else None


def _is_named(report: Report, wish: Wanted) -> bool:
    """Whether the report has the number or symbol wanted."""
    return bool((wish.numbers and report.numbers == wish.numbers) or (wish.symbol and report.symbol == wish.symbol))


def _reviewed_at(report: Report, session: int) -> bool:
    return report.review is not None and report.review.session == session


def _by_day(
    held: list[tuple[int, Report]], wish: Wanted, state: State, calendar: RecordedSessions
) -> Iterable[tuple[int, Report]]:
    """The report with the Committee, if the event is later than the last observations."""
    overlapping = [r for _, r in held if r.numbers and wish.numbers and set(r.numbers) & set(wish.numbers)]
    if overlapping:
        raise Refusal(f"the record has report {short_numbers(overlapping[0].numbers or ())}; fix whichever is wrong")
    if wish.session:
        _refuse_unnamed_review(state, wish.session)
        return ()
    reviewed = reviewed_reports(state.reports, wish.treaty, calendar.closings)
    adopted = adoption_day(reviewed[-1], calendar.closings) if reviewed else None
    if reviewed and (wish.day is None or last_day(wish.day) <= (adopted or date.min)):
        sessions = ", ".join(str(r.review.session) for r in reviewed if r.review) or "none"
        raise Refusal(
            f"several reports are possible; add --session, the session that reviewed the report (on record: {sessions})"
        )
    waiting = [(n, r) for n, r in held if not is_reviewed(r) and not (r.numbers and wish.numbers)]
    if len(waiting) > 1:
        raise Refusal("several reports on record are not reviewed; add --numbers or --symbol")
    return waiting


def _refuse_unnamed_review(state: State, session: int) -> None:
    if any(r.treaty == "unspecified" and _reviewed_at(r, session) for r in state.reports):
        raise Refusal(f"session {session} reviewed a report whose treaty is not on record; edit states.yaml by hand")


def _new(wish: Wanted, state: State) -> Meant:
    """A new report, inserted in the order of sessions; without a review, last."""
    before = [
        n for n, r in enumerate(state.reports, 1) if r.review and wish.session and r.review.session <= wish.session
    ]
    position = max(before, default=0) if wish.session else len(state.reports)
    earlier = any(r.treaty == wish.treaty for r in state.reports[:position])
    needs = {"treaty": wish.treaty, "kind": _kind(wish, state, earlier)}
    return Meant(where=("states", wish.iso3, "reports", position), on_record=None, needs=needs, is_item=True)


def _kind(wish: Wanted, state: State, has_one_before: bool) -> str:
    """OPSC art. 12(2), OPAC art. 8(2), CRC art. 44(1): the first report is initial, the later ones are periodic."""
    if wish.numbers:
        return "initial" if wish.numbers[0] == 1 else "periodic"
    if wish.treaty == "CRC":
        return "periodic" if has_one_before else "unspecified"
    return "periodic" if has_one_before and not is_party_to_convention(state) else "initial"
