"""Slots: the unit of time of forecasts. A year has three: January, May and September, with or without a session.

A slot is a whole number: three times its year, plus 0, 1 or 2. A cancelled session leaves its slot empty. Counts of
slots therefore include lost sessions, and a forecast needs no allowance for them.
"""

from datetime import date

from opsc_cli.months import words_of

Slot = int

SLOTS_A_YEAR = 3
YEAR = SLOTS_A_YEAR
"""A year, in slots."""

_MONTHS = (1, 5, 9)
_CLOSES = 0.2
"""The part of a slot from the beginning of the year to the end of the winter session."""


def place(day: date) -> float:
    """The position of `day` in slots; about a whole number when the session of a slot closes."""
    passed = (day - date(day.year, 1, 1)).days / 365.25
    return SLOTS_A_YEAR * (day.year + passed) - _CLOSES


def slot_of(opens: date) -> Slot:
    """The slot of a session, by the last day on which it can open."""
    return round(place(opens))


def slot_in_words(slot: Slot) -> str:
    """The month of a slot: January 2020."""
    return words_of(slot // SLOTS_A_YEAR, _MONTHS[slot % SLOTS_A_YEAR])
