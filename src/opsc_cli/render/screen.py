"""The terminal that a result is for, and printing on it with Rich.

Rich is imported when something is printed: a pipe never pays for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Screen:
    """The terminal that a table is for."""

    width: int
    colour: bool


def printed(parts: Iterable["RenderableType"], screen: Screen) -> str:
    """The parts, one below the other, as lines of at most the screen's width."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=screen.width,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        highlight=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def drawn(sheet: Iterable[Mapping[str, Any]], screen: Screen) -> str:
    """A sheet (sheet.py) on the screen: its lines, and its reports as boxes."""
    from rich.text import Text

    return printed((_box(p["rows"]) if "rows" in p else Text(p["text"], style=p["style"]) for p in sheet), screen)


def _box(rows: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ROUNDED, show_header=False, padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, cell in rows:
        table.add_row(label, Text.assemble(*((text, style) for text, style in cell)))
    return table
