"""The documents stay true: their commands run, their screens and numbers are what the tool says."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from opsc_cli.answers.stats import count_on
from opsc_cli.law.standing import Standing
from opsc_cli.record.records import Dataset
from opsc_cli.render.glossary import CERTAINTIES, STANDINGS
from opsc_cli.render.sheet import STYLES
from tests.commands import opsc
from tests.conftest import ROOT, sample
from tests.terminal import on_a_terminal
from tests.test_hands import COMMANDS

DOCS = sorted((ROOT / "docs").rglob("*.md"))
ROWS = re.findall(
    r"^\| `([\w-]+)` \|.*\| (?:`opsc ([^`]+)`|none on record.*) \|$",
    (ROOT / "docs" / "law" / "standings.md").read_text(encoding="utf-8"),
    re.M,
)


def test_every_certainty_is_explained_as_on_the_screen() -> None:
    text = (ROOT / "docs" / "law" / "standings.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|$", text, re.M)) == CERTAINTIES


def test_every_standing_has_a_row_and_is_explained_as_on_the_screen() -> None:
    assert [standing for standing, _ in ROWS] == list(get_args(Standing))
    text = (ROOT / "docs" / "law" / "standings.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \| [^|]+ \| ", text, re.M)) == STANDINGS


@pytest.mark.parametrize(("standing", "command"), [row for row in ROWS if row[1]])
def test_the_live_example_has_the_standing(standing: str, command: str) -> None:
    (state,) = json.loads(opsc(*shlex.split(command), "--json").stdout)["states"]
    assert standing in {state["standing"], *(o["standing"] for o in state["obligations"])}


def test_the_counts_of_march_2008(dataset: Dataset) -> None:
    text = (ROOT / "docs" / "data" / "disagreements.md").read_text(encoding="utf-8")
    days = (date(2008, 2, 4), date(2008, 3, 4), date(2008, 3, 5), date(2008, 3, 31))
    for label, of in (("deposits made", "deposits"), ("States for which", "in-force")):
        cells = [cell.strip() for cell in re.search(rf"^\| {label}.*$", text, re.M)[0].split("|")[2:-1]]  # type: ignore[index]
        assert cells == [str(count_on(dataset.states.values(), of, day)) for day in days]


def _screens() -> list[tuple[Path, int, str, str]]:
    return [
        (path, int(columns or 100), command, shown)
        for path in (ROOT / "CONTRIBUTING.md", *DOCS)
        for columns, command, shown in re.findall(
            r"^```console(?: columns=(\d+))?\n\$ (.*?)\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S
        )
    ]


@pytest.mark.parametrize(("path", "columns", "command", "shown"), _screens(), ids=lambda value: str(value)[:40])
def test_a_screen_is_what_the_command_writes(path: Path, columns: int, command: str, shown: str) -> None:
    written = on_a_terminal(command, columns=columns)
    assert written.strip() == shown.strip(), path
    on_one_line = re.compile(r"opsc: |\S+:\d+:\d+: [A-Z]+\d+ ")  # messages and findings are never wrapped
    messages = [line for line in written.splitlines() if on_one_line.match(line)]
    assert all(len(line) <= columns for line in written.splitlines() if line not in messages)


def _named() -> set[str]:
    """The commands that a document names; those that are examples of a help run in test_hands.py."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *DOCS))
    found = {" ".join(command.split()) for text in texts for command in re.findall(r"`opsc ([^`]+)`", text)}
    for blank, text in (("STATE", "Nepal"), ("CODE", "YAML02"), ("OLD NEW", "data data")):
        found = {command.replace(blank, text) for command in found}
    return found.difference(example.removeprefix("opsc ") for command in COMMANDS for example in command.examples)


@pytest.mark.parametrize("command", sample(sorted(_named()), 3))
def test_a_command_that_is_named_runs(command: str, checkout: Path, tmp_path: Path) -> None:
    done = opsc(*shlex.split(command.replace("-o ", f"-o {tmp_path}/")), cwd=checkout)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *DOCS], ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link, heading in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", path.read_text(encoding="utf-8")):
        target = path.parent / link if link else path
        assert target.exists(), link
        assert not heading or heading in _headings(target), f"{link}#{heading}"


def _headings(path: Path) -> list[str]:
    """The headings of a document, as links to them are written."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]


# ── in colour ────────────────────────────────────────────────────────────────────────────────────


def test_the_document_lists_the_coloured_standings() -> None:
    text = (ROOT / "docs" / "use" / "terminals.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([\w-]+)` \| ([a-z ]+) \| [\d.]+ \| [\d.]+ \|$", text, re.M)) == STYLES


def test_nothing_is_dimmed() -> None:
    for command in ("due AUT", "due --all", "stats", "audit", "forecast IRN", "plan AGO", "sessions 100", "data"):
        written = opsc(*shlex.split(command), "--format", "table", "--color", "always").stdout
        codes = {number for code in re.findall(r"\x1b\[([\d;]*)m", written) for number in code.split(";")}
        assert codes <= {"0", "1", "31", "35", "39", "49"}, command


def test_a_goal_of_speed_is_shown_as_met_where_it_is() -> None:
    text = (ROOT / "docs" / "maintain" / "performance.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| ratio \| goal \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)
    assert len(tables) == 2, "on a machine in use and on one with every core busy"
    for table in tables:
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]
        assert sum(1 for row in rows if row[1]) > 25
        for what, goal, seconds, instructions, met in rows:
            if goal and seconds != goal:  # of two that are written alike either can be the greater
                assert (met == "met") == (float(seconds or instructions) < float(goal)), what
