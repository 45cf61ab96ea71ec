"""The chances of each State's next review, for every slot to come.

States with a report in hand have chances of their own (waits.py). All others share the rest of the Committee's pace in
proportion to their weights (turns.py), so that the chances of a slot sum to the pace. A State that is reviewed starts
again in the first class. Everything is computed for two paces; a chance is the mean of both.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date
from math import fsum, inf

from opsc_cli.forecast.in_hand import InHand, in_hand
from opsc_cli.forecast.kept import kept_in
from opsc_cli.forecast.load import Load
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.slots import Slot
from opsc_cli.forecast.turns import CLASSES, UNKNOWN, Last, Turns, TurnsBySitting, class_of
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
        kept = kept_in(dataset.answers) if dataset.answers else None
        self.proceedings = Proceedings(dataset, kept.of_states if kept else None)
        self._turns = TurnsBySitting(self.proceedings, kept.turns(self.proceedings) if kept else {})
        self._moments: dict[tuple[Slot, date], Moment] = {}
        self._in_hand: dict[tuple[date, date], dict[str, InHand]] = {}
        self._reviews: dict[object, dict[str, Chances]] = {}

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

    def in_hand(self, day: date) -> dict[str, InHand]:
        """What is in hand of each State on `day`."""
        return self._known_in_hand(day, day)

    def _known_in_hand(self, day: date, known: date) -> dict[str, InHand]:
        if (day, known) not in self._in_hand:
            last = self.last(day) if known == day else self.moment(day).turns.last
            self._in_hand[day, known] = in_hand(self.proceedings, last, day, known)
        return self._in_hand[day, known]

    def reviews(self, day: date, slots: int) -> dict[str, Chances]:
        """The chances of every party to the Convention for the next `slots` slots, by what was known on `day`.

        Facts later than the end of the record change only the chances of their own State.
        """
        of_all = self._known_in_hand(day, min(day, self.proceedings.ends))
        known = self.proceedings.over(day), slots, tuple(of_all.values())
        if known not in self._reviews:
            self._reviews[known] = reviews_to_come(self.moment(day), of_all, slots)
        alone = self._alone(day, slots, of_all)
        return {**self._reviews[known], **alone} if alone else self._reviews[known]

    def _alone(self, day: date, slots: int, of_all: Mapping[str, InHand]) -> dict[str, Chances]:
        """The chances of States with facts later than the end of the record."""
        hands, last, whole = self.in_hand(day), self.last(day), self.moment(day).turns.last
        later = (iso3 for iso3 in last if hands.get(iso3) != of_all.get(iso3) or last[iso3] != whole[iso3])
        return {iso3: self._of_one(iso3, last[iso3], day, slots, of_all) for iso3 in later}

    def _of_one(self, iso3: str, last: Last | None, day: date, slots: int, of_all: Mapping[str, InHand]) -> Chances:
        hand, moment = self.in_hand(day).get(iso3), self.moment(day)
        if hand:
            return moment.chances(hand, slots)
        others = {other: in_hand for other, in_hand in of_all.items() if other != iso3}
        return reviews_to_come(moment, others, slots, {**moment.turns.last, iso3: last})[iso3]


def reviews_to_come(
    moment: Moment, hands: Mapping[str, InHand], slots: int, reviewed: Mapping[str, Last | None] | None = None
) -> dict[str, Chances]:
    """The chances of each party to the Convention for the next `slots` slots; `hands`: the reports in hand.

    `reviewed`: the last review of each State; default: as known at the end of the last slot.
    """
    last = reviewed or moment.turns.last
    found: dict[str, list[Chances]] = {iso3: [] for iso3 in last}
    for pace in PACES:
        own: dict[str, Chances] = {iso3: moment.waits.chances(hand, pace, slots) for iso3, hand in hands.items()}
        taken = [fsum(at_once) for at_once in zip(*own.values(), strict=True)] or [0.0] * slots
        own |= _shared(moment, {iso3: last[iso3] for iso3 in last if iso3 not in hands}, pace, taken)
        for iso3, chances in own.items():
            found[iso3].append(chances)
    return {iso3: _mean(chances) for iso3, chances in found.items()}


def _mean(chances: Sequence[Chances]) -> Chances:
    """The mean of the chances at each pace."""
    paces = len(chances)
    return [total / paces for total in map(fsum, zip(*chances, strict=True))]


class _Line:
    """States that were last reviewed in the same slot."""

    __slots__ = ("habit", "others", "taken", "to_come", "until", "weight")

    def __init__(self, states: float, others: float | None, habit: float = 1.0) -> None:
        self.to_come = states
        self.others = others
        """Reviews held since theirs when the forecast begins; None if theirs is not on record."""
        self.habit = habit
        self.weight, self.until = 0.0, -inf
        self.taken: list[float] = []
        """The expected number of them reviewed in each slot."""

    def weigh(self, weights: Sequence[float], held: float) -> None:
        """Sets the weight of their class after `held` more reviews, until they leave that class."""
        own = UNKNOWN if self.others is None else class_of(self.others + held)
        self.weight = weights[own] * self.habit
        self.until = CLASSES[own] - (self.others or 0) if own < len(CLASSES) else inf


def _shared(moment: Moment, last: Mapping[str, Last | None], pace: float, taken: Chances) -> dict[str, Chances]:
    """The chances of States with nothing in hand: they share the pace of each slot less what is `taken`.

    A State that is reviewed returns to the first class and is followed again when it leaves it.
    """
    weights, turns, since = moment.turns.weights, moment.turns, moment.load.since
    known = {
        iso3: _Line(1.0, since(review.slot) if review else None, turns.own[iso3].habit) for iso3, review in last.items()
    }
    pace *= moment.load.pace(moment.over)
    most = 1 / max((max(weights) * line.habit for line in known.values()), default=1.0)  # certain
    line, back, held, fresh = list(known.values()), deque[tuple[float, float]](), 0.0, 0.0
    for already in taken:
        while back and held - back[0][0] >= CLASSES[0]:
            then, number = back.popleft()
            line.append(_Line(number, -then))
            fresh -= number
        total = fresh * weights[0]
        for at in line:
            if held >= at.until:
                at.weigh(weights, held)
            total += at.to_come * at.weight
        rate = min(max(pace - already, 0.0) / total, most) if total else 0.0
        now = already
        for at in line:
            taken_now = at.to_come * rate * at.weight
            at.to_come -= taken_now
            at.taken.append(taken_now)
            now += taken_now
        held += now + fresh * rate * weights[0]
        back.append((held, now))
        fresh += now
    return {iso3: at.taken for iso3, at in known.items()}
