"""The outcome of facts given to `opsc record`: as text, as a table, as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

from opsc_cli.console import printable
from opsc_cli.dataset.intake.facts import Fact
from opsc_cli.dataset.intake.outcome import Entered
from opsc_cli.dataset.reader import FORMULA
from opsc_cli.render.diff import answer_content, answer_line
from opsc_cli.render.findings import finding_content
from opsc_cli.render.listing import SCHEMA_VERSION, Row, comma_separated, tab_separated, text_of
from opsc_cli.render.parts import grid, line
from opsc_cli.render.screen import drawn
from opsc_cli.render.terminal import Screen

if TYPE_CHECKING:
    from opsc_cli.render import documents

Lines = Sequence[int | None]
"""The line of each fact in its table; None where it came from the command line."""

COLUMNS = ("line", "state", "fact", "value", "outcome", "why")


def _rows(entered: Entered, lines: Lines) -> list["documents.Outcome"]:
    return [
        {
            "line": number,
            "state": outcome.fact.state,
            "fact": outcome.fact.fact,
            "value": outcome.fact.value,
            "outcome": outcome.verdict,
            "why": outcome.why,
        }
        for number, outcome in zip(lines, entered.outcomes, strict=True)
    ]


def counted(entered: Entered) -> str:
    """How many facts there were of each outcome."""
    found = [outcome.verdict for outcome in entered.outcomes]
    return ", ".join(f"{found.count(verdict)} {verdict}" for verdict in dict.fromkeys(found)) or "no fact in the table"


def _text(entered: Entered, _: Lines, screen: Screen) -> str:
    """The change of the YAML, what became of the fact, and the answers that change."""
    edit = "".join(_edit(entered, screen))
    said = (f"{outcome.verdict}: {_named(outcome.fact)}: {outcome.why}" for outcome in entered.outcomes)
    return edit + "".join(f"{line}\n" for line in (*said, *_consequences(entered)))


def _named(fact: Fact) -> str:
    return printable(" ".join(filter(None, (fact.state, fact.fact, fact.value))))


def _table(entered: Entered, lines: Lines, screen: Screen) -> str:
    """A row a fact, and the answers that change."""
    rows = [[printable(str(value or "")) for value in row.values()] for row in _rows(entered, lines)]
    table = grid([name.capitalize() for name in COLUMNS], rows)
    said = (f"{counted(entered)}.", *_consequences(entered))
    return drawn((table, *map(line, said)), screen)


def _edit(entered: Entered, screen: Screen) -> Iterator[str]:
    for name, after in entered.after.items():
        file = f"{name}.yaml"
        lines = unified_diff(
            entered.before[name].splitlines(), after.splitlines(), f"a/{file}", f"b/{file}", lineterm=""
        )
        yield "".join(f"{_coloured(line) if screen.colour else line}\n" for line in lines)


_COLOURS = {"---": "1", "+++": "1", "@@": "35", "-": "31", "+": "1"}
"""How lines of a difference are shown in colour, by how they begin: removed lines are red, added ones bold."""


def _coloured(line: str) -> str:
    code = next((code for begins, code in _COLOURS.items() if line.startswith(begins)), None)
    return f"\x1b[{code}m{line}\x1b[0m" if code else line


def _consequences(entered: Entered) -> Iterator[str]:
    """The warnings of the checks, and the answers that change."""
    yield from (f"{finding} (warning)" for finding in entered.warnings)
    answers = entered.comparison.answers
    if answers:
        states = len({answer.iso3 for answer in answers})
        of = f"{len(answers)} in {states} {'State' if states == 1 else 'States'}"
        yield f"Answers that change, by what is known on {entered.comparison.as_of}: {of}"
        yield from (f"  {answer_line(answer)}" for answer in answers)
    elif entered.after:
        yield f"No answer changes, by what is known on {entered.comparison.as_of}."


def _tsv(entered: Entered, lines: Lines, _: Screen) -> str:
    return tab_separated(COLUMNS, _plain(_rows(entered, lines)))


def _csv(entered: Entered, lines: Lines, _: Screen) -> str:
    return comma_separated(COLUMNS, _plain(_rows(entered, lines)))


def _plain(rows: "Sequence[documents.Outcome]") -> list[Row]:
    return [{name: _inert(value) for name, value in row.items()} for row in rows]


def _inert(value: object) -> int | str | None:
    """A cell with what somebody else may have put into a table of facts: a spreadsheet takes it for no formula."""
    if not isinstance(value, str):
        return value if isinstance(value, int) else None
    return printable(f"'{value}" if value.startswith(FORMULA) else value)


def _json(entered: Entered, lines: Lines, _: Screen) -> str:
    document: documents.RecordDocument = {
        "schema_version": SCHEMA_VERSION,
        "as_of": str(entered.comparison.as_of),
        "outcomes": _rows(entered, lines),
        "files": [f"{name}.yaml" for name in entered.after],
        "warnings": [finding_content(finding) for finding in entered.warnings],
        "answers": [answer_content(answer) for answer in entered.comparison.answers],
    }
    return text_of(document)


FORMATS: Mapping[str, Callable[[Entered, Lines, Screen], str]] = {
    "text": _text,
    "table": _table,
    "tsv": _tsv,
    "csv": _csv,
    "json": _json,
}
"""The change and what follows from it; a table for a terminal; rows for a spreadsheet; one JSON document."""

SUFFIXES = {".txt": "text", ".tsv": "tsv", ".csv": "csv", ".json": "json"}
"""The formats of files, by how their names end."""
