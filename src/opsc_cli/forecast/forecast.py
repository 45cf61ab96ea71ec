"""Forecasts the session, and the pre-sessional working group, that will review a report received on a given day.

The chances come from waits.py: a report under the standard procedure waits a share of the load, as those on record did;
one under the simplified procedure, or with a list of issues, comes at one of the next sessions; a programme names the
session. Everything is computed from what was known on the day asked about; backtest.py measures the forecasts.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from opsc_cli.forecast.in_hand import InHand, Steps, furthest
from opsc_cli.forecast.meetings import MEETINGS, Meeting
from opsc_cli.forecast.outlook import Ahead, Outlook
from opsc_cli.forecast.passed import PROBABLE, has_met, passed_in_words
from opsc_cli.forecast.waits import FEWEST_REVIEWS
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import in_words, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.terms import Procedure

NOMINAL_COVERAGE = 0.8
EARLY, EVEN, LATE = 0.1, 0.5, 0.9
"""The chance that the review has taken place by the earliest, the likely and the latest meeting of a range."""


class Receipt(Frozen):
    """A report to forecast: the day of receipt, on record or assumed, and the procedure."""

    received: date
    procedure: Procedure
    listed: date | None = None
    """The day of its list of issues, if adopted."""
    programmed: int | None = None
    """The session whose programme names it."""
    assumed: bool = False
    """Whether the day of receipt is assumed."""


class Range(Frozen):
    """The earliest, the likely and the latest meeting to come."""

    earliest: Meeting
    likely: Meeting
    latest: Meeting
    open_ended: bool = False
    """Whether the latest may be later, because the projected calendar ends with the session named, or for it."""


class Forecast(Frozen):
    """The likely review of a report: a range of meetings, the reasons and the certainty."""

    assumes_received: date
    procedure: Procedure
    authority: Authority
    certainty: Certainty
    basis: str
    nominal_coverage: float
    pre_session: Range
    session: Range
    passed_group: Meeting | None
    """The group for the likely session, if its time has passed; `pre_session` is then the next one."""
    passed_unseen: float
    """The chance that a session which passed without a record was it. The ranges are for the case that none was."""
    spread: tuple[tuple[Meeting, float], ...]
    """Each future session with the probability that it reviews the report."""

    @property
    def group_has_met(self) -> bool:
        """Whether the group for the likely session is on record as held."""
        return self.passed_group is not None and has_met(self.passed_group)


def forecast(outlook: Outlook, asked: Receipt) -> Forecast | None:
    """When the report will likely be reviewed, in meetings that start after the day asked about.

    None if too few reviews were known on that day, or if the receipt is beyond the projected calendar.
    """
    hand, waits = _in_hand(outlook, asked), outlook.moment.waits
    if hand.what == "report" and not hand.simplified and waits.reviewed < FEWEST_REVIEWS:
        return None
    ahead = outlook.ahead(outlook.moment.chances(hand, outlook.horizon))
    earliest, likely, latest = (ahead.by(chance) for chance in (EARLY, EVEN, LATE))
    if earliest is None or likely is None:
        return None
    certain, last = hand.what == "programme", len(outlook.sessions) - 1
    places = (likely, likely, likely) if certain else (earliest, likely, last if latest is None else latest)
    return Forecast(
        assumes_received=asked.received,
        procedure=asked.procedure,
        authority=MEETINGS,
        certainty=Certainty.COMMITTEE_SET if certain else Certainty.PROJECTION,
        basis=_basis(outlook, asked, hand, ahead, likely),
        nominal_coverage=1.0 if certain else NOMINAL_COVERAGE,
        pre_session=range_of(outlook.groups, *(group_before(outlook, n, asked.procedure) for n in places)),
        session=range_of(outlook.sessions, *places, open_ended=latest is None),
        passed_group=outlook.passed_group(group_before(outlook, likely, asked.procedure)),
        passed_unseen=ahead.passed_unseen,
        spread=((outlook.sessions[likely], 1.0),) if certain else tuple(_spread(outlook, ahead)),
    )


def _in_hand(outlook: Outlook, asked: Receipt) -> InHand:
    simplified = asked.procedure == "simplified"
    steps = Steps(simplified=simplified, received=asked.received, listed=asked.listed, programmed=asked.programmed)
    hand = furthest(outlook.past.proceedings, outlook.as_of, steps)
    assert hand, "what is received is in hand"
    return hand


def _spread(outlook: Outlook, ahead: Ahead) -> Iterator[tuple[Meeting, float]]:
    """Future sessions with their chances, given that none passed unseen, until almost no chance is left."""
    left = of = 1 - ahead.passed_unseen
    for meeting, chance in zip(outlook.sessions, ahead.sessions, strict=True):
        if left > _HARDLY_ANY * of:
            yield meeting, chance / of
        left -= chance


_HARDLY_ANY = 0.01


def _basis(outlook: Outlook, asked: Receipt, hand: InHand, ahead: Ahead, likely: int) -> str:
    parts = [f"if received on {in_words(asked.received)}"] if asked.assumed else []
    parts.append(reasons(outlook, hand))
    if outlook.unseen and not asked.assumed:
        sessions = "a session" if outlook.unseen == 1 else f"{outlook.unseen} sessions"
        probably = f"has probably passed unseen ({ahead.passed_unseen:.0%})"
        so = probably if ahead.passed_unseen >= PROBABLE else "may have passed unseen"
        parts.append(f"{sessions} of the calendar passed without a record, so a review {so}")
    if group := outlook.passed_group(group_before(outlook, likely, asked.procedure)):
        parts.append(f"{passed_in_words(group)}; the one named is the next to come")
    if ahead.by(LATE) is None:
        parts.append("the late end is capped where the projected calendar ends")
    return "; ".join(parts)


def reasons(outlook: Outlook, hand: InHand) -> str:
    """The reasons for the chances of what is in hand."""
    waits = outlook.moment.waits
    match hand.what:
        case "programme":
            return f"the programme of session {hand.session} names the report"
        case "postponed":
            return f"session {hand.session} was to review the report and did not conclude"
        case "list of issues":
            return (
                f"a list of issues, here of {in_words(hand.dated)}, is for one of the sessions after it:"
                f" {waits.after_list}"
            )
        case "report" if not hand.simplified:
            return _reasons_of_queue(outlook, hand)
        case "list of issues prior to reporting":
            return (
                "a list of issues prior to reporting asks for a report within about a year, which is for one of the"
                f" sessions after that year: {waits.after_prior_list}"
            )
    return (
        "under the simplified procedure the list of issues prior to reporting comes before the report, which is then"
        f" for one of the sessions after its receipt: {waits.after_report}"
    )


def _reasons_of_queue(outlook: Outlook, hand: InHand) -> str:
    waits, load, over = outlook.moment.waits, outlook.moment.load, outlook.over
    waited = over - outlook.past.proceedings.over(hand.since)[0] if hand.since <= outlook.as_of else 0
    so_far = f"; this one has waited {waited}" if waited > 0 else ""
    return (
        f"{load.backlog(over)} States have had no review for four years and the Committee has lately taken"
        f" {load.pace(over):.1f} a session of the calendar, lost sessions counted, a load of {load.load(over):.0f}"
        f" sessions; half of {waits.reviewed} reports on record waited longer than {waits.usual:.0%} of it, now"
        f" {waits.usual * load.load(over):.0f} sessions{so_far}"
    )


# ── from chances to meetings ─────────────────────────────────────────────────────────────────────


def range_of(meetings: Sequence[Meeting], *places: int, open_ended: bool = False) -> Range:
    """The meetings at three indexes; an index below 0 gives the next meeting."""
    earliest, likely, latest = (meetings[min(max(n, 0), len(meetings) - 1)] for n in places)
    return Range(earliest=earliest, likely=likely, latest=latest, open_ended=open_ended)


def group_before(outlook: Outlook, session: int, procedure: Procedure) -> int:
    """Index of the group that prepares a future session: the one right before it, or one earlier (standard procedure).

    Both indexes count future meetings from 0; a negative one means that the group's time has passed.
    """
    first = outlook.sessions[0]
    before_first = sum(1 for group in outlook.groups if group.opens_by < first.opens_by)
    return session - (1 if procedure == "simplified" else 2) + before_first


# ── for a report that is owed ────────────────────────────────────────────────────────────────────


def forecast_for(obligation: Obligation, outlook: Outlook, if_received: date | None = None) -> Forecast | None:
    """The forecast for a report received, on record or (`if_received`) by assumption.

    None for any other report, for further information, and for a report that was already on a programme.
    """
    report = obligation.report
    if obligation.standing == "with-the-committee":
        if report.received is None or report.programmed:
            return None
        asked = Receipt(
            received=last_day(report.received),
            procedure=report.procedure,
            listed=report.listed,
            programmed=report.announced,
        )
        return forecast(outlook, asked)
    if if_received is None or report.kind == "further-information":
        return None
    return forecast(outlook, Receipt(received=if_received, procedure=report.procedure, assumed=True))
