"""Process I/O: clock, streams, environment, exit codes."""

import io
import os
import sys

TYPE_CHECKING = False  # importing typing would slow down every answer in a pipe; so would the imports within functions
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import NoReturn, TextIO

FINDINGS, USAGE, UNREADABLE, SOFTWARE, INTERRUPTED = 1, 2, 3, 70, 130
"""Exit codes other than 0."""

WIDTH_OF_A_PIPE = 100
"""Wrap width when stdout is not a terminal; fixed, so piped output is reproducible."""

WIDTH_OF_HELP = 80
"""Wrap width of the help when stdout is not a terminal."""

NARROWEST, WIDEST = 20, 1000
"""Columns of a terminal; less or more is not believed."""

LONGEST_INPUT = 200_000
"""Characters of standard input; every State on record takes some 3,000."""


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
    if not at_a_terminal():
        return WIDTH_OF_A_PIPE
    import shutil

    return min(max(shutil.get_terminal_size((WIDTH_OF_A_PIPE, 24)).columns, NARROWEST), WIDEST)


def colour(when: str) -> bool:
    """Whether to use colour. `when` (auto, always, never) wins over NO_COLOR and TERM=dumb, these over FORCE_COLOR."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or at_a_terminal()


def lines_given() -> list[str]:
    """The lines on standard input that are not blank; exits with 2 if they are too long or cannot be read.

    They can be read again: if the fast door has no answer, a command asks for them too.
    """
    if not sys.stdin:  # closed
        return []
    if sys.stdin.isatty():
        remark("reading States from standard input, one per line; press Ctrl-D to finish")
    try:
        text = sys.stdin.read(LONGEST_INPUT + 1)
    except OSError as error:
        fail(USAGE, f"standard input cannot be read: {error.strerror}")
    if len(text) > LONGEST_INPUT:
        fail(USAGE, f"standard input has more than {LONGEST_INPUT:,} characters; give States, one per line")
    sys.stdin = io.StringIO(text)
    return [line.strip() for line in text.split("\n") if line.strip()]


def write(content: "str | bytes | Iterator[bytes]") -> None:
    """Writes `content` to stdout. A closed pipe does not change the exit code; any other failure exits with 70."""
    if isinstance(content, bytes) and at_a_terminal():
        fail(USAGE, "a workbook cannot be shown on a terminal; write it to a file: -o FILE.xlsx")
    failure = _write_now(content, sys.stdout)
    if failure and not isinstance(failure, BrokenPipeError):
        fail(SOFTWARE, f"cannot write the output: {failure.strerror}")


def page(content: "str | bytes | Iterator[bytes]") -> None:
    """Writes `content` to stdout; text longer than the terminal goes through the user's pager, if one is set.

    Without the pager, too, if it is not installed or fails. Pieces are joined for a terminal, and written one by one
    elsewhere.
    """
    if at_a_terminal() and not isinstance(content, str | bytes):
        content = b"".join(content).decode()
    if not (isinstance(content, str) and "NO_PAGER" not in os.environ and _is_long(content) and _paged(content)):
        write(content)


def _paged(content: str) -> bool:
    """Whether the user's pager has shown `content`. Until it ends, Ctrl-C is for the pager alone."""
    pager = os.environ.get("OPSC_PAGER", os.environ.get("PAGER", ""))
    if not pager.strip():
        return False
    import shlex
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, lambda *_: None)  # a handler is not inherited; SIG_IGN would be
    try:
        settings = {"LESS": "FRX", **os.environ}
        done = subprocess.run(shlex.split(pager), input=content.encode(errors="backslashreplace"), env=settings)
        return done.returncode in (0, -signal.SIGINT, -signal.SIGTERM)  # the user has ended it; a crash is no answer
    except (OSError, ValueError):  # not installed; or no command, such as an unclosed quotation mark
        return False
    finally:
        signal.signal(signal.SIGINT, before)


def _is_long(content: str) -> bool:
    """Whether the user is at a terminal that is too short for `content`."""
    if not (sys.stdin and sys.stdin.isatty() and at_a_terminal() and os.environ.get("TERM") != "dumb"):
        return False
    import shutil

    return content.count("\n") >= shutil.get_terminal_size().lines


def heard() -> bool:
    """Whether remarks are written: stderr is a terminal, and OPSC_QUIET is not set."""
    return sys.stderr.isatty() and not os.environ.get("OPSC_QUIET")


