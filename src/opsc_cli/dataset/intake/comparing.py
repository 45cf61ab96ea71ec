"""Compares a source's value with the record's: the same, less precise, more precise, or different."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from opsc_cli.record.dates import Month, Year, first_day, last_day

Compared = Literal["same", "less", "more", "otherwise"]
"""The source's value, relative to the record's: equal, less precise, more precise, or contradictory."""


def relation_of(name: str, kept: Any, said: Any) -> Compared:
    """Any value is more precise than none."""
    return "more" if kept is None else _COMPARE.get(name, _values)(kept, said)


def _values(kept: Any, said: Any) -> Compared:
    """A month is less precise than a day in it, and more precise than its year."""
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
"""Those with first-hand knowledge, most reliable first; all others rank equally."""


def _rank(asserter: str) -> int:
    return _SUREST.index(asserter) if asserter in _SUREST else len(_SUREST) + (asserter == "inferred")


def with_who_says_so(relations: dict[str, Compared], kept: str, said: str) -> None:
    """Keeps `asserted_by` with its own value: a newspaper's day is not attributed to the State that gave the year."""
    how = relations.get("due", "same")
    if how == "more" and _rank(said) > _rank(kept):
        relations["due"] = "otherwise"
    surer = _rank(said) < _rank(kept)
    relations["asserted_by"] = "more" if kept != said and (how == "more" or (how == "same" and surer)) else "less"


def _statuses(kept: str, said: str) -> Compared:
    """Any final status replaces `announced`."""
    return "same" if kept == said else "more" if kept == "announced" else "otherwise"


def _confidences(kept: str, said: str) -> Compared:
    return "same" if kept == said else "more" if said == "sourced" else "less"


def _checks(kept: date, said: date) -> Compared:
    """A later check holds what an earlier one does."""
    return "same" if kept == said else "more" if said > kept else "less"


_COMPARE: dict[str, Callable[[Any, Any], Compared]] = {
    "day": _checks,
    "status": _statuses,
    "confidence": _confidences,
}
