"""Command lines over all commands and options, with odd values, paths, variables and streams.

Each try is made from its seed and number alone, and runs in a folder of its own (running.py).
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import get_args

from opsc_cli.cli.app import program
from opsc_cli.cli.tree import Command, Option, commands_of
from opsc_cli.dataset.intake.facts import FactName

STREAMS = ("kept", "kept", "kept", "kept", "unread", "closed", "full", "terminal")
"""What becomes of an output: kept in a file; a pipe whose reader has left; closed; a full device; a terminal."""

INPUTS = (
    b"", b"KE\nUG\n", b"Nepal", "Österreich\r\n中国\n".encode(), b"\xff\xfe\n", b"\x00\n\x1b[31m\n",
    b"Atlantis\nCongo\n", b"-\n--all\n", b"x" * 2_000_000, b"AUT\n" * 30_000, b"zq%d\n" * 3000, None, "a folder",
    "not readable",
)  # fmt: skip

ODD = (
    "", " ", "-", "--", "---", "-x", "--=", "=", "=1+1", "\x1b[31mred", "\x80", "\udc80", "\udcff\udcfe/x",
    "é" * 300, "a" * 5000, "٣", "²", "\u202e", "\u200b", "\n", "a\nopsc: b", "\t", "'", '"', "`", "$(x)", "%s", "{}",
    "{0}", "[red]", ":boom:", "~", "*", "\U0010ffff", "0", "-1", "1e9", "9" * 400, "None", "nan", "Congo",
    "Atlantis", "Nepal", "AUT", "due", "--help", "--version",
)  # fmt: skip
DAYS = ("2026-11-21", "2005-01-01", "1989-11-20", "2199-12-31", "2002-02-28", "2027-03-01")
ODD_DAYS = ("2026-02-30", "0000-00-00", "9999-12-31", "1989-11-19", "2200-01-01", "٢٠٢٦-٠١-٠١", "2026-1-1", "86400")
SPANS = ("90d", "8w", "12m", "1y", "90d,2w")
ODD_SPANS = ("0d", "99999999d", "1", "d", "-5d", "1.5y", "٣d", "90d,,", "9999y")
STATES = ("Austria", "NPL", "504", "Österreich", "Viet Nam", "US", "Congo", "nepal", "-")
COLUMNS = ("iso3", "name", "iso3,name", "all", "due_date,standing", "name,name", ",", "x", "name,zz")
FOLDERS = (
    "data", "données", "\udc80", "link", "broken", "empty", "file.txt", "nowhere", "loop", "data/states.yaml", "a b",
    "pipe", "a" * 300, "x/" * 2100, "blocking", "/dev/null", "/proc/self/fd", "HEAD", "HEAD:data", "HEAD:données",
    "HEAD:", "nil:x", "HEAD^{tree}", ":/x", "--output=x", "",
)  # fmt: skip
FILES = (
    "out.csv", "out.json", "x.xlsx", "x.ics", "x.md", "x.txt", "x.sarif", "x.xml", "-", "/dev/null", "/dev/full",
    "/dev/stdout", "/dev/stderr", "/dev/fd/1", "/dev/fd/9", "/dev/fd/99999999999", "nowhere/x.csv",
    "a" * 300 + ".csv", "é" * 125 + ".csv", "data", "file.txt/x.csv", "link.csv", "loop", "\udc80.csv", "a\nb.csv",
    "\x1b[31m.csv", "x", "", "/proc/x.csv", ".csv",
)  # fmt: skip
TARGETS = (
    "out", "out/deep/er", "data", "file.txt", "link", "loop", "", "a" * 300, "\udc80", "/dev/null", "/proc/nope",
    "dangling",
)  # fmt: skip

VARIABLES: dict[str, Sequence[str]] = {
    "OPSC_AS_OF": (*DAYS, *ODD_DAYS, ""),
    "OPSC_DATA": FOLDERS, "OPSC_LANG": ("fr", "zz", "", "AR"), "OPSC_QUIET": ("1", ""),
    "OPSC_PAGER": ("cat", "", " ", "false", "no-such", "'", "head -n 1", "sh -c 'exit 3'", "/"),
    "PAGER": ("cat", " ", "false"), "NO_PAGER": ("1",),
    "COLUMNS": ("0", "1", "-5", "9" * 20, "9" * 5000, "abc", "²", "٣", "", "40", "1e3"),
    "LINES": ("0", "1", "-5", "9" * 20, "abc", ""), "TERM": ("dumb", "xterm", "", "no-such"), "NO_COLOR": ("1", ""),
    "FORCE_COLOR": ("1", "0", ""), "GITHUB_ACTIONS": ("true", "1"), "TERMINAL_WIDTH": ("abc", "0", "-1", "9" * 20),
    "TYPER_USE_RICH": ("0", "x"), "_OPSC_COMPLETE": ("bash_source", "complete_bash", "x"),
    "UNICODE_VERSION": ("x", "4.1.0"), "JUPYTER_COLUMNS": ("x", "0"), "TTY_COMPATIBLE": ("1", "x"),
    "TTY_INTERACTIVE": ("1",), "PATH": ("", "/nowhere"), "HOME": ("", "/nowhere"), "TZ": ("Asia/Kathmandu", "x", ""),
    "LC_ALL": ("C", "C.utf8", "xx_XX", ""), "TMPDIR": ("/nowhere", ""), "GIT_DIR": ("/nowhere",),
    "COLORTERM": ("truecolor",), "LESS": ("-R",), "PYTHONIOENCODING": ("ascii",),
}  # fmt: skip


@dataclass
class Call:
    """A call of `opsc`: its arguments, the variables that it finds, and what its streams are."""

    arguments: list[str]
    variables: dict[str, str]
    input: bytes | str | None = b""
    """The bytes of standard input, or what it is instead; None if it is closed."""
    out: str = "kept"
    err: str = "kept"
    folder: str = "."
    """Where it runs: "gone" is a folder that is deleted."""
    command: str = field(default="")


def call_of(seed: int, number: int) -> Call:
    """The call of this number."""
    chance = random.Random(f"{seed} {number}")
    command = chance.choice(_commands())
    words = [*_arguments(command, chance), *_options(command, chance)]
    if chance.random() < 0.15:
        words.insert(chance.randrange(len(words) + 1), chance.choice(ODD))
    first = chance.choice(ODD) if chance.random() < 0.04 else command.name
    variables = {
        n: chance.choice(VARIABLES[n]) for n in chance.sample(sorted(VARIABLES), chance.choice((0, 0, 1, 1, 2, 5)))
    }
    return Call(
        arguments=[first, *words] if chance.random() > 0.02 else words,
        variables=variables,
        input=chance.choice(INPUTS) if "-" in words or chance.random() < 0.05 else b"",
        out=chance.choice(STREAMS),
        err=chance.choice(STREAMS) if chance.random() < 0.4 else "kept",
        folder="gone" if chance.random() < 0.02 else ".",
        command=command.name,
    )


@cache
def _commands() -> tuple[Command, ...]:
    return commands_of(program())


def _arguments(command: Command, chance: random.Random) -> list[str]:
    """Arguments of the kinds that the command takes, sometimes too few or too many of them."""
    kinds = command.takes.split()
    if chance.random() < 0.1:
        kinds = kinds[: chance.randrange(len(kinds) + 1)] + [chance.choice(("STATE", "DIR"))] * chance.randrange(3)
    if kinds and kinds[-1].startswith("STATE…"):
        kinds = kinds * chance.choice((1, 1, 2, 3))
    return [_argument(kind.strip("[]…"), command, chance) for kind in kinds if "[" not in kind or chance.random() < 0.6]


def _argument(kind: str, command: Command, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(ODD)
    if command.name in ("export", "fmt"):
        return chance.choice(TARGETS if command.name == "export" else FOLDERS)
    values: dict[str, Sequence[str]] = {
        "STATE": STATES,
        "FACT": get_args(FactName),
        "VALUE": (*DAYS, "5-6", "2005", "CRC/C/OPSC/AUT/1"),
        "DIR": FOLDERS,
        "OLD": FOLDERS,
        "NEW": FOLDERS,
        "NUMBER": ("100", "49", "x"),
    }
    return chance.choice(values.get(kind) or command.words or ("due", "plan", "states"))


def _options(command: Command, chance: random.Random) -> list[str]:
    words: list[str] = []
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5))):
        owner = command if chance.random() < 0.93 else chance.choice(_commands())
        words += _spelled(chance.choice(owner.options), chance)
    return words


def _spelled(option: Option, chance: random.Random) -> list[str]:
    spelling = chance.choice(option.spellings)
    if not option.takes or chance.random() < 0.03:
        return [spelling]
    value = _value(option, chance)
    return [f"{spelling}={value}"] if chance.random() < 0.2 else [spelling, value]


_VALUES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "YYYY-MM-DD": (DAYS, ODD_DAYS), "12m": (SPANS, ODD_SPANS), "5y": (SPANS, ODD_SPANS), "90d": (SPANS, ODD_SPANS),
    "90d,2w": (SPANS, ODD_SPANS), "A,B": (COLUMNS, ODD), "DIR": (FOLDERS, ODD), "FILE": (FILES, ODD),
    "GROUP": (("Africa", "african", "W"), ODD),
}  # fmt: skip


def _value(option: Option, chance: random.Random) -> str:
    usual, odd = _VALUES.get(option.takes or "", (option.choices or ("x",), ODD))
    return chance.choice(option.choices or usual) if chance.random() < 0.75 else chance.choice(odd)


def tried(seed: int, numbers: range, ends: float) -> tuple[str, list[tuple[int, str]]]:
    """A summary of the tries of these numbers until `ends`, and a report for each fault."""
    from tools.fuzz.running import run_all

    make: Callable[[int], Call] = lambda number: call_of(seed, number)  # noqa: E731
    return run_all(make, numbers, ends)
