"""Dates as a calendar (RFC 5545): all-day events with stable names, so that a later import updates an earlier one.

CONFIRMED is what the treaty or the Committee set, TENTATIVE what practice or a projection gives; a window spans its
days. An awaited date makes no event. Where nothing is dated one journal entry says why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from opsc_cli.answers.position import Position
from opsc_cli.forecast.forecast import Forecast
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.plan import CIVIL_SOCIETY, Plan, Submission
from opsc_cli.law.authority import Answer, Authority, Certainty, Dated
from opsc_cli.law.standing import Obligation, Standing
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day
from opsc_cli.render.document import Envelope
from opsc_cli.render.words import in_a_sentence, sentence

Alarms = Sequence[int]
"""How many days before an event a reminder comes."""

_DOMAIN = "opsc-cli"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something on one day, or on every day from `first` to `last`."""

    uid: str
    first: date
    last: date
    summary: str
    description: str
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    category: str
    url: str


def of_states(positions: Sequence[Position], alarms: Alarms, envelope: Envelope) -> str:
    """What the States owe, each report on its day."""
    events = [event for position in positions for event in _events(position)]
    reasons = [sentence(position) for position in positions] or ["No State matches."]
    return _calendar(events, alarms, reasons, envelope, positions)


def of_meetings(meetings: Iterable[Meeting], alarms: Alarms, envelope: Envelope) -> str:
    """Sessions and working groups; a projected one spans the months it may fall in.

    A slot that passed without a record makes no event: nobody knows whether anything met.
    """
    events: dict[str, Event] = {}
    for meeting in meetings:
        if meeting.opens and meeting.status != "not-on-record":
            uid = f"{meeting.kind.replace(' ', '-')}-{first_day(meeting.opens):%Y-%m}"
            uid = f"{uid}-{meeting.number}" if uid in events else uid
            events[uid] = _meeting(uid, meeting, meeting.opens, meeting.closes or meeting.opens)
    return _calendar(tuple(events.values()), alarms, ["No meeting is on record."], envelope)


def of_forecasts(positions: Sequence[Position], alarms: Alarms, envelope: Envelope) -> str:
    """The meetings that will likely take up what the States owe, each over the days or months it is thought to last."""
    events = [
        event
        for position in positions
        for owed in position.owed
        if owed.forecast
        for event in _taken_up(_key_of(position, owed.obligation), _report_of(position, owed.obligation), owed.forecast)
    ]
    without = [reason for position in positions for reason in _without_forecast(position)]
    return _calendar(events, alarms, without, envelope, positions)


def of_forecast(found: Forecast, treaty: str, alarms: Alarms, envelope: Envelope) -> str:
    """The same for a report that is only said to be received on a day."""
    what = f"a report under the {treaty} received on {in_words(found.assumes_received)}"
    key = f"received-{found.assumes_received}-{treaty.lower()}"
    return _calendar(tuple(_taken_up(key, what, found)), alarms, (), envelope)


def of_plans(position: Position, plans: Sequence[Plan], alarms: Alarms, envelope: Envelope) -> str:
    """What to send for the reports of a State, on the day or in the month until which it is taken."""
    obligations = [owed.obligation for owed in position.owed if owed.forecast]
    events = [
        _to_send(_key_of(position, obligation), position.name, plan, submission, submission.by)
        for obligation, plan in zip(obligations, plans, strict=True)
        for submission in plan.submissions
        if submission.by
    ]
    undated = [f"{position.name}: {s.what}: {s.because}." for plan in plans for s in plan.submissions if not s.by]
    return _calendar(events, alarms, [*undated, *_without_forecast(position)], envelope, [position])


# ── events ───────────────────────────────────────────────────────────────────────────────────────


