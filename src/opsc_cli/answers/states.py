"""Filters and sorts States."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.position import Position, one_by_one
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.frozen import Frozen


class Filters(Frozen):
    """The filters; None keeps every State."""

    status: str | None = None
    standing: str | None = None
    region: str | None = None
    within: date | None = None
    """A due date on or before this day that has not passed."""
    late_since: date | None = None
    """A due date on or before this day that has passed."""


def selected(positions: Iterable[Position], wanted: Filters, sort: str) -> Iterable[Position]:
    """The positions that pass the filters, in order. A standing matches the State or any of its reports."""
    if sort in _BY_ANSWER:
        return sorted(_wanted(positions, wanted), key=SORTS[sort])
    in_order = one_by_one(sorted(positions, key=SORTS[sort]))
    return OneByOne(lambda: _wanted(in_order, wanted))


def _wanted(positions: Iterable[Position], wanted: Filters) -> Iterator[Position]:
    return (position for position in positions if _is_wanted(position, wanted))


def _is_wanted(position: Position, wanted: Filters) -> bool:
    if wanted.region not in (None, position.region):
        return False  # before anything is computed of it
    owed = position.answer.obligations
    return (
        (wanted.status in (None, position.answer.status))
        and (wanted.standing in (None, position.answer.standing, *(o.standing for o in owed)))
        and (wanted.within is None or any(falls_due_by(o, wanted.within) for o in owed))
        and (wanted.late_since is None or any(_late_since(o, wanted.late_since) for o in owed))
    )


def falls_due_by(obligation: Obligation, day: date) -> bool:
    """Whether the report is upcoming and may be due on or before `day`. A treaty term is not a due date."""
    due = obligation.due
    return (
        obligation.standing == "upcoming"
        and not obligation.is_treaty_term
        and isinstance(due, Dated)
        and due.first <= day
    )


def _late_since(obligation: Obligation, day: date) -> bool:
    """Whether the due date passed on or before `day`. A treaty term has no days late."""
    late = obligation.standing in ("overdue", "past-due-no-record")
    due = obligation.due
    return late and isinstance(due, Dated) and due.last <= day


def _first_date(position: Position) -> date:
    """The first due date; a treaty term does not count."""
    dues = (o.obligation.due for o in position.owed if not o.obligation.is_treaty_term)
    return min((d.first for d in dues if isinstance(d, Dated)), default=date.max)


SORTS: Mapping[str, Callable[[Position], Any]] = {
    "name": lambda _: 0,  # as the record has them
    "iso3": lambda p: p.iso3,
    "due": _first_date,
    "standing": lambda p: p.answer.standing,
}
"""The sort orders. The record has the States in the order of their names, and equal States stay in it."""

_BY_ANSWER = ("due", "standing")
"""Those that need every answer, which is then kept."""
