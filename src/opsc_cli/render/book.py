"""Writes the file of the almanac (opsc_cli/almanac.py describes it): texts, entries and pages, each once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise, zip_longest

from opsc_cli.almanac import OPENING, WIDTH

Spans = Sequence[tuple[date, str]]
"""The first day of each span, and its text with marks."""

EPOCH = date(1970, 1, 1)
MARK = "\x01"
"""Before and after each mark in a text."""


_CUT = re.compile(
    r'\n(?=[ \x03]{6,8}"[a-z_]+": [\[{]|[ \x03]{8,12}"(?:basis|pre_session)|[ \x03]{10,16}"opens"|\{"kind"|\["[A-Z])'
    r"|[Ee]ven odds|One chance"
)
"""Where a text is cut, so that the next span of a State holds only what has changed: objects, sessions and reasons in a
document; parts, rows and odds on a sheet."""


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
        """The place of an entry."""
        return self.entries({"": spans})[""]

    def entries(self, of_each: Mapping[str, Spans]) -> dict[str, str]:
        """The places of entries that are alike.

        The first span of each comes first, then the second, and texts that are alike lie close together, so that the
        file is small once it is compressed.
        """
        of_each = {key: of_each[key] for key in _like_to_like({key: spans[0][1] for key, spans in of_each.items()})}
        own: dict[str, dict[bytes, str]] = {key: {} for key in of_each}
        lines: dict[str, list[str]] = {key: [] for key in of_each}
        for spans in zip_longest(*of_each.values()):
            for key, span in zip(of_each, spans, strict=True):
                if span:
                    begins, text = span
                    lines[key].append(f"{(begins - EPOCH).days} {' '.join(self._parts(text, own[key]))}")
        return {key: self._put("\n".join(entry)) for key, entry in lines.items()}

    def _parts(self, text: str, own: dict[bytes, str]) -> Iterator[str]:
        """The places of what is between the marks, and the marks."""
        for n, piece in enumerate(text.split(MARK)):
            if n % 2:
                yield piece
            else:
                starts = [0, *(cut.start() for cut in _CUT.finditer(piece)), len(piece)]
                yield from _joined(self._place(piece[a:b].encode(), own) for a, b in pairwise(starts))

    def page(self, entries: Iterable[Iterable[str]]) -> str:
        """The place of a page with the entries of each form."""
        return self._put("\n".join(" ".join(places) for places in entries))

    def bound(self, reach: tuple[date, date], index: Mapping[str, Sequence[str]]) -> bytes:
        """The whole file, for the days from the first to the last of `reach`; `index` has what each code leads to."""
        codes = "".join("\n" + "\t".join((code, *leads_to)) for code, leads_to in index.items()).encode() + b"\n"
        first, last = ((day - EPOCH).days for day in reach)
        starts = OPENING + len(codes)
        opening = "".join(f"{number:{WIDTH}} " for number in (starts + self._length, first, last, starts))
        return b"".join((opening.encode(), codes, *self._texts))


_NEAR = 200
"""Among how many texts the next one is looked for: all of today's, and a bound if there are ever more."""


def _like_to_like(texts: Mapping[str, str]) -> Iterator[str]:
    """The keys of texts, after each the one whose text has most lines in common with it; lines of most texts aside."""
    lines = {key: set(text.split("\n")) for key, text in texts.items()}
    count = Counter(line for of_one in lines.values() for line in of_one)
    shared = {key: {line for line in of_one if 1 < count[line] <= len(texts) / 2} for key, of_one in lines.items()}
    key = next(iter(shared))
    while True:
        yield key
        own = shared.pop(key)
        if not shared:
            return
        among = islice(shared, _NEAR)
        key = max(among, key=lambda other: len(own & shared[other]) / (len(own | shared[other]) or 1))


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
