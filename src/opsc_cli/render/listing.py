"""A command's result as every format takes it, and the formats: FORMATS lists them."""

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from opsc_cli import __version__
from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.links import ADDRESSES
from opsc_cli.record.records import Dataset
from opsc_cli.render.parts import Part, grid
from opsc_cli.render.terminal import Screen

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope
    from opsc_cli.render.ics import Calendar
    from opsc_cli.render.svg import Picture

_T = TypeVar("_T")

SCHEMA_VERSION: Final = "1.0"
"""Of the JSON contract."""

Value = str | int | float | None
"""None if nothing is on record."""
Row = Mapping[str, Value]
Columns = Mapping[str, Callable[[_T], Value]]
"""The columns of a table by name, in order, and how each reads its value from an item."""


class Listing(Frozen):
    """A result: its JSON, its table, what a terminal shows, and its dates."""

    key: str
    """The key of the content in the JSON document."""
    content: object
    """Its JSON, typed by the contract: mostly a list of objects, or OneByOne of them."""
    columns: Sequence[str]
    """Those of a table, without --fields."""
    rows: Callable[[], Iterable[Row]]
    parts: Callable[[], Iterable[Part]]
    calendar: Callable[[], "Calendar"] | None = None
    """None if the result has no dates to come."""
    picture: Callable[["Envelope"], "Picture | None"] | None = None
    """None, or giving none, if there is nothing to draw."""
    page: Callable[[], str] | None = None
    """Its Markdown, if that is more than the table."""
    more: Sequence[str] = ()
    """Columns that --fields can choose besides."""


class _Row(Mapping[str, Value]):
    """A row that reads a cell when it is asked for: a table shows few of many columns."""

    __slots__ = ("_columns", "_item")

    def __init__(self, columns: Columns[Any], item: object) -> None:
        self._columns, self._item = columns, item

    def __getitem__(self, name: str) -> Value:
        return self._columns[name](self._item)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def rows_of(columns: Columns[_T], items: Iterable[_T]) -> Iterator[Row]:
    """A row for each item."""
    return (_Row(columns, item) for item in items)


def joined(texts: Sequence[str]) -> str | None:
    """Several texts in one cell, separated by spaces, or by semicolons if one of them has a space."""
    return ("; " if any(" " in text for text in texts) else " ").join(texts) or None


class WrongField(ValueError):
    """A column that the listing does not have."""


class NoCalendar(ValueError):
    """The listing has no dates for a calendar."""


class NoPicture(ValueError):
    """The listing has no picture."""


class NotInstalled(ValueError):
    """The library of this format is not installed."""


def fields_of(listing: Listing) -> tuple[str, ...]:
    """The columns that --fields can choose: those of the listing, the day of the answer and the version of the data."""
    return tuple(dict.fromkeys((*listing.columns, *listing.more, "as_of", "data_version")))


def with_fields(listing: Listing, wanted: Sequence[str], envelope: "Envelope") -> Listing:
    """The listing with the wanted columns only; its JSON becomes flat objects. Raises WrongField."""
    fields = fields_of(listing)
    wanted = fields if tuple(wanted) == ("all",) else wanted
    for field in wanted:
        if field not in fields:
            raise WrongField(field)
    same: Row = {"as_of": envelope["as_of"], "data_version": envelope["data_version"]}
    own = {*listing.columns, *listing.more}

    def rows() -> Iterator[Row]:
        return ({field: (row if field in own else same)[field] for field in wanted} for row in listing.rows())

    def parts() -> Sequence[Part]:
        return [grid(wanted, ([_text(row[field]) for field in wanted] for row in rows()))]

    return replace(listing, columns=tuple(wanted), rows=rows, content=OneByOne(rows), parts=parts, page=None)


def envelope_of(dataset: Dataset, day: date) -> "Envelope":
    """What comes first in every document that `dataset` answers on `day`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": __version__,
        "data_version": dataset.version,
        "data_as_of": {"parties": str(dataset.as_of.parties), "committee": str(dataset.as_of.committee)},
        "as_of": str(day),
    }


def text_of(document: object) -> str:
    """A JSON document as text: indented by two spaces, Unicode as it is."""
    return "".join(_indented(document)) + "\n"


def _indented(document: object) -> Iterator[str]:
    """The pieces of its text; json makes thousands of one State."""
    parts = _JSON.iterencode(document)
    while piece := "".join(islice(parts, 500)):
        yield _visible(piece)


_JSON = json.JSONEncoder(ensure_ascii=False, indent=2)


def _visible(text: str) -> str:
    r"""JSON with an escape, such as \u009b, in place of each character that does not print: a path may have some."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


