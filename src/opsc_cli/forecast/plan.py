"""Submission dates for NGOs, national human rights institutions and children, planned back from the likely meeting.

Dates follow the Committee's practice for an announced meeting; for a projected one only the month can be
told, "if the group meets". Nothing is taken afterwards. The day on which a pre-sessional working group
meets a country's civil society is confidential: it is never given.
"""

from collections.abc import Iterator
from datetime import date

from opsc_cli.forecast.forecast import Forecast
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Month, Recorded, first_day
from opsc_cli.record.frozen import frozen

CIVIL_SOCIETY = Authority(
    "Committee's practice for civil society",
    "submission dates",
    "Submissions for a working group of February are taken until 1 December before, of June until 1 April, of October"
    " until 1 August; additional ones for a session of January until 15 December before, of May until 15 April, of"
    " September until 15 August; nothing is taken afterwards.",
    "https://www.ohchr.org/en/treaty-bodies/crc",
)


@frozen
class Submission:
    """Something to send, for a meeting, by a day; by a month where the meeting is only projected."""

    what: str
    meeting: Meeting
    by: Recorded | None
    certainty: Certainty | None
    because: str


@frozen
class Plan:
    """What to send for one report, in order of time, and in which form."""

    report: str
    forecast: Forecast
    submissions: tuple[Submission, ...]
    form: tuple[str, ...]
    notes: tuple[str, ...]


_GROUP_DAYS = {1: (12, 1), 2: (12, 1), 5: (4, 1), 6: (4, 1), 9: (8, 1), 10: (8, 1)}
_SESSION_DAYS = {1: (12, 15), 2: (12, 15), 5: (4, 15), 6: (4, 15), 8: (8, 15), 9: (8, 15)}
"""By the month in which a meeting opens: the month and day until which submissions for it are taken."""

FORM_SIMPLIFIED = (
    "For the list of issues prior to reporting: up to 10,000 words where comprehensive, 3,000 where thematic.",
)
FORM = (
    "Children's own submissions have no limit of words.",
    "Say so where a submission is to be kept confidential.",
    "Who meets the working group, and on which day, is confidential: the secretariat tells those invited.",
    "The State's periodic report itself has up to 21,200 words (General Assembly resolution 68/268).",
)


def plan_for(obligation: Obligation, forecast: Forecast, as_of: date) -> Plan:
    """Committee's practice for civil society: what to send for the likely meetings of a report, and by when."""
    simplified = forecast.procedure == "simplified"
    received = obligation.report.received is not None
    submissions = _simplified(forecast, received, as_of) if simplified else _standard(obligation, forecast, as_of)
    notes = (
        "Where a meeting is cancelled or moved these dates fall away: await a new notice of the secretariat.",
        *(("The list of issues prior to reporting comes first, and with it the State's date.",) if simplified else ()),
    )
    return Plan(
        report=obligation.report.name,
        forecast=forecast,
        submissions=tuple(submissions),
        form=(*(FORM_SIMPLIFIED if simplified and not received else ()), *FORM),
        notes=notes,
    )


def _simplified(forecast: Forecast, received: bool, as_of: date) -> Iterator[Submission]:
    """Input goes to the group that adopts the list, before the report; an additional one to that before the review."""
    group = forecast.pre_session.likely
    if not received:
        yield Submission(
            what="input to the list of issues prior to reporting",
            meeting=forecast.pre_session.earliest,
            by=None,
            certainty=None,
            because="the group that will adopt the list meets before the report and is not announced: await notice",
        )
    yield _submission("additional submission on the State's report", group, _GROUP_DAYS, as_of)


def _standard(obligation: Obligation, forecast: Forecast, as_of: date) -> Iterator[Submission]:
    because = "due some months before the working group; how many is not verified, so ask the secretariat"
    if obligation.report.listed:
        because = "the list of issues is adopted, so its time has passed; an additional submission remains"
    elif forecast.group_has_met:
        because = "the working group for the likely session has met, so its time has passed"
    yield Submission(
        what="alternative report", meeting=forecast.pre_session.likely, by=None, certainty=None, because=because
    )
    yield _submission("additional submission on the State's replies", forecast.session.likely, _SESSION_DAYS, as_of)


def _submission(what: str, meeting: Meeting, days: dict[int, tuple[int, int]], as_of: date) -> Submission:
    opens = first_day(meeting.opens) if meeting.opens else None
    if opens is None or opens.month not in days:
        return Submission(
            what=what, meeting=meeting, by=None, certainty=None, because="no usual date is known for such a meeting"
        )
    month, day = days[opens.month]
    until = date(opens.year - (month > opens.month), month, day)
    if until < as_of:
        because = f"the usual day for {meeting.label} has passed, and nothing is taken afterwards"
        return Submission(what=what, meeting=meeting, by=None, certainty=None, because=because)
    if meeting.status == "announced":
        because = f"taken until this day for the meeting of {meeting.label}"
        return Submission(what=what, meeting=meeting, by=until, certainty=Certainty.PRACTICE, because=because)
    because = f"in this month, if the meeting of {meeting.label} takes place"
    by = Month(until.year, until.month)
    return Submission(what=what, meeting=meeting, by=by, certainty=Certainty.PROJECTION, because=because)
