"""Writes the file of the almanac (opsc_cli/almanac.py describes it): entries and tables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice

from opsc_cli import almanac
from opsc_cli.almanac import OPENING, WIDTH
from opsc_cli.render.alike import LINE, cut

Spans = Sequence[tuple[date, str]]
"""The first day of each span, and its text with marks."""

EPOCH = date(1970, 1, 1)
MARK, SPAN, PART, EMPTY, TABLE = (
    byte.decode() for byte in (almanac.MARK, almanac.SPAN, almanac.PART, almanac.EMPTY, almanac.TABLE)
)


class Entries:
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
        """The place of an entry."""
        return self.entries({"": spans})[""]

    def entries(self, of_each: Mapping[str, Spans]) -> dict[str, str]:
        """The places of entries that are alike. Those most alike follow each other, because that compresses best."""
        tabled = self._tabled(of_each)
        order = _like_to_like({key: spans[0][1] for key, spans in tabled.items()})
        return {key: self._put("".join(_entry(tabled[key]))) for key in order}

    def _tabled(self, of_each: Mapping[str, Spans]) -> Mapping[str, Spans]:
        """The same, with the place of a table instead of what its rows repeat."""
        found = (_ROW.findall(text) for spans in of_each.values() for _, text in spans)
        rows = {row: n for n, row in enumerate(sorted({row for row, _ in chain.from_iterable(found)}), 1)}
        if not rows:
            return of_each
        place = self._put(PART.join((_BETWEEN, *(_BETWEEN + row for row in rows))))

        def mark(whole: re.Match[str]) -> str:
            own, numbers = zip(*_ROW.findall(whole[0]), strict=True)
            first = rows[own[0]]
            if [rows[row] for row in own] != [*range(first, first + len(own))]:
                return whole[0]
            return f"{MARK}{TABLE}{place} {first} {' '.join(numbers)}{MARK}"

        return {key: [(day, _ROWS.sub(mark, text)) for day, text in spans] for key, spans in of_each.items()}

    def bound(self, reach: tuple[date, date], index: Mapping[str, Sequence[str]]) -> bytes:
        """The whole file, for the days from the first to the last of `reach`; `index` has what each code leads to."""
        codes = "".join("\n" + "\t".join((code, *leads_to)) for code, leads_to in index.items()).encode() + b"\n"
        first, last = ((day - EPOCH).days for day in reach)
        starts = OPENING + len(codes)
        opening = "".join(f"{number:{WIDTH}} " for number in (starts + self._length, first, last, starts))
        return b"".join((opening.encode(), codes, *self._places))


_INDENT = almanac.INDENT.decode()
_ROW = re.compile(r'(\n[ \x03]+"opens": "[^"]*",\n[ \x03]+"label": "[^"]*",\n[ \x03]+"probability": 0\.)(\d+)')
_BETWEEN = f"\n{10 * _INDENT}}},\n {9 * _INDENT}{{"
_ROWS = re.compile(f"{_ROW.pattern}(?:{_BETWEEN}{_ROW.pattern})+")
"""The chances of sessions in a document of a State: a table has what each row repeats, up to its number."""


def _entry(spans: Spans) -> Iterator[str]:
    """The first text with its parts, and the later spans."""
    shared, own = cut([text for _, text in spans])
    for before, (first, *_) in zip(shared, own, strict=False):
        yield f"{before}{PART}{first}{PART}"
    yield shared[-1]
    for n, (day, _) in enumerate(spans[1:], 1):
        changes = ("" if part[n] == part[n - 1] else part[n] or EMPTY for part in own)
        yield f"{SPAN}{(day - EPOCH).days}{PART}{PART.join(changes)}".rstrip(PART)


_NEAR = 200
"""Among how many texts the next one is looked for: all of today's, and a bound if there are ever more."""
_SEEN = 4
"""How many texts the compressed file can refer back to, about."""


def _like_to_like(texts: Mapping[str, str]) -> Iterator[str]:
    """The keys of texts; each shares most lines with the few before it. Lines that most texts have do not count."""
    lines = {key: set(LINE.findall(text)) for key, text in texts.items()}
    count = Counter(line for of_one in lines.values() for line in of_one)
    shared = {key: {line for line in of_one if 1 < count[line] <= len(texts) / 2} for key, of_one in lines.items()}
    key, seen = next(iter(shared)), list[set[str]]()
    while True:
        yield key
        seen = [*seen[1 - _SEEN :], shared.pop(key)]
        if not shared:
            return
        own, among = set().union(*seen), islice(shared, _NEAR)
        key = max(among, key=lambda other: len(own & shared[other]) / (len(own | shared[other]) or 1))
