"""Makes the almanac (almanac.py): every State's answers, for two years from the record's end.

Nothing here knows what an answer says. It is worked out for the first and the last day of a span by the same
functions as for a command; where the two differ in the day and in counts of days only, what they share is the answer
of the span, else the span is halved. It is then written by the same functions too.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import accumulate, groupby
from typing import Any, TypeVar

from opsc_cli import age
from opsc_cli.almanac import FORMS, ISO, REFUSED, WORDS
from opsc_cli.authority import ReasonedDate, Window, last_possible_day
from opsc_cli.dates import in_words, years_after
from opsc_cli.forecast import Outlook
from opsc_cli.history import spans_of
from opsc_cli.knowledge import closings_of
from opsc_cli.position import Position, positions
from opsc_cli.records import Dataset
from opsc_cli.render import document
from opsc_cli.render.document import Json, envelope_of, text_of
from opsc_cli.render.formats import tab_separated
from opsc_cli.render.rows import DUE_COLUMNS, due_rows
from opsc_cli.render.sheet import sheet_of

YEARS = 2
"""So long after the record's end it speaks; a later day is worked out when it is asked about."""

_DAY = timedelta(days=1)
_T = TypeVar("_T")
Texts = tuple[str, str, str]
"""A text in each of FORMS."""

_NOTHING: Texts = ("", "", "")

Spans = list[tuple[date, str]]
"""The first day of each span, and its text with marks."""


def reach_of(dataset: Dataset) -> tuple[date, date]:
    """The first and the last day that the almanac of a dataset speaks of."""
    ends = max(dataset.as_of.parties, dataset.as_of.committee)
    return ends + _DAY, years_after(ends, YEARS)


def almanac_of(dataset: Dataset, help_text: str) -> bytes:
    """The almanac, as the file has it."""
    reach = reach_of(dataset)
    answers, book = _Answers(dataset), _Book()
    head, tail, nothing = (
        [book.entry([(reach[0], text)]) for text in texts] for texts in (answers.head(reach), answers.tail(), _NOTHING)
    )
    changes = _changes(dataset, reach)
    entries = {iso3: [book.entry(spans) for spans in answers.spans(iso3, changes, reach)] for iso3 in dataset.states}
    pages = {iso3: book.page(zip(head, of, tail, strict=True)) for iso3, of in entries.items()}
    alone = {"--help": [(reach[0], help_text)], "--old": _warnings(dataset, *reach)}
    index = {
        **{text: pages[iso3] for text, iso3 in dataset.index.items()},
        **dict.fromkeys(dataset.refused, REFUSED),
        **{"--all": book.page(zip(head, *entries.values(), tail, strict=True))},
        **{name: book.page((n, book.entry(spans), n) for n in nothing) for name, spans in alone.items()},
    }
    return book.bound(reach, index)


def _changes(dataset: Dataset, reach: tuple[date, date]) -> list[date]:
    """The first day, and each on which a forecast may become another."""
    closings = closings_of(dataset.sessions)
    seen = cache(lambda day: Outlook(dataset, day, closings).seen)
    return [reach[0], *_halving(seen, *reach)]


def _halving(seen: Callable[[date], object], first: date, last: date) -> Iterator[date]:
    """The days after `first` on which what is seen changes; what is the same on two days was the same between."""
    if seen(first) == seen(last):
        return
    if last - first == _DAY:
        yield last
        return
    middle = first + (last - first) // 2
    yield from _halving(seen, first, middle)
    yield from _halving(seen, middle, last)


def _warnings(dataset: Dataset, first: date, last: date) -> Spans:
    """What a person is told of the data's age."""
    return _merged([(day, age.warning(dataset, day) or "") for day in _days(first, last)])


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


