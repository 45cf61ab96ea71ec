"""The JSON contract of `opsc forecast --backtest`."""

from typing_extensions import TypedDict

from opsc_cli.render.contract_words import Amount, Share


class MeanError(TypedDict):
    """How far another way of forecasting was off, in sessions."""

    mean_error_sessions: Amount


class Scored(TypedDict):
    """How well a set of forecasts did; errors and widths are in sessions."""

    n: int
    coverage: Share
    """The share of reviews that fell within the range."""
    median_error_sessions: Amount
    mean_error_sessions: Amount
    median_width_sessions: Amount
    mean_width_sessions: Amount
    naive: MeanError
    """The session that guides name: the one after the first working group after the report."""
    median_of_all: MeanError
    """The median of all waits known at the time."""


class Score(Scored):
    """The score of one set of forecasts."""

    of: str


class RuleScore(TypedDict):
    """How well a rule did that adds so many years to the last review."""

    years: int
    mean_error_sessions: Amount
    brier: Share


class StateScore(TypedDict):
    """How well the forecasts of States' next reviews did; errors and widths are in sessions."""

    of: str
    n: int
    coverage: Share
    mean_error_sessions: Amount
    median_width_sessions: Amount
    brier: Share
    log_score: float
    deciles: list[Share]
    """The share of reviews that had come by the first to the ninth decile of their forecast."""
    rules: list[RuleScore]


class Horizon(TypedDict):
    """How often a review came within so many sessions, as forecast and as observed."""

    sessions: int
    n: int
    forecast: Share
    observed: Share
    brier: Share


class ReviewsASession(TypedDict):
    """Reviews at a session: the sum of all chances, the pace known at the time, and what the sessions took."""

    expected: Amount
    known: Amount
    taken: Amount


class NextReviewScores(StateScore):
    """The score of the forecasts of every State's next review, and of parts of them."""

    states: int
    by_era: list[StateScore]
    by_knowledge: list[StateScore]
    within: list[Horizon]
    reviews_a_session: ReviewsASession


class Backtest(Scored):
    """The score of all forecasts made at receipt, and of parts of them."""

    left_out: int
    """Reports received when too few reviews were known for a forecast."""
    nominal_coverage: Share
    by_procedure: list[Score]
    by_era: list[Score]
    by_sessions_ahead: list[Score]
    next_review: NextReviewScores
