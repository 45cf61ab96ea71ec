"""When the Committee will likely take a report up.

So far only the plain rule that every guide gives: the first pre-sessional working group after the report,
then the session which that group prepares. No rule fixes it, and a queue usually makes it later.
"""

from dataclasses import dataclass
from datetime import date

from opsc_cli.authority import Authority, Certainty, ReasonedDate, Window, last_possible_day
from opsc_cli.dates import in_words, last_day
from opsc_cli.meetings import MEETINGS, Meeting, first_group_after, session_prepared_by
from opsc_cli.obligations import Obligation
from opsc_cli.records import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRule:
    """The first working group after the report, and the session that it prepares."""

    assumes_received: date
    procedure: Procedure
    pre_session: Meeting
    session: Meeting | None
    authority: Authority
    certainty: Certainty
    basis: str


def plain_rule(obligation: Obligation, as_of: date, meetings: tuple[Meeting, ...]) -> PlainRule | None:
    """Committee's practice: what the plain rule gives for a report.

    None where there is no day to start from, and for a report that stood on a programme already.
    """
    received = None if obligation.report.programmed else _received(obligation, as_of)
    group = first_group_after(max(received, as_of), meetings) if received else None
    if received is None or group is None:
        return None
    procedure = obligation.report.procedure
    return PlainRule(
        assumes_received=received,
        procedure=procedure,
        pre_session=group,
        session=session_prepared_by(group, meetings, procedure),
        authority=MEETINGS,
        certainty=Certainty.PRACTICE if group.status == "announced" else Certainty.PROJECTION,
        basis=_basis(obligation, received, procedure, as_of),
    )


def _received(obligation: Obligation, as_of: date) -> date | None:
    """The day received; for a report still owed the later of its due day and the day asked about."""
    if obligation.standing == "with-the-committee":
        return last_day(obligation.report.received) if obligation.report.received else as_of
    due = obligation.due
    return max(last_possible_day(due), as_of) if isinstance(due, ReasonedDate | Window) else None


def _basis(obligation: Obligation, received: date, procedure: Procedure, as_of: date) -> str:
    queue = "under the standard procedure reports wait in a queue, so expect it later"
    if obligation.standing == "with-the-committee":
        start = f"the first working group after {in_words(as_of)}, as the report is with the Committee"
        return start if procedure == "simplified" else f"{start}; {queue}"
    start = f"the first working group after {in_words(received)}, if the report is received by then"
    if procedure == "simplified":
        return f"{start}; under the simplified procedure a list of issues prior to reporting comes before the report"
    return f"{start}; {queue}"
