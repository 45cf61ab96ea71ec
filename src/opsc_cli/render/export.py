"""`opsc export`: the record and its answers as files: CSV, JSON, a calendar, and what describes them (package.py).

The same dataset and day give the same bytes, so that exports can be compared. Cells are written as they are on record:
nothing is put before one that a spreadsheet could take for a formula (=, +, -, @); in the published record none is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from opsc_cli.answers.position import positions
from opsc_cli.law.report_names import short_numbers
from opsc_cli.record.dates import Month, Year
from opsc_cli.record.frozen import is_frozen, names_of
from opsc_cli.record.links import link_of
from opsc_cli.record.records import PARTS, Dataset, Session
from opsc_cli.record.state import Report, State
from opsc_cli.render import due, ics
from opsc_cli.render.citation import citation
from opsc_cli.render.fields import EXPORTED
from opsc_cli.render.listing import comma_separated, text_of
from opsc_cli.render.package import package, read_me, sha256
from opsc_cli.render.state import state_content

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

Cells = Mapping[str, Any]


def export(dataset: Dataset, envelope: "Envelope", *, without: Sequence[str] = ()) -> dict[str, str]:
    """Every file by its name. The answers are those of the envelope's day. `without`: files that are elsewhere."""
    found = positions(dataset, date.fromisoformat(envelope["as_of"]), tuple(dataset.states))
    answers = [state_content(position) for position in found]
    tables: dict[str, Iterable[Cells]] = {**_tables(dataset), "due.csv": due.due_rows(answers)}
    files = {name: comma_separated(tuple(EXPORTED[name]), map(_cells, rows)) for name, rows in tables.items()}
    files["record.json"] = text_of({part: _plain(getattr(dataset, part)) for part in PARTS})
    files["due.json"] = text_of({**envelope, "states": answers})
    files["due.ics"] = ics.calendar_text(due.due_calendar(found, ()), envelope)
    files = {name: text for name, text in files.items() if name not in without}
    files["CITATION.cff"] = citation(envelope)
    files["README.md"] = read_me(envelope, files)
    files["datapackage.json"] = text_of(package(envelope, files))
    return with_checksums(files)


def with_checksums(files: Mapping[str, str]) -> dict[str, str]:
    """The files, and last their checksums, which tell whether all of them were written."""
    sums = "".join(f"{sha256(text)}  {name}\n" for name, text in sorted(files.items()))
    return {**files, "SHA256SUMS": sums}


def last_day_of(dataset: Dataset) -> date:
    """The last day of the record, which is the default day of the answers."""
    return dataset.as_of.latest


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _tables(dataset: Dataset) -> dict[str, Iterable[Cells]]:
    return {
        "states.csv": (_state_row(iso3, state, dataset) for iso3, state in dataset.states.items()),
        "reports.csv": (row for iso3, state in dataset.states.items() for row in report_rows(iso3, state)),
        "sessions.csv": map(_session_row, dataset.sessions),
        "sources.csv": (
            {**_held(source, "sources.csv"), "id": id, "link": link_of(source)}
            for id, source in dataset.sources.items()
        ),
    }


def _held(record: object, table: str) -> Cells:
    """What a record holds for each column of a table."""
    return {column: getattr(record, column, None) for column in EXPORTED[table]}


def _state_row(iso3: str, state: State, dataset: Dataset) -> Cells:
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


def _session_row(session: Session) -> Cells:
    return {**_held(session, "sessions.csv"), "checked": session.checked and session.checked.day}


def report_rows(iso3: str, state: State) -> Iterator[Cells]:
    for report in state.all_reports:
        yield {"iso3": iso3, **_report_cells(report)}


def _report_cells(report: Report) -> Cells:
    review, observations = report.review, report.concluding_observations
    said = observations.next_report if observations else None
    parts = (report, report.list_of_issues, review, observations, said)
    return {
        **{key: getattr(report, key) for key in ("treaty", "kind", "symbol", "due_published", "submitted")},
        "numbers": short_numbers(report.numbers) if report.numbers else None,
        **{key: getattr(review, key, None) for key in ("session", "considered", "evidence")},
        "observations_symbol": observations and observations.symbol,
        "observations_adopted": observations and observations.adopted,
        "next_report_due": said and said.due,
        "sources": tuple(dict.fromkeys(source for part in parts if part for source in part.sources)),
    }


def _cells(row: Cells) -> dict[str, str]:
    return {column: _cell(value) for column, value in row.items()}


def _cell(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _plain(value: Any) -> Any:
    """A record as JSON; what is unknown is left out."""
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    if is_frozen(value) and not isinstance(value, Month | Year):
        held = {name: getattr(value, name) for name in names_of(value)}
        return {key: _plain(below) for key, below in held.items() if below is not None and below != ()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int) else str(value)
