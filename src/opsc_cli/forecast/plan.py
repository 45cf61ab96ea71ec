"""The next steps of a State's report: what to send, by when, and what each step depends on.

Dates for submissions follow the Committee's practice for an announced meeting; for a projected one only the month can
be given, "if the meeting takes place". Later submissions are not accepted. The day on which a pre-sessional working
group meets a country's civil society is confidential: it is never given.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from opsc_cli.forecast.forecast import Forecast, Outlook, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.route import Route, route_of, set_day
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.committee import COMMITTEE_PAGE
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Month, Recorded, first_day, in_words
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.terms import Procedure

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


class PlanStep(Frozen):
    """One step on the way to the review. `by`, `before` and `not_before` are set as far as they are known."""

    what: str
    to_send: bool = False
    """Whether civil society sends something here."""
    meeting: Meeting | None = None
    range: Range | None = None
    """For a meeting: the earliest, likely and latest one."""
    by: Recorded | None = None
    before: Recorded | None = None
    not_before: Recorded | None = None
    certainty: Certainty | None = None
    because: str
    depends_on: str = "nothing"
    ask: str = SECRETARIAT


class Plan(Frozen):
    """The steps for one report, or for several that are reviewed together."""

    obligations: tuple[Obligation, ...]
    report: str
    procedure: Procedure
    forecast: Forecast | None
    """Only for a report on record as received."""
    session: Range | None
    """None if no forecast can be given."""
    basis: str
    steps: tuple[PlanStep, ...]
    otherwise: tuple[PlanStep, ...]
    """The steps under the other procedure; empty if the report is received, because its procedure is then settled."""
    form: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def submissions(self) -> tuple[PlanStep, ...]:
        """The steps at which civil society sends something."""
        return tuple(step for step in self.steps if step.to_send)


_GROUP_DAYS = {1: (12, 1), 2: (12, 1), 5: (4, 1), 6: (4, 1), 9: (8, 1), 10: (8, 1)}
_SESSION_DAYS = {1: (12, 15), 2: (12, 15), 5: (4, 15), 6: (4, 15), 8: (8, 15), 9: (8, 15)}
"""Month in which a meeting opens: (month, day) of the deadline for submissions."""

FORM_SIMPLIFIED = (
    "For the list of issues prior to reporting: up to 10,000 words where comprehensive, 3,000 where thematic.",
)
FORM = (
    "Children's own submissions have no limit of words.",
    "Say so where a submission is to be kept confidential.",
    "Who meets the working group, and on which day, is confidential: the secretariat informs those invited.",
    "The State's periodic report itself has up to 21,200 words (General Assembly resolution 68/268).",
)
NOTE = "Where a meeting is cancelled or moved these dates fall away: await a new notice of the secretariat."
OPT_OUT = "A State can opt out of the simplified procedure; its steps are then those of the standard one."


def plans_for(iso3: str, obligations: Sequence[Obligation], outlook: Outlook) -> tuple[Plan, ...]:
    """Committee's practice for civil society: one plan for each report received, and one for all reports to come."""
    reviewed = [o for o in obligations if o.report.kind != "further-information"]
    in_hand = [(o,) for o in reviewed if o.standing == "with-the-committee"]
    to_come = tuple(o for o in reviewed if o.standing != "with-the-committee")
    return tuple(_plan(iso3, group, outlook) for group in (*in_hand, *filter(None, (to_come,))))


def _plan(iso3: str, obligations: tuple[Obligation, ...], outlook: Outlook) -> Plan:
    route = route_of(iso3, obligations, outlook)
    simplified = route.procedure == "simplified"
    other = route.under("standard" if simplified else "simplified")
    return Plan(
        obligations=obligations,
        report=" and ".join(o.report.name for o in obligations),
        procedure=route.procedure,
        forecast=route.forecast,
        session=route.session,
        basis=route.basis,
        steps=tuple(_steps(route, outlook.as_of)),
        otherwise=() if route.in_hand else tuple(_steps(other, outlook.as_of)),
        form=(*(() if route.in_hand else FORM_SIMPLIFIED), *FORM),
        notes=(NOTE, *((OPT_OUT,) if simplified and not route.in_hand else ())),
    )


