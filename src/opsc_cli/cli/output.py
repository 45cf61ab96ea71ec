"""Writes a command's result: chooses the format, then writes to stdout or to a file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Any

from opsc_cli import console
from opsc_cli.answers import age
from opsc_cli.cli.options import Request
from opsc_cli.console import USAGE, fail

if TYPE_CHECKING:
    from pathlib import Path

_Written = str | bytes | Iterator[bytes]


def show(
    listing: Any,
    request: Request,
    day: date | None = None,
    in_a_pipe: str = "tsv",
    alarm: tuple[int, ...] | None = None,
) -> None:
    """Writes the listing in the format requested; by default as a table on a terminal, and as `in_a_pipe` in a pipe.

    `day`: the day the answer is for, if it is not the day requested. `alarm`: the reminders asked for, which only a
    calendar has.
    """
    from opsc_cli.render import listing as formats
    from opsc_cli.render.terminal import Screen

    file = _file(request.output)
    person = console.at_a_terminal() and not file
    default = "table" if person else in_a_pipe
    form = chosen_format(request.json, request.format, file, formats.SUFFIXES, default)
    _refuse(form, excel=request.excel, alarm=alarm is not None)
    colour = not file and console.colour(request.color)
    links = colour and (request.color == "always" or person)
    screen = Screen(_width(file), colour, links=links, explains=person)
    envelope = formats.envelope_of(request.dataset, day or request.day)
    try:
        shown = listing if request.fields is None else formats.with_fields(listing, request.fields, envelope)
        written = formats.FORMATS[form](shown, envelope, screen)
    except formats.WrongField as wrong:
        from opsc_cli.cli.errors import expected

        fail(USAGE, f"--fields {str(wrong)!r}: {expected(str(wrong), (*formats.fields_of(listing), 'all'))}")
    except formats.NoCalendar:
        fail(USAGE, "no calendar output for this command; available for due, states, sessions, forecast, plan")
    except formats.NoPicture:
        fail(USAGE, "no picture for this answer; available for timeline, states, stats and forecast STATE")
    except formats.NotInstalled:
        fail(USAGE, f"xlsx output needs XlsxWriter, which is not installed; run `{console.installing('xlsxwriter')}`")
    put(_encoded(written, request.excel), request.output, console.page)
    if not request.quiet and (notice := age.warning(request.dataset, request.day)):
        console.remark(notice)


def _refuse(form: str, *, excel: bool, alarm: bool) -> None:
    """Exits with 2 if an option is given that does nothing in this format."""
    if excel and form != "csv":
        fail(USAGE, "--excel is for csv; add --format csv, or write a workbook with -o FILE.xlsx")
    if alarm and form != "ics":
        fail(USAGE, "--alarm is for calendars; add --format ics, or write one with -o FILE.ics")


def _encoded(written: str | bytes | Iterator[str], marked: bool) -> _Written:
    """Pieces of text encoded one by one, if it comes in pieces. `marked`: after a byte order mark."""
    if isinstance(written, str | bytes):
        return written
    pieces = chain(["\N{BYTE ORDER MARK}"] if marked else [], written)
    return (piece.encode(errors="backslashreplace") for piece in pieces)


def _width(file: "Path | None") -> int:
    return console.WIDTH_OF_A_PIPE if file else console.width()


def chosen_format(
    json: bool, format: str | None, output: "Path | None", suffixes: Mapping[str, str], default: str
) -> str:
    """The format set by --json, by --format or by the suffix of the output file; otherwise the default."""
    if json and format not in (None, "json"):
        fail(USAGE, f"--json and --format {format} contradict each other; use one of them")
    if json or format:
        return format or "json"
    file = _file(output)
    if file is None or _saving().is_a_device(file):
        return default
    known = ", ".join(suffixes)
    advice = f"unknown suffix; add --format, or use one of {known}"
    return suffixes.get(file.suffix.lower()) or fail(USAGE, f"-o {file}: {advice}")


def put(written: _Written, output: "Path | None", to_stdout: Callable[[_Written], None]) -> None:
    """Writes to the file `output` if there is one, otherwise with `to_stdout`."""
    if file := _file(output):
        _saving().save(written if isinstance(written, str | bytes) else b"".join(written), file)
    else:
        to_stdout(written)


def _file(output: "Path | None") -> "Path | None":
    """The file that the output goes to, if any: `-` and /dev/stdout mean standard output."""
    return None if output is None or str(output) == "-" or _saving().descriptor(output) == 1 else output


def _saving() -> ModuleType:
    from opsc_cli.cli import saving  # only where a file is named

    return saving
