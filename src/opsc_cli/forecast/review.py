"""When the Committee will next look at each State, whatever is known: the chances of every slot to come.

What is in hand of a State has chances of its own (waits.py). All other States share what is left of the Committee's
pace, each by the weight of its turn (turns.py), so that the chances of a slot sum to the pace. A State that is taken
goes back to the end of the line. All of it is worked out for two paces, and a chance is the mean of both.
"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from datetime import date
from math import fsum, inf

from opsc_cli.forecast.evidence import Evidence
from opsc_cli.forecast.in_hand import InHand, in_hand
from opsc_cli.forecast.load import Load
from opsc_cli.forecast.slots import Slot
from opsc_cli.forecast.turns import CLASSES, UNKNOWN, Turns, class_of, turns_by_sitting
from opsc_cli.forecast.waits import PACES, Waits
from opsc_cli.record.records import Dataset

Chances = Sequence[float]
"""Of each slot to come, the chance that a State's next review is then."""


class Moment:
    """What was known when a slot was over: load, turns and waits. Between two such moments it stays the same."""

    def __init__(self, evidence: Evidence, turns: Turns, sittings: int, over: Slot, day: date) -> None:
        self.over = over
        self.turns = turns
        self.load = Load(evidence, sittings, over)
        self.waits = Waits(evidence, self.load, over, day)

    def chances(self, hand: InHand, slots: int) -> Chances:
        """The chances of the next slots that what is in hand brings its review."""
        return _mean([self.waits.chances(hand, pace, slots) for pace in PACES])


class Past:
    """The evidence of a record, with all that was worked out from it: made once, for the forecasts of any day."""

    def __init__(self, dataset: Dataset) -> None:
        self.evidence = Evidence(dataset)
        self._turns = turns_by_sitting(self.evidence)
        self._moments: dict[tuple[Slot, date], Moment] = {}
        self._in_hand: dict[date, dict[str, InHand]] = {}
        self._reviews: dict[object, dict[str, Chances]] = {}

    def moment(self, day: date) -> Moment:
        """What was known when the last slot before `day` was over."""
        over = self.evidence.over(day)
        if over not in self._moments:
            sittings = self.evidence.sittings_by(over[1])
            self._moments[over] = Moment(self.evidence, self._turns[sittings], sittings, *over)
        return self._moments[over]

    def in_hand(self, day: date) -> dict[str, InHand]:
        """What is in hand of each State on `day`."""
        if day not in self._in_hand:
            self._in_hand[day] = in_hand(self.evidence, self.moment(day).turns.last, day)
        return self._in_hand[day]

    def reviews(self, day: date, slots: int) -> dict[str, Chances]:
        """The chances of every party to the Convention for the next `slots` slots, by what was known on `day`."""
        hands = self.in_hand(day)
        known = self.evidence.over(day), slots, tuple(hands.values())
        if known not in self._reviews:
            self._reviews[known] = reviews_to_come(self.moment(day), hands, slots)
        return self._reviews[known]


def reviews_to_come(moment: Moment, hands: Mapping[str, InHand], slots: int) -> dict[str, Chances]:
    """The chances of each party to the Convention for the next `slots` slots, where `hands` is in hand."""
    last = {iso3: known.slot if known else None for iso3, known in moment.turns.last.items()}
    others = Counter(slot for iso3, slot in last.items() if iso3 not in hands)
    own: dict[str, list[Chances]] = {iso3: [] for iso3 in hands}
    shared: dict[Slot | None, list[Chances]] = {slot: [] for slot in others}
    for pace in PACES:
        for iso3, hand in hands.items():
            own[iso3].append(moment.waits.chances(hand, pace, slots))
        taken = [fsum(chances[-1][n] for chances in own.values()) for n in range(slots)]
        for slot, chances in _shared(moment, others, pace * moment.load.pace(moment.over), taken).items():
            shared[slot].append(chances)
    means = {slot: _mean(chances) for slot, chances in shared.items()}
    in_hand = {iso3: _mean(chances) for iso3, chances in own.items()}
    return {iso3: in_hand[iso3] if iso3 in hands else means[slot] for iso3, slot in last.items()}


def _mean(chances: Sequence[Chances]) -> Chances:
    """The mean of the chances at each pace."""
    return [fsum(at_each_pace) / len(at_each_pace) for at_each_pace in zip(*chances, strict=True)]


class _Line:
    """States that were last reviewed in one slot, and are to be reviewed again."""

    __slots__ = ("others", "states", "taken", "to_come", "until", "weight")

    def __init__(self, states: float, others: float | None) -> None:
        self.states = self.to_come = states
        self.others = others
        """How many reviews had been held since theirs when the forecast begins; None if theirs is not on record."""
        self.weight, self.until = 0.0, -inf
        self.taken: list[float] = []
        """How many of them each slot takes."""

    def weigh(self, weights: Sequence[float], held: float) -> None:
        """Gives them the weight of their class after `held` more reviews, until they leave it."""
        own = UNKNOWN if self.others is None else class_of(self.others + held)
        self.weight = weights[own]
        self.until = CLASSES[own] - (self.others or 0) if own < len(CLASSES) else inf


def _shared(
    moment: Moment, states: Mapping[Slot | None, int], pace: float, taken: Chances
) -> dict[Slot | None, Chances]:
    """The chances of a State by the slot of its last review: each slot takes `pace`, some of it `taken` already.

    Who is taken goes back to the first class, and is followed again once it leaves it.
    """
    weights, since = moment.turns.weights, moment.load.since
    known = {slot: _Line(number, None if slot is None else since(slot)) for slot, number in states.items()}
    most = 1 / max(weights)  # at which the likeliest States are sure to be taken
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
    return {slot: [number / at.states for number in at.taken] for slot, at in known.items()}
