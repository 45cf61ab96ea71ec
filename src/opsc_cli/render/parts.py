"""What a terminal shows, as plain data: lines, paragraphs, boxes, grids, charts, years. screen.py draws them.

The almanac keeps parts as JSON, so each is a dictionary of texts, numbers and lists. A style is "bold", a colour, or
both; colour only repeats what the words say.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NotRequired, TypedDict

Span = tuple[str, str]
"""A text and its style."""


class Bar(TypedDict):
    """A bar in a chart, as long as its share of the longest one, with a label behind it."""

    value: float
    longest: float
    label: str
    blocks: str
    """The characters it is made of, from the thinnest to the full one."""


Cell = str | Sequence[Span] | Bar


class Line(TypedDict):
    """A line, wrapped at the width of the screen."""

    kind: Literal["line"]
    spans: Sequence[Span]


class Paragraph(TypedDict):
    """A text to read, wrapped at 100 columns at most. `indent` and `hanging` begin its first line and the others."""

    kind: Literal["paragraph"]
    text: str
    indent: str
    hanging: str
    breaks: bool
    """Whether a word that is longer than a line may be broken."""
    underlined: bool
    links: NotRequired[Sequence[tuple[str, str]]]
    """Texts in it that open an address, on a terminal that has hyperlinks."""


class Box(TypedDict):
    """A frame of labels with what is said to each."""

    kind: Literal["box"]
    rows: Sequence[tuple[str, Sequence[Span]]]


class Grid(TypedDict):
    """A table. A row that is None is a break; titles in `right` have their cells at the right."""

    kind: Literal["grid"]
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell] | None]
    right: Sequence[str]
    framed: bool


class Beside(TypedDict):
    """Two short tables side by side, or one below the other on a narrow screen."""

    kind: Literal["beside"]
    left: Grid
    right: Grid


class Chart(TypedDict):
    """A table with bars. They share the columns that are left when everything else has taken `margin`."""

    kind: Literal["chart"]
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bars: int
    """How many bars there are in a row."""
    margin: int
    most: int | None
    """The most columns that a bar may take."""


class Mark(TypedDict):
    """Something on a line of years: a letter on a day or on the days of a window, or a band (years.BAND)."""

    first: float
    """In years: 2004.43 is a day of June 2004."""
    last: float | None
    """None if it is open."""
    glyph: str
    likely: float | None


class Years(TypedDict):
    """A line of years, with a lane of marks for each label."""

    kind: Literal["years"]
    first: int
    last: int
    today: float
    lanes: Sequence[tuple[str, Sequence[Mark]]]


Part = Line | Paragraph | Box | Grid | Beside | Chart | Years


def line(*spans: Span | str, style: str = "") -> Line:
    """A line of texts, each in a style of its own or in `style`."""
    return {"kind": "line", "spans": [(span, style) if isinstance(span, str) else span for span in spans]}


def paragraph(
    text: str, *, indent: str = "", hanging: str = "", breaks: bool = True, underlined: bool = False
) -> Paragraph:
    return {
        "kind": "paragraph",
        "text": text,
        "indent": indent,
        "hanging": hanging,
        "breaks": breaks,
        "underlined": underlined,
    }


def box(rows: Iterable[tuple[str, Sequence[Span]]]) -> Box:
    return {"kind": "box", "rows": list(rows)}


def grid(
    titles: Sequence[str], rows: Iterable[Sequence[Cell] | None], *, right: Sequence[str] = (), framed: bool = False
) -> Grid:
    return {"kind": "grid", "titles": titles, "rows": list(rows), "right": right, "framed": framed}
