"""What a State would owe if it joined: with a hypothetical instrument."""

from collections import ChainMap
from datetime import date

from opsc_cli.answers.answer import answer_to
from opsc_cli.answers.position import Position, positions
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import asked_on
from opsc_cli.law.treaty import OPSC_ADOPTED
from opsc_cli.record.dates import first_day, in_words
from opsc_cli.record.frozen import replace
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Instrument
from opsc_cli.record.terms import Act

SUPPOSED = "supposed"
"""Stands in for the source of the assumed instrument."""


class NotPossible(ValueError):
    """The State cannot perform this act; the message says why, and which act it can perform."""


def supposing(dataset: Dataset, iso3: str, deposited: date, act: Act | None, as_of: date) -> Position:
    """The State's position if it deposited an instrument on `deposited`, seen from the day it is bound.

    `act` is by default ratification if the State signed, else accession. Raises NotPossible if the State is already a
    party or could not make the act.
    """
    state = dataset.states[iso3]
    name = dataset.names[iso3].name
    if state.instrument:
        raise NotPossible(f"{name} has deposited an instrument already; ask `opsc due {iso3}`")
    possible: Act = "ratification" if state.signature else "accession"
    chosen = act or possible
    if chosen == "succession" or (chosen == "accession") != (possible == "accession"):
        signed = (
            "has signed, so it ratifies, accepts or approves" if state.signature else "has not signed, so it accedes"
        )
        raise NotPossible(f"{name} {signed}; not {chosen}")
    if deposited < OPSC_ADOPTED:
        raise NotPossible(f"the Protocol was adopted only on {in_words(OPSC_ADOPTED)}; give that day or a later one")
    if state.signature and deposited < first_day(state.signature.signed):
        raise NotPossible(f"{name} signed only on {in_words(state.signature.signed)}; give that day or a later one")
    instrument = Instrument(kind=chosen, deposited=deposited, sources=(SUPPOSED,))
    states = ChainMap({iso3: replace(state, instrument=instrument)}, dataset.states)  # type: ignore[arg-type]  # only read
    supposed = replace(dataset, states=states, installed=dataset.installed)  # no forecast reads this instrument
    bound_on, due_on = _bound_and_due(supposed, iso3, deposited, as_of)
    note = (
        f"Supposes an instrument of {chosen} deposited on {in_words(deposited)}, which is not on record; seen from"
        f" {in_words(bound_on)}."
    )
    return positions(supposed, bound_on, (iso3,), if_received=due_on, assumes=note)[0]


def _bound_and_due(dataset: Dataset, iso3: str, deposited: date, as_of: date) -> tuple[date, date]:
    """The days on which the State is bound and on which its initial report is due, neither earlier than `as_of`."""
    answer = answer_to(asked_on(deposited, dataset), dataset.states[iso3])
    in_force, due = answer.entry_into_force, answer.initial_due
    bound = max(in_force.last if isinstance(in_force, Dated) else deposited, as_of)
    return bound, max(due.last if isinstance(due, Dated) else bound, bound)
