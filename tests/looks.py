"""Looks at terminals in colour, as pictures (SVG): what the installed command writes, on a dark and on a light ground.

The colours are those that xterm gives the eight basic ones: pale on white and dim on black, so that what can be read
here can be read elsewhere.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from tests.conftest import ROOT
from tests.terminal import on_a_terminal

COMMANDS = {
    "due": 'opsc due "Côte d’Ivoire" -q --as-of 2026-11-21',
    "list": "opsc due Denmark Iran Kenya Malta Norway Serbia -q --as-of 2026-11-21",
}
COLUMNS = (80, 140)
GROUNDS = {"dark": ("#000000", "#e5e5e5"), "light": ("#ffffff", "#000000")}
"""The ground and the letters on it."""
BASIC = ("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5")
"""xterm's colours 0 to 7."""

_WIDE, _HIGH, _BASE = 8, 18, 14


def looks() -> Iterator[tuple[Path, str]]:
    """Each picture: where it is kept, and what it shows."""
    for name, command in COMMANDS.items():
        for columns in COLUMNS:
            written = on_a_terminal(command, columns=columns, NO_COLOR="")
            for ground in GROUNDS:
                path = ROOT / "docs" / "looks" / f"{name}-{columns}-{ground}.svg"
                yield path, _picture(f"$ {command}\n{written}", columns, ground)


def _picture(written: str, columns: int, ground: str) -> str:
    behind, letters = GROUNDS[ground]
    lines = Text.from_ansi(written.rstrip("\n")).split("\n")
    width, height = columns * _WIDE, len(lines) * _HIGH
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -4 {width + 16} {height + 8}" width="{width + 16}"'
    body = [piece for n, line in enumerate(lines) for piece in _pieces(line, n * _HIGH + _BASE)]
    return "\n".join(
        (
            f'{head} font-family="monospace" font-size="13" fill="{letters}" xml:space="preserve">',
            f'<rect x="-8" y="-4" width="100%" height="100%" fill="{behind}"/>',
            *body,
            "</svg>\n",
        )
    )


def _pieces(line: Text, base: int) -> Iterator[str]:
    """Each run of one style at its place, drawn as wide as it is on a terminal whatever the font."""
    cells = 0
    for text, style, _ in line.render(Console()):
        start = cells + len(text) - len(text.lstrip())
        cells += Segment(text).cell_length
        if shown := text.strip():
            bold = ' font-weight="bold"' if style and style.bold else ""
            number = style.color.number if style and style.color else None
            fill = "" if number is None else f' fill="{BASIC[number]}"'
            wide = Segment(shown).cell_length * _WIDE
            place = f'x="{start * _WIDE}" y="{base}" textLength="{wide}"'
            yield f"<text {place}{bold}{fill}>{escape(shown, quote=False)}</text>"
