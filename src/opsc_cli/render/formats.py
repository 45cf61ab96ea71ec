"""The formats of a list: FORMATS says what there is, and each entry writes the same listing its own way."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsc_cli.render.document import Envelope, text_of

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Screen:
    """The terminal that a table is for."""

    width: int
    colour: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A result as every format can take it."""

    key: str
    """The document's key for it: "states", "sessions"."""
    content: Any
    """Its JSON: mostly a list of objects."""
    columns: Sequence[str]
    rows: Callable[[], Sequence[Row]]
    """Its flat rows, texts by column."""
    table: Callable[[Screen], str]


def _json(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    return text_of(envelope.around(**{listing.key: listing.content}))


def _jsonl(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    elements = listing.content if isinstance(listing.content, list) else [listing.content]
    return "".join(json.dumps(element, ensure_ascii=False) + "\n" for element in elements)


def _tsv(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    lines = ["\t".join(listing.columns)]
    lines.extend("\t".join(" ".join(row[column].split()) for column in listing.columns) for row in listing.rows())
    return "\n".join(lines) + "\n"


def _csv(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, listing.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(listing.rows())
    return out.getvalue()


def _table(listing: Listing, envelope: Envelope, screen: Screen) -> str:
    return listing.table(screen)


FORMATS: Mapping[str, Callable[[Listing, Envelope, Screen], str]] = {
    "table": _table,
    "tsv": _tsv,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
}
"""table for a terminal; tab-separated and comma-separated values; one JSON document; one element a line."""
