"""A fact as the user gives it: the State, the value and the source, all as text, not yet checked."""

import re
from dataclasses import dataclass, fields
from typing import Literal, get_args

from opsc_cli.answers.missing import PLACEHOLDERS

FactName = Literal[
    "report-received",
    "due-printed",
    "list-of-issues",
    "loipr",
    "review",
    "observations",
    "next-due",
    "not-submitted",
    "programme",
    "procedure",
    "signature",
    "deposit",
    "entry-into-force",
    "checked",
    "session",
    "pre-session",
    "total",
]

COMMITTEE = "committee"
"""Used instead of a State for facts about none: a meeting, a total."""

ABOUT_NO_STATE: tuple[FactName, ...] = ("session", "pre-session", "total")


class Refusal(Exception):
    """The fact cannot be added; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact with its source, from options or table columns; an empty text means not given."""

    state: str
    fact: str
    value: str
    treaty: str = ""
    numbers: str = ""
    session: str = ""
    symbol: str = ""
    evidence: str = ""
    replies_by: str = ""
    asserted_by: str = ""
    paragraph: str = ""
    covers: str = ""
    act: str = ""
    of: str = ""
    on: str = ""
    over_years: str = ""
    up_to_years: str = ""
    opens: str = ""
    closes: str = ""
    status: str = ""
    place: str = ""
    follows: str = ""
    prepares: str = ""
    known_on: str = ""
    checked: str = ""
    again: str = ""
    note: str = ""
    source: str = ""
    title: str = ""
    publisher: str = ""
    kind: str = ""
    source_symbol: str = ""
    url: str = ""
    read_at: str = ""
    as_of: str = ""
    read: str = ""
    part_read: str = ""
    source_note: str = ""
    confirmed: str = ""
    disagreement: str = ""
    replace: str = ""


COLUMNS = tuple(f.name for f in fields(Fact))

OF_THE_SOURCE = COLUMNS[COLUMNS.index("source") : COLUMNS.index("confirmed")]
OF_THE_CHOICE = COLUMNS[COLUMNS.index("confirmed") :]
_FILLED_IN = ("value", "numbers", "symbol", "replies_by", "paragraph", "source_symbol", "url")
"""Where `opsc missing` leaves something to be filled in."""
_ALWAYS = ("state", "fact", "value", "again", "note", *OF_THE_SOURCE, *OF_THE_CHOICE)

TAKES: dict[FactName, tuple[str, ...]] = {
    "report-received": ("treaty", "numbers", "session", "symbol"),
    "due-printed": ("treaty", "numbers", "session", "symbol"),
    "list-of-issues": ("treaty", "numbers", "session", "symbol", "replies_by"),
    "loipr": ("numbers", "symbol", "replies_by", "covers"),
    "review": ("treaty", "numbers", "session", "symbol", "evidence"),
    "observations": ("treaty", "numbers", "session", "symbol", "evidence"),
    "next-due": ("treaty", "numbers", "session", "asserted_by", "paragraph"),
    "not-submitted": ("treaty", "asserted_by"),
    "programme": ("treaty", "numbers", "symbol", "known_on"),
    "procedure": ("treaty", "numbers", "session", "symbol"),
    "signature": ("treaty",),
    "deposit": ("treaty", "act"),
    "entry-into-force": (),
    "checked": (),
    "session": ("opens", "closes", "status", "place", "known_on", "checked"),
    "pre-session": ("opens", "closes", "status", "follows", "prepares", "known_on", "checked"),
    "total": ("of", "on", "over_years", "up_to_years"),
}
"""The further options of each kind of fact."""


def well_formed(fact: Fact) -> Fact:
    """The fact with normalised spaces. Raises Refusal if its kind is unknown or an option does not belong to it."""
    if fact.fact not in get_args(FactName):
        raise Refusal(f"no fact {fact.fact!r}; expected one of {', '.join(get_args(FactName))}")
    given = {name: " ".join(getattr(fact, name).split()) for name in COLUMNS}
    for name, text in given.items():
        if not text.isprintable():
            raise Refusal(f"{as_option(name)} contains a character that does not print; type the text again")
    takes = (*_ALWAYS, *TAKES[fact.fact])  # type: ignore[index]
    for name in (name for name, text in given.items() if text and name not in takes):
        listed = ", ".join(as_option(taken) for taken in TAKES[fact.fact]) or "none"  # type: ignore[index]
        raise Refusal(
            f"{as_option(name)} cannot be used with {fact.fact}; leave it out (options for this fact: {listed})"
        )
    if not given["value"]:
        raise Refusal("the value is missing; add what the source says")
    for name in _FILLED_IN:
        if placeholder := next((word for word in PLACEHOLDERS if word in re.split(r"[/ ]", given[name])), None):
            shown = "the value" if name == "value" else as_option(name)
            raise Refusal(f"{shown} still has {placeholder}; write what the source says in its place")
    if given["disagreement"] and given["replace"]:
        raise Refusal("--disagreement and --replace contradict each other; use one of them")
    return Fact(**given)


def as_option(name: str) -> str:
    """The option of `opsc record` for a column."""
    return "--" + name.replace("_", "-")
