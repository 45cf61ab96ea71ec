"""`opsc sources`: each source behind an answer, with what it supports."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Position
from opsc_cli.answers.sources import sources_behind
from opsc_cli.record.links import link_of
from opsc_cli.record.records import Source
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Part, Span, grid, line
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract_record


def sources_listing(position: Position, sources: Mapping[str, Source]) -> Listing:
    """`sources`: every source on record, by id."""
    content = [source_content(id, sources[id], facts) for id, facts in sources_behind(position).items()]
    return Listing(
        key="sources",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, content),
        parts=lambda: list(_parts(position, content)),
    )


def source_content(id: str, source: Source, facts: Iterable[str]) -> "contract_record.Source":
    return {
        "id": id,
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "symbol": source.symbol,
        "url": source.url,
        "read_at": source.read_at,
        "as_of": iso(source.as_of),
        "read": str(source.read),
        "part_read": source.part_read,
        "link": link_of(source),
        "behind": list(facts),
    }


COLUMNS: "Columns[contract_record.Source]" = {
    "id": lambda source: source["id"],
    "kind": lambda source: source["kind"],
    "title": lambda source: source["title"],
    "publisher": lambda source: source["publisher"],
    "symbol": lambda source: source["symbol"],
    "url": lambda source: source["url"],
    "read_at": lambda source: source["read_at"],
    "as_of": lambda source: source["as_of"],
    "read": lambda source: source["read"],
    "behind": lambda source: joined(source["behind"]),
    "link": lambda source: source["link"],
    "part_read": lambda source: source["part_read"],
}


def _parts(position: Position, sources: "Iterable[contract_record.Source]") -> Iterator[Part]:
    yield line(position.name, style="bold")
    rows = ((source["id"], _what_it_is(source), "; ".join(source["behind"])) for source in sources)
    yield grid(("Source", "What it is", "What it supports"), rows)


def _what_it_is(source: "contract_record.Source") -> list[Span]:
    """The source in words; its symbol and its address open it on a terminal that has hyperlinks."""
    link = f"link {source['link']}" if source["link"] else ""
    read_at = f"read at {source['read_at']}" if source["read_at"] else None
    known = ((source["symbol"], link), (source["url"], link), (read_at, ""))
    places = [(place, style) for place, style in known if place]
    spans: list[Span] = [(f"{source['title']}. {source['publisher']}. ", "")]
    for n, place in enumerate(places):
        spans.extend(((", ", ""), place) if n else (place,))
    if source["part_read"]:
        spans.append((f"{'. ' if places else ''}Read: {source['part_read']} ({source['read']})", ""))
    return spans
