"""Measures processor time, instructions and memory of a command. Standard library only.

A ratio is computed within a round, in which every command runs once; the result is the median over rounds. So other
load on the machine affects both sides alike.
"""

import os
import pty
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ENVIRONMENT = {"PATH": os.defpath, "HOME": os.path.expanduser("~"), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
"""The environment of every command: no variables of Python or of opsc."""


@dataclass(frozen=True)
class Command:
    """A command line, and whether its output goes to a terminal or a pipe."""

    line: tuple[str | Path, ...]
    terminal: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    """What its standard input holds."""
    exit_code: int = 0

    def processor_seconds(self) -> float:
        """User and system time of one run."""
        ours, theirs = pty.openpty() if self.terminal else os.pipe()
        inputs, errors = (theirs, theirs) if self.terminal else (subprocess.PIPE, subprocess.DEVNULL)
        settings = {**_ENVIRONMENT, **self.environment}
        process = subprocess.Popen(self.line, stdin=inputs, stdout=theirs, stderr=errors, env=settings)
        os.close(theirs)
        if process.stdin:
            process.stdin.write(self.given.encode())
            process.stdin.close()
        _read_all(ours)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != self.exit_code:
            sys.exit(f"{' '.join(map(str, self.line))}: exit code {process.returncode}")
        return used.ru_utime + used.ru_stime

    def instructions(self) -> int | None:
        """Instructions counted by valgrind, reproducible to a few thousandths; None if it is not installed."""
        valgrind = shutil.which("valgrind")
        if valgrind is None:
            return None
        counter = (valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
        settings = {**_ENVIRONMENT, **self.environment, "PYTHONHASHSEED": "0"}
        done = subprocess.run(
            (*counter, *self.line), input=self.given, capture_output=True, text=True, env=settings, check=True
        )
        counted = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
        return int(counted[1].replace(",", "")) if counted else None


def _read_all(descriptor: int) -> None:
    try:
        while os.read(descriptor, 1 << 20):
            pass
    except OSError:
        pass  # a closed terminal ends like this
    os.close(descriptor)


def seconds_by_round(commands: Mapping[str, Command], rounds: int) -> dict[str, list[float]]:
    """The processor time of each command in each round, after one run to warm the caches."""
    for command in commands.values():
        command.processor_seconds()
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(command.processor_seconds())
    return found


def median_ratio(one: list[float], other: list[float]) -> float:
    """The median over rounds of the ratio."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def peak_kilobytes(python: Path, code: str) -> int:
    """The peak memory of `python -c code`, as Linux reports it for that process."""
    told = "import atexit, sys; atexit.register(lambda: sys.stderr.write(open('/proc/self/status').read()))\n"
    done = subprocess.run([python, "-c", told + code], capture_output=True, text=True, env=_ENVIRONMENT, check=True)
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stderr)
    assert found, "no peak in /proc/self/status"
    return int(found[1])
