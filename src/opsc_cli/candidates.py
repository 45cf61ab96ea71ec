"""What to say of a text that names no State: similar names are suggested, never used."""

from opsc_cli import almanac, console, index
from opsc_cli.spelling import LONGEST_CODE, normalised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import NoReturn

MOST_CANDIDATES = 5

NOT_ON_RECORD = "no State on record has this name or code"

_LONGEST_SHOWN = 100
"""Characters of a text that are repeated in a message."""

_LIKE = 0.72
"""How alike two names are, from 0 to 1, if one may be meant by the other."""


def refusal(text: str, because: str, candidates: "Iterable[tuple[str, str]]") -> str:
    """The message for a text: why it names no State, and the States that may be meant, each by code and name."""
    meant = ", ".join(f"{name} ({iso3})" for iso3, name in candidates)
    advice = f"try {meant}" if meant else "`opsc states` lists every State"
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return f"{shown!r}: {because}; {advice}"


def refuse(text: str, leads_to: str, names: bytes, book: "almanac.Book") -> "NoReturn":
    """Exits with 2 as the commands do. `leads_to`: what the index of names has for a text that is refused."""
    from opsc_cli.rewording import parts_of_name

    wanted = normalised(text)
    if not leads_to and (" " in wanted or text == "all" or len(parts_of_name(text)) > 1):
        raise LookupError(text)  # the commands know more
    codes, because = index.codes_and_reason(leads_to) if leads_to else (_similar_in(names, wanted), NOT_ON_RECORD)
    meant = list(dict.fromkeys(codes))[:MOST_CANDIDATES]
    console.use_utf8()
    console.fail(console.USAGE, refusal(text, because, [(iso3, almanac.line_of(book, iso3)[1]) for iso3 in meant]))


def _similar_in(names: bytes, wanted: str) -> list[str]:
    """The codes that similar names and refused texts lead to."""
    begins = index.states_in(names)
    found = similar(wanted, index.texts_in(names[begins:]), index.texts_in(names[:begins]))
    leads_to = (index.found_in(names, text, begins) or index.found_in(names, text) for text in found)
    return [code for one in leads_to for code in index.codes_and_reason(one)[0]]


def similar(wanted: str, names: "Iterable[str]", refused: "Iterable[str]") -> "Iterator[str]":
    """The names and refused texts that `wanted` may mean, the likeliest first; all as names are compared."""
    words, names = wanted.split(" "), tuple(names)
    if len(words) > 1:  # a code with a suffix, as parts of a State have (SE-N)
        yield from (word for word in words[:1] if word in names)
    elif len(wanted) <= LONGEST_CODE:  # a code of another list (GER, SUI): a similar code is no evidence
        yield from (n for n in names if len(wanted) > 1 and n.startswith(wanted) and len(n) > LONGEST_CODE)
    else:
        yield from _close(wanted, (*names, *refused))
    yield from (name for name in names if len(wanted) > LONGEST_CODE and wanted in name)


def _close(wanted: str, names: "Iterable[str]") -> list[str]:
    """The closest names. Those too short, too long or of other letters are left out before the slow comparison."""
    from difflib import get_close_matches

    letters, length = set(wanted), len(wanted)
    as_long = (name for name in names if 2 * min(len(name), length) >= _LIKE * (len(name) + length))
    alike = [name for name in as_long if 2 * sum(map(name.count, letters)) >= _LIKE * (len(name) + length)]
    return get_close_matches(wanted, alike, n=4 * MOST_CANDIDATES, cutoff=_LIKE)
