"""The texts of `opsc help TOPIC`: standings, certainty, columns, words; exit codes, formats, environment, law."""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from types import ModuleType
from typing import Any

from opsc_cli.law import committee, treaty
from opsc_cli.law.authority import Authority
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

_EXIT_CODES = {
    "0": "success; also if a date has passed, or if no State matches the filters",
    "1": "findings: errors from `opsc validate`; an unexplained difference from `opsc audit`; with"
    " `opsc due --exit-code`, a due date or treaty term that has passed, or a report due within --within; with"
    " `opsc data --max-age`, a record that is older; with `opsc fmt --check`, a file that would be reformatted",
    "2": "usage error: unknown option, value or column; unknown or ambiguous State; output file that cannot be written",
    "3": "the dataset is missing, unreadable or invalid",
    "70": "internal error (OPSC_DEBUG=1 shows the traceback), or output that cannot be written",
    "130": "interrupted with Ctrl-C",
}
_ON_EXIT_CODES = ("If the reader of a pipe closes it early, the exit code stays the same.",)

_FORMATS = {
    "table": "for people; default on a terminal",
    "tsv": "tab-separated values, one row per report owed; default in a pipe",
    "csv": "comma-separated values, with the same columns; --excel begins them with a byte order mark, for Excel",
    "json": "one document: versions, last days of the record, day of the answer, then the list (short: --json)",
    "jsonl": "one JSON object per line, without the envelope",
    "md": "Markdown table, with the same columns",
    "ics": "calendar (RFC 5545); available for due, states, sessions, forecast, plan. An event is CONFIRMED if the"
    " treaty or the Committee sets its date, TENTATIVE if the date is practice or a projection. A window covers all its"
    " days. A date that is awaited has no event. A term of the Convention is labelled as a treaty term. Importing a"
    " newer file updates the events. --alarm 90d,2w adds reminders.",
    "svg": "picture with its source line; available for timeline, states (a map with one square per State), stats and"
    " forecast STATE",
    "xlsx": "workbook; needs XlsxWriter, which the extra xlsx of the package installs, and a file: -o FILE.xlsx",
}
_ON_FORMATS = (
    "-o FILE writes to a file, completely or not at all. Its suffix sets the format, unless --format does.",
    "--fields A,B shows only these columns, in this order; an unknown name prints the list. JSON is then flat.",
    "Dates are ISO dates. A value that is not on record is null in JSON, and empty in rows.",
    "The same data and the same --as-of give the same bytes.",
)

_ENVIRONMENT = {
    "OPSC_AS_OF": "day of the answer; same as --as-of",
    "OPSC_DATA": "folder of the dataset; same as --data",
    "OPSC_LANG": "language of the names of States; same as --lang",
    "OPSC_PAGER": "pager for output longer than the terminal; wins over PAGER. With neither, no pager runs",
    "OPSC_QUIET": "if set, do not warn that the data are old; same as -q",
    "OPSC_DEBUG": "if 1, show the traceback of an internal error",
    "PAGER": "see OPSC_PAGER; if NO_PAGER is set, no pager runs",
    "NO_COLOR": "if set, no colour; wins over FORCE_COLOR. TERM=dumb has the same effect",
    "FORCE_COLOR": "if set, colour output even when piped",
}
_ON_ENVIRONMENT = (
    "An option wins over an environment variable. opsc reads no configuration file and does not use the network.",
)


_ON_STANDINGS = (
    "A date has passed from the second day after it. Silence is not lateness: only `overdue` says that a report is"
    " known to be missing.",
)
_ON_CERTAINTY = ("A date that rests on another is never surer than that one.",)
_ON_FIELDS = (
    "`--fields A,B` chooses columns, `--fields all` has every one. An empty cell is unknown or does not apply.",
)
_ON_WORDS = ("`opsc help law` has the articles; `opsc help standings` the standings.",)


def contents(width: int) -> str:
    """The list of topics, in lines of at most `width` columns."""
    on_contents = (
        "opsc help TOPIC explains one of these. It explains a standing, a column or a word, too: opsc help"
        " past-treaty-term. opsc COMMAND --help explains a command.",
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
        "exit-codes": _listed(_EXIT_CODES, _ON_EXIT_CODES, width),
        "formats": _listed(_FORMATS, _ON_FORMATS, width),
        "environment": _listed(_ENVIRONMENT, _ON_ENVIRONMENT, width),
        "law": _law(width),
    }


def _listed(meanings: Mapping[Any, str], notes: tuple[str, ...], width: int) -> str:
    """Terms with their meanings beside them, then notes."""
    margin = max(map(len, meanings)) + 2
    lines = [
        line for term, text in meanings.items() for line in _hanging(f"{term:{margin}}", " " * margin, text, width)
    ]
    lines += ["", *(line for text in notes for line in _wrapped(text, width))]
    return "\n".join((*lines, ""))


def _hanging(first: str, below: str, text: str, width: int) -> list[str]:
    return _wrapped(text, width, initial_indent=first, subsequent_indent=below)


def _wrapped(text: str, width: int, **indents: str) -> list[str]:
    """Lines that keep an option such as --as-of in one piece."""
    return wrap(text, width, break_on_hyphens=False, **indents)  # type: ignore[arg-type]


def _law(width: int) -> str:
    rules = dict.fromkeys(rule for module in (treaty, committee) for rule in _rules(module))
    return "\n".join(
        "\n".join(
            (*_wrapped(f"{rule.short}: {rule.name}", width), *_hanging("  ", "  ", rule.rule, width), f"  {rule.url}\n")
        )
        for rule in rules
    )


def _rules(module: ModuleType) -> Iterator[Authority]:
    return (rule for rule in vars(module).values() if isinstance(rule, Authority))
