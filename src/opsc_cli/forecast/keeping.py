"""Writes what forecasts take from the records of all States, when the package is built; kept.py reads it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.kept import FILE, FOLLOWING, REPORTS
from opsc_cli.forecast.of_states import Course
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.review import Past, Reviews
from opsc_cli.forecast.turns import Last, TurnsBySitting
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import names_of
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import TreatyName

_EVERY = 30
"""The turns are kept after the last two sessions, which most answers need, and at this distance before them."""

_SLOTS = 60
"""The number of slots for which the queue is kept: an answer needs 38, and three more each year."""

_COLUMNS = [name for name in Course._fields if name not in FOLLOWING]


def files(dataset: Dataset) -> dict[str, str]:
    """The files for a dataset."""
    past = Past(dataset)
    states = past.proceedings.states
    joined = [(day.toordinal(), iso3) for day, iso3 in states.joined]
    first = joined, list(states.counts.items())
    columns = {name: [_plain(getattr(course, name)) for course in states.courses] for name in _COLUMNS}
    columns["treaty"] = [get_args(TreatyName).index(course.treaty) for course in states.courses]
    loiprs = [(iso3, _plain(recorded)) for iso3, recorded in states.loiprs]
    reviews = [
        (number, " ".join(sorted(of := states.reviewed.get(number, set()))), " ".join(sorted(came - of)))
        for number, came in states.came.items()
    ]
    return {
        FILE: "\n".join(map(_text, (first, _settled(past), *_turns(past.proceedings)))),
        REPORTS: "\n".join(map(_text, (columns | {"iso3": Counter(columns["iso3"])}, loiprs, reviews))),
    }


def _settled(past: Past) -> tuple[Any, ...]:
    """What stays the same from the day on which every fact is known."""
    ends, since = past.proceedings.ends, max(_days(past.proceedings))
    at_end, today = past.in_hand(since, ends), past.in_hand(since, since)
    queues = Reviews(past.moment(since), at_end, _SLOTS).queues
    plain = ({iso3: _stage(hand) for iso3, hand in hands.items()} for hands in (at_end, today))
    return since.toordinal(), *plain, [list(zip(*queue.slots, strict=True)) for queue in queues]


def _days(proceedings: Proceedings) -> Iterator[date]:
    """The days from which facts are known."""
    yield proceedings.ends
    yield from proceedings.closings.values()
    yield from (day for day, _ in (*proceedings.lost, *proceedings.states.joined))
    yield from (last_day(adopted) for _, adopted in proceedings.states.loiprs)
    for course in proceedings.states.courses:
        yield from filter(None, (course.received, course.listed, course.announced))


def _stage(hand: InHand) -> list[Any]:
    return [_plain(getattr(hand, name)) for name in names_of(hand)]


def _turns(proceedings: Proceedings) -> Iterator[tuple[Any, ...]]:
    turns, last = TurnsBySitting(proceedings, {}), len(proceedings.sittings)
    for sittings in range(1, last + 1):
        of = turns[sittings]
        if (sittings == last or (last - 1 - sittings) % _EVERY == 0) and any(of.share):
            places = [_place(known, proceedings) for known in of.last.values()]
            own = zip(*of.own.values(), strict=True)
            yield sittings, of.brought, of.share, list(of.own), places, *own


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
