"""The next review of a State, whatever is known: its JSON, its columns, its chances one by one, a picture, an event."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Position
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.next_review import NextReview, month_of, review_in_a_sentence
from opsc_cli.forecast.passed import if_not
from opsc_cli.record.dates import first_day, last_day
from opsc_cli.render.listing import Columns
from opsc_cli.render.meetings import groups_in_words, place_content, range_content
from opsc_cli.render.parts import Cell, Chart, Line, Part, line
from opsc_cli.render.words import iso, percent

if TYPE_CHECKING:
    from opsc_cli.render import contract_forecasts
    from opsc_cli.render.ics import CalendarEvent


def next_review_content(found: NextReview, name: str) -> "contract_forecasts.NextReview":
    return {
        "of": found.of,
        "earliest": place_content(found.earliest),
        "likely": place_content(found.likely),
        "latest": place_content(found.latest),
        "open_ended": found.open_ended,
        "likely_open_ended": found.likely_open_ended,
        "chance_passed_unseen": round(found.chance_passed_unseen, 4),
        "chances": [
            {"opens": iso(meeting.opens), "label": meeting.label, "probability": round(probability, 4)}
            for meeting, probability in found.chances
        ],
        "chance_later": round(found.chance_later, 4),
        "pre_session": range_content(found.pre_session) if found.pre_session else None,
        "pre_session_for": found.pre_session_for,
        "sentence": review_in_a_sentence(found, name),
        "basis": " ".join(found.basis[2:]),
        "authority": found.authority.short,
        "certainty": found.certainty.value,
        "nominal_coverage": found.nominal_coverage,
    }


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def labels(review: "contract_forecasts.NextReview") -> tuple[str, str, str]:
    """The earliest, the likely and the latest session; one after the projected calendar as "after 2038"."""
    after = f"after {(review['chances'][-1]['opens'] or '')[:4]}"
    likely = after if review["likely_open_ended"] else review["likely"]["label"]
    return review["earliest"]["label"], likely, after if review["open_ended"] else review["latest"]["label"]


def in_a_cell(review: "contract_forecasts.NextReview") -> str:
    """May–June 2030 (August–October 2027 to after 2038); first that it has probably been held, if it has."""
    earliest, likely, latest = labels(review)
    return f"{if_not(review['chance_passed_unseen'])}{likely} ({earliest} to {latest})"


Chance = tuple[str | None, str, float]
"""When a session opens, how it is called, and its chance; the first is None for what is no session."""


ChanceRow = tuple[str, str, Chance, float]
"""The State's code and name, a chance, and the sum of all chances up to it."""


def rows_of_review(position: Position) -> Iterator[ChanceRow]:
    """What may have passed unseen, each session to come, and what is later: together 1."""
    if position.next_review:
        yield from cumulated(position.iso3, position.name, _distribution(position.next_review))


def _distribution(found: NextReview) -> Iterator[Chance]:
    if found.chance_passed_unseen:
        yield None, "passed without a record", found.chance_passed_unseen
    yield from ((iso(meeting.opens), meeting.label, chance) for meeting, chance in found.chances)
    if found.chance_later:
        yield None, f"after {found.chances[-1][0].opens_by.year}", found.chance_later


def cumulated(iso3: str, name: str, chances: Iterable[Chance]) -> Iterator[ChanceRow]:
    """A row for each chance."""
    come = 0.0
    for chance in chances:
        come += chance[2]
        yield iso3, name, chance, come


