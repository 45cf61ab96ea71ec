"""The almanac: answers that were worked out when the package was built, for the days after the record's end.

Between two changes an answer differs from day to day only in the day itself and in the days counted from a date. So
the almanac holds it once for each span of days, with marks where those stand, and an answer is looked up. It is made
by render/almanac.py from what the commands themselves would write; here it is read, by whoever must start quickly.

The file: a line with its first and last day and the length of it and the index (days are counted from 1 January
1970); the index, a line a name, as names are compared (spelling.py), with the place of its page; then pages, entries
and texts. A page has a line for each form, with the places of entries; an entry has a line for each span, with its
first day and the places of the parts of its text. A place is `offset+length`, counted from where the index ends.
"""

import time

from opsc_cli.wording import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap

    Book = bytes | mmap

FORMS = ("tsv", "json", "sheet")
"""Tab-separated lines, a JSON document, and what a terminal draws (render/sheet.py)."""

MARK = b"\x01"
"""Stands before and after each part of a text that changes from day to day."""

ISO, WORDS = b"iso", b"words"
"""Such a part is the day asked about, written in one of two ways, or a day: then the days since that day, with
commas at the thousands where a comma stands before it."""

REFUSED = "0+0"
"""The place of a name that is refused: there is no answer."""

_SECONDS_A_DAY = 86400


def opened(folder: str) -> "Book | None":
    """The almanac in `folder`; None where there is none."""
    import mmap  # a page of the file is read only where something on it is looked up

    try:
        with open(f"{folder}/almanac", "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None


def answer(almanac: "Book", name: str, form: str, now: float) -> bytes | None:
    """What the almanac has under `name`, which is spelt as names are compared; None where it has nothing.

    `now`: seconds since 1 January 1970 in UTC. An empty answer: the name is refused.
    """
    first, last, starts = map(int, almanac[:26].split())
    day = int(now // _SECONDS_A_DAY)
    found = almanac.find(b"\n%s\t" % name.encode(errors="replace"), 0, starts)
    if found < 0 or not first <= day <= last:
        return None
    _, place = almanac[found + 1 : almanac.find(b"\n", found + 1)].split(b"\t")

    def at(place: bytes) -> bytes:
        offset, length = map(int, place.split(b"+"))
        return almanac[starts + offset : starts + offset + length]

    def on_the_day(entry: bytes) -> bytes:
        spans = (span.split() for span in reversed(at(entry).split(b"\n")))
        return b"".join(map(at, next(places for begins, *places in spans if int(begins) <= day)))

    forms = at(place).split(b"\n")
    parts = b"".join(map(on_the_day, forms[FORMS.index(form)].split() if len(forms) > 1 else ())).split(MARK)
    parts[1::2] = [_filled(mark, day, now) for mark in parts[1::2]]
    return b"".join(parts)


def _filled(mark: bytes, day: int, now: float) -> bytes:
    if mark == ISO:
        return time.strftime("%Y-%m-%d", time.gmtime(now)).encode()
    if mark == WORDS:
        return words_of(*time.gmtime(now)[:3]).encode()
    since = day - int(mark.removeprefix(b","))
    return (f"{since:,}" if mark.startswith(b",") else str(since)).encode()
