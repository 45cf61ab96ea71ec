"""Below a screen, each word on it that is not everyday English, in one line; glossary.py has the whole meanings."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from opsc_cli.render.parts import Part, line

_BELOW = {
    r"past-treaty-term\b": "past-treaty-term: the Convention's five-year term has passed; no date is set",
    r"past-due-no-record\b": "past-due-no-record: the date has passed; the report may have been sent",
    r"with-the-committee\b": "with-the-committee: received; no review of it is on record",
    r"loipr-awaited\b": "loipr-awaited: the questions that the report would answer are not on record",
    "(?<!only the )[Tt]reaty term": "treaty term: a day by the Convention's five-year rule, not a due date",
    "[Pp]re-session|working group": "pre-session, working group: a closed week that prepares a review, months before",
    "LOIPR|prior to reporting": "list of issues prior to reporting: questions first; the report is the reply",
    "[Ee]ven odds": "even odds: one chance in two by then, if it has not happened yet",
    "Displaced": "displaced: a date that one rule gives and another rule replaces",
    "[Cc]oncluding observations": "concluding observations: the Committee's published findings on a State",
}
"""The footnote for each word that is not everyday English, by a pattern that finds the word. A standing
that the screen itself explains is followed by a comma or a colon."""


def with_footnotes(parts: Iterable[Part]) -> list[Part]:
    """The parts, and below them a line for each word that is not everyday English."""
    parts = list(parts)
    said = [text for part in parts for text in _texts_of(part)]
    lines = list(_lines("\n".join(said)))
    if not lines:
        return parts
    apart = [line("")] if said[-1] else []
    return [*parts, *apart, *lines, line("More words: `opsc help glossary`")]


def _lines(said: str) -> Iterator[Part]:
    for pattern, below in _BELOW.items():
        if re.search(rf"(?:{pattern})(?![,:] )", said):
            word, meaning = below.split(": ", 1)
            yield line((f"{word}: ", "bold"), meaning)


def _texts_of(part: Any) -> Iterator[str]:
    """The texts of a part, without styles; a bar has none."""
    match part:
        case {"spans": spans}:
            yield _plain(spans)
        case {"text": text}:
            yield text
        case {"kind": "box", "rows": rows}:
            for label, spans in rows:
                yield from (label, _plain(spans))
        case {"kind": "beside", "left": left, "right": right}:
            yield from (*_texts_of(left), *_texts_of(right))
        case {"titles": titles, "rows": rows}:
            yield from titles
            yield from (_plain(cell) for row in rows for cell in row or () if not isinstance(cell, dict))


def _plain(cell: Any) -> str:
    return "".join(text if isinstance(text, str) else text[0] for text in cell)
