"""`opsc sessions`: the Committee's sessions and working groups, with the reports that sessions considered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from opsc_cli.answers.sessions import Detail
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.law.authority import Certainty
from opsc_cli.record.dates import Recorded, first_day, last_day, parse_recorded
from opsc_cli.record.links import link_of
from opsc_cli.record.records import Name, Source
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Part, grid, line
from opsc_cli.render.words import by_in_words, iso

if TYPE_CHECKING:
    from opsc_cli.render import contract_ahead
    from opsc_cli.render.ics import Calendar, CalendarEvent

MOST_LIKELY = 12
"""How many of the likeliest States a row and a terminal name."""

Reviews = Mapping[str, Sequence[tuple[str, str, str]]]
"""What each session reviewed: State, report and outcome, by the session's number."""


def sessions_listing(
    meetings: Sequence[Meeting],
    reviews: Reviews,
    names: Mapping[str, Name],
    details: Sequence[Detail] = (),
    *,
    sources: Mapping[str, Source],
    alarms: Sequence[int] = (),
) -> Listing:
    """`details`: of sessions asked for by themselves, where a terminal also shows the States, by their `names`.

    `sources`: those on record, by their ids.
    """
    content = _content(meetings, reviews, {detail.session: detail for detail in details})
    return Listing(
        key="sessions",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, _in_order(content)),
        parts=lambda: list(_parts(meetings, content, names)),
        calendar=lambda: _calendar(meetings, sources, alarms),
    )


def _content(
    meetings: Iterable[Meeting], reviews: Reviews, details: Mapping[Meeting, Detail]
) -> "list[contract_ahead.Session]":
    """Each session, with the working groups that met after it."""
    listed: list[contract_ahead.Session] = []
    for meeting in meetings:
        if meeting.kind == "session":
            listed.append(_session(meeting, reviews, details.get(meeting)))
        elif listed:
            after = next((s for s in listed if s["number"] and s["number"] == str(meeting.follows)), listed[-1])
            after["pre_sessions"].append(_group(meeting))
    return listed


def _session(meeting: Meeting, reviews: Reviews, detail: Detail | None) -> "contract_ahead.Session":
    held = _reviews(meeting, reviews)
    if detail is None:
        return {**_meeting(meeting), "reviews": held, "pre_sessions": []}  # type: ignore[typeddict-item]  # no detail
    return {**_meeting(meeting), "reviews": held, "pre_sessions": [], "detail": _detail(detail)}


def _group(meeting: Meeting) -> "contract_ahead.PreSession":
    return {**_meeting(meeting), "prepares": str(meeting.prepares) if meeting.prepares else None}


def _detail(detail: Detail) -> "contract_ahead.SessionDetail":
    from opsc_cli.render.plan import submission_content

    return {
        "note": detail.note,
        "prepared_by": [_group(group) for group in detail.prepared_by],
        "named": [{"iso3": iso3, "report": report} for iso3, report in detail.named],
        "likely": [{"iso3": iso3, "probability": round(chance, 4)} for iso3, chance in detail.likely],
        "submissions": [submission_content(step) for step in detail.submissions],
    }


def _meeting(meeting: Meeting) -> "contract_ahead.Meeting":
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
        "checked": iso(meeting.checked),
    }


def _reviews(meeting: Meeting, reviews: Reviews) -> "list[contract_ahead.ReviewedReport]":
    of_session = reviews.get(meeting.number, ()) if meeting.number else ()
    return [{"iso3": iso3, "report": report, "outcome": outcome} for iso3, report, outcome in of_session]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

_Listed = tuple[Literal["session", "pre-session"], "contract_ahead.Meeting", "contract_ahead.Session | None"]
"""A meeting; if it is a session, also with its reviews and the States that may come."""


def _in_order(sessions: "Iterable[contract_ahead.Session]") -> Iterator[_Listed]:
    for session in sessions:
        yield "session", session, session
        for group in session["pre_sessions"]:
            yield "pre-session", group, None


def _reviewed_by(session: "contract_ahead.Session | None") -> list[str]:
    return list(dict.fromkeys(review["iso3"] for review in session["reviews"])) if session else []


def _expected_at(session: "contract_ahead.Session | None", key: Literal["named", "likely"]) -> list[str]:
    if not session or "detail" not in session:
        return []
    found = session["detail"][key][:MOST_LIKELY] if key == "likely" else session["detail"][key]
    return list(dict.fromkeys(state["iso3"] for state in found))


