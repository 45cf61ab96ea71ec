"""Runs `opsc` many times: in processes of their own, forked from one that has imported it and its dataset already.

Each is a whole process with its arguments, environment, streams and exit code, at a tenth of the cost. What is about
starting up, imports, the compiled dataset or signals runs the installed script instead (`OPSC`).
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

OPSC = Path(sys.executable).with_name("opsc")

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.served"])


def opsc(
    *arguments: str | Path,
    input: str | bytes = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    text: bool = True,
) -> subprocess.CompletedProcess[Any]:
    """What `opsc` answers to these arguments, as text in UTF-8 or as bytes; `input` is its standard input."""
    with tempfile.TemporaryDirectory(prefix="opsc-streams-") as folder:
        streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(input.encode() if isinstance(input, str) else input)
        process = started(arguments, streams, os.environ if env is None else env, cwd or Path.cwd())
        process.join()
        out, err = (path.read_bytes() for path in streams[1:])
    written = (out.decode(), err.decode()) if text else (out, err)
    return subprocess.CompletedProcess(arguments, process.exitcode or 0, *written)


@cache
def output_of(*arguments: str) -> str:
    """What a command that succeeds writes into a pipe: it runs once, however many tests read its answer."""
    done = opsc(*arguments)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def started(
    arguments: Sequence[str | Path], streams: Sequence[str | Path], env: Mapping[str, str], cwd: Path
) -> BaseProcess:
    """The process of a command; `streams` are the files, or a terminal, for its input, output and errors."""
    process = _SERVER.Process(target=_run, args=(tuple(map(str, arguments)), streams, dict(env), cwd))
    process.start()
    return process


def _run(arguments: tuple[str, ...], streams: Sequence[str | Path], env: dict[str, str], folder: Path) -> None:
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # those of the server are not like these
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ |= env
    os.chdir(folder)
    sys.argv = ["opsc", *arguments]
    from opsc_cli.main import main

    main()
