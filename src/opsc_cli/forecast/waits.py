"""How long reports wait, as shares of the load, and when one that is in hand will likely be taken.

Standard procedure: each report on record has waited a share of the load on the day it was received; those that wait
still count as longer than so far (Kaplan and Meier's estimate), and the older a report the less it says. A list of
issues, and a report under the simplified procedure, come at one of the next sessions, as those on record did.

Waits to come are given for two paces of the Committee, three quarters of the estimate and six fifths of it: sessions
are lost now and then, and now and then it sits in two chambers.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from math import exp, fsum, log

from opsc_cli.forecast.evidence import Course, Evidence
from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.load import FOUR_YEARS, LOAD_KNOWN_FROM, Load
from opsc_cli.forecast.slots import YEAR, Slot, place
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import frozen_in_order

PACES = (0.75, 1.2)
"""What may become of the Committee's pace, as shares of the estimate, with even chances."""

AFTER_LIST = (0.1, 0.6, 0.5, 0.5)
"""The chance of a review at the first session after a list of issues, else at the second, else the third, and so on."""

AFTER_REPORT = (0.05, 0.4, 0.6, 0.5)
"""The same after a report under the simplified procedure, or a year after the list of issues that asks for it."""

ON_PROGRAMME = (0.95, 0.5)
"""The same for the session whose programme names the report, and those after it."""

_HALF = 0.5
"""A report counts as received half way between two sessions, on whatever day it was."""

_WORTH = 4
"""So many reports on record those expectations are worth."""

_TAIL = 0.1
"""Where fewer reports than this share wait longer, they all have the same chance at each session."""

FEWEST_REVIEWS = 10
"""With fewer reviewed reports known nothing is said of waits."""


@frozen_in_order
class Sessions:
    """Of the first session after a step, the second, the third, and each later one."""

    chances: tuple[float, ...]
    """That the report comes then, if at none before."""
    came: tuple[int, ...]
    """How many on record did; the last number is of all later sessions."""

    def __str__(self) -> str:
        first, second, third, later = self.came
        if not sum(self.came):
            return "no case is on record"
        return (
            f"of {sum(self.came)} on record {first} came at the first, {second} at the second, {third} at the third and"
            f" {later} later"
        )


class Waits:
    """What was known of waits when the slot `over` was over, on `day`."""

    def __init__(self, evidence: Evidence, load: Load, over: Slot, day: date) -> None:
        self._evidence, self._load, self._over, self._day = evidence, load, over, day
        self._known = [c for c in evidence.courses if c.received and c.received <= day]

    @cached_property
    def _queued(self) -> list[tuple[Slot, Course]]:
        """The reports under the standard procedure, each with the slot before it, if the load then is known."""
        standard = [(self._closed(c.received), c) for c in self._known if c.received and not c.simplified]
        return [(closed, course) for closed, course in standard if closed >= LOAD_KNOWN_FROM]

    @cached_property
    def waited(self) -> list[int]:
        """In sessions, how long those that were reviewed had waited."""
        return [taken - closed for closed, course in self._queued if (taken := self._taken(course))]

    @cached_property
    def shares(self) -> tuple[Sequence[float], Sequence[float], float]:
        """Shares of the load, in order, the chance of waiting longer than each, and the rate beyond the last."""
        told = ((closed, c) for closed, c in self._queued if c.reviewed <= self._day or c.is_pending(self._day))
        return _longer(self._case(closed, course) for closed, course in told)

    def _case(self, closed: Slot, course: Course) -> tuple[float, bool, float]:
        """The share of the load that a report has waited, whether it waits still, and its weight."""
        came = self._taken(course)
        share = ((came or self._over) - closed - _HALF) / self._load.load(closed)
        return share, came is None, 0.5 ** ((self._over - closed) / FOUR_YEARS)

    @property
    def reviewed(self) -> int:
        """How many they are."""
        return len(self.waited)

    @cached_property
    def median_wait(self) -> float:
        from statistics import median  # with what it imports, as much as a tenth of an answer

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
        """The share of the load that half of the reports wait longer than."""
        shares, chances, rate = self.shares
        return next((s for s, c in zip(shares, chances[1:], strict=True) if c <= 0.5), shares[-1] + log(2) / rate)

    def chances(self, hand: InHand, pace: float, slots: int) -> list[float]:
        """The chance of each of the next `slots` slots that what is in hand brings its review, at a pace."""
        if hand.session:
            return self._in_turn(ON_PROGRAMME, self._evidence.slot_of_session(hand.session, self._day) - 1, slots)
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
        """When reports came after their list of issues."""
        listed = [(c.listed, c) for c in self._evidence.courses if c.listed and c.listed <= self._day]
        return self._learned(AFTER_LIST, [(self._closed(day), self._taken(c)) for day, c in listed])

    @cached_property
    def after_report(self) -> Sessions:
        """When reports under the simplified procedure came after their receipt."""
        simplified = [(c.received, c) for c in self._known if c.simplified and c.received]
        return self._learned(AFTER_REPORT, [(self._closed(day), self._taken(c)) for day, c in simplified])

    @cached_property
    def after_prior_list(self) -> Sessions:
        """When reports came that a list of issues prior to reporting asked for, counted from a year after the list."""
        listed = [(iso3, last_day(dated)) for iso3, dated in self._evidence.loiprs if last_day(dated) <= self._day]
        return self._learned(AFTER_REPORT, [(self._closed(day) + YEAR, self._next(iso3, day)) for iso3, day in listed])

    def _taken(self, course: Course) -> Slot | None:
        """The slot of the session that reviewed a report, if by now."""
        return course.sitting if course.reviewed <= self._day else None

    def _next(self, iso3: str, day: date) -> Slot | None:
        """The slot of the first review of a State under the Convention after a day, if by now."""
        of_it = (c for c in self._evidence.by_state.get(iso3, ()) if c.treaty == "CRC" and c.reviewed > day)
        return min((slot for c in of_it if (slot := self._taken(c))), default=None)

    def _learned(self, expected: Sequence[float], cases: Iterable[tuple[Slot, Slot | None]]) -> Sessions:
        """From the slots since when, and in which, reports came; None where they wait still."""
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
        """The last slot that was over on a day; after the record by the calendar."""
        return self._evidence.over(day)[0] if day <= self._day else max(int(place(day)), self._over)

    def _in_turn(self, chances: Sequence[float], since: Slot, slots: int) -> list[float]:
        """The chances of the next slots, where the sessions after `since` have these, each if none before was taken."""
        found, left = [], 1.0
        for session in range(self._over - since, self._over - since + slots):
            chance = chances[min(session, len(chances) - 1)] if session >= 0 else 0.0
            found.append(left * chance)
            left *= 1 - chance
        return found

    def _wait(self, hand: InHand, pace: float, slots: int) -> list[float]:
        """By the shares of the load that reports have waited; it has waited so long already."""
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
    """From (share, whether it waits still, weight): shares, the chance of longer than each, the rate beyond the last.

    Kaplan and Meier's estimate while more than a tenth waits longer; beyond that they are few, and have one rate.
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
    """How many come for each load that they wait longer than `beyond`."""
    longer = [(share - beyond, waits_still, weight) for share, waits_still, weight in cases if share > beyond]
    came = fsum(weight for _, waits_still, weight in longer if not waits_still)
    return came / fsum(share * weight for share, _, weight in longer) if came else 1 / (beyond or 1.0)
