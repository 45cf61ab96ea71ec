"""Runs calls of `opsc`, many a second: a thousand in each forked process, which has imported all of it already."""

import gc
import json
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import typer
from tools.fuzz.bounds import LONGEST_SECONDS, MOST_MEGABYTES, Bounds, Slow
from tools.fuzz.calls import Call
from tools.fuzz.prepared import prepare
from tools.fuzz.streams import Streams
from tools.fuzz.verdict import wrong
from tools.fuzz.world import World, built

from opsc_cli import main

IN_MEMORY = Path("/dev/shm")
"""Where folders are made if there is this one: calls write files by the thousand."""

CALLS_A_PROCESS, CALLS_BETWEEN_COLLECTIONS = 1000, 50


class Tried(NamedTuple):
    """How a call ended, what it took, and a report if it should not have."""

    number: int
    code: str
    seconds: float
    megabytes: int
    report: str


def run_all(make: Callable[[int], Call], numbers: range, ends: float) -> tuple[str, list[tuple[int, str]]]:
    """A summary, and a report for each fault."""
    prepare()
    batches = [numbers[n : n + CALLS_A_PROCESS] for n in range(0, len(numbers), CALLS_A_PROCESS)]
    done, faults, running = list[Tried](), list[tuple[int, str]](), dict[int, tuple[range, Any]]()
    with _folder() as folder:
        template = built(Path(folder) / "template")
        gc.collect()
        gc.freeze()  # what is held for all calls is not looked at again after each
        for batch in [*batches, None]:
            while running and (batch is None or len(running) >= (os.cpu_count() or 1)):
                _gather(running, done, faults)
            if batch is not None and time.monotonic() < ends:
                results = tempfile.TemporaryFile("w+")  # noqa: SIM115
                running[_forked(make, batch, results, template)] = batch, results
    return _summary(done), sorted(faults)


def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="opsc-fuzz-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)


def _summary(done: list[Tried]) -> str:
    if not done:
        return "0 tries"
    codes = Counter(tried.code for tried in done)
    slowest, largest = max(done, key=lambda t: t.seconds), max(done, key=lambda t: t.megabytes)
    return "; ".join(
        (
            f"{len(done)} tries: " + ", ".join(f"{n} ended with {code}" for code, n in sorted(codes.items())),
            f"the slowest took {slowest.seconds:.1f} s (number {slowest.number})",
            f"the largest {largest.megabytes} MB (number {largest.number})",
        )
    )


def _forked(make: Callable[[int], Call], batch: range, results: Any, template: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        with _folder() as folder:
            runner = Runner(World(Path(folder), template))
            for number in batch:
                json.dump(runner.tried(number, make(number)), results)
                results.write("\n")
                results.flush()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _gather(running: dict[int, tuple[range, Any]], done: list[Tried], faults: list[tuple[int, str]]) -> None:
    """The results of the first process that ends."""
    child, status = os.wait()
    batch, results = running.pop(child)
    results.seek(0)
    tries = [Tried(*json.loads(line)) for line in results]
    results.close()
    done += [tried._replace(report="") for tried in tries]
    faults += [(tried.number, tried.report) for tried in tries if tried.report]
    if len(tries) < len(batch):
        faults.append((batch[len(tries)], f"the process ended, with status {status}"))


class Runner:
    """Runs calls in a world: each gets streams, variables and a folder as a process of its own would."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.streams = Streams(world.folder.parent / "streams")
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CEILING_DIRECTORIES": str(world.folder.parent)}

    def tried(self, number: int, call: Call) -> Tried:
        bounds = Bounds()
        code, out, err = self._run(call, bounds)
        seconds, megabytes = bounds.taken()
        if number % CALLS_BETWEEN_COLLECTIONS == 0:
            gc.collect()  # a call leaves its garbage to the end of its process
            gc.freeze()
        faults = list(wrong(call, code, out, err))
        if seconds > LONGEST_SECONDS:
            faults.append("took too long")
        if megabytes > MOST_MEGABYTES:
            faults.append(f"needed {megabytes} MB")
        if left := self.world.mended():
            faults.append(f"left {left}")
        report = "\n".join((*faults, "", repr(call)[:4000], "", f"{code}", repr(out)[-2000:], repr(err)[-4000:], ""))
        return Tried(number, code, round(seconds, 2), megabytes, report if faults else "")

    def _run(self, call: Call, bounds: Bounds) -> tuple[str, bytes | None, bytes | None]:
        sys.modules.pop("typer.rich_utils", None)  # it reads variables when it is imported
        vars(typer).pop("rich_utils", None)
        os.environ.clear()
        os.environ |= self.environment | call.variables
        sys.argv = ["opsc", *call.arguments]
        folder = self.world.folder / call.folder
        folder.mkdir(exist_ok=True)
        os.chdir(folder)
        if call.folder != ".":
            folder.rmdir()
        with self.streams.given(call) as kept, bounds:
            code = _ended(main.main)
        os.chdir(self.world.folder)
        os.environ.clear()
        os.environ |= self.environment
        return code, *kept


def _ended(program: Callable[[], None]) -> str:
    """The exit code of a process that runs this and ends, or what it ends with instead."""
    try:
        program()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except Slow:
        return "slow"
    except BaseException as error:
        return f"{error!r}"
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except (OSError, ValueError):
        return "120"
    return str(code)
