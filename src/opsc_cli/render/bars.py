"""Charts of bars as SVG, from the same parts as on a terminal (parts.Chart)."""

from collections.abc import Iterator, Sequence

from opsc_cli.render.parts import Bar, Cell, Chart
from opsc_cli.render.svg import element, patterns, text

_ROW, _THICK, _GAP = 22, 15, 16
_LETTER = 7.2
"""The usual width of a letter."""
_LONGEST = 230
"""The width of the longest bar."""

BLOCK_TONES = {"█": "third", "░": "fifth"}
"""The tone of a bar by the block that it is made of on a terminal."""


def bars(chart: Chart, key: str) -> tuple[int, int, str]:
    """The width, the height and the markup of a chart; `key` begins its ids."""
    columns = list(zip(*chart["rows"], strict=True))
    widths = [_width(title, cells) for title, cells in zip(chart["titles"], columns, strict=True)]
    drawn = [patterns(key, BLOCK_TONES.values())]
    left = 0.0
    for title, cells, wide in zip(chart["titles"], columns, widths, strict=True):
        drawn.append(text(title, left, 14, class_="strong"))
        for n, cell in enumerate(cells):
            drawn.extend(_cell(cell, key, left, 24 + n * _ROW))
        left += wide
    return round(left), 24 + len(chart["rows"]) * _ROW, "".join(drawn)


def _width(title: str, cells: Sequence[Cell]) -> float:
    bar = any(isinstance(cell, dict) for cell in cells)
    return _GAP + max(_LETTER * len(title), _LONGEST + 40 if bar else max(_LETTER * len(str(cell)) for cell in cells))


def _cell(cell: Cell, key: str, left: float, top: float) -> Iterator[str]:
    if isinstance(cell, str):
        yield text(cell, left, top + 12) if cell else ""
    elif isinstance(cell, dict):
        yield from _bar(cell, key, left, top)


def _bar(bar: Bar, key: str, left: float, top: float) -> Iterator[str]:
    long, tone = max(1, round(bar["value"] / bar["longest"] * _LONGEST)), BLOCK_TONES[bar["blocks"][-1]]
    path = element("path", d=f"M{left:g} {top:g}h{long}v{_THICK}h-{long}z")
    yield element("g", path, class_=f"on-{tone}", fill=f"url(#{key}-{tone})")
    yield text(bar["label"], left + long + 6, top + 12)
