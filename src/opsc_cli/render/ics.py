"""Dates as a calendar file (RFC 5545): all-day events with stable UIDs, so that a later import updates an older one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_DOMAIN = "opsc-cli"


class CalendarEvent(TypedDict):
    """Something on one day, or on every day from `first` to `last`."""

    uid: str
    """Stays the same while the date changes."""
    first: date
    last: date
    summary: str
    description: str
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    """Confirmed if the treaty or the Committee set the date, tentative if it is practice or a projection."""
    category: str
    url: str


class Calendar(TypedDict):
    """The events of a result. An awaited date makes no event; if there is none at all, `undated` says why."""

    events: Iterable[CalendarEvent]
    alarms: Sequence[int]
    """How many days before an event a reminder comes."""
    undated: Iterable[str]
    asked: Iterable[str]
    """The ISO 3166 alpha-3 codes of the States asked about."""


def calendar_text(calendar: Calendar, envelope: "Envelope") -> str:
    """The calendar file."""
    return "".join(calendar_lines(calendar, envelope))


def calendar_lines(calendar: Calendar, envelope: "Envelope") -> Iterator[str]:
    """Its lines, each when its event is made."""
    return (f"{_folded(line)}\r\n" for line in _unfolded(calendar, envelope))


def _unfolded(calendar: Calendar, envelope: "Envelope") -> Iterator[str]:
    """Only events after the day of the answer have reminders."""
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//opsc//opsc {envelope['tool_version']}//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "X-WR-CALNAME:OPSC reporting"
    nothing_dated = True
    for event in calendar["events"]:
        nothing_dated = False
        to_come = event["first"] > date.fromisoformat(envelope["as_of"])
        yield from _event(event, calendar["alarms"] if to_come else (), envelope)
    if nothing_dated:
        yield from _journal(calendar, envelope)
    yield "END:VCALENDAR"


def _event(event: CalendarEvent, alarms: Sequence[int], envelope: "Envelope") -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event['uid']}@{_DOMAIN}"
    yield from _stamps(envelope)
    yield f"DTSTART;VALUE=DATE:{event['first']:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event['last'] + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event['summary'])}"
    yield f"DESCRIPTION:{_escaped(event['description'])}"
    yield f"STATUS:{event['status']}"
    yield f"CATEGORIES:{_escaped(event['category'])}"
    yield "TRANSP:TRANSPARENT"
    if event["url"]:
        yield f"URL:{event['url']}"
    for days in alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event['summary'])}")
        yield from (f"TRIGGER:-P{days}D", "END:VALARM")
    yield "END:VEVENT"


def _journal(calendar: Calendar, envelope: "Envelope") -> Iterator[str]:
    """In place of events that there are none of: why."""
    yield "BEGIN:VJOURNAL"
    yield f"UID:{'-'.join(('nothing-dated', *map(str.lower, calendar['asked'])))}@{_DOMAIN}"
    yield from _stamps(envelope)
    yield f"DTSTART;VALUE=DATE:{_basic(envelope['as_of'])}"
    yield "SUMMARY:OPSC reporting: nothing is dated"
    yield f"DESCRIPTION:{_escaped(chr(10).join(calendar['undated']))}"
    yield "STATUS:FINAL"
    yield "END:VJOURNAL"


def _stamps(envelope: "Envelope") -> Iterator[str]:
    """When the data were made, and a number that grows with them and with the day: a later import replaces another."""
    made = "".join(part.zfill(2) for part in envelope["data_version"].split(".")[:3])
    yield f"DTSTAMP:{made}T000000Z"
    yield f"LAST-MODIFIED:{made}T000000Z"
    yield f"SEQUENCE:{max(made, _basic(envelope['as_of']))}"


def _basic(day: str) -> str:
    return day.replace("-", "")


def _escaped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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
