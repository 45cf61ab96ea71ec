"""`opsc export`: the record and its answers as files: CSV, JSON, a calendar, a data package, a citation, checksums.

The same dataset and day give the same bytes, so that exports can be compared. Cells are written as they are on record:
nothing is put before one that a spreadsheet could take for a formula (=, +, -, @); in the published record none is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from opsc_cli.answers.position import positions
from opsc_cli.record.dates import Month, Year
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Report, State
from opsc_cli.render import due, ics
from opsc_cli.render.listing import comma_separated, text_of
from opsc_cli.render.state import state_content

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TITLE = "State reporting under the Optional Protocol on the sale of children"
_PEOPLE = "The contributors to opsc"

Row = Mapping[str, Any]


def export(dataset: Dataset, envelope: "Envelope", *, without: Sequence[str] = ()) -> dict[str, str]:
    """Every file by its name. The answers are those of the envelope's day. `without`: files that are elsewhere."""
    found = positions(dataset, date.fromisoformat(envelope["as_of"]), tuple(dataset.states))
    answers = [state_content(position) for position in found]
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        **_tables(dataset),
        "due.csv": (tuple(due.COLUMNS), due.due_rows(answers)),
    }
    files = {name: comma_separated(columns, map(_cells, rows)) for name, (columns, rows) in tables.items()}
    files["record.json"] = text_of(_plain(dataset))
    files["due.json"] = text_of({**envelope, "states": answers})
    files["due.ics"] = ics.written(due.due_calendar(found, ()), envelope)
    files = {name: text for name, text in files.items() if name not in without}
    files["CITATION.cff"] = _citation(envelope)
    columns = {name: columns for name, (columns, _) in tables.items()}
    files["datapackage.json"] = text_of(_package(envelope, files, columns))
    return with_checksums(files)


def with_checksums(files: Mapping[str, str]) -> dict[str, str]:
    """The files, and last their checksums, which tell whether all of them were written."""
    sums = "".join(f"{_sha256(text)}  {name}\n" for name, text in sorted(files.items()))
    return {**files, "SHA256SUMS": sums}


def last_day_of(dataset: Dataset) -> date:
    """The last day of the record, which is the default day of the answers."""
    return dataset.as_of.latest


# ── tables ───────────────────────────────────────────────────────────────────────────────────────

_STATE_COLUMNS = (
    "iso3", "iso2", "m49", "name", "region", "signed", "kind", "deposited", "earliest", "latest",
    "published_entry_into_force", "crc_signed", "crc_kind", "crc_deposited", "sources", "checked",
)  # fmt: skip
_REPORT_COLUMNS = (
    "iso3", "treaty", "kind", "numbers", "symbol", "due_published", "submitted", "session", "considered", "evidence",
    "observations_symbol", "observations_adopted", "next_report_due", "sources",
)  # fmt: skip
_SESSION_COLUMNS = ("number", "opens", "closes", "status", "place", "confidence", "sources", "note", "checked")
_SOURCE_COLUMNS = (
    "id", "title", "publisher", "kind", "symbol", "url", "read_at", "as_of", "read", "covers", "note", "part_read",
)  # fmt: skip


def _tables(dataset: Dataset) -> dict[str, tuple[Sequence[str], Iterable[Row]]]:
    return {
        "states.csv": (_STATE_COLUMNS, (_state_row(iso3, state, dataset) for iso3, state in dataset.states.items())),
        "reports.csv": (_REPORT_COLUMNS, (row for iso3, s in dataset.states.items() for row in report_rows(iso3, s))),
        "sessions.csv": (_SESSION_COLUMNS, map(_session_row, dataset.sessions)),
        "sources.csv": (
            _SOURCE_COLUMNS,
            ({"id": i} | {c: getattr(s, c) for c in _SOURCE_COLUMNS[1:]} for i, s in dataset.sources.items()),
        ),
    }


