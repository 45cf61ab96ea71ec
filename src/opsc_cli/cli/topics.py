"""The texts of `opsc help TOPIC`: standings, certainty, columns, words; exit codes, formats, environment, law."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from opsc_cli.cli.conventions import ENVIRONMENT, EXIT_CODES, FORMATS, ON_ENVIRONMENT, ON_EXIT_CODES, ON_FORMATS
from opsc_cli.law.rules import rules
from opsc_cli.render.fields import DUE
from opsc_cli.render.glossary import CERTAINTIES, STANDINGS, WORDS

_ABOUT = {
    "standings": "how a report stands: upcoming, overdue, past-treaty-term and the others",
    "certainty": "how sure a date is",
    "fields": "the columns of due, states and whatif",
    "glossary": "the words of treaty reporting",
    "exit-codes": "what each exit code means",
    "formats": "the output formats, and how to choose columns and files",
    "environment": "the environment variables",
    "law": "the rules that the answers apply, with links",
}

_ON_STANDINGS = (
    "A date has passed from the second day after it. Silence is not lateness: only `overdue` says that a report is"
    " known to be missing.",
)
_ON_CERTAINTY = ("A date that rests on another is never surer than that one.",)
_ON_FIELDS = (
    "`--fields A,B` chooses columns, `--fields all` has every one. An empty cell is unknown or does not apply.",
)
_ON_WORDS = ("`opsc help law` has the articles; `opsc help standings` the standings.",)


_NARROWEST = 24
"""The columns that a meaning needs beside its term, so that few words are broken."""


def contents(width: int) -> str:
    """The list of topics, in lines of at most `width` columns."""
    on_contents = (
        "`opsc help TOPIC` explains one of these. It explains a standing, a column or a word, too: `opsc help"
        " past-treaty-term`. `opsc COMMAND --help` explains a command.",
    )
    return _listed(_ABOUT, on_contents, width)


def words() -> dict[str, str]:
    """Every word that is explained by itself: standings, certainties, terms and columns."""
    fields = {name: f"{field.holds}." for name, field in DUE.items()}
    certainties = {name: f"How sure a date is: {text}." for name, text in CERTAINTIES.items()}
    standings = {str(name): text for name, text in STANDINGS.items()}
    return {**fields, **WORDS, **certainties, **standings}


def explained(word: str, width: int) -> str:
    """What a word means, in lines of at most `width` columns."""
    return "\n".join((*_wrapped(f"{word}: {words()[word]}", width, subsequent_indent="  "), ""))


def topics(width: int) -> dict[str, str]:
    """Every topic with its text, in lines of at most `width` columns; only URLs may be longer."""
    fields = {name: field.holds for name, field in DUE.items()}
    return {
        "standings": _listed(STANDINGS, _ON_STANDINGS, width),
        "certainty": _listed(CERTAINTIES, _ON_CERTAINTY, width),
        "fields": _listed(fields, _ON_FIELDS, width),
        "glossary": _listed(WORDS, _ON_WORDS, width),
        "exit-codes": _listed(EXIT_CODES, ON_EXIT_CODES, width),
        "formats": _listed(FORMATS, ON_FORMATS, width),
        "environment": _listed(ENVIRONMENT, ON_ENVIRONMENT, width),
        "law": _law(width),
    }


def _listed(meanings: Mapping[Any, str], notes: tuple[str, ...], width: int) -> str:
    """Terms with their meanings beside them, or where these would be too narrow in lines of their own; then notes."""
    margin = max(map(len, meanings)) + 2
    beside = width - margin >= _NARROWEST
    said = (
        _hanging(f"{term:{margin}}", " " * margin, text, width)
        if beside
        else _wrapped(f"{term}: {text}", width, subsequent_indent="  ")
        for term, text in meanings.items()
    )
    lines = [line for one in said for line in one]
    lines += ["", *(line for text in notes for line in _wrapped(text, width))]
    return "\n".join((*lines, ""))


def _hanging(first: str, below: str, text: str, width: int) -> list[str]:
    return _wrapped(text, width, initial_indent=first, subsequent_indent=below)


def _wrapped(text: str, width: int, **indents: str) -> list[str]:
    """Lines that keep an option such as --as-of in one piece."""
    return wrap(text, width, break_on_hyphens=False, **indents)  # type: ignore[arg-type]


def _law(width: int) -> str:
    return "\n".join(
        "\n".join(
            (*_wrapped(f"{rule.short}: {rule.name}", width), *_hanging("  ", "  ", rule.rule, width), f"  {rule.url}\n")
        )
        for rule in rules()
    )
