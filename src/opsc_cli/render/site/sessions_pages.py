"""The sessions, past, next and projected: a list, and a page for each with who was or is likely to be there."""

from collections.abc import Iterator
from typing import Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.sessions import detail_of, reviews_by_session
from opsc_cli.forecast.meetings import Meeting, to_come
from opsc_cli.render.plan import when_of
from opsc_cli.render.site.pages import PageWriter
from opsc_cli.render.site.paths import session_path

LIKELIEST, MOST = 12, 40
"""How many of the likeliest States the list of sessions names, and how many the page of a session."""


def sessions_files(everything: Everything, writer: PageWriter) -> Iterator[tuple[str, str]]:
    sessions = [meeting for meeting in everything.outlook.meetings if meeting.kind == "session"]
    reviews = reviews_by_session(everything.dataset, everything.day)
    ahead = [meeting for meeting in sessions if to_come(meeting, everything.day)]
    past = [meeting for meeting in sessions if meeting not in ahead]
    yield (
        "sessions.html",
        writer.page(
            "sessions.html",
            "sessions",
            ahead=[(m, session_path(m), everything.outlook.likely_at(m)[:LIKELIEST]) for m in ahead[:3]],
            later=[(m, session_path(m)) for m in ahead[3:]],
            past=[
                (m, session_path(m), len({iso3 for iso3, *_ in reviews.get(m.number or "", ())}))
                for m in reversed(past)
            ],
            names=everything.dataset.names,
        ),
    )
    for meeting in sessions:
        path = session_path(meeting)
        yield path, writer.page(path, "session", **_session(meeting, reviews, everything))


def _session(meeting: Meeting, reviews: Any, everything: Everything) -> dict[str, Any]:
    """What the template of a session takes."""
    outlook = everything.outlook
    held = sorted(reviews.get(meeting.number or "", ()), key=lambda of: everything.dataset.names[of[0]].name)
    detail = detail_of(meeting, outlook)
    return {
        "meeting": meeting,
        "to_come": to_come(meeting, everything.day),
        "detail": detail,
        "submissions": [(step, when_of(step, everything.day)) for step in detail.submissions],
        "most": MOST,
        "reviews": held,
        "names": everything.dataset.names,
        "sources": {id: everything.dataset.sources[id] for id in meeting.sources},
    }