def _state_row(iso3: str, state: State, dataset: Dataset) -> Row:
    name, instrument, published = dataset.names[iso3], state.instrument, state.published_entry_into_force
    acts = (state.signature, instrument, published, state.crc.signature, state.crc.instrument)
    return {
        **{"iso3": iso3, "iso2": name.iso2, "m49": name.m49, "name": name.name, "region": name.region},
        "signed": state.signature and state.signature.signed,
        **{key: getattr(instrument, key, None) for key in ("kind", "deposited", "earliest", "latest")},
        "published_entry_into_force": published and published.entry_into_force,
        "crc_signed": state.crc.signature and state.crc.signature.signed,
        "crc_kind": state.crc.instrument and state.crc.instrument.kind,
        "crc_deposited": state.crc.instrument and state.crc.instrument.deposited,
        "sources": tuple(dict.fromkeys(source for act in acts if act for source in act.sources)),
        "checked": state.checked and state.checked.day,
    }


def _session_row(session: Session) -> Row:
    cells = {column: getattr(session, column) for column in _SESSION_COLUMNS}
    return cells | {"checked": session.checked and session.checked.day}


def report_rows(iso3: str, state: State) -> Iterator[Row]:
    for report in (*([state.initial_report] if state.initial_report else []), *state.reports):
        yield {"iso3": iso3, **_report_cells(report)}


def _report_cells(report: Report) -> Row:
    review, observations = report.review, report.concluding_observations
    said = observations.next_report if observations else None
    numbers = report.numbers or ()
    parts = (report, report.list_of_issues, review, observations, said)
    return {
        **{key: getattr(report, key) for key in ("treaty", "kind", "symbol", "due_published", "submitted")},
        "numbers": "-".join(map(str, sorted({*numbers[:1], *numbers[-1:]}))),
        **{key: getattr(review, key, None) for key in ("session", "considered", "evidence")},
        "observations_symbol": observations and observations.symbol,
        "observations_adopted": observations and observations.adopted,
        "next_report_due": said and said.due,
        "sources": tuple(dict.fromkeys(source for part in parts if part for source in part.sources)),
    }


def _cells(row: Row) -> dict[str, str]:
    return {column: _cell(value) for column, value in row.items()}


def _cell(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _plain(value: Any) -> Any:
    """A record as JSON; what is unknown is left out."""
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    if is_dataclass(value) and not isinstance(value, Month | Year):
        held = {f.name: getattr(value, f.name) for f in fields(value)}
        return {key: _plain(below) for key, below in held.items() if below is not None and below != ()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int) else str(value)


# ── what describes them ──────────────────────────────────────────────────────────────────────────


def _package(envelope: "Envelope", files: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> Any:
    """The descriptor of the files (Data Package, version 2)."""
    return {
        "$schema": _PROFILE,
        "name": "opsc",
        "title": _TITLE,
        "version": envelope["data_version"],
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "contributors": [{"title": _PEOPLE, "roles": ["creator"]}],
        "resources": [_resource(name, text, columns.get(name)) for name, text in files.items() if "." in name[-5:]],
    }


_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "ics": "text/calendar", "cff": "text/yaml"}


def _resource(name: str, text: str, columns: Sequence[str] | None) -> Any:
    stem, _, form = name.rpartition(".")
    described = {
        "name": f"{stem}-{form}".lower(),
        "path": name,
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": len(text.encode()),
        "hash": f"sha256:{_sha256(text)}",
    }
    if columns:
        schema = {"fields": [{"name": column, "type": "string"} for column in columns], "missingValues": [""]}
        described |= {"type": "table", "schema": schema}
    return described


def _citation(envelope: "Envelope") -> str:
    """Citation File Format 1.2.0: the data, and the program that computed the answers."""
    released = "-".join(envelope["data_version"].split(".")[:3])
    head = {
        "cff-version": "1.2.0",
        "message": "If you use these data or the program, please cite them.",
        "type": "dataset",
    }
    data = {
        "title": _TITLE,
        "version": envelope["data_version"],
        "date-released": released,
        "license": "CC0-1.0",
    }
    tool = {"title": "opsc", "type": "software", "version": envelope["tool_version"], "license": "MIT"}
    people = f"authors:\n  - name: {_PEOPLE}\n"
    lines = [f"{key}: {json.dumps(value)}" for key, value in (head | data).items()]
    below = "".join(f"    {key}: {json.dumps(value)}\n" for key, value in tool.items()).replace("    ", "  - ", 1)
    return "\n".join(lines) + f"\n{people}references:\n{below}    authors:\n      - name: {_PEOPLE}\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
