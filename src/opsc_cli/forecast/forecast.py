"""Which session, and which pre-sessional working group, will likely take a report up.

A report under the standard procedure will likely wait as long as the reports reviewed in the last
sessions had waited (queue.py). Its range is how such forecasts of the same distance turned out before,
with a year more on the late side: the last crises cost about that much, and the past alone does not know
the next one. A report under the simplified procedure comes to the session after next or one later. A
list of issues, once adopted, is for the second session after it or the third. All of it is redone for the
day asked about, from what was known then, and measured on history (backtest.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import get_args

from opsc_cli.forecast.meetings import MEETINGS, Meeting, calendar, share_lost, to_come
from opsc_cli.forecast.queue import Queue, Ruler
from opsc_cli.law.authority import Authority, Certainty, Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import in_words, last_day
from opsc_cli.record.known import Closings, closings_of
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Procedure

NOMINAL_COVERAGE = 0.8
LATE_SIDE = 3
"""Sessions: a year. So much later the late end is taken than past forecasts say."""
FEWEST_REVIEWS = 10
"""With fewer reviews known no range can be told."""
YEARS_AHEAD = 12
"""How far the calendar is projected; a tail beyond it is capped."""
LOSSES_SINCE = date(2014, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be forecast: a report received, or to be received, on a day, under a procedure."""

    received: date
    procedure: Procedure
    listed: date | None = None
    """The day of its list of issues, if adopted."""
    programmed: int | None = None
    """The session whose programme names it."""
    assumed: bool = False
    """Whether the day of receipt is an assumption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Sessions by number, on the assumption that none to come is lost.

    `spread` has a probability for each that past cases speak of; none where there were none.
    """

    earliest: int
    likely: int
    latest: int
    spread: dict[int, float]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The earliest, the likely and the latest meeting to come."""

    earliest: Meeting
    likely: Meeting
    latest: Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the Committee will likely take a report up: a range, its basis and how sure it is."""

    assumes_received: date
    procedure: Procedure
    authority: Authority
    certainty: Certainty
    basis: str
    nominal_coverage: float
    pre_session: Range
    session: Range
    group_has_met: bool
    """Whether the group for the likely session has met already: then `pre_session` names the next to come."""
    spread: tuple[tuple[Meeting, float], ...]
    """Each session to come with the probability that the report is taken up there."""


