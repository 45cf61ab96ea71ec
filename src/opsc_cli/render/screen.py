"""Draws parts (parts.py) on a terminal with Rich, which is imported here only, and only when it is needed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from opsc_cli.render.parts import Bar, Beside, Box, Chart, Grid, Line, Paragraph, Part, Span, Years
    from opsc_cli.render.terminal import Screen

_ANY_HEIGHT = 25
"""Rich assumes 80 columns on a dumb terminal unless it gets both width and height."""

_READABLE = 100
"""Paragraphs are no wider than this."""

_ROOM_FOR_TWO = 70
"""Columns from which two short tables fit side by side."""

_SHORTEST_BAR = 8
"""Columns that the longest bar of a chart takes at least."""

_LONG = 30
"""Longer words (URLs) may be broken anywhere."""


def drawn(parts: Iterable["Part"], screen: "Screen") -> str:
    """The parts one below the other, as lines no wider than the screen."""
    return "".join(drawn_pieces(parts, screen))


def drawn_pieces(parts: Iterable["Part"], screen: "Screen") -> Iterator[str]:
    """The same, paragraph by paragraph."""
    for is_text, run in groupby(parts, key=lambda part: part["kind"] == "paragraph"):
        draw = _filled if is_text else _printed
        yield from draw(run, screen)


def _filled(paragraphs: Iterable[Any], screen: "Screen") -> Iterator[str]:
    return (f"{_linked(_wrapped(p, min(screen.width, _READABLE)), p, screen)}\n" for p in paragraphs)


def _linked(text: str, paragraph: "Paragraph", screen: "Screen") -> str:
    for words, address in paragraph.get("links", ()) if screen.links else ():
        text = text.replace(words, f"\x1b]8;;{address}\x1b\\{words}\x1b]8;;\x1b\\", 1)
    return text


def _wrapped(paragraph: "Paragraph", width: int) -> str:
    """Lines of whole words. To import the library's `textwrap`, an explanation in a pipe would take 0.2 MB more."""
    lines, space, below = [paragraph["indent"]], "", paragraph["hanging"]
    for word in paragraph["text"].split():
        if not space or len(f"{lines[-1]} {word}") <= width:
            lines[-1] += space + word
        else:
            lines.append(below + word)
        while paragraph["breaks"] and len(lines[-1]) > width:
            lines[-1:] = [lines[-1][:width], below + lines[-1][width:]]
        space = " "
    if paragraph["underlined"]:
        lines.append("─" * min(len(paragraph["text"]), width))
    return "\n".join(lines)


def _printed(parts: Iterable["Part"], screen: "Screen") -> Iterator[str]:
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=screen.width,
        height=_ANY_HEIGHT,
        force_terminal=screen.colour,
        no_color=not screen.colour,  # whatever the environment says: the console has read it
        color_system="standard" if screen.colour else None,
        highlight=False,
        legacy_windows=False,
    )
    for part in parts:
        for piece in _DRAWN_BY[part["kind"]](part, screen.width):
            console.print(piece)
    written = _with_links(out.getvalue(), screen.links) if screen.colour else out.getvalue()
    yield "\n".join(line.rstrip() for line in written.splitlines()) + "\n"


