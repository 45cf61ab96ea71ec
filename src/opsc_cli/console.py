"""Process I/O: clock, streams, environment, exit codes."""

import os
import sys

TYPE_CHECKING = False  # importing typing would slow down every answer in a pipe; so would the imports within functions
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import NoReturn, TextIO

FINDINGS, USAGE, UNREADABLE, SOFTWARE, INTERRUPTED = 1, 2, 3, 70, 130
"""Exit codes other than 0."""

WIDTH_OF_A_PIPE = 100
"""Wrap width when stdout is not a terminal; fixed, so piped output is reproducible."""

WIDTH_OF_HELP = 80
"""Wrap width of the help when stdout is not a terminal."""


def today() -> "date":
    """Today in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def at_a_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def in_github_actions() -> bool:
    """Whether the program runs in GitHub Actions, which shows findings beside their lines."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def width() -> int:
    """The terminal's width in columns; in a pipe WIDTH_OF_A_PIPE."""
    import shutil

    return shutil.get_terminal_size((WIDTH_OF_A_PIPE, 24)).columns if at_a_terminal() else WIDTH_OF_A_PIPE


def colour(when: str) -> bool:
    """Whether to use colour. `when` (auto, always, never) wins over NO_COLOR and TERM=dumb, these over FORCE_COLOR."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or at_a_terminal()


def write(content: str | bytes) -> None:
    """Writes `content` to stdout. A closed pipe does not change the exit code; any other failure exits with 70."""
    if isinstance(content, bytes) and at_a_terminal():
        fail(USAGE, "a workbook cannot be shown on a terminal; write it to a file: -o FILE.xlsx")
    failure = _write_now(content, sys.stdout)
    if failure and not isinstance(failure, BrokenPipeError):
        _fail_to_write(failure)


def page(content: str | bytes) -> None:
    """Writes `content` to stdout; text longer than the terminal goes through the user's pager, if one is set."""
    pager = os.environ.get("OPSC_PAGER", os.environ.get("PAGER", ""))
    if isinstance(content, str) and pager and _is_long(content) and "NO_PAGER" not in os.environ:
        import shlex
        import subprocess

        try:
            environment = {"LESS": "FRX", **os.environ}
            subprocess.run(shlex.split(pager), input=content, text=True, encoding="utf-8", env=environment)
            return
        except (OSError, ValueError):
            pass  # the pager does not exist or cannot start: write without it
    write(content)


def _is_long(content: str) -> bool:
    """Whether the user is at a terminal that is too short for `content`."""
    import shutil

    interactive = sys.stdin.isatty() and at_a_terminal() and os.environ.get("TERM") != "dumb"
    return interactive and content.count("\n") >= shutil.get_terminal_size().lines


def save(content: str | bytes, path: "Path") -> None:
    """Writes `content` to the file at `path`, completely or not at all; exits with 2 if it cannot."""
    from pathlib import Path

    place = path if is_a_device(path) else Path(os.path.realpath(path))
    if not place.parent.is_dir():
        fail(USAGE, f"-o {path}: no such folder: {place.parent}; create it, or choose another")
    if place.is_dir():
        fail(USAGE, f"-o {path}: this is a folder; give the name of a file")
    data = content.encode() if isinstance(content, str) else content
    try:
        if is_a_device(place):
            place.write_bytes(data)
        else:
            _replace(place, data)
    except BrokenPipeError:
        pass  # as in `write`
    except OSError as error:
        fail(USAGE, f"-o {path}: cannot write: {error.strerror}")


def save_all(contents: "Mapping[str, str]", folder: "Path", *, first: "Mapping[str, str] | None" = None) -> None:
    """Writes each content to the file of its name in `folder`, all or none; exits with 2 if it cannot.

    The files are replaced in this order once all are complete. `first`: contents that files have until then, so that
    a kill in between leaves nothing that cannot be read.
    """
    from pathlib import Path

    try:
        folder.mkdir(parents=True, exist_ok=True)
        steps = (*(first or {}).items(), *contents.items())
        _replace_all([(Path(os.path.realpath(folder / name)), content.encode()) for name, content in steps])
    except FileExistsError:
        fail(USAGE, f"{folder}: this is a file; give the name of a folder")
    except OSError as error:
        fail(USAGE, f"{error.filename2 or error.filename or folder}: cannot write: {error.strerror}")


def is_a_device(path: "Path") -> bool:
    """Whether `path` is a device or a named pipe, which is written to and never replaced."""
    return path.is_char_device() or path.is_fifo()


def _replace(place: "Path", data: bytes) -> None:
    _replace_all([(place, data)])


def _replace_all(steps: "Sequence[tuple[Path, bytes]]") -> None:
    """Writes a temporary file beside each, then renames them. Existing files keep their permissions."""
    import shutil

    whole = [place.with_name(f".{place.name}.{os.getpid()}.{number}") for number, (place, _) in enumerate(steps)]
    held: dict[Path, bytes | None] = {}
    try:
        for beside, (place, data) in zip(whole, steps, strict=True):
            beside.write_bytes(data)
            if place.exists():
                shutil.copymode(place, beside)
        for beside, (place, _) in zip(whole, steps, strict=True):
            if len(steps) > 1:
                held.setdefault(place, place.read_bytes() if place.exists() else None)
            beside.replace(place)
    except BaseException:  # an interruption too
        for place, before in held.items():
            place.unlink(missing_ok=True) if before is None else place.write_bytes(before)
        raise
    finally:
        for beside in whole:
            beside.unlink(missing_ok=True)


def remark(message: str) -> None:
    """Writes one line to stderr if that is a terminal and OPSC_QUIET is not set."""
    if sys.stderr.isatty() and not os.environ.get("OPSC_QUIET"):
        _write_now(f"opsc: {message}\n", sys.stderr)


def fail(code: int, message: str) -> "NoReturn":
    """Writes `message` to stderr and exits with `code`, even if stderr is closed. Findings start with a file's name."""
    _write_now(f"{message}\n" if code == UNREADABLE else f"opsc: {message}\n", sys.stderr)
    raise SystemExit(code)


def _fail_to_write(error: OSError) -> "NoReturn":
    fail(SOFTWARE, f"cannot write the output: {error.strerror}")


def _write_now(content: str | bytes, stream: "TextIO") -> OSError | None:
    """Writes and flushes; returns the failure, if any.

    Everything is flushed here, because Python exits with 120 when the flush at exit fails. After a failure the stream
    leads to the null device, so that what is still buffered cannot fail again.
    """
    try:
        if isinstance(content, bytes):
            stream.buffer.write(content)
        else:
            stream.write(content)
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


def run(program: "Callable[[], int | None]") -> "NoReturn":
    """Runs the program and exits with the code it returns: without a traceback, and with 130 after Ctrl-C."""
    import errno
    import signal

    signal.signal(signal.SIGINT, _interrupted)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    if not at_a_terminal():
        plain_help()
    use_utf8()
    try:
        code = program()
    except Exception as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            _fail_to_write(error)
        fail(SOFTWARE, f"internal error: {error!r}; set OPSC_DEBUG=1 to see where, and please report it")
    raise SystemExit(code)


def use_utf8() -> None:
    """Reads and writes UTF-8 with plain line feeds, whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def plain_help() -> None:
    """Makes Typer's help plain and WIDTH_OF_HELP wide. Typer reads these variables once, when it first writes help."""
    os.environ |= {"_TYPER_FORCE_DISABLE_TERMINAL": "1", "TERMINAL_WIDTH": str(WIDTH_OF_HELP)}


def _interrupted(*_: object) -> "NoReturn":
    raise SystemExit(INTERRUPTED)
