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


class Book:
    def __init__(self) -> None:
        self._places: dict[bytes, str] = {}
        self._length = 0

    def _put(self, text: str) -> str:
        """The place of a text; the same text has the same place."""
        data = text.encode()
        if data not in self._places:
            self._places[data] = f"{self._length}+{len(data)}"
            self._length += len(data)
        return self._places[data]

    def entry(self, spans: Spans) -> str:
        return self._put("\n".join(f"{(begins - EPOCH).days} {' '.join(self._parts(text))}" for begins, text in spans))

    def _parts(self, text: str) -> Iterator[str]:
        """The places of what is between the marks, and the marks."""
        for n, piece in enumerate(text.split(MARK)):
            yield from (piece,) if n % 2 else map(self._put, _SHARED.split(piece))

    def page(self, entries: Iterable[Iterable[str]]) -> str:
        """A page with the entries of each form."""
        return self._put("\n".join(" ".join(places) for places in entries))

    def bound(self, reach: tuple[date, date], index: Mapping[str, str]) -> bytes:
        """The whole file, for the days from the first to the last of `reach`; `index` has the place of each name."""
        names = "".join(f"\n{name}\t{place}" for name, place in sorted(index.items())).encode() + b"\n"
        first, last = ((day - EPOCH).days for day in reach)
        starts = OPENING + len(names)
        opening = "".join(f"{number:{WIDTH}} " for number in (starts + self._length, first, last, starts))
        return b"".join((opening.encode(), names, *self._places))
