"""Time as the Committee has it: slots, three a year, in January, May and September, with a session in each or not.

A slot is a whole number, three times its year and 0, 1 or 2. A session that is cancelled leaves its slot empty, so
counts of slots have the lost sessions in them, and no share of sessions that may be lost is added to a forecast.
"""

from datetime import date

from opsc_cli.months import words_of

Slot = int

SLOTS_A_YEAR = 3
YEAR = SLOTS_A_YEAR
"""Slots."""

_MONTHS = (1, 5, 9)
_CLOSES = 0.2
"""So much of a slot passes from the beginning of the year to the end of the winter session."""


def place(day: date) -> float:
    """Where `day` is among the slots: a whole number about when the session of that slot closes."""
    passed = (day - date(day.year, 1, 1)).days / 365.25
    return SLOTS_A_YEAR * (day.year + passed) - _CLOSES


def slot_of(opens: date) -> Slot:
    """The slot of a session, by the last day on which it can open."""
    return round(place(opens))


def in_words(slot: Slot) -> str:
    """The month of a slot, as a person reads it: January 2020."""
    return words_of(slot // SLOTS_A_YEAR, _MONTHS[slot % SLOTS_A_YEAR])
