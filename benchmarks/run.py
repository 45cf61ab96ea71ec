"""Measures opsc against its goals, in clean environments of its own; writes the table of docs/maintain/performance.md.

    python benchmarks/run.py [--rounds N] [--loaded] [--markdown FILE]
    python benchmarks/run.py --only series,backtest FOLDER
    python benchmarks/run.py --instructions FOLDER

Standard library only, Linux. `--loaded` keeps every core busy meanwhile. FOLDER has the commands of an installation:
`--only` times the rows whose first command it names (`commands_in`); `--instructions` counts instructions, times
nothing, and fails if a goal is missed.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from measure import Command, median_ratio, peak_kilobytes, seconds_by_round

ROOT = Path(__file__).parents[1]
STATE = "Nepal"

NO_GOAL = float("inf")

Row = tuple[str, float, float | None, float | None]
"""What, the goal, the ratio of processor time or memory, the ratio of instructions."""


def environment(folder: Path, *packages: str) -> Path:
    """A fresh virtual environment with these packages; its folder of commands."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    settings = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run([folder / "bin" / "python", *quiet, *packages], check=True, env=settings)
    return folder / "bin"


def commands_in(folder: Path) -> dict[str, Command]:
    """What is measured of an installation, and the interpreter that does nothing."""
    python, opsc = folder / "python", folder / "opsc"

    def asked(line: str, given: str = "") -> Command:
        return Command((opsc, *line.split()), given=given)

    return {
        "bare": Command((python, "-c", "pass")),
        "Typer": Command((python, "-c", _EMPTY_PROGRAM)),
        "due": asked(f"due {STATE}"),
        "json": asked(f"due {STATE} --json"),
        "several": asked(f"due {STATE} Austria Fiji"),
        "list": asked("due -", given="KE UG NP AT FR DE US CN RU IN".replace(" ", "\n")),
        "all": asked("due --all --json"),
        "all in tsv": asked("due --all"),
        "all in csv": asked("due --all --format csv"),
        "all in jsonl": asked("due --all --format jsonl"),
        "version": asked("--version"),
        "help": asked("--help"),
        "data": asked("data"),
        "misspelt": Command((opsc, "due", "Atlantis"), exit_code=2),
        "as of": asked(f"due {STATE} --as-of 2026-01-01"),
        "explain": asked("explain Austria"),
        "plan": asked("plan Angola"),
        "forecast": asked("forecast Angola"),
        "sessions": asked("sessions"),
        "ics": asked(f"due {STATE} --format ics"),
        "md": asked(f"due {STATE} --format md"),
        "filtered": asked("states --region African"),
        "states": asked("states --region African --as-of 2026-01-01"),
        "stats": asked("stats"),
        "series": asked("stats --since 2002-01-18 --every month"),
        "backtest": asked("forecast --backtest"),
        "validate": Command((opsc, "validate", ROOT / "data")),
        "terminal": Command((opsc, "due", STATE), terminal=True),
    }


_EMPTY_PROGRAM = "import typer; app = typer.Typer(add_completion=False); app.command()(lambda: None); app()"
"""A command of Typer's that does nothing: no other command can take less."""


GOALS = {
    "`opsc due STATE` in a pipe": (1.2, "due", "bare"),
    "`opsc due STATE --json`": (1.2, "json", "bare"),
    "`opsc due STATE STATE STATE`": (1.4, "several", "bare"),
    "`opsc due -` with ten codes": (1.4, "list", "bare"),
    "`opsc due --all`": (1.6, "all in tsv", "bare"),
    "`opsc due --all --format csv`": (1.6, "all in csv", "bare"),
    "`opsc due --all --json`": (1.6, "all", "bare"),
    "`opsc due --all --json` ÷ `opsc due STATE --json`": (1.3, "all", "json"),  # 2.3 MB
    "`opsc due --all --format jsonl`": (1.6, "all in jsonl", "bare"),
    "`opsc --version`": (1.3, "version", "bare"),
    "`opsc --help`": (1.3, "help", "bare"),
    "`opsc data`": (3, "data", "bare"),
    "a misspelt State": (3, "misspelt", "bare"),
    "`opsc due STATE` on a terminal": (8, "terminal", "bare"),
    "a command of Typer's that does nothing": (NO_GOAL, "Typer", "bare"),
    "`opsc due STATE --as-of 2026-01-01`": (8, "as of", "bare"),
    "`opsc explain STATE`": (8, "explain", "bare"),
    "`opsc plan STATE`": (8, "plan", "bare"),
    "`opsc forecast STATE`": (8, "forecast", "bare"),
    "`opsc sessions`": (8, "sessions", "bare"),
    "`opsc due STATE --format ics`": (8, "ics", "bare"),
    "`opsc due STATE --format md`": (8, "md", "bare"),
    "`opsc states --region African`": (9, "filtered", "bare"),
    "`opsc states --region African --as-of 2026-01-01`": (9, "states", "bare"),
    "`opsc stats`": (9, "stats", "bare"),
    "`opsc stats --since 2002-01-18 --every month`": (20, "series", "bare"),
    "`opsc forecast --backtest`": (30, "backtest", "bare"),
    "`opsc validate` on the whole dataset": (28, "validate", "bare"),
}
"""In processor time, ÷ `python -c pass` where nothing else is named."""

