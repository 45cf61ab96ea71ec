"""Which State a text means: exact names and codes resolve, similarity only proposes.

A wrong State is worse than a refusal. Case, accents, apostrophes, hyphens, full stops, spaces, "the",
"St"/"Saint" and "&"/"and" make no difference; everything else does.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from opsc_cli.records import Name, Refused

MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class NotAState:
    """A text that resolves to no State: why, and which States it may have meant (ISO alpha-3)."""

    text: str
    because: str
    candidates: tuple[str, ...]


def normalised(text: str) -> str:
    """`text` as it is compared: lower case, without accents, punctuation, spaces and the word "the"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("&", " and ").replace("ı", "i").replace("ø", "o")
    letters = "".join(" " if c in "-–—_/,()" else c for c in plain if not unicodedata.combining(c))
    words = "".join(c for c in letters if c.isalnum() or c.isspace()).split()
    return "".join("saint" if word == "st" else word for word in words if word != "the")


def index_of(names: Mapping[str, Name]) -> dict[str, str]:
    """Every text that resolves, normalised, with the State it means."""
    index: dict[str, str] = {}
    for iso3, name in names.items():
        for text in (iso3, name.iso2, name.m49, name.name, *([name.formal] if name.formal else ()), *name.aliases):
            index[normalised(text)] = iso3
    return index


def find(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState:
    """The ISO alpha-3 code of the State that `text` names, or why it names none.

    A refused text wins over a name: "Congo" is the UN name of one State and means two. M49 codes may be
    given without their leading zeros.
    """
    wanted = normalised(text)
    if wanted.isascii() and wanted.isdecimal():
        wanted = wanted.zfill(3)
    if wanted in refused:
        return NotAState(text, refused[wanted].because, refused[wanted].candidates)
    found = index.get(wanted)
    return found or NotAState(text, "no State on record has this name or code", _similar(wanted, index))


def _similar(wanted: str, index: Mapping[str, str]) -> tuple[str, ...]:
    from difflib import get_close_matches

    longer = [text for text in index if len(wanted) >= 4 and wanted in text]
    close = [*get_close_matches(wanted, index, n=MOST_CANDIDATES, cutoff=0.72), *longer]
    return tuple(dict.fromkeys(index[text] for text in close))[:MOST_CANDIDATES]
