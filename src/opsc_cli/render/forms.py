"""The forms of an answer that are made of what the almanac has.

From its tab-separated lines: CSV, and columns chosen with --fields. From its JSON: JSON lines. From its sheets: what a
terminal shows. Of all States only those that a filter keeps, and in another order.
"""

from opsc_cli import almanac

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NO_STATE = ["--none"]


def written(
    book: "almanac.Book", codes: "Sequence[str]", form: str, options: "Mapping[str, str]", now: float
) -> "str | Iterator[bytes]":
    """The answers for the codes. Raises LookupError or ValueError where the almanac does not have them."""
    if form == "sheet":
        if options or len(codes) > 1 or codes == ["--all"]:
            raise LookupError(options)
        return _drawn(almanac.looked_up(book, codes, form, now))
    if filters := {option: text for option, text in options.items() if option != "--fields"}:
        from opsc_cli.listed import chosen

        codes = chosen(book, filters, now) or NO_STATE
    fields = options.get("--fields", "")
    if fields or form == "csv" or codes == NO_STATE:
        envelope = almanac.looked_up(book, ["--none"], "json", now)
        return iter([_in_columns(almanac.looked_up(book, codes, "tsv", now), form, fields, envelope).encode()])
    if form != "jsonl":
        return almanac.pieces(book, codes, form, now)
    text, (_, *states, _) = almanac.text_on(book, now, _in_a_line), almanac.entries_of(book, codes, "json")
    return (text(state, b"").lstrip() + b"\n" for state in states)


def _in_a_line(text: bytes) -> bytes:
    return text.translate(None, b"\n" + almanac.INDENT)


def _in_columns(table: bytes, form: str, fields: str, envelope: bytes) -> str:
    """A tab-separated table in another form, with the columns named; `envelope`: the JSON document without States."""
    header, *rows = (line.split("\t") for line in table.decode().removesuffix("\n").split("\n"))
    columns = [*dict.fromkeys(name.strip() for name in fields.split(","))] if fields else header
    places = [header.index(field) for field in columns]
    chosen = [[row[place] for place in places] for row in rows]
    if form == "tsv":
        return "".join("\t".join(row) + "\n" for row in (columns, *chosen))
    if form == "csv":  # the library for it takes as long to import as Python to start
        return "".join(",".join(map(_quoted, row)) + "\n" for row in (columns, *chosen))
    import json

    objects = [{field: cell or None for field, cell in zip(columns, row, strict=True)} for row in chosen]
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in objects)
    return json.dumps(json.loads(envelope) | {"states": objects}, ensure_ascii=False, indent=2) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell


def _drawn(parts: bytes) -> str:
    import gc
    import json

    gc.disable()  # saves a twentieth of the time; Rich leaves nothing worth collecting
    from opsc_cli import console
    from opsc_cli.render.screen import drawn
    from opsc_cli.render.terminal import Screen

    colour = console.colour("auto")
    return drawn(json.loads(parts), Screen(console.width(), colour, links=colour))
