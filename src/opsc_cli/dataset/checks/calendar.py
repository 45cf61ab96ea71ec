"""The calendar of the Committee: sessions in order and in their months, and each working group after its session."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from opsc_cli.dataset.checks.walking import Fault, sessions_by_number
from opsc_cli.record.dates import days_from, first_day, in_words, last_day
from opsc_cli.record.known import reaches_to
from opsc_cli.record.records import Dataset, Session

_MONTHS_OF_SESSIONS = {1: "January", 5: "May", 9: "September"}
_LONGEST_SESSION_IN_DAYS, _LATEST_GROUP_IN_DAYS, _FRIDAY_TO_MONDAY = 26, 7, 3
_LONGEST_CONFIRMED_IN_DAYS, _LATEST_CONFIRMED_IN_DAYS = 40, 120
"""With `confirmed`: a reason makes a session longer, but not by a month, and a group later, but not by a season."""
_MONDAY, _FRIDAY = 0, 4
_SESSIONS_A_YEAR = 3
_FIRST_TO_BE_FOLLOWED_TWO_AHEAD = 63
"""From the group of June 2013 on, after the 63rd session, a group prepares the session after the next."""


def sessions_are_in_order(dataset: Dataset) -> Iterator[Fault]:
    for (_, earlier), (position, later) in pairwise(_that_take_place(dataset)):
        where = ("sessions", position)
        if first_day(later.opens) <= last_day(earlier.closes):
            yield Fault(
                "sessions",
                (*where, "opens"),
                "MEET02",
                "opens before the previous session has closed; fix whichever is wrong",
            )
        if earlier.number and later.number and later.number <= earlier.number:
            yield Fault(
                "sessions",
                (*where, "number"),
                "MEET02",
                f"{later.number} after {earlier.number}; put the sessions in order",
            )
    for where, meeting in _meetings(dataset):
        if meeting.opens and meeting.closes and first_day(meeting.opens) > last_day(meeting.closes):
            yield Fault("sessions", (*where, "closes"), "DATE01", "closes before it opens; fix whichever is wrong")


def _meetings(dataset: Dataset) -> Iterator[tuple[tuple[str, int], Any]]:
    """The sessions and the working groups, each with its path."""
    yield from ((("sessions", position), session) for position, session in enumerate(dataset.sessions))
    yield from ((("pre_sessions", position), group) for position, group in enumerate(dataset.pre_sessions))


def _that_take_place(dataset: Dataset) -> list[tuple[int, Session]]:
    """The sessions that were held or are announced, with their positions."""
    return [(i, s) for i, s in enumerate(dataset.sessions) if s.status not in ("cancelled", "postponed")]


def sessions_are_in_their_months(dataset: Dataset) -> Iterator[Fault]:
    """The Committee meets in January, May and September; another month needs a note."""
    for position, session in enumerate(dataset.sessions):
        months = {first_day(session.opens).month, last_day(session.closes).month}
        if not months & _MONTHS_OF_SESSIONS.keys() and not session.note:
            message = "not in January, May or September; expected one of these months, or a `note` that says why"
            yield Fault("sessions", ("sessions", position, "opens"), "MEET04", message)


def sessions_are_whole_weeks(dataset: Dataset) -> Iterator[Fault]:
    """A session opens on a Monday and closes on a Friday, unless confirmed."""
    for position, session in enumerate(dataset.sessions):
        for field, weekday, name in (("opens", _MONDAY, "Monday"), ("closes", _FRIDAY, "Friday")):
            day = getattr(session, field)
            if isinstance(day, date) and day.weekday() != weekday and not session.confirmed:
                message = f"{field} on a {day:%A}; expected a {name}, or `confirmed` with the reason"
                yield Fault("sessions", ("sessions", position, field), "SUSP04", message, "warning")


def meetings_last_some_weeks(dataset: Dataset) -> Iterator[Fault]:
    """A session, or a working group, lasts at most four weeks, unless confirmed; of a month, every day is possible."""
    for where, meeting in _meetings(dataset):
        if not meeting.opens or not meeting.closes:
            continue
        most = _LONGEST_CONFIRMED_IN_DAYS if meeting.confirmed else _LONGEST_SESSION_IN_DAYS
        if days_from(last_day(meeting.opens), first_day(meeting.closes)) > most:
            weeks, reason = ("six", "") if meeting.confirmed else ("four", ", or `confirmed` with the reason")
            message = f"more than {weeks} weeks; correct the day on which it opens or closes{reason}"
            yield Fault("sessions", (*where, "closes"), "MEET02", message)


def sessions_last_three_weeks(dataset: Dataset) -> Iterator[Fault]:
    """A session of one, two or four whole weeks needs a note."""
    for position, session in enumerate(dataset.sessions):
        if not isinstance(session.opens, date) or not isinstance(session.closes, date):
            continue
        weeks, rest = divmod(days_from(session.opens, session.closes) + _FRIDAY_TO_MONDAY, 7)
        if weeks in (1, 2, 4) and rest == 0 and not (session.note or session.confirmed):
            message = f"lasts {weeks} weeks; expected three, or a `note` that says why"
            yield Fault("sessions", ("sessions", position, "closes"), "MEET04", message)


def numbers_keep_pace(dataset: Dataset) -> Iterator[Fault]:
    """Three sessions a year: the numbers of two sessions differ by the number of seasons between them."""
    numbered = [(position, session) for position, session in _that_take_place(dataset) if session.number]
    for (_, earlier), (position, later) in pairwise(numbered):
        seasons = round(days_from(first_day(earlier.opens), first_day(later.opens)) * _SESSIONS_A_YEAR / 365.25)
        if not 0 <= seasons - (later.number - earlier.number) + 1 <= 2:  # type: ignore[operator]
            message = f"{later.number} comes {seasons} seasons after {earlier.number}; fix whichever is wrong"
            yield Fault("sessions", ("sessions", position, "number"), "MEET02", message)


def groups_follow_their_session(dataset: Dataset) -> Iterator[Fault]:
    """A working group meets in the days after a session, and prepares the session that its label names."""
    by_number = sessions_by_number(dataset)
    for position, group in enumerate(dataset.pre_sessions):
        where = ("pre_sessions", position)
        if group.follows and group.prepares and not group.confirmed:
            expected = group.follows + _sessions_ahead(group)
            if group.prepares != expected:
                message = f"follows {group.follows}; expected to prepare {expected}, or `confirmed` with the reason"
                yield Fault("sessions", (*where, "prepares"), "MEET05", message)
        label = group.label.partition(" ")[0]
        if group.prepares and label.isdecimal() and int(label) != group.prepares and not group.confirmed:
            yield Fault(
                "sessions",
                (*where, "label"),
                "MEET05",
                f"labelled {label}, but prepares {group.prepares}; fix whichever is wrong",
            )
        session = by_number.get(group.follows) if group.follows else None
        if session and group.opens:
            yield from _sits_after(where, group, session)


def _sessions_ahead(group: Any) -> int:
    """1; since June 2013, 2, but 1 under the simplified reporting procedure."""
    return 1 if group.follows < _FIRST_TO_BE_FOLLOWED_TWO_AHEAD or "SRP" in group.label else 2


def groups_are_whole_weeks(dataset: Dataset) -> Iterator[Fault]:
    """A working group meets from a Monday to the Friday of the same week, unless confirmed."""
    for position, group in enumerate(dataset.pre_sessions):
        opens, closes = group.opens, group.closes
        if not isinstance(opens, date) or not isinstance(closes, date) or group.confirmed:
            continue
        if opens.weekday() != _MONDAY or days_from(opens, closes) != _FRIDAY - _MONDAY:
            message = f"opens on a {opens:%A} and closes on a {closes:%A}, {days_from(opens, closes)} days later"
            expected = "expected Monday to Friday, or `confirmed` with the reason"
            yield Fault("sessions", ("pre_sessions", position, "opens"), "SUSP04", f"{message}; {expected}", "warning")


_PLACES = {"held": ("Geneva",), "held-online": ("online",)}


def status_fits_place_and_number(dataset: Dataset) -> Iterator[Fault]:
    """The status agrees with the place (Geneva, online, elsewhere); a session not held has no number."""
    for position, session in enumerate(dataset.sessions):
        where = ("sessions", position, "status")
        own = [status for status, places in _PLACES.items() if session.place in places] or ["held-elsewhere"]
        is_held = session.status.startswith("held")
        if is_held and session.place and session.status not in own:
            yield Fault("sessions", where, "MEET09", f"{session.status}, but in {session.place}; expected {own[0]}")
        if is_held and not session.number:
            yield Fault("sessions", where, "MEET09", "held, but without a number; add the number or correct the status")
        if session.status in ("cancelled", "postponed") and session.number:
            message = f"{session.status}, but numbered {session.number}; give that number to the next session held"
            yield Fault("sessions", where, "MEET09", message)


def announced_meetings_are_to_come(dataset: Dataset) -> Iterator[Fault]:
    """A meeting that opened before the record ends, or before it was checked, is no longer `announced`."""
    for where, meeting in _meetings(dataset):
        ends = reaches_to(dataset.as_of.committee, meeting.checked)
        if meeting.status == "announced" and meeting.opens and last_day(meeting.opens) < ends:
            message = f"announced, though the record reaches to {in_words(ends)}; expected `held` or `cancelled`"
            yield Fault("sessions", (*where, "status"), "MEET09", message)


def _sits_after(where: tuple[str, int], group: Any, session: Any) -> Iterator[Fault]:
    opens, closes = first_day(group.opens), last_day(session.closes)
    latest = opens if isinstance(group.opens, date) else last_day(group.closes or group.opens)
    if latest <= closes:
        message = f"opens before session {session.number}, which it follows, has closed; fix whichever is wrong"
        yield Fault("sessions", (*where, "opens"), "MEET05", message)
    elif isinstance(group.opens, date) and days_from(closes, opens) > (
        _LATEST_CONFIRMED_IN_DAYS if group.confirmed else _LATEST_GROUP_IN_DAYS
    ):
        message = f"opens {days_from(closes, opens)} days after the session that it follows; expected the week after"
        yield Fault("sessions", (*where, "opens"), "MEET05", message)
