"""Whose turn it is: how likely a State is to be taken, by how many others were reviewed since its own last review.

The Committee's pace changes, and the round of the States with it; counted in reviews it changes less than in years.
Hardly any State comes back before ninety others were reviewed, most after 120 or more. A *weight* says how likely
States of a class are to be taken, next to those of the others. Weights are learned session by session: the States that
a class brought to the sessions, over its share of what they took.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import fsum

from opsc_cli.forecast.evidence import Evidence, Sitting
from opsc_cli.forecast.load import FIRST_ON_RECORD, Load
from opsc_cli.forecast.slots import Slot
from opsc_cli.record.frozen import frozen_in_order

CLASSES = (60, 90, 120, 150, 180, 240)
"""Where one class of States ends and the next begins: reviews of others since their own."""

UNKNOWN = len(CLASSES) + 1
"""The class of a State whose last review is not on record."""

_EXPECTED = (0.03, 0.1, 0.3, 0.7, 1.0, 0.75, 0.55, 0.5)
"""The weight of each class before anything is learned."""

_WORTH = 5
"""So many reviews that expectation is worth."""


@frozen_in_order
class Last:
    """When a State was last reviewed; or when it joined the Convention since the record began, if it was not yet."""

    slot: Slot
    sitting: Sitting | None = None
    joined: date | None = None


@frozen_in_order
class Turns:
    """The weights after a session, and each party's last review; None where it is not on record."""

    weights: tuple[float, ...]
    last: Mapping[str, Last | None]


def class_of(others: float) -> int:
    """The class of a State by how many others were reviewed since it was."""
    return bisect_right(CLASSES, others)


def turns_by_sitting(evidence: Evidence) -> list[Turns]:
    """The turns before the first session on record, and after each."""
    return list(_learned(evidence))


def _learned(evidence: Evidence) -> Iterator[Turns]:
    load = Load(evidence, len(evidence.sittings), evidence.sittings[-1].slot if evidence.sittings else FIRST_ON_RECORD)
    brought, share = [0.0] * len(_EXPECTED), [0.0] * len(_EXPECTED)
    weights: tuple[float, ...] = _EXPECTED
    last: dict[str, Last | None] = {}
    since = date.min
    yield Turns(weights, {})
    for sitting in evidence.sittings:
        last = {**last, **_joined(evidence, since, sitting.closed)}
        if sitting.slot >= FIRST_ON_RECORD:
            taken, present = _classes(sitting, last, load)
            total = fsum(weights[c] * states for c, states in present.items())
            for c, states in present.items():
                share[c] += fsum(taken.values()) * states / total
                brought[c] += taken[c]
            weights = tuple((b + _WORTH) / (s + _WORTH / e) for b, s, e in zip(brought, share, _EXPECTED, strict=True))
        last = {**last, **{iso3: Last(sitting.slot, sitting) for iso3 in sitting.reviewed if iso3 in last}}
        since = sitting.closed
        yield Turns(weights, last)


def _joined(evidence: Evidence, after: date, until: date) -> dict[str, Last | None]:
    """The States that joined the Convention then."""
    joined = {iso3: Last(evidence.over(day)[0], joined=day) for day, iso3 in evidence.joined if after < day <= until}
    return {iso3: last if last.slot >= FIRST_ON_RECORD else None for iso3, last in joined.items()}


def _classes(sitting: Sitting, last: Mapping[str, Last | None], load: Load) -> tuple[Counter[int], Counter[int]]:
    """How many States of each class a session took, and how many there were."""
    now = load.since(sitting.slot - 1)
    slots = {iso3: known.slot if known else None for iso3, known in last.items()}
    classes = {slot: UNKNOWN if slot is None else class_of(load.since(slot) - now) for slot in set(slots.values())}
    taken = Counter(classes[slots[iso3]] for iso3 in sitting.reviewed if iso3 in slots)
    return taken, Counter(classes[slot] for slot in slots.values())
