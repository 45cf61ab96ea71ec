"""`opsc forecast --backtest`: how well the forecast did on history, one row per set of forecasts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsc_cli.forecast.backtest import Backtest, Score
from opsc_cli.render.backtest_states import state_scores, state_scores_parts
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.parts import Cell, Part, grid, line

if TYPE_CHECKING:
    from opsc_cli.render import contract_backtest


def backtest_listing(found: Backtest) -> Listing:
    sets = (found.at_receipt, *found.by_procedure, *found.by_era, *found.by_sessions_ahead)
    return Listing(
        key="backtest",
        content=_content(found),
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, [(score.of, _scored(score)) for score in sets]),
        parts=lambda: _parts(found),
    )


def _content(found: Backtest) -> "contract_backtest.Backtest":
    whole = _scored(found.at_receipt)
    return {
        "n": whole["n"],
        "left_out": found.left_out,
        "nominal_coverage": found.nominal_coverage,
        **whole,
        "by_procedure": [_score(score) for score in found.by_procedure],
        "by_era": [_score(score) for score in found.by_era],
        "by_sessions_ahead": [_score(score) for score in found.by_sessions_ahead],
        "next_review": state_scores(found.states),
    }


def _score(score: Score) -> "contract_backtest.Score":
    return {"of": score.of, **_scored(score)}


def _scored(score: Score) -> "contract_backtest.Scored":
    return {
        "n": score.n,
        "coverage": round(score.coverage, 3),
        "median_error_sessions": round(score.median_error, 2),
        "mean_error_sessions": round(score.mean_error, 2),
        "median_width_sessions": score.median_width,
        "mean_width_sessions": round(score.mean_width, 2),
        "naive": {"mean_error_sessions": round(score.plain_mean_error, 2)},
        "median_of_all": {"mean_error_sessions": round(score.median_of_all_mean_error, 2)},
    }


COLUMNS: "Columns[tuple[str, contract_backtest.Scored]]" = {
    "of": lambda score: score[0],
    "n": lambda score: score[1]["n"],
    "coverage": lambda score: score[1]["coverage"],
    "median_error_sessions": lambda score: score[1]["median_error_sessions"],
    "mean_error_sessions": lambda score: score[1]["mean_error_sessions"],
    "median_width_sessions": lambda score: score[1]["median_width_sessions"],
    "mean_width_sessions": lambda score: score[1]["mean_width_sessions"],
    "naive_mean_error_sessions": lambda score: score[1]["naive"]["mean_error_sessions"],
    "median_of_all_mean_error_sessions": lambda score: score[1]["median_of_all"]["mean_error_sessions"],
}


def _parts(found: Backtest) -> list[Part]:
    counted = ("n", "covered", "median", "mean error", "width", "plain rule", "median of all")
    rows: list[Sequence[Cell] | None] = []
    for scores in ((found.at_receipt,), found.by_procedure, found.by_era, found.by_sessions_ahead):
        for score in scores:
            errors = (score.median_error, score.mean_error, score.median_width, score.plain_mean_error)
            cells = (f"{value:.1f}" for value in (*errors, score.median_of_all_mean_error))
            rows.append((score.of, str(score.n), f"{score.coverage:.0%}", *cells))
        rows.append(None)
    caption = (
        f"nominal {found.nominal_coverage:.0%}; errors (median, mean) and widths (median) in sessions; plain rule"
        f" and median of all: their mean errors; {found.left_out} reports left out, received when too few"
        " reviews were known"
    )
    return [
        grid(("Reports", *counted), rows, right=counted),
        line(caption),
        line(""),
        *state_scores_parts(found.states),
    ]