def _events(position: Position) -> Iterator[Event]:
    if position.status == "pending":
        if position.entry_into_force:
            yield from _dated(
                position,
                position.entry_into_force,
                "entry-into-force",
                "entry into force of the OPSC",
                position.standing,
            )
        if position.initial_report:
            yield from _dated(
                position,
                position.initial_report.due,
                "opsc-initial",
                "initial report under the OPSC due",
                position.standing,
            )
    for owed in position.owed:
        obligation = owed.obligation
        yield from _dated(position, obligation.due, _key(obligation), _what(obligation), obligation.standing)


def _key(obligation: Obligation) -> str:
    """What stays the same of a report while its date changes. Two requests are told apart by their days."""
    report = obligation.report
    key = f"{report.treaty}-{report.kind}".lower()
    if report.kind == "further-information" and isinstance(obligation.due, Dated):
        return f"{key}-{obligation.due.last}"
    return key


def _what(obligation: Obligation) -> str:
    report = obligation.report
    if obligation.is_treaty_term:
        return f"treaty term of the {report.name}"
    if report.received:
        return f"{report.name} was due (received)"
    expected = " expected" if obligation.due.certainty in (Certainty.PRACTICE, Certainty.PROJECTION) else " due"
    return report.name + expected


def _dated(position: Position, answer: Answer, key: str, what: str, standing: Standing) -> Iterator[Event]:
    if not isinstance(answer, Dated):
        return
    window = "" if answer.is_day else " (a day within this time)"
    yield Event(
        uid=f"{position.iso3.lower()}-{key}@{_DOMAIN}",
        first=answer.first,
        last=answer.last,
        summary=f"{position.name}: {what}{window}",
        description="\n".join(_reasons(position, answer)),
        status="CONFIRMED" if answer.certainty in (Certainty.TREATY, Certainty.COMMITTEE_SET) else "TENTATIVE",
        category=standing,
        url=answer.authority.url,
    )


def _reasons(position: Position, answer: Dated) -> Iterator[str]:
    authority: Authority = answer.authority
    yield sentence(position)
    yield f"{authority.short}: {answer.because}."
    yield f"Certainty: {answer.certainty.value}."
    yield f"Sources: {', '.join(answer.sources) or 'none'}."
    yield from position.notes


def _key_of(position: Position, obligation: Obligation) -> str:
    return f"{position.iso3.lower()}-{_key(obligation)}"


def _report_of(position: Position, obligation: Obligation) -> str:
    return f"{position.name}, {obligation.report.name}"


def _without_forecast(position: Position) -> Iterator[str]:
    """Why there is nothing to expect of a State, or of one of its reports."""
    if not position.owed:
        yield sentence(position)
    for owed in position.owed:
        if not owed.forecast:
            obligation = owed.obligation
            yield f"{_report_of(position, obligation)}: no day to start from ({obligation.standing_because})."


def _taken_up(key: str, what: str, found: Forecast) -> Iterator[Event]:
    """The likely working group, unless it has met, and the likely session: expected, though the meeting may be sure."""
    group = ("pre-session", "working group", found.pre_session.likely)
    session = ("session", "session", found.session.likely)
    for suffix, kind, meeting in (session,) if found.group_has_met else (group, session):
        if meeting.opens:
            yield Event(
                uid=f"{key}-{suffix}@{_DOMAIN}",
                first=first_day(meeting.opens),
                last=last_day(meeting.closes or meeting.opens),
                summary=f"{what}: likely {kind}, {meeting.label}",
                description=f"{in_a_sentence(found)}.\n{found.authority.short}.",
                status="TENTATIVE",
                category="forecast",
                url=found.authority.url,
            )


def _to_send(key: str, name: str, plan: Plan, submission: Submission, by: Recorded) -> Event:
    facts = (
        f"For the {plan.report}: {submission.because}.",
        f"Certainty: {submission.certainty.value}." if submission.certainty else "",
        *plan.form,
        *plan.notes,
    )
    return Event(
        uid=f"{key}-{submission.what.partition(' ')[0]}@{_DOMAIN}",
        first=first_day(by),
        last=last_day(by),
        summary=f"{name}: {submission.what}, for {submission.meeting.label}",
        description="\n".join(fact for fact in facts if fact),
        status="TENTATIVE",
        category="submission",
        url=CIVIL_SOCIETY.url,
    )


