"""The Committee's backlog, its pace, and its load.

The *backlog* is the number of parties to the Convention not reviewed in the last four years; hardly any is reviewed
sooner. The *pace* is the number of reviews per slot, including slots without a session. The *load* is the backlog
divided by the pace: the number of slots that the Committee needs for it. Past waits varied with it (waits.py).
"""

from bisect import bisect_left
from itertools import accumulate

from opsc_cli.forecast.of_states import RECORD_BEGINS
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.slots import YEAR, Slot, slot_of

FIRST_ON_RECORD: Slot = slot_of(RECORD_BEGINS)

FOUR_YEARS = 4 * YEAR
FIFTEEN_YEARS = 15 * YEAR

LOAD_KNOWN_FROM: Slot = FIRST_ON_RECORD + FOUR_YEARS - 1


class Load:
    """Backlog, pace and load at the end of every slot up to `until`, from the first `sittings` on record.

    Nothing is assumed about the time before the record begins: the pace is computed from the record alone, and the
    load from four years of it.
    """

    def __init__(self, proceedings: Proceedings, sittings: int, until: Slot) -> None:
        self._until = max(until, FIRST_ON_RECORD)
        counts = dict.fromkeys(range(FIRST_ON_RECORD, self._until + 1), 0)
        for sitting in proceedings.sittings[:sittings]:
            if sitting.slot >= FIRST_ON_RECORD:
                counts[sitting.slot] += sitting.count
        self._held = list(accumulate(counts.values(), initial=0))
        self._joined = [proceedings.over(day)[0] for day, _ in proceedings.states.joined]

    def since(self, slot: Slot) -> int:
        """The number of reviews after the end of `slot`."""
        return self._held[-1] - self._held[max(min(slot, self._until) + 1 - FIRST_ON_RECORD, 0)]

    def held(self, slots: int, until: Slot) -> int:
        """The number of reviews in the last `slots` slots to the end of `until`."""
        end = until + 1 - FIRST_ON_RECORD
        return self._held[end] - self._held[max(end - slots, 0)]

    def pace(self, slot: Slot) -> float:
        """The average of two means: of the last four years and of the last fifteen, or of as many as the record has."""
        slot = max(slot, FIRST_ON_RECORD)
        known = slot + 1 - FIRST_ON_RECORD
        means = [self.held(slots, slot) / slots for slots in (min(FOUR_YEARS, known), min(FIFTEEN_YEARS, known))]
        return max(sum(means), 0.1) / 2

    def backlog(self, slot: Slot) -> int:
        """The number of parties to the Convention without a review in the last four years."""
        slot = max(slot, FIRST_ON_RECORD)
        return max(bisect_left(self._joined, slot) - self.held(FOUR_YEARS, slot), 1)

    def load(self, slot: Slot) -> float:
        slot = min(max(slot, LOAD_KNOWN_FROM), self._until)
        return self.backlog(slot) / self.pace(slot)
