"""The description of the static API (OpenAPI 3.1), with the schemas of its documents."""

import json
from typing import TYPE_CHECKING, Any

from opsc_cli.render.schemas import output_schema
from opsc_cli.render.site.paths import API

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_FILES = {
    "/states.json": ("states", "every State, as `opsc due --all --json` writes it"),
    "/states/{iso3}.json": ("states", "one State, as `opsc due STATE --json` writes it"),
    "/states/{iso3}.csv": (
        "text/csv",
        "one State, one row per report owed, as `opsc due STATE --format csv` writes it",
    ),
    "/sessions.json": ("sessions", "the Committee's sessions, as `opsc sessions --all --json` writes them"),
    "/calendar/{iso3}.ics": (
        "text/calendar",
        "one State: the events of `opsc due STATE --format ics` and of `opsc plan STATE --format ics`",
    ),
    "/calendar/all.ics": ("text/calendar", "the same of every State"),
    "/feed.atom": ("application/atom+xml", "what changed from one version of the data to the next"),
}
"""Each file: the document that it is, or its media type, and what it holds."""

_ISO3 = {
    "name": "iso3",
    "in": "path",
    "required": True,
    "description": "ISO 3166 alpha-3 code of the State, in upper case.",
    "schema": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "example": "NPL",
}


def description(envelope: "Envelope", address: str | None) -> dict[str, Any]:
    """`address`: that of the front page; without it, the API is where this description is."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "opsc",
            "summary": "State reporting under the Optional Protocol on the sale of children",
            "version": envelope["data_version"],
            "license": {"name": "CC0-1.0", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": f"{address.rstrip('/')}/{API}" if address else "."}],
        "paths": {path: _path(path, kind, holds) for path, (kind, holds) in _FILES.items()},
        "components": {"schemas": _schemas()},
    }


def _path(path: str, kind: str, holds: str) -> dict[str, Any]:
    media = kind if "/" in kind else "application/json"
    schema = {"type": "string"} if "/" in kind else {"$ref": f"#/components/schemas/{_document(kind)}"}
    of_state = "{iso3}" in path
    responses: dict[str, Any] = {"200": {"description": holds, "content": {media: {"schema": schema}}}}
    if of_state:
        responses["404"] = {"description": "no State has this code"}
    operation = {"operationId": path.strip("/").translate(_NO_MARKS), "summary": holds, "responses": responses}
    return {"parameters": [_ISO3], "get": operation} if of_state else {"get": operation}


_NO_MARKS = str.maketrans({"/": "_", ".": "_", "{": None, "}": None})


def _document(name: str) -> str:
    return f"{name.capitalize()}Document"


def _schemas() -> dict[str, Any]:
    """The schemas of the documents and of all within them, as components."""
    found: dict[str, Any] = {}
    for name in ("states", "sessions"):
        text = json.dumps(output_schema(name)).replace('"#/$defs/', '"#/components/schemas/')
        found |= json.loads(text)["$defs"]
    return found
