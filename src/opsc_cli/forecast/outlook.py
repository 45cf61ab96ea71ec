"""What is known of the Committee's calendar and queue on a day, and the chances of each State that follow from it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import fsum

from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.meetings import Meeting, calendar, to_come
from opsc_cli.forecast.passed import group_of
from opsc_cli.forecast.review import Chances, Moment, Past
from opsc_cli.forecast.slots import Slot, slot_of
from opsc_cli.forecast.turns import Last
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import Closings, closings_of, known_on
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import State

YEARS_AHEAD = 12
"""How far the calendar is projected; later chances count as its last session."""


class Ahead(Frozen, kw_only=False):
    """Chances by session: of slots that passed without a record, and of each future session."""

    passed_unseen: float
    sessions: tuple[float, ...]

    @property
    def beyond(self) -> float:
        """The chance of a review after all of these sessions."""
        return max(1 - self.passed_unseen - fsum(self.sessions), 0.0)

    def by(self, chance: float) -> int | None:
        """The first session by which a review has this `chance`, given that none passed unseen; None if later."""
        come, enough = 0.0, (1 - self.passed_unseen) * chance - _ROUNDING
        for n, session in enumerate(self.sessions):
            come += session
            if come >= enough:
                return n
        return None


_ROUNDING = 1e-9


class Outlook:
    """The calendar and the forecasts as known on a day; created once and used for any number of reports.

    `past`: that of the dataset; pass it to avoid recomputation when asking about many days.
    """

    def __init__(self, dataset: Dataset, as_of: date, past: Past | None = None) -> None:
        self.dataset, self.as_of, self._past = dataset, as_of, past
        self._last_state: tuple[str, State] | None = None
        self._likely_at: dict[int, list[tuple[str, float]]] = {}

    @cached_property
    def past(self) -> Past:
        return self._past or Past(self.dataset)

    @cached_property
    def moment(self) -> Moment:
        return self.past.moment(self.as_of)

    @property
    def over(self) -> Slot:
        return self.moment.over

    @cached_property
    def sessions(self) -> list[Meeting]:
        """Those to come."""
        return [m for m in self._recent if m.kind == "session" and to_come(m, self.as_of)]

    @cached_property
    def groups(self) -> list[Meeting]:
        """The working groups to come."""
        return [m for m in self._recent if m.kind == "pre-sessional working group" and to_come(m, self.as_of)]

    @cached_property
    def slots(self) -> list[Slot]:
        return [slot_of(m.opens_by) for m in self.sessions]

    @cached_property
    def unseen(self) -> int:
        """Number of slots that passed without a record."""
        return max((0, *(slot_of(m.opens_by) - self.over for m in self._recent if _opened(m, self.as_of))))

    @property
    def horizon(self) -> int:
        return self.slots[-1] - self.over

    @property
    def seen(self) -> tuple[object, ...]:
        """Everything that a forecast depends on: if it is equal on two days, so is every forecast."""
        return self.sessions, self.groups, self.over, self.unseen, self.in_hand, self.last

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The calendar; most forecasts need only its end."""
        return self._meetings(date.min)

    @cached_property
    def _recent(self) -> tuple[Meeting, ...]:
        return self._meetings(date(max(self.as_of.year - 2, 1), 1, 1))

    def _meetings(self, since: date) -> tuple[Meeting, ...]:
        return calendar(self.dataset.sessions, self.dataset.pre_sessions, self.as_of, YEARS_AHEAD, since)

    @cached_property
    def last(self) -> Mapping[str, Last | None]:
        """The last review of each party to the Convention."""
        return self.past.last(self.as_of)

    @cached_property
    def in_hand(self) -> Mapping[str, InHand]:
        """What is on record of each State's next report; no key if nothing is."""
        return self.past.in_hand(self.as_of, self.as_of)

    @cached_property
    def reviews(self) -> Mapping[str, Chances]:
        """For each party to the Convention, the chance of each slot from the first that has not ended."""
        return self.past.reviews(self.as_of, self.horizon)

    @cached_property
    def _closings(self) -> Closings:
        return closings_of(self.dataset.sessions)

    def state(self, iso3: str) -> State:
        """The State as known on the day. Only the last one is kept: an answer asks for it several times."""
        last = self._last_state
        if last is None or last[0] != iso3:
            known = known_on(self.as_of, self.dataset.states[iso3], self._closings)
            self._last_state = last = iso3, known
        return last[1]

    def passed_group(self, place: int) -> Meeting | None:
        """The working group at a negative index, before those to come; None for any other."""
        if place >= 0:
            return None
        return group_of(slot_of(self.groups[0].opens_by) + place, self._recent, self.as_of)

    def ahead(self, chances: Chances) -> Ahead:
        """Assigns chances of slots to sessions; that of a slot without a session goes to the next one."""
        ends = [slot - self.over for slot in self.slots]
        sessions = (fsum(chances[start:end]) for start, end in zip((self.unseen, *ends), ends, strict=False))
        return Ahead(fsum(chances[: self.unseen]), tuple(sessions))

    def likely_at(self, session: Meeting) -> list[tuple[str, float]]:
        """States with the chance that a future session is their next review, likeliest first.

        The chances sum to the number of States that the Committee reviews at a session.
        """
        place = self.sessions.index(session)
        if place not in self._likely_at:
            found = [(iso3, self.ahead(chances).sessions[place]) for iso3, chances in self.reviews.items()]
            self._likely_at[place] = sorted(found, key=lambda pair: -pair[1])
        return self._likely_at[place]


def _opened(meeting: Meeting, as_of: date) -> bool:
    """Whether a session has opened, by the calendar. Only closed sessions have their reviews on record."""
    return meeting.kind == "session" and meeting.status not in ("cancelled", "postponed") and meeting.opens_by <= as_of
