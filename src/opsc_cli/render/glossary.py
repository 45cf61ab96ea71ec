"""The words of an answer and what they mean: standings, certainties, and the terms of treaty reporting."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opsc_cli.law.standing import Standing
from opsc_cli.render.parts import Part, line

STANDINGS: Mapping[Standing, str] = {
    "not-bound": "The Protocol does not bind this State, so it owes nothing under it.",
    "not-yet-bound": "Its instrument is deposited; the Protocol enters into force for it later.",
    "upcoming": "The date has not passed.",
    "overdue": "The date has passed, and the Committee, its secretariat or the State itself says that nothing came.",
    "past-due-no-record": "The date has passed and no submission is on record; the report may have been sent.",
    "past-treaty-term": "The Convention's five-year term has passed; the Committee usually sets another date, and none"
    " is on record.",
    "date-awaited": "The Committee will communicate the date; until then nothing is late.",
    "loipr-awaited": "A date set by the Committee has passed, but the list of issues that the report would answer is"
    " not on record.",
    "with-the-committee": "The report was received; no review of it is on record.",
    "not-established": "The record does not show it; the answer says why.",
}
CERTAINTIES: Mapping[str, str] = {
    "treaty": "computed from the treaty's text and the depositary's dates",
    "committee-set": "set by the Committee, as its text, its secretariat or the State says",
    "practice": "a pattern of the Committee, or what others report or announce",
    "projection": "our own estimate",
}
"""What each certainty means, the surest first. A date that rests on another is never surer than that one."""

WORDS: Mapping[str, str] = {
    "the Committee": "The Committee on the Rights of the Child: the experts who examine the reports of States.",
    "the Convention": "The Convention on the Rights of the Child of 1989 (CRC).",
    "OPSC": "The Optional Protocol to the Convention on the sale of children, child prostitution and child pornography,"
    " of 2000.",
    "State party": "A State that the treaty binds. A signatory has only signed: it owes no report.",
    "instrument": "The document by which a State joins: a ratification, acceptance, approval, accession or succession.",
    "deposit": "The State hands its instrument to the Secretary-General. The Protocol binds it one month later.",
    "initial report": "The first report under the Protocol, due two years after it began to bind the State.",
    "periodic report": "A later report, under the Convention; it includes information on the Protocol.",
    "treaty term": "The day that the Convention's rhythm of five years gives. It is no due date where the Committee"
    " sets another, as it usually does.",
    "expected": "Said of a date that only an NGO, the press or the like reports, not the Committee's own text.",
    "window": "The days between which a date lies, if the record has only a bracket.",
    "displaced": "Said of a date that a rule gives but another rule replaces.",
    "session": "A meeting of the Committee, some three weeks, at which it examines States in public.",
    "pre-session": "Pre-sessional working group: a closed week some months before a session, in which members of the"
    " Committee hear organisations and adopt lists of issues.",
    "list of issues": "The Committee's questions on a report, adopted before the session.",
    "LOIPR": "List of issues prior to reporting: questions that the Committee asks first; the report is the reply.",
    "simplified procedure": "The Committee asks first (LOIPR), and the State's report is its reply. The rule since"
    " 2024, unless the State opted out.",
    "standard procedure": "The State reports first; the Committee then asks (list of issues) and examines.",
    "concluding observations": "The Committee's published findings after it examined a State; they may set the date of"
    " the next report.",
    "review": "The examination of a State at a session. Here it ends with the concluding observations.",
    "even odds": "The month by which the chance reaches one half; a forecast, never a date that anybody set.",
    "alternative report": "What organisations and children send to the Committee beside the State's report.",
    "additional submission": "What organisations send later, on the State's report or on its replies.",
    "symbol": "The number of a United Nations document, such as CRC/C/OPSC/AUT/1.",
}

_BELOW = {
    r"past-treaty-term\b": "past-treaty-term: the Convention's five-year term has passed; no date is set",
    r"past-due-no-record\b": "past-due-no-record: the date has passed; the report may have been sent",
    r"with-the-committee\b": "with-the-committee: received; no review of it is on record",
    r"loipr-awaited\b": "loipr-awaited: the questions that the report would answer are not on record",
    "(?<!only the )[Tt]reaty term": "treaty term: a day by the Convention's five-year rhythm, not a due date",
    "[Pp]re-session|working group": "pre-session, working group: a closed week that prepares a review, months before",
    "LOIPR|prior to reporting": "list of issues prior to reporting: questions first; the report is the reply",
    "[Cc]oncluding observations": "concluding observations: the Committee's published findings on a State",
}
"""What a screen says below itself of a word that is not everyday English, by a pattern that finds the word. A standing
that the screen itself explains is followed by a comma or a colon."""


def with_words(parts: Iterable[Part]) -> list[Part]:
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
    """What a part says, each text without its styles; a bar says nothing."""
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
