"""Backtest of the forecasts of States' next reviews, compared with common rules.

At the end of each slot from 2008 to 2023 every State with a review on record is forecast from the facts known then. The
method itself was chosen on the same rows, and one review is forecast from many slots, so the rows are not independent.
If a report under the Protocol was in hand, its review counts too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from math import fsum
from statistics import fmean, median
from typing import NamedTuple

from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.measures import HORIZON, Curve, Observed, brier_of_rule, calibration, error, observed
from opsc_cli.forecast.of_states import OfStates
from opsc_cli.forecast.review import Past
from opsc_cli.forecast.slots import YEAR, Slot
from opsc_cli.record.frozen import Frozen

FIRST: Slot = 2008 * YEAR
LAST: Slot = 2023 * YEAR + 2

ERAS = ((2008, 2012), (2013, 2016), (2017, 2019), (2020, 2023))

RULES = (5, 8)
"""Years after the last review."""

HORIZONS = (3, 6, 9, 15, 24)
"""Slots ahead for which "reviewed within" is scored."""

NEXT_SESSIONS = 6


class TooFewReviews(Exception):
    """The record has too few reviews to measure any forecast."""


class StateTrial(NamedTuple):
    """One forecast of one State, made at the end of the slot `over`, with its scores."""

    iso3: str
    over: Slot
    since: Slot
    """Slots since its last review."""
    in_hand: bool
    curve: Curve
    observed: Observed
    error: int
    brier: float
    log_score: float
    rules: tuple[tuple[int, float], ...]
    """The error and the Brier score of each common rule."""


class Rule(Frozen, kw_only=False):
    """The accuracy of the rule "`years` after the last review, or the next session if that has passed"."""

    years: int
    error: float
    brier: float


class StateScore(Frozen):
    """The accuracy of a set of forecasts; errors and widths in slots."""

    of: str
    n: int
    error: float
    brier: float
    log_score: float
    coverage: float
    median_width: float
    deciles: tuple[float, ...]
    """For each decile of the forecasts, the share of reviews that had come by it."""
    rules: tuple[Rule, ...]


class HorizonScore(Frozen):
    """For "reviewed within `slots`": the mean forecast, the share that came true, and the Brier score."""

    slots: int
    n: int
    forecast: float
    observed: float
    brier: float


class StateScores(Frozen):
    """The scores of every State's next review."""

    states: int
    all: StateScore
    by_era: tuple[StateScore, ...]
    by_knowledge: tuple[StateScore, ...]
    """By report in hand, and by the time since the last review."""
    within: tuple[HorizonScore, ...]
    expected: float
    """Mean number of reviews expected per slot, over the next six."""
    pace: float
    """Mean pace known at the time of the forecast."""
    taken: float
    """Mean number of reviews per slot that took place."""


def score_states(past: Past) -> StateScores:
    """Scores of all forecasts, by era, by what was known, by horizon, and against the Committee's pace.

    Raises TooFewReviews.
    """
    rows = [row for over, day in _ends(past) for row in _rows(past, over, day)]
    if not rows:
        raise TooFewReviews
    years = [(f"{first} to {last}", range(first * YEAR, (last + 1) * YEAR)) for first, last in ERAS]
    kinds = [("report in hand", True, range(HORIZON * 10))] + [(name, False, since) for name, since in _AGES]
    return StateScores(
        states=len({row.iso3 for row in rows}),
        all=_score("all", rows),
        by_era=tuple(_score(name, of) for name, slots in years if (of := [r for r in rows if r.over in slots])),
        by_knowledge=tuple(
            _score(name, of)
            for name, hand, since in kinds
            if (of := [r for r in rows if r.in_hand is hand and r.since in since])
        ),
        within=tuple(_within(slots, of) for slots in HORIZONS if (of := [r for r in rows if r.observed.seen >= slots])),
        **_pace(past),
    )


_AGES = (
    ("nothing on record, reviewed less than 3 years ago", range(3 * YEAR)),
    ("3 to 6 years ago", range(3 * YEAR, 6 * YEAR)),
    ("6 to 9 years ago", range(6 * YEAR, 9 * YEAR)),
    ("9 years ago or more", range(9 * YEAR, 10 * HORIZON)),
)


