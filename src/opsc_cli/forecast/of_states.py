"""What forecasts read from the records of all States: reports on their way, and when each joined the Convention.

An installation has it in files (kept.py).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple, get_args

from opsc_cli.forecast.slots import Slot, slot_of
from opsc_cli.law.committee import SIMPLIFIED_FROM
from opsc_cli.record.dates import Recorded, last_day
from opsc_cli.record.known import closings_of, counts_from
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report, State
from opsc_cli.record.terms import TreatyName

RECORD_BEGINS = date(2000, 1, 10)
"""Opening of the 23rd session, the first whose reviews are on record. Some reviews of later sessions are missing."""


class Course(NamedTuple):
    """A report on its way: received, given a list of issues, put on a programme, reviewed.

    A tuple, because many forecasts make one for each of these on record.
    """

    iso3: str
    treaty: TreatyName
    opsc_initial: bool
    simplified: bool
    submitted: Recorded | None
    """Dates of receipt and list of issues as recorded; then the days from which they count as known."""
    issues: Recorded | None
    received: date | None
    listed: date | None
    programmed: int | None
    """A session whose programme names it, and the day from which that was known."""
    announced: date | None
    postponed: int | None
    """A session that did not conclude its review."""
    session: int | None
    """The session that reviewed it, and its slot; known from the day that session closed."""
    sitting: Slot | None
    reviewed: date
    """The day on which that session closed; `date.max` if no review is on record."""

    @property
    def has_begun(self) -> bool:
        """Whether more is on record than its review."""
        return bool(self.submitted or self.issues or self.programmed or self.postponed)

    def is_pending(self, day: date) -> bool:
        """Whether it waits on `day`. Not for reports from before the record begins: their review may be missing."""
        return self.reviewed > day and min(self.received or date.max, self.listed or date.max) >= RECORD_BEGINS


class OfStates:
    """What forecasts read from the records; each part is computed when it is asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.closings = closings_of(dataset.sessions)
        self.opened = {s.number: last_day(s.opens) for s in dataset.sessions if s.number and s.number in self.closings}
        self.slots = {number: slot_of(day) for number, day in self.opened.items()}

    @cached_property
    def _all(self) -> tuple[Course, ...]:
        return tuple(course for iso3, state in self._dataset.states.items() for course in self._courses(iso3, state))

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The reports of which more is on record than their review: one in three."""
        return tuple(course for course in self._all if course.has_begun)

    @cached_property
    def joined(self) -> list[tuple[date, str]]:
        """The days on which States became party to the Convention, as far as on record, in order."""
        instruments = [(state.crc.instrument, iso3) for iso3, state in self._dataset.states.items()]
        return sorted((counts_from(instrument), iso3) for instrument, iso3 in instruments if instrument)

    @cached_property
    def loiprs(self) -> list[tuple[str, Recorded]]:
        """The dates of lists of issues prior to reporting."""
        return [
            (iso3, loipr.adopted)
            for iso3, state in self._dataset.states.items()
            for loipr in state.lists_of_issues_prior_to_reporting
        ]

    @cached_property
    def reviewed(self) -> Mapping[int, set[str]]:
        """By session, the States that it reviewed under the Convention."""
        return self._by_session("CRC", "unspecified")

    @cached_property
    def came(self) -> Mapping[int, set[str]]:
        """By session, the States with a report reviewed, under any treaty."""
        return self._by_session(*get_args(TreatyName))

    @cached_property
    def sessions(self) -> Mapping[str, list[int]]:
        """By State, the sessions that reviewed it under the Convention."""
        found: dict[str, list[int]] = {}
        for number, states in self.reviewed.items():
            for iso3 in states:
                found.setdefault(iso3, []).append(number)
        return found

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """By session, the number of States that it reviewed under the Convention."""
        return {number: len(states) for number, states in self.reviewed.items()}

    def _by_session(self, *treaties: TreatyName) -> Mapping[int, set[str]]:
        found: dict[int, set[str]] = {}
        for course in self._all:
            if course.session and course.treaty in treaties:
                found.setdefault(course.session, set()).add(course.iso3)
        return found

    def _courses(self, iso3: str, state: State) -> Iterator[Course]:
        for report in state.all_reports:
            review = report.review
            came = review if review and not review.outcome and review.session in self.closings else None
            received = last_day(report.submitted) if report.submitted else None
            issues = report.list_of_issues.adopted if report.list_of_issues else None
            yield Course(
                iso3=iso3,
                treaty=report.treaty,
                opsc_initial=report is state.initial_report,
                simplified=_is_simplified(report, state, received),
                submitted=report.submitted,
                issues=issues,
                received=received,
                listed=last_day(issues) if issues else None,
                programmed=report.programme.session if report.programme else None,
                announced=report.programme.known_on if report.programme else None,
                postponed=review.session if review and review.outcome else None,
                session=came.session if came else None,
                sitting=self.slots[came.session] if came else None,
                reviewed=self.closings[came.session] if came else date.max,
            )


def _is_simplified(report: Report, state: State, received: date | None) -> bool:
    """As recorded for the report; else by the practice at its receipt and the State's own choice."""
    if report.procedure:
        return report.procedure == "simplified"
    if received is None or received < SIMPLIFIED_FROM:
        return False
    chosen = state.procedure if state.procedure and last_day(state.procedure.as_of) <= received else None
    return chosen is None or chosen.kind == "simplified"
