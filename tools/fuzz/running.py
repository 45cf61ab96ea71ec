"""Runs calls of `opsc`, many a second: in forked processes that have imported it already, a hundred calls each.

Each call gets streams, variables and a folder as a process of its own would. The dataset is the small one of
tests/broken/, in place of the compiled one and as folders of YAML.
"""

import gc
import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import typer.main
from tests.faults import BROKEN
from tools.fuzz.calls import Call

from opsc_cli import main
from opsc_cli.dataset import load

LONGEST_SECONDS, MOST_MEGABYTES = 10, 200
CALLS_A_PROCESS = 100


class Slow(BaseException):
    """A call takes longer than LONGEST_SECONDS."""


def run_all(make: Callable[[int], Call], numbers: range, ends: float) -> tuple[str, list[tuple[int, str]]]:
    """A summary, and a report for each fault."""
    _prepare()
    batches = [numbers[n : n + CALLS_A_PROCESS] for n in range(0, len(numbers), CALLS_A_PROCESS)]
    codes, faults, running = Counter[str](), list[tuple[int, str]](), dict[int, tuple[range, Any]]()
    for batch in [*batches, None]:
        while running and (batch is None or len(running) >= (os.cpu_count() or 1)):
            _gather(running, codes, faults)
        if batch is not None and time.monotonic() < ends:
            results = tempfile.TemporaryFile("w+")  # noqa: SIM115
            running[_forked(make, batch, results)] = batch, results
    by_code = ", ".join(f"{n} ended with {code}" for code, n in sorted(codes.items()))
    return f"{codes.total()} tries: {by_code}", sorted(faults)


def _prepare() -> None:
    """What every call would do again: the tree of commands, and the dataset."""
    small = load.load(BROKEN / "base")
    typer.main.get_command = cache(typer.main.get_command)  # type: ignore[assignment]
    load._compiled = lambda: small


def _forked(make: Callable[[int], Call], batch: range, results: Any) -> int:
    child = os.fork()
    if child:
        return child
    try:
        with tempfile.TemporaryDirectory(prefix="opsc-fuzz-") as folder:
            world = World(Path(folder))
            for number in batch:
                json.dump([number, *world.tried(make(number))], results)
                results.write("\n")
                results.flush()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _gather(running: dict[int, tuple[range, Any]], codes: Counter[str], faults: list[tuple[int, str]]) -> None:
    """The results of the first process that ends."""
    child, status = os.wait()
    batch, results = running.pop(child)
    results.seek(0)
    done = [json.loads(line) for line in results]
    results.close()
    codes.update(str(code) for _, code, _ in done)
    faults += [(number, report) for number, _, report in done if report]
    if len(done) < len(batch):
        faults.append((batch[len(done)], f"the process ended, with status {status}"))


