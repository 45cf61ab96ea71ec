"""A fact later than the record: its source is dated on that day, so only this fact is later."""

from dataclasses import replace
from datetime import date

from opsc_cli.dataset.intake.facts import Fact
from opsc_cli.record.dates import first_day, parse_recorded

_TELL_OF_A_DAY = (
    "report-received", "list-of-issues", "loipr", "review", "observations", "not-submitted", "signature", "deposit",
    "checked",
)  # fmt: skip
"""The facts whose value is the day that the source reports."""


def speaking_for_its_day(fact: Fact, record_ends: date) -> Fact:
    """The fact; if it is later than the record, its own day is the `as_of` of its source, unless another is given.

    A source that reports a day is at least as late as that day.
    """
    announced = fact.status in ("announced", "cancelled", "postponed")
    told = fact.value if fact.fact in _TELL_OF_A_DAY else fact.known_on if announced else fact.closes or fact.known_on
    return replace(fact, as_of=told) if not fact.as_of and _is_after(told, record_ends) else fact


def _is_after(told: str, record_ends: date) -> bool:
    try:
        return first_day(parse_recorded(told)) > record_ends
    except ValueError:  # a symbol, a bracket, a session
        return False