# ── the formats ──────────────────────────────────────────────────────────────────────────────────


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _json(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    return json_of(listing, envelope)


def json_of(listing: Listing, envelope: "Envelope") -> Iterator[str]:
    """The pieces of its JSON document."""
    if not isinstance(listing.content, OneByOne):
        yield from _indented({**envelope, listing.key: listing.content})
        yield "\n"
        return
    before, _, after = text_of({**envelope, listing.key: []}).rpartition("]")
    between = "\n    "
    yield before
    for element in listing.content:
        yield between
        yield from (piece.replace("\n", "\n    ") for piece in _indented(element))
        between = ",\n    "
        gc.collect(0)  # to indent, json leaves five kilobytes of cycles, and a command collects nothing by itself
    yield ("\n  ]" if between.startswith(",") else "]") + after


def _jsonl(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    elements = listing.content if isinstance(listing.content, list | OneByOne) else [listing.content]
    return (_visible(json.dumps(element, ensure_ascii=False)) + "\n" for element in elements)


def _tsv(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    return _tab_separated(listing.columns, listing.rows())


def tab_separated(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A header line, then one line per row; tabs and line breaks within a cell become spaces."""
    return "".join(_tab_separated(columns, rows))


def _tab_separated(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join([" ".join(_text(row[column]).split()) for column in columns]) + "\n"


def _csv(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    return _comma_separated(listing.columns, listing.rows())


def comma_separated(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A header line, then the rows, quoted where needed (RFC 4180, with plain line feeds)."""
    return "".join(_comma_separated(columns, rows))


def _comma_separated(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    import csv

    line_of = csv.writer(_Echo(), lineterminator="\n").writerow
    return map(line_of, chain([columns], ([row[column] for column in columns] for row in rows)))


class _Echo:
    """What csv writes to, to have each line back."""

    def write(self, line: str) -> str:
        return line


def _md(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    if listing.page:
        yield listing.page()
        return
    yield _md_line(listing.columns)
    yield _md_line(["---"] * len(listing.columns))
    for row in listing.rows():
        yield _md_line([_text(row[column]) for column in listing.columns])


def _md_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_opened, cells))} |\n"


def _opened(cell: str) -> str:
    """An address as a link of Markdown; any other text as it is."""
    is_address = cell.startswith(ADDRESSES) and not any(c in cell for c in " <>|\\")
    return f"<{cell}>" if is_address else md_cell(cell)


def md_cell(text: str) -> str:
    """A text for a cell of a Markdown table, which shows it as it is: no HTML, no link, no formatting."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split())).replace("<", "&lt;")
    return re.sub(r"([\\|`*\[\]~])", r"\\\1", text)


def _ics(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    from opsc_cli.render import ics

    if listing.calendar is None:
        raise NoCalendar(listing.key)
    return ics.calendar_lines(listing.calendar(), envelope)


def _svg(listing: Listing, envelope: "Envelope", screen: Screen) -> str:
    from opsc_cli.render.svg import standalone

    picture = listing.picture(envelope) if listing.picture else None
    if picture is None:
        raise NoPicture(listing.key)
    return standalone(picture)


def _xlsx(listing: Listing, envelope: "Envelope", screen: Screen) -> bytes:
    from opsc_cli.render import workbook

    try:
        return workbook.workbook_bytes(listing.key, listing.columns, list(listing.rows()), envelope)
    except ImportError:
        raise NotInstalled("xlsx") from None


def _table(listing: Listing, envelope: "Envelope", screen: Screen) -> Iterator[str]:
    from opsc_cli.render.screen import drawn_pieces

    if not screen.explains:
        return drawn_pieces(listing.parts(), screen)
    from opsc_cli.render.footnotes import with_footnotes

    return drawn_pieces(with_footnotes(listing.parts()), screen)


FORMATS: Mapping[str, Callable[[Listing, "Envelope", Screen], "str | bytes | Iterator[str]"]] = {
    "table": _table,
    "tsv": _tsv,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "md": _md,
    "ics": _ics,
    "svg": _svg,
    "xlsx": _xlsx,
}
"""A table for a terminal; tab-separated and comma-separated values; one JSON document; one JSON object per line; a
Markdown table; a calendar; a picture; a workbook. Pieces of text come one by one: a reader may write each at once."""

SUFFIXES: Mapping[str, str] = {f".{form}": form for form in FORMATS if form != "table"} | {".txt": "table"}
"""The format of a file by its suffix."""
