"""Runs `opsc` many times: in processes of their own, forked from one that has imported it already.

Each is a whole process with its arguments, environment, streams and exit code, at a tenth of the cost. What is about
starting up, imports, signals or terminals runs the installed script instead (`OPSC`).
"""

import multiprocessing
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import opsc_cli

OPSC = Path(sys.executable).with_name("opsc")

_OURS = [m.name for m in pkgutil.walk_packages(opsc_cli.__path__, "opsc_cli.") if not m.name.endswith("__main__")]
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([*_OURS, "rich.markdown", "rich.table", "xlsxwriter"])


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
        settings = dict(os.environ if env is None else env)
        process = _SERVER.Process(target=_run, args=(tuple(map(str, arguments)), settings, cwd or Path.cwd(), streams))
        process.start()
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


def _run(arguments: tuple[str, ...], settings: dict[str, str], folder: Path, streams: list[Path]) -> None:
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # multiprocessing has closed it
    os.environ.clear()
    os.environ |= settings
    os.chdir(folder)
    sys.argv = ["opsc", *arguments]
    from opsc_cli.main import main

    main()