def _meeting(uid: str, meeting: Meeting, opens: Recorded, closes: Recorded) -> Event:
    place = f"Place: {meeting.place}." if meeting.place else ""
    sources = f"Sources: {', '.join(meeting.sources)}." if meeting.sources else ""
    facts = (f"Status: {meeting.status}.", f"Certainty: {meeting.certainty.value}.", place, meeting.note, sources)
    return Event(
        uid=f"{uid}@{_DOMAIN}",
        first=first_day(opens),
        last=last_day(closes),
        summary=f"Committee on the Rights of the Child: {_called(meeting)}",
        description="\n".join(fact for fact in facts if fact),
        status=_meeting_status(meeting),
        category=meeting.kind,
        url="",
    )


def _called(meeting: Meeting) -> str:
    called = f"{meeting.kind}, {meeting.label}" if meeting.certainty is Certainty.PROJECTION else meeting.label
    return called if meeting.status.startswith("held") else f"{called} ({meeting.status})"


def _meeting_status(meeting: Meeting) -> Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]:
    if meeting.status in ("cancelled", "postponed"):
        return "CANCELLED"
    return "CONFIRMED" if meeting.certainty is Certainty.COMMITTEE_SET else "TENTATIVE"


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


def _calendar(
    events: Sequence[Event],
    alarms: Alarms,
    reasons: Sequence[str],
    envelope: Envelope,
    asked: Sequence[Position] = (),
) -> str:
    """The events; where there is none the reasons, in one entry of the States asked about."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//opsc//opsc {envelope.tool_version}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:OPSC reporting",
    ]
    for event in events:
        lines.extend(_event(event, alarms if event.first > envelope.as_of else (), envelope))
    if not events:
        lines.extend(_journal("-".join(("nothing-dated", *(p.iso3.lower() for p in asked))), reasons, envelope))
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _event(event: Event, alarms: Alarms, envelope: Envelope) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield from _stamps(envelope)
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    yield f"STATUS:{event.status}"
    yield f"CATEGORIES:{_escaped(event.category)}"
    yield "TRANSP:TRANSPARENT"
    if event.url:
        yield f"URL:{event.url}"
    for days in alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.summary)}")
        yield from (f"TRIGGER:-P{days}D", "END:VALARM")
    yield "END:VEVENT"


def _journal(uid: str, reasons: Sequence[str], envelope: Envelope) -> Iterator[str]:
    yield "BEGIN:VJOURNAL"
    yield f"UID:{uid}@{_DOMAIN}"
    yield from _stamps(envelope)
    yield f"DTSTART;VALUE=DATE:{envelope.as_of:%Y%m%d}"
    yield "SUMMARY:OPSC reporting: nothing is dated"
    yield f"DESCRIPTION:{_escaped(chr(10).join(reasons))}"
    yield "STATUS:FINAL"
    yield "END:VJOURNAL"


def _stamps(envelope: Envelope) -> Iterator[str]:
    """When the data were made, and a number that grows with them and with the day: a later import replaces another."""
    made = "".join(part.zfill(2) for part in envelope.data_version.split(".")[:3])
    yield f"DTSTAMP:{made}T000000Z"
    yield f"LAST-MODIFIED:{made}T000000Z"
    yield f"SEQUENCE:{max(made, f'{envelope.as_of:%Y%m%d}')}"


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


_LONGEST = 75
"""Octets in a line, without its end (RFC 5545, 3.1)."""


def _folded(line: str) -> str:
    """The line in pieces of 75 octets at most, none of which breaks a character."""
    pieces, piece, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LONGEST:
            pieces.append(piece)
            piece, octets = "", 1  # the space that begins a continued line
        piece, octets = piece + character, octets + size
    return "\r\n ".join((*pieces, piece))