class Outlook:
    """The queue and the calendar as known on a day: made once, asked for any number of reports."""

    def __init__(self, dataset: Dataset, as_of: date, closings: Closings | None = None) -> None:
        self.as_of = as_of
        self.meetings = calendar(dataset.sessions, dataset.pre_sessions, as_of, YEARS_AHEAD)
        self.ruler = Ruler(self.meetings, as_of)
        self.queue = Queue(dataset.handled, self.ruler, closings or closings_of(dataset.sessions), as_of)
        known = [s for s in dataset.sessions if last_day(s.opens) <= as_of]
        self.lost = share_lost(known, LOSSES_SINCE)
        self.sessions = [m for m in self.meetings if m.kind == "session" and to_come(m, as_of)]
        self.groups = [m for m in self.meetings if m.kind == "pre-sessional working group" and to_come(m, as_of)]

    @property
    def seen(self) -> tuple[object, ...]:
        """All that a forecast depends on: while it stays the same, so does every forecast."""
        today = (Asked(received=self.as_of, procedure=procedure, assumed=True) for procedure in get_args(Procedure))
        received_today = [self.numbers(asked) for asked in today]
        return self.sessions, self.groups, self.ruler.passed, self.ruler.unseen, self.lost, received_today

    def numbers(self, asked: Asked) -> Numbers | None:
        """The forecast in session numbers; None where too little is known of the queue."""
        if asked.programmed and asked.programmed > self.ruler.passed:
            basis = f"the programme of session {asked.programmed} names the report"
            return _spread_over({asked.programmed: 1.0}, basis)
        if asked.listed and floor(self.ruler.at(asked.listed)) + 3 > self.ruler.passed:
            return self._listed(asked.listed)
        if asked.procedure == "simplified":
            return self._simplified(asked)
        return self._standard(asked)

    def _listed(self, listed: date) -> Numbers:
        """The second session after the list of issues, or the third, as reports with a list on record came."""
        after = floor(self.ruler.at(listed))
        came = self.queue.came_after_list
        seconds = came.count(2) / (came.count(2) + came.count(3)) if came.count(2) else 1.0
        shares = {after + 2: seconds, after + 3: 1 - seconds}
        basis = (
            f"the list of issues of {in_words(listed)} is for the second session after it or the third: of"
            f" {len(came)} reports with a list on record {came.count(2)} came at the second and {came.count(3)} at the"
            " third"
        )
        open_still = after + 2 > self.ruler.passed
        return _spread_over(shares if open_still and seconds < 1 else {after + (2 if open_still else 3): 1.0}, basis)

    def _simplified(self, asked: Asked) -> Numbers:
        """The plain rule, which has held under this procedure: the session after next, or one later."""
        rule = plain_rule(self.ruler.at(asked.received), asked)
        first, late = max(rule, self.ruler.passed + 1), self.queue.simplified_late
        counted = (
            f"of {len(late)} cases on record {late.count(0)} came then, {late.count(1)} one session later,"
            f" {sum(n > 1 for n in late)} later still"
        )
        basis = (
            "under the simplified procedure the list of issues prior to reporting comes before the report, which is"
            f" then for the session after next: {counted if late else 'no case is on record'}"
        )
        if first > rule:
            basis += "; that session has passed without a review on record, so the next is named"
        known = late.count(0) + late.count(1)
        shares = {first + n: late.count(n) / known for n in (0, 1) if late.count(n)}
        return Numbers(earliest=first, likely=first, latest=first + 1, spread=shares, basis=basis)

    def _standard(self, asked: Asked) -> Numbers | None:
        """The wait of the reports reviewed lately, with how such forecasts turned out as its range."""
        queue, received = self.queue, self.ruler.at(asked.received)
        start = max(self.ruler.passed, floor(received))
        left = queue.sessions_left(received, start, self.ruler.last_held)
        if queue.reviewed < FEWEST_REVIEWS or left is None:
            return None
        came = queue.came_after(left)
        return Numbers(
            earliest=start + min(left, floor(_quantile(came, 0.5 - NOMINAL_COVERAGE / 2))),
            likely=start + left,
            latest=start + max(left, ceil(_quantile(came, 0.5 + NOMINAL_COVERAGE / 2) + min(left, LATE_SIDE))),
            spread={start + sessions: came.count(sessions) / len(came) for sessions in dict.fromkeys(came)},
            basis=self._basis_of_queue(len(came), min(left, LATE_SIDE), start - received),
        )

    def _basis_of_queue(self, forecasts: int, added: int, waited: float) -> str:
        waits = self.queue.waits_at(self.ruler.last_held)
        assert waits, "a queue without waits gives no forecast"
        longer = sum(1 for p in self.queue.places if p.session and p.session - p.received >= waited)
        so_far = f"it has waited {waited:.0f} sessions, as {longer} of them had at least; " if waited >= 1 else ""
        return (
            f"reports reviewed under the standard procedure in the last sessions on record had waited {waits[0]:.0f}"
            f" sessions in the median, all {self.queue.reviewed} on record {waits[1]:.0f}; {so_far}the range is how"
            f" {forecasts} forecasts of this distance turned out, with {added} more on the late side and the share of"
            f" sessions that are lost ({self.lost:.0%})"
        )


def plain_rule(received: float, asked: Asked) -> int:
    """Committee's practice: the session that every guide names, by number.

    The first working group after the report meets after the next session; to 2012, and under the simplified
    procedure, it prepares the session after that one, otherwise the second after it.
    """
    ahead = 1 if asked.procedure == "simplified" or asked.received < date(2013, 1, 1) else 2
    return ceil(received) + ahead


def _spread_over(shares: dict[int, float], basis: str) -> Numbers:
    """A forecast over a few sessions, the first of them the likely one."""
    return Numbers(earliest=min(shares), likely=min(shares), latest=max(shares), spread=shares, basis=basis)


