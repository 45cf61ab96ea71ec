"""Reads a table of facts, one per row, from a spreadsheet's CSV or a workbook."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from opsc_cli.console import installing
from opsc_cli.dataset.intake.facts import COLUMNS, Fact

REMARK = "#"
"""A row whose first cell begins with this is a comment."""

NEEDED = ("state", "fact", "value")

LARGEST_TABLE = 4 * 1024 * 1024
"""Bytes of a table, or of a workbook when its parts are unpacked."""
MOST_ROWS = 10_000


class NoTable(Exception):
    """The file is not a table of facts; the message says what is wrong and what to do."""


def facts_in(path: Path, read: str) -> list[tuple[int, Fact]]:
    """The facts in the table with their line numbers; `read` is the default for the day of reading."""
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for, a device may have no end
        raise NoTable("not a regular file; save the table in one")
    rows = _workbook(path) if path.suffix.lower() == ".xlsx" else _separated(path)
    header: list[str] | None = None
    found = []
    for number, (line, cells) in enumerate(rows):
        if number > MOST_ROWS:
            raise NoTable(f"more than {MOST_ROWS:,} rows; record them in parts")
        if not any(cells) or cells[0].startswith(REMARK):
            continue
        if header is None:
            header = _header(cells)
            continue
        if any(cells[len(header) :]):
            raise NoTable(
                f"line {line} has more cells than the header; put texts that contain commas in quotation marks"
            )
        given = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
        found.append((line, Fact(**{"state": "", "fact": "", "value": "", "read": read, **given})))
    if header is None:
        raise NoTable(f"no header row; start from `opsc record --template > {path.name}`")
    return found


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.casefold().replace("-", "_").replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in COLUMNS:
            close = get_close_matches(name, COLUMNS, n=1)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            raise NoTable(f"unknown column {name!r}{meant}; the columns are {', '.join(COLUMNS)}")
        if names.count(name) > 1:
            raise NoTable(f"the column {name!r} appears twice; keep one of the two")
    if missing := [name for name in NEEDED if name not in names]:
        raise NoTable(f"the column {missing[0]!r} is missing; a table of facts has at least {', '.join(NEEDED)}")
    return names


def _separated(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV; the header shows whether commas, semicolons or tabs separate the cells."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_TABLE + 1)
        _refuse_if_large(len(raw))
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise NoTable(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise NoTable("not UTF-8; save the table as CSV UTF-8") from None
    first = next((line for line in text.splitlines() if line and not line.startswith(REMARK)), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [" ".join(cell.split()) for cell in cells] or [""]
    except csv.Error as error:
        raise NoTable(f"line {reader.line_num}: {error}") from None


def _refuse_if_large(size: int) -> None:
    if size > LARGEST_TABLE:
        raise NoTable(f"larger than {LARGEST_TABLE // 1024 // 1024} MB; a table of facts is far smaller")


def _workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        needed = f"reading a workbook needs openpyxl, which is not installed; run `{installing('openpyxl')}`"
        raise NoTable(f"{needed}, or save the sheet as CSV") from None
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as parts:
            _refuse_if_large(sum(part.file_size for part in parts.infolist()))
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise NoTable(f"not a workbook that can be read: {error}") from None
    for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        yield line, [_cell(cell) for cell in cells] or [""]


def _cell(value: Any) -> str:
    """A cell as text: a day without time, a whole number without decimals."""
    if isinstance(value, datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())
