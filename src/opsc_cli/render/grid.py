"""Rows and columns on a terminal of any width: no word is split, and where columns have no room rows are stacked."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

Cell = str | Text
Row = Sequence[Cell]

_LONG = 30
"""What is longer (an address) may be broken anywhere: it would fit nowhere."""


def grid(
    titles: Sequence[str],
    rows: Iterable[Row | None],
    width: int,
    *,
    right: Sequence[str] = (),
    lines: box.Box = box.SIMPLE_HEAD,
) -> RenderableType:
    """A table, its columns no wider than `width` together; else each row as a block. None is a break between rows.

    `right`: the titles of columns whose cells stand at the right.
    """
    laid = [[_text(cell) for cell in row] if row else None for row in rows]
    columns = list(zip([Text(title) for title in titles], *filter(None, laid), strict=True))
    widths = _widths(columns, width - 3 * len(titles) - 1)
    if widths is None:
        return Group(*_stacked(titles, laid))
    table = Table(box=lines, padding=(0, 1))
    for title, wide in zip(titles, widths, strict=True):
        table.add_column(title, width=wide, overflow="fold", justify="right" if title in right else "left")
    for row in laid:
        if row is None:
            table.add_section()
        else:
            table.add_row(*row)
    return table


def _text(cell: Cell) -> Text:
    return Text(cell) if isinstance(cell, str) else cell


def _widths(columns: Sequence[Sequence[Text]], room: int) -> list[int] | None:
    """Each column as wide as its longest cell, the widest narrowed until all fit; None where words would not."""
    widths = [max(cell.cell_len for cell in column) for column in columns]
    least = [max(_narrowest(cell) for cell in column) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max((n for n in range(len(widths)) if widths[n] > least[n]), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _narrowest(cell: Text) -> int:
    if cell.no_wrap:
        return cell.cell_len
    return max((min(cell_len(word), _LONG) for word in cell.plain.split()), default=0)


def _stacked(titles: Sequence[str], rows: Iterable[Sequence[Text] | None]) -> Iterator[RenderableType]:
    for head, *cells in filter(None, rows):
        yield Text(head.plain.strip(), style="bold")
        block = Table.grid(padding=(0, 2))
        block.add_column(no_wrap=True)
        block.add_column(overflow="fold")
        for title, cell in zip(titles[1:], cells, strict=True):
            if cell.plain.strip():
                block.add_row(title, cell)
        yield Padding(block, (0, 0, 1, 2))
