"""Between the commands and the world: the clock, standard input and output, the environment, exit codes."""

import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

from opsc_cli.dataset import load
from opsc_cli.findings import Unreadable
from opsc_cli.names import NotAState, find, find_among_others
from opsc_cli.records import Dataset

FINDINGS, USAGE, UNREADABLE, SOFTWARE, INTERRUPTED = 1, 2, 3, 70, 130
"""Exit codes besides 0."""

WIDTH_OF_A_PIPE = 100
"""Columns for text that is wrapped, where no terminal says how wide it is: what is piped is stable."""


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def loaded(folder: Path | None) -> Dataset:
    """The dataset of `folder`, else of this installation; exit 3 with every error where it is not valid."""
    try:
        return load(folder)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))


def dataset_at(place: str) -> Dataset:
    """The dataset in the folder `place`, else the one of the git revision of that name."""
    if Path(place).is_dir():
        return loaded(Path(place))
    from tempfile import TemporaryDirectory

    from opsc_cli.revisions import NoSuchRevision, lay_out

    with TemporaryDirectory(prefix="opsc-") as folder:
        try:
            laid_out = lay_out(place, Path(folder))
        except NoSuchRevision as error:
            fail(UNREADABLE, f"opsc: {error}")
        return loaded(laid_out)


def resolved(texts: list[str], dataset: Dataset) -> tuple[str, ...]:
    """The States that `texts` name, each once; `-` reads them from standard input. Exit 2 where one names none."""
    if not texts:
        fail(USAGE, "name a State, or ask for --all; for example: opsc due Austria")
    meaning = find_among_others if len(texts) > 1 else find
    found = [answer for text in texts for answer in _found(text, meaning, dataset)]
    refusals = [_refusal(answer, dataset) for answer in found if isinstance(answer, NotAState)]
    if refusals:
        fail(USAGE, "\n".join(refusals))
    return tuple(dict.fromkeys(answer for answer in found if isinstance(answer, str)))


def _found(text: str, meaning: Callable[..., str | NotAState], dataset: Dataset) -> Iterator[str | NotAState]:
    if text == "-":
        return (find(line, dataset.index, dataset.refused) for line in _lines_of_standard_input())
    return iter((meaning(text, dataset.index, dataset.refused),))


def _lines_of_standard_input() -> Iterator[str]:
    if sys.stdin.isatty():
        remark("reading States from the keyboard, one a line; Ctrl-D ends the list")
    return (line.strip() for line in sys.stdin if line.strip())


def _refusal(answer: NotAState, dataset: Dataset) -> str:
    candidates = ", ".join(f"{dataset.names[iso3].name} ({iso3})" for iso3 in answer.candidates)
    return f"{answer.text!r}: {answer.because}" + (f"; perhaps {candidates}" if candidates else "")


def at_a_terminal() -> bool:
    """Whether a person reads the output."""
    return sys.stdout.isatty()


def in_github_actions() -> bool:
    """Whether GitHub Actions runs the program, and takes annotations from its output."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def width() -> int:
    """The terminal's width in columns."""
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
    pager = shlex.split(os.environ.get("OPSC_PAGER", os.environ.get("PAGER", "")))
    if isinstance(content, str) and pager and _is_long(content) and "NO_PAGER" not in os.environ:
        import subprocess

        try:
            subprocess.run(pager, input=content, text=True, encoding="utf-8", env={"LESS": "FRX", **os.environ})
            return
        except OSError:
            pass  # no such pager: the answer is still wanted
    write(content)


def _is_long(content: str) -> bool:
    """Whether a person at a terminal would see only the end of it."""
    at_both_ends = sys.stdin.isatty() and at_a_terminal() and os.environ.get("TERM") != "dumb"
    return at_both_ends and content.count("\n") >= shutil.get_terminal_size().lines


def save(content: str | bytes, path: Path) -> None:
    """`content` into the file at `path`, whole or not at all. Exit 2 where that cannot be."""
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


def is_a_device(path: Path) -> bool:
    """Whether `path` is a device or a pipe: written to, not replaced."""
    return path.is_char_device() or path.is_fifo()


def _replace(place: Path, data: bytes) -> None:
    """A file beside it takes its name when it is whole; its permissions stay, a new file's are those of the umask."""
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


def fail(code: int, message: str) -> NoReturn:
    """Ends the program with `code` and a message on standard error; the code tells where nobody reads the message."""
    with suppress(OSError):
        sys.stderr.write(f"{message}\n" if code == UNREADABLE else f"opsc: {message}\n")
    raise SystemExit(code)


def run(program: Callable[[], None]) -> None:
    """Runs the program so that no traceback is shown, and an interruption ends it with 130."""
    signal.signal(signal.SIGINT, _interrupted)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    if not at_a_terminal():
        os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"  # else Typer colours its help in a pipe on some CI
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        program()
    except Exception as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        fail(SOFTWARE, f"internal error: {error!r}; set OPSC_DEBUG=1 to see where, and please report it")


def _interrupted(*_: object) -> NoReturn:
    raise SystemExit(INTERRUPTED)
