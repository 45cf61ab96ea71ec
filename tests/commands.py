"""Runs `opsc` many times, in this process: with arguments, environment, streams and a folder of its own.

A start of Python costs more than most answers. What is about starting up, imports, the compiled dataset or signals runs
the installed script instead (`OPSC`).
"""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
import typer

from opsc_cli.dataset import load
from opsc_cli.forecast import figures, outlook
from opsc_cli.forecast.review import Past
from opsc_cli.main import main
from opsc_cli.record.records import Dataset

OPSC = Path(sys.executable).with_name("opsc")
_T = TypeVar("_T")


def opsc(
    *arguments: str | Path,
    input: str | bytes = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    text: bool = True,
) -> subprocess.CompletedProcess[Any]:
    """What `opsc` answers to these arguments, as text in UTF-8 or as bytes; `input` is its standard input."""
    with contextlib.ExitStack() as opened:
        streams = [opened.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(input.encode() if isinstance(input, str) else input)
        streams[0].seek(0)
        code = ended(arguments, [stream.fileno() for stream in streams], env, cwd)
        for stream in streams[1:]:
            stream.seek(0)
        out, err = (stream.read() for stream in streams[1:])
    written = (out.decode(), err.decode()) if text else (out, err)
    return subprocess.CompletedProcess(arguments, code, *written)


@cache
def output_of(*arguments: str) -> str:
    """What a command that succeeds writes into a pipe: it runs once, however many tests read its answer."""
    done = opsc(*arguments)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def ended(
    arguments: Sequence[str | Path],
    descriptors: Sequence[int],
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> int:
    """Runs a command and returns its exit code; `descriptors` are its input, output and errors."""
    with _in_place_of_ours(descriptors), _surrounded(arguments, env, cwd):
        if sys.modules.pop("typer.rich_utils", None):  # it reads the environment once
            del typer.rich_utils  # type: ignore[attr-defined]
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0)
        except BaseException:
            traceback.print_exc()
            return 1
        return 0


@contextlib.contextmanager
def _in_place_of_ours(descriptors: Sequence[int]) -> Iterator[None]:
    """Standard streams of a command, opened as Python opens them; ours are back afterwards."""
    kept, ours = [os.dup(number) for number in range(3)], (sys.stdin, sys.stdout, sys.stderr)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    with (
        open(0, encoding="utf-8", closefd=False) as sys.stdin,
        open(1, "w", encoding="utf-8", closefd=False) as sys.stdout,
        open(2, "w", 1, "utf-8", "backslashreplace", closefd=False) as sys.stderr,
    ):
        try:
            yield
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            sys.stdin, sys.stdout, sys.stderr = ours
            for number, copy in enumerate(kept):
                os.dup2(copy, number)
                os.close(copy)


@contextlib.contextmanager
def _surrounded(arguments: Sequence[str | Path], env: Mapping[str, str] | None, cwd: Path | None) -> Iterator[None]:
    """Arguments, environment and folder of a command, and what all share; ours are back afterwards."""
    environment, heard = dict(os.environ), signal.getsignal(signal.SIGINT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd or ".")
        patch.setattr(sys, "argv", ["opsc", *map(str, arguments)])
        patch.setattr(load, "_compiled", frozen_dataset)
        patch.setattr(outlook, "Past", _past_of)
        patch.setattr(figures, "backtest", backtest_of)
        try:
            _set_environment(environment if env is None else env)
            gc.freeze()  # a command looks for waste once, which must not be ours
            yield
        finally:
            _set_environment(environment)
            signal.signal(signal.SIGINT, heard)
            gc.enable()
            gc.unfreeze()


def _set_environment(env: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ |= env


# ── computed once for all commands ───────────────────────────────────────────────────────────────

_compiled = load._compiled


@cache
def frozen_dataset() -> Dataset:
    """What commands and tests ask: one object, so that what was computed of it for one serves the other."""
    found = _compiled()
    assert found, "the frozen dataset is not compiled"
    for part in ("states", "names", "sources"):  # parsed once for all tests; a process of its own keeps the last value
        object.__setattr__(found, part, dict(getattr(found, part)))
    return found


def _once(compute: Callable[[Dataset], _T]) -> Callable[[Dataset], _T]:
    """Computes it once for the dataset that is loaded by default, also under names in another language."""
    known: dict[int, _T] = {}

    def computed(dataset: Dataset) -> _T:
        ours, key = frozen_dataset(), id(dataset.states)
        if dataset.states is not ours.states:
            return compute(dataset)
        if key not in known:
            known[key] = compute(dataset)
        return known[key]

    return computed


_past_of, backtest_of = _once(Past), _once(figures.backtest)