def _ends(past: Past) -> Iterator[tuple[Slot, date]]:
    """The slots measured, each with the day on which it ended."""
    days = {sitting.slot: sitting.closed for sitting in past.proceedings.sittings}
    days |= {slot: day for day, slot in past.proceedings.lost}
    end = max((sitting.slot for sitting in past.proceedings.sittings), default=FIRST)
    yield from sorted((slot, day) for slot, day in days.items() if FIRST <= slot <= LAST and slot < end)


def _rows(past: Past, over: Slot, day: date) -> Iterator[StateTrial]:
    """The forecasts made at the end of a slot: one for each State whose last review is on record."""
    last, hands, end = past.moment(day).turns.last, past.in_hand(day, day), past.proceedings.sittings[-1].slot
    for iso3, chances in past.reviews(day, HORIZON).items():
        known = last[iso3]
        if known and known.sitting:
            came = _came(past.proceedings.states, iso3, hands.get(iso3), day)
            found = observed(came - over if came else None, end - over)
            yield _row(iso3, over, known.slot, iso3 in hands, Curve(chances), found)


def _row(iso3: str, over: Slot, last: Slot, in_hand: bool, curve: Curve, came: Observed) -> StateTrial:
    by_rule = (max(last + years * YEAR - over, 1) for years in RULES)
    return StateTrial(
        iso3=iso3,
        over=over,
        since=over - last,
        in_hand=in_hand,
        curve=curve,
        observed=came,
        error=error(curve.even, came),
        brier=curve.brier(came),
        log_score=curve.log_score(came),
        rules=tuple((error(slot, came), brier_of_rule(slot, came)) for slot in by_rule),
    )


def _came(states: OfStates, iso3: str, hand: InHand | None, day: date) -> Slot | None:
    """The slot of the next review under the Convention, or of the report in hand under the Protocol."""
    protocol = hand is not None and hand.treaty == "OPSC"
    initial = (c.session for c in states.courses if protocol and c.opsc_initial and c.iso3 == iso3)
    counts = (number for number in (*states.sessions.get(iso3, ()), *initial) if number)
    return min((states.slots[number] for number in counts if states.closings[number] > day), default=None)


def _score(of: str, rows: list[StateTrial]) -> StateScore:
    deciles = calibration(row.curve.place(row.observed) for row in rows)
    return StateScore(
        of=of,
        n=len(rows),
        error=fmean(row.error for row in rows),
        brier=fmean(row.brier for row in rows),
        log_score=fmean(row.log_score for row in rows),
        coverage=deciles[-1] - deciles[0],
        median_width=median(row.curve.late - row.curve.early + 1 for row in rows),
        deciles=deciles,
        rules=tuple(
            Rule(years, fmean(row.rules[n][0] for row in rows), fmean(row.rules[n][1] for row in rows))
            for n, years in enumerate(RULES)
        ),
    )


def _within(slots: int, rows: Iterable[StateTrial]) -> HorizonScore:
    pairs = [(row.curve.by[slots - 1], row.observed.cut <= slots) for row in rows]
    return HorizonScore(
        slots=slots,
        n=len(pairs),
        forecast=fmean(by for by, _ in pairs),
        observed=fmean(came for _, came in pairs),
        brier=fmean((by - came) ** 2 for by, came in pairs),
    )


def _pace(past: Past) -> dict[str, float]:
    """Reviews per slot: expected over the next six, the pace known then, and what took place."""
    counts = Counter({sitting.slot: sitting.count for sitting in past.proceedings.sittings})
    expected, pace, taken = [], [], []
    for over, day in _ends(past):
        expected.append(fsum(fsum(chances[:NEXT_SESSIONS]) for chances in past.reviews(day, HORIZON).values()))
        pace.append(past.moment(day).load.pace(over) * NEXT_SESSIONS)
        taken.append(sum(counts[slot] for slot in range(over + 1, over + NEXT_SESSIONS + 1)))
    return {
        "expected": fmean(expected) / NEXT_SESSIONS,
        "pace": fmean(pace) / NEXT_SESSIONS,
        "taken": fmean(taken) / NEXT_SESSIONS,
    }
