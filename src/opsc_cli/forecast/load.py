"""The Committee's backlog, its pace, and its load.

The *backlog* is the number of parties to the Convention not reviewed in the last four years; hardly any is reviewed
sooner. The *pace* is the number of reviews per slot, including slots without a session. The *load* is the backlog
divided by the pace: the number of slots that the Committee needs for it. Waits have followed it (waits.py).
"""

from bisect import bisect_left
from itertools import accumulate

from opsc_cli.forecast.evidence import RECORD_BEGINS, Evidence
from opsc_cli.forecast.slots import YEAR, Slot, slot_of

FIRST_ON_RECORD: Slot = slot_of(RECORD_BEGINS)

REVIEWS_BEFORE_THE_RECORD = 8
"""Assumed number of reviews in each earlier slot without a published count (data/counts.yaml)."""

FOUR_YEARS = 4 * YEAR
FIFTEEN_YEARS = 15 * YEAR

_FIRST: Slot = 1970 * YEAR
"""Early enough to look back fifteen years from any report on record."""


class Load:
    """Backlog, pace and load at the end of every slot up to `until`, from the first `sittings` on record."""

    def __init__(self, evidence: Evidence, sittings: int, until: Slot) -> None:
        self.until = until
        counts = dict.fromkeys(range(_FIRST, until + 1), 0)
        for sitting in evidence.sittings[:sittings]:
            counts[sitting.slot] += sitting.count
        for slot in range(_FIRST, min(FIRST_ON_RECORD, until + 1)):
            counts[slot] = evidence.published.get(slot, max(counts[slot], REVIEWS_BEFORE_THE_RECORD))
        self._held = list(accumulate(counts.values(), initial=0))
        self._joined = [evidence.over(day)[0] for day, _ in evidence.joined]

    def since(self, slot: Slot) -> int:
        """How many reviews were held after the end of `slot`."""
        return self._held[-1] - self._held[min(slot, self.until) + 1 - _FIRST]

    def held(self, slots: int, until: Slot) -> int:
        """How many reviews the last `slots` slots to the end of `until` held."""
        end = until + 1 - _FIRST
        return self._held[end] - self._held[end - slots]

    def pace(self, slot: Slot) -> float:
        """The average of two means: of the last four years and of the last fifteen."""
        return max(self.held(FOUR_YEARS, slot) / FOUR_YEARS + self.held(FIFTEEN_YEARS, slot) / FIFTEEN_YEARS, 0.1) / 2

    def backlog(self, slot: Slot) -> int:
        """How many parties to the Convention had no review in the last four years."""
        return max(bisect_left(self._joined, slot) - self.held(FOUR_YEARS, slot), 1)

    def load(self, slot: Slot) -> float:
        return self.backlog(slot) / self.pace(slot)
