"""How well the forecast did on history: each report forecast on the day it was received, and again at each
session until it was reviewed, from what was known then.

Beside it stand the plain rule of every guide, and the median of all waits known by that day.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean, median

from opsc_cli.forecast.forecast import NOMINAL_COVERAGE, Asked, Numbers, Outlook, plain_rule
from opsc_cli.forecast.queue import follows_standard_procedure
from opsc_cli.record.known import closings_of
from opsc_cli.record.records import Dataset, Handled
from opsc_cli.record.terms import Procedure

MOST_SESSIONS_AHEAD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One forecast of a report whose session is known today, made from what was known on a day."""

    handled: Handled
    procedure: Procedure
    at_receipt: bool
    ahead: int
    """Sessions from the last one closed to the review."""
    numbers: Numbers
    plain: int
    """The session by the plain rule."""
    median_of_all: int
    """The session by the median of all waits known."""

    @property
    def session(self) -> int:
        """The session that reviewed the report."""
        assert self.handled.session, "only reviewed reports are tried"
        return self.handled.session


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well a set of forecasts did; errors and widths in sessions."""

    of: str
    n: int
    coverage: float
    median_error: float
    mean_error: float
    mean_width: float
    plain_mean_error: float
    median_of_all_mean_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """The score at receipt, over all and by procedure and era, and that of each number of sessions ahead."""

    nominal_coverage: float
    at_receipt: Score
    by_procedure: tuple[Score, ...]
    by_era: tuple[Score, ...]
    """Of the standard procedure, by the year of receipt."""
    by_sessions_ahead: tuple[Score, ...]
    """Of the standard procedure, every forecast made so many sessions before the review."""
    left_out: int
    """Reports received when too few reviews were known for a forecast."""


ERAS: tuple[tuple[str, int, int], ...] = (
    ("received to 2005", 0, 2005),
    ("received 2006 to 2018", 2006, 2018),
    ("received 2019 to 2021", 2019, 2021),
    ("received from 2022", 2022, 9999),
)


def backtest(dataset: Dataset) -> Backtest:
    """The forecast measured on every report whose day of receipt and session are on record."""
    closings = closings_of(dataset.sessions)
    reviewed = [h for h in dataset.handled if h.session in closings]
    trials = list(trials_of(dataset, reviewed))
    at_receipt = [t for t in trials if t.at_receipt]
    standard = [t for t in at_receipt if t.procedure == "standard"]
    ahead = [t for t in trials if t.procedure == "standard"]
    return Backtest(
        nominal_coverage=NOMINAL_COVERAGE,
        at_receipt=_score("all at receipt", at_receipt),
        by_procedure=tuple(
            _score(name, [t for t in at_receipt if t.procedure == name]) for name in ("standard", "simplified")
        ),
        by_era=tuple(
            _score(name, chosen)
            for name, first, last in ERAS
            if (chosen := [t for t in standard if first <= t.handled.received.year <= last])
        ),
        by_sessions_ahead=tuple(
            _score(f"{n} sessions ahead", chosen)
            for n in range(1, MOST_SESSIONS_AHEAD + 1)
            if (chosen := [t for t in ahead if t.ahead == n])
        ),
        left_out=len(reviewed) - len(at_receipt),
    )


def trials_of(dataset: Dataset, reviewed: Iterable[Handled]) -> Iterator[Trial]:
    """Every forecast of each report: on the day received, and at the closing of each session before its review."""
    closings = closings_of(dataset.sessions)
    outlook = cache(lambda day: Outlook(dataset, day, closings))
    for handled in reviewed:
        end = closings.get(handled.session or 0, date.max)
        days = (handled.received, *sorted(day for day in closings.values() if handled.received < day < end))
        for day in days:
            trial = _trial(handled, outlook, day)
            if trial:
                yield trial


def _trial(handled: Handled, outlook: Callable[[date], Outlook], day: date) -> Trial | None:
    procedure: Procedure = "standard" if follows_standard_procedure(handled) else "simplified"
    listed = handled.listed if handled.listed and handled.listed <= day else None
    asked = Asked(received=handled.received, procedure=procedure, listed=listed)
    known = outlook(day)
    numbers = known.numbers(asked)
    waits = known.queue.waits_at(known.ruler.last_held)
    if numbers is None or waits is None:
        return None
    received = known.ruler.at(handled.received)
    return Trial(
        handled=handled,
        procedure=procedure,
        at_receipt=day == handled.received,
        ahead=(handled.session or 0) - known.ruler.last_held,
        numbers=numbers,
        plain=plain_rule(received, asked),
        median_of_all=round(received + waits[1]),
    )


def _score(of: str, trials: list[Trial]) -> Score:
    if not trials:
        return Score(
            of=of,
            n=0,
            coverage=0,
            median_error=0,
            mean_error=0,
            mean_width=0,
            plain_mean_error=0,
            median_of_all_mean_error=0,
        )
    errors = [abs(t.numbers.likely - t.session) for t in trials]
    return Score(
        of=of,
        n=len(trials),
        coverage=mean(t.numbers.earliest <= t.session <= t.numbers.latest for t in trials),
        median_error=median(errors),
        mean_error=mean(errors),
        mean_width=mean(t.numbers.latest - t.numbers.earliest + 1 for t in trials),
        plain_mean_error=mean(abs(t.plain - t.session) for t in trials),
        median_of_all_mean_error=mean(abs(t.median_of_all - t.session) for t in trials),
    )