def _quantile(ordered: Sequence[int], share: float) -> float:
    """The value that `share` of an ordered sequence does not exceed, in proportion between two of them."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


# ── from numbers to meetings ─────────────────────────────────────────────────────────────────────


def forecast(outlook: Outlook, asked: Asked) -> Forecast | None:
    """When the report will likely be taken up, in meetings that start after the day asked about.

    None where too few reviews were known on that day, and for a report of a day beyond the projected calendar.
    """
    numbers = outlook.numbers(asked)
    if numbers is None or numbers.likely - outlook.ruler.passed > len(outlook.sessions):
        return None
    ahead = {n: n - outlook.ruler.passed for n in (numbers.earliest, numbers.likely, numbers.latest)}
    certain = asked.programmed is not None and numbers.earliest == numbers.latest
    late = ahead[numbers.latest] if certain else ceil(ahead[numbers.latest] / (1 - outlook.lost))
    capped = late > len(outlook.sessions)
    places = (ahead[numbers.earliest], ahead[numbers.likely], late)
    return Forecast(
        assumes_received=asked.received,
        procedure=asked.procedure,
        authority=MEETINGS,
        certainty=Certainty.COMMITTEE_SET if certain else Certainty.PROJECTION,
        basis=_basis(numbers, outlook, asked, places[1], capped),
        nominal_coverage=1.0 if certain else NOMINAL_COVERAGE,
        pre_session=_groups(outlook, places, asked.procedure),
        session=_sessions(outlook, places),
        group_has_met=_group_before(outlook, places[1], asked.procedure) < 1,
        spread=tuple(
            (_nth(outlook.sessions, n - outlook.ruler.passed), share) for n, share in sorted(numbers.spread.items())
        ),
    )


def _basis(numbers: Numbers, outlook: Outlook, asked: Asked, likely: int, capped: bool) -> str:
    parts = [numbers.basis]
    if asked.assumed:
        parts.insert(0, f"if received on {in_words(asked.received)}")
    if outlook.ruler.unseen and not asked.assumed:
        sessions = "a session" if outlook.ruler.unseen == 1 else f"{outlook.ruler.unseen} sessions"
        parts.append(f"{sessions} of the calendar passed without a record, so a review may have passed unseen")
    if _group_before(outlook, likely, asked.procedure) < 1:
        parts.append("the working group for the likely session has met already, the one named is the next to come")
    if capped:
        parts.append("the late end is capped where the projected calendar ends")
    return "; ".join(parts)


def _sessions(outlook: Outlook, places: tuple[int, int, int]) -> Range:
    earliest, likely, latest = (_nth(outlook.sessions, n) for n in places)
    return Range(earliest=earliest, likely=likely, latest=latest)


def _groups(outlook: Outlook, places: tuple[int, int, int], procedure: Procedure) -> Range:
    """The group that prepares each session, or the next to come where that one has met (`group_has_met`)."""
    earliest, likely, latest = (_nth(outlook.groups, _group_before(outlook, n, procedure)) for n in places)
    return Range(earliest=earliest, likely=likely, latest=latest)


def _group_before(outlook: Outlook, session: int, procedure: Procedure) -> int:
    """Which group to come prepares the session: that right before it, under the standard procedure one earlier.

    Counted from 1; below that the group has met already.
    """
    first = outlook.sessions[0]
    before_first = sum(1 for group in outlook.groups if group.opens_by < first.opens_by)
    return session - (1 if procedure == "simplified" else 2) + before_first


def _nth(meetings: Sequence[Meeting], n: int) -> Meeting:
    return meetings[min(max(n, 1), len(meetings)) - 1]


# ── for a report that is owed ────────────────────────────────────────────────────────────────────


def forecast_for(obligation: Obligation, outlook: Outlook) -> Forecast | None:
    """The forecast for an obligation: from the day received, else "if received on" the later of due day and today.

    None for a report whose date is awaited or not established, and for one that stood on a programme already.
    """
    report = obligation.report
    if obligation.standing == "with-the-committee":
        if report.received is None or report.programmed:
            return None
        asked = Asked(
            received=last_day(report.received),
            procedure=report.procedure,
            listed=report.listed,
            programmed=report.announced,
        )
        return forecast(outlook, asked)
    due = obligation.due
    if not isinstance(due, Dated) or report.kind == "further-information":
        return None
    received = max(due.last, outlook.as_of)
    return forecast(outlook, Asked(received=received, procedure=report.procedure, assumed=True))
