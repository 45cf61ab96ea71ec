"""The data that forecasts learn from: sessions held, the States each reviewed under the Convention, and reports.

It is read from the records of all States once; an installation has it in a file (kept.py). Each fact has the day from
which it was known (record/known.py), so that a forecast for a past day can ignore later facts.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from opsc_cli.forecast.slots import Slot, place, slot_of
from opsc_cli.law.committee import SIMPLIFIED_FROM
from opsc_cli.record.dates import Recorded, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import closings_of, counts_from
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Report, State
from opsc_cli.record.terms import TreatyName

RECORD_BEGINS = date(2000, 1, 10)
"""Opening of the 23rd session. The record has every review since, and none before."""


class Sitting(Frozen, kw_only=False):
    """A session that was held, with the States whose reports under the Convention it reviewed."""

    number: int
    slot: Slot
    opened: date
    closed: date
    reviewed: tuple[str, ...]
    came: frozenset[str]
    """`reviewed`, and States with only a report under a protocol reviewed."""
    count: int
    """Number of reviews under the Convention: the published count, if the record has fewer."""


class Course(NamedTuple):
    """A report on its way: received, given a list of issues, put on a programme, reviewed.

    A tuple, because every forecast makes one for each report on record.
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

    def is_pending(self, day: date) -> bool:
        """Whether it waits on `day`. Not for reports from before the record begins: their review may be missing."""
        return self.reviewed > day and min(self.received or date.max, self.listed or date.max) >= RECORD_BEGINS


class OfStates(Frozen):
    """What is read from the records of all States."""

    courses: tuple[Course, ...]
    joined: list[tuple[date, str]]
    """The days on which States became party to the Convention, as far as on record, in order."""
    loiprs: list[tuple[str, Recorded]]
    """The dates of lists of issues prior to reporting."""


class Proceedings:
    """All sessions, reviews and reports on record, in the order in which they became known."""

    def __init__(self, dataset: Dataset, kept: OfStates | None = None) -> None:
        self.ends = dataset.as_of.committee
        """End of the record: until then it covers every State and session."""
        self.closings = closings_of(dataset.sessions)
        self._checked = {s.number for s in dataset.sessions if s.checked and s.checked.day >= last_day(s.closes)}
        self.opened = {s.number: last_day(s.opens) for s in dataset.sessions if s.number and s.number in self.closings}
        self.slots = {number: slot_of(day) for number, day in self.opened.items()}
        kept = kept or self._read(dataset.states)
        self.courses, self.joined, self.loiprs = kept.courses, kept.joined, kept.loiprs
        published = {c.session: c.value for c in dataset.review_counts}
        self.sittings = tuple(self._sittings(published))
        self.closed = [sitting.closed for sitting in self.sittings]
        self.lost = tuple(self._lost(dataset.sessions))
        """Slots without a session, each with the day from which that was known and the slot had ended."""
        ends = sorted((*((s.closed, s.slot) for s in self.sittings), *self.lost))
        self._over = list(accumulate(((slot, known) for known, slot in ends), max))
        self._over_known = [known for _, known in self._over]

    @cached_property
    def by_state(self) -> Mapping[str, list[Course]]:
        found: dict[str, list[Course]] = {}
        for course in self.courses:
            found.setdefault(course.iso3, []).append(course)
        return found

    def reviewed_since(self, day: date) -> Iterator[tuple[str, Sitting]]:
        """States reviewed by `day` at sessions after the end of the record, which may lack other reviews."""
        for number, iso3 in self._reviewed(day):
            if not self.is_whole(number):
                yield iso3, self._sitting(number, (iso3,), 0)

    def is_whole(self, number: int) -> bool:
        """Whether the record has every review of the session: it closed before the record's end, or was checked."""
        return self.closings[number] <= self.ends or number in self._checked

    def sittings_by(self, day: date) -> int:
        """The number of sessions closed by `day`."""
        return bisect_right(self.closed, day)

    def over(self, day: date) -> tuple[Slot, date]:
        """The last slot known to have ended by `day`, and the day from which that was known."""
        known = bisect_right(self._over_known, day)
        return self._over[known - 1] if known else (int(place(day)), day)

    def slot_of_session(self, number: int, day: date) -> Slot:
        """The slot of a future session, counted from the last one that had closed by `day`."""
        sittings = self.sittings_by(day)
        return self.over(day)[0] + number - (self.sittings[sittings - 1].number if sittings else 0)

    def _read(self, states: Mapping[str, State]) -> OfStates:
        instruments = [(state.crc.instrument, iso3) for iso3, state in states.items()]
        return OfStates(
            courses=tuple(course for iso3, state in states.items() for course in self._courses(iso3, state)),
            joined=sorted((counts_from(instrument), iso3) for instrument, iso3 in instruments if instrument),
            loiprs=[
                (iso3, loipr.adopted)
                for iso3, state in states.items()
                for loipr in state.lists_of_issues_prior_to_reporting
            ],
        )

    def _courses(self, iso3: str, state: State) -> Iterator[Course]:
        for report in (*((state.initial_report,) if state.initial_report else ()), *state.reports):
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

    def _sittings(self, published: Mapping[int, int]) -> Iterator[Sitting]:
        reviewed: dict[int, set[str]] = {}
        for number, iso3 in self._reviewed(date.max):
            reviewed.setdefault(number, set()).add(iso3)
        for number, _ in sorted(self.closings.items(), key=lambda pair: pair[1]):
            if self.is_whole(number):
                yield self._sitting(number, reviewed.get(number, ()), published.get(number, 0))

    def _reviewed(self, day: date) -> Iterator[tuple[int, str]]:
        """Pairs of a session closed by `day` and a State that it reviewed under the Convention."""
        for course in self.courses:
            if course.session and course.treaty in ("CRC", "unspecified") and course.reviewed <= day:
                yield course.session, course.iso3

    def _sitting(self, number: int, reviewed: Iterable[str], published: int) -> Sitting:
        states = tuple(sorted(reviewed))
        count, came = max(len(states), published), frozenset(self._came.get(number, ()))
        return Sitting(number, self.slots[number], self.opened[number], self.closings[number], states, came, count)

    @cached_property
    def _came(self) -> Mapping[int, set[str]]:
        """By session, the States with a report reviewed, under any treaty."""
        found: dict[int, set[str]] = {}
        for course in self.courses:
            if course.session:
                found.setdefault(course.session, set()).add(course.iso3)
        return found

    def _lost(self, sessions: tuple[Session, ...]) -> Iterator[tuple[date, Slot]]:
        held = set(self.slots.values())
        for session in sessions:
            slot = slot_of(last_day(session.opens))
            if session.status in ("cancelled", "postponed") and slot not in held:
                yield max(session.known_on or date.min, last_day(session.closes)), slot


def _is_simplified(report: Report, state: State, received: date | None) -> bool:
    """As recorded for the report; else by the practice at its receipt and the State's own choice."""
    if report.procedure:
        return report.procedure == "simplified"
    if received is None or received < SIMPLIFIED_FROM:
        return False
    chosen = state.procedure if state.procedure and last_day(state.procedure.as_of) <= received else None
    return chosen is None or chosen.kind == "simplified"
