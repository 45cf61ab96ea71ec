"""Which State a text means: exact names and codes resolve, similarity only proposes.

A wrong State is worse than a refusal. What makes no difference between two texts is spelling.py's to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Literal

from opsc_cli.record.frozen import frozen_in_order
from opsc_cli.record.records import Name, Refused
from opsc_cli.spelling import LONGEST_CODE, normalised, readings_of

MOST_CANDIDATES = 5

_WORDS_IN_A_NAME = frozenset({"and", "et", "la", "La"})

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
"""The languages in which every State has a name: those of the United Nations."""


@frozen_in_order
class NotAState:
    """A text that resolves to no State: why, and which States it may have meant (ISO alpha-3)."""

    text: str
    because: str
    candidates: tuple[str, ...]


spelt = lru_cache(maxsize=16384)(normalised)
"""`normalised`, remembered: whoever checks a dataset asks for each of its names twice."""


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
    return {spelt(text): iso3 for iso3, name in names.items() for text in texts_of(iso3, name)}


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
    for wanted in readings_of(text):
        if wanted in refused:
            return NotAState(text, refused[wanted].because, refused[wanted].candidates)
        if wanted in index:
            return index[wanted]
    wanted = normalised(text)
    codes = wanted.split(" ")
    if len(codes) > 1 and all(code in index for code in codes):
        because = "several codes; a line, or an argument, names one State"
        return NotAState(text, because, tuple(dict.fromkeys(index[code] for code in codes))[:MOST_CANDIDATES])
    return NotAState(text, "no State on record has this name or code", _similar(wanted, index, refused))


def find_among_others(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState:
    """The same for one of several texts of a line: "La France", "Serbia and Montenegro" may be a name in pieces.

    "and", "et" and "la" in small letters are therefore refused there, though each is the code of a State.
    """
    found = find(text, index, refused)
    if isinstance(found, str) and text in _WORDS_IN_A_NAME:
        because = "a word as well as a code; quote a name of several words, write a code in capital letters"
        return NotAState(text, because, (found,))
    return found


def _similar(wanted: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> tuple[str, ...]:
    from difflib import get_close_matches

    words = wanted.split(" ")
    if len(words) > 1:  # a code with more behind it, as those of a State's parts have (SE-N)
        close = [word for word in words[:1] if word in index]
    elif len(wanted) <= LONGEST_CODE:  # a code of another list (GER, SUI): one letter more or less says nothing
        close = [text for text in index if len(wanted) > 1 and text.startswith(wanted) and len(text) > LONGEST_CODE]
    else:
        close = get_close_matches(wanted, (*index, *refused), n=4 * MOST_CANDIDATES, cutoff=0.72)
    longer = [text for text in index if len(wanted) > LONGEST_CODE and wanted in text]
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
