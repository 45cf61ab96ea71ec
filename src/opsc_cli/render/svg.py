"""Pictures as SVG: in a page, whose stylesheet must hold look.STYLE, or as a file, which holds it itself."""

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from opsc_cli.record.dates import in_words, parse_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.render.look import STYLE, TONES

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope


class Picture(Frozen):
    """What is drawn, with its words: a title, what it shows, and the source line."""

    key: str
    """Begins every id in it: two pictures in one page need two keys."""
    title: str
    about: str
    """What it shows, for those who cannot see it."""
    source: str
    width: int
    height: int
    body: str
    has_links: bool = False


def inline(picture: Picture) -> str:
    """The picture within an HTML page whose stylesheet holds look.STYLE; title and source line are left to the page."""
    return _svg(picture, f'viewBox="0 0 {picture.width} {picture.height}" height="{picture.height}"', "", picture.body)


def standalone(picture: Picture) -> str:
    """The picture as a file: with its style, its title above and its source line below."""
    above, below = wrapped(picture.title, picture.width, 18), wrapped(picture.source, picture.width, 11)
    top, bottom = 24 * len(above) + 2 * MARGIN, 15 * len(below) + 2 * MARGIN
    tall = top + picture.height + bottom
    box = f'viewBox="{-MARGIN} {-top} {picture.width + 2 * MARGIN} {tall}" height="{tall}"'
    words = (
        *(text(line, 0, MARGIN - top + 18 + 24 * n, class_="heading") for n, line in enumerate(above)),
        *(text(line, 0, picture.height + MARGIN + 11 + 15 * n, class_="small") for n, line in enumerate(below)),
    )
    paper = element("rect", x=-MARGIN, y=-top, width="100%", height="100%", class_="paper")
    begun = f"<style>{STYLE}</style>{paper}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_svg(picture, box, begun, picture.body + "".join(words))}\n'


MARGIN = 16


def _svg(picture: Picture, box: str, begun: str, body: str) -> str:
    key, wide = picture.key, picture.width + (2 * MARGIN if begun else 0)
    role = "group" if picture.has_links else "img"  # within an image there are no links for a screen reader
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="opsc" {box} width="{wide}" role="{role}"'
        f' aria-labelledby="{key}-title {key}-about"><title id="{key}-title">{escaped(picture.title)}</title>'
        f'<desc id="{key}-about">{escaped(picture.about)}</desc>{begun}{body}</svg>'
    )


def source_line(envelope: "Envelope") -> str:
    """Where a picture's facts come from, and their day."""
    ends = envelope["data_as_of"]
    day, parties, committee = (in_words(parse_day(d)) for d in (envelope["as_of"], ends["parties"], ends["committee"]))
    return (
        f"As of {day}. Source: opsc, data {envelope['data_version']}; the record of parties ends on {parties}, that of"
        f" the Committee’s work on {committee}."
    )


# ── elements ─────────────────────────────────────────────────────────────────────────────────────


def element(name: str, *within: str, **attributes: str | float) -> str:
    """An element. `class_` is its class, an underscore a hyphen; what is within is markup already."""
    held = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{held}>{''.join(within)}</{name}>" if within else f"<{name}{held}/>"


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{round(value, 1):g}"


def text(content: str, x: float, y: float, **attributes: str | float) -> str:
    return element("text", escaped(content), x=x, y=y, **attributes)


def escaped(content: str) -> str:
    """A text as XML has it, without the characters that XML does not allow."""
    return "".join(c for c in content if c.isprintable() or c == "\n").translate(_ESCAPES)


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As the library's `html` has them, which reads every name of a letter in HTML, 0.3 MB."""


def wrapped(content: str, width: float, size: float) -> list[str]:
    """A text in lines that fit in a width, by the usual width of a letter of that size."""
    return wrap(content, int(width / (0.56 * size)))


# ── patterns ─────────────────────────────────────────────────────────────────────────────────────

_PATTERNS: Mapping[str, str] = {
    "plain": "",
    "rising": "M-2 2L2-2M0 8L8 0M6 10L10 6",
    "falling": "M-2 6L2 10M0 0L8 8M6-2L10 2",
    "level": "M0 2H8M0 6H8",
    "upright": "M2 0V8M6 0V8",
    "checks": "M0 2H8M2 0V8",
    "crossed": "M0 8L8 0M0 0L8 8",
    "dots": "M2 2h.01M6 6h.01",
    "sparse": "M4 4h.01",
}


def patterns(key: str, tones: Iterable[str]) -> str:
    """Definitions to fill with: `url(#KEY-TONE)`. A page's stylesheet cannot name them, attributes can."""
    return element("defs", *(_pattern(key, tone) for tone in tones))


def _pattern(key: str, tone: str) -> str:
    lines = _PATTERNS[TONES[tone].pattern]
    drawn = (
        element("path", d="M0 0h8v8H0z", class_=tone),
        *([element("path", d=lines, class_=f"{tone}-line")] if lines else ()),
    )
    return element("pattern", *drawn, id=f"{key}-{tone}", width=8, height=8, patternUnits="userSpaceOnUse")
