"""The README stays true: what it shows is what the command writes (test_docs.py runs every command that it names)."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from opsc_cli.record.records import Dataset
from tests.commands import opsc
from tests.conftest import ROOT
from tests.terminal import BIN, on_a_terminal
from tests.update_screens import how_much_is_filled

README = (ROOT / "README.md").read_text(encoding="utf-8")
SCREENS = [
    (block.partition("\n")[0].removeprefix("$ "), block.partition("\n")[2])
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.M | re.S)
]
PAGE = (ROOT / "docs" / "use" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "shown"), SCREENS, ids=lambda text: text[:30])
def test_a_screen_is_what_the_command_writes(command: str, shown: str) -> None:
    assert on_a_terminal(command).strip() == shown.strip()


def test_it_is_for_its_reader() -> None:
    assert README.count("\n") <= 60
    assert len(re.findall(r"^\| (?!-|you).*`opsc [^`]+` \|$", README, re.M)) == 5
    assert how_much_is_filled() in README


def test_the_pipes_run(tmp_path: Path) -> None:
    (block,) = re.findall(r"^## Pipes.*?```sh\n(.*?)^```$", PAGE, re.M | re.S)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-ec", block],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {p.name for p in tmp_path.iterdir()} == {"owed.xlsx", "owed.csv", "opsc.ics"}


def test_the_set_up_is_two_commands() -> None:
    """`.ci/run` runs them word by word on a fresh copy; here only that they are there and ask for the right things."""
    first, second = re.findall(r"^```sh set-up\n(.*?)^```$", README, re.M | re.S)
    assert first.count("\n") == second.count("\n") == 1
    assert first.strip().endswith("opsc due Austria")
    assert second.strip().endswith("pytest")


def test_every_command_is_in_the_table_of_commands() -> None:
    done = opsc()
    commands = re.findall(r"^│ (\w+) +", done.stdout, re.M)
    assert set(commands) >= {"due", "explain", "sessions", "validate"}
    assert all(f"`opsc {command}" in PAGE for command in commands)


def test_the_numbers_in_it_are_the_datasets(dataset: Dataset) -> None:
    assert f"{len(dataset.states)} States" in README


def test_it_says_what_it_is_not() -> None:
    assert "not an official product of the United Nations" in README


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:data|src|tests)/[\w./*]+)`", README))))
def test_paths_exist(path: str) -> None:
    assert list(ROOT.glob(path))
    assert shutil.which("opsc", path=str(BIN))
