"""The documents stay true: their commands run, their screens and numbers are what the tool says."""

import json
import re
import shlex
import subprocess
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from opsc_cli.obligations import Standing
from opsc_cli.records import Dataset
from opsc_cli.statistics import count_on
from tests.conftest import ROOT
from tests.terminal import BIN, on_a_terminal
from tests.test_command import opsc

DOCS = sorted((ROOT / "docs").glob("*.md"))
ROWS = re.findall(
    r"^\| `([\w-]+)` \|.*\| (?:`opsc ([^`]+)`|none on record.*) \|$",
    (ROOT / "docs" / "standings.md").read_text(encoding="utf-8"),
    re.M,
)


def test_every_standing_has_a_row() -> None:
    assert [standing for standing, _ in ROWS] == list(get_args(Standing))


@pytest.mark.parametrize(("standing", "command"), [row for row in ROWS if row[1]])
def test_the_live_example_has_the_standing(standing: str, command: str) -> None:
    (state,) = json.loads(opsc(*shlex.split(command), "--json").stdout)["states"]
    assert standing in {state["standing"], *(o["standing"] for o in state["obligations"])}


def test_the_counts_of_march_2008(dataset: Dataset) -> None:
    text = (ROOT / "docs" / "disagreements.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_commands_run_and_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for command in sorted(set(re.findall(r"`opsc ([^`]+)`", text))):
        arguments = shlex.split(
            command.replace("STATE", "Nepal").replace("CODE", "YAML02").replace("OLD NEW", "data data")
        )
        done = subprocess.run([BIN / "opsc", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (path.parent / link).exists(), link
