"""Numbers over time as SVG: lines, and bands one upon the other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from opsc_cli.record.frozen import Frozen
from opsc_cli.render.svg import element, text

WIDTH, LEFT, RIGHT, HEIGHT = 760, 36, 214, 220
"""Of a chart, with the room for numbers at its left and for names at its right."""

_DASHES = ("", "7 4", "2 4", "12 4 2 4")
_LINE_OF_TEXT = 16


class Frame(Frozen, kw_only=False):
    """The days and the numbers that a chart spans, and where it begins from the top."""

    days: Sequence[date]
    most: int
    top: float

    def x(self, day: date) -> float:
        whole = (self.days[-1] - self.days[0]).days or 1
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.days[0]).days / whole

    def y(self, number: float) -> float:
        return self.top + HEIGHT * (1 - number / self.most)


def axes(frame: Frame) -> Iterator[str]:
    """A rule for each round number, and the years below."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if frame.most / step <= 5)
    for number in range(0, frame.most + 1, step):
        y = frame.y(number)
        yield element("path", d=f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", class_="rule")
        yield text(str(number), LEFT - 6, y + 4, class_="end small")
    first, last = frame.days[0], frame.days[-1]
    every = next(n for n in (1, 2, 5, 10, 20, 50) if (last.year - first.year) / n <= 8)
    for year in range(first.year + 1, last.year + 1):
        if year % every == 0:
            yield text(str(year), frame.x(date(year, 1, 1)), frame.top + HEIGHT + 16, class_="middle small")
    if first.year == last.year:
        yield text(str(first.year), LEFT, frame.top + HEIGHT + 16, class_="small")


def lines(frame: Frame, named: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """A line for each, told apart by its dashes, with a sample, its name and its last number at its end."""
    ends = _apart([frame.y(numbers[-1]) for numbers in named.values()])
    for (name, numbers), dashes, end in zip(named.items(), _DASHES, ends, strict=False):
        points = "L".join(f"{frame.x(day):.1f} {frame.y(n):.1f}" for day, n in zip(frame.days, numbers, strict=True))
        dashed = {"stroke_dasharray": dashes} if dashes else {}
        for path in (f"M{points}", f"M{WIDTH - RIGHT + 8} {end:.1f}h24"):
            yield element("path", d=path, class_="line", **dashed)
        yield text(f"{name}: {numbers[-1]}", WIDTH - RIGHT + 38, end + 4)


def _apart(ends: Sequence[float]) -> list[float]:
    """Heights moved down until no two texts lie upon each other."""
    moved: dict[int, float] = {}
    lowest = float("-inf")
    for n in sorted(range(len(ends)), key=lambda n: ends[n]):
        lowest = moved[n] = max(ends[n], lowest + _LINE_OF_TEXT)
    return [moved[n] for n in range(len(ends))]


def bands(frame: Frame, key: str, toned: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """A band for each tone, the first at the bottom; patterns with `key` fill them."""
    sums = list(accumulate(toned.values(), lambda below, own: [a + b for a, b in zip(below, own, strict=True)]))
    below: Sequence[int] = [0] * len(frame.days)
    for tone, above in zip(toned, sums, strict=True):
        there = [f"{frame.x(day):.1f} {frame.y(n):.1f}" for day, n in zip(frame.days, above, strict=True)]
        back = [f"{frame.x(day):.1f} {frame.y(n):.1f}" for day, n in zip(frame.days, below, strict=True)]
        path = element("path", d=f"M{'L'.join((*there, *reversed(back)))}z", fill=f"url(#{key}-{tone})")
        yield element("g", path, class_=f"on-{tone}")
        below = above
