"""How else a text may be looked up that names no State as it is written: inversions and abbreviations of tables.

"Congo, Dem. Rep." is tried as "Democratic Republic of Congo", "Angola (l')" as "Angola", and "Korea South" as "South
Korea". Each is only another text to look up: it must be a name of a State, letter for letter, or it counts for nothing.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

_ARTICLE = re.compile(r"^(?:(?:the|la|le|les|el|los|las)\b|l['’])\s*", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.\s?){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_KINDS = ("republic", "kingdom", "federation", "states", "state", "union", "principality", "sultanate", "commonwealth")
_SIDES = ("north", "south", "east", "west", "northern", "southern", "eastern", "western")

ABBREVIATIONS = {
    "rep": ("republic", "republica"), "rép": ("republique",), "dem": ("democratic",), "dém": ("democratique",),
    "dr": ("democratic republic",), "pr": ("people's republic",), "pdr": ("people's democratic republic",),
    "dpr": ("democratic people's republic",), "peop": ("people's",), "fyr": ("former Yugoslav republic",),
    "fed": ("federated", "federation", "federal"), "sts": ("states",), "utd": ("united",), "boliv": ("bolivarian",),
    "isl": ("islands", "islamic", "island"), "is": ("islands", "island"), "isls": ("islands",), "i": ("island",),
    "ter": ("territory", "territories"), "terr": ("territory", "territories"), "plur": ("plurinational",),
    "n": ("north", "northern"), "s": ("south", "southern"), "e": ("east", "eastern"), "w": ("west", "western"),
    "c": ("central",), "cent": ("central",), "eq": ("equatorial",), "afr": ("african", "africa"), "fr": ("french",),
    "br": ("british",), "brit": ("british",), "herz": ("herzegovina",), "barb": ("barbuda",), "vin": ("vincent",),
    "gren": ("grenadines",), "prin": ("principe",), "tob": ("tobago",), "pap": ("papua",), "geo": ("Georgia",),
}  # fmt: skip
"""What the abbreviations stand for, as tables of data write names. Alone, none is spelt out: it may be a code."""

_CODES = frozenset({"fr", "br"})
"""Without a full stop these are the codes of France and Brazil: "FR, Sudan" is two States, "Fr. Sudan" was one."""

_CODES_IN_A_LIST = _CODES | {"is", "isl", "geo"}
"""Codes that may occur between two States: "Fiji, IS" has Iceland in it, "Marshall Is" has not."""

_MOST, _LONGEST = 24, 120
"""Limits: the ways to spell out one text, and the length of a text that may be a name."""


def reworded(text: str) -> Iterator[str]:
    """Other texts that mean the same name, if they are names at all."""
    if len(text) > _LONGEST:
        return
    yield from _turned(text)
    for spelt_out in _spelt_out(text):
        yield from (spelt_out, *_turned(spelt_out))


def parts_of_name(text: str) -> list[str]:
    """What is before, within and after brackets, or between strokes, or before and after the last comma."""
    if len(text) > _LONGEST:
        return [text]
    parts = [part.strip() for part in re.split(r"[()\[\]/]", text) if part.strip(" *")]
    return parts if len(parts) > 1 else [part.strip() for part in text.rsplit(",", 1) if part.strip()]


def _turned(text: str) -> Iterator[str]:
    """The words after a name, put before it: "Korea, Rep.", "Angola (l')", "Korea South"."""
    for name, behind in _behind(text):
        rest = behind if behind.isupper() and not name.isupper() else _ARTICLE.sub("", behind)  # LA may be a code
        yield f"{rest} {name}"
        if rest.split(" ")[-1].casefold() in _KINDS:
            yield f"{rest} of {name}"
    words = text.split()
    if words and words[-1].casefold() in _SIDES:
        yield f"{words[-1]} {' '.join(words[:-1])}"
    yield from _with_of(words)


def _with_of(words: list[str]) -> Iterator[str]:
    """ "Congo Democratic Republic" and "Democratic Republic Congo" as "Democratic Republic of Congo"."""
    for n in range(1, len(words)):
        before, after = " ".join(words[:n]), " ".join(words[n:])
        if words[-1].casefold() in _KINDS:
            yield f"{after} of {before}"
        elif words[n - 1].casefold() in _KINDS and words[n].casefold() != "of":
            yield f"{before} of {after}"


def _behind(text: str) -> Iterator[tuple[str, str]]:
    """The name and the words after it: in brackets at the end, else after the first or the last comma."""
    name, bracket, behind = text.partition("(")
    if bracket:
        within, _, after = behind.partition(")")
        if name.strip() and not after.strip(" *"):
            yield name.strip(), within.strip()
        return
    for n in sorted({text.find(","), text.rfind(",")} - {-1}):
        if text[:n].strip() and text[n + 1 :].strip():
            yield text[:n].strip(), text[n + 1 :].strip()


def _ways_of(word: str, codes: frozenset[str]) -> tuple[str, ...]:
    """The words that an abbreviation may mean; any other word is itself."""
    short = word.casefold()
    return (word,) if short in codes else ABBREVIATIONS.get(short.rstrip("."), (word,))


def _spelt_out(text: str) -> Iterator[str]:
    """The text with its abbreviations spelt out, in every way that they can be."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", text)
    words = _WORD.findall(plain)
    codes = _CODES_IN_A_LIST if len(parts_of_name(text)) > 1 else _CODES
    ways = [_ways_of(word, codes) for word in words]
    if len(words) < 2 or all(way == (word,) for way, word in zip(ways, words, strict=True)):
        return
    for chosen in islice(product(*ways), _MOST):
        each = iter(chosen)
        yield _WORD.sub(lambda _: next(each), plain)  # noqa: B023  # called before the next way is chosen
