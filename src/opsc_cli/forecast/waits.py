"""How long reports wait, as shares of the load, and the chances of a review for a report in hand.

Standard procedure: each wait on record is a share of the load on the day of receipt. Reports that still wait are
censored (Kaplan–Meier estimate), and older reports have less weight. After a list of issues, or a report under the
simplified procedure, the review comes at one of the next sessions, with the frequencies on record.

Future waits are computed for two paces of the Committee, three quarters and six fifths of the estimate, because it
sometimes loses a session and sometimes meets in two chambers.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from math import exp, fsum, log

from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.load import FOUR_YEARS, LOAD_KNOWN_FROM, Load
from opsc_cli.forecast.of_states import Course
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.slots import YEAR, Slot, place
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import Frozen

PACES = (0.75, 1.2)
"""Possible paces of the Committee, as shares of the estimate, equally likely."""

AFTER_LIST = (0.1, 0.6, 0.5, 0.5)
"""Prior chance of a review at the first session after a list of issues; if not then, at the second, and so on."""

AFTER_REPORT = (0.05, 0.4, 0.6, 0.5)
"""The same after a report under the simplified procedure, or a year after the list of issues that asks for it."""

ON_PROGRAMME = (0.95, 0.5)
"""The same for the session whose programme names the report, and for those after it."""

_HALF = 0.5
"""A report counts as received half way between two sessions, whatever the day."""

_WORTH = 4
"""Number of reports that a prior counts as."""

_TAIL = 0.1
"""Beyond the wait that fewer than this share exceed, the chance at each session is constant."""

FEWEST_REVIEWS = 10
"""With fewer reviewed reports known, no forecast is made."""


class Sessions(Frozen, kw_only=False):
    """For the first, second, third and each later session after a step."""

    chances: tuple[float, ...]
    """Chance of a review then, given none before."""
    came: tuple[int, ...]
    """Number of reviews on record; the last entry is for all later sessions."""

    def __str__(self) -> str:
        first, second, third, later = self.came
        if not sum(self.came):
            return "no case is on record"
        return (
            f"of {sum(self.came)} on record {first} came at the first, {second} at the second, {third} at the third and"
            f" {later} later"
        )


class Waits:
    """Waits as known on `day`, when `over` was the last slot that had ended."""

    def __init__(self, proceedings: Proceedings, load: Load, over: Slot, day: date) -> None:
        self._proceedings, self._load, self._over, self._day = proceedings, load, over, day

    @cached_property
    def _known(self) -> list[Course]:
        """The reports received."""
        return [c for c in self._proceedings.states.courses if c.received and c.received <= self._day]

    @cached_property
    def _queued(self) -> list[tuple[Slot, Course]]:
        """Reports under the standard procedure with the last slot before receipt, if the load of that slot is known."""
        standard = [(self._closed(c.received), c) for c in self._known if c.received and not c.simplified]
        return [(closed, course) for closed, course in standard if closed >= LOAD_KNOWN_FROM]

    @cached_property
    def waited(self) -> list[int]:
        """Waits of the reviewed reports, in slots."""
        return [taken - closed for closed, course in self._queued if (taken := self._taken(course))]

    @cached_property
    def shares(self) -> tuple[Sequence[float], Sequence[float], float]:
        """Ascending shares of the load, the chance of a longer wait than each, and the rate beyond the last."""
        told = ((closed, c) for closed, c in self._queued if c.reviewed <= self._day or c.is_pending(self._day))
        return _longer(self._case(closed, course) for closed, course in told)

    def _case(self, closed: Slot, course: Course) -> tuple[float, bool, float]:
        """The share of the load that a report has waited, whether it still waits, and its weight."""
        came = self._taken(course)
        share = ((came or self._over) - closed - _HALF) / self._load.load(closed)
        return share, came is None, 0.5 ** ((self._over - closed) / FOUR_YEARS)

    @property
    def reviewed(self) -> int:
        """The number of reviewed reports."""
        return len(self.waited)

    @cached_property
    def median_wait(self) -> float:
        from statistics import median  # imported here: it takes up to a tenth of an answer's time

        return median(self.waited) if self.waited else 0.0

    def longer_than(self, share: float) -> float:
        """The chance that a report waits longer than `share` of the load."""
        shares, chances, rate = self.shares
        found = bisect_right(shares, share)
        if found < len(shares) or not shares:
            return chances[found]
        return chances[found] * exp(-rate * (share - shares[-1]))

    @cached_property
    def usual(self) -> float:
        """The median wait, as a share of the load."""
        shares, chances, rate = self.shares
        return next((s for s, c in zip(shares, chances[1:], strict=True) if c <= 0.5), shares[-1] + log(2) / rate)

    def chances(self, hand: InHand, pace: float, slots: int) -> list[float]:
        """The chance of review in each of the next `slots` slots for what is in hand, at this pace."""
        if hand.session:
            return self._in_turn(ON_PROGRAMME, self._proceedings.slot_of_session(hand.session, self._day) - 1, slots)
        since = self._closed(hand.since)
        if hand.what == "list of issues":
            return self._in_turn(self.after_list.chances, since, slots)
        if hand.what == "list of issues prior to reporting":
            return self._in_turn(self.after_prior_list.chances, since + YEAR, slots)
        if hand.simplified:
            return self._in_turn(self.after_report.chances, since, slots)
        return self._wait(hand, pace, slots)

    @cached_property
    def after_list(self) -> Sessions:
        """Sessions from list of issues to review."""
        listed = [(c.listed, c) for c in self._proceedings.states.courses if c.listed and c.listed <= self._day]
        return self._learned(AFTER_LIST, [(self._closed(day), self._taken(c)) for day, c in listed])

    @cached_property
    def after_report(self) -> Sessions:
        """Sessions from receipt to review, simplified procedure."""
        simplified = [(c.received, c) for c in self._known if c.simplified and c.received]
        return self._learned(AFTER_REPORT, [(self._closed(day), self._taken(c)) for day, c in simplified])

    @cached_property
    def after_prior_list(self) -> Sessions:
        """Sessions from a year after a list of issues prior to reporting to the review."""
        listed = [
            (iso3, last_day(dated)) for iso3, dated in self._proceedings.states.loiprs if last_day(dated) <= self._day
        ]
        return self._learned(AFTER_REPORT, [(self._closed(day) + YEAR, self._next(iso3, day)) for iso3, day in listed])

    def _taken(self, course: Course) -> Slot | None:
        """The slot of the session that reviewed a report; None if not yet."""
        return course.sitting if course.reviewed <= self._day else None

    def _next(self, iso3: str, day: date) -> Slot | None:
        """The slot of the first review of a State under the Convention after a day; None if not yet."""
        held, closings = self._proceedings.slots, self._proceedings.closings
        sessions = self._proceedings.states.sessions.get(iso3, ())
        return min((held[number] for number in sessions if day < closings[number] <= self._day), default=None)

    def _learned(self, expected: Sequence[float], cases: Iterable[tuple[Slot, Slot | None]]) -> Sessions:
        """Chances estimated from cases: (slot of the step, slot of the review or None if it still waits)."""
        came, waited = [0] * len(expected), [0] * len(expected)
        for since, taken in cases:
            sessions = (taken or self._over) - since
            for session in range(sessions):
                waited[min(session, len(expected) - 1)] += 1
            if taken and sessions > 0:
                came[min(sessions, len(expected)) - 1] += 1
        learned = ((c + _WORTH * e) / (w + _WORTH) for c, w, e in zip(came, waited, expected, strict=True))
        return Sessions(tuple(learned), tuple(came))

    def _closed(self, day: date) -> Slot:
        """The last slot that had ended on a day; after the end of the record, by the calendar."""
        return self._proceedings.over(day)[0] if day <= self._day else max(int(place(day)), self._over)

    def _in_turn(self, chances: Sequence[float], since: Slot, slots: int) -> list[float]:
        """The chances of the next slots, given conditional `chances` for the sessions after `since`."""
        found, left = [], 1.0
        for session in range(self._over - since, self._over - since + slots):
            chance = chances[min(session, len(chances) - 1)] if session >= 0 else 0.0
            found.append(left * chance)
            left *= 1 - chance
        return found

    def _wait(self, hand: InHand, pace: float, slots: int) -> list[float]:
        """The chances of the next slots from the waits on record, given how long this report has waited."""
        received, over = self._closed(hand.since) + _HALF, self._over
        load = (self._load.load(min(int(received), over)) + self._load.load(over)) / 2
        waited, ahead = max(over - received, 0.0), max(received - over, 0.0)
        so_far = self.longer_than(waited / load)
        left, found = 1.0, []
        for n in range(1, slots + 1):
            then = self.longer_than((waited + pace * max(n - ahead, 0.0)) / load) / so_far
            found.append(left - then)
            left = then
        return found


def _longer(cases: Iterable[tuple[float, bool, float]]) -> tuple[Sequence[float], Sequence[float], float]:
    """From cases (share, still waiting, weight): shares, the chance of waiting longer, the rate beyond the last.

    Kaplan–Meier estimate while more than a tenth wait longer; beyond, with few cases, one constant rate.
    """
    ordered = sorted(cases)
    left, chance = fsum(weight for *_, weight in ordered), 1.0
    shares, chances = [0.0], [1.0, 1.0]
    for n, (share, waits_still, weight) in enumerate(ordered):
        if not waits_still:
            chance *= max(1 - weight / left, 0.0)
            if chance <= _TAIL:
                return shares, chances, _rate(shares[-1], ordered[n:])
            shares.append(share)
            chances.append(chance)
        left -= weight
    return shares, chances, _rate(shares[-1], ordered)


def _rate(beyond: float, cases: Iterable[tuple[float, bool, float]]) -> float:
    """Reviews per load of waiting longer than `beyond`."""
    longer = [(share - beyond, waits_still, weight) for share, waits_still, weight in cases if share > beyond]
    came = fsum(weight for _, waits_still, weight in longer if not waits_still)
    return came / fsum(share * weight for share, _, weight in longer) if came else 1 / (beyond or 1.0)
