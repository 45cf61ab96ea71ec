"""Turns: how likely a State is to be reviewed, by the number of other States reviewed since its own last review.

The interval between reviews changes with the Committee's pace; counted in reviews of others it changes less than in
years. Hardly any State comes back before ninety others were reviewed, most after 120 or more. This number sorts the
States into classes. The *weight* of a class says how likely its States are to be reviewed, compared with other
classes. Weights are estimated session by session: the reviews of a class, divided by those expected of it.

Some States repeatedly come later than others of their class, some sooner: their *habit* compares a State's reviews with
those that its classes let expect.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from math import fsum
from typing import NamedTuple

from opsc_cli.forecast.evidence import Evidence, Sitting
from opsc_cli.forecast.load import FIRST_ON_RECORD, Load
from opsc_cli.forecast.slots import Slot
from opsc_cli.record.frozen import frozen_in_order

CLASSES = (60, 80, 100, 120, 140, 160, 180, 240)
"""Limits of the classes: number of other States reviewed since their own review."""

UNKNOWN = len(CLASSES) + 1
"""The class of a State whose last review is not on record."""

_EXPECTED = (0.03, 0.07, 0.15, 0.3, 0.55, 0.85, 1.0, 0.75, 0.55, 0.5)
"""Prior weight of each class."""

_WORTH = 5
"""Number of reviews that a prior counts as, for a class and for a State's habit."""


@frozen_in_order
class Last:
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


@frozen_in_order
class Turns:
    """The weights after a session; each party's last review (None if not on record) and its own count."""

    weights: tuple[float, ...]
    last: Mapping[str, Last | None]
    own: Mapping[str, Own]


def class_of(others: float) -> int:
    """The class of a State by the number of `others` reviewed since its own review."""
    return bisect_right(CLASSES, others)


def turns_by_sitting(evidence: Evidence) -> Iterator[Turns]:
    """The turns before the first session on record, and after each."""
    load = Load(evidence, len(evidence.sittings), max(evidence.slots.values(), default=FIRST_ON_RECORD))
    brought, share = [0.0] * len(_EXPECTED), [0.0] * len(_EXPECTED)
    weights: tuple[float, ...] = _EXPECTED
    last, own, since = dict[str, Last | None](), dict[str, Own](), date.min
    yield Turns(weights, last, own)
    for sitting in evidence.sittings:
        joined = _joined(evidence, since, sitting.closed)
        last, own, since = {**last, **joined}, {**own, **dict.fromkeys(joined, Own())}, sitting.closed
        taken = [iso3 for iso3 in sitting.reviewed if iso3 in last]
        if last and sitting.slot >= FIRST_ON_RECORD:
            classes = _classes(sitting, last, load)
            habits = {iso3: own[iso3].habit for iso3 in classes}
            rate = len(taken) / fsum(weights[its] * habits[iso3] for iso3, its in classes.items())
            for iso3, its in classes.items():
                share[its] += rate * habits[iso3]
                brought[its] += iso3 in taken
                was = own[iso3]
                own[iso3] = Own(was.sessions + (iso3 in sitting.came), was.expected + rate * weights[its])
            weights = tuple((b + _WORTH) / (s + _WORTH / e) for b, s, e in zip(brought, share, _EXPECTED, strict=True))
        last = {**last, **dict.fromkeys(taken, Last(sitting.slot, sitting))}
        yield Turns(weights, last, own)


def _joined(evidence: Evidence, after: date, until: date) -> dict[str, Last | None]:
    """The States that joined the Convention in this period."""
    joined = {iso3: Last(evidence.over(day)[0], joined=day) for day, iso3 in evidence.joined if after < day <= until}
    return {iso3: last if last.slot >= FIRST_ON_RECORD else None for iso3, last in joined.items()}


def _classes(sitting: Sitting, last: Mapping[str, Last | None], load: Load) -> dict[str, int]:
    """The class of each State before a session."""
    now = load.since(sitting.slot - 1)
    own = {slot: class_of(load.since(slot) - now) for slot in {known.slot for known in last.values() if known}}
    return {iso3: own[known.slot] if known else UNKNOWN for iso3, known in last.items()}