class World:
    """A folder with odd things in it, and the streams of this process to give away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "world"
        self.streams = folder / "streams"
        self.kept = [os.dup(number) for number in range(3)]
        self.open = _open_files()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPSC_", "COLUMNS", "LINES"))}
        self.environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CEILING_DIRECTORIES": str(folder)}
        self._build()

    def _build(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        base = BROKEN / "base"
        for name in ("data", "données", os.fsdecode(b"\x80"), "a b", "broken", "blocking"):
            shutil.copytree(base, self.folder / name)
        (self.folder / "broken" / "states.yaml").write_bytes(b"version: x\n\xff")
        (self.folder / "blocking" / "states.yaml").unlink()
        os.mkfifo(self.folder / "blocking" / "states.yaml")
        os.mkfifo(self.folder / "pipe")
        (self.folder / "empty").mkdir()
        (self.folder / "file.txt").write_text("mine")
        for link, to in (("link", "data"), ("loop", "loop"), ("link.csv", "file.txt"), ("dangling", "nowhere/at/all")):
            (self.folder / link).symlink_to(to)
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        for command in (("init", "-q"), ("add", "data", "données"), (*identity, "commit", "-qm", "x")):
            subprocess.run(["git", *command], cwd=self.folder, env=self.environment, check=True)
        self.state = self._state()

    def _state(self) -> list[tuple[str, int, int]]:
        entries = (e for place in (".", "data", "link", "données", "a b") for e in os.scandir(self.folder / place))
        stats = ((e.path, e.stat(follow_symlinks=False)) for e in entries if e.name != ".git")
        return sorted((path, s.st_mtime_ns, s.st_size) for path, s in stats)

    def tried(self, call: Call) -> tuple[str, str]:
        """How the call ends, and a report if it should not."""
        begun = time.monotonic()
        code, out, err = self._run(call)
        gc.enable()
        wrong = list(_wrong(call, code, out, err))
        if time.monotonic() - begun > LONGEST_SECONDS:
            wrong.append("took too long")
        if (megabytes := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024) > MOST_MEGABYTES:
            wrong.append(f"needed {megabytes} MB, or a call before it in this process did")
        after = self._state()
        if left := [path for path, *_ in after if "/.opsc" in path]:
            wrong.append(f"left {left}")
        if after != self.state:
            self._build()
        report = "\n".join((*wrong, "", repr(call)[:4000], "", f"{code}", repr(out)[-2000:], repr(err)[-4000:], ""))
        return code, report if wrong else ""

    def _run(self, call: Call) -> tuple[str, bytes | None, bytes | None]:
        sys.modules.pop("typer.rich_utils", None)  # it reads variables when it is imported
        vars(typer).pop("rich_utils", None)
        os.environ.clear()
        os.environ |= self.environment | call.variables
        sys.argv = ["opsc", *call.arguments]
        folder = self.folder / call.folder
        folder.mkdir(exist_ok=True)
        os.chdir(folder)
        if call.folder != ".":
            folder.rmdir()
        with self._streams(call) as kept:
            code = _ended(main.main)
        os.chdir(self.folder)
        os.environ.clear()
        os.environ |= self.environment
        return code, *kept

    @contextmanager
    def _streams(self, call: Call) -> Iterator[list[bytes | None]]:
        """Standard input and outputs as the call has them; then what was kept of the outputs."""
        self.streams.mkdir(exist_ok=True)
        kept: list[bytes | None] = []
        paths = [self.streams / name for name in ("in", "out", "err")]
        given = [_input(call.input, paths[0]), _output(call.out, paths[1]), _output(call.err, paths[2])]
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
            for number, copy in enumerate(self.kept):
                os.dup2(copy, number)
            for reader in filter(None, readers):
                reader.join()
            if _open_files() - self.open:
                gc.collect()  # a file that is closed here only would close its number again, when another has it
            for number in _open_files() - self.open:
                with suppress(OSError):
                    os.close(number)
            kept += (path.read_bytes() if what == "kept" else None for what, path in
                     ((call.out, paths[1]), (call.err, paths[2])))  # fmt: skip


def _open_files() -> set[int]:
    return {int(name) for name in os.listdir("/proc/self/fd")}


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
            reader = threading.Thread(target=_drain, args=(ours,))
            reader.start()
            return theirs, reader
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), None


def _drain(terminal: int) -> None:
    with suppress(OSError):
        while os.read(terminal, 65536):
            pass
    os.close(terminal)


def _opened(number: int) -> Any:
    """The stream of this number as Python opens it; None if it is closed."""
    try:
        os.fstat(number)
        return open(number, "w" if number else "r", encoding="utf-8", closefd=False)
    except OSError:
        return None


def _ended(program: Callable[[], None]) -> str:
    """The exit code of a process that runs this and ends, or what it ends with instead."""

    def too_long(*_: object) -> None:
        raise Slow

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_SECONDS)
    try:
        program()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except Slow:
        return "slow"
    except BaseException as error:
        return f"{error!r}"
    finally:
        signal.alarm(0)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except (OSError, ValueError):
        return "120"
    return str(code)


def _wrong(call: Call, code: str, out: bytes | None, err: bytes | None) -> Iterator[str]:
    said = err or b""
    full = "full" in (call.out, call.err) or call.out == "terminal"
    if code not in ("0", "1", "2", "3") and not (code == "70" and full and b"internal" not in said):
        yield f"ended with {code}"
    if b"Traceback" in said or b"internal error" in said:
        yield "shows what is inside"
    if code == "2" and err is not None and not err.startswith(b"opsc: "):
        yield "a usage error that says nothing"
    aside = {"-o", "--output"} & {word.partition("=")[0] for word in call.arguments}
    if code == "3" and err is not None and out is not None and not (err or out or aside):
        yield "a dataset that cannot be used, and nothing is said"
    coloured = "always" in call.arguments or "--color=always" in call.arguments or call.variables.get("FORCE_COLOR")
    for stream in (out, err):
        yield from _unprintable(stream or b"", bool(coloured))
    if code == "0" and out and _is_json(call) and b"\x1b" not in out:
        with suppress(ValueError):
            json.loads(out)
            return
        yield "no JSON"


def _unprintable(written: bytes, coloured: bool) -> Iterator[str]:
    if written.startswith(b"PK"):  # a workbook
        return
    try:
        text = written.decode("utf-8-sig")  # --excel begins a table with a byte order mark
    except UnicodeDecodeError:
        yield "writes what is not UTF-8"
        return
    allowed = "\n\t\r\x1b" if coloured else "\n\t\r"
    if odd := {c for c in text if not c.isprintable() and c not in allowed}:
        yield f"writes {odd}"


def _is_json(call: Call) -> bool:
    words = call.arguments
    aside = {"-o", "--output", "-h", "--help", "--version", "--explain", "--template", "-"}
    return (
        words[:1] == [call.command]
        and "--json" in words
        and not aside & set(words)
        and not any("=" in w for w in words)
    )
