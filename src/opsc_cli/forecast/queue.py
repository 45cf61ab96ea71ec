"""The States with nothing in hand, in turn: they share the Committee's pace in proportion to their weights (turns.py).

A State that is reviewed returns to the first class and is followed again when it leaves it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from opsc_cli.forecast.turns import CLASSES, UNKNOWN, class_of
from opsc_cli.record.frozen import Frozen

Place = tuple[float | None, float]
"""Of a State, the reviews held since its own when the forecast begins, None if that is not on record; and its habit."""


class Queue(Frozen, kw_only=False):
    """The queue at one pace."""

    weights: Sequence[float]
    slots: Sequence[tuple[float, float]]
    """In each slot, the reviews held since the forecast began, and the chance of a State whose weight is 1."""

    def chances(self, place: Place) -> list[float]:
        """The chance that each slot has the next review of a State."""
        others, habit = place
        found, left, until = [], 1.0, -inf
        for held, rate in self.slots:
            if held >= until:
                weight, until = _weight(self.weights, others, held)
            found.append(left * rate * (weight * habit))
            left -= found[-1]
        return found


def queue_of(weights: Sequence[float], places: Sequence[Place], pace: float, taken: Iterable[float]) -> Queue:
    """The queue of States at these places; reports in hand have `taken` their part of the pace of each slot."""
    return Queue(weights, list(_slots(weights, places, pace, taken)))


def _slots(
    weights: Sequence[float], places: Sequence[Place], pace: float, taken: Iterable[float]
) -> Iterator[tuple[float, float]]:
    most = 1 / max((max(weights) * habit for _, habit in places), default=1.0)  # certain
    waiting = _Waiting(weights)
    for place in places:
        waiting.add(1.0, *place)
    back, held, fresh = deque[tuple[float, float]](), 0.0, 0.0
    for already in taken:
        while back and held - back[0][0] >= CLASSES[0]:
            then, number = back.popleft()
            waiting.add(number, -then, 1.0)
            fresh -= number
        total = waiting.weighed(held, fresh * weights[0])
        rate = min(max(pace - already, 0.0) / total, most) if total else 0.0
        yield held, rate
        now = waiting.reviewed(rate, already)
        held += now + fresh * rate * weights[0]
        back.append((held, now))
        fresh += now


class _Waiting:
    """The States in the queue, and those that return to it.

    Sums are taken in the order of the States: where a class ends, the last digit decides.
    """

    def __init__(self, weights: Sequence[float]) -> None:
        self._of_class = weights
        self._left: list[float] = []
        """The expected number of States that are still to come; 1 or less for one State."""
        self._habits: list[float] = []
        self._weights: list[float] = []
        self._alike: dict[float | None, list[int]] = {}
        """By number of reviews held since theirs, the places of States in these lists."""
        self._until: dict[float | None, float] = {}
        """When they leave their class."""

    def add(self, states: float, others: float | None, habit: float) -> None:
        self._alike.setdefault(others, []).append(len(self._left))
        self._until[others] = -inf
        for of_each, value in ((self._left, states), (self._habits, habit), (self._weights, 0.0)):
            of_each.append(value)

    def weighed(self, held: float, total: float) -> float:
        """`total`, and the number to come after `held` more reviews times their weights."""
        for others in [others for others, until in self._until.items() if held >= until]:
            weight, self._until[others] = _weight(self._of_class, others, held)
            for n in self._alike[others]:
                self._weights[n] = weight * self._habits[n]
        for states, weight in zip(self._left, self._weights, strict=True):
            total += states * weight
        return total

    def reviewed(self, rate: float, total: float) -> float:
        """`total`, and the number reviewed at this rate, who leave the queue."""
        left = []
        for states, weight in zip(self._left, self._weights, strict=True):
            gone = states * rate * weight
            left.append(states - gone)
            total += gone
        self._left = left
        return total


def _weight(of_class: Sequence[float], others: float | None, held: float) -> tuple[float, float]:
    """The weight of States after `held` more reviews, and the number of them at which they leave their class."""
    own = UNKNOWN if others is None else class_of(others + held)
    return of_class[own], float(CLASSES[own] - (others or 0)) if own < len(CLASSES) else inf
