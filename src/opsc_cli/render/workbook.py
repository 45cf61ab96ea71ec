"""Rows as an Excel workbook, by XlsxWriter: days are stored as dates, and a second sheet describes the data."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from opsc_cli.record.links import ADDRESSES

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDEST = 60
_LONGEST_LINK = 2000
"""Excel refuses a workbook with a longer one."""
_LONGEST = 32_767
"""Characters in a cell; what is longer would be left out as a whole."""


def workbook_bytes(
    title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], envelope: "Envelope"
) -> bytes:
    """The workbook; the same rows give the same bytes. Raises ImportError if XlsxWriter is not installed."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    year, month, day_made, *_ = map(int, envelope["data_version"].split("."))
    workbook.set_properties({"created": datetime(year, month, day_made)})
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet(title)
    sheet.write_row(0, 0, columns, bold)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, number, place, row[column], day)
    for place, column in enumerate(columns):
        widest = max((len(str(row[column] or "")) for row in rows), default=0)
        sheet.set_column(place, place, min(max(widest, len(column)) + 2, _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _about(workbook.add_worksheet("about"), envelope)
    workbook.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value and (found := _day_of(value)):
        sheet.write_datetime(row, column, found, day)
    elif value and value.startswith(ADDRESSES) and len(value) <= _LONGEST_LINK:
        sheet.write_url(row, column, value)
    elif value:
        sheet.write_string(row, column, value[:_LONGEST])


def _day_of(text: str) -> date | None:
    """The day that a text is; a workbook knows none before 1900."""
    if not _DAY.fullmatch(text) or text < "1900":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _about(sheet: Any, envelope: "Envelope") -> None:
    facts = {
        "as of": envelope["as_of"],
        "record of parties ends on": envelope["data_as_of"]["parties"],
        "record of the Committee's work ends on": envelope["data_as_of"]["committee"],
        "data version": envelope["data_version"],
        "opsc version": envelope["tool_version"],
    }
    for number, (name, value) in enumerate(facts.items()):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, value)
    sheet.set_column(0, 1, 40)