COLUMNS: Columns[ChanceRow] = {
    "iso3": lambda row: row[0],
    "name": lambda row: row[1],
    "opens": lambda row: row[2][0],
    "label": lambda row: row[2][1],
    "probability": lambda row: round(row[2][2], 4),
    "cumulative": lambda row: round(row[3], 4),
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────

_ONE_BY_ONE = 9
"""So many sessions have a bar of their own; later ones share that of their year."""


def shown(position: Position) -> Iterator[Part]:
    """The sentence, a picture of the chances, the working groups, and why."""
    found = position.next_review
    if found is None:
        yield line(f"{position.name} is not party to the Convention: its next review cannot be estimated.")
        return
    yield line(review_in_a_sentence(found, position.name), style="bold")
    yield chart(found)
    yield legend_line(found.nominal_coverage)
    if found.chance_passed_unseen >= _LITTLE:
        yield line("The range and the even odds leave out the first row: they suppose that no review went unseen.")
    if found.pre_session:
        yield line(("Pre-sessional working group: ", "bold"), f"{groups_in_words(found)}.")
    yield line(("Why: ", "bold"), " ".join(found.basis[2:]))
    yield line(f"Certainty: {found.certainty.value}. How well such forecasts did: `opsc forecast --backtest`")


def bar_meanings(nominal_coverage: float) -> tuple[str, str]:
    """What a full bar and a faint one mean."""
    return f"within the range that holds {nominal_coverage:.0%} of the chances", "outside it"


def legend_line(nominal_coverage: float) -> Line:
    full, faint = bar_meanings(nominal_coverage)
    return line(f"█ {full}, ░ {faint}")


Bars = Iterable[tuple[str, float, str, str]]
"""Each with its label, its chance, the block it is made of, and a mark behind it."""


def chart(found: NextReview) -> Chart:
    """A bar for each session that may be it."""
    return chart_of(_bars(found))


def chart_of(bars: Bars) -> Chart:
    bars = list(bars)
    longest = max(chance for _, chance, _, _ in bars)
    rows: list[Sequence[Cell]] = [
        (label, {"value": chance, "longest": longest, "label": percent(chance), "blocks": block}, mark)
        for label, chance, block, mark in bars
    ]
    titles = ("Session", "Chance", "")
    return {"kind": "chart", "titles": titles, "rows": rows, "bars": 1, "margin": 56, "most": None}


_LITTLE = 0.01


def _bars(found: NextReview) -> Bars:
    if found.chance_passed_unseen >= _LITTLE:
        yield "passed without a record", found.chance_passed_unseen, "░", ""
    by_then = "if not, even odds" if if_not(found.chance_passed_unseen) else "even odds by then"
    until = [chance for chance in found.chances if chance[0].opens_by <= found.latest.opens_by]
    for label, grouped in _grouped(found, until):
        chance = sum(probability for _, probability in grouped)
        within = found.earliest.opens_by <= grouped[0][0].opens_by <= found.latest.opens_by
        even = not found.likely_open_ended and any(meeting == found.likely for meeting, _ in grouped)
        if chance:
            yield label, chance, "█" if within else "░", by_then if even else ""
    later = found.chance_later + sum(chance for _, chance in found.chances[len(until) :])
    if later:
        after = month_of(until[-1][0]) if len(until) < len(found.chances) else until[-1][0].opens_by.year
        yield f"after {after}", later, "░", "even odds" if found.likely_open_ended else ""


_Chances = Sequence[tuple[Meeting, float]]


def _grouped(found: NextReview, until: _Chances) -> Iterator[tuple[str, _Chances]]:
    """The first sessions one by one, later ones by year; those within the range never with those outside it."""
    near, far = until[:_ONE_BY_ONE], until[_ONE_BY_ONE:]
    yield from ((chance[0].label, [chance]) for chance in near)
    for (year, *_), group in groupby(far, key=lambda chance: _place(found, chance[0])):
        together = list(group)
        whole = sum(1 for meeting, _ in found.chances if meeting.opens_by.year == year) == len(together)
        if whole:
            yield str(year), together
        else:
            yield from ((chance[0].label, [chance]) for chance in together)


def _place(found: NextReview, meeting: Meeting) -> tuple[int, bool]:
    return meeting.opens_by.year, found.earliest.opens_by <= meeting.opens_by <= found.latest.opens_by


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def review_event(position: Position) -> "Iterator[CalendarEvent]":
    """The likely session, if the report is in hand: without it an event would look like a date."""
    found = position.next_review
    in_hand = found and found.in_hand and found.in_hand.what != "list of issues prior to reporting"
    if found and in_hand and not found.likely_open_ended and found.likely.opens:
        yield {
            "uid": f"{position.iso3.lower()}-next-review",
            "first": first_day(found.likely.opens),
            "last": last_day(found.likely.closes or found.likely.opens),
            "summary": f"{position.name}: {if_not(found.chance_passed_unseen)}likely review, {found.likely.label}",
            "description": f"{review_in_a_sentence(found, position.name)}\n{' '.join(found.basis[2:])}\n"
            f"Certainty: {found.certainty.value}.",
            "status": "TENTATIVE",
            "category": "forecast",
            "url": found.authority.url,
        }
