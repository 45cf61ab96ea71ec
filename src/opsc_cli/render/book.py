"""Writes the file of the almanac (opsc_cli/almanac.py describes it): texts, entries and pages, each once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from opsc_cli.almanac import OPENING, WIDTH

Spans = Sequence[tuple[date, str]]
"""The first day of each span, and its text with marks."""

EPOCH = date(1970, 1, 1)
MARK = "\x01"
"""Before and after each mark in a text."""


_SHARED = re.compile(r'(?=\n {6,8}"[a-z_]+": [\[{])|(?=\n\{"kind")')
"""Where a text is cut, so that what it shares with others is held once: objects in a document, parts of a sheet."""


_LARGE = 500
"""Bytes. A smaller piece is held once for a State, not for all: its neighbours stay beside it, and are read at once."""


class Pages:
    def __init__(self) -> None:
        self._places: dict[bytes, str] = {}
        self._texts: list[bytes] = []
        self._length = 0

    def _put(self, text: str) -> str:
        """The place of a text; the same text has the same place."""
        return self._place(text.encode(), self._places)

    def _place(self, data: bytes, known: dict[bytes, str]) -> str:
        if data not in known:
            known[data] = f"{self._length}+{len(data)}"
            self._texts.append(data)
            self._length += len(data)
        return known[data]

    def entry(self, spans: Spans) -> str:
        own: dict[bytes, str] = {}
        lines = (f"{(begins - EPOCH).days} {' '.join(self._parts(text, own))}" for begins, text in spans)
        return self._put("\n".join(lines))

    def _parts(self, text: str, own: dict[bytes, str]) -> Iterator[str]:
        """The places of what is between the marks, and the marks."""
        for n, piece in enumerate(text.split(MARK)):
            if n % 2:
                yield piece
            else:
                parts = map(str.encode, _SHARED.split(piece))
                yield from _joined(self._place(part, self._places if len(part) > _LARGE else own) for part in parts)

    def page(self, entries: Iterable[Iterable[str]]) -> str:
        """A page with the entries of each form."""
        return self._put("\n".join(" ".join(places) for places in entries))

    def bound(self, reach: tuple[date, date], index: Mapping[str, str]) -> bytes:
        """The whole file, for the days from the first to the last of `reach`; `index` has the place of each name."""
        names = "".join(f"\n{name}\t{place}" for name, place in sorted(index.items())).encode() + b"\n"
        first, last = ((day - EPOCH).days for day in reach)
        starts = OPENING + len(names)
        opening = "".join(f"{number:{WIDTH}} " for number in (starts + self._length, first, last, starts))
        return b"".join((opening.encode(), names, *self._texts))


def _joined(places: Iterable[str]) -> Iterator[str]:
    """The places, of neighbours in the file only one: what is read at once costs least."""
    begins = ends = 0
    for place in places:
        offset, length = map(int, place.split("+"))
        if offset != ends and ends > begins:
            yield f"{begins}+{ends - begins}"
        if offset != ends:
            begins = offset
        ends = offset + length
    if ends > begins:
        yield f"{begins}+{ends - begins}"
