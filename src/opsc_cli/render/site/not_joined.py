"""Who has not joined the Protocol, and what would follow if they did."""

from typing import Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.whatif import supposing
from opsc_cli.render.words import moment, sentence


def not_joined_page(everything: Everything) -> dict[str, Any]:
    """What the template takes: the States without an instrument, as if each deposited one on the day of the site."""
    found = []
    for iso3, position in everything.positions.items():
        if not position.answer.known.instrument:
            supposed = supposing(everything.dataset, iso3, everything.day, None, everything.day)
            answer = supposed.answer
            dates = [moment(date) for date in (answer.entry_into_force, answer.initial_due) if date]
            kind = answer.known.instrument.kind if answer.known.instrument else ""
            found.append((position, sentence(position), kind, dates))
    return {"day": everything.day, "states": found}
