"""Turns: how likely a State is to be reviewed, by the number of other States reviewed since its own last review.

The interval between reviews changes with the Committee's pace; counted in reviews of others it changes less than in
years. Hardly any State comes back before ninety others were reviewed, most after 120 or more. This number sorts the
States into classes. The *weight* of a class says how likely its States are to be reviewed, compared with other
classes. Weights are estimated session by session: the reviews of a class, divided by those expected of it.

Some States repeatedly come later than others of their class, some sooner: their *habit* compares a State's reviews with
those that its classes let expect.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum
from typing import NamedTuple

from opsc_cli.forecast.load import FIRST_ON_RECORD, Load
from opsc_cli.forecast.proceedings import Proceedings, Sitting
from opsc_cli.forecast.slots import Slot
from opsc_cli.record.frozen import Frozen

CLASSES = (60, 80, 100, 120, 140, 160, 180, 240)
"""Limits of the classes: number of other States reviewed since their own review."""

UNKNOWN = len(CLASSES) + 1
"""The class of a State whose last review is not on record."""

_EXPECTED = (0.03, 0.07, 0.15, 0.3, 0.55, 0.85, 1.0, 0.75, 0.55, 0.5)
"""Prior weight of each class."""

_WORTH = 5
"""Number of reviews that a prior counts as, for a class and for a State's habit."""


class Last(Frozen, kw_only=False):
    """A State's last review; if it has none, the day it joined the Convention since the record began."""

    slot: Slot
    sitting: Sitting | None = None
    joined: date | None = None


class Own(NamedTuple):  # each session makes one of every State: a tuple is made in a tenth of the time
    """Sessions that reviewed a State since the record began, and the number that its classes let expect."""

    sessions: int = 0
    """Includes sessions that reviewed only a report under a protocol: such States are likely to report again."""
    expected: float = 0.0

    @property
    def habit(self) -> float:
        """Ratio of its reviews to those expected, shrunk towards 1."""
        return (self.sessions + _WORTH) / (self.expected + _WORTH)


class Turns(Frozen, kw_only=False):
    """The weights after a session; each party's last review (None if not on record) and its own count."""

    weights: tuple[float, ...]
    last: Mapping[str, Last | None]
    own: Mapping[str, Own]
    brought: Sequence[float]
    """By class, the number of reviews; `share` is the number that a weight of 1 lets expect."""
    share: Sequence[float]


NO_TURNS = Turns(_EXPECTED, {}, {}, (0.0,) * len(_EXPECTED), (0.0,) * len(_EXPECTED))
"""Before the first session on record."""


def class_of(others: float) -> int:
    """The class of a State by the number of `others` reviewed since its own review."""
    return bisect_right(CLASSES, others)


class TurnsBySitting:
    """The turns after each number of sessions, worked out from the nearest that are known or `kept`."""

    def __init__(self, proceedings: Proceedings, kept: Mapping[int, Callable[[], Turns]]) -> None:
        self._proceedings, self._kept = proceedings, kept
        self._known = {0: NO_TURNS}

    def __getitem__(self, sittings: int) -> Turns:
        """Those in between are not kept: each has numbers of every State."""
        known = max(n for n in (*self._known, *self._kept) if n <= sittings)
        turns = self._known.get(known) or self._kept[known]()
        for n in range(known, sittings):
            turns = self._after(turns, n)
        self._known[sittings] = turns
        return turns

    @cached_property
    def _load(self) -> Load:
        proceedings = self._proceedings
        return Load(proceedings, len(proceedings.sittings), max(proceedings.slots.values(), default=FIRST_ON_RECORD))

    def _after(self, turns: Turns, sittings: int) -> Turns:
        """The turns after the next session."""
        sitting = self._proceedings.sittings[sittings]
        joined = self._joined(self._proceedings.closed[sittings - 1] if sittings else date.min, sitting.closed)
        weights, last, own = turns.weights, {**turns.last, **joined}, {**turns.own, **dict.fromkeys(joined, Own())}
        brought, share = list(turns.brought), list(turns.share)
        states = self._proceedings.states
        taken = [iso3 for iso3 in states.reviewed.get(sitting.number, ()) if iso3 in last]
        came = states.came.get(sitting.number, ())
        if last and sitting.slot >= FIRST_ON_RECORD:
            classes = _classes(sitting, last, self._load)
            habits = {iso3: own[iso3].habit for iso3 in classes}
            rate = len(taken) / fsum(weights[its] * habits[iso3] for iso3, its in classes.items())
            for iso3, its in classes.items():
                share[its] += rate * habits[iso3]
                brought[its] += iso3 in taken
                sessions, expected = own[iso3]
                own[iso3] = Own(sessions + (iso3 in came), expected + rate * weights[its])
            weights = weights_of(brought, share)
        last |= dict.fromkeys(taken, Last(sitting.slot, sitting))
        return Turns(weights, last, own, brought, share)

    def _joined(self, after: date, until: date) -> dict[str, Last | None]:
        """The States that joined the Convention in this period."""
        return {
            iso3: joined_on(day, self._proceedings)
            for day, iso3 in self._proceedings.states.joined
            if after < day <= until
        }


def weights_of(brought: Sequence[float], share: Sequence[float]) -> tuple[float, ...]:
    return tuple((b + _WORTH) / (s + _WORTH / e) for b, s, e in zip(brought, share, _EXPECTED, strict=True))


def joined_on(day: date, proceedings: Proceedings) -> Last | None:
    """What is known of the last review of a State that joined on a day and was not reviewed since."""
    slot, _ = proceedings.over(day)
    return Last(slot, joined=day) if slot >= FIRST_ON_RECORD else None


def _classes(sitting: Sitting, last: Mapping[str, Last | None], load: Load) -> dict[str, int]:
    """The class of each State before a session."""
    now = load.since(sitting.slot - 1)
    own = {slot: class_of(load.since(slot) - now) for slot in {known.slot for known in last.values() if known}}
    return {iso3: own[known.slot] if known else UNKNOWN for iso3, known in last.items()}
