"""The line of years of `opsc timeline` as SVG. The ids begin with "timeline-" and the code of the first State."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.timeline import BEGINS, Event, Timeline, likely_opening
from opsc_cli.forecast.forecast import NOMINAL_COVERAGE
from opsc_cli.record.dates import first_day
from opsc_cli.render.events import LANES, glyph, in_years, last_year, said, when, without_a_day
from opsc_cli.render.svg import Picture, element, escaped, patterns, source_line, text, wrapped
from opsc_cli.render.years import BAND

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_WIDTH, _LEFT, _ROW, _SIZE = 900, 84, 22, 16
_TONES = {"C": "third", "P": "first"}
"""The tones of a mark that is set, by its letter; others have a dashed outline."""
TIMELINE_TONES = (*_TONES.values(), "blank", "fifth")
"""Every tone of a timeline."""


def timeline_picture(timelines: Sequence[Timeline], envelope: "Envelope") -> Picture:
    """The timelines one below the other, on one axis; at least one."""
    key = f"timeline-{timelines[0].iso3}"
    axis = _Axis(last_year(timelines))
    drawn, top = [patterns(key, ("fifth",))], 0.0
    for timeline in timelines:
        block, top = _block(timeline, axis, key, top, named=len(timelines) > 1)
        drawn.extend(block)
    names = ", ".join(timeline.name for timeline in timelines)
    return Picture(
        key=key,
        title=f"{names}: what happened and what is to come (OPSC)",
        about=" ".join(_in_words(timeline) for timeline in timelines),
        source=source_line(envelope),
        width=_WIDTH,
        height=round(top) + 56,
        body="".join((*drawn, *_legend(key, top))),
    )


class _Axis:
    """Where days fall from left to right."""

    def __init__(self, last: int) -> None:
        self.years = range(BEGINS.year, last + 2)
        self.end = _WIDTH - 4

    def x(self, years: float) -> float:
        return _LEFT + (self.end - _LEFT) * (years - self.years[0]) / (self.years[-1] - self.years[0])


def _in_words(timeline: Timeline) -> str:
    events = "; ".join(f"{when(event)}: {said(event)}" for event in timeline.events if event.first)
    return " ".join((f"{timeline.name}: {events}.", *without_a_day(timeline)))


def _block(timeline: Timeline, axis: _Axis, key: str, top: float, *, named: bool) -> tuple[list[str], float]:
    """A State: its name if there are several, the years, the lanes, and what has no day; then where it ends."""
    drawn = [text(timeline.name, 0, top + 14, class_="strong")] if named else []
    begins = top + (24 if named else 0)
    y = begins + 22
    for label, shown in LANES.items():
        events = [event for event in timeline.events if event.what in shown and event.first]
        if events:
            drawn.append(text(label, 0, y + 13))
            rows = _rows(events, axis)
            drawn.extend(_mark(event, axis, key, y + row * _ROW) for event, row in zip(events, rows, strict=True))
            y += _ROW * (max(rows) + 1)
    under = [*_axis(axis, in_years(timeline.as_of), begins, y)]
    for said_of in without_a_day(timeline):
        for words in wrapped(said_of, _WIDTH, 11):
            y += 16
            drawn.append(text(words, 0, y + 4, class_="small"))
    return [*under, *drawn], y + 24


def _axis(axis: _Axis, today: float, top: float, bottom: float) -> Iterator[str]:
    for year in axis.years:
        if year % 5 == 0:
            x = axis.x(year)
            yield element("path", d=f"M{x:.1f} {top + 18}V{bottom:g}", class_="rule")
            yield text(str(year), x, top + 12, class_="middle small")
    x = axis.x(today)
    yield element("path", d=f"M{x:.1f} {top + 16}V{bottom:g}", class_="line")
    yield element("path", d=f"M{x - 5:.1f} {top + 14}h10l-5 7z", class_="mark")


def _rows(events: Sequence[Event], axis: _Axis) -> list[int]:
    """The row of each mark: the first in which it does not touch another."""
    ends: list[float] = []
    rows = []
    for event in events:
        assert event.first, "an event without a day is not drawn"
        x = axis.x(in_years(event.first))
        row = next((n for n, end in enumerate(ends) if end <= x), len(ends))
        ends[row : row + 1] = [(axis.x(in_years(event.last)) if event.last else axis.end) + _SIZE + 1]
        rows.append(row)
    return rows


def _mark(event: Event, axis: _Axis, key: str, top: float) -> str:
    assert event.first, "an event without a day is not drawn"
    first = axis.x(in_years(event.first))
    last = axis.x(in_years(event.last)) if event.last else axis.end
    sure = event.certainty.value if event.certainty else "on record"
    title = element("title", escaped(f"{said(event)}: {when(event)} ({sure})"))
    if glyph(event) == BAND:
        opening = likely_opening(event)
        likely = axis.x(in_years(first_day(opening))) if opening else None
        return element("g", title, *_band(key, first, last, likely, top, event.last is None), class_="on-fifth")
    letter = glyph(event)
    return element("g", title, *_sign(letter, first, last, top), class_=f"on-{_TONES.get(letter, 'blank')}")


def _sign(letter: str, first: float, last: float, top: float) -> Iterator[str]:
    """A letter, in a circle for the Convention and in a square for the Protocol, as long as its days."""
    round_, half = 2 if letter in "Pp" else 8, _SIZE / 2
    dashed = {} if letter in _TONES else {"stroke_dasharray": "3 2"}
    tone = _TONES.get(letter, "blank")
    left, wide = first - half, last - first + _SIZE
    yield element("rect", x=left, y=top, width=wide, height=_SIZE, rx=round_, class_=tone, **dashed)
    yield text(letter, (first + last) / 2, top + 12)


def _band(key: str, first: float, last: float, likely: float | None, top: float, opened: bool) -> Iterator[str]:
    """A range with a dashed outline, pointed if it goes on, and a rod at the even odds."""
    tip = f"{last - 8:.1f}l8 {_SIZE / 2:g}l-8 {_SIZE / 2:g}" if opened else f"{last:.1f}v{_SIZE}"
    outline = f"M{first:.1f} {top:g}H{tip}H{first:.1f}z"
    yield element("path", d=outline, fill=f"url(#{key}-fifth)", stroke_dasharray="3 2")
    if likely is not None:
        yield element("path", d=f"M{likely - 2:.1f} {top - 1:g}h4v{_SIZE + 2}h-4z", class_="mark")


def _legend(key: str, top: float) -> Iterator[str]:
    """Each sign with its words."""
    signs = (
        (0, "C", "under the Convention"),
        (180, "P", "under the Protocol (OPSC)"),
        (395, "c", "expected, not set"),
        (545, "t", "a treaty term, no due date"),
    )
    for left, letter, words in signs:
        sign = _sign(letter, left + _SIZE / 2 + 1, left + _SIZE / 2 + 1, top)
        yield element("g", *sign, class_=f"on-{_TONES.get(letter, 'blank')}")
        yield text(words, left + 26, top + 13)
    band = f"{NOMINAL_COVERAGE:.0%} of the chances of the next review, an estimate; the bar is at the even odds"
    yield element("g", *_band(key, 1, 60, 30, top + 26, opened=False), class_="on-fifth")
    yield text(band, 70, top + 39)
    yield element("path", d=f"M635 {top + 30:g}h10l-5 7z", class_="mark")
    yield text("the day of the answer", 655, top + 39)
