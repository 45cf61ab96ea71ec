"""The queue of reports before the Committee, as it was known on a day, in units of sessions.

Time is measured in sessions: a day lies on a ruler whose marks are the openings of the sessions, so a
report received halfway between the 90th and the 91st stands at 90.5. A report's wait is the number of
the session that reviewed it less that position. The two procedures are two populations and never pooled:
this queue is that of the standard procedure.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from statistics import median

from opsc_cli.forecast.meetings import Meeting
from opsc_cli.law.committee import SIMPLIFIED_FROM
from opsc_cli.record.dates import first_day
from opsc_cli.record.known import Closings
from opsc_cli.record.records import Handled

RECENT_SESSIONS = 3
"""The wait of the day is the median wait of the reports reviewed in so many sessions."""

ENOUGH_REVIEWS = 4
"""With fewer reviews in those sessions older ones are taken in, two sessions at a time."""

FAR_AHEAD = 6
"""Sessions. A review so far ahead is expected half way between the wait of the day and that of all time."""

MOST_SESSIONS_APART = 12

ENOUGH_PAST_FORECASTS = 60
"""So many past forecasts of about the same distance give a range; with fewer, those of other distances join."""

_SESSIONS_A_YEAR = 3


class Ruler:
    """Days as positions between sessions, by what was known on the day `as_of`."""

    def __init__(self, meetings: Sequence[Meeting], as_of: date) -> None:
        held = [
            (first_day(m.opens).toordinal(), int(m.number))
            for m in meetings
            if m.kind == "session" and m.number and m.opens and m.status.startswith("held")
        ]
        self.as_of = as_of
        self.last_held = held[-1][1] if held else 0
        unseen = [m for m in meetings if _opened_unseen(m, as_of)]
        marks = [*held, *((_about(m), self.last_held + n) for n, m in enumerate(unseen, start=1))]
        self._days = [day for day, _ in marks]
        self._numbers = [number for _, number in marks]
        self.passed = self.last_held + len(unseen)
        """The number of the last session that has opened: on record, or by the calendar without a record."""
        self.unseen = len(unseen)

    def at(self, day: date) -> float:
        """Where `day` lies. Between two sessions in proportion; beyond the marks by three sessions a year.

        A day that has come lies before the next session, however late that one is.
        """
        if not self._days:
            return 0.0
        ordinal, place = day.toordinal(), bisect_right(self._days, day.toordinal())
        if place == 0 or place == len(self._days):
            end = 0 if place == 0 else -1
            reached = self._numbers[end] + (ordinal - self._days[end]) * _SESSIONS_A_YEAR / 365.25
            return min(reached, self.passed + 0.99) if place and day <= self.as_of else reached
        before, after = place - 1, place
        share = (ordinal - self._days[before]) / (self._days[after] - self._days[before])
        return self._numbers[before] + share * (self._numbers[after] - self._numbers[before])


def _opened_unseen(meeting: Meeting, as_of: date) -> bool:
    return meeting.kind == "session" and meeting.status in ("not-on-record", "projected") and meeting.opens_by <= as_of


def _about(meeting: Meeting) -> int:
    """The day on which a projected session will about open, a week before the last one possible."""
    return meeting.opens_by.toordinal() - 7


@dataclass(frozen=True, slots=True)
class Place:
    """A report in the queue: where it was received on the ruler, and the session that reviewed it, if any did."""

    received: float
    session: int | None


@dataclass(frozen=True, slots=True)
class PastForecast:
    """What the same rule would have said of a report at an earlier session, and how it came.

    `left` and `came` are sessions from then to the review; of a report still pending `came` is how long it
    has waited since, which is told only once that is longer than `left`.
    """

    left: int
    came: int


class Queue:
    """The reports known by a day whose session, if any, is on record, and what those say of waiting."""

    def __init__(self, handled: Sequence[Handled], ruler: Ruler, closings: Closings, as_of: date) -> None:
        self.ruler = ruler
        self.places = [
            Place(ruler.at(h.received), h.session if closings.get(h.session or 0, date.max) <= as_of else None)
            for h in handled
            if h.received <= as_of and follows_standard_procedure(h) and (h.session is None or h.session in closings)
        ]
        self.reviewed = sum(1 for p in self.places if p.session)
        known = [h for h in handled if h.session and closings.get(h.session, date.max) <= as_of]
        self.came_after_list = [
            h.session - floor(ruler.at(h.listed)) for h in known if h.session and h.listed and h.listed <= as_of
        ]
        """Of the reports with a list of issues on record, at which session after it each was reviewed."""
        self.simplified_late = [
            h.session - ceil(ruler.at(h.received)) - 1 for h in known if h.session and not follows_standard_procedure(h)
        ]
        """Of the reports under the simplified procedure, how many sessions after the plain rule's each was reviewed."""
        self._waits: dict[int, tuple[float, float] | None] = {}
        self._past: list[PastForecast] | None = None

    def waits_at(self, session: int) -> tuple[float, float] | None:
        """The median wait of the reports reviewed lately at `session`, and of all reviewed by it; None without any."""
        if session not in self._waits:
            waits = [(p.session, p.session - p.received) for p in self.places if p.session and p.session <= session]
            reach = RECENT_SESSIONS
            while len(recent := [w for s, w in waits if s > session - reach]) < ENOUGH_REVIEWS and reach <= session:
                reach += 2
            self._waits[session] = (median(recent), median(w for _, w in waits)) if recent else None
        return self._waits[session]

    def sessions_left(self, received: float, session: int, known: int) -> int | None:
        """How many sessions after `session` a report will likely be reviewed, by the reviews up to `known`.

        It waits as long as the reports reviewed lately had waited; while that lies far ahead, half way from
        there to the median of all. At least one: it was not reviewed yet.
        """
        waits = self.waits_at(known)
        if waits is None:
            return None
        lately, ever = waits
        far = min(1.0, max(0.0, received + lately - session) / FAR_AHEAD) / 2
        return max(1, round(received + lately + far * (ever - lately) - session))

    def past_forecasts(self) -> list[PastForecast]:
        """The same rule at every session that each report waited through, from what was known by that session."""
        if self._past is None:
            self._past = [past for place in self.places for past in self._forecasts_of(place)]
        return self._past

    def _forecasts_of(self, place: Place) -> Iterator[PastForecast]:
        end = place.session or self.ruler.last_held
        for session in range(floor(place.received), end):
            left = self.sessions_left(place.received, session, session)
            if left and (place.session or end - session > left):
                yield PastForecast(left, end - session)

    def came_after(self, left: int) -> list[int]:
        """How many sessions reports took that were forecast to take about `left`, in order.

        Forecasts of a distance up to two sessions apart speak for it, others only while those are too few.
        """
        apart = 2
        while True:
            came = [left - past.left + past.came for past in self.past_forecasts() if abs(past.left - left) <= apart]
            if len(came) >= ENOUGH_PAST_FORECASTS or apart > left + MOST_SESSIONS_APART:
                return sorted(max(1, sessions) for sessions in came)
            apart += 1


def follows_standard_procedure(handled: Handled) -> bool:
    """Whether a report belongs to the queue: by the record, else by what was usual when it was received."""
    return handled.procedure == "standard" or (handled.procedure is None and handled.received < SIMPLIFIED_FROM)
