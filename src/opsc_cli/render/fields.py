"""What each column of an answer and of an export holds, and of which type it is."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Type = Literal["text", "day", "date", "number", "list"]
"""A `day` is whole; a `date` may be a month or a year only; a `list` is separated by spaces."""


class Field(NamedTuple):
    """A column: its type, and what it holds."""

    type: Type
    holds: str


_ISO3 = Field("text", "ISO 3166 alpha-3 code of the State")
_NAME = Field("text", "name of the State; English unless another language was asked for")
_SOURCES = Field("list", "ids of the sources, as in sources.csv")
_NOTE = Field("text", "a remark")


def _date_of(name: str, what: str) -> dict[str, Field]:
    """The columns of a date that the program computes."""
    return {
        f"{name}_kind": Field("text", f"{what}: date, window, awaited or not-established"),
        f"{name}_date": Field("day", f"{what}, if it is one day"),
        f"{name}_earliest": Field("day", f"{what}, if it is a window: its first day"),
        f"{name}_latest": Field("day", f"{what}, if it is a window: its last day"),
        f"{name}_certainty": Field("text", f"{what}: how sure it is; see `opsc help certainty`"),
        f"{name}_authority": Field("text", f"{what}: the article, or the text of the Committee, that gives it"),
    }


def _range_of(name: str, what: str) -> dict[str, Field]:
    return {
        f"{name}_earliest": Field("text", f"{what}: the first meeting of the range"),
        f"{name}_likely": Field("text", f"{what}: the likely meeting"),
        f"{name}_latest": Field("text", f"{what}: the last meeting of the range"),
    }


DUE: Mapping[str, Field] = {
    "iso3": _ISO3,
    "name": _NAME,
    "report": Field("text", "the report that the State owes; empty if it owes none"),
    "due": Field("text", "its due date, or first/last day of a window; empty for a treaty term, which is no due date"),
    "standing": Field("text", "how the report stands on the day of the answer; see `opsc help standings`"),
    "certainty": Field("text", "how sure the date is; see `opsc help certainty`"),
    "next_review": Field("text", "forecast of the next review: likely meeting (first to last of the range)"),
    "sources": Field("list", "ids of the sources of the date; `opsc sources STATE` describes them"),
    "status": Field("text", "party, pending (deposited, not in force), signatory, none or denounced"),
    "report_name": Field("text", "the same as report"),
    "report_treaty": Field("text", "the treaty it is submitted under: OPSC or CRC"),
    "report_kind": Field("text", "initial, periodic or further-information"),
    "report_numbers": Field("text", "its number, or first-last of combined reports"),
    "report_received": Field("date", "when it was received, if it is with the Committee"),
    "report_symbol": Field("text", "its United Nations symbol"),
    **_date_of("due", "due date or treaty term"),
    "days_late": Field("number", "days since the due date, if the standing is overdue"),
    "days_past": Field("number", "days since the date, if nothing says that the report is missing"),
    **_range_of("next_review", "forecast of the next review"),
    **_range_of("forecast_pre_session", "forecast for a report in hand, its pre-session"),
    **_range_of("forecast_session", "forecast for a report in hand, its session"),
    "signed": Field("date", "when the State signed the OPSC"),
    "instrument_kind": Field("text", "ratification, acceptance, approval, accession or succession"),
    "instrument_deposited": Field("day", "when its instrument was deposited"),
    "instrument_earliest": Field("day", "first day of a bracket, if the day of deposit is not on record"),
    "instrument_latest": Field("day", "last day of that bracket"),
    **_date_of("entry_into_force", "entry into force of the OPSC for the State"),
    "initial_report_submitted": Field("date", "when its initial report was received"),
    "initial_report_reviewed_session": Field("text", "the session that reviewed it"),
    "due_because": Field("text", "why this rule gives this date"),
    "due_sources": Field("list", "the same as sources"),
    "notes": Field("text", "what must be known beside the answer"),
    "checked": Field("day", "the day on which this record was checked, if later than the record as a whole"),
    "iso2": Field("text", "ISO 3166 alpha-2 code of the State"),
    "m49": Field("text", "UN M49 code of the State"),
    "region": Field("text", "UN regional group"),
    "as_of": Field("day", "the day of the answer"),
    "data_version": Field("text", "the version of the record"),
}
"""The columns of `opsc due`, `states` and `whatif`."""

EXPORTED: Mapping[str, Mapping[str, Field]] = {
    "states.csv": {
        "iso3": _ISO3,
        **{key: DUE[key] for key in ("iso2", "m49")},
        "name": _NAME,
        "region": DUE["region"],
        "signed": DUE["signed"],
        "kind": DUE["instrument_kind"],
        "deposited": DUE["instrument_deposited"],
        "earliest": DUE["instrument_earliest"],
        "latest": DUE["instrument_latest"],
        "published_entry_into_force": Field("day", "entry into force for the State, as published"),
        "crc_signed": Field("date", "when the State signed the Convention"),
        "crc_kind": Field("text", "its instrument under the Convention"),
        "crc_deposited": Field("day", "when that instrument was deposited"),
        "sources": _SOURCES,
        "checked": DUE["checked"],
    },
    "reports.csv": {
        "iso3": _ISO3,
        "treaty": Field("text", "OPSC, CRC, OPAC (the protocol on armed conflict) or unspecified"),
        "kind": Field("text", "initial, periodic or unspecified"),
        "numbers": DUE["report_numbers"],
        "symbol": DUE["report_symbol"],
        "due_published": Field("date", "the due date printed on the report"),
        "submitted": Field("date", "when it was received; empty if not on record"),
        "session": Field("number", "the session that reviewed it"),
        "considered": Field("date", "the day of the dialogue"),
        "evidence": Field("text", "how the review is known: document, closing-release, release, programme, press-ngo"),
        "observations_symbol": Field("text", "the symbol of the concluding observations"),
        "observations_adopted": Field("date", "when these were adopted"),
        "next_report_due": Field("date", "the date that these set for the next report"),
        "sources": _SOURCES,
    },
    "sessions.csv": {
        "number": Field("number", "the number of the session; empty if it was not held"),
        "opens": Field("date", "its first day"),
        "closes": Field("date", "its last day"),
        "status": Field("text", "announced, held, held-online, held-elsewhere, cancelled or postponed"),
        "place": Field("text", "where it met"),
        "confidence": Field("text", "sourced, or derived from other sessions"),
        "sources": _SOURCES,
        "note": _NOTE,
        "checked": DUE["checked"],
    },
    "sources.csv": {
        "id": Field("text", "the id by which other tables cite it"),
        "title": Field("text", "its title"),
        "publisher": Field("text", "who published it"),
        "kind": Field("text", "depositary, treaty-database, document, release, programme, ngo, press and others"),
        "symbol": Field("text", "its United Nations symbol"),
        "url": Field("text", "its address as recorded"),
        "link": Field("text", "where it can be opened: its address, or that of its symbol"),
        "read_at": Field("text", "where it was read, if not there"),
        "as_of": Field("date", "the last day that it covers"),
        "read": Field("day", "the day on which it was read"),
        "covers": Field("text", "what it covers"),
        "note": _NOTE,
        "part_read": Field("text", "what of it was read, if not the whole"),
    },
    "due.csv": {name: field for name, field in DUE.items() if name not in ("as_of", "data_version")},
}
"""The tables of `opsc export`, with their columns in order."""

KEYS: Mapping[str, Sequence[str]] = {"states.csv": ["iso3"], "sources.csv": ["id"]}
"""What identifies a row."""
