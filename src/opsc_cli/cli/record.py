"""`opsc record`: a fact with its source into the dataset, from the command line or from a table of facts."""

import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from opsc_cli import console
from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.fact_options import Given
from opsc_cli.cli.options import Colour, Data, Json, Output, day_option, with_shared_options
from opsc_cli.cli.output import chosen_format, put
from opsc_cli.cli.saving import save_all
from opsc_cli.cli.second import typed_again
from opsc_cli.console import FINDINGS, UNREADABLE, USAGE, fail, write
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.intake.facts import Fact, FactName
from opsc_cli.dataset.load import is_installed

if TYPE_CHECKING:
    from opsc_cli.dataset.intake.outcome import Entered

Subject = Annotated[str, argument(metavar="[STATE]", help="Code or name; `committee` for a meeting or a total.")]
FactNamed = Annotated[FactName | None, argument(metavar="[FACT]", help="What is recorded.")]
ValueGiven = Annotated[
    str,
    argument(
        metavar="[VALUE]",
        help="Day, month, year or bracket A..B; a symbol if the day is not known; a number; a term.",
    ),
]
_MANY = "Many facts"

From = Annotated[
    Path | None,
    option("--from", metavar="FILE", help="Read a table of facts (.csv, .xlsx).", panel=_MANY),
]
KeepGoing = Annotated[
    bool,
    option("--keep-going", help="Write what can be taken, even if other facts cannot.", panel=_MANY),
]
Template = Annotated[
    bool,
    option("--template", help="Write an empty table with an example of each fact.", panel=_MANY),
]
DryRun = Annotated[bool, option("--dry-run", help="Show the changes without writing them.")]
AnswersOn = Annotated[
    date | None, day_option("--answers-on", "Compare the answers as of this day (default: today, UTC).", "OPSC_AS_OF")
]
FormatName = Annotated[
    Literal["text", "table", "tsv", "csv", "json"] | None,
    option(
        "--format",
        help="Output format (default: text for one fact; for a table of facts, table on a terminal, otherwise tsv).",
    ),
]


@with_shared_options(options=Given)
def record(
    given: Given,
    state: Subject = "",
    fact: FactNamed = None,
    value: ValueGiven = "",
    table: From = None,
    keep_going: KeepGoing = False,
    template: Template = False,
    dry_run: DryRun = False,
    answers_on: AnswersOn = None,
    data: Data = None,
    format: FormatName = None,
    json: Json = False,
    output: Output = None,
    color: Annotated[Colour, option("--color", metavar="WHEN", help="When to use colour.")] = "auto",
) -> None:
    """Record a fact with its source: show what changes, check the dataset, write all files or none.

    A fact that is on record already changes nothing. One that contradicts the record is refused, with both values
    and both sources. Exit 1 if a fact was not taken.

    Example: opsc record Nepal report-received 2009-05-12 --source CRC-C-OPSC-NPL-1 --dry-run
    Example: opsc record --template > facts.csv
    """
    if template:
        put(_template(), output, write)
        return
    folder = _folder(data)
    facts, lines = _one(given, state, fact, value) if table is None else _many(table, given, state)
    day = answers_on or console.today()
    entered = _entered(folder, facts, day)
    if table is None and not dry_run and (again := typed_again(entered, days=2 if given.replies_by else 1)):
        entered = _entered(folder, [replace(facts[0], again=again)], day)
    form = _form(format, json, output, many=table is not None)
    shown = _shown(entered, lines, form, output, color)
    is_wanted = not dry_run and (keep_going or not entered.left_out)
    written = is_wanted and _saved(entered, folder)
    put(shown, output, write)
    _tell(entered, folder, written=written, remedy=not (dry_run or keep_going or table is None))


def _template() -> str:
    from opsc_cli.dataset.intake.template import template

    return template()


def _folder(data: Path | None) -> Path:
    """The folder of the dataset that is kept here: never the one of an installation, which the next one overwrites."""
    folder = data or Path("data")
    if data is None and not os.path.lexists(folder):
        advice = "change to the top folder of your copy of the repository, or name the dataset's folder with --data DIR"
        fail(USAGE, f"no folder data here; {advice}")
    if is_installed(folder):
        fail(USAGE, f"{folder} is part of the installed package; copy it, and name the copy with --data DIR")
    return folder


def _one(given: Given, state: str, fact: FactName | None, value: str) -> tuple[list[Fact], list[int | None]]:
    """The fact of the command line."""
    if not (state and fact and value):
        fail(USAGE, "expected a State, a fact and its value, or --from FILE; see `opsc record --help`")
    said = {name: text for name, text in asdict(given).items() if text}
    return [Fact(**{"read": _today(), **said, "state": state, "fact": fact, "value": value})], [None]


def _many(table: Path, given: Given, state: str) -> tuple[list[Fact], list[int | None]]:
    """The facts of a table, with their lines."""
    from opsc_cli.dataset.intake.table import NoTable, facts_in

    if state or any(text for name, text in asdict(given).items() if name != "read"):
        fail(USAGE, "--from FILE reads the facts from a table; of the options for a fact, only --read can be added")
    try:
        found = facts_in(table, given.read or _today())
    except NoTable as error:
        fail(USAGE, f"--from {table}: {error}")
    return [fact for _, fact in found], [line for line, _ in found]


def _today() -> str:
    return str(console.today())


def _entered(folder: Path, facts: Sequence[Fact], day: date) -> "Entered":
    from opsc_cli.dataset.intake.edit import NotLaidOut
    from opsc_cli.dataset.intake.entry import Entry

    try:
        return Entry(folder).of(facts, day)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))
    except NotLaidOut as file:
        fail(FINDINGS, f"{file}: not in the canonical layout; run `opsc fmt {folder}` first")


def _saved(entered: "Entered", folder: Path) -> bool:
    """Writes the files that change, all or none; whether there are any."""
    before, after = ({f"{name}.yaml": text for name, text in some.items()} for some in (entered.before, entered.after))
    if after:
        save_all(after, folder, held={name: text.encode() for name, text in before.items()})
    return bool(after)


def _form(format: str | None, json: bool, output: Path | None, *, many: bool) -> str:
    from opsc_cli.render.intake import SUFFIXES

    default = "text" if not many else "table" if console.at_a_terminal() and output is None else "tsv"
    return chosen_format(json, format, output, SUFFIXES, default)


def _shown(entered: "Entered", lines: Sequence[int | None], form: str, output: Path | None, color: str) -> str:
    from opsc_cli.render.intake import FORMATS
    from opsc_cli.render.terminal import Screen

    in_colour = console.colour(color) and output is None
    return FORMATS[form](entered, lines, Screen(console.width(), in_colour))


def _tell(entered: "Entered", folder: Path, *, written: bool, remedy: bool) -> None:
    """Says on standard error what was written; exits with 1 if a fact was left out, with a `remedy` if there is one."""
    from opsc_cli.render.intake import counted

    names = ", ".join(f"{name}.yaml" for name in entered.after)
    kept = f"written to {folder}: {names}" if written else "nothing was written"
    if entered.left_out:
        fail(FINDINGS, f"{counted(entered)}; {kept}{'; correct the others, or add --keep-going' if remedy else ''}")
    console.remark(f"{counted(entered)}; {kept}")
