"""The likely meetings before the review of a State's reports; plan.py builds its steps on them.

A report on record as received is forecast from its receipt. For any other, the forecast of the State's next review is
used, and no meeting is placed before a date that is set for the report.
"""

from collections.abc import Callable, Sequence
from datetime import date

from opsc_cli.forecast.forecast import Forecast, Range, forecast_for, group_before, range_of
from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.next_review import LIST_AHEAD, LIST_TO_REPORT, REPORT_TO_REVIEW, NextReview, next_review
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.slots import place, slot_of
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Month, Recorded, first_day, last_day
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.terms import Procedure

Places = tuple[int, int, int]
"""Indexes of the earliest, likely and latest meeting in the list of meetings to come."""


class Route(Frozen):
    """The likely meetings on the way to a review, under one procedure."""

    obligations: tuple[Obligation, ...]
    procedure: Procedure
    forecast: Forecast | None
    """Only for a report on record as received."""
    basis: str
    """The reasons for the forecast, or why there is none."""
    prior_list: date | None
    """The day of the list of issues prior to reporting, if on record."""
    outlook: Outlook
    sessions: Places | None
    """As forecast, without regard to a date that is set for the report."""
    open_ended: bool
    """Whether the latest session may be after the projected calendar."""
    passed_unseen: float
    """The chance that the review passed unseen; the meetings are for the case that it did not."""

    def under(self, procedure: Procedure) -> "Route":
        """The same route under another procedure."""
        return replace(self, procedure=procedure)

    @property
    def in_hand(self) -> bool:
        """Whether the report is on record as received."""
        return self.obligations[0].standing == "with-the-committee"

    @property
    def received(self) -> Recorded | None:
        return self.obligations[0].report.received

    @property
    def listed(self) -> bool:
        """Whether its list of issues is adopted."""
        return self.obligations[0].report.listed is not None

    @property
    def not_before(self) -> date | None:
        """The earliest date set for a report to come; none is expected before it."""
        days = [set_day(o, self.outlook.as_of) for o in self.obligations]
        return None if self.in_hand else min((d for d in days if d), default=None) if all(days) else None

    @property
    def session(self) -> Range | None:
        """The session that reviews it."""
        return self._range(self.outlook.sessions, self._review)

    @property
    def group(self) -> Range | None:
        """The working group before the review; the next one if its time has passed."""
        return self._range(self.outlook.groups, self._groups)

    @property
    def passed_group(self) -> Meeting | None:
        """The working group before the likely review, if its time has passed."""
        return self.outlook.passed_group(self._groups[1]) if self._groups else None

    @property
    def list_group(self) -> Range | None:
        """The working group that adopts a list of issues prior to reporting; the next one if its time has passed."""
        return self._range(self.outlook.groups, self._list_groups)

    @property
    def passed_list_group(self) -> Meeting | None:
        """The working group that would have adopted the list for the likely review, if its time has passed."""
        return self.outlook.passed_group(self._list_groups[1]) if self._list_groups else None

    @property
    def reply(self) -> Month | None:
        """By when the report is expected that answers the list of issues prior to reporting: a year after the list."""
        meeting = self.passed_list_group or (self.list_group.likely if self.list_group else None)
        ends = (meeting.closes or meeting.opens) if meeting else None
        listed = self.prior_list or (last_day(ends) if ends else None)
        return Month(listed.year + 1, listed.month) if listed else None

    # ── places among the meetings to come ────────────────────────────────────────────────────────

    @property
    def _review(self) -> Places | None:
        """Indexes of the session, none earlier than the first possible one after the report's working group."""
        if self.sessions is None or self.not_before is None:
            return self.sessions
        first = self._first_after(self.not_before)
        earliest, likely, latest = (max(n, first) for n in self.sessions)
        return earliest, likely, latest

    def _first_after(self, day: date) -> int:
        """Index of the first session for a report of that day: a year after it, or after its working group."""
        end = len(self.outlook.sessions) - 1
        if self.procedure == "simplified":
            return min(sum(1 for s in self.outlook.sessions if s.opens_by <= day) + REPORT_TO_REVIEW - 1, end)
        groups = sum(1 for g in self.outlook.groups if g.opens and first_day(g.opens) <= day)
        return next((n for n in range(end) if self._before(n) >= groups), end)

    def _before(self, session: int) -> int:
        return group_before(self.outlook, session, self.procedure)

    @property
    def _groups(self) -> Places | None:
        """Indexes of the group before the review; negative if its time has passed."""
        return self._each(self._before)

    @property
    def _list_groups(self) -> Places | None:
        """Indexes of the group that adopts the list: two years before the review, a year before the report."""
        return self._each(lambda session: min(self._before(session) - LIST_AHEAD, self._last_for_list))

    @property
    def _last_for_list(self) -> int:
        """Index of the last group that leaves the State a year until the day that is set for its report."""
        groups = self.outlook.groups
        if self.not_before is None:
            return len(groups) - 1
        return int(place(self.not_before)) - LIST_TO_REPORT - slot_of(groups[0].opens_by)

    def _each(self, of: Callable[[int], int]) -> Places | None:
        if self._review is None:
            return None
        earliest, likely, latest = map(of, self._review)
        return earliest, likely, latest

    def _range(self, meetings: Sequence[Meeting], places: Places | None) -> Range | None:
        return range_of(meetings, *places, open_ended=self.open_ended) if places else None


