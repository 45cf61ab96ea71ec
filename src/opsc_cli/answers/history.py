"""The answers over a span of time: for each State, the days on which its answer changes.

An answer stays the same until the next fact becomes known or a date in it passes. So this goes from change to change,
not from day to day, and takes time in proportion to the facts, not to the days.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from opsc_cli.answers.answer import StateAnswer, answer_to
from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.committee import SIMPLIFIED_FROM
from opsc_cli.law.standing import ASSERTION_HOLDS_YEARS, Asked, Obligation
from opsc_cli.law.treaty import TENTH_INSTRUMENT, TOLERANCE, denunciation_effective
from opsc_cli.record.dates import Month, Year, last_day, years_after
from opsc_cli.record.frozen import Frozen, is_frozen, replace
from opsc_cli.record.known import Closings
from opsc_cli.record.state import NotSubmitted, State

_DAY = timedelta(days=1)


class AnswerSpan(Frozen):
    """The answer from `first` to `last`, both included; only counts of days differ within it."""

    first: date
    last: date
    answer: StateAnswer


def spans_of(state: State, asked: Asked, last: date) -> Iterator[AnswerSpan]:
    """The answers for `state` from the day asked about to `last`, span by span, without a gap.

    The answer changes on the first day of every span except the first.
    """
    days = answers_over(state, asked, last)
    begun, answer = next(days)
    for day, later in days:
        if timeless(later) != timeless(answer):
            yield AnswerSpan(first=begun, last=day - _DAY, answer=answer)
            begun = day
        answer = later
    yield AnswerSpan(first=begun, last=last, answer=answer)


def answers_over(state: State, asked: Asked, last: date) -> Iterator[tuple[date, StateAnswer]]:
    """The answer on the day asked about, then on every later day to `last` on which it may change."""
    day, answer = asked.as_of, answer_to(asked, state)
    yield day, answer
    known_from = sorted({*_days_of_change(state, asked.closings)}) if day < last else []
    while (day := _next_change(day, answer, known_from)) <= last:
        answer = answer_to(replace(asked, as_of=day), state)
        yield day, answer


def timeless(answer: StateAnswer) -> tuple[Any, ...]:
    """The answer without counts of days, which change every day."""
    owed = tuple(replace(o, days_late=None, days_past=None) for o in answer.obligations)
    return answer.status, answer.entry_into_force, answer.crc_entry_into_force, answer.initial_due, owed


def _next_change(day: date, answer: StateAnswer, known_from: list[date]) -> date:
    """The first day after `day` on which the answer may differ."""
    passing = (d for o in answer.obligations if (d := _passes_on(o)))
    in_force = (d for d in (_last_day_of(answer.entry_into_force),) if d)
    return min((d for d in (*known_from, *passing, *in_force) if d > day), default=date.max)


def _passes_on(obligation: Obligation) -> date | None:
    due = _last_day_of(obligation.due)
    return due + (TOLERANCE + 1) * _DAY if due else None


def _last_day_of(answer: Answer | None) -> date | None:
    return answer.last if isinstance(answer, Dated) else None


def _days_of_change(state: State, closings: Closings) -> Iterator[date]:
    """Every day on which a fact becomes known, an assertion expires, or a general rule changes."""
    yield from (TENTH_INSTRUMENT, SIMPLIFIED_FROM)
    if state.denunciation:
        yield denunciation_effective(state.denunciation.received)
    for fact in _facts(state):
        for name in fact.__slots__:
            value = getattr(fact, name)
            if isinstance(value, date | Month | Year):
                yield last_day(value)
            elif name == "session" and value in closings:
                yield closings[value]
        if isinstance(fact, NotSubmitted):
            yield years_after(last_day(fact.as_of), ASSERTION_HOLDS_YEARS) + _DAY


def _facts(record: Any) -> Iterator[Any]:
    """The record and every record within it. A record's slots are its fields."""
    yield record
    for name in record.__slots__:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_frozen(item) and not isinstance(item, type | Month | Year):
                yield from _facts(item)
