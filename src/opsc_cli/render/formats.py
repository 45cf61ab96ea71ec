"""The formats of a list: FORMATS says what there is, and each entry writes the same listing its own way."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsc_cli.render.document import Envelope, text_of
from opsc_cli.render.screen import Screen

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A result as every format can take it."""

    key: str
    """The document's key for it: "states", "sessions"."""
    content: Any
    """Its JSON: mostly a list of objects."""
    columns: Sequence[str]
    rows: Callable[[], Sequence[Row]]
    """Its flat rows: texts and whole numbers by column, None where nothing is on record."""
    table: Callable[[Screen], str]
    calendar: Callable[[Envelope], str] | None = None
    """Its dates as a calendar; None where it has none."""


class WrongField(ValueError):
    """A field was asked for that the listing does not have."""


class NoCalendar(ValueError):
    """A calendar was asked for of a listing that has no dates to come."""


class NotInstalled(ValueError):
    """A format was asked for whose library is not installed."""


def text(value: Any) -> str:
    """A cell as text: nothing on record is empty."""
    return "" if value is None else str(value)


def _json(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    return text_of(envelope.around(**{listing.key: listing.content}))


def _jsonl(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    elements = listing.content if isinstance(listing.content, list) else [listing.content]
    return "".join(json.dumps(element, ensure_ascii=False) + "\n" for element in elements)


def _tsv(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    return tab_separated(listing.columns, listing.rows())


def tab_separated(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A line with the names of the columns, then one a row; tabs and line ends within a cell are spaces."""
    lines = ["\t".join(columns)]
    lines.extend("\t".join(" ".join(text(row[column]).split()) for column in columns) for row in rows)
    return "\n".join(lines) + "\n"


def _csv(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, listing.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(listing.rows())
    return out.getvalue()


def _md(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    lines = [_md_line(listing.columns), _md_line(["---"] * len(listing.columns))]
    lines.extend(_md_line([text(row[column]) for column in listing.columns]) for row in listing.rows())
    return "\n".join(lines) + "\n"


def _md_line(cells: Sequence[str]) -> str:
    escaped = (" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _ics(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    if listing.calendar is None:
        raise NoCalendar(listing.key)
    return listing.calendar(envelope)


def _xlsx(listing: Listing, envelope: Envelope, screen: Screen) -> bytes:
    from opsc_cli.render import workbook

    try:
        return workbook.written(listing.key, listing.columns, listing.rows(), envelope)
    except ImportError:
        raise NotInstalled("xlsx") from None


def _table(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    return listing.table(screen)


FORMATS: Mapping[str, Callable[[Listing, Envelope, Screen], str | bytes]] = {
    "table": _table,
    "tsv": _tsv,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "md": _md,
    "ics": _ics,
    "xlsx": _xlsx,
}
"""table for a terminal; tab-separated and comma-separated values; one JSON document; one element a line; a table of
Markdown; a calendar; a workbook."""

SUFFIXES: Mapping[str, str] = {f".{form}": form for form in FORMATS if form != "table"} | {".txt": "table"}
"""The format of a file by its suffix."""
