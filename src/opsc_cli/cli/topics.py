"""What `opsc help TOPIC` says: exit codes, formats, the environment, the law."""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from types import ModuleType

from opsc_cli.law import committee, treaty
from opsc_cli.law.authority import Authority

_EXIT_CODES = {
    "0": "answered; also where a State is late, and where a filter leaves nothing",
    "1": "findings: `opsc validate`, `opsc audit` with an unexplained difference, `opsc due --exit-code` where a State"
    " is late or a due date lies within --within, `opsc data --max-age` where the record is older",
    "2": "a wrong call: an unknown option or field, an unknown or ambiguous State, a file that cannot be written",
    "3": "the dataset cannot be read or is not valid; a wrong --data path",
    "70": "a fault of this program (OPSC_DEBUG=1 shows where), or an answer that could not be written",
    "130": "interrupted (Ctrl-C); a closed pipe ends quietly with 0",
}

_FORMATS = {
    "table": "for a person: the default on a terminal",
    "tsv": "tab-separated values, one line a report that is owed, never cut: the default in a pipe",
    "csv": "comma-separated values, the same columns",
    "json": "one document: versions, where the record ends, the day asked about, then the list (--json for short)",
    "jsonl": "one element of the list a line, without what stands around it",
    "md": "a table in Markdown, the same columns",
    "ics": "a calendar (RFC 5545): opsc due, states, sessions, forecast, plan. CONFIRMED: set by the treaty or the"
    " Committee; TENTATIVE: practice or projection. A window spans its days, an awaited date makes no event, and a term"
    " of the Convention is called a treaty term. A later import updates an earlier one. --alarm 90d,2w reminds.",
    "xlsx": "a workbook, with the extra xlsx; name a file: -o FILE.xlsx",
}
_OF_FORMATS = (
    "-o FILE writes to a file, whole or not at all; its suffix says the format unless --format does.",
    "--fields A,B gives these columns only, in this order; a wrong one lists all. In json each element is then flat.",
    "Days are ISO dates. What is not on record is null, or empty in lines and columns.",
    "The same data and the same --as-of give the same bytes.",
)

_ENVIRONMENT = {
    "OPSC_AS_OF": "the day asked about, as --as-of",
    "OPSC_DATA": "a folder with the dataset, as --data",
    "OPSC_LANG": "the language of the States' names, as --lang",
    "OPSC_PAGER": "the pager for a table that is longer than the terminal; before PAGER. Without either there is none",
    "OPSC_QUIET": "set: do not say that the data are old, as -q",
    "OPSC_DEBUG": "1: show where this program failed",
    "PAGER": "see OPSC_PAGER; NO_PAGER set: none",
    "NO_COLOR": "set: no colour, also where FORCE_COLOR is set; TERM=dumb does the same",
    "FORCE_COLOR": "set: colour tables also where no terminal reads them",
}
_OF_THE_ENVIRONMENT = (
    "An option on the command line wins over the environment. Nothing is read from any other place: no settings file,"
    " no network.",
)


def _told(words: Mapping[str, str], rest: tuple[str, ...], width: int) -> str:
    """Words with what they mean beside them, then paragraphs."""
    margin = max(map(len, words)) + 2
    lines = [line for word, text in words.items() for line in _hanging(f"{word:{margin}}", " " * margin, text, width)]
    lines += ["", *(line for text in rest for line in wrap(text, width))] if rest else []
    return "\n".join((*lines, ""))


def _hanging(first: str, below: str, text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=first, subsequent_indent=below)


def _law(width: int) -> str:
    rules = dict.fromkeys(rule for module in (treaty, committee) for rule in _rules(module))
    return "\n".join(
        "\n".join(
            (*wrap(f"{rule.short}: {rule.name}", width), *_hanging("  ", "  ", rule.rule, width), f"  {rule.url}\n")
        )
        for rule in rules
    )


def _rules(module: ModuleType) -> Iterator[Authority]:
    return (rule for rule in vars(module).values() if isinstance(rule, Authority))


def topics(width: int) -> dict[str, str]:
    """Every topic with its text, in lines of at most `width` columns but for addresses."""
    return {
        "exit-codes": _told(_EXIT_CODES, (), width),
        "formats": _told(_FORMATS, _OF_FORMATS, width),
        "environment": _told(_ENVIRONMENT, _OF_THE_ENVIRONMENT, width),
        "law": _law(width),
    }