def _steps(route: Route, as_of: date) -> Iterator[PlanStep]:
    return _simplified(route, as_of) if route.procedure == "simplified" else _standard(route, as_of)


# ── the two procedures ───────────────────────────────────────────────────────────────────────────


def _simplified(route: Route, as_of: date) -> Iterator[PlanStep]:
    """The list of issues comes before the report; the report answers it."""
    if not route.in_hand:
        yield from _list_prior_to_reporting(route, as_of)
    yield from _reports(route, "the list of issues prior to reporting")
    yield _additional(route, as_of)
    yield _meets(
        "working group that prepares the review",
        route.group,
        met=route.group_has_met,
        depends_on="the State's report",
    )
    yield _dialogue(route, "the State's report and the working group before")


def _list_prior_to_reporting(route: Route, as_of: date) -> Iterator[PlanStep]:
    what = "input to the list of issues prior to reporting"
    awaited = "an announcement that the State is on the list of a working group"
    if route.prior_list:
        adopted = f"the list is of {in_words(route.prior_list)}, so its time has passed"
        yield PlanStep(what=what, to_send=True, because=adopted)
        return
    group = route.list_group
    if group is None:
        because = "no working group is left before the report or the review; ask whether a list is adopted"
        yield PlanStep(what=what, to_send=True, because=because, depends_on=awaited)
        return
    yield submission(what, group.likely, _GROUP_DAYS, as_of, depends_on=awaited)
    yield _meets("working group that adopts the list of issues prior to reporting", group, depends_on=awaited)


def _additional(route: Route, as_of: date) -> PlanStep:
    what, depends_on = "additional submission on the State's report", "the State's report"
    if route.group is None or route.group_has_met:
        return PlanStep(what=what, to_send=True, because=_no_group(route), depends_on=depends_on)
    return submission(what, route.group.likely, _GROUP_DAYS, as_of, depends_on=depends_on)


def _standard(route: Route, as_of: date) -> Iterator[PlanStep]:
    """The report comes first; the working group adopts a list of issues on it, which the State answers."""
    yield from _reports(route, "the State")
    yield _alternative(route)
    if not route.listed:
        what = "working group that adopts the list of issues"
        yield _meets(what, route.group, met=route.group_has_met, depends_on="the State's report")
    session = route.session.likely if route.session else None
    yield PlanStep(
        what="the State's written replies to the list of issues",
        meeting=session,
        before=session.opens if session else None,
        certainty=Certainty.PROJECTION if session else None,
        because="the list asks for them by a day of its own, before the session" if session else route.basis,
        depends_on="the list of issues",
        ask=STATE,
    )
    what, depends_on = "additional submission on the State's replies", "the list of issues, and the programme"
    if session:
        yield submission(what, session, _SESSION_DAYS, as_of, depends_on=depends_on)
    else:
        yield PlanStep(what=what, to_send=True, because=route.basis, depends_on=depends_on)
    yield _dialogue(route, "the list of issues, and the programme of the session")


def _alternative(route: Route) -> PlanStep:
    what, depends_on = "alternative report", "the State's report, which it comments on"
    if route.listed:
        because = "the list of issues is adopted, so its time has passed; an additional submission remains"
        return PlanStep(what=what, to_send=True, because=because, depends_on=depends_on)
    if route.group is None or route.group_has_met:
        return PlanStep(what=what, to_send=True, because=_no_group(route), depends_on=depends_on)
    group = route.group.likely
    return PlanStep(
        what=what,
        to_send=True,
        meeting=group,
        before=group.opens,
        not_before=route.received or route.not_before,
        certainty=Certainty.PROJECTION,
        because="some months before the working group meets; how many is not verified, so ask the secretariat",
        depends_on=depends_on,
    )


# ── steps of both procedures ─────────────────────────────────────────────────────────────────────────


def _no_group(route: Route) -> str:
    if route.group is None:
        return route.basis
    return "the working group for the likely session has met, so its time has passed"


def _reports(route: Route, depends_on: str) -> Iterator[PlanStep]:
    for obligation in route.obligations:
        yield _report(route, obligation, depends_on)


