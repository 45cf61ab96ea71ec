"""Backtest of the forecasts of reports: on the day of receipt, and again at each later session.

Each forecast uses only what was known on its day. It is compared with the plain rule that guides give and with the
median of all waits known by that day. backtest_states.py measures the forecasts of every State's next review.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from statistics import fmean, median

from opsc_cli.forecast.backtest_states import StateScores, score_states
from opsc_cli.forecast.forecast import NOMINAL_COVERAGE
from opsc_cli.forecast.in_hand import Steps, furthest
from opsc_cli.forecast.measures import FARTHEST, Curve
from opsc_cli.forecast.of_states import Course
from opsc_cli.forecast.review import Past
from opsc_cli.forecast.slots import Slot, place
from opsc_cli.forecast.waits import FEWEST_REVIEWS
from opsc_cli.record.frozen import Frozen, names_of
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Procedure

MOST_SESSIONS_AHEAD = 12

ERAS = (
    ("received to 2005", 0, 2005),
    ("received 2006 to 2012", 2006, 2012),
    ("received 2013 to 2018", 2013, 2018),
    ("received 2019 to 2022", 2019, 2022),
    ("received from 2023", 2023, 9999),
)


class Trial(Frozen):
    """One forecast of a report whose session is known today, made at the end of the slot `over`."""

    course: Course
    at_receipt: bool
    over: Slot
    session: Slot
    """The slot of the session that reviewed it."""
    curve: Curve
    plain: Slot
    """Sessions ahead by the plain rule."""
    median_of_all: float
    """Sessions ahead by the median of all waits known."""

    @property
    def ahead(self) -> int:
        return self.session - self.over


class Score(Frozen):
    """The accuracy of a set of forecasts; errors and widths in slots."""

    of: str
    n: int
    coverage: float
    median_error: float
    mean_error: float
    median_width: float
    mean_width: float
    plain_mean_error: float
    median_of_all_mean_error: float


class Backtest(Frozen):
    """The scores of forecasts of reports in hand, and of every State's next review."""

    nominal_coverage: float
    at_receipt: Score
    by_procedure: tuple[Score, ...]
    by_era: tuple[Score, ...]
    """Standard procedure, by year of receipt."""
    by_sessions_ahead: tuple[Score, ...]
    """Standard procedure, by the number of sessions between forecast and review."""
    left_out: int
    """Reports received when too few reviews were known for a forecast."""
    states: StateScores


def backtest(dataset: Dataset) -> Backtest:
    """Measures the forecasts on the whole record. Raises TooFewReviews."""
    past = Past(dataset)
    reviewed = [c for c in past.proceedings.states.courses if c.received and c.sitting]
    trials = list(trials_of(past, reviewed))
    at_receipt = [t for t in trials if t.at_receipt]
    standard = [t for t in at_receipt if not t.course.simplified]
    return Backtest(
        nominal_coverage=NOMINAL_COVERAGE,
        at_receipt=_score("all at receipt", at_receipt),
        by_procedure=(
            _score("standard", standard),
            _score("simplified", [t for t in at_receipt if t.course.simplified]),
        ),
        by_era=tuple(
            _score(name, chosen)
            for name, first, last in ERAS
            if (chosen := [t for t in standard if t.course.received and first <= t.course.received.year <= last])
        ),
        by_sessions_ahead=tuple(
            _score(f"{n} session{'s' * (n > 1)} ahead", chosen)
            for n in range(1, MOST_SESSIONS_AHEAD + 1)
            if (chosen := [t for t in trials if t.ahead == n and not t.course.simplified])
        ),
        left_out=len(reviewed) - len(at_receipt),
        states=score_states(past),
    )


def _plain_rule(received: date, procedure: Procedure) -> Slot:
    """Committee's practice: the slot of the session that guides name.

    The first working group after the report meets after the next session; to 2012, and under the simplified
    procedure, it prepares the session after that one, otherwise the second after it.
    """
    ahead = 1 if procedure == "simplified" or received < date(2013, 1, 1) else 2
    return int(place(received)) + 1 + ahead


def trials_of(past: Past, courses: Iterable[Course]) -> Iterator[Trial]:
    """The forecasts of each report: on the day of receipt, and at the close of each session before its review."""
    curves: dict[object, Curve] = {}
    for course in courses:
        received, session = course.received, course.sitting
        assert received and session, "only reviewed reports are tried"
        procedure: Procedure = "simplified" if course.simplified else "standard"
        plain = _plain_rule(received, procedure)
        for day in (received, *(day for day in past.proceedings.closed if received < day < course.reviewed)):
            moment = past.moment(day)
            if not course.simplified and moment.waits.reviewed < FEWEST_REVIEWS:
                continue
            listed = course.listed if course.listed and course.listed <= day else None
            steps = Steps(simplified=course.simplified, received=received, listed=listed)
            hand = furthest(past.proceedings, day, steps)
            assert hand, "what is received is in hand"
            known = moment.over, hand.what, past.proceedings.over(hand.since), course.simplified
            if known not in curves:
                curves[known] = Curve(moment.chances(hand, FARTHEST))
            yield Trial(
                course=course,
                at_receipt=day == received,
                over=moment.over,
                session=session,
                curve=curves[known],
                plain=plain,
                median_of_all=past.proceedings.over(received)[0] + moment.waits.median_wait,
            )


def _score(of: str, trials: list[Trial]) -> Score:
    if not trials:
        nothing = dict.fromkeys(names_of(Score)[2:], 0.0)
        return Score(of=of, n=0, **nothing)
    errors = [abs(t.curve.even - t.ahead) for t in trials]
    widths = [t.curve.late - t.curve.early + 1 for t in trials]
    return Score(
        of=of,
        n=len(trials),
        coverage=fmean(t.curve.early <= t.ahead <= t.curve.late for t in trials),
        median_error=median(errors),
        mean_error=fmean(errors),
        median_width=median(widths),
        mean_width=fmean(widths),
        plain_mean_error=fmean(abs(t.plain - t.session) for t in trials),
        median_of_all_mean_error=fmean(abs(t.median_of_all - t.session) for t in trials),
    )
