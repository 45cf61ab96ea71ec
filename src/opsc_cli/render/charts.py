"""The charts of `opsc forecast` and `opsc stats` as pictures. Each names the key with which its ids begin."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Position
from opsc_cli.answers.stats import Totals, YearTotals
from opsc_cli.forecast.next_review import review_in_a_sentence
from opsc_cli.record.dates import in_words
from opsc_cli.render import next_review
from opsc_cli.render.bars import BLOCK_TONES, bars
from opsc_cli.render.legend import height as height_of
from opsc_cli.render.legend import legend
from opsc_cli.render.parts import Bar, Chart
from opsc_cli.render.scales import BY_STANDING
from opsc_cli.render.series import HEIGHT, WIDTH, Frame, axes, bands, lines
from opsc_cli.render.svg import Picture, patterns, source_line, text

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope


def chances_chart(position: Position, envelope: "Envelope") -> Picture | None:
    """A bar for each session that may review the State next; None without an estimate. Key: "chances-" and its code."""
    found = position.next_review
    if found is None:
        return None
    key = f"chances-{position.iso3}"
    width, height, drawn = bars(next_review.chart(found), key)
    entries = list(zip(BLOCK_TONES.values(), next_review.bar_meanings(found.nominal_coverage), strict=True))
    return Picture(
        key=key,
        title=f"{position.name}: when the Committee will likely review it next, an estimate",
        about=review_in_a_sentence(found, position.name),
        source=source_line(envelope),
        width=width,
        height=height + 12 + height_of(entries, 1),
        body=drawn + legend(key, entries, width=width, columns=1, top=height + 12),
    )


def years_chart(years: Sequence[YearTotals], envelope: "Envelope") -> Picture:
    """For each year the instruments deposited and the initial reports received. Key: "years"."""
    width, height, drawn = bars(by_year(years), "years")
    counts = (f"{y.year}: {y.deposits} and {y.initial_reports_received}" for y in years)
    return Picture(
        key="years",
        title="The Protocol on the sale of children (OPSC), year by year",
        about=f"Instruments deposited and initial reports received in each year. {'; '.join(counts)}.",
        source=source_line(envelope),
        width=width,
        height=height + 24,
        body=drawn + text(NOT_COUNTED, 0, height + 16, class_="small"),
    )


NOT_COUNTED = "Reports without a recorded day of receipt are not counted."


def by_year(years: Sequence[YearTotals]) -> Chart:
    """As parts: a bar for the instruments deposited in each year, and one for the initial reports received."""
    most = max((max(year.deposits, year.initial_reports_received) for year in years), default=1) or 1
    rows = [
        (str(year.year), *(_bar(n, most) for n in (year.deposits, year.initial_reports_received))) for year in years
    ]
    titles = ("Year", "instruments deposited", "initial reports received")
    return {"kind": "chart", "titles": titles, "rows": rows, "bars": 2, "margin": 28, "most": most}


def _bar(number: int, most: int) -> Bar | str:
    return {"value": number, "longest": most, "label": str(number), "blocks": "▏▎▍▌▋▊▉█"} if number else ""


def totals_chart(series: Sequence[Totals], envelope: "Envelope") -> Picture:
    """States over time as lines, then the reports that they owe, by standing, as bands. Key: "totals"."""
    days = [totals.on for totals in series]
    states = {called: [count(totals) for totals in series] for called, count in _STATES.items()}
    reports = {standing: [totals.reports_by_standing.get(standing, 0) for totals in series] for standing in BY_STANDING}
    owed = {standing: numbers for standing, numbers in reports.items() if any(numbers)}
    entries = [(BY_STANDING[s].tone, f"{BY_STANDING[s].called}: {numbers[-1]}") for s, numbers in owed.items()]
    upper = Frame(days, max(map(max, states.values())) or 1, _TITLE)
    lower = Frame(days, max(map(sum, zip(*owed.values(), strict=True)), default=1), 2 * _TITLE + HEIGHT + _YEARS)
    below = lower.top + HEIGHT + _YEARS
    said = (*(f"{called}: {numbers[-1]}" for called, numbers in states.items()), *(words for _, words in entries))
    drawn = (
        text("States", 0, 16, class_="strong"),
        *axes(upper),
        *lines(upper, states),
        text("Reports owed, by standing", 0, upper.top + HEIGHT + _YEARS + 16, class_="strong"),
        patterns("totals", (tone for tone, _ in entries)),
        *bands(lower, "totals", {BY_STANDING[s].tone: numbers for s, numbers in owed.items()}),
        *axes(lower),
        legend("totals", entries, width=WIDTH, columns=2, top=below),
    )
    return Picture(
        key="totals",
        title="The Protocol on the sale of children (OPSC) over time",
        about=f"From {in_words(days[0])} to {in_words(days[-1])}. On the last day: {'; '.join(said)}.",
        source=source_line(envelope),
        width=WIDTH,
        height=round(below) + height_of(entries, 2),
        body="".join(drawn),
    )


_TITLE, _YEARS = 28, 36
"""The room for the title of a chart, and for the years below it."""

_STATES: Mapping[str, Callable[[Totals], int]] = {
    "signatures made": lambda totals: totals.signatures,
    "instruments deposited": lambda totals: totals.deposits,
    "party (in force)": lambda totals: totals.in_force,
}
