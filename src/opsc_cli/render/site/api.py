"""The static API: files as the commands write them, for programs and calendars."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.sessions import reviews_by_session
from opsc_cli.forecast.meetings import calendar
from opsc_cli.render import ics
from opsc_cli.render.due import due_calendar, due_listing
from opsc_cli.render.listing import Listing, comma_separated, json_of, text_of
from opsc_cli.render.plan import plan_listing
from opsc_cli.render.schemas import output_schema
from opsc_cli.render.sessions import sessions_listing
from opsc_cli.render.site.openapi import description
from opsc_cli.render.site.paths import API, calendar_path

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope
    from opsc_cli.render.ics import Calendar

SCHEMAS = ("states", "sessions")
"""The documents that the API has."""


def api_files(everything: Everything, envelope: "Envelope", address: str | None) -> Iterator[tuple[str, str]]:
    """Each file by its path: of all States together, of each State, of the sessions, and what describes them."""
    positions = list(everything.positions.values())
    whole = due_listing(positions)
    yield f"{API}/states.json", _json(whole, envelope)
    yield f"{API}/sessions.json", _json(_sessions(everything), envelope)
    for iso3, position in everything.positions.items():
        of_state = due_listing([position])
        yield f"{API}/states/{iso3}.json", _json(of_state, envelope)
        yield f"{API}/states/{iso3}.csv", comma_separated(of_state.columns, of_state.rows())
        yield calendar_path(iso3), ics.calendar_text(_calendar(everything, (iso3,)), envelope)
    yield calendar_path("all"), ics.calendar_text(_calendar(everything, tuple(everything.positions)), envelope)
    for name in SCHEMAS:
        yield f"{API}/schema/{name}.json", text_of(output_schema(name))
    yield f"{API}/openapi.json", text_of(description(envelope, address))


def _json(listing: Listing, envelope: "Envelope") -> str:
    return "".join(json_of(listing, envelope))


def _sessions(everything: Everything) -> Listing:
    """As `opsc sessions --all`."""
    dataset, day = everything.dataset, everything.day
    meetings = calendar(dataset.sessions, dataset.pre_sessions, day)
    return sessions_listing(meetings, reviews_by_session(dataset, day), dataset.names, sources=dataset.sources)


def _calendar(everything: Everything, iso3s: Sequence[str]) -> "Calendar":
    """What is due, and until when something can be sent: the events of `opsc due` and of `opsc plan`."""
    due = due_calendar([everything.positions[iso3] for iso3 in iso3s], ())
    planned = plan_listing([everything.plans[iso3] for iso3 in iso3s], alone=False).calendar
    plan = planned() if planned else due
    return {**due, "events": [*due["events"], *plan["events"]]}
