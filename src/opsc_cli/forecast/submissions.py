"""Submissions of civil society for a meeting, and until when they are taken.

The date follows the Committee's practice: a day for an announced meeting; for a projected one the beginning or the
middle of a month, "if the meeting takes place". Later submissions are not accepted.
"""

from datetime import date
from typing import Literal

from opsc_cli.forecast.forecast import Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.committee import COMMITTEE_PAGE
from opsc_cli.record.dates import Month, Recorded, first_day
from opsc_cli.record.frozen import Frozen, replace

CIVIL_SOCIETY = Authority(
    "Committee's practice for civil society",
    "submission dates",
    "Submissions for a working group of February are taken until 1 December before, of June until 1 April, of October"
    " until 1 August; additional ones for a session of January until 15 December before, of May until 15 April, of"
    " September until 15 August; nothing is taken afterwards.",
    COMMITTEE_PAGE,
)

SECRETARIAT = "the Committee's secretariat"
STATE = "the State's government, or the Committee's secretariat"

PartOfMonth = Literal["early", "mid"]


class PlanStep(Frozen):
    """One step on the way to the review. `by`, `before` and `not_before` are set as far as they are known."""

    what: str
    to_send: bool = False
    """Whether civil society sends something here."""
    meeting: Meeting | None = None
    range: Range | None = None
    """For a meeting: the earliest, likely and latest one."""
    by: Recorded | None = None
    part_of_month: PartOfMonth | None = None
    """The part of the month `by`; None if it is a day."""
    before: Recorded | None = None
    not_before: Recorded | None = None
    certainty: Certainty | None = None
    because: str
    depends_on: str = "nothing"
    ask: str = SECRETARIAT


GROUP_DAYS = {1: (12, 1), 2: (12, 1), 5: (4, 1), 6: (4, 1), 9: (8, 1), 10: (8, 1)}
SESSION_DAYS = {1: (12, 15), 2: (12, 15), 5: (4, 15), 6: (4, 15), 8: (8, 15), 9: (8, 15)}
"""Month in which a meeting opens: (month, day) of the deadline for submissions."""


def submissions_for(meeting: Meeting, as_of: date) -> PlanStep:
    """What can be sent for a meeting, whichever States it reviews, and the deadline."""
    if meeting.kind == "session":
        what = "additional submissions on States of the session"
        return submission(what, meeting, SESSION_DAYS, as_of, depends_on="the programme of the session")
    what = "input to lists of issues prior to reporting, and additional submissions under the simplified procedure"
    return submission(what, meeting, GROUP_DAYS, as_of, depends_on="the States that the group takes")


def submission(
    what: str, meeting: Meeting, days: dict[int, tuple[int, int]], as_of: date, *, depends_on: str
) -> PlanStep:
    """A submission for a meeting. Its deadline is a day if the meeting is announced, else a part of a month."""
    because = "no usual date is known for such a meeting"
    sent = PlanStep(what=what, to_send=True, meeting=meeting, because=because, depends_on=depends_on)
    opens = first_day(meeting.opens) if meeting.opens else None
    if opens is None or opens.month not in days:
        return sent
    month, day = days[opens.month]
    until = date(opens.year - (month > opens.month), month, day)
    called = _called(meeting)
    if until < as_of:
        return replace(sent, because=f"the usual day for the {called} has passed, and nothing is taken afterwards")
    if meeting.status == "announced":
        because = f"taken until this day for the {called}"
        return replace(sent, by=until, certainty=Certainty.PRACTICE, because=because)
    part: PartOfMonth = "early" if day == 1 else "mid"
    because = f"{'early' if day == 1 else 'in the middle of'} this month, if the {called} takes place"
    by = Month(until.year, until.month)
    return replace(sent, by=by, part_of_month=part, certainty=Certainty.PROJECTION, because=because)


def _called(meeting: Meeting) -> str:
    if "session" in meeting.label:
        return meeting.label
    return f"{'session' if meeting.kind == 'session' else 'working group'} of {meeting.label}"
