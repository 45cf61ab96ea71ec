"""Whose turn it is: how likely a State is to be taken, by how many others were reviewed since its own last review.

The Committee's pace changes, and the round of the States with it; counted in reviews it changes less than in years.
Hardly any State comes back before ninety others were reviewed, most after 120 or more. A *weight* says how likely
States of a class are to be taken, next to those of the others. Weights are learned session by session: the States that
a class brought to the sessions, over its share of what they took.

Some States come later than others of their class time and again, some sooner. So a State's own reviews count too, next
to those that its classes let expect.
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
"""Where one class of States ends and the next begins: reviews of others since their own."""

UNKNOWN = len(CLASSES) + 1
"""The class of a State whose last review is not on record."""

_EXPECTED = (0.03, 0.07, 0.15, 0.3, 0.55, 0.85, 1.0, 0.75, 0.55, 0.5)
"""The weight of each class before anything is learned."""

_WORTH = 5
"""So many reviews that expectation is worth, of a class and of a State."""


@frozen_in_order
class Last:
    """When a State was last reviewed; or when it joined the Convention since the record began, if it was not yet."""

    slot: Slot
    sitting: Sitting | None = None
    joined: date | None = None


class Own(NamedTuple):  # each session makes one of every State: a tuple is made in a tenth of the time
    """How many sessions a State came to since the record began, and how many reviews its classes let expect."""

    sessions: int = 0
    """Also those that reviewed only its report under a protocol: who reports, reports again."""
    expected: float = 0.0

    @property
    def habit(self) -> float:
        """How much more often than others of its classes it came."""
        return (self.sessions + _WORTH) / (self.expected + _WORTH)


@frozen_in_order
class Turns:
    """The weights after a session; of each party its last review, None where it is not on record, and its habit."""

    weights: tuple[float, ...]
    last: Mapping[str, Last | None]
    own: Mapping[str, Own]


def class_of(others: float) -> int:
    """The class of a State by how many others were reviewed since it was."""
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
    """The States that joined the Convention then."""
    joined = {iso3: Last(evidence.over(day)[0], joined=day) for day, iso3 in evidence.joined if after < day <= until}
    return {iso3: last if last.slot >= FIRST_ON_RECORD else None for iso3, last in joined.items()}


def _classes(sitting: Sitting, last: Mapping[str, Last | None], load: Load) -> dict[str, int]:
    """The class of each State before a session."""
    now = load.since(sitting.slot - 1)
    own = {slot: class_of(load.since(slot) - now) for slot in {known.slot for known in last.values() if known}}
    return {iso3: own[known.slot] if known else UNKNOWN for iso3, known in last.items()}
