"""How well the forecasts of every State's next review did: the part of the backtest on States."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.forecast.backtest_states import FIRST, LAST, HorizonScore, StateScore, StateScores
from opsc_cli.forecast.slots import SLOTS_A_YEAR
from opsc_cli.render.parts import Cell, Part, grid, line

if TYPE_CHECKING:
    from opsc_cli.render import contract_backtest


def state_scores(found: StateScores) -> "contract_backtest.NextReviewScores":
    return {
        "states": found.states,
        **_state_score(found.all),
        "by_era": [_state_score(score) for score in found.by_era],
        "by_knowledge": [_state_score(score) for score in found.by_knowledge],
        "within": [_within(within) for within in found.within],
        "reviews_a_session": {
            "expected": round(found.expected, 2),
            "known": round(found.pace, 2),
            "taken": round(found.taken, 2),
        },
    }


def _state_score(score: StateScore) -> "contract_backtest.StateScore":
    return {
        "of": score.of,
        "n": score.n,
        "coverage": round(score.coverage, 3),
        "mean_error_sessions": round(score.error, 2),
        "median_width_sessions": score.median_width,
        "brier": round(score.brier, 4),
        "log_score": round(score.log_score, 3),
        "deciles": [round(share, 3) for share in score.deciles],
        "rules": [
            {"years": rule.years, "mean_error_sessions": round(rule.error, 2), "brier": round(rule.brier, 4)}
            for rule in score.rules
        ],
    }


def _within(within: HorizonScore) -> "contract_backtest.Horizon":
    return {
        "sessions": within.slots,
        "n": within.n,
        "forecast": round(within.forecast, 3),
        "observed": round(within.observed, 3),
        "brier": round(within.brier, 4),
    }


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def state_scores_parts(found: StateScores) -> Iterator[Part]:
    counted = ("n", "covered", "mean error", "width", "Brier", "log score", "5 years", "8 years")
    yield grid(("States", *counted), list(_rows(found)), right=counted)
    deciles = " ".join(f"{share:.2f}" for share in found.all.deciles)
    yield line(
        f"{found.states} States, each forecast at the end of every slot from {FIRST // SLOTS_A_YEAR} to"
        f" {LAST // SLOTS_A_YEAR}; errors (mean) and widths (median) in sessions; 5 years, 8 years: the mean errors"
        " of these rules"
    )
    yield line(f"Share of reviews that had come when their forecast chance reached each tenth, 0.10 to 0.90: {deciles}")
    columns = ("n", "forecast", "observed", "Brier")
    horizons = [
        (f"within {w.slots} sessions", str(w.n), f"{w.forecast:.2f}", f"{w.observed:.2f}", f"{w.brier:.3f}")
        for w in found.within
    ]
    yield grid(("Horizon", *columns), horizons, right=columns)


def _rows(found: StateScores) -> Iterator[Sequence[Cell] | None]:
    for group in ((found.all,), found.by_era, found.by_knowledge):
        for score in group:
            errors = (f"{rule.error:.1f}" for rule in score.rules)
            scores = (f"{score.brier:.3f}", f"{score.log_score:.2f}")
            range_of = (f"{score.coverage:.0%}", f"{score.error:.1f}", f"{score.median_width:.0f}")
            yield score.of, str(score.n), *range_of, *scores, *errors
        yield None
