"""The reports that a State owes on a day, each with its date, standing and reasons.

A State owes the initial report under the Protocol (OPSC art. 12(1)) until it is received. After that, a party to the
Convention owes no separate report under the Protocol: it includes the information in its periodic reports under the
Convention (art. 12(2), first sentence). A State outside the Convention reports every five years (second sentence). A
report under the Convention does not replace a missing initial report, so a State can owe both.

Every function here receives the record as known on the day (record/known.py).
"""

from collections.abc import Iterator

from opsc_cli.law.authority import Answer
from opsc_cli.law.committee import information_requested
from opsc_cli.law.convention_report import crc_periodic_obligation
from opsc_cli.law.five_yearly_report import five_yearly_obligation
from opsc_cli.law.initial_report import initial_obligation
from opsc_cli.law.standing import Asked, Obligation, assessed, owed_report
from opsc_cli.law.treaty import is_party_to_convention
from opsc_cli.record.state import State


def obligations_of(
    known: State, initial_due: Answer, crc_in_force: Answer | None, asked: Asked
) -> tuple[Obligation, ...]:
    """The reports that a State party owes, the initial report first.

    `known` is the State's record as known on the day of the answer; treaty.py computes `initial_due` and `crc_in_force`
    from it.
    """
    initial = initial_obligation(known, initial_due, asked)
    regular = (
        crc_periodic_obligation(known, crc_in_force, asked)
        if crc_in_force and is_party_to_convention(known)
        else five_yearly_obligation(known, initial_due, asked)
    )
    requests = tuple(_requested(known, asked))
    return tuple(o for o in (initial, regular, *requests) if o is not None)


def _requested(known: State, asked: Asked) -> Iterator[Obligation]:
    for request in known.requests:
        if request.answered:
            continue
        due = information_requested(request)
        name = f"further information that the Committee asked for under the {request.treaty}"
        report = owed_report(request.treaty, "further-information", (), name, None, known, asked)
        yield assessed(report, due.authority, due.because, (due,), asked)
