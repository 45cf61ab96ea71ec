"""The data that forecasts learn from: sessions held, the States each reviewed under the Convention, and reports.

Each fact has the day from which it was known (record/known.py), so that a forecast for a past day can ignore later
facts.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from opsc_cli.forecast.of_states import OfStates
from opsc_cli.forecast.slots import Slot, place, slot_of
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset, Session


class Sitting(Frozen, kw_only=False):
    """A session that was held."""

    number: int
    slot: Slot
    opened: date
    closed: date
    count: int
    """Number of reviews under the Convention: the published count, if the record has fewer."""


class Proceedings:
    """All sessions, reviews and reports on record, in the order in which they became known."""

    def __init__(self, dataset: Dataset, kept: OfStates | None = None) -> None:
        self.ends = dataset.as_of.committee
        """End of the record: until then it covers every State and session."""
        self.states = kept or OfStates(dataset)
        self.closings, self.opened, self.slots = self.states.closings, self.states.opened, self.states.slots
        self._checked = {s.number for s in dataset.sessions if s.checked and s.checked.day >= last_day(s.closes)}
        self._published = {c.session: c.value for c in dataset.review_counts}
        in_order = sorted(self.closings, key=lambda number: self.closings[number])
        self.sittings = tuple(self._sitting(number) for number in in_order if self.is_whole(number))
        self.closed = [sitting.closed for sitting in self.sittings]
        self.lost = tuple(self._lost(dataset.sessions))
        """Slots without a session, each with the day from which that was known and the slot had ended."""
        ends = sorted((*((s.closed, s.slot) for s in self.sittings), *self.lost))
        self._over = list(accumulate(((slot, known) for known, slot in ends), max))
        self._over_known = [known for _, known in self._over]

    def reviewed_since(self, day: date) -> Iterator[tuple[str, Sitting]]:
        """States reviewed by `day` at sessions after the end of the record, which may lack other reviews."""
        for number in self.states.counts:
            if self.closings[number] <= day and not self.is_whole(number):
                yield from dict.fromkeys(self.states.reviewed[number], self._sitting(number)).items()

    def is_whole(self, number: int) -> bool:
        """Whether the record has every review of the session: it closed before the record's end, or was checked."""
        return self.closings[number] <= self.ends or number in self._checked

    def sittings_by(self, day: date) -> int:
        """The number of sessions closed by `day`."""
        return bisect_right(self.closed, day)

    def over(self, day: date) -> tuple[Slot, date]:
        """The last slot known to have ended by `day`, and the day from which that was known."""
        known = bisect_right(self._over_known, day)
        return self._over[known - 1] if known else (int(place(day)), day)

    def slot_of_session(self, number: int, day: date) -> Slot:
        """The slot of a future session, counted from the last one that had closed by `day`."""
        sittings = self.sittings_by(day)
        return self.over(day)[0] + number - (self.sittings[sittings - 1].number if sittings else 0)

    def _sitting(self, number: int) -> Sitting:
        count = max(self.states.counts.get(number, 0), self._published.get(number, 0))
        return Sitting(number, self.slots[number], self.opened[number], self.closings[number], count)

    def _lost(self, sessions: tuple[Session, ...]) -> Iterator[tuple[date, Slot]]:
        held = set(self.slots.values())
        for session in sessions:
            slot = slot_of(last_day(session.opens))
            if session.status in ("cancelled", "postponed") and slot not in held:
                yield max(session.known_on or date.min, last_day(session.closes)), slot