def _with_links(text: str, kept: bool) -> str:
    """The hyperlinks without the numbers that Rich gives them at random, so that the bytes repeat; or none."""
    import re

    opened = "\x1b]8;;{}\x1b\\" if kept else ""
    return re.sub(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\", lambda found: opened.format(found[1]), text)


def _line(part: "Line", _: int) -> Iterable["RenderableType"]:
    yield _text(part["spans"])


def _text(cell: "str | Sequence[Span]") -> "Text":
    from rich.text import Text

    return Text(cell) if isinstance(cell, str) else Text.assemble(*map(tuple, cell))  # type: ignore[arg-type]


def _box(part: "Box", _: int) -> Iterable["RenderableType"]:
    from rich import box
    from rich.table import Table

    table = Table(box=box.ROUNDED, show_header=False, padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, spans in part["rows"]:
        table.add_row(label, _text(spans))
    yield table


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _grid(part: "Grid", width: int) -> Iterable["RenderableType"]:
    rows = [[_text(cell) for cell in row] if row else None for row in part["rows"]]  # type: ignore[arg-type]
    yield from _table(part["titles"], rows, width, part["right"], part["framed"])


def _beside(part: "Beside", width: int) -> Iterable["RenderableType"]:
    from itertools import zip_longest

    left, right = part["left"], part["right"]
    if width < _ROOM_FOR_TWO:
        yield from (*_grid(left, width), *_grid(right, width))
        return
    empty = [[""] * len(grid["titles"]) for grid in (left, right)]
    both = zip_longest(left["rows"], right["rows"])
    rows = [[*(one or empty[0]), *(other or empty[1])] for one, other in both]
    titles, at_right = [*left["titles"], *right["titles"]], [*left["right"], *right["right"]]
    yield from _grid({**left, "titles": titles, "rows": rows, "right": at_right}, width)


def _chart(part: "Chart", width: int) -> Iterable["RenderableType"]:
    room = (width - part["margin"]) // part["bars"]
    room = max(_SHORTEST_BAR, room if part["most"] is None else min(part["most"], room))
    rows = [[_bar(cell, room) if isinstance(cell, dict) else _text(cell) for cell in row] for row in part["rows"]]
    yield from _table(part["titles"], rows, width, (), False)


def _bar(bar: "Bar", room: int) -> "Text":
    from rich.text import Text

    blocks = bar["blocks"]
    length = max(1, round(bar["value"] / bar["longest"] * room * len(blocks)))
    whole, rest = divmod(length, len(blocks))
    return Text(f"{blocks[-1] * whole}{blocks[rest - 1] if rest else ''} {bar['label']}", no_wrap=True)


def _table(
    titles: Sequence[str], rows: Sequence["Sequence[Text] | None"], width: int, right: Sequence[str], framed: bool
) -> Iterable["RenderableType"]:
    """A table no wider than `width`; if its columns have no room, each row as a block. No word is split."""
    from rich import box
    from rich.table import Table

    columns = list(zip(map(_text, titles), *filter(None, rows), strict=True))
    widths = _widths(columns, width - 3 * len(titles) - 1)
    if widths is None:
        yield from _stacked(titles, rows)
        return
    table = Table(box=box.ROUNDED if framed else box.SIMPLE_HEAD, padding=(0, 1))
    for title, wide in zip(titles, widths, strict=True):
        table.add_column(title, width=wide, overflow="fold", justify="right" if title in right else "left")
    for row in rows:
        if row is None:
            table.add_section()
        else:
            table.add_row(*row)
    yield table


def _widths(columns: Sequence[Sequence["Text"]], room: int) -> list[int] | None:
    """Each column as wide as its longest cell, the widest narrowed until all fit; None if words would not."""
    widths = [max(cell.cell_len for cell in column) for column in columns]
    least = [max(_narrowest(cell) for cell in column) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max((n for n in range(len(widths)) if widths[n] > least[n]), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _narrowest(cell: "Text") -> int:
    from rich.cells import cell_len

    if cell.no_wrap:
        return cell.cell_len
    return max((min(cell_len(word), _LONG) for word in cell.plain.split()), default=0)


def _stacked(titles: Sequence[str], rows: Iterable["Sequence[Text] | None"]) -> Iterable["RenderableType"]:
    from rich.padding import Padding
    from rich.table import Table

    for head, *cells in filter(None, rows):
        yield _text([(head.plain.strip(), "bold")])
        block: Table = Table.grid(padding=(0, 2))
        block.add_column(no_wrap=True)
        block.add_column(overflow="fold")
        for title, cell in zip(titles[1:], cells, strict=True):
            if cell.plain.strip():
                block.add_row(title, cell)
        yield Padding(block, (0, 0, 1, 2))


def _years(part: "Years", width: int) -> Iterable["RenderableType"]:
    from opsc_cli.render import years

    return map(_text, years.drawn_years(part, width))


_DRAWN_BY: dict[str, Any] = {
    "line": _line,
    "box": _box,
    "grid": _grid,
    "beside": _beside,
    "chart": _chart,
    "years": _years,
}
