"""The standard streams of a call: kept in a file, unread, closed, full, or a terminal."""

import fcntl
import gc
import os
import pty
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.fuzz.calls import Call


class Streams:
    """The streams of this process, to give away and to take back."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.paths = [folder / name for name in ("in", "out", "err")]
        self.ours = [_out_of_reach(os.dup(number)) for number in range(3)]
        self.open = _open_files()

    @contextmanager
    def given(self, call: Call) -> Iterator[list[bytes | None]]:
        """Standard input and outputs as the call has them; then what was kept of the outputs."""
        kept: list[bytes | None] = []
        given = [_input(call.input, self.paths[0]), _output(call.out, self.paths[1]), _output(call.err, self.paths[2])]
        readers = [_replace(number, by) for number, by in enumerate(given)]
        ours = sys.stdin, sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = (_opened(number) for number in range(3))
        try:
            yield kept
        finally:
            for stream in filter(None, (sys.stdin, sys.stdout, sys.stderr)):
                with suppress(OSError, ValueError):
                    stream.close()
            sys.stdin, sys.stdout, sys.stderr = ours
            for number, copy in enumerate(self.ours):
                os.dup2(copy, number)
            for reader in filter(None, readers):
                reader.join()
            self._close_others()
            kept += (path.read_bytes() if what == "kept" else None for what, path in
                     ((call.out, self.paths[1]), (call.err, self.paths[2])))  # fmt: skip

    def _close_others(self) -> None:
        if _open_files() - self.open:
            gc.collect()  # a file that is closed here only would close its number again, when another has it
        for number in _open_files() - self.open:
            with suppress(OSError):
                os.close(number)


def _open_files() -> set[int]:
    return {number for number in map(int, os.listdir("/proc/self/fd")) if _is_open(number)}


def _is_open(number: int) -> bool:
    """Whether it is still: one of the files listed was the list itself."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _replace(number: int, by: tuple[int | None, Any]) -> Any:
    """Makes `by` the stream of this number; None closes it."""
    descriptor, reader = by
    if descriptor is None:
        os.close(number)
    else:
        os.dup2(descriptor, number)
        os.close(descriptor)
    return reader


def _input(what: bytes | str | None, path: Path) -> tuple[int | None, None]:
    if what is None:
        return None, None
    if isinstance(what, bytes):
        path.write_bytes(what)
        return os.open(path, os.O_RDONLY), None
    if what == "a folder":
        return os.open("/", os.O_RDONLY), None
    return os.open(os.devnull, os.O_WRONLY), None


def _output(what: str, path: Path) -> tuple[int | None, threading.Thread | None]:
    match what:
        case "closed":
            return None, None
        case "full":
            return os.open("/dev/full", os.O_WRONLY), None
        case "unread":
            read, written = os.pipe()
            os.close(read)
            return written, None
        case "terminal":
            ours, theirs = pty.openpty()
            reader = threading.Thread(target=_drain, args=(_out_of_reach(ours),))
            reader.start()
            return theirs, reader
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), None


def _out_of_reach(number: int) -> int:
    """Another number for an open file of ours, so high that no call means it by /dev/fd/9."""
    high = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 200)
    os.close(number)
    return high


def _drain(terminal: int) -> None:
    with suppress(OSError):
        while os.read(terminal, 65536):
            pass
    os.close(terminal)


def _opened(number: int) -> Any:
    """The stream of this number as Python opens it; None if it is closed."""
    if not _is_open(number):
        return None
    try:
        return open(number, "w" if number else "r", encoding="utf-8", closefd=False)
    except OSError:  # a folder
        return None