class _Answers:
    """What the commands would write of each State, and what stands around it."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.closings = closings_of(dataset.sessions)
        self._outlook = cache(partial(Outlook, dataset, closings=self.closings))

    def head(self, reach: tuple[date, date]) -> Texts:
        """What stands before the States: the names of the columns, the envelope."""
        columns = "\t".join(DUE_COLUMNS) + "\n"
        first, last = (self._around(day)[0] for day in reach)
        return columns, _shared(first, last, *reach), ""

    def tail(self) -> Texts:
        """What stands after the States."""
        return "", self._around(self.dataset.as_of.parties)[1], ""

    def _around(self, day: date) -> tuple[str, str]:
        before, _, after = text_of(envelope_of(self.dataset, day).around(states=[])).rpartition("[]")
        return f"{before}[\n", f"\n  ]{after}"

    def spans(self, iso3: str, changes: Iterable[date], reach: tuple[date, date]) -> list[Spans]:
        """The answers for a State, in each form."""
        own = {reach[0], *self._own_changes(iso3, reach)}
        begins = sorted({*own, *(changes if any(self._has_forecast(iso3, day) for day in own) else ())})
        ends = [*(day - _DAY for day in begins[1:]), reach[1]]
        settled = [span for days in zip(begins, ends, strict=True) for span in self._settled(iso3, *days)]
        texts = [(day, self._texts(content, sheet)) for day, (content, sheet) in _merged(settled)]
        return [_merged([(day, forms[n]) for day, forms in texts]) for n in range(len(FORMS))]

    def _own_changes(self, iso3: str, reach: tuple[date, date]) -> Iterator[date]:
        for span in spans_of(self.dataset.states[iso3], self.closings, self.dataset.as_of.committee, *reach):
            yield span.first
            dated = (o.due for o in span.answer.obligations if isinstance(o.due, ReasonedDate | Window))
            for due in map(last_possible_day, dated):
                yield from (day for day in (due, due + _DAY) if reach[0] < day <= reach[1])

    def _on(self, iso3: str, day: date) -> tuple[Position, ...]:
        return positions(self.dataset, day, (iso3,), self._outlook(day))

    def _has_forecast(self, iso3: str, day: date) -> bool:
        return any(owed.forecast for position in self._on(iso3, day) for owed in position.owed)

    def _settled(self, iso3: str, first: date, last: date) -> Iterator[tuple[date, Any]]:
        """The answers from `first` to `last`: in one span, or in those of both halves."""
        one, other = ((document.states(asked), sheet_of(asked)) for asked in (self._on(iso3, d) for d in (first, last)))
        try:
            yield first, one if first == last else _shared(one, other, first, last)
        except _Different:
            middle = first + (last - first) // 2
            yield from self._settled(iso3, first, middle)
            yield from self._settled(iso3, middle + _DAY, last)

    def _texts(self, content: list[Json], sheet: Any) -> Texts:
        lines = tab_separated(DUE_COLUMNS, due_rows(content)).partition("\n")[2]
        before, after = self._around(self.dataset.as_of.parties)
        whole = text_of(envelope_of(self.dataset, self.dataset.as_of.parties).around(states=content))
        drawn = json.dumps(sheet, ensure_ascii=False, separators=(",\n", ":"))
        return lines.replace(_NUMBER, ""), _unquoted(whole.removeprefix(before).removesuffix(after)), _unquoted(drawn)


class _Different(Exception):
    """Two answers differ in more than the day and counts of days."""


def _shared(one: Any, other: Any, day: date, other_day: date) -> Any:
    """What the answers of two days share, with marks for what follows from the day. Raises _Different."""
    if one == other:
        return one
    match one, other:
        case dict(), dict() if one.keys() == other.keys():
            return {key: _shared(one[key], other[key], day, other_day) for key in one}
        case ((list() | tuple()), (list() | tuple())) if len(one) == len(other):
            return [_shared(*pair, day, other_day) for pair in zip(one, other, strict=True)]
        case int(), int():
            return _NUMBER + _mark(str(one), day, str(other), other_day)
        case str(), str():
            ours, others = _variable(day).split(one), _variable(other_day).split(other)
            if len(ours) == len(others) and ours[::2] == others[::2]:
                pairs = zip(ours[1::2], others[1::2], strict=True)
                ours[1::2] = [_mark(token, day, other_token, other_day) for token, other_token in pairs]
                return "".join(ours)
    raise _Different


@cache
def _variable(day: date) -> re.Pattern[str]:
    """What may change from day to day: the day, in words or not, and every number."""
    return re.compile(rf"({in_words(day)}|{day}|\d[\d,]*\d|\d)")


def _mark(token: str, day: date, other: str, other_day: date) -> str:
    if token == other:
        return token
    for way, written in ((ISO, str), (WORDS, in_words)):
        if (token, other) == (written(day), written(other_day)):
            return f"{_MARK}{way.decode()}{_MARK}"
    counts = [token.replace(",", ""), other.replace(",", "")]
    if not all(count.isdecimal() for count in counts):
        raise _Different
    since, other_since = (d - timedelta(int(n)) for d, n in zip((day, other_day), counts, strict=True))
    if since != other_since:
        raise _Different
    return f"{_MARK}{',' if ',' in token + other else ''}{(since - _EPOCH).days}{_MARK}"


_EPOCH = date(1970, 1, 1)
_MARK = "\x01"
"""Stands before and after a mark in a text."""
_NUMBER = "\x02"
"""Begins a marked number among texts, so that JSON has it without quotation marks."""


def _unquoted(text: str) -> str:
    """JSON with its marks as they are, and marked numbers as numbers."""
    return re.sub(r'"\\u0002(.*?)"', r"\1", text).replace(json.dumps(_MARK)[1:-1], _MARK)


def _merged(spans: Sequence[tuple[date, _T]]) -> list[tuple[date, _T]]:
    """The same spans, of neighbours with the same answer only the first."""
    return [span for n, span in enumerate(spans) if not n or span[1] != spans[n - 1][1]]


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


class _Book:
    """The pages, entries and texts as they are written, each once."""

    def __init__(self) -> None:
        self._texts: dict[bytes, int] = {}
        self._length = 0

    def _put(self, text: str) -> tuple[int, int]:
        data = text.encode()
        if data not in self._texts:
            self._texts[data] = self._length
            self._length += len(data)
        return self._texts[data], len(data)

    def entry(self, spans: Spans) -> str:
        """An entry: its first text whole, and of every other the lines and cells that are not in the first."""
        (begins, whole), *others = ((day, _PIECES.findall(text)) for day, text in spans)
        offset, _ = self._put("".join(piece for piece in whole if not _is_mark(piece)))
        lengths = (0 if _is_mark(piece) else len(piece.encode()) for piece in whole)
        starts = list(accumulate(lengths, initial=offset))
        lines = [_span(begins, _parts_within(whole, starts, 0, len(whole)))]
        for day, pieces in others:
            parts: list[str] = []
            reached = 0
            for a, b, size in SequenceMatcher(None, whole, pieces, autojunk=False).get_matching_blocks():
                if starts[a + size] - starts[a] > _WORTH_A_PLACE or b + size == len(pieces):
                    parts += self._new_parts(pieces[reached:b])
                    parts += _parts_within(whole, starts, a, a + size)
                    reached = b + size
            lines.append(_span(day, parts))
        return _place(*self._put("\n".join(lines)))

    def _new_parts(self, pieces: Sequence[str]) -> Iterator[str]:
        for is_mark, run in groupby(pieces, _is_mark):
            if is_mark:
                yield from (piece.strip(_MARK) for piece in run)
            else:
                yield _place(*self._put("".join(run)))

    def page(self, entries: Iterable[Iterable[str]]) -> str:
        """A page: the entries of each form."""
        return _place(*self._put("\n".join(" ".join(places) for places in entries)))

    def bound(self, reach: tuple[date, date], index: Mapping[str, str]) -> bytes:
        """The file: its first line and index, then all the rest, whose places count from where the index ends."""
        names = "".join(f"\n{name}\t{place}" for name, place in sorted(index.items())).encode() + b"\n"
        first, last = ((day - _EPOCH).days for day in reach)
        opening = f"{first:8} {last:8} {len(names) + _OPENING:8}".encode()
        return b"".join((opening, names, *self._texts))


_OPENING = 26
"""Bytes of the file before its index."""


_WORTH_A_PLACE = 300
"""Bytes: what two texts share in less is kept twice, which is sooner read than put together."""

_PIECES = re.compile(rf"{_MARK}[^{_MARK}]*{_MARK}|[^\n\t{_MARK}]*[\n\t]|[^\n\t{_MARK}]+")
"""The marks of a text, and the lines and cells, each with what ends it."""


def _is_mark(piece: str) -> bool:
    return piece.startswith(_MARK)


def _parts_within(whole: Sequence[str], starts: Sequence[int], first: int, end: int) -> Iterator[str]:
    """The parts of a text that has been put, from one of its pieces to another."""
    for is_mark, run in groupby(range(first, end), lambda n: _is_mark(whole[n])):
        pieces = list(run)
        if is_mark:
            yield from (whole[n].strip(_MARK) for n in pieces)
        else:
            yield _place(starts[pieces[0]], starts[pieces[-1] + 1] - starts[pieces[0]])


def _span(begins: date, parts: Iterable[str]) -> str:
    return f"{(begins - _EPOCH).days} {' '.join(parts)}"


def _place(offset: int, length: int) -> str:
    return f"{offset}+{length}"