COUNTED = {"due": 1.2, "filtered": 1.8, "as of": 6.2, "explain": 5.6, "states": 13.5, "validate": 60}
"""The most instructions, ÷ `python -c pass`: two answers from the almanac, three that are worked out, and the checks,
which grow with the record."""


def start_up(clean: Path, rounds: int, only: Sequence[str] = ()) -> list[Row]:
    """What each command costs, or only some of them, against an interpreter that does nothing."""
    goals = {what: goal for what, goal in GOALS.items() if not only or goal[1] in only}
    needed = {"bare", *(name for _, *pair in goals.values() for name in pair)}
    commands = {name: command for name, command in commands_in(clean).items() if name in needed}
    seconds = seconds_by_round(commands, rounds)
    bare = commands["bare"].instructions()
    counted = {name: _ratio(commands[name].instructions(), bare) for name in COUNTED.keys() & needed}
    return [
        (what, goal, median_ratio(seconds[one], seconds[other]), counted.get(one) if other == "bare" else None)
        for what, (goal, one, other) in goals.items()
    ]


def others(clean: Path, tools: Path, rounds: int) -> list[Row]:
    """An explanation beside what other programs need to print their version, or to look a country up."""
    commands = {
        "explain": Command((clean / "opsc", "explain", "Austria")),
        "due": Command((clean / "opsc", "due", STATE)),
        **{
            f"`{name} --version`": Command((tools / name, "--version"))
            for name in ("http", "check-jsonschema", "sqlite-utils")
        },
        "a look-up with pycountry": Command((tools / "python", ROOT / "benchmarks" / "pycountry_lookup.py", STATE)),
    }
    seconds = seconds_by_round(commands, rounds)
    rows: list[Row] = [
        (f"`opsc explain STATE` ÷ {other}", NO_GOAL, median_ratio(seconds["explain"], seconds[other]), None)
        for other in list(commands)[2:]
    ]
    look_up = median_ratio(seconds["due"], seconds["a look-up with pycountry"])
    return [*rows, ("`opsc due STATE` ÷ a look-up with pycountry", 0.35, look_up, None)]


def instructions(folder: Path) -> list[Row]:
    """Five commands of an installation, in instructions alone; none where valgrind is not installed."""
    commands = commands_in(folder)
    bare = commands["bare"].instructions()
    rows = ((name, most, _ratio(commands[name].instructions(), bare)) for name, most in COUNTED.items())
    return [(" ".join(map(str, commands[name].line[1:])), most, None, ratio) for name, most, ratio in rows if ratio]


def _ratio(one: int | None, other: int | None) -> float | None:
    return one / other if one and other else None


def memory(clean: Path) -> list[Row]:
    """The peak of an answer against that of an interpreter that does nothing."""
    bare = peak_kilobytes(clean / "python", "pass")
    rows: list[Row] = []
    lines = {f"due {STATE}": 1.3, "explain Austria": 1.6, "states": 1.6, "states --sort due": 1.6, "stats": 1.6}
    for line, goal in lines.items():
        asked = f"import sys; sys.argv = {['opsc', *line.split()]!r}\nfrom opsc_cli.main import main\nmain()"
        rows.append((f"peak memory of `opsc {line}`", goal, peak_kilobytes(clean / "python", asked) / bare, None))
    return rows


def package(folder: Path) -> list[Row]:
    """What is downloaded, and how long it takes to make: by the current pip, and by that of this Python."""
    current = environment(folder / "current", "pip>=26") / "python"
    rows: list[Row] = []
    for python, goal in ((current, 15), (Path(sys.executable), NO_GOAL)):
        begun = time.monotonic()
        build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
        subprocess.run([python, *build], check=True)
        rows.append((f"building it with pip {_pip(python)}, in seconds", goal, time.monotonic() - begun, None))
    (wheel,) = folder.glob("*.whl")
    return [("the wheel, in MB", 1, wheel.stat().st_size / 1e6, None), *rows]


def _pip(python: Path) -> str:
    done = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


