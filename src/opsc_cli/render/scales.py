"""What the maps show: the kinds of States that each map tells apart, with their tones and words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from opsc_cli.answers.position import Position
from opsc_cli.forecast.next_review import likely_in_words
from opsc_cli.forecast.passed import PROBABLE
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import deposit
from opsc_cli.record.frozen import Frozen
from opsc_cli.render.words import PASSED, moment


class Category(Frozen, kw_only=False):
    """A kind of State: its tone (look.TONES), and how the legend calls it."""

    tone: str
    called: str


class Scale(Frozen):
    """A title, the kinds in the order of the legend, and of which kind a State is, as a kind and in words."""

    title: str
    kinds: Sequence[Category]
    kind_of: Callable[[Position], Category]
    words_of: Callable[[Position], str]


# ── by standing ──────────────────────────────────────────────────────────────────────────────────

BY_STANDING: Mapping[Standing, Category] = {
    "overdue": Category("red", "overdue: known to be missing"),
    "past-due-no-record": Category("orange", PASSED["past-due-no-record"]),
    "past-treaty-term": Category("yellow", "treaty term has passed, no date is set"),
    "loipr-awaited": Category("violet", "list of issues not on record"),
    "date-awaited": Category("teal", "the Committee will give a date"),
    "upcoming": Category("green", "date not passed"),
    "with-the-committee": Category("blue", "report with the Committee"),
    "not-established": Category("grey", "not established"),
    "not-yet-bound": Category("pale", "joined, not yet in force"),
    "not-bound": Category("blank", "not bound by the Protocol"),
}


def _by_standing() -> Scale:
    return Scale(
        title="The report that each State owes next on the sale of children (OPSC): its standing",
        kinds=tuple(BY_STANDING.values()),
        kind_of=lambda position: BY_STANDING[position.answer.standing],
        words_of=lambda position: BY_STANDING[position.answer.standing].called,
    )


# ── by year ──────────────────────────────────────────────────────────────────────────────────────

_RAMP = ("first", "second", "third", "fourth", "fifth")
"""The tones of five spans of years, the last of them open."""

_LAST_YEARS_OF_JOINING = (2002, 2005, 2010, 2015)


def _by_joining() -> Scale:
    kinds = _spans(2000, _LAST_YEARS_OF_JOINING)
    unclear, none = Category("grey", "year not on record"), Category("blank", "no instrument on record")

    def kind_of(position: Position) -> Category:
        if not (instrument := position.answer.known.instrument):
            return none
        made = deposit(instrument)
        first, last = (_span_of(day.year, _LAST_YEARS_OF_JOINING) for day in (made.first, made.last))
        return kinds[first] if first == last else unclear

    return Scale(
        title="When each State deposited its instrument for the Protocol on the sale of children (OPSC)",
        kinds=(*kinds, unclear, none),
        kind_of=kind_of,
        words_of=_joined,
    )


def _joined(position: Position) -> str:
    instrument = position.answer.known.instrument
    if not instrument:
        return "no instrument on record"
    return f"{instrument.kind} {moment(deposit(instrument))}"


def _by_next_review(as_of: date) -> Scale:
    years = tuple(as_of.year + n for n in (2, 4, 6, 8))
    kinds, none = _spans(as_of.year, years), Category("blank", "no estimate")
    held = Category("grey", "probably held already, not on record")

    def kind_of(position: Position) -> Category:
        review = position.next_review
        if review is None:
            return none
        if review.chance_passed_unseen >= PROBABLE:
            return held
        return kinds[-1 if review.likely_open_ended else _span_of(review.likely.opens_by.year, years)]

    return Scale(
        title="By when the Committee will likely review each State next: an estimate (even odds)",
        kinds=(*kinds, held, none),
        kind_of=kind_of,
        words_of=_reviewed,
    )


def _reviewed(position: Position) -> str:
    review = position.next_review
    return likely_in_words(review) if review else "not party to the Convention, no estimate"


def _spans(first: int, last_years: Sequence[int]) -> tuple[Category, ...]:
    """A kind for the years up to each of `last_years`, and one for all that follow."""
    begins = (first, *(year + 1 for year in last_years))
    called = (*(f"{begin}–{end}" for begin, end in zip(begins, last_years, strict=False)), f"{begins[-1]} or later")
    return tuple(map(Category, _RAMP, called))


def _span_of(year: int, last_years: Sequence[int]) -> int:
    return sum(1 for last in last_years if year > last)


By = Literal["standing", "next-review", "joining"]


def scale(by: By, as_of: date) -> Scale:
    """By the standing of the first report owed; by the year by which a review has even odds; by that of deposit."""
    match by:
        case "standing":
            return _by_standing()
        case "next-review":
            return _by_next_review(as_of)
        case "joining":
            return _by_joining()
