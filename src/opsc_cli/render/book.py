"""Binds an almanac: writes the file that opsc_cli/almanac.py reads and describes.

Of the texts of one answer only the first is kept whole; of the others, what is not in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from opsc_cli.almanac import OPENING, WIDTH

Spans = Sequence[tuple[date, str]]
"""The first day of each span, and its text with marks."""

EPOCH = date(1970, 1, 1)
MARK = "\x01"
"""Stands in a text before and after each mark, as almanac.py knows marks."""


class Book:
    """The pages, entries and texts, each once."""

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
                yield from (piece.strip(MARK) for piece in run)
            else:
                yield _place(*self._put("".join(run)))

    def page(self, entries: Iterable[Iterable[str]]) -> str:
        """A page: the entries of each form."""
        return _place(*self._put("\n".join(" ".join(places) for places in entries)))

    def bound(self, reach: tuple[date, date], index: Mapping[str, str]) -> bytes:
        """The file: its first line and index, then all the rest, whose places count from where the index ends."""
        names = "".join(f"\n{name}\t{place}" for name, place in sorted(index.items())).encode() + b"\n"
        first, last = ((day - EPOCH).days for day in reach)
        starts = OPENING + len(names)
        opening = "".join(f"{number:{WIDTH}} " for number in (starts + self._length, first, last, starts))
        return b"".join((opening.encode(), names, *self._texts))


_WORTH_A_PLACE = 300
"""Bytes: what two texts share in less is kept twice, which is sooner read than put together."""

_PIECES = re.compile(rf"{MARK}[^{MARK}]*{MARK}|[^\n\t{MARK}]*[\n\t]|[^\n\t{MARK}]+")
"""The marks of a text, and the lines and cells, each with what ends it."""


def _is_mark(piece: str) -> bool:
    return piece.startswith(MARK)


def _parts_within(whole: Sequence[str], starts: Sequence[int], first: int, end: int) -> Iterator[str]:
    """The parts of a text that has been put, from one of its pieces to another."""
    for is_mark, run in groupby(range(first, end), lambda n: _is_mark(whole[n])):
        pieces = list(run)
        if is_mark:
            yield from (whole[n].strip(MARK) for n in pieces)
        else:
            yield _place(starts[pieces[0]], starts[pieces[-1] + 1] - starts[pieces[0]])


def _span(begins: date, parts: Iterable[str]) -> str:
    return f"{(begins - EPOCH).days} {' '.join(parts)}"


def _place(offset: int, length: int) -> str:
    return f"{offset}+{length}"
