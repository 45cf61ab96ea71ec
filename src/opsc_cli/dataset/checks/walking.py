"""The class of a fault, and iterators over States, reports, instruments and records with their paths."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from opsc_cli.dataset.reader import Where
from opsc_cli.record.dates import Recorded
from opsc_cli.record.frozen import Frozen, names_of
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Instrument, Report, Review, State

_T = TypeVar("_T")


class Fault(Frozen, kw_only=False):
    """A fault at `where` in the file NAME.yaml."""

    file: str
    where: Where
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"


def states(dataset: Dataset) -> Iterator[tuple[Where, State]]:
    for iso3, state in dataset.states.items():
        yield ("states", iso3), state


def instruments(dataset: Dataset) -> Iterator[tuple[Where, Instrument]]:
    for where, state in states(dataset):
        if state.instrument:
            yield (*where, "instrument"), state.instrument
        if state.crc.instrument:
            yield (*where, "crc", "instrument"), state.crc.instrument


def reports(dataset: Dataset) -> Iterator[tuple[Where, str, Report]]:
    """Every report with its path and State: the initial report first, then the others in the order of the file."""
    for where, state in states(dataset):
        iso3 = str(where[-1])
        if state.initial_report:
            yield (*where, "initial_report"), iso3, state.initial_report
        for position, report in enumerate(state.reports):
            yield (*where, "reports", position), iso3, report


def reviews(dataset: Dataset) -> Iterator[tuple[Where, str, Review]]:
    for path, iso3, report in reports(dataset):
        if report.review:
            yield (*path, "review"), iso3, report.review


Records = tuple[tuple[str, Where, Any], ...]
"""Every record that can hold a fact, with its file and path; collected once for all checks."""


def records(dataset: Dataset) -> Records:
    found: list[tuple[str, Where, Any]] = []
    for where, state in states(dataset):
        _add(found, "states", where, state)
    for name, meetings in (("sessions", dataset.sessions), ("pre_sessions", dataset.pre_sessions)):
        for position, meeting in enumerate(meetings):
            _add(found, "sessions", (name, position), meeting)
    for position, count in enumerate(dataset.counts):
        _add(found, "counts", ("counts", position), count)
    for position, review_count in enumerate(dataset.review_counts):
        _add(found, "counts", ("reviews", position), review_count)
    return tuple(found)


def _add(found: list[tuple[str, Where, Any]], file: str, where: Where, record: Any) -> None:
    """Adds the record, then every record within it."""
    found.append((file, where, record))
    for name in _parts_of(record.__class__):
        value = getattr(record, name)
        if value.__class__ is tuple:
            for position, item in enumerate(value):
                _add(found, file, (*where, name, position), item)
        elif value:
            _add(found, file, (*where, name), value)


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """The fields of a class of records.py that hold records."""
    return _fields_with(kind, _field_names)


def _fields_with(kind: type, asked: Callable[[Any], object]) -> tuple[str, ...]:
    """The fields of a class of which the type, or a part of it, is one of those asked for."""
    types = get_type_hints(kind)
    return tuple(name for name in names_of(kind) if any(map(asked, (types[name], *get_args(types[name])))))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The fields of a class of records.py; none of any other class."""
    return names_of(kind) if hasattr(kind, "__pydantic_config__") else ()


@cache
def among(kind: type, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that are fields of `kind`."""
    return tuple(name for name in names if name in _field_names(kind))


@cache
def dated(kind: type) -> tuple[str, ...]:
    """The fields of a class of records.py that hold a day, a month or a year."""
    return _fields_with(kind, get_args(Recorded).__contains__)


def others_than(one: _T, counted: Mapping[_T, int]) -> dict[_T, int]:
    """How often each was counted, without one of `one`."""
    return {key: left for key, number in counted.items() if (left := number - (key == one))}


def sessions_by_number(dataset: Dataset) -> dict[int, Session]:
    return {session.number: session for session in dataset.sessions if session.number}


def conventions_and_protocol(where: Where, state: State) -> Iterator[tuple[str, Where, Any, Any]]:
    """The treaty, the path, the signature and the instrument: once for the Protocol, once for the Convention."""
    yield "OPSC", where, state.signature, state.instrument
    yield "CRC", (*where, "crc"), state.crc.signature, state.crc.instrument


def first_possible_day(instrument: Instrument) -> Any:
    """The first day on which the instrument can have been deposited."""
    return instrument.deposited or instrument.earliest


def last_possible_day(instrument: Instrument) -> Any:
    """The last day on which the instrument can have been deposited."""
    return instrument.deposited or instrument.latest
