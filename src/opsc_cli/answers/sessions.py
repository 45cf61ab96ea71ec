"""The sessions to list; for one session, its States and the deadlines for submissions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsc_cli.forecast.meetings import Meeting, ordinal, to_come
from opsc_cli.forecast.slots import slot_of
from opsc_cli.record.dates import first_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import closings_of, known_on, review_known_from
from opsc_cli.record.records import Dataset

if TYPE_CHECKING:  # a list of sessions needs no forecast
    from opsc_cli.forecast.outlook import Outlook
    from opsc_cli.forecast.submissions import PlanStep

HELD, TO_COME = 3, 6
"""Number of past and future sessions in a list by default."""
LEAST_CHANCE = 0.01
"""States with a smaller chance are not listed."""


class NoSuchSession(ValueError):
    """No session of this number or year is on record or projected; the message says what to give."""


class Detail(Frozen):
    """What is known, or likely, about one session."""

    session: Meeting
    note: str | None
    """Why it is this session, if its number is assumed."""
    prepared_by: tuple[Meeting, ...]
    """The working groups on record that prepare it."""
    named: tuple[tuple[str, str], ...]
    """The States on its programme, each with the report. Reviews held are not included."""
    likely: tuple[tuple[str, float], ...]
    """For a future session: States with the chance that it is their next review, likeliest first."""
    submissions: "tuple[PlanStep, ...]"
    """The submissions for it and for the working groups after it, with their deadlines."""


def recent(meetings: Sequence[Meeting], as_of: date) -> tuple[Meeting, ...]:
    """The last three sessions held before `as_of` and the next six, with their working groups."""
    sessions = [m for m in meetings if m.kind == "session"]
    held = [m for m in sessions if m.status.startswith("held")]
    ahead = [m for m in sessions if to_come(m, as_of)]
    first = meetings.index(held[-HELD]) if len(held) >= HELD else 0
    end = meetings.index(ahead[TO_COME]) if len(ahead) > TO_COME else len(meetings)
    return tuple(meetings[first:end])


def since(meetings: Iterable[Meeting], day: date) -> tuple[Meeting, ...]:
    """The meetings that open on `day` or later."""
    return tuple(m for m in meetings if m.opens and m.opens_by >= day)


def reviews_by_session(dataset: Dataset, as_of: date) -> dict[str, list[tuple[str, str, str]]]:
    """State, report and outcome of each review known on `as_of`, by session number."""
    closings = closings_of(dataset.sessions)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for iso3, state in dataset.states.items():
        for report in state.all_reports:
            if report.review and review_known_from(report.review, closings) <= as_of:
                what = report.treaty if report.kind == "unspecified" else f"{report.treaty} {report.kind}"
                outcome = report.review.outcome or "reviewed"
                found.setdefault(str(report.review.session), []).append((iso3, what, outcome))
    return found


def asked_for(text: str, outlook: "Outlook") -> tuple[tuple[Meeting, ...], tuple[Detail, ...]]:
    """The session that `text` names, or those of a year, with their working groups; and the details of each.

    `text`: "next", a year, or a number. Raises NoSuchSession.
    """
    wanted, note = _wanted(text, outlook)
    meetings = tuple(_with_groups(outlook.meetings, wanted))
    number = int(text) if note else None
    return meetings, tuple(_detail(session, outlook, number, note) for session in wanted)


def detail_of(session: Meeting, outlook: "Outlook") -> Detail:
    """What is known, or likely, about a session of the calendar."""
    return _detail(session, outlook, None, None)


def _wanted(text: str, outlook: "Outlook") -> tuple[tuple[Meeting, ...], str | None]:
    sessions = [m for m in outlook.meetings if m.kind == "session"]
    if text.casefold() == "next":
        return (outlook.sessions[0],), None
    if not (text.isascii() and text.isdecimal()):
        raise NoSuchSession(
            f"{text!r}: expected a session's number, a year, or next; for example: `opsc sessions next`"
        )
    if len(text) == len("2027"):
        found = tuple(m for m in sessions if m.opens and first_day(m.opens).year == int(text))
    else:
        found = tuple(m for m in sessions if m.number == text)
    if found:
        return found, None
    supposed = _supposed(int(text), sessions, outlook)
    if supposed is None:
        ends = f"the calendar ends in {outlook.sessions[-1].opens_by.year}"
        known = f"no session {text!r} is on record as of {outlook.as_of}, and {ends}"
        raise NoSuchSession(f"{known}; `opsc sessions --all` lists every one")
    return (supposed,), _why(int(text), supposed, outlook)


def _last_number(outlook: "Outlook") -> int:
    return max((int(m.number) for m in outlook.meetings if m.kind == "session" and m.number), default=0)


def _supposed(number: int, sessions: Iterable[Meeting], outlook: "Outlook") -> Meeting | None:
    """The projected session that will have `number` if every session after the last numbered one is held."""
    if number <= _last_number(outlook):
        return None
    slot = outlook.past.proceedings.slot_of_session(number, outlook.as_of)
    return next((m for m in sessions if m.number is None and slot_of(m.opens_by) == slot), None)


def _why(number: int, supposed: Meeting, outlook: "Outlook") -> str:
    last = ordinal(_last_number(outlook))
    return (
        f"The {ordinal(number)} session is not on record. If each session after the {last} is held, it is that of"
        f" {supposed.label}; a session that is not held passes its number on."
    )


def _with_groups(meetings: Iterable[Meeting], wanted: Sequence[Meeting]) -> Iterator[Meeting]:
    """The wanted sessions, each with the working groups that follow it, on record or in time."""
    numbers = {m.number for m in wanted if m.number}
    last: Meeting | None = None
    for meeting in meetings:
        if meeting.kind == "session":
            last = meeting
        follows = str(meeting.follows) in numbers if meeting.follows else last in wanted
        if meeting in wanted or (meeting.kind != "session" and follows):
            yield meeting


def _detail(session: Meeting, outlook: "Outlook", number: int | None, note: str | None) -> Detail:
    from opsc_cli.forecast.submissions import submissions_for

    known_as = number or (int(session.number) if session.number else None)
    chances = outlook.likely_at(session) if session in outlook.sessions else []
    ahead = [m for m in _with_groups(outlook.meetings, (session,)) if to_come(m, outlook.as_of)]
    return Detail(
        session=session,
        note=note,
        prepared_by=tuple(m for m in outlook.meetings if m.prepares and m.prepares == known_as),
        named=tuple(_named(outlook.dataset, outlook.as_of, known_as)) if known_as else (),
        likely=tuple((iso3, chance) for iso3, chance in chances if chance >= LEAST_CHANCE),
        submissions=tuple(submissions_for(m, outlook.as_of) for m in ahead),
    )


def _named(dataset: Dataset, as_of: date, number: int) -> Iterator[tuple[str, str]]:
    """The States and reports that a programme known by `as_of` names for a session."""
    for iso3, state in dataset.states.items():
        for report in known_on(as_of, state, {}).all_reports:
            if report.programme and report.programme.session == number:
                yield iso3, f"{report.treaty} {report.kind}"
