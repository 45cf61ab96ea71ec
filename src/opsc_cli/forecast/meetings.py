"""The Committee's calendar: sessions and pre-sessional working groups, on record and projected.

Meetings on record have a status. Their numbers are labels: if a session is not held, the next one takes its number.
Beyond the record we project months, never days, and give a number only if the previous session is known as held.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from opsc_cli.forecast.slots import SLOTS_A_YEAR, Slot, slot_of
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.committee import COMMITTEE_PAGE
from opsc_cli.months import MONTHS, words_of
from opsc_cli.record.dates import Month, Recorded, first_day, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import meetings_known_on
from opsc_cli.record.records import PreSession, Session

MEETINGS = Authority(
    "Committee's practice",
    "sessions and pre-sessional working groups",
    "The Committee holds three sessions of three weeks a year, opening in January, in May and in late August or"
    " September; a pre-sessional working group meets in the week after each.",
    COMMITTEE_PAGE,
)

MeetingKind = Literal["session", "pre-sessional working group"]


class Meeting(Frozen):
    """A session or working group, as known on a day.

    `opens` and `closes` are days if the meeting is on record, months if it is projected.
    """

    kind: MeetingKind
    label: str
    """ "100th session" or "January–February 2027"."""
    number: str | None
    opens: Recorded | None
    closes: Recorded | None
    opens_by: date
    """The last day on which it can open."""
    status: str
    place: str | None = None
    certainty: Certainty
    prepares: int | None = None
    follows: int | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    checked: date | None = None


class Season(Frozen, kw_only=False):
    """One of the year's three slots for a session: the first and last day, as (month, day), on which it opens."""

    opens_from: tuple[int, int]
    opens_until: tuple[int, int]

    def opening(self, year: int) -> tuple[date, date]:
        return date(year, *self.opens_from), date(year, *self.opens_until)


SEASONS = (Season((1, 8), (1, 22)), Season((5, 3), (5, 20)), Season((8, 24), (9, 18)))
"""Winter, spring, autumn: the range of openings on record."""

SESSION_DAYS = timedelta(days=18)
"""From the Monday of the opening to the third Friday."""
GROUP_OPENS_AFTER = timedelta(days=21)
"""The working group opens on the Monday after the session."""
GROUP_DAYS = timedelta(days=4)


def calendar(
    sessions: Iterable[Session], groups: Iterable[PreSession], as_of: date, years: int = 3, since: date = date.min
) -> tuple[Meeting, ...]:
    """Committee's practice: the meetings known on `as_of`, then the projected ones, in order of time.

    Meetings are projected from the last known session to the end of the year `years` after `as_of`. A slot that passed
    by `as_of` without a record is `not-on-record`: neither held nor future. Those that opened before `since` are left
    out.
    """
    held, prepared = meetings_known_on(as_of, sessions), meetings_known_on(as_of, groups)
    openings = {"session": _openings(held), "pre-sessional working group": _openings(prepared)}
    past = (first_day(session.opens) for session in held if session.status != "announced")
    projected = _projected(max(past, default=date(as_of.year, 1, 1)), as_of, years)
    found = (
        *(_session(session) for session in held if last_day(session.opens) >= since),
        *(_group(group) for group in prepared if (last_day(group.opens) if group.opens else date.min) >= since),
        *(meeting for meeting in projected if not _is_taken(meeting, openings[meeting.kind])),
    )
    return tuple(sorted(found, key=_order))


def _openings(meetings: Iterable[Session | PreSession]) -> list[date]:
    return sorted(first_day(meeting.opens) for meeting in meetings if meeting.opens)


def to_come(meeting: Meeting, day: date) -> bool:
    """Whether the meeting, on record or projected, can still open after `day`."""
    return meeting.status in ("announced", "projected") and meeting.opens_by > day


def ordinal(number: int) -> str:
    """100 → "100th"."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _session(session: Session) -> Meeting:
    return Meeting(
        kind="session",
        label=f"{ordinal(session.number)} session" if session.number else f"session of {_months(session.opens)}",
        number=str(session.number) if session.number else None,
        opens=session.opens,
        closes=session.closes,
        opens_by=last_day(session.opens),
        status=session.status,
        place=session.place,
        certainty=_certainty(session.confidence),
        sources=session.sources,
        note=session.note,
        checked=session.checked.day if session.checked else None,
    )


def _group(group: PreSession) -> Meeting:
    return Meeting(
        kind="pre-sessional working group",
        label=f"pre-session {group.label}",
        number=group.label,
        opens=group.opens,
        closes=group.closes,
        opens_by=last_day(group.opens) if group.opens else date.min,
        status=group.status,
        certainty=_certainty(group.confidence),
        prepares=group.prepares,
        follows=group.follows,
        sources=group.sources,
        note=group.note,
        checked=group.checked.day if group.checked else None,
    )


def _certainty(confidence: str) -> Certainty:
    return Certainty.COMMITTEE_SET if confidence == "sourced" else Certainty.PRACTICE


def _projected(after: date, as_of: date, years: int) -> Iterator[Meeting]:
    for year in range(after.year, max(after.year, as_of.year) + years + 1):
        for season in SEASONS:
            earliest, latest = season.opening(year)
            if latest <= after:
                continue
            yield _slot("session", (earliest, latest), SESSION_DAYS, as_of)
            yield group_projected_for(slot_of(latest), as_of)


def group_projected_for(slot: Slot, as_of: date) -> Meeting:
    """The working group that the pattern of the calendar gives for a slot."""
    season = SEASONS[slot % SLOTS_A_YEAR]
    earliest, latest = (day + GROUP_OPENS_AFTER for day in season.opening(slot // SLOTS_A_YEAR))
    return _slot("pre-sessional working group", (earliest, latest), GROUP_DAYS, as_of)


def _is_taken(projected: Meeting, openings: Sequence[date]) -> bool:
    """Whether the slot has a meeting on record; some opened a little before or after the usual days."""
    place = bisect_left(openings, projected.opens_by - _ABOUT)
    return place < len(openings) and openings[place] <= projected.opens_by + _ABOUT


_ABOUT = timedelta(days=52)
"""A session that opens within this time of a slot's last day belongs to that slot; slots are over 100 days apart."""


def _slot(kind: MeetingKind, opening: tuple[date, date], length: timedelta, as_of: date) -> Meeting:
    earliest, latest = opening[0], opening[1] + length
    passed = latest <= as_of
    return Meeting(
        kind=kind,
        label=_span(earliest, latest),
        number=None,
        opens=Month(earliest.year, earliest.month),
        closes=Month(latest.year, latest.month),
        opens_by=opening[1],
        status="not-on-record" if passed else "projected",
        certainty=Certainty.PROJECTION,
    )


def _span(earliest: date, latest: date) -> str:
    if earliest.month == latest.month:
        return words_of(earliest.year, earliest.month)
    return f"{MONTHS[earliest.month - 1]}–{words_of(latest.year, latest.month)}"


def _months(recorded: Recorded) -> str:
    day = first_day(recorded)
    return words_of(day.year, day.month)


def _order(meeting: Meeting) -> tuple[date, date]:
    """By the last day of opening: by its first day, a projected group would come before a session on record."""
    opens = meeting.opens_by if meeting.opens else date.max
    return opens, last_day(meeting.closes) if meeting.closes else opens
