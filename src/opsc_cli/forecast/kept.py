"""What forecasts take from the records of all States, in a file: an answer about one State parses that State alone.

It is written when the package is built, and holds only for the dataset that was built with it. The first line has the
reports, a list for each field of a Course; each further line the turns after some number of sessions. All others are
worked out from the nearest. A day is its ordinal number, a month or a year a text.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from opsc_cli.forecast.proceedings import Course, OfStates, Proceedings
from opsc_cli.forecast.turns import Last, Own, Turns, TurnsBySitting, joined_on, weights_of
from opsc_cli.record.dates import Recorded, parse_recorded
from opsc_cli.record.records import Dataset

FILE = "forecasts.jsonl"

_DATES = frozenset({"submitted", "issues", "received", "listed", "announced", "reviewed"})
"""The fields of a Course that are dates."""

_EVERY = 30
"""The turns are kept after the last two sessions, which most answers need, and at this distance before them."""


class Kept:
    """The lines of the file."""

    def __init__(self, text: str) -> None:
        self._courses, *self._turns = text.splitlines()

    @property
    def of_states(self) -> OfStates:
        columns, joined, loiprs = json.loads(self._courses)
        fields = (_dates(column) if name in _DATES else column for name, column in columns.items())
        return OfStates(
            courses=tuple(map(Course._make, zip(*fields, strict=True))),
            joined=[(date.fromordinal(day), iso3) for day, iso3 in joined],
            loiprs=[(iso3, recorded) for iso3, plain in loiprs if (recorded := _date(plain))],
        )

    def turns(self, proceedings: Proceedings) -> dict[int, Callable[[], Turns]]:
        """By number of sessions, how to read the turns after them."""
        lines = (line.partition(" ") for line in self._turns)
        return {int(sittings): partial(_turns_of, text, proceedings) for sittings, _, text in lines}


def kept_of(dataset: Dataset) -> Kept | None:
    """The file of an installation of the dataset; None if there is none to use."""
    text = dataset.installed.read(FILE) if dataset.installed else None
    return Kept(text) if text else None


def _dates(column: list[int | str | None]) -> Iterable[Recorded | None]:
    """The dates of a column, which has many of them often."""
    return map({plain: _date(plain) for plain in set(column)}.__getitem__, column)


def _date(plain: int | str | None) -> Recorded | None:
    return parse_recorded(plain) if isinstance(plain, str) else date.fromordinal(plain) if plain else None


def _turns_of(text: str, proceedings: Proceedings) -> Turns:
    brought, share, states, places, sessions, expected = json.loads(text)
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


# ── written when the package is built ────────────────────────────────────────────────────────────


def written(dataset: Dataset) -> str:
    """The file for a dataset."""
    proceedings = Proceedings(dataset)
    columns = {name: [_plain(getattr(course, name)) for course in proceedings.courses] for name in Course._fields}
    joined = [(day.toordinal(), iso3) for day, iso3 in proceedings.joined]
    loiprs = [(iso3, _plain(recorded)) for iso3, recorded in proceedings.loiprs]
    return "\n".join((_text((columns, joined, loiprs)), *_lines_of_turns(proceedings)))


def _lines_of_turns(proceedings: Proceedings) -> Iterator[str]:
    turns, last = TurnsBySitting(proceedings, {}), len(proceedings.sittings)
    for sittings in range(1, last + 1):
        of = turns[sittings]
        if (sittings == last or (last - 1 - sittings) % _EVERY == 0) and any(of.share):
            places = [_place(known, proceedings) for known in of.last.values()]
            own = zip(*of.own.values(), strict=True)
            yield f"{sittings} {_text((of.brought, of.share, list(of.own), places, *own))}"


def _place(last: Last | None, proceedings: Proceedings) -> int | None:
    if last is None or last.sitting:
        return proceedings.sittings.index(last.sitting) if last and last.sitting else None
    return -last.joined.toordinal() if last.joined else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return value if value is None or isinstance(value, int | str) else str(value)


def _text(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))
