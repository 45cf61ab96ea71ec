"""How what a source says compares with what is on record: the same, less, more, or otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from opsc_cli.record.dates import Month, Year, first_day, last_day

Compared = Literal["same", "less", "more", "otherwise"]
"""How what a source says stands to what is on record."""


def stands_to(name: str, kept: Any, said: Any) -> Compared:
    """How what is said of a field stands to what is kept; anything says more than nothing."""
    return "more" if kept is None else _COMPARE.get(name, _values)(kept, said)


def _values(kept: Any, said: Any) -> Compared:
    """A month says less than a day in it, and more than its year."""
    if kept == said:
        return "same"
    if isinstance(kept, date | Month | Year) and isinstance(said, date | Month | Year):
        return spans((first_day(kept), last_day(kept)), (first_day(said), last_day(said)))
    return "otherwise"


def spans(kept: tuple[date, date], said: tuple[date, date]) -> Compared:
    if kept == said:
        return "same"
    if kept[0] <= said[0] and said[1] <= kept[1]:
        return "more"
    return "less" if said[0] <= kept[0] and kept[1] <= said[1] else "otherwise"


_SUREST = ("committee", "secretariat", "state")
"""Who can know what the Committee asked and what came in, the surest first; of others none is surer than another."""


def _rank(asserter: str) -> int:
    return _SUREST.index(asserter) if asserter in _SUREST else len(_SUREST) + (asserter == "inferred")


def with_who_says_so(stands: dict[str, Compared], kept: str, said: str) -> None:
    """Who says so goes with what is said: a day by a newspaper does not become the State's that named the year."""
    how = stands.get("due", "same")
    if how == "more" and _rank(said) > _rank(kept):
        stands["due"] = "otherwise"
    surer = _rank(said) < _rank(kept)
    stands["asserted_by"] = "more" if kept != said and (how == "more" or (how == "same" and surer)) else "less"


def _statuses(kept: str, said: str) -> Compared:
    """What was announced is held, cancelled or postponed in the end."""
    return "same" if kept == said else "more" if kept == "announced" else "otherwise"


def _confidences(kept: str, said: str) -> Compared:
    return "same" if kept == said else "more" if said == "sourced" else "less"


_COMPARE: dict[str, Callable[[Any, Any], Compared]] = {
    "status": _statuses,
    "confidence": _confidences,
}
