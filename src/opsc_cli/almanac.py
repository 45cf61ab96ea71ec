"""The almanac: answers computed when the package was built, for the days after the data's version.

Between two changes, an answer differs from day to day only in the date of the answer and in counts of days. So the
almanac stores it once for each span of days, with marks as placeholders. render/almanac.py writes it from the output of
the commands; this module reads it and imports almost nothing, so that answers start quickly.

The file: a line with its length, its first and last day, and where the index ends (days are counted from 1 January
1970); the index; pages, entries, texts. The index leads from a code to its page and to the State's name. A page has a
line for each form: what comes before the States, their entries, what comes after. An entry has a line for each span:
its first day, then the parts of its text, each a place or a mark. A place is `offset+length`, after the index:

    NPL	1518578+44	Nepal                index: the place of Nepal's page
    886+24 1518580+628 923+11            page, its line for JSON: before, Nepal, after
    20593 1512639+3664 iso 1516303+1428  entry, from day 20593 on: a text, the day, a text
"""

import time

from opsc_cli.months import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from mmap import mmap

    Book = bytes | mmap
    Part = bytes | memoryview

FORMS = ("tsv", "json", "sheet")
"""Tab-separated lines, a JSON document, and the parts that a terminal draws (render/parts.py), also as JSON."""
BETWEEN = {"tsv": b"", "json": b",\n", "sheet": b""}
"""What comes between two States."""

INDENT = b"\x03"
"""Each space of the indentation in a document of a State, except the one that JSON lines keep after a comma: one pass
over the bytes makes spaces of them, or removes them with the line ends."""

ISO, WORDS = b"iso", b"words"
"""Marks for the day of the answer. Any other is a day: the days since then replace it; with a comma, in thousands."""

WIDTH = 12  # of a number
OPENING = 4 * (WIDTH + 1)  # bytes of the first line: four numbers, each with a space after it


def opened(folder: str) -> "Book | None":
    """The almanac in `folder`; None if there is none or it is incomplete."""
    import mmap  # the system reads only the pages of the file that are used

    try:
        with open(f"{folder}/almanac", "rb") as file:
            book = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return book if int(book[:WIDTH]) == len(book) else None
    except (OSError, ValueError):
        return None


def line_of(almanac: "Book", code: str) -> list[str]:
    """What the index has under a code: its page, and the State's name; nothing if it does not have the code."""
    starts = int(almanac[OPENING - WIDTH - 1 : OPENING])
    found = almanac.find(b"\n%s\t" % code.encode(), 0, starts)
    return almanac[found : almanac.find(b"\n", found + 1)].decode().split("\t")[1:] if found >= 0 else []


def looked_up(almanac: "Book", codes: "Sequence[str]", form: str, now: float) -> bytes:
    """The answer for the codes; LookupError if there is none for the day. `now`: seconds since 1970, in UTC."""
    return b"".join(pieces(almanac, codes, form, now))


def pieces(almanac: "Book", codes: "Sequence[str]", form: str, now: float) -> "Iterator[bytes]":
    """The same, State by State: what is written at once needs new memory for all of it."""
    before, *states, after = parts_of(almanac, codes, form, now)
    for state in states[1:]:
        state.insert(0, BETWEEN[form])
    spaces = bytes.maketrans(INDENT, b" ")
    return (b"".join(parts).translate(spaces) for parts in (before, *states, after))


def parts_of(almanac: "Book", codes: "Sequence[str]", form: str, now: float) -> "list[list[Part]]":
    """The parts of what comes before the States, of each State, and of what comes after."""
    _, first, last, starts = map(int, almanac[:OPENING].split())
    day = int(now // 86400)
    if not first <= day <= last:
        raise LookupError(day)
    view = memoryview(almanac)[starts:]  # what it gives is copied once, when it is joined
    on, moment = b"%05d" % day, time.gmtime(now)
    today = {ISO: time.strftime("%Y-%m-%d", moment).encode(), WORDS: words_of(*moment[:3]).encode()}

    def at(place: bytes) -> bytes:
        offset, length = map(int, place.split(b"+"))
        return bytes(view[offset : offset + length])

    pages = [at(line_of(almanac, code)[0].encode()).split(b"\n")[FORMS.index(form)].split() for code in codes]
    texts: list[list[Part]] = []
    for entry in (pages[0][0], *(state for page in pages for state in page[1:-1]), pages[0][-1]):
        span, *later = at(entry).split(b"\n")
        for line in later:
            if line[:5] > on:
                break
            span = line
        parts: list[Part] = []
        for part in span[6:].split():
            offset, plus, length = part.partition(b"+")
            if plus:
                begins = int(offset)
                parts.append(view[begins : begins + int(length)])
            else:
                parts.append(today.get(part) or _days_since(part, day))
        texts.append(parts)
    return texts


def _days_since(mark: bytes, day: int) -> bytes:
    days = day - int(mark.removeprefix(b","))
    return (f"{days:,}" if mark.startswith(b",") else str(days)).encode()
