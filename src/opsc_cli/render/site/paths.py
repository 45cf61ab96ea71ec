"""Where each page and file of the site is."""

from opsc_cli.forecast.meetings import Meeting

API = "api/v1"
FEED = f"{API}/feed.atom"


def state_path(iso3: str) -> str:
    return f"states/{iso3}.html"


def session_path(session: Meeting) -> str:
    """By its number; of a session without one by the month in which it opens."""
    return f"sessions/{session.number or str(session.opens or session.opens_by)[:7]}.html"


def calendar_path(iso3: str) -> str:
    return f"{API}/calendar/{iso3}.ics"


def changes_path(version: str) -> str:
    return f"changes/{version}.html"
