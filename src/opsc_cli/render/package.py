"""What describes an export: a data package and a page to read."""

import hashlib
from collections.abc import Container, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from opsc_cli.record.dates import in_words
from opsc_cli.render.citation import PEOPLE, TITLE
from opsc_cli.render.fields import EXPORTED, KEYS, Field, Type

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_FILES = {
    "states.csv": "the record: a row for each State, with its acts under the OPSC and the Convention",
    "reports.csv": "the record: a row for each report, with its review",
    "sessions.csv": "the record: the sessions of the Committee",
    "sources.csv": "the record: where each fact was read",
    "due.csv": "the answers: a row for each report owed, and one for a State that owes none",
    "due.json": "the answers, with all that `opsc due --all --json` says",
    "due.ics": "the answers as a calendar",
    "record.json": "the whole record; what is unknown is left out",
    "CITATION.cff": "how to cite the data and the program",
}


def read_me(envelope: "Envelope", names: Container[str]) -> str:
    """The page that tells a reader what the files are."""
    ends = envelope["data_as_of"]
    day, parties, committee = (
        in_words(date.fromisoformat(on)) for on in (envelope["as_of"], ends["parties"], ends["committee"])
    )
    files = "\n".join(f"| [{name}]({name}) | {holds} |" for name, holds in _FILES.items() if name in names)
    return f"""# {TITLE}

Written by `opsc export`, version {envelope["tool_version"]}, from the data {envelope["data_version"]}.

**The answers are those of {day}.** The record ends on {parties} for parties and on {committee} for the
Committee's work; something may have happened since. This is not an official product of the United Nations.

| file | holds |
|---|---|
{files}

`datapackage.json` describes every column, with its type (Data Package, version 2); `SHA256SUMS` has the checksums. An
empty cell is unknown or does not apply; it never means "no". `past-due-no-record` is silence, not lateness: the report
may have been sent. A date of the certainty `practice` is expected, not set; one of the certainty `projection` is our
own estimate.

The files are dedicated to the public domain (CC0 1.0).
"""


def package(envelope: "Envelope", files: Mapping[str, str]) -> Any:
    """The descriptor of the files (Data Package, version 2)."""
    return {
        "$schema": _PROFILE,
        "name": "opsc",
        "title": TITLE,
        "description": f"The answers are those of {envelope['as_of']}; README.md says more.",
        "version": envelope["data_version"],
        "as_of": envelope["as_of"],
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "contributors": [{"title": PEOPLE, "roles": ["creator"]}],
        "resources": [_resource(name, text) for name, text in files.items() if name in _FILES],
    }


_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "ics": "text/calendar", "cff": "text/yaml"}


def _resource(name: str, text: str) -> Any:
    form = name.rpartition(".")[2]
    described = {
        "name": _named(name),
        "path": name,
        "description": _FILES[name],
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": len(text.encode()),
        "hash": f"sha256:{sha256(text)}",
    }
    return {**described, "type": "table", "schema": _schema(name)} if name in EXPORTED else described


def _named(file: str) -> str:
    return file.replace(".", "-").lower()


def _schema(table: str) -> Any:
    """The columns of a table, what identifies a row, and where a State of another table is described."""
    schema: dict[str, Any] = {"fields": [_column(*named) for named in EXPORTED[table].items()], "missingValues": [""]}
    if table in KEYS:
        schema["primaryKey"] = KEYS[table]
    elif "iso3" in EXPORTED[table]:
        states = {"resource": _named("states.csv"), "fields": ["iso3"]}
        schema["foreignKeys"] = [{"fields": ["iso3"], "reference": states}]
    return schema


_TYPES: Mapping[Type, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "list": {"type": "string"},
    "number": {"type": "integer"},
    "day": {"type": "date"},
    "date": {"type": "string", "constraints": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}},
}


def _column(name: str, field: Field) -> Any:
    more = {"date": "; a day, a month or a year", "list": "; separated by spaces"}.get(field.type, "")
    return {"name": name, "description": f"{field.holds}{more}", **_TYPES[field.type]}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
