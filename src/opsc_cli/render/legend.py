"""The legend of a picture: a sample of each tone, with its words."""

from collections.abc import Sequence

from opsc_cli.render.svg import element, text

_ROW = 24

LegendEntry = tuple[str, str]
"""A tone (look.TONES), and its words."""


def height(entries: Sequence[LegendEntry], columns: int) -> int:
    return _ROW * -(-len(entries) // columns)


def legend(key: str, entries: Sequence[LegendEntry], *, width: float, columns: int, top: float) -> str:
    """The entries in columns, each read downwards; the tones are those that svg.patterns defined with `key`."""
    rows = -(-len(entries) // columns)
    drawn = []
    for n, (tone, words) in enumerate(entries):
        column, row = divmod(n, rows)
        x, y = column * width // columns + 1, top + row * _ROW
        sample = element("path", d=f"M{x:g} {y:g}h24v16h-24z", fill=f"url(#{key}-{tone})")
        drawn.append(element("g", sample, class_=f"on-{tone}") + text(words, x + 32, y + 13))
    return "".join(drawn)
