"""What has passed, by the calendar, without being on record: a review, or the meeting of a working group.

Neither is said to have taken place, and neither is to come.
"""

from collections.abc import Iterable
from datetime import date

from opsc_cli.forecast.meetings import Meeting, group_projected_for
from opsc_cli.forecast.slots import Slot, slot_of
from opsc_cli.months import words_of
from opsc_cli.record.dates import first_day

PROBABLE = 0.5
"""From this chance on, a review has more likely passed unseen than not; so an answer says that first."""


def if_not(chance: float) -> str:
    """What comes before the month of a review, if the review has probably passed unseen with this chance."""
    return f"probably held already, not on record ({chance:.0%}); if not, " if chance >= PROBABLE else ""


def has_met(meeting: Meeting) -> bool:
    """Whether the meeting is on record as held."""
    return meeting.status.startswith("held")


def group_of(slot: Slot, recent: Iterable[Meeting], as_of: date) -> Meeting:
    """The working group of a past slot: of several, the one that met; if none is on record, the projected one."""
    groups = [m for m in recent if m.kind == "pre-sessional working group" and slot_of(m.opens_by) == slot]
    return max(groups, key=has_met) if groups else group_projected_for(slot, as_of)


def passed_in_words(group: Meeting) -> str:
    """What is known of the working group for the likely session, if its time has passed."""
    opens = first_day(group.opens) if group.opens and group.number else None
    months = words_of(opens.year, opens.month) if opens else group.label
    if has_met(group):
        return f"the working group for the likely session met in {months}"
    if group.status in ("cancelled", "postponed"):
        return f"the working group for the likely session, planned for {months}, was {group.status}"
    return (
        f"the working group for the likely session was planned for {months}; whether it met is not on record: ask the"
        " secretariat"
    )
