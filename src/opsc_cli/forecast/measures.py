"""Scores of forecasts that give a chance to every slot, where some of the reviews have not taken place yet.

A review that had not taken place when the record ended is censored there: calibration is the Kaplan–Meier estimate of
the probability integral transform.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from math import log
from typing import NamedTuple

from opsc_cli.forecast.review import Chances
from opsc_cli.forecast.slots import YEAR

HORIZON = 18 * YEAR
"""Slots ahead for which the forecasts of States are made in the backtest."""

FARTHEST = 10 * YEAR
"""Slots ahead at which errors and Brier scores are cut."""

LEAST = 1e-5
"""Floor for chances in the log score."""

DECILES = tuple(n / 10 for n in range(1, 10))


class Observed(NamedTuple):
    """What was observed after a forecast, to the end of the record."""

    came: int | None
    """Slots from forecast to review; None if there was none in the slots seen."""
    seen: int
    """Number of slots that the record has after the forecast."""
    within: int
    """Number of them that are scored."""
    cut: int
    """`came`, or one more than `within` if later."""


def observed(came: int | None, seen: int) -> Observed:
    seen = min(seen, HORIZON)
    came = came if came and came <= seen else None
    within = min(seen, FARTHEST)
    return Observed(came, seen, within, min(came or HORIZON, within + 1))


class Curve:
    """A forecast: the chance that the review has taken place by each slot."""

    def __init__(self, chances: Chances) -> None:
        self.chances = chances
        self.by = list(accumulate(chances))
        self.early, self.even, self.late = (bisect_left(self.by, share - _ROUNDING) + 1 for share in (0.1, 0.5, 0.9))
        self._if_not = list(accumulate((by**2 for by in self.by), initial=0.0))
        self._if_come = list(accumulate(((1 - by) ** 2 for by in self.by), initial=0.0))

    def brier(self, observed: Observed) -> float:
        """The mean over the slots scored of (chance of a review by then − outcome)²."""
        slots, before = observed.within, observed.cut - 1
        return (self._if_not[before] + self._if_come[slots] - self._if_come[before]) / slots

    def log_score(self, observed: Observed) -> float:
        """The log of the chance of the slot in which the review came, or of "later" if it was later."""
        chance = self.chances[observed.came - 1] if observed.came else 1 - self.by[observed.seen - 1]
        return log(max(chance, LEAST))

    def place(self, observed: Observed) -> tuple[float, bool]:
        """The cumulative chance (0 to 1) at which the review came; a lower bound if it has not."""
        if not observed.came:
            return self.by[observed.seen - 1], False
        return self.by[observed.came - 1] - self.chances[observed.came - 1] / 2, True


_ROUNDING = 1e-9


def error(forecast: int, observed: Observed) -> int:
    """Slots between forecast and outcome, both cut at the end of the record or at ten years."""
    return abs(min(forecast, observed.within) - min(observed.cut, observed.within))


def brier_of_rule(slot: int, observed: Observed) -> float:
    """The Brier score of a rule that names one slot with certainty."""
    return abs(min(slot, observed.within + 1) - observed.cut) / observed.within


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
