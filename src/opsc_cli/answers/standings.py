"""What totals count of each State, from every day on which that changes.

It takes 2,000 answers, so an installation has them in a file, for every day that the program accepts. The file is
written when the package is built, and used only for the dataset that was built with it. For any other dataset the days
asked about are computed.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from opsc_cli.law.standing import Asked, Standing, asked_on, gravest, standing_of
from opsc_cli.law.treaty import Status
from opsc_cli.record.dates import FIRST_YEAR, LAST_YEAR
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import State

if TYPE_CHECKING:
    from opsc_cli.answers.answer import StateAnswer

FILE = "standings.json"
"""In an installation: the different values of Counted, and for each State a day and the number of one of
them, a day and a number, and so on. Days are ordinal numbers."""


class Counted(NamedTuple):
    """What totals count of a State."""

    status: Status
    deposited: bool
    signed: bool
    reports: tuple[Standing, ...]
    """The standing of each report that it owes."""

    @property
    def standing(self) -> Standing:
        return standing_of(self.status, self.reports)

    @property
    def lateness(self) -> Standing | None:
        return gravest(self.reports)


Changes = list[tuple[date, Counted]]
"""The first day of each span, in order, with what is counted from it."""


def standings_over(dataset: Dataset, first: date, last: date) -> Mapping[str, Changes]:
    """The changes of each State from `first` to `last`, with what is counted on `first`; there may be more."""
    if dataset.installed and (kept := dataset.installed.read(FILE)):
        return _read(kept)
    asked = asked_on(first, dataset)
    return {iso3: list(_changes(state, asked, last)) for iso3, state in dataset.states.items()}


def standings_on(dataset: Dataset, day: date) -> Mapping[str, Counted]:
    """What is counted of each State on a day."""
    changes = standings_over(dataset, day, day)
    return {iso3: next(now for since, now in reversed(of) if since <= day) for iso3, of in changes.items()}


def _changes(state: State, asked: Asked, last: date) -> Iterator[tuple[date, Counted]]:
    from opsc_cli.answers.history import answers_over  # only where nothing is kept

    before = None
    for day, answer in answers_over(state, asked, last):
        if (now := _counted(answer)) != before:
            yield day, now
            before = now


def _counted(answer: "StateAnswer") -> Counted:
    known = answer.known
    reports = tuple(o.standing for o in answer.obligations)
    return Counted(answer.status, known.instrument is not None, known.signature is not None, reports)


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


def files(dataset: Dataset) -> dict[str, str]:
    """The file, for every day that the program accepts."""
    of_each = standings_over(dataset, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    kinds = list(dict.fromkeys(counted for changes in of_each.values() for _, counted in changes))
    numbered = {
        iso3: [number for day, counted in changes for number in (day.toordinal(), kinds.index(counted))]
        for iso3, changes in of_each.items()
    }
    return {FILE: json.dumps([kinds, numbered], separators=(",", ":"))}


def _read(kept: bytes) -> Mapping[str, Changes]:
    values, numbered = json.loads(kept)
    kinds = [Counted._make((*facts, tuple(reports))) for *facts, reports in values]
    return {
        iso3: [(date.fromordinal(day), kinds[kind]) for day, kind in zip(of[::2], of[1::2], strict=True)]
        for iso3, of in numbered.items()
    }
