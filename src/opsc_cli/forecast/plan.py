"""The next steps of a State's report: what to send, by when, and what each step depends on.

The day on which a pre-sessional working group meets a country's civil society is confidential: it is never given.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from opsc_cli.forecast.forecast import Forecast, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.passed import PROBABLE, has_met, passed_in_words
from opsc_cli.forecast.route import Route, report_in_hand, route_of, set_day
from opsc_cli.forecast.submissions import GROUP_DAYS, SESSION_DAYS, STATE, PlanStep, submission
from opsc_cli.law.authority import Certainty
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Recorded, first_day, in_words
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.terms import Procedure


class Plan(Frozen):
    """The steps for one report, or for several that are reviewed together."""

    obligations: tuple[Obligation, ...]
    report: str
    procedure: Procedure
    forecast: Forecast | None
    """Only for a report on record as received."""
    session: Range | None
    """None if no forecast can be given."""
    passed_unseen: float
    """The chance that the review passed unseen; session and steps are for the case that it did not."""
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


class Unplanned(Frozen):
    """A report without a plan, and why."""

    report: str
    because: str


def plans_for(iso3: str, obligations: Sequence[Obligation], outlook: Outlook) -> tuple[Plan, ...]:
    """Committee's practice for civil society: one plan for each report received, and one for all reports to come.

    Those to come have none if the State's next review is of a report in hand: nobody knows yet of the one after it.
    """
    in_hand = [(o,) for o in obligations if _is_in_hand(o)]
    to_come = () if report_in_hand(iso3, outlook) else tuple(filter(_is_to_come, obligations))
    return tuple(_plan(iso3, group, outlook) for group in (*in_hand, *filter(None, (to_come,))))


def without_plan(iso3: str, obligations: Sequence[Obligation], outlook: Outlook) -> Iterator[Unplanned]:
    """The reports for which there is no plan: further information, and what comes after a report in hand."""
    hand = report_in_hand(iso3, outlook)
    for obligation in obligations:
        if obligation.report.kind == "further-information":
            yield Unplanned(report=obligation.report.name, because=obligation.standing_because)
        elif hand and _is_to_come(obligation):
            because = (
                f"the next review is likely that of the {hand}, which the Committee has; whether it takes this report"
                " too, or when a later one will, cannot be estimated: ask the secretariat"
            )
            yield Unplanned(report=obligation.report.name, because=because)


def _is_in_hand(obligation: Obligation) -> bool:
    return obligation.report.kind != "further-information" and obligation.standing == "with-the-committee"


def _is_to_come(obligation: Obligation) -> bool:
    return obligation.report.kind != "further-information" and obligation.standing != "with-the-committee"


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
        passed_unseen=route.passed_unseen,
        basis=route.basis,
        steps=_steps(route, outlook.as_of),
        otherwise=() if route.in_hand else _steps(other, outlook.as_of),
        form=(*(() if route.in_hand else FORM_SIMPLIFIED), *FORM),
        notes=(*_probably_passed(route), NOTE, *((OPT_OUT,) if simplified and not route.in_hand else ())),
    )


def _probably_passed(route: Route) -> Iterator[str]:
    if route.passed_unseen >= PROBABLE:
        yield (
            f"The review has probably been held already, at a session not on record ({route.passed_unseen:.0%}); every"
            " date here is for the case that it has not: ask the secretariat before you send anything."
        )


def _steps(route: Route, as_of: date) -> tuple[PlanStep, ...]:
    steps = _simplified(route, as_of) if route.procedure == "simplified" else _standard(route, as_of)
    return tuple(map(_if_not_held, steps) if route.passed_unseen >= PROBABLE else steps)


def _if_not_held(step: PlanStep) -> PlanStep:
    """The step, which has a date only for the case that the review has not been held already."""
    if not step.certainty:
        return step
    because = f"if the review has not been held already: {step.because}"
    return replace(step, because=because, depends_on=f"no review held already; {step.depends_on}")


# ── the two procedures ───────────────────────────────────────────────────────────────────────────


def _simplified(route: Route, as_of: date) -> Iterator[PlanStep]:
    """The list of issues comes before the report; the report answers it."""
    if not route.in_hand:
        yield from _list_prior_to_reporting(route, as_of)
    additional = _additional(route, as_of)
    yield from _reports(route, "the list of issues prior to reporting", additional.by)
    yield additional
    what = "working group that prepares the review"
    yield _meets(what, route.group, route.passed_group, depends_on="the State's report")
    yield _dialogue(route, "the State's report and the working group before")


def _list_prior_to_reporting(route: Route, as_of: date) -> Iterator[PlanStep]:
    what = "input to the list of issues prior to reporting"
    awaited = "an announcement that the State is on the list of a working group"
    if route.prior_list:
        adopted = f"the list is of {in_words(route.prior_list)}, so its time has passed"
        yield PlanStep(what=what, to_send=True, because=adopted)
        return
    group, passed = route.list_group, route.passed_list_group
    if group is None or passed:
        because = _of_list(passed) if passed else route.basis
        yield PlanStep(what=what, to_send=True, because=because, depends_on=awaited)
        return
    yield submission(what, group.likely, GROUP_DAYS, as_of, depends_on=awaited)
    yield _meets("working group that adopts the list of issues prior to reporting", group, depends_on=awaited)


def _additional(route: Route, as_of: date) -> PlanStep:
    what, depends_on = "additional submission on the State's report", "the State's report"
    if route.group is None or route.passed_group:
        return PlanStep(what=what, to_send=True, because=_no_group(route), depends_on=depends_on)
    return submission(what, route.group.likely, GROUP_DAYS, as_of, depends_on=depends_on)


def _standard(route: Route, as_of: date) -> Iterator[PlanStep]:
    """The report comes first; the working group adopts a list of issues on it, which the State answers."""
    yield from _reports(route, "the State")
    yield _alternative(route)
    if not route.listed:
        what = "working group that adopts the list of issues"
        yield _meets(what, route.group, route.passed_group, depends_on="the State's report")
    yield from _replies(route, as_of)
    yield _dialogue(route, "the list of issues, and the programme of the session")


def _replies(route: Route, as_of: date) -> Iterator[PlanStep]:
    """The State's replies to the list of issues, and what civil society sends on them."""
    what, depends_on = "additional submission on the State's replies", "the list of issues, and the programme"
    additional = PlanStep(what=what, to_send=True, because=route.basis, depends_on=depends_on)
    session = route.session.likely if route.session else None
    if session:
        additional = submission(what, session, SESSION_DAYS, as_of, depends_on=depends_on)
    yield PlanStep(
        what="the State's written replies to the list of issues",
        meeting=session,
        before=additional.by or (session.opens if session else None),
        certainty=Certainty.PROJECTION if session else None,
        because="the list asks for them by a day of its own, before the session" if session else route.basis,
        depends_on="the list of issues",
        ask=STATE,
    )
    yield additional


