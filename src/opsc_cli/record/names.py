"""Which State a text names. Only an exact name or code resolves; similar names are suggested, never used.

A wrong State is worse than a refusal. spelling.py decides which differences between two texts do not count.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from opsc_cli.record.frozen import Frozen, names_of, replace
from opsc_cli.record.records import Name, Refused
from opsc_cli.spelling import LONGEST_CODE, WORDS_IN_A_NAME, normalised, readings_of

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
"""The official languages of the United Nations; every State has a name in each."""


class NotAState(Frozen, kw_only=False):
    """A text that names no State: the reason, and the States that may be meant (ISO alpha-3)."""

    text: str
    because: str
    candidates: tuple[str, ...]


spelt = lru_cache(maxsize=16384)(normalised)
"""`normalised` with a cache, because the checks normalise each name twice."""


def texts_of(iso3: str, name: Name) -> Iterator[str]:
    """All codes, names and aliases of a State, in every language."""
    yield from (iso3, name.iso2, name.m49, name.name)
    if name.formal:
        yield name.formal
    yield from name.aliases
    if name.names:
        for language in names_of(name.names):
            yield from getattr(name.names, language)


def index_of(names: Mapping[str, Name]) -> dict[str, str]:
    """Normalised names and codes, each with its State."""
    return {spelt(text): iso3 for iso3, name in names.items() for text in texts_of(iso3, name)}


def refusals_of(refused: Mapping[str, Refused]) -> dict[str, Refused]:
    """Refused texts by normalised name, in English and in other languages."""
    found: dict[str, Refused] = {}
    for name, refusal in refused.items():
        found |= dict.fromkeys(map(normalised, (name, *refusal.also)), replace(refusal, also=()))
    return found


def find(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState:
    """The ISO alpha-3 code of the State that `text` names, or the reason why it names none.

    Refused texts are checked before names: "Congo" is the UN name of one State but may mean two. M49 codes may be given
    without leading zeros.
    """
    found = _named(text, index, refused) or _named_in_parts(text, index, refused)
    return found or _not_a_state(text, index, refused)


def _not_a_state(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> NotAState:
    from opsc_cli.candidates import MOST_CANDIDATES, NOT_ON_RECORD, similar

    wanted = normalised(text)
    codes = wanted.split(" ")
    if len(codes) > 1 and all(code in index for code in codes):
        because = "several codes; a line, or an argument, names one State"
        return NotAState(text, because, tuple(dict.fromkeys(index[code] for code in codes))[:MOST_CANDIDATES])
    meant = (
        state
        for text in similar(wanted, index, refused)
        for state in ([index[text]] if text in index else refused[text].candidates)
    )
    return NotAState(text, NOT_ON_RECORD, tuple(dict.fromkeys(meant))[:MOST_CANDIDATES])


def _named(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState | None:
    """The first of the readings of `text` that is a name, or is refused."""
    for wanted in readings_of(text):
        if wanted in refused:
            return NotAState(text, refused[wanted].because, refused[wanted].candidates)
        if wanted in index:
            return index[wanted]
    return None


def _named_in_parts(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState | None:
    """ "Myanmar (Burma)" is one State by two names; a refused part, as in "Hong Kong, China", gives the reason."""
    from opsc_cli.rewording import parts_of_name

    parts = parts_of_name(text)
    if len(parts) < 2:
        return None
    found = [_named(part, index, refused) or _named_in_parts(part, index, refused) for part in parts]
    for part, answer in zip(parts, found, strict=True):
        if isinstance(answer, NotAState) and len(part) > LONGEST_CODE:
            return replace(answer, text=text)
    states = set(found)
    return states.pop() if len(states) == 1 and all(len(part) > LONGEST_CODE for part in parts) else None


def find_among_others(text: str, index: Mapping[str, str], refused: Mapping[str, Refused]) -> str | NotAState:
    """Like `find`, for one of several arguments, which may be words of one name ("La France", "Serbia and Montenegro").

    So "and", "et" and "la" in lower case are refused here, although each is the code of a State.
    """
    found = find(text, index, refused)
    if isinstance(found, str) and text in WORDS_IN_A_NAME:
        because = "a word as well as a code; quote a name of several words, write a code in capital letters"
        return NotAState(text, because, (found,))
    return found


class _InLanguage(Mapping[str, Name]):
    def __init__(self, names: Mapping[str, Name], language: Language) -> None:
        self._names, self._language = names, language

    def __getitem__(self, iso3: str) -> Name:
        name = self._names[iso3]
        return replace(name, name=_called(name, self._language))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def in_language(names: Mapping[str, Name], language: Language) -> Mapping[str, Name]:
    """The names, with each State's UN name in `language` if it is on record."""
    return _InLanguage(names, language)


def _called(name: Name, language: str) -> str:
    others: tuple[str, ...] = getattr(name.names, language, ()) if name.names else ()
    return others[0] if others else name.name
