"""The likely meetings before the review of a State's reports; plan.py builds its steps on them.

A report on record as received is forecast from its receipt. For any other, the forecast of the State's next review is
used, and no meeting is placed before a date that is set for the report.
"""

from collections.abc import Sequence
from datetime import date

from opsc_cli.forecast.forecast import Forecast, Outlook, Range, forecast_for, group_before, range_of
from opsc_cli.forecast.next_review import LIST_TO_REPORT, REPORT_TO_REVIEW, NextReview, next_review
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Recorded
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
        return range_of(self.outlook.sessions, *places) if (places := self._review) else None

    @property
    def group(self) -> Range | None:
        """The working group before the review; the next one if that has met."""
        return range_of(self.outlook.groups, *map(self._before, places)) if (places := self._review) else None

    @property
    def group_has_met(self) -> bool:
        return self._review is not None and self._before(self._review[1]) < 0

    @property
    def list_group(self) -> Range | None:
        """The working group that adopts a list of issues prior to reporting; None if it is too late for one."""
        if self._review is None:
            return None
        first, likely, last = (self._list_before(place) for place in self._review)
        return None if likely < 0 else range_of(self.outlook.groups, first, likely, last)

    # ── places among the meetings to come ────────────────────────────────────────────────────────

    @property
    def _review(self) -> Places | None:
        """Indexes of the session, none earlier than the first possible one after the report's working group."""
        if self.sessions is None or self.not_before is None:
            return self.sessions
        groups, end = self._groups_before_report, len(self.outlook.sessions) - 1
        first = next((n for n in range(end) if self._before(n) >= groups), end)
        earliest, likely, latest = (max(place, first) for place in self.sessions)
        return earliest, likely, latest

    @property
    def _groups_before_report(self) -> int:
        """The number of working groups before the day that is set for the report."""
        day = self.not_before or date.min
        return sum(1 for group in self.outlook.groups if group.opens_by <= day)

    def _before(self, session: int) -> int:
        return group_before(self.outlook, session, self.procedure)

    def _list_before(self, session: int) -> int:
        """Index of the group a year before the report, two years before the review; negative if it has met."""
        until = self._groups_before_report if self.not_before else self._before(session)
        usual = min(self._before(session) - (LIST_TO_REPORT + REPORT_TO_REVIEW - 1), until - 1)
        return max(usual, 0) if until > 0 else -1


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
    expected = next_review(outlook, iso3) if found is None else None
    hand = outlook.in_hand.get(iso3)
    return Route(
        obligations=tuple(obligations),
        procedure=first.report.procedure,
        forecast=found,
        basis=_basis(found, expected),
        prior_list=hand.since if hand and hand.what == "list of issues prior to reporting" else None,
        outlook=outlook,
        sessions=_places(found, expected, outlook),
    )


def _basis(found: Forecast | None, expected: NextReview | None) -> str:
    if found:
        return found.basis
    if expected:
        return " ".join(expected.basis)
    return "no forecast can be given of a State outside the Convention: ask the secretariat"


def _places(found: Forecast | None, expected: NextReview | None, outlook: Outlook) -> Places | None:
    if found:
        span = found.session
    elif expected:
        span = Range(earliest=expected.earliest, likely=expected.likely, latest=expected.latest)
    else:
        return None
    earliest, likely, latest = map(outlook.sessions.index, (span.earliest, span.likely, span.latest))
    return earliest, likely, latest
