"""Who has not joined the Protocol, and what would follow if they did."""

from datetime import date
from typing import Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.whatif import NotPossible, supposing
from opsc_cli.record.records import Dataset
from opsc_cli.render.words import moment, sentence


def not_joined_page(everything: Everything) -> dict[str, Any]:
    """What the template takes: the States without an instrument, as if each deposited one on the day of the site."""
    without = [position for position in everything.positions.values() if not position.answer.known.instrument]
    supposed = [(p, sentence(p), _supposed(p.iso3, everything.dataset, everything.day)) for p in without]
    return {"states": supposed}


def _supposed(iso3: str, dataset: Dataset, day: date) -> dict[str, str] | None:
    """What would follow; None on a past day on which the State could not have done it as the record goes on."""
    try:
        answer = supposing(dataset, iso3, day, None, day).answer
    except NotPossible:
        return None
    if not (answer.known.instrument and answer.entry_into_force and answer.initial_due):
        return None
    return {
        "kind": answer.known.instrument.kind,
        "force": moment(answer.entry_into_force),
        "due": moment(answer.initial_due),
    }