def validation(clean: Path, tools: Path, rounds: int) -> list[Row]:
    """The gate, which reads all files and asks whether they are true, against the check of their form alone."""
    names = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
    commands = {"opsc": Command((clean / "opsc", "validate", ROOT / "data"))} | {
        name: Command(
            (tools / "check-jsonschema", "--schemafile", ROOT / f"data/{name}.schema.json", ROOT / f"data/{name}.yaml")
        )
        for name in names
    }
    seconds = seconds_by_round(commands, rounds)
    every = [sum(times) for times in zip(*(seconds[name] for name in names), strict=True)]
    what = "`opsc validate` on the whole dataset ÷ check-jsonschema on"
    return [
        (f"{what} the same files, our schemas, a run each", 0.1, median_ratio(seconds["opsc"], every), None),
        (f"{what} states.yaml alone", NO_GOAL, median_ratio(seconds["opsc"], seconds["states"]), None),
    ]


def sweep(clean: Path) -> list[Row]:
    """25 years of answers at once against day by day."""
    done = subprocess.run(
        [clean / "python", ROOT / "benchmarks" / "sweep.py", "--json"], capture_output=True, check=True
    )
    return [("25 years × 197 States of answers ÷ asking day by day", 1 / 500, json.loads(done.stdout)["ratio"], None)]


def growth(clean: Path, folder: Path, rounds: int) -> list[Row]:
    """An answer with more States than there are, against one with today's."""
    (package,) = clean.parent.glob("lib/python*/site-packages/opsc_cli")
    commands = {}
    for times in (1, 10):  # a hundred take gigabytes
        copy = folder / f"times-{times}" / "opsc_cli"
        shutil.copytree(package, copy)
        source = {**os.environ, "PYTHONPATH": str(ROOT / "src")}  # a wheel lacks what writes an almanac
        writing = [clean / "python", ROOT / "benchmarks" / "growth.py", str(times), copy]
        subprocess.run(writing, env=source, check=True)
        code = f"import sys; sys.argv = ['opsc', 'due', {STATE!r}]; from opsc_cli.main import main; main()"
        commands[times] = Command((clean / "python", "-c", code), environment={"PYTHONPATH": str(copy.parent)})
    seconds = seconds_by_round({str(times): command for times, command in commands.items()}, rounds)
    counted = {times: command.instructions() for times, command in commands.items()}
    name = "`opsc due STATE` with 10 times the States ÷ with today's"
    return [(name, 2.5, median_ratio(seconds["10"], seconds["1"]), _ratio(counted[10], counted[1]))]


@contextmanager
def busy(wanted: bool) -> Iterator[None]:
    """Every core kept busy, if wanted."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1) if wanted]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()


def table(rows: list[Row]) -> str:
    """The rows in Markdown, each with what it was to be."""
    lines = ["| ratio | goal | processor time | instructions | |", "|---|---|---|---|---|"]
    for what, goal, ratio, instructions in rows:
        met = "" if goal == NO_GOAL else "met" if _is_met((what, goal, ratio, instructions)) else "**missed**"
        cells = (_written(value) for value in (goal, ratio, instructions))
        lines.append(f"| {what} | {' | '.join(cells)} | {met} |")
    return "\n".join(lines) + "\n"


def _is_met(row: Row) -> bool:
    _, goal, ratio, instructions = row
    measured = instructions if ratio is None else ratio
    return measured is not None and measured <= goal


def _written(ratio: float | None) -> str:
    if ratio is None or ratio == NO_GOAL:
        return ""
    return f"1/{1 / ratio:.0f}" if ratio < 0.02 else f"{ratio:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--loaded", action="store_true")
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--only", type=lambda names: names.split(","), metavar="NAME,NAME")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("folder", type=Path, nargs="?")
    asked = parser.parse_args()
    if asked.folder:
        rows = (
            instructions(asked.folder) if asked.instructions else start_up(asked.folder, asked.rounds, asked.only or ())
        )
        print(table(rows))
        sys.exit(asked.instructions and not all(map(_is_met, rows)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opsc-benchmarks-")))
        clean = environment(folder / "clean", str(ROOT))
        tools = environment(folder / "tools", "pycountry", "check-jsonschema", "httpie", "sqlite-utils")
        stack.enter_context(busy(asked.loaded))
        rows = [
            *start_up(clean, asked.rounds),
            *others(clean, tools, asked.rounds),
            *memory(clean),
            *package(folder),
            *validation(clean, tools, max(3, asked.rounds // 4)),
            *sweep(clean),
            *growth(clean, folder, asked.rounds),
        ]
        versions = subprocess.run(
            [clean / "opsc", "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()
    how = "every core busy" if asked.loaded else "a quiet machine"
    text = f"{versions}; Python {platform.python_version()}, {asked.rounds} rounds, {how}.\n\n{table(rows)}"
    print(text)
    if asked.markdown:
        asked.markdown.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
