"""The almanac: answers computed when the package was built, for the days after the end of the record.

Between two changes, an answer differs from day to day only in the date of the answer and in counts of days. So the
almanac stores it once for each span of days, with marks as placeholders. render/almanac.py writes the almanac from the
output of the commands; this module reads it and imports almost nothing, so that answers start quickly.

The file: a line with its own length, its first and its last day, and the length of the line and the index (days are
counted from 1 January 1970); the index, a line per name, as names are compared (spelling.py), with the place of its
page; then pages, entries and texts. A page has a line for each form: the places of what comes before the States, of
their entries, and of what comes after. An entry has a line for each span: its first day in five digits, then the parts
of its text, each a place or a mark. A place is `offset+length`, counted from where the index ends. So Nepal is found:

    nepal	1518578+44                       index: the place of Nepal's page
    886+24 1518580+628 923+11                page, its line for JSON: before, Nepal, after
    20593 1512639+3664 iso 1516303+1428      entry, from day 20593 on: a text, the day, a text
"""

import time

from opsc_cli.months import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap

    Book = bytes | mmap

FORMS = ("tsv", "json", "sheet")
"""Tab-separated lines, a JSON document, and the parts that a terminal draws (render/parts.py), also as JSON."""

BETWEEN = {"tsv": b"", "json": b",\n", "sheet": b""}
"""What comes between two States."""

ISO, WORDS = b"iso", b"words"
"""The marks for the day of the answer, in two forms. Any other mark is a day: the number of days since then replaces
it; with a comma before it, with commas for thousands."""

WIDTH = 12
OPENING = 4 * (WIDTH + 1)
"""Bytes of the first line: four numbers of this width, each with a space after it."""

REFUSED = "0+0"
"""The place of a name that is refused: it has no answer."""

_SECONDS_A_DAY = 86400


def opened(folder: str) -> "Book | None":
    """The almanac in `folder`; None if there is none or it is incomplete."""
    import mmap  # the system reads only the pages of the file that are used

    try:
        with open(f"{folder}/almanac", "rb") as file:
            book = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return book if int(book[:WIDTH]) == len(book) else None
    except (OSError, ValueError):
        return None


def looked_up(almanac: "Book", name: str, form: str, now: float) -> bytes | None:
    """What the almanac has under `name`, spelt as names are compared; None if it has nothing.

    `now`: seconds since 1 January 1970 in UTC. An empty text: the name is refused.
    """
    _, first, last, starts = map(int, almanac[:OPENING].split())
    day = int(now // _SECONDS_A_DAY)
    on = b"%05d" % day
    found = almanac.find(b"\n%s\t" % name.encode(errors="replace"), 0, starts)
    if found < 0 or not first <= day <= last:
        return None
    _, place = almanac[found + 1 : almanac.find(b"\n", found + 1)].split(b"\t")

    moment = time.gmtime(now)
    today = {ISO: time.strftime("%Y-%m-%d", moment).encode(), WORDS: words_of(*moment[:3]).encode()}

    def at(place: bytes) -> bytes:
        """The text at a place, or the replacement for a mark."""
        offset, plus, length = place.partition(b"+")
        if not plus:
            return today.get(place) or _days_since(place, day)
        begins = starts + int(offset)
        return almanac[begins : begins + int(length)]

    lines = at(place).split(b"\n")
    if len(lines) < len(FORMS):
        return b""
    before, *states, after = lines[FORMS.index(form)].split()
    texts: list[bytes] = []
    for n, entry in enumerate((before, *states, after)):
        if 1 < n <= len(states):
            texts.append(BETWEEN[form])
        span = next(line for line in reversed(at(entry).split(b"\n")) if line[:5] <= on)
        texts += map(at, span[6:].split())
    return b"".join(texts)


def _days_since(mark: bytes, day: int) -> bytes:
    days = day - int(mark.removeprefix(b","))
    return (f"{days:,}" if mark.startswith(b",") else str(days)).encode()
