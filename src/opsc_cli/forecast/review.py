"""The chances of each State's next review, for every slot to come.

States with a report in hand have chances of their own (waits.py). All others share the rest of the Committee's pace in
proportion to their weights (turns.py), so that the chances of a slot sum to the pace. A State that is reviewed starts
again in the first class. Everything is computed for two paces; a chance is the mean of both.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum

from opsc_cli.forecast.in_hand import InHand, in_hand
from opsc_cli.forecast.kept import Settled, kept_of
from opsc_cli.forecast.load import Load
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.queue import Place, Queue, queue_of
from opsc_cli.forecast.slots import Slot
from opsc_cli.forecast.turns import Last, Turns, TurnsBySitting
from opsc_cli.forecast.waits import PACES, Waits
from opsc_cli.record.records import Dataset

Chances = Sequence[float]
"""For each future slot, the chance that it has the State's next review."""


class Moment:
    """Load, turns and waits as known at the end of a slot; they do not change until the next one ends."""

    def __init__(self, proceedings: Proceedings, turns: Turns, sittings: int, over: Slot, day: date) -> None:
        self.over = over
        self.turns = turns
        self.load = Load(proceedings, sittings, over)
        self.waits = Waits(proceedings, self.load, over, day)

    def chances(self, hand: InHand, slots: int) -> Chances:
        """The chance of review in each of the next slots, for a State with a report in hand."""
        return _mean([self.waits.chances(hand, pace, slots) for pace in PACES])


class Past:
    """The proceedings of a record with what is computed from it; created once for forecasts of any day."""

    def __init__(self, dataset: Dataset) -> None:
        self._kept = kept = kept_of(dataset)
        self.proceedings = Proceedings(dataset, kept)
        self._turns = TurnsBySitting(self.proceedings, kept.turns(self.proceedings) if kept else {})
        self._moments: dict[tuple[Slot, date], Moment] = {}
        self._in_hand: dict[tuple[date, date], Mapping[str, InHand]] = {}
        self._reviews: dict[object, Reviews] = {}

    def moment(self, day: date) -> Moment:
        """What was known at the end of the last slot before `day`."""
        over = self.proceedings.over(day)
        if over not in self._moments:
            sittings = self.proceedings.sittings_by(over[1])
            self._moments[over] = Moment(self.proceedings, self._turns[sittings], sittings, *over)
        return self._moments[over]

    def last(self, day: date) -> Mapping[str, Last | None]:
        """The last review of each party to the Convention, by what was known on `day`."""
        since = {iso3: Last(sitting.slot, sitting) for iso3, sitting in self.proceedings.reviewed_since(day)}
        last = self.moment(day).turns.last
        return {**last, **since} if since else last

    def in_hand(self, day: date, known: date) -> Mapping[str, InHand]:
        """What is in hand of each State on `day`, by what was known that day, or earlier at the end of the record."""
        if settled := self._settled(day):
            return settled.today if known == day else settled.at_end
        if (day, known) not in self._in_hand:
            last = self.last(day) if known == day else self.moment(day).turns.last
            self._in_hand[day, known] = in_hand(self.proceedings, last, day, known)
        return self._in_hand[day, known]

    def reviews(self, day: date, slots: int) -> Mapping[str, Chances]:
        """The chances of every party to the Convention for the next `slots` slots, by what was known on `day`.

        Facts later than the end of the record change only the chances of their own State.
        """
        of_all = self.in_hand(day, min(day, self.proceedings.ends))
        known = self.proceedings.over(day), slots, tuple(of_all.values())
        if known not in self._reviews:
            self._reviews[known] = Reviews(self.moment(day), of_all, slots, queues=self._queues(day, slots))
        alone = self._alone(day, slots, of_all)
        return ChainMap(alone, self._reviews[known])  # type: ignore[arg-type]  # it is only read

    def _queues(self, day: date, slots: int) -> list[Queue]:
        """The queue at each pace, where it is kept."""
        settled = self._settled(day)
        if settled and slots <= len(settled.queues[0]):
            weights = self.moment(day).turns.weights
            return [Queue(weights, queue[:slots]) for queue in settled.queues]
        return []

    def _settled(self, day: date) -> Settled | None:
        return self._kept.settled if self._kept and day >= self._kept.settled_since else None

    def _alone(self, day: date, slots: int, of_all: Mapping[str, InHand]) -> dict[str, Chances]:
        """The chances of States with facts later than the end of the record."""
        hands, last, whole = self.in_hand(day, day), self.last(day), self.moment(day).turns.last
        later = (iso3 for iso3 in last if hands.get(iso3) != of_all.get(iso3) or last[iso3] != whole[iso3])
        return {iso3: self._of_one(iso3, last[iso3], day, slots, of_all) for iso3 in later}

    def _of_one(self, iso3: str, last: Last | None, day: date, slots: int, of_all: Mapping[str, InHand]) -> Chances:
        hand, moment = self.in_hand(day, day).get(iso3), self.moment(day)
        if hand:
            return moment.chances(hand, slots)
        others = {other: in_hand for other, in_hand in of_all.items() if other != iso3}
        return Reviews(moment, others, slots, {**moment.turns.last, iso3: last})[iso3]


class Reviews(Mapping[str, Chances]):
    """The chances of each party to the Convention for the next `slots` slots, worked out when they are asked for.

    `hands`: the reports in hand. `last`: the last review of each State; default: as known at the end of the last slot.
    """

    def __init__(
        self,
        moment: Moment,
        hands: Mapping[str, InHand],
        slots: int,
        last: Mapping[str, Last | None] | None = None,
        queues: Sequence[Queue] = (),
    ) -> None:
        self._moment, self._hands, self._slots = moment, hands, slots
        self._last = last or moment.turns.last
        self._found: tuple[str, Chances] | None = None
        if queues:
            self.queues = queues

    def __getitem__(self, iso3: str) -> Chances:
        """Only the last ones are kept: those of all States take a quarter of a megabyte."""
        last = self._found
        if last is None or last[0] != iso3:
            self._found = last = iso3, self._chances(iso3)
        return last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def _chances(self, iso3: str) -> Chances:
        place = self._place(iso3)
        if hand := self._hands.get(iso3):
            return self._moment.chances(hand, self._slots)
        return _mean([queue.chances(place) for queue in self.queues])

    def _place(self, iso3: str) -> Place:
        last, moment = self._last[iso3], self._moment
        return moment.load.since(last.slot) if last else None, moment.turns.own[iso3].habit

    @cached_property
    def queues(self) -> Sequence[Queue]:
        """The States with nothing in hand, at each pace."""
        waits, turns, now = self._moment.waits, self._moment.turns, self._moment.load.pace(self._moment.over)
        waiting = [self._place(iso3) for iso3 in self._last if iso3 not in self._hands]
        found = []
        for pace in PACES:
            of_each = [waits.chances(hand, pace, self._slots) for hand in self._hands.values()]
            taken = list(map(fsum, zip(*of_each, strict=True))) or [0.0] * self._slots
            found.append(queue_of(turns.weights, waiting, pace * now, taken))
        return found


def _mean(chances: Sequence[Chances]) -> Chances:
    """The mean of the chances at each pace."""
    paces = len(chances)
    return [total / paces for total in map(fsum, zip(*chances, strict=True))]