def remark(message: str) -> None:
    """Writes one line to stderr if remarks are."""
    if heard():
        _write_now(f"opsc: {printable(message)}\n", sys.stderr)


def note(message: str) -> None:
    """Writes one line to stderr."""
    _write_now(f"opsc: {printable(message)}\n", sys.stderr)


def fail(code: int, message: str) -> "NoReturn":
    """Writes `message` to stderr and exits with `code`, even if stderr is closed. Findings start with a file's name."""
    shown = "\n".join(map(printable, message.split("\n")))
    _write_now(f"{shown}\n" if code == UNREADABLE else f"opsc: {shown}\n", sys.stderr)
    raise SystemExit(code)


def printable(text: str) -> str:
    r"""`text` with an escape in place of what does not print, such as \x1b, or \udce9 for a byte that is not UTF-8.

    A terminal acts on some of these characters; a path, or a message of another program, may contain any.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _write_now(content: "str | bytes | Iterator[bytes]", stream: "TextIO | None") -> OSError | None:
    """Writes and flushes; returns the failure, if any. A stream that is closed takes everything.

    Everything is flushed here, because Python exits with 120 when the flush at exit fails. After a failure the stream
    leads to the null device, so that what is still buffered cannot fail again.
    """
    if stream is None:
        return None
    try:
        if isinstance(content, str):
            stream.write(content)
        else:
            stream.buffer.writelines([content] if isinstance(content, bytes) else content)
        stream.flush()
    except OSError as error:
        if error.filename is not None:  # of a file that is read for the next piece
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


def run(program: "Callable[[], None]") -> "NoReturn":
    """Runs the program and exits: without a traceback, and with 130 after Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, _interrupted)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    bound_environment()
    use_utf8()
    try:
        program()
    except Exception as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        if isinstance(error.__cause__, SystemExit):  # Ctrl-C while a class was made: Python 3.11 raises another
            raise error.__cause__ from None
        fail(*_explained(error))
    raise SystemExit


def _explained(error: Exception) -> tuple[int, str]:
    """The exit code and the message for an error that nothing else explains."""
    import errno

    if isinstance(error, ImportError):
        return SOFTWARE, not_installed(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        return SOFTWARE, f"cannot write the output: {error.strerror}"
    if isinstance(error, OSError) and error.filename is not None:  # a path that was given
        return USAGE, f"{error.filename}: {error.strerror}"
    return SOFTWARE, f"internal error: {error!r}; set OPSC_DEBUG=1 to see where, and please report it"


def not_installed(error: ImportError) -> str:
    """The message for a package that is missing, or is not a version that works."""
    return f"the installation is not complete: {error}; install opsc again, with all that it requires"


def installing(package: str) -> str:
    """The command that installs a package beside opsc."""
    from subprocess import list2cmdline

    command = [sys.executable, "-m", "pip", "install", package]
    return list2cmdline(command)


def bound_environment() -> None:
    """Leaves the libraries no variable that changes or breaks what they write; a width only within bounds.

    Typer reads TERMINAL_WIDTH and _TYPER_FORCE_DISABLE_TERMINAL once, when it first writes help.
    """
    for name in _READ_BY_LIBRARIES:
        os.environ.pop(name, None)
    for name, most in (("COLUMNS", WIDEST), ("LINES", WIDEST)):
        try:
            given = int(os.environ.pop(name, ""))
        except ValueError:
            continue
        if given > 0:
            os.environ[name] = str(min(max(given, NARROWEST), most))
    if at_a_terminal():
        os.environ["TERMINAL_WIDTH"] = str(width())
    else:
        plain_help()


_READ_BY_LIBRARIES = (
    "TERMINAL_WIDTH", "TYPER_USE_RICH", "_TYPER_FORCE_DISABLE_TERMINAL", "_OPSC_COMPLETE",
    "JUPYTER_COLUMNS", "JUPYTER_LINES", "UNICODE_VERSION",
)  # fmt: skip


def use_utf8() -> None:
    """Reads and writes UTF-8 with plain line feeds, whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def plain_help() -> None:
    """Makes Typer's help plain and WIDTH_OF_HELP wide."""
    os.environ.pop("COLUMNS", None)
    os.environ |= {"_TYPER_FORCE_DISABLE_TERMINAL": "1", "TERMINAL_WIDTH": str(WIDTH_OF_HELP)}


def _interrupted(*_: object) -> "NoReturn":
    raise SystemExit(INTERRUPTED)