def _alternative(route: Route) -> PlanStep:
    what, depends_on = "alternative report", "the State's report, which it comments on"
    if route.listed:
        because = "the list of issues is adopted, so its time has passed; an additional submission remains"
        return PlanStep(what=what, to_send=True, because=because, depends_on=depends_on)
    if route.group is None or route.passed_group:
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
    """Why nothing can be sent for the working group before the review."""
    passed = route.passed_group
    if passed is None:
        return route.basis
    if passed.status in ("cancelled", "postponed"):
        return f"{passed_in_words(passed)}: await a new notice of the secretariat"
    return f"{passed_in_words(passed)}{', so its time has passed' if has_met(passed) else ' whether it is still taken'}"


def _of_list(group: Meeting) -> str:
    """Of the working group that would have adopted a list for the likely session, and none is on record."""
    known = passed_in_words(group).removesuffix(": ask the secretariat")
    return f"{known}: ask the secretariat whether a list is adopted or still to come"


def _reports(route: Route, depends_on: str, comments: Recorded | None = None) -> Iterator[PlanStep]:
    """The State's reports; civil society can comment on them until `comments`."""
    following = route.session if route.passed_group else route.group
    before = comments or (following.likely.opens if following else None)
    for obligation in route.obligations:
        yield _report(route, obligation, depends_on, before)


def _report(route: Route, obligation: Obligation, depends_on: str, before: Recorded | None) -> PlanStep:
    what = f"the State submits the {obligation.report.name}"
    if route.in_hand:
        because = "on record as received" if route.received else "on record as received; the day is not on record"
        return PlanStep(what=what, by=route.received, because=because, ask=STATE)
    day = set_day(obligation, route.outlook.as_of)
    reply = route.reply if route.procedure == "simplified" else None
    if day:
        due = obligation.due
        because = f"{due.authority.short}: {due.because}"
        return PlanStep(what=what, by=day, certainty=due.certainty, because=because, depends_on=depends_on, ask=STATE)
    is_ahead = reply and before and route.outlook.as_of < first_day(reply) <= first_day(before)
    reason = "a year after the list of issues" if is_ahead else "before the likely review" if before else route.basis
    return PlanStep(
        what=what,
        by=reply if is_ahead else None,
        before=None if is_ahead else before,
        certainty=Certainty.PROJECTION if before else None,
        because=f"no day to come is set for it; {reason}",
        depends_on=depends_on,
        ask=STATE,
    )


def _meets(what: str, group: Range | None, passed: Meeting | None = None, *, depends_on: str) -> PlanStep:
    if group is None or passed:
        because = passed_in_words(passed) if passed else "no forecast can be given"
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