COLUMNS: Columns[_Listed] = {
    "kind": lambda listed: listed[0],
    "number": lambda listed: listed[1]["number"],
    "label": lambda listed: listed[1]["label"],
    "opens": lambda listed: listed[1]["opens"],
    "closes": lambda listed: listed[1]["closes"],
    "status": lambda listed: listed[1]["status"],
    "place": lambda listed: listed[1]["place"],
    "certainty": lambda listed: listed[1]["certainty"],
    "reviews": lambda listed: joined(_reviewed_by(listed[2])),
    "sources": lambda listed: joined(listed[1]["sources"]),
    "named": lambda listed: joined(_expected_at(listed[2], "named")),
    "likely": lambda listed: joined(_expected_at(listed[2], "likely")),
    "checked": lambda listed: listed[1]["checked"],
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(
    meetings: Iterable[Meeting], sessions: "Iterable[contract_ahead.Session]", names: Mapping[str, Name]
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
    for session in sessions:
        if "detail" in session:
            yield from _detailed(session, session["detail"], names)


def _detailed(
    session: "contract_ahead.Session", detail: "contract_ahead.SessionDetail", names: Mapping[str, Name]
) -> Iterator[Part]:
    yield line(session["label"], style="bold")
    if detail["note"]:
        yield line(detail["note"])
    for group in detail["prepared_by"]:
        opens = group["opens"] or "day not on record"
        yield line(f"Prepared by pre-session {group['number']} ({opens}): {group['status']}.")
    if detail["named"]:
        yield line(("Named by the programme: ", "bold"), _names(detail["named"], names))
    if session["reviews"] or not detail["likely"]:
        yield from _reviewed(session["reviews"], names)
    elif not detail["named"]:
        yield line("No programme on record names a State for it.")
    if detail["likely"]:
        yield line(("Most likely (projection): ", "bold"), _likeliest(detail["likely"], names))
        yield line("Each chance is that this session is the State's next review; `opsc forecast STATE` says why.")
    for submission in detail["submissions"]:
        part, until = submission["part_of_month"], submission["by"]
        by = f"By {by_in_words(parse_recorded(until), part)}: " if until else "No date: "
        sure = f" ({submission['certainty']})" if submission["certainty"] else ""
        yield line((by, "bold"), f"{submission['what']}; {submission['because']}{sure}.")
    yield line("")


def _names(states: "Iterable[contract_ahead.StateNamed]", names: Mapping[str, Name]) -> str:
    return "; ".join(f"{names[state['iso3']].name} ({state['report']})" for state in states)


def _likeliest(states: "Sequence[contract_ahead.StateLikely]", names: Mapping[str, Name]) -> str:
    shown = "; ".join(f"{names[state['iso3']].name} {state['probability']:.0%}" for state in states[:MOST_LIKELY])
    return f"{shown}; and {len(states) - MOST_LIKELY} more from 1% on." if len(states) > MOST_LIKELY else f"{shown}."


def _reviewed(reviews: "Iterable[contract_ahead.ReviewedReport]", names: Mapping[str, Name]) -> Iterator[Part]:
    by_report: dict[str, list[str]] = {}
    for review in reviews:
        outcome = "" if review["outcome"] == "reviewed" else f" ({review['outcome']})"
        by_report.setdefault(review["report"], []).append(names[review["iso3"]].name + outcome)
    if not by_report:
        yield line("No review on record.")
    for report, states in sorted(by_report.items()):
        yield line((f"{report}: ", "bold"), "; ".join(states))


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar(meetings: Iterable[Meeting], sources: Mapping[str, Source], alarms: Sequence[int]) -> "Calendar":
    """A meeting not on record, whose time has passed, makes no event: nobody knows whether it took place."""
    events: dict[str, CalendarEvent] = {}
    for meeting in meetings:
        if meeting.opens and meeting.status != "not-on-record":
            uid = f"{meeting.kind.replace(' ', '-')}-{first_day(meeting.opens):%Y-%m}"
            uid = f"{uid}-{meeting.number}" if uid in events else uid
            events[uid] = _event(uid, meeting, meeting.opens, sources)
    return {"events": list(events.values()), "alarms": alarms, "undated": ["No meeting is on record."], "asked": ()}


def _event(uid: str, meeting: Meeting, opens: Recorded, sources: Mapping[str, Source]) -> "CalendarEvent":
    place = f"Place: {meeting.place}." if meeting.place else ""
    cited = f"Sources: {', '.join(meeting.sources)}." if meeting.sources else ""
    facts = (f"Status: {meeting.status}.", f"Certainty: {meeting.certainty.value}.", place, meeting.note, cited)
    return {
        "uid": uid,
        "first": first_day(opens),
        "last": last_day(meeting.closes or opens),
        "summary": f"Committee on the Rights of the Child: {_called(meeting)}",
        "description": "\n".join(fact for fact in facts if fact),
        "status": _event_status(meeting),
        "category": meeting.kind,
        "url": next((link for source in meeting.sources if (link := link_of(sources.get(source)))), ""),
    }


def _called(meeting: Meeting) -> str:
    called = f"{meeting.kind}, {meeting.label}" if meeting.certainty is Certainty.PROJECTION else meeting.label
    return called if meeting.status.startswith("held") else f"{called} ({meeting.status})"


def _event_status(meeting: Meeting) -> Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]:
    if meeting.status in ("cancelled", "postponed"):
        return "CANCELLED"
    return "CONFIRMED" if meeting.certainty is Certainty.COMMITTEE_SET else "TENTATIVE"
