"""The figures of the backtest in a file: to measure them takes as long as starting Python a hundred times.

It is written when the package is built, and holds only for the dataset that was built with it.
"""

import json
from typing import Any

from opsc_cli.forecast.backtest import Backtest, Score, backtest
from opsc_cli.forecast.backtest_states import HorizonScore, Rule, StateScore, StateScores, TooFewReviews
from opsc_cli.record.records import Dataset

FILE = "backtest.json"

_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Backtest, Score, StateScores, StateScore, HorizonScore, Rule)
}


def figures_of(dataset: Dataset) -> Backtest:
    """The backtest of the dataset, read where an installation has measured it. Raises TooFewReviews."""
    kept = dataset.installed.read(FILE) if dataset.installed else None
    return json.loads(kept, object_hook=_made) if kept else backtest(dataset)


def files(dataset: Dataset) -> dict[str, str]:
    """The file; none if there are too few reviews."""
    try:
        return {FILE: json.dumps(backtest(dataset), default=_plain)}
    except TooFewReviews:
        return {}


def _plain(scores: Any) -> dict[str, Any]:
    return {"kind": type(scores).__name__, **{name: getattr(scores, name) for name in scores.__names__}}


def _made(plain: dict[str, Any]) -> Any:
    kind = _KINDS[plain.pop("kind")]
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()})
