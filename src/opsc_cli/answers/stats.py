"""Totals on a day, and over a span of time in one pass.

The two counts of parties are separate: *deposits made* by a day, as the depositary lists parties, and States for which
the Protocol is *in force* on that day. Signatures count even if no instrument followed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any, get_args

from opsc_cli.answers.standings import Counted, standings_on, standings_over
from opsc_cli.law.standing import LATE, Standing
from opsc_cli.law.treaty import final_entry_into_force, status_on
from opsc_cli.periods import shifted
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import Closings, closings_of, counts_from
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import State

NO_REGION = "no regional group on record"


class Totals(Frozen):
    """The numbers of States of each kind on a day."""

    on: date
    deposits: int
    in_force: int
    pending: int
    signatures: int
    signatory_only: int
    none: int
    denounced: int
    late_by: dict[Standing, int]
    """States by the most serious late standing of their reports (law.standing.LATE)."""
    by_standing: dict[Standing, int]
    """States by the standing of their first report; every standing is a key."""
    reports_by_standing: dict[Standing, int]
    """Reports owed, by standing."""


class RegionTotals(Frozen):
    """A UN regional group on a day."""

    states: int
    deposits: int
    in_force: int
    late_by: dict[Standing, int]


def count_on(states: Iterable[State], of: str, day: date) -> int:
    """Deposits made by `day`, States for which the Protocol is in force on it, or signatures made by it."""
    match of:
        case "signatures":
            return sum(1 for s in states if s.signature and last_day(s.signature.signed) <= day)
        case "deposits":
            return sum(1 for s in states if s.instrument and counts_from(s.instrument) <= day)
        case _:
            return sum(1 for s in states if _in_force(s, day))


def _in_force(state: State, day: date) -> bool:
    if not state.instrument or counts_from(state.instrument) > day:
        return False
    in_force = final_entry_into_force(state.instrument, state.published_entry_into_force)
    return status_on(state, in_force, day) == "party"


def totals_on(dataset: Dataset, day: date) -> Totals:
    """The totals on one day."""
    return next(totals_over(dataset, (day,)))


def totals_over(dataset: Dataset, days: tuple[date, ...]) -> Iterator[Totals]:
    """The totals on each of `days`, which must be in order of time.

    In one pass, each State adds 1 on the first day of each span and subtracts 1 after the last; running sums give the
    totals.
    """
    if not days:
        return
    changes: list[tuple[date, Counted, int]] = []
    for of_one in standings_over(dataset, days[0], days[-1]).values():
        changes += ((day, now, 1) for day, now in of_one)
        changes += ((day, before, -1) for (_, before), (day, _) in pairwise(of_one))
    yield from _running(sorted(changes, key=itemgetter(0)), days)


def _running(changes: list[tuple[date, Counted, int]], days: tuple[date, ...]) -> Iterator[Totals]:
    running: Counter[str] = Counter()
    position = 0
    counts: dict[str, Any] | None = None
    for day in days:
        while position < len(changes) and changes[position][0] <= day:
            _, counted, number = changes[position]
            for tag in _tags(counted):
                running[tag] += number
            position, counts = position + 1, None
        counts = counts or _counts(running)
        yield Totals(on=day, **counts)


@cache
def _tags(counted: Counted) -> tuple[str, ...]:
    """The totals in which a State counts."""
    of_state = {
        f"status {counted.status}": True,
        f"state {counted.standing}": True,
        "deposit": counted.deposited,
        "signature": counted.signed,
        f"late {counted.lateness}": counted.lateness is not None,
    }
    return (*(tag for tag, counts in of_state.items() if counts), *(f"report {s}" for s in counted.reports))


def _counts(running: Counter[str]) -> dict[str, Any]:
    """The fields of Totals except the day."""
    return {
        "deposits": running["deposit"],
        "in_force": running["status party"],
        "pending": running["status pending"],
        "signatures": running["signature"],
        "signatory_only": running["status signatory"],
        "none": running["status none"],
        "denounced": running["status denounced"],
        "late_by": {standing: running[tag] for standing, tag in _LATE_TAGS},
        "by_standing": {standing: running[tag] for standing, tag in _STATE_TAGS},
        "reports_by_standing": {standing: running[tag] for standing, tag in _REPORT_TAGS},
    }


_LATE_TAGS = tuple((s, f"late {s}") for s in LATE)
_STATE_TAGS = tuple((s, f"state {s}") for s in get_args(Standing))
_REPORT_TAGS = tuple((s, f"report {s}") for s in get_args(Standing) if s not in ("not-bound", "not-yet-bound"))


def regions_on(dataset: Dataset, day: date) -> dict[str, RegionTotals]:
    """The UN regional groups on a day, by name; States in none come last."""
    found: dict[str, list[Counted]] = {}
    for iso3, counted in standings_on(dataset, day).items():
        found.setdefault(dataset.names[iso3].region or NO_REGION, []).append(counted)
    return {region: _region(found[region]) for region in sorted(found, key=lambda r: (r == NO_REGION, r))}


def _region(states: list[Counted]) -> RegionTotals:
    return RegionTotals(
        states=len(states),
        deposits=sum(counted.deposited for counted in states),
        in_force=sum(counted.status == "party" for counted in states),
        late_by={standing: sum(counted.lateness == standing for counted in states) for standing in LATE},
    )


class YearTotals(Frozen):
    """The events of a year whose days are on record."""

    year: int
    deposits: int
    initial_reports_received: int
    initial_reports_reviewed: int


def years_until(dataset: Dataset, day: date) -> tuple[YearTotals, ...]:
    """Year by year from the first deposit to `day`: deposits, initial reports received and reviewed.

    Reports without a recorded receipt date are not counted.
    """
    closings = closings_of(dataset.sessions)
    deposits, received, reviewed = Counter[int](), Counter[int](), Counter[int]()
    for state in dataset.states.values():
        deposits.update(d.year for d in _deposit_day(state, day))
        received.update(d.year for d in _received_day(state, day))
        reviewed.update(d.year for d in _review_day(state, closings, day))
    return tuple(
        YearTotals(
            year=year,
            deposits=deposits[year],
            initial_reports_received=received[year],
            initial_reports_reviewed=reviewed[year],
        )
        for year in range(min(deposits, default=day.year), day.year + 1)
    )


def _deposit_day(state: State, until: date) -> Iterator[date]:
    if state.instrument and counts_from(state.instrument) <= until:
        yield counts_from(state.instrument)


def _received_day(state: State, until: date) -> Iterator[date]:
    submitted = state.initial_report.submitted if state.initial_report else None
    if submitted and last_day(submitted) <= until:
        yield last_day(submitted)


def _review_day(state: State, closings: Closings, until: date) -> Iterator[date]:
    review = state.initial_report.review if state.initial_report else None
    if review and not review.outcome and closings.get(review.session, date.max) <= until:
        yield closings[review.session]


STEPS = {"day": "d", "month": "m", "year": "y"}
"""Steps between the days of a series."""


def days_between(first: date, last: date, step: str) -> tuple[date, ...]:
    """Every `step` from `first`, then `last`. Months are counted from `first`, so the day number does not drift."""
    days: list[date] = []
    while (day := shifted(first, (len(days), STEPS[step]))) < last:
        days.append(day)
    return (*days, last)