def set_day(obligation: Obligation, as_of: date) -> date | None:
    """The future day set for a report. A treaty term does not count, because the Committee usually sets another."""
    due = obligation.due
    is_to_come = isinstance(due, Dated) and due.last > as_of and not obligation.is_treaty_term
    return due.last if isinstance(due, Dated) and is_to_come else None


def route_of(iso3: str, obligations: Sequence[Obligation], outlook: Outlook) -> Route:
    """The route of one received report, or of all reports to come."""
    first = obligations[0]
    in_hand = first.standing == "with-the-committee"
    found = forecast_for(first, outlook) if in_hand else None
    hand = outlook.in_hand.get(iso3)
    is_of_it = hand is None or hand.treaty == first.report.treaty or not in_hand
    expected = next_review(outlook, iso3) if found is None and is_of_it else None
    forecasted = found.session if found else expected and _range_of(expected)
    return Route(
        obligations=tuple(obligations),
        procedure=first.report.procedure,
        forecast=found,
        basis=_basis(found, expected, hand),
        prior_list=hand.since if hand and hand.what == "list of issues prior to reporting" else None,
        outlook=outlook,
        sessions=_places(forecasted, outlook) if forecasted else None,
        open_ended=bool(forecasted and forecasted.open_ended),
        passed_unseen=found.passed_unseen if found else expected.chance_passed_unseen if expected else 0.0,
    )


def report_in_hand(iso3: str, outlook: Outlook) -> str | None:
    """The report in hand that the State's next review is of; None if that can be of a report to come."""
    hand = outlook.in_hand.get(iso3)
    if hand is None or hand.what == "list of issues prior to reporting":
        return None
    return "report under the Convention" if hand.treaty == "CRC" else "initial report under the OPSC"


def _basis(found: Forecast | None, expected: NextReview | None, hand: InHand | None) -> str:
    if found:
        return found.basis
    if expected:
        return " ".join(expected.basis)
    if hand:
        return "no forecast can be given, because the next review is likely that of another report: ask the secretariat"
    return "no forecast can be given of a State outside the Convention: ask the secretariat"


def _range_of(expected: NextReview) -> Range | None:
    """The sessions of the next review; None if the likely one is after the projected calendar."""
    if expected.likely_open_ended:
        return None
    return Range(
        earliest=expected.earliest, likely=expected.likely, latest=expected.latest, open_ended=expected.open_ended
    )


def _places(span: Range, outlook: Outlook) -> Places:
    earliest, likely, latest = map(outlook.sessions.index, (span.earliest, span.likely, span.latest))
    return earliest, likely, latest
