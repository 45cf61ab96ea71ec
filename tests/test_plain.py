"""Plain calls: what is read without Typer is read as Typer reads it, and needs none of what Typer needs."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools.fuzz.calls import call_of

from opsc_cli.cli import app, plain
from opsc_cli.cli.commands import NAMES, body_of
from opsc_cli.cli.declared import parameters_of
from opsc_cli.cli.tree import commands_of
from tests.commands import opsc
from tests.conftest import tries
from tests.faults import FAULTS, base

COMMANDS = {command.name: command for command in commands_of(app.program())}
EXAMPLES = [example for command in COMMANDS.values() for example in command.examples]
VARIABLES = ("OPSC_AS_OF", "OPSC_DATA", "OPSC_LANG")


class Recorded:
    """A command that does nothing but keep its values."""

    def __init__(self, name: str) -> None:
        self.panel, body = body_of(name)
        self.parameters = lambda: parameters_of(body)
        self.values: dict[str, Any] | None = None
        self.__name__, self.__doc__, self.__module__ = body.__name__, body.__doc__, body.__module__

    def __call__(self, **values: Any) -> None:
        self.values = values


@pytest.fixture(scope="module")
def recorded() -> dict[str, Recorded]:
    return {name: Recorded(name) for name in NAMES}


@pytest.fixture
def commands(recorded: dict[str, Recorded], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Recorded]]:
    """Every command with its values recorded, for both readers."""
    for module in (app, plain):
        monkeypatch.setattr(module, "body_of", lambda name: (recorded[name].panel, recorded[name]))
    app._built.cache_clear()
    yield recorded
    app._built.cache_clear()


def read_plainly(words: list[str], commands: dict[str, Recorded]) -> dict[str, Any] | None:
    """The values of a plain call; None if it is not plain."""
    command = plain.command_of(words)
    if command is None:
        return None
    command()
    return commands[words[0]].values


def read_by_typer(words: list[str], commands: dict[str, Recorded]) -> dict[str, Any] | None:
    commands[words[0]].values = None
    app.program().main(args=words, prog_name="opsc", standalone_mode=False)
    return commands[words[0]].values


def words_of(example: str) -> list[str]:
    """The words that a shell gives to `opsc` in an example."""
    words = shlex.split(re.split(r" \| (?=opsc)", example)[-1])
    end = next((n for n, word in enumerate(words) if word in ("|", ">")), len(words))
    return words[1:end]


def test_what_is_plain_is_read_as_typer_reads_it(
    commands: dict[str, Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = 0
    for number in range(tries(9000)):
        call = call_of(15, number)
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
            if name in call.variables:
                monkeypatch.setenv(name, call.variables[name])
        values = read_plainly(call.arguments, commands)
        if values is not None:
            found += 1
            assert values == read_by_typer(call.arguments, commands), call
    assert found > tries(9000) / 10


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_plain(example: str, commands: dict[str, Recorded]) -> None:
    words = words_of(example)
    values = read_plainly(words, commands)
    assert values is not None
    assert values == read_by_typer(words, commands)


VALUES = {
    "YYYY-MM-DD": "2026-11-21", "12m": "8w", "5y": "5y", "90d": "90d", "90d,2w": "90d,2w", "GROUP": "afr",
    "CODE": "yaml02", "URL": "https://example.org",
}  # fmt: skip
"""A value that is accepted, by what it is called; elsewhere any."""


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_read(name: str, commands: dict[str, Recorded]) -> None:
    words = words_of(COMMANDS[name].examples[0])
    for option in COMMANDS[name].options[:-1]:  # without --help
        value = option.choices[0] if option.choices else VALUES.get(option.takes or "", "x")
        for spelling in option.spellings:
            call = [*words, spelling, *([value] if option.takes else [])]
            values = read_plainly(call, commands)
            assert values is not None or spelling in words, call  # twice is not plain
            assert values is None or values == read_by_typer(call, commands), call


@pytest.mark.parametrize(
    "call",
    ["", "nepal", "due --help", "due -h", "due Nepal --version", "due Nepal --", "due Nepal --as-of", "due Nepal --jso",
     "due Nepal --as-of 2026-13-01", "due Nepal --as-of=", "due Nepal --json=1", "due Nepal -ox.csv", "due Nepal -qo x",
     "due Nepal --lang FR", "due Nepal -o -q", "due Nepal --as-of 2026-01-01 --as-of 2026-01-02", "sources",
     "sources Viet Nam", "whatif Kenya", "due Nepal --color NEVER", "explain --foo", "due -x", "record --kind foo"],
)  # fmt: skip
def test_what_is_left_to_typer(call: str) -> None:
    assert plain.command_of(call.split()) is None


def test_on_windows_typer_expands_what_a_shell_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_EXPANDED", frozenset("~"))
    assert plain.command_of(["validate", "data"]) is not None
    assert plain.command_of(["validate", "~/data"]) is None


BY_EITHER = {
    "due Fiji --as-of 2026-11-21 --exit-code": 1, "due Kenya --as-of 2026-11-21 --exit-code": 0, "due Atlantis": 2,
    "due Kenya --data nowhere": 3, "validate base": 0, "validate broken": 3, "validate base --explain yaml02": 0,
    "audit": 0, "data --max-age 1d": 1, "diff base base": 0, "diff base nowhere": 3, "fmt base --check": 0,
    "record Nepal report-received": 2, "site": 2, "help past-treaty-term": 0, "schema states": 0, "completion zsh": 0,
    "sessions 7777": 2, "explain Nepal -o nowhere/x.csv": 2,
}  # fmt: skip


@pytest.mark.parametrize("call", BY_EITHER)
def test_a_command_ends_alike_whoever_reads_it(call: str, tmp_path: Path) -> None:
    """With -- at its end a call is left to Typer, and means the same."""
    base(tmp_path / "base")
    FAULTS["A State that is there twice"].written_to(base(tmp_path / "broken"))
    by_plain, by_typer = (opsc(*call.split(), *end, cwd=tmp_path) for end in ((), ("--",)))
    assert (by_plain.returncode, by_plain.stdout, by_plain.stderr) == (
        by_typer.returncode, by_typer.stdout, by_typer.stderr,
    )  # fmt: skip
    assert by_plain.returncode == BY_EITHER[call]


QUICK = [
    "due Austria", "due Austria --as-of 2026-11-21", "due Austria --format md", "due Austria --format ics",
    "explain Austria", "plan Angola", "forecast Angola", "sessions", "missing Malta", "timeline Austria",
    "sources Austria", "states --region African", "states", "stats", "help standings", "data",
]  # fmt: skip
HEAVY = {
    "typer", "click", "rich", "yaml", "pydantic", "pydantic_core", "dataclasses", "inspect", "shutil", "pathlib",
    "dateutil", "calendar", "locale", "textwrap",
}  # fmt: skip
ODD_DATES = {"dateutil", "calendar", "locale"}
"""Imported to count from a day that not every month has; among all States there are some."""
BESIDES = {
    "states --region African": ODD_DATES, "states": ODD_DATES, "stats": ODD_DATES,
    "help standings": {*ODD_DATES, "textwrap"}, "data": {*ODD_DATES, "textwrap"},
}  # fmt: skip
"""What these may import besides, or those before them; they come last above."""


def test_nothing_heavy_is_imported_for_a_plain_call() -> None:
    code = (
        "import sys\nfrom opsc_cli.main import main\n"
        f"for call in {QUICK!r}:\n"
        "    sys.argv = ['opsc', *call.split()]\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
        "    heavy = {name.partition('.')[0] for name in sys.modules}\n"
        f"    found = heavy & {HEAVY!r} - {BESIDES!r}.get(call, set())\n"
        "    assert not found, (call, found)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 300
