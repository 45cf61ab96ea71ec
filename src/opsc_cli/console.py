"""Between the commands and the world: the clock, standard input and output, the environment, exit codes."""

import os
import sys

TYPE_CHECKING = False  # typing, and all that only some answers need, would cost every answer in a pipe its speed
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import NoReturn, TextIO

FINDINGS, USAGE, UNREADABLE, SOFTWARE, INTERRUPTED = 1, 2, 3, 70, 130
"""Exit codes besides 0."""

WIDTH_OF_A_PIPE = 100
"""Columns for text that is wrapped, where no terminal says how wide it is: what is piped is stable."""


WIDTH_OF_HELP = 80
"""Columns of the help in a pipe."""


def today() -> "date":
    """The day in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def at_a_terminal() -> bool:
    """Whether a person reads the output."""
    return sys.stdout.isatty()


def in_github_actions() -> bool:
    """Whether GitHub Actions runs the program, and takes annotations from its output."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def width() -> int:
    """The terminal's width in columns."""
    import shutil

    return shutil.get_terminal_size((WIDTH_OF_A_PIPE, 24)).columns if at_a_terminal() else WIDTH_OF_A_PIPE


def colour(when: str) -> bool:
    """Whether to colour, for `--color` auto, always or never and by NO_COLOR, FORCE_COLOR and TERM=dumb."""
    if when not in ("auto", "always", "never"):
        fail(USAGE, f"--color {when!r}: expected auto, always or never")
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or at_a_terminal()


def write(content: str | bytes) -> None:
    """`content` to standard output; a reader that has gone ends the program quietly."""
    try:
        if isinstance(content, bytes):
            if at_a_terminal():
                fail(USAGE, "a workbook is not for a terminal; name a file: -o FILE.xlsx")
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        raise SystemExit(0) from None
    except OSError as error:
        _discard_output()
        fail(SOFTWARE, f"the answer could not be written: {error.strerror}")


def page(content: str | bytes) -> None:
    """`content` to standard output; what is longer than the terminal through the pager that the reader has chosen."""
    pager = os.environ.get("OPSC_PAGER", os.environ.get("PAGER", ""))
    if isinstance(content, str) and pager and _is_long(content) and "NO_PAGER" not in os.environ:
        import shlex
        import subprocess

        try:
            environment = {"LESS": "FRX", **os.environ}
            subprocess.run(shlex.split(pager), input=content, text=True, encoding="utf-8", env=environment)
            return
        except (OSError, ValueError):
            pass  # no such pager: the answer is still wanted
    write(content)


def _is_long(content: str) -> bool:
    """Whether a person at a terminal would see only the end of it."""
    import shutil

    at_both_ends = sys.stdin.isatty() and at_a_terminal() and os.environ.get("TERM") != "dumb"
    return at_both_ends and content.count("\n") >= shutil.get_terminal_size().lines


def save(content: str | bytes, path: "Path") -> None:
    """`content` into the file at `path`, whole or not at all. Exit 2 where that cannot be."""
    from pathlib import Path

    place = path if is_a_device(path) else Path(os.path.realpath(path))
    if not place.parent.is_dir():
        fail(USAGE, f"-o {path}: no such folder: {place.parent}")
    if place.is_dir():
        fail(USAGE, f"-o {path}: a folder; expected a file")
    data = content.encode() if isinstance(content, str) else content
    try:
        if is_a_device(place):
            place.write_bytes(data)
        else:
            _replace(place, data)
    except OSError as error:
        fail(USAGE, f"-o {path}: cannot be written: {error.strerror}")


def save_all(contents: "Mapping[str, str]", folder: "Path") -> None:
    """Each content into the file of its name in `folder`, whole or not at all. Exit 2 where that cannot be."""
    from pathlib import Path

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _replace(Path(os.path.realpath(folder / name)), content.encode())
    except FileExistsError:
        fail(USAGE, f"{folder}: a file; expected a folder")
    except OSError as error:
        fail(USAGE, f"{error.filename2 or folder}: cannot be written: {error.strerror}")


def is_a_device(path: "Path") -> bool:
    """Whether `path` is a device or a pipe: written to, not replaced."""
    return path.is_char_device() or path.is_fifo()


def _replace(place: "Path", data: bytes) -> None:
    """A file beside it takes its name when it is whole; its permissions stay, a new file's are those of the umask."""
    import shutil

    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def remark(message: str) -> None:
    """One line for a person: on standard error, only where that is a terminal, and not where OPSC_QUIET is set."""
    if sys.stderr.isatty() and not os.environ.get("OPSC_QUIET"):
        sys.stderr.write(f"opsc: {message}\n")


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(code: int, message: str) -> "NoReturn":
    """Ends the program with `code` and a message on standard error; the code tells where nobody reads the message."""
    from contextlib import suppress

    with suppress(OSError):
        sys.stderr.write(f"{message}\n" if code == UNREADABLE else f"opsc: {message}\n")
    raise SystemExit(code)


def run(program: "Callable[[], None]") -> None:
    """Runs the program so that no traceback is shown, and an interruption ends it with 130."""
    import errno
    import signal

    signal.signal(signal.SIGINT, _interrupted)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    if not at_a_terminal():
        let_help_be_for_a_pipe()
    speak_utf8()
    piped = _is_a_pipe(sys.stdout)
    try:
        program()
    except SystemExit as end:
        if end.code == 1 and piped and not _is_a_pipe(sys.stdout):
            raise SystemExit(0) from None  # Rich, writing help, puts another file there when the reader has gone
        raise
    except Exception as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            _discard_output()
            fail(SOFTWARE, f"the answer could not be written: {error.strerror}")
        fail(SOFTWARE, f"internal error: {error!r}; set OPSC_DEBUG=1 to see where, and please report it")


def speak_utf8() -> None:
    """Reads and writes UTF-8 with plain line feeds, whatever the locale says."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _is_a_pipe(stream: "TextIO") -> bool:
    import stat

    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return False


def let_help_be_for_a_pipe() -> None:
    """Keeps Typer, before it writes any, from colouring its help and from wrapping it to some terminal."""
    os.environ |= {"_TYPER_FORCE_DISABLE_TERMINAL": "1", "TERMINAL_WIDTH": str(WIDTH_OF_HELP)}


def _interrupted(*_: object) -> "NoReturn":
    raise SystemExit(INTERRUPTED)
