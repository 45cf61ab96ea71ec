"""Which State a text means: exact names and codes resolve, similarity only proposes.

A wrong State is worse than a refusal. Case, accents and vowel marks, apostrophes, hyphens, full stops,
spaces, "the", "St"/"Saint" and "&"/"and"/"et"/"y" make no difference; everything else does. One article before
a name in French or Spanish is overlooked where the text with it names nothing.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from opsc_cli.records import Name, Refused

MOST_CANDIDATES = 5

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The languages in which every State has a name: those of the United Nations."""


@dataclass(frozen=True, slots=True)
class NotAState:
    """A text that resolves to no State: why, and which States it may have meant (ISO alpha-3)."""

    text: str
    because: str
    candidates: tuple[str, ...]


_ACCENTS = (*range(0x300, 0x370), *(c for c in range(0x591, 0x671) if unicodedata.category(chr(c)) == "Mn"))
"""What one may leave out of a name: in Latin, Greek, Cyrillic, Hebrew and Arabic, not in scripts of India or Japan."""
_LETTERS = str.maketrans(
    # letters that Unicode does not take apart, Arabic letters written in two ways, the stretching of Arabic
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"}
    | {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": None}
    | dict.fromkeys("-‐‑‒–—_/,;()（）、，·・", " ")
    | dict.fromkeys(map(chr, _ACCENTS))
    | {"&": " & "}
)
_WORDS = {"st": "saint", "ste": "sainte", "sta": "santa"}
_BETWEEN = {"&": "and", "et": "and", "y": "and"}
_ARTICLES = frozenset({"la", "le", "les", "el", "los", "las"})


@lru_cache(maxsize=16384)  # every name of a dataset is asked for twice when it is checked
def normalised(text: str) -> str:
    """`text` as it is compared: lower case, without accents, punctuation, spaces and the word "the"."""
    return "".join(_words_of(text))


def _words_of(text: str) -> list[str]:
    """The words of `text` as they are compared. A word alone may be a code (ST, ET): it stays as it is."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    words = [word for part in plain.split() if (word := _without_punctuation(part)) not in ("", "the")]
    last = len(words) - 1
    return [_BETWEEN.get(w, w) if 0 < n < last else _WORDS.get(w, w) if last else w for n, w in enumerate(words)]


def _without_punctuation(part: str) -> str:
    return part if part.isalnum() else "".join(c for c in part if c.isalnum() or _is_part_of_a_word(c))


def _is_part_of_a_word(character: str) -> bool:
    return character == "&" or unicodedata.category(character).startswith("M")


def texts_of(iso3: str, name: Name) -> Iterator[str]:
    """Everything that names one State: its codes, names, aliases, and its names in other languages."""
    yield from (iso3, name.iso2, name.m49, name.name)
    if name.formal:
        yield name.formal
    yield from name.aliases
    if name.names:
        for language in fields(name.names):
            yield from getattr(name.names, language.name)


def index_of(names: Mapping[str, Name]) -> dict[str, str]:
    """Every text that resolves, normalised, with the State it means."""
    return {normalised(text): iso3 for iso3, name in names.items() for text in texts_of(iso3, name)}


def refusals_of(refused: Mapping[str, Refused]) -> dict[str, Refused]:
    """Every text that is refused, normalised, under its English name and under the others."""
    return {
        normalised(text): replace(refusal, also=())
        for name, refusal in refused.items()
        for text in (name, *refusal.also)
    }


def find(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState:
    """The ISO alpha-3 code of the State that `text` names, or why it names none.

    A refused text wins over a name: "Congo" is the UN name of one State and means two. M49 codes may be
    given without their leading zeros.
    """
    for wanted in _readings(text):
        if wanted in refused:
            return NotAState(text, refused[wanted].because, refused[wanted].candidates)
        if wanted in index:
            return index[wanted]
    return NotAState(text, "no State on record has this name or code", _similar(normalised(text), index, refused))


def _readings(text: str) -> Iterator[str]:
    """What `text` may be looked up as: itself, then without an article. What follows an article is never a code."""
    words = _words_of(text)
    whole = "".join(words)
    yield whole.lstrip("0").zfill(3) if whole.isascii() and whole.isdecimal() else whole
    rest = "".join(words[1:]) if words and words[0] in _ARTICLES else ""
    if text.strip()[:2].casefold() in ("l'", "l’"):
        rest = whole[1:]
    if len(rest) > 3:
        yield rest


def _similar(wanted: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> tuple[str, ...]:
    from difflib import get_close_matches

    close = get_close_matches(wanted, (*index, *refused), n=4 * MOST_CANDIDATES, cutoff=0.72)
    longer = [text for text in index if len(wanted) >= 4 and wanted in text]
    meant = (
        state for text in (*close, *longer) for state in ([index[text]] if text in index else refused[text].candidates)
    )
    return tuple(dict.fromkeys(meant))[:MOST_CANDIDATES]


def in_language(names: Mapping[str, Name], language: str) -> dict[str, Name]:
    """The same names, each State called as the United Nations call it in `language`, where that is on record."""
    return {iso3: replace(name, name=_called(name, language)) for iso3, name in names.items()}


def _called(name: Name, language: str) -> str:
    others: tuple[str, ...] = getattr(name.names, language, ()) if name.names else ()
    return others[0] if others else name.name
