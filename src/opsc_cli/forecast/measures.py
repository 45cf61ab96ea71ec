"""Measures of forecasts that give a chance to every slot, where some of what they forecast has not come yet.

A review that had not come when the record ended counts as later than that and no more: calibration is Kaplan and
Meier's estimate over the places in their forecasts at which reviews came.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from math import log
from typing import NamedTuple

from opsc_cli.forecast.review import Chances
from opsc_cli.forecast.slots import YEAR

HORIZON = 18 * YEAR
"""Slots. So far ahead the forecasts of States are made that are measured."""

FARTHEST = 10 * YEAR
"""Slots. So far errors and Brier scores look."""

LEAST = 1e-5
"""The log score of a chance that was nil is that of this one."""

DECILES = tuple(n / 10 for n in range(1, 10))


class Outcome(NamedTuple):
    """What came of a forecast, as far as the record goes on after it."""

    came: int | None
    """After how many slots the review came; None if not within those seen."""
    seen: int
    """How many slots the record has after the forecast."""
    within: int
    """How many of them are measured."""
    cut: int
    """After how many slots the review came; one more than are measured, where later."""


def outcome(came: int | None, seen: int) -> Outcome:
    seen = min(seen, HORIZON)
    came = came if came and came <= seen else None
    within = min(seen, FARTHEST)
    return Outcome(came, seen, within, min(came or HORIZON, within + 1))


class Curve:
    """A forecast: the chance that the review has come by each slot."""

    def __init__(self, chances: Chances) -> None:
        self.chances = chances
        self.by = list(accumulate(chances))
        self.early, self.even, self.late = (bisect_left(self.by, share - _ROUNDING) + 1 for share in (0.1, 0.5, 0.9))
        self._if_not = list(accumulate((by**2 for by in self.by), initial=0.0))
        self._if_come = list(accumulate(((1 - by) ** 2 for by in self.by), initial=0.0))

    def brier(self, outcome: Outcome) -> float:
        """The mean over the slots seen of (chance that it had come, less whether it had) squared."""
        slots, before = outcome.within, outcome.cut - 1
        return (self._if_not[before] + self._if_come[slots] - self._if_come[before]) / slots

    def log_score(self, outcome: Outcome) -> float:
        """Of the chance of the slot in which it came; of what is later, the chance of later."""
        chance = self.chances[outcome.came - 1] if outcome.came else 1 - self.by[outcome.seen - 1]
        return log(max(chance, LEAST))

    def place(self, outcome: Outcome) -> tuple[float, bool]:
        """Where in the forecast it came, from 0 to 1; where not yet, at least there."""
        if not outcome.came:
            return self.by[outcome.seen - 1], False
        return self.by[outcome.came - 1] - self.chances[outcome.came - 1] / 2, True


_ROUNDING = 1e-9


def error(forecast: int, outcome: Outcome) -> int:
    """Slots between forecast and outcome, both cut where the record ends or after ten years."""
    return abs(min(forecast, outcome.within) - min(outcome.cut, outcome.within))


def brier_of_rule(slot: int, outcome: Outcome) -> float:
    """The Brier score of a rule that says for sure in which slot it comes."""
    return abs(min(slot, outcome.within + 1) - outcome.cut) / outcome.within


def calibration(places: Iterable[tuple[float, bool]]) -> tuple[float, ...]:
    """For each decile of the forecasts, the share of reviews that had come by it."""
    ordered = sorted((place, not came) for place, came in places)
    found, later = [], 1.0
    deciles = iter(DECILES)
    decile = next(deciles)
    for n, (place, not_yet) in enumerate(ordered):
        while place > decile:
            found.append(1 - later)
            decile = next(deciles, 2.0)
        if not not_yet:
            later *= 1 - 1 / (len(ordered) - n)
    return (*found, *[1 - later] * (len(DECILES) - len(found)))
