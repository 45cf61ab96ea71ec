"""Draws a line of years as text, in as many columns as there are."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opsc_cli.render.parts import Mark, Years

BAND, LIKELY, OPEN, UNSURE, SEVERAL = "░", "▓", "→", "?", "*"
"""A range, the likely moment in it, its open end; the rest of the days on which a thing may have been; several."""

_TOGETHER: Mapping[frozenset[str], str] = {frozenset("CP"): "B", frozenset("cp"): "b"}
"""One letter for two in one place."""

_LABEL = 10
"""Columns at the left for the names of the lines."""


def drawn_years(part: "Years", width: int) -> Iterator[str]:
    """The years, an axis and a line for each lane, none wider than `width`."""
    axis = _Axis(part["first"], part["last"], max(width - _LABEL, 1))
    today = axis.column(part["today"])
    decades = {axis.column(year): str(year) for year in range(-(-part["first"] // 10) * 10, part["last"] + 1, 10)}
    decades = decades or {0: str(part["first"])}
    yield _line("", _spelled(decades))
    rule = {column: "─" if column < today else "┄" for column in range(axis.columns)}
    yield _line("", {**rule, **dict.fromkeys(decades, "┬"), today: "▼"})
    for label, marks in part["lanes"]:
        cells = {today: "│"}
        for mark in sorted(marks, key=lambda mark: mark["glyph"] != BAND):
            _put(mark, axis, cells)
        yield _line(label, cells)


_FINEST = 4
"""Columns that a year takes at most: longer lines are hard to follow."""


class _Axis:
    """Where the years fall on columns: a whole number of columns a year, or of years a column."""

    def __init__(self, first: int, last: int, room: int) -> None:
        years = last - first + 1
        self.first, self.a_year, self.a_column = first, min(max(room // years, 1), _FINEST), ceil(years / room)
        self.columns = ceil(years * self.a_year / self.a_column)

    def column(self, at: float) -> int:
        return int((at - self.first) * self.a_year / self.a_column)


def _spelled(labels: Mapping[int, str]) -> dict[int, str]:
    """Each label letter by letter from its column on, if it does not touch the one before."""
    cells: dict[int, str] = {}
    for column, label in labels.items():
        if not cells or column > max(cells) + 1:
            cells.update(enumerate(label, start=column))
    return cells


def _put(mark: "Mark", axis: _Axis, cells: dict[int, str]) -> None:
    first = axis.column(mark["first"])
    last = axis.columns - 1 if mark["last"] is None else axis.column(mark["last"])
    if mark["glyph"] == BAND:
        cells.update(dict.fromkeys(range(first, last + 1), BAND))
        cells.update({last: OPEN} if mark["last"] is None else {})
        cells.update({axis.column(mark["likely"]): LIKELY} if mark["likely"] else {})
        return
    for column in range(first, last + 1):
        glyph, there = mark["glyph"] if column == first else UNSURE, cells.get(column, "")
        if there and there.isalpha() and glyph != there:
            glyph = there if glyph == UNSURE else _TOGETHER.get(frozenset((there, glyph)), SEVERAL)
        cells[column] = glyph


def _line(label: str, cells: Mapping[int, str]) -> str:
    """The label, then the cells by their columns."""
    return f"{label:<{_LABEL}}{''.join(cells.get(n, ' ') for n in range(max(cells) + 1))}"
