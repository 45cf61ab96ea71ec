"""Runs commands on a pseudo-terminal of a given width."""

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.commands import ended
from tests.conftest import CHECKOUT

BIN = Path(sys.executable).parent

_CODE = "; echo code $?"

_OURS = ("COLUMNS", "LINES", "FORCE_COLOR", "GITHUB_ACTIONS", "PAGER", "OPSC_PAGER", "OPSC_QUIET", "OPSC_LANG")
"""What is set here must not change what a test sees."""


def on_a_terminal(command: str, *, columns: int = 100, **environment: str) -> str:
    """What `command` writes to a terminal `columns` wide, without carriage returns; no colour unless asked for.

    A call of `opsc` alone, or with `; echo code $?`, runs as tests/commands.py has it; what a shell must read is run by
    one.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in _OURS}
    settings = {**kept, "NO_COLOR": "1", "TERM": "xterm-256color", **environment}
    settings["PATH"] = f"{BIN}{os.pathsep}{settings.get('PATH', '')}"
    settings = {k: v for k, v in settings.items() if v}
    alone = command.startswith("opsc ") and not set("|&;<>$`~*") & set(command.removesuffix(_CODE))
    run = _here if alone else _in_a_shell
    written = run(command, ours, theirs, settings)
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def typed_at(keys: str, said: str, command: str) -> str:
    """What a terminal shows of a command at which `keys` are pressed when it has said something."""
    child, terminal = pty.fork()
    if not child:
        settings = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "TERM": "xterm"}
        os.execvpe("sh", ["sh", "-c", command], settings)
    shown = ""
    while True:
        try:
            shown += os.read(terminal, 65536).decode()
        except OSError:
            break
        if keys and said in shown:
            time.sleep(0.2)
            os.write(terminal, keys.encode())
            keys = ""
    os.waitpid(child, 0)
    os.close(terminal)
    return shown


def _here(command: str, ours: int, theirs: int, settings: dict[str, str]) -> bytes:
    with ThreadPoolExecutor(1) as reader:
        written = reader.submit(_read, ours)
        try:
            code = ended(shlex.split(command.removesuffix(_CODE))[1:], [theirs] * 3, settings, CHECKOUT)
            if command.endswith(_CODE):
                os.write(theirs, f"code {code}\n".encode())
        finally:
            os.close(theirs)
        return written.result()


def _in_a_shell(command: str, ours: int, theirs: int, settings: dict[str, str]) -> bytes:
    process = subprocess.Popen(
        ["sh", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, cwd=CHECKOUT, env=settings
    )
    os.close(theirs)
    written = _read(ours)
    process.wait(timeout=30)
    return written


def _read(terminal: int) -> bytes:
    """All that is written to a terminal until nobody has it open."""
    written = bytearray()
    with suppress(OSError):  # Linux reports the end of a terminal so
        while chunk := os.read(terminal, 65536):
            written += chunk
    return bytes(written)
