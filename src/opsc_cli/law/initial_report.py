"""OPSC art. 12(1): the initial report, owed until it is received; listed until its review is on record."""

from opsc_cli.law.authority import Answer
from opsc_cli.law.reports import is_received, is_reviewed
from opsc_cli.law.standing import Asked, Obligation, assessed, owed_report, with_the_committee
from opsc_cli.law.treaty import OPSC_12_1
from opsc_cli.record.state import State


def initial_obligation(known: State, due: Answer, asked: Asked) -> Obligation | None:
    """OPSC art. 12(1): the initial report; None once a review of it is on record."""
    recorded = known.initial_report
    if recorded and is_reviewed(recorded):
        return None
    received = recorded if recorded and is_received(recorded) else None
    report = owed_report("OPSC", "initial", (1,), "initial report under the OPSC", received, known, asked)
    because = "no initial report is on record as received" if not received else "received, and no review is on record"
    obligation = assessed(report, OPSC_12_1, because, (due,), asked, recorded.not_submitted if recorded else ())
    return with_the_committee(obligation, received) if received else obligation