def _report(route: Route, obligation: Obligation, depends_on: str) -> PlanStep:
    what = f"the State submits the {obligation.report.name}"
    if route.in_hand:
        because = "on record as received" if route.received else "on record as received, on a day that is not"
        return PlanStep(what=what, by=route.received, because=because, ask=STATE)
    day = set_day(obligation, route.outlook.as_of)
    following = route.session if route.group_has_met else route.group
    if day:
        due = obligation.due
        because = f"{due.authority.short}: {due.because}"
        return PlanStep(what=what, by=day, certainty=due.certainty, because=because, depends_on=depends_on, ask=STATE)
    return PlanStep(
        what=what,
        before=following.likely.opens if following else None,
        certainty=Certainty.PROJECTION if following else None,
        because=f"no day to come is set for it; {'before the likely review' if following else route.basis}",
        depends_on=depends_on,
        ask=STATE,
    )


def _meets(what: str, group: Range | None, *, met: bool = False, depends_on: str) -> PlanStep:
    if group is None or met:
        because = "it has met already" if met else "no forecast can be given"
        return PlanStep(what=what, because=because, depends_on=depends_on)
    return PlanStep(
        what=what,
        meeting=group.likely,
        range=group,
        certainty=_certainty(group.likely),
        because=_because(group.likely),
        depends_on=depends_on,
    )


def _dialogue(route: Route, depends_on: str) -> PlanStep:
    what = "session: the Committee meets the State and adopts its concluding observations"
    if route.session is None:
        return PlanStep(what=what, because=route.basis, depends_on=depends_on)
    return PlanStep(
        what=what,
        meeting=route.session.likely,
        range=route.session,
        not_before=route.not_before,
        certainty=_certainty(route.session.likely),
        because=_because(route.session.likely),
        depends_on=depends_on,
    )


def _certainty(meeting: Meeting) -> Certainty:
    return Certainty.PRACTICE if meeting.status == "announced" else Certainty.PROJECTION


def _because(meeting: Meeting) -> str:
    return "the meeting is announced" if meeting.status == "announced" else "the likely meeting, if it takes place"


# ── deadlines for submissions ─────────────────────────────────────────────────────────────


def submissions_for(meeting: Meeting, as_of: date) -> PlanStep:
    """What can be sent for a meeting, whichever States it reviews, and the deadline."""
    if meeting.kind == "session":
        what = "additional submissions on States of the session"
        return submission(what, meeting, _SESSION_DAYS, as_of, depends_on="the programme of the session")
    what = "input to lists of issues prior to reporting, and additional submissions under the simplified procedure"
    return submission(what, meeting, _GROUP_DAYS, as_of, depends_on="the States that the group takes")


def submission(
    what: str, meeting: Meeting, days: dict[int, tuple[int, int]], as_of: date, *, depends_on: str
) -> PlanStep:
    """A submission for a meeting: the deadline is a day if the meeting is announced, a month if it is projected."""

    def sent(because: str, by: Recorded | None = None, certainty: Certainty | None = None) -> PlanStep:
        return PlanStep(
            what=what,
            to_send=True,
            meeting=meeting,
            by=by,
            certainty=certainty,
            because=because,
            depends_on=depends_on,
        )

    opens = first_day(meeting.opens) if meeting.opens else None
    if opens is None or opens.month not in days:
        return sent("no usual date is known for such a meeting")
    month, day = days[opens.month]
    until = date(opens.year - (month > opens.month), month, day)
    if until < as_of:
        return sent(f"the usual day for the {_called(meeting)} has passed, and nothing is taken afterwards")
    if meeting.status == "announced":
        return sent(f"taken until this day for the {_called(meeting)}", until, Certainty.PRACTICE)
    because = f"in this month, if the {_called(meeting)} takes place"
    return sent(because, Month(until.year, until.month), Certainty.PROJECTION)


def _called(meeting: Meeting) -> str:
    if "session" in meeting.label:
        return meeting.label
    return f"{'session' if meeting.kind == 'session' else 'working group'} of {meeting.label}"
