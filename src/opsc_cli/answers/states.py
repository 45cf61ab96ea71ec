"""Filters and sorts States."""

from collections.abc import Iterable
from operator import itemgetter

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.position import Position, one_by_one
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.listed import BY_ANSWER, SORTS, Filters, Listed, Row


def selected(positions: Iterable[Position], wanted: Filters, sort: str) -> Iterable[Position]:
    """The positions that pass the filters, in order."""
    order = SORTS[sort]
    if sort not in BY_ANSWER:
        in_order = one_by_one(sorted(positions, key=lambda position: order(_listed(position))))
        return OneByOne(lambda: (position for position in in_order if wanted.keep(_listed(position))))
    passing = [  # without their answers, which are worked out again
        (order(state), position.anew()) for position in one_by_one(positions) if wanted.keep(state := _listed(position))
    ]
    return one_by_one([position for _, position in sorted(passing, key=itemgetter(0))])


def _listed(position: Position) -> Listed:
    return Listed(position.iso3, position.region, lambda: (position.answer.status, rows_of(position)))


def rows_of(position: Position) -> list[Row]:
    """The rows that a listing has of it."""
    return [_row(obligation) for obligation in position.answer.obligations] or [Row(position.answer.standing)]


def _row(obligation: Obligation) -> Row:
    due = obligation.due
    if obligation.is_treaty_term or not isinstance(due, Dated):
        return Row(obligation.standing)
    return Row(obligation.standing, str(due.first), str(due.last))
