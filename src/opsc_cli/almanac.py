"""The almanac: answers computed when the package was built, for the days after the data's version.

Between two changes, an answer differs from day to day only in the date of the answer and in counts of days. So the
almanac stores it once for each span of days, with marks as placeholders. render/almanac.py writes it from the output of
the commands; this module reads it and imports almost nothing, so that answers start quickly.

The file: a line with its length, its first and last day, and where the index ends (days are counted from 1 January
1970); the index; entries and tables. The index has a line for each State: its code, the place of its entry in each
form, and its name. It also has `--before` and `--after`, written around the States, and one line for each page.
`--none` is an empty entry in place of a State. A place is `offset+length`, after the index:

    NPL	886+24 1518580+628 1820533+311	Nepal

An entry has the text of the first span, with PART around each part that changes later. Each later span follows after
SPAN: its first day, then, each after PART, what replaces these parts, in turn; nothing if a part does not change. MARK
comes before and after each mark in a text:

    …even odds by _May 2030_."…^20605_^20626_September 2030      PART as _, SPAN as ^
    …"days_past": |19971|…"chances": [{|=1512639+3664 2 0334 0335|}]      MARK as |

The second mark names a place of a table and the number of its first row, then gives the end of that row and of each row
after it. A table has the text between two rows, then the rows.
"""

import time

from opsc_cli.months import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Book: TypeAlias = "bytes | _File"

FORMS = ("tsv", "json", "sheet")
"""Tab-separated lines, a JSON document, and the parts that a terminal draws (render/parts.py), also as JSON."""
BETWEEN = {"tsv": b"", "json": b",\n", "sheet": b""}
"""What comes between two States."""

MARK, SPAN, PART = b"\x01", b"\x1e", b"\x1f"
EMPTY = b"\x1c"
"""Replaces a part that a later span does not have."""

INDENT = b"\x03"
"""Each space of the indentation in a document of a State, except the one that JSON lines keep after a comma: one pass
over the bytes makes spaces of them, or removes them with the line ends."""

_SPACES = bytes.maketrans(INDENT, b" ")

ISO, WORDS, TABLE = b"iso", b"words", b"="
"""Marks for the day of the answer, and what that of a table begins with. Any other is a day: the days since then
replace it; with a comma, in thousands."""

WIDTH = 12  # of a number
OPENING = 4 * (WIDTH + 1)  # bytes of the first line: four numbers, each with a space after it


class _File:
    """The file, of which only what is asked for is read; to map it, `mmap` would have to be imported."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115  # closed below

    def __getitem__(self, part: slice) -> bytes:
        begins = part.start or 0
        self._file.seek(begins)
        return self._file.read(part.stop - begins)

    def __len__(self) -> int:
        return self._file.seek(0, 2)

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


def opened(folder: str) -> "Book | None":
    """The almanac in `folder`; None if there is none or it is incomplete."""
    try:
        book = _File(f"{folder}/almanac")
        return book if int(book[:WIDTH]) == len(book) else None
    except (OSError, ValueError):
        return None


def _index_of(almanac: "Book") -> bytes:
    return almanac[OPENING : int(almanac[OPENING - WIDTH - 1 : OPENING])]


def line_of(almanac: "Book", code: str) -> list[str]:
    """What the index has under a code: places, and the State's name; nothing if it does not have the code."""
    _, _, line = _index_of(almanac).partition(b"\n%s\t" % code.encode())
    return line.partition(b"\n")[0].decode().split("\t") if line else []


def looked_up(almanac: "Book", codes: "Sequence[str]", form: str, now: float) -> bytes:
    """The answer for the codes; LookupError if there is none for the day. `now`: seconds since 1970, in UTC."""
    return b"".join(pieces(almanac, codes, form, now))


def pieces(almanac: "Book", codes: "Sequence[str]", form: str, now: float) -> "Iterator[bytes]":
    """The same, State by State: what is written at once needs new memory for all of it."""
    text, entries = text_on(almanac, now, laid_out), entries_of(almanac, codes, form)
    last = len(entries) - 1
    texts = (text(entry, BETWEEN[form] if 1 < n < last else b"") for n, entry in enumerate(entries))
    return texts if last > 2 else iter([*texts])  # if it is damaged, nothing is written


def laid_out(text: bytes) -> bytes:
    return text.translate(_SPACES)


def entries_of(almanac: "Book", codes: "Sequence[str]", form: str) -> list[slice]:
    """Where the file has what comes before the States, the entry of each, and what comes after; or that of a page."""
    if codes == ["--all"]:
        lines = _index_of(almanac).partition(b"\n--")[0].decode().split("\n")[1:]
        found = [line.split("\t")[1:] for line in lines]
    else:
        found = [line_of(almanac, code) for code in codes]
    if len(found[0]) > 1:  # a State
        found = [line_of(almanac, "--before"), *found, line_of(almanac, "--after")]
    starts, which = int(almanac[OPENING - WIDTH - 1 : OPENING]), FORMS.index(form)
    return [_within(starts, places.split(" ")[which]) for places, *_ in found]


def _within(starts: int, place: str) -> slice:
    offset, length = map(int, place.split("+"))
    return slice(starts + offset, starts + offset + length)


def text_on(almanac: "Book", now: float, laid_out: "Callable[[bytes], bytes]") -> "Callable[[slice, bytes], bytes]":
    """Makes the text of an entry for the day, and lays it out; LookupError if the almanac does not have the day."""
    _, first, last, starts = map(int, almanac[:OPENING].split())
    day = int(now // 86400)
    if not first <= day <= last:
        raise LookupError(day)
    on, moment = b"%05d" % day, time.gmtime(now)
    today = {ISO: time.strftime("%Y-%m-%d", moment).encode(), WORDS: words_of(*moment[:3]).encode(), b"": b""}
    tables: dict[bytes, list[bytes]] = {}

    def text(entry: slice, before: bytes) -> bytes:
        first, _, later = almanac[entry].partition(SPAN)
        begins, _, rest = first.partition(PART)  # to find one is much quicker than to split
        parts = [begins, *rest.split(PART)]
        while b"" < later[:5] <= on:
            span, _, later = later.partition(SPAN)
            changes = span.split(PART)[1:]
            own = slice(1, 2 * len(changes), 2)
            parts[own] = [new or old for new, old in zip(changes, parts[own], strict=True)]
        begins, _, rest = laid_out(b"".join(parts).replace(EMPTY, b"")).partition(MARK)
        marked = rest.split(MARK)
        marked[::2] = [today[mark] if mark in today else reckoned(mark) for mark in marked[::2]]
        return b"".join((before, begins, *marked))

    def reckoned(mark: bytes) -> bytes:
        if not mark.startswith(TABLE):
            days = day - int(mark.removeprefix(b","))
            return (f"{days:,}" if mark.startswith(b",") else str(days)).encode()
        place, row, *ends = mark.removeprefix(TABLE).split()
        if place not in tables:
            tables[place] = laid_out(almanac[_within(starts, place.decode())]).split(PART)
        between, first = tables[place][0], int(row)
        rows = [between] * (2 * len(ends))
        rows[::2], rows[1::2] = tables[place][first : first + len(ends)], ends
        return b"".join(rows).removeprefix(between)

    return text
