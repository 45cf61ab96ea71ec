"""The answer for a State on a day: whether the Protocol binds it, and which reports it owes.

Only the law is applied here. position.py adds names, notes and forecasts; history.py computes answers over a span of
time.
"""

from opsc_cli.law.authority import Answer
from opsc_cli.law.obligations import obligations_of
from opsc_cli.law.standing import Asked, Obligation, Standing, gravest, standing_of
from opsc_cli.law.treaty import Status, crc_entry_into_force, entry_into_force, initial_report_due, status_on
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.known import known_on, reaches_to
from opsc_cli.record.state import State


class StateAnswer(Frozen):
    """The State's status, its dates of entry into force and its obligations, by what was `known` on the day."""

    known: State
    status: Status
    entry_into_force: Answer | None
    crc_entry_into_force: Answer | None
    initial_due: Answer | None
    obligations: tuple[Obligation, ...]

    @property
    def standing(self) -> Standing:
        """The State's own standing: that of the first report it owes."""
        return standing_of(self.status, [o.standing for o in self.obligations])

    @property
    def lateness(self) -> Standing | None:
        """The most serious late standing of the State's reports (law.standing.LATE); None if none is late."""
        return gravest([o.standing for o in self.obligations])

    @property
    def is_late(self) -> bool:
        """Whether a due date, or only a treaty term, has passed for a report. `lateness` says which."""
        return self.lateness is not None


def answer_to(asked: Asked, state: State, known: State | None = None) -> StateAnswer:
    """The answer for `state` on the day asked about; `known`: what was known of it then, if the caller has it."""
    day = asked.as_of
    if state.checked:
        asked = replace(asked, record_ends=reaches_to(asked.record_ends, state.checked))
    known = known or known_on(day, state, asked.closings)
    instrument = known.instrument
    in_force = entry_into_force(instrument, known.published_entry_into_force, day) if instrument else None
    crc_in_force = crc_entry_into_force(known.crc.instrument) if known.crc.instrument else None
    status = status_on(known, in_force, day)
    due = initial_report_due(in_force) if in_force else None
    return StateAnswer(
        known=known,
        status=status,
        entry_into_force=in_force,
        crc_entry_into_force=crc_in_force,
        initial_due=due,
        obligations=obligations_of(known, due, crc_in_force, asked) if due and status == "party" else (),
    )
