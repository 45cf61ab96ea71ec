"""Measures opsc against its goals, in clean environments of its own, and writes the table of docs/performance.md.

    python benchmarks/run.py [--rounds N] [--loaded] [--markdown FILE]
    python benchmarks/run.py --instructions FOLDER

Standard library only, Linux. With `--loaded` every core is kept busy meanwhile. With `--instructions` nothing is timed:
the instructions of the installation whose commands lie in FOLDER are counted, and a goal that is missed is a failure.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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
    return {
        "bare": Command((python, "-c", "pass")),
        "due": Command((opsc, "due", STATE)),
        "json": Command((opsc, "due", STATE, "--json")),
        "all": Command((opsc, "due", "--all", "--json")),
        "help": Command((opsc, "--help")),
        "terminal": Command((opsc, "due", STATE), terminal=True),
    }


GOALS = {
    "`opsc due STATE` in a pipe ÷ `python -c pass`": (1.6, "due", "bare"),
    "`opsc due STATE --json` ÷ `python -c pass`": (2.5, "json", "bare"),
    "`opsc due --all --json` ÷ `opsc due STATE --json`": (1.3, "all", "json"),  # 2.3 MB, with the chances of 196 States
    "`opsc due STATE` on a terminal ÷ `python -c pass`": (8, "terminal", "bare"),
    "`opsc --help` ÷ `python -c pass`": (6, "help", "bare"),
    "`opsc due STATE` ÷ a look-up with pycountry": (0.35, "due", "library"),
}


def start_up(clean: Path, tools: Path, rounds: int) -> list[Row]:
    """What an answer costs, against an interpreter that does nothing, and against a look-up in a library."""
    look_up = Command((tools / "python", ROOT / "benchmarks" / "pycountry_lookup.py", STATE))
    commands = {**commands_in(clean), "library": look_up}
    seconds = seconds_by_round(commands, rounds)
    counted = {name: command.instructions() for name, command in commands.items() if not command.terminal}
    return [
        (what, goal, median_ratio(seconds[one], seconds[other]), _ratio(counted.get(one), counted.get(other)))
        for what, (goal, one, other) in GOALS.items()
    ]


def instructions(folder: Path) -> list[Row]:
    """The same of an installation, in instructions alone; none where valgrind is not installed."""
    counted = {name: c.instructions() for name, c in commands_in(folder).items() if not c.terminal}
    rows = ((what, goal, _ratio(counted.get(one), counted.get(other))) for what, (goal, one, other) in GOALS.items())
    return [(what, goal, None, ratio) for what, goal, ratio in rows if ratio]


def _ratio(one: int | None, other: int | None) -> float | None:
    return one / other if one and other else None


def memory(clean: Path) -> list[Row]:
    """The peak of an answer against that of an interpreter that does nothing."""
    asked = f"sys.argv = ['opsc', 'due', {STATE!r}]\nfrom opsc_cli.main import main\nmain()"
    ratio = peak_kilobytes(clean / "python", asked) / peak_kilobytes(clean / "python", "pass")
    return [("peak memory of `opsc due STATE` ÷ `python -c pass`", 1.3, ratio, None)]


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
    for times in (1, 10, 100):
        copy = folder / f"times-{times}" / "opsc_cli"
        shutil.copytree(package, copy)
        subprocess.run([clean / "python", ROOT / "benchmarks" / "growth.py", str(times), copy / "almanac"], check=True)
        code = f"import sys; sys.argv = ['opsc', 'due', {STATE!r}]; from opsc_cli.main import main; main()"
        commands[times] = Command((clean / "python", "-c", code), environment={"PYTHONPATH": str(copy.parent)})
    seconds = seconds_by_round({str(times): command for times, command in commands.items()}, rounds)
    counted = {times: command.instructions() for times, command in commands.items()}
    return [
        (
            f"`opsc due STATE` with {times} times the States ÷ with today's",
            goal,
            median_ratio(seconds[str(times)], seconds["1"]),
            _ratio(counted[times], counted[1]),
        )
        for times, goal in ((10, 2.5), (100, NO_GOAL))
    ]


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
    return all(ratio <= row[1] for ratio in row[2:] if ratio is not None)


def _written(ratio: float | None) -> str:
    if ratio is None or ratio == NO_GOAL:
        return ""
    return f"1/{1 / ratio:.0f}" if ratio < 0.02 else f"{ratio:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--loaded", action="store_true")
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--instructions", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if asked.instructions:
        rows = instructions(asked.instructions)
        print(table(rows))
        sys.exit(not all(map(_is_met, rows)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opsc-benchmarks-")))
        clean = environment(folder / "clean", str(ROOT))
        tools = environment(folder / "tools", "pycountry", "check-jsonschema")
        stack.enter_context(busy(asked.loaded))
        rows = [
            *start_up(clean, tools, asked.rounds),
            *memory(clean),
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
