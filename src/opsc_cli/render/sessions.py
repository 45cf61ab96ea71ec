"""`opsc sessions`: the Committee's sessions and working groups, with the reports that sessions considered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from opsc_cli.forecast.meetings import Meeting
from opsc_cli.law.authority import Certainty
from opsc_cli.record.dates import Recorded, first_day, last_day
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Part, grid, line
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract
    from opsc_cli.render.ics import Calendar, Event

Reviews = Mapping[str, Sequence[tuple[str, str, str]]]
"""What each session reviewed: State, report and outcome, by the session's number."""


def sessions_listing(
    meetings: Sequence[Meeting],
    reviews: Reviews,
    names: Mapping[str, str],
    *,
    with_reviews: bool,
    alarms: Sequence[int] = (),
) -> Listing:
    """`with_reviews`: a terminal also shows the States reviewed, by their `names`."""
    content = _content(meetings, reviews)
    return Listing(
        key="sessions",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, _in_order(content)),
        parts=lambda: list(_parts(meetings, content if with_reviews else [], names)),
        calendar=lambda: _calendar(meetings, alarms),
    )


def _content(meetings: Iterable[Meeting], reviews: Reviews) -> "list[contract.Session]":
    """Each session, with the working groups that met after it."""
    listed: list[contract.Session] = []
    for meeting in meetings:
        if meeting.kind == "session":
            listed.append({**_meeting(meeting), "reviews": _reviews(meeting, reviews), "pre_sessions": []})
        elif listed:
            after = next((s for s in listed if s["number"] and s["number"] == str(meeting.follows)), listed[-1])
            prepares = str(meeting.prepares) if meeting.prepares else None
            after["pre_sessions"].append({**_meeting(meeting), "prepares": prepares})
    return listed


def _meeting(meeting: Meeting) -> "contract.Meeting":
    return {
        "number": meeting.number,
        "label": meeting.label,
        "opens": iso(meeting.opens),
        "closes": iso(meeting.closes),
        "status": meeting.status,
        "place": meeting.place,
        "certainty": meeting.certainty.value,
        "sources": list(meeting.sources),
        "note": meeting.note,
    }


def _reviews(meeting: Meeting, reviews: Reviews) -> "list[contract.Review]":
    of_session = reviews.get(meeting.number, ()) if meeting.number else ()
    return [{"iso3": iso3, "report": report, "outcome": outcome} for iso3, report, outcome in of_session]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

_Listed = tuple[Literal["session", "pre-session"], "contract.Meeting", "Sequence[contract.Review]"]


def _in_order(sessions: "Iterable[contract.Session]") -> Iterator[_Listed]:
    for session in sessions:
        yield "session", session, session["reviews"]
        for group in session["pre_sessions"]:
            yield "pre-session", group, ()


COLUMNS: Columns[_Listed] = {
    "kind": lambda listed: listed[0],
    "number": lambda listed: listed[1]["number"],
    "label": lambda listed: listed[1]["label"],
    "opens": lambda listed: listed[1]["opens"],
    "closes": lambda listed: listed[1]["closes"],
    "status": lambda listed: listed[1]["status"],
    "place": lambda listed: listed[1]["place"],
    "certainty": lambda listed: listed[1]["certainty"],
    "reviews": lambda listed: joined(list(dict.fromkeys(review["iso3"] for review in listed[2]))),
    "sources": lambda listed: joined(listed[1]["sources"]),
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(
    meetings: Iterable[Meeting], reviewed: "Iterable[contract.Session]", names: Mapping[str, str]
) -> Iterator[Part]:
    rows = (
        (
            meeting.label if meeting.kind == "session" else f"  pre-session {meeting.number or meeting.label}",
            str(meeting.opens or "not on record"),
            str(meeting.closes or "not on record"),
            meeting.status,
            meeting.place or "",
        )
        for meeting in meetings
    )
    yield grid(("Meeting", "Opens", "Closes", "Status", "Place"), rows)
    for session in reviewed:
        yield from _reviewed(session["reviews"], names)


def _reviewed(reviews: "Iterable[contract.Review]", names: Mapping[str, str]) -> Iterator[Part]:
    by_report: dict[str, list[str]] = {}
    for review in reviews:
        outcome = "" if review["outcome"] == "reviewed" else f" ({review['outcome']})"
        by_report.setdefault(review["report"], []).append(names[review["iso3"]] + outcome)
    if not by_report:
        yield line("No review on record.")
    for report, states in sorted(by_report.items()):
        yield line((f"{report}: ", "bold"), "; ".join(states))


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar(meetings: Iterable[Meeting], alarms: Sequence[int]) -> "Calendar":
    """A meeting not on record, whose time has passed, makes no event: nobody knows whether it took place."""
    events: dict[str, Event] = {}
    for meeting in meetings:
        if meeting.opens and meeting.status != "not-on-record":
            uid = f"{meeting.kind.replace(' ', '-')}-{first_day(meeting.opens):%Y-%m}"
            uid = f"{uid}-{meeting.number}" if uid in events else uid
            events[uid] = _event(uid, meeting, meeting.opens)
    return {"events": list(events.values()), "alarms": alarms, "undated": ["No meeting is on record."], "asked": ()}


def _event(uid: str, meeting: Meeting, opens: Recorded) -> "Event":
    place = f"Place: {meeting.place}." if meeting.place else ""
    sources = f"Sources: {', '.join(meeting.sources)}." if meeting.sources else ""
    facts = (f"Status: {meeting.status}.", f"Certainty: {meeting.certainty.value}.", place, meeting.note, sources)
    return {
        "uid": uid,
        "first": first_day(opens),
        "last": last_day(meeting.closes or opens),
        "summary": f"Committee on the Rights of the Child: {_called(meeting)}",
        "description": "\n".join(fact for fact in facts if fact),
        "status": _event_status(meeting),
        "category": meeting.kind,
        "url": "",
    }


def _called(meeting: Meeting) -> str:
    called = f"{meeting.kind}, {meeting.label}" if meeting.certainty is Certainty.PROJECTION else meeting.label
    return called if meeting.status.startswith("held") else f"{called} ({meeting.status})"


def _event_status(meeting: Meeting) -> Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]:
    if meeting.status in ("cancelled", "postponed"):
        return "CANCELLED"
    return "CONFIRMED" if meeting.certainty is Certainty.COMMITTEE_SET else "TENTATIVE"
