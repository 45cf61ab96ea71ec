"""What forecasts take from the records of all States, in two files: an answer about one State parses that State alone.

An installation has them; keeping.py writes them when the package is built. In the first, a line has what every forecast
needs; the next has what is settled, after the day from which it is; each further line has the turns after some number
of sessions, which it begins with, and from which all others are worked out. The second has the reports, the lists of
issues prior to reporting, and the States that each session reviewed. Of reports it has the number of each State, and a
list for each field of a Course that does not follow from others. A day is its ordinal number, a month or a year a text.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import get_args

from opsc_cli.forecast.in_hand import InHand, Stage
from opsc_cli.forecast.of_states import Course, OfStates
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.turns import Last, Own, Turns, joined_on, weights_of
from opsc_cli.record.dates import Recorded, last_day, parse_recorded
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Treaty, TreatyName

FILE, REPORTS = "forecasts.jsonl", "reports.jsonl"

FOLLOWING = frozenset({"received", "listed", "sitting", "reviewed"})
"""The fields of a Course that follow from others."""


class Settled(Frozen, kw_only=False):
    """What stays the same from the day on which every fact on record is known."""

    at_end: Mapping[str, InHand]
    """What is in hand of each State by what was known when the record ends."""
    today: Mapping[str, InHand]
    """The same by what is known of single States since."""
    queues: Sequence[Sequence[tuple[float, float]]]
    """The slots of the queue at each pace, more than most answers need."""


class Kept(OfStates):
    """The same, read from the files; what the second has, only when it is asked for."""

    def __init__(self, dataset: Dataset, lines: Sequence[bytes]) -> None:
        super().__init__(dataset)
        head, self._settled, *self._turns = lines
        joined, counts = json.loads(head)
        self.settled_since = date.fromordinal(_number(self._settled))
        self.joined = [(date.fromordinal(day), iso3) for day, iso3 in joined]
        self.counts = dict(counts)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        return self._reports[0] if self._reports else super().courses

    @cached_property
    def loiprs(self) -> list[tuple[str, Recorded]]:
        return self._reports[1] if self._reports else super().loiprs

    @cached_property
    def reviewed(self) -> Mapping[int, set[str]]:
        """A line has the States of a session in two texts: these, and those reviewed under a protocol alone."""
        if not self._reports:
            return super().reviewed
        return {number: set(states.split()) for number, states, _ in self._reports[2] if states}

    @cached_property
    def came(self) -> Mapping[int, set[str]]:
        if not self._reports:
            return super().came
        return {number: {*states.split(), *others.split()} for number, states, others in self._reports[2]}

    @cached_property
    def _reports(self) -> tuple[tuple[Course, ...], list[tuple[str, Recorded]], list[tuple[int, str, str]]] | None:
        lines = _lines(self._dataset, REPORTS)
        if not lines:
            return None
        columns, loiprs, reviews = map(json.loads, lines)
        columns["iso3"] = [iso3 for iso3, reports in columns["iso3"].items() for _ in range(reports)]
        columns["treaty"] = map(get_args(TreatyName).__getitem__, columns["treaty"])
        for name in ("submitted", "issues", "announced"):
            columns[name] = _dates(columns[name])
        columns["received"], columns["listed"] = map(_last_days, (columns["submitted"], columns["issues"]))
        columns["sitting"] = map(self.slots.get, columns["session"])
        columns["reviewed"] = [self.closings.get(session, date.max) for session in columns["session"]]
        courses = map(Course._make, zip(*(columns[name] for name in Course._fields), strict=True))
        return tuple(courses), [(iso3, recorded) for iso3, plain in loiprs if (recorded := _date(plain))], reviews

    def turns(self, proceedings: Proceedings) -> dict[int, Callable[[], Turns]]:
        """By number of sessions, how to read the turns after them."""
        return {_number(line): partial(_turns_of, line, proceedings) for line in self._turns}

    @cached_property
    def settled(self) -> Settled:
        _, *hands, queues = json.loads(self._settled)
        at_end, today = ({iso3: _in_hand(*plain) for iso3, plain in of.items()} for of in hands)
        return Settled(at_end, today, [list(zip(*of_one, strict=True)) for of_one in queues])


def kept_of(dataset: Dataset) -> Kept | None:
    """What an installation of the dataset has; None if there is nothing to use."""
    lines = _lines(dataset, FILE)
    return Kept(dataset, lines) if lines else None


def _lines(dataset: Dataset, file: str) -> Sequence[bytes]:
    content = dataset.installed.read(file) if dataset.installed else None
    return content.splitlines() if content else ()


def _number(line: bytes) -> int:
    """The number that a list begins with."""
    return int(line[1 : line.index(b",")])


def _dates(column: list[int | str | None]) -> list[Recorded | None]:
    """The dates of a column, which has many of them often."""
    return list(map({plain: _date(plain) for plain in set(column)}.__getitem__, column))


def _last_days(column: Iterable[Recorded | None]) -> list[date | None]:
    return [last_day(recorded) if recorded else None for recorded in column]


def _date(plain: int | str | None) -> Recorded | None:
    return parse_recorded(plain) if isinstance(plain, str) else date.fromordinal(plain) if plain else None


def _in_hand(what: Stage, dated: int | str, treaty: Treaty, simplified: bool, session: int | None) -> InHand:
    recorded = _date(dated)
    assert recorded, "what is in hand has a date"
    return InHand(what=what, dated=recorded, treaty=treaty, simplified=simplified, session=session)


def _turns_of(line: bytes, proceedings: Proceedings) -> Turns:
    _, brought, share, states, places, sessions, expected = json.loads(line)
    last = {place: _last(place, proceedings) for place in set(places)}
    own = map(Own, sessions, expected)
    of_each = {iso3: last[place] for iso3, place in zip(states, places, strict=True)}
    return Turns(weights_of(brought, share), of_each, dict(zip(states, own, strict=True)), brought, share)


def _last(place: int | None, proceedings: Proceedings) -> Last | None:
    """The last review at a session, by its place among all; a number below 0 is the day on which the State joined."""
    if place is None:
        return None
    if place < 0:
        return joined_on(date.fromordinal(-place), proceedings)
    sitting = proceedings.sittings[place]
    return Last(sitting.slot, sitting)
