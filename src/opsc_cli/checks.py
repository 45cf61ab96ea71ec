"""What must be true of a dataset beyond its form: one small generator a check.

Each yields faults: where in which file, a code of findings.py, and what is wrong and expected.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from opsc_cli.dates import Month, Year, days_from, first_day, in_words, last_day
from opsc_cli.knowledge import counts_from
from opsc_cli.names import normalised, texts_of
from opsc_cli.records import (
    Dataset,
    Denunciation,
    Instrument,
    NamesFile,
    PublishedEntryIntoForce,
    Report,
    Signature,
    State,
    Territory,
)
from opsc_cli.statistics import count_on
from opsc_cli.treaty import (
    TENTH_INSTRUMENT,
    TWENTIETH_CRC_INSTRUMENT,
    entry_into_force,
)

Where = tuple[str | int, ...]

OPSC_ADOPTED = date(2000, 5, 25)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at `where` in NAME.yaml."""

    file: str
    where: Where
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"


def faults(dataset: Dataset, names: NamesFile) -> Iterator[Fault]:
    """Everything that the checks find, unsorted. The law is asked only where every instrument can be counted from."""
    for check in _CHECKS:
        yield from check(dataset)
    yield from names_resolve_to_one_state(names)
    undated = list(instruments_have_a_day_or_a_bracket(dataset))
    yield from undated
    if not undated:
        for check in _LAW_CHECKS:
            yield from check(dataset)


# ── sources ──────────────────────────────────────────────────────────────────────────────────────


def sources_exist(dataset: Dataset) -> Iterator[Fault]:
    for file, where, source in _citations(dataset):
        if source not in dataset.sources:
            yield Fault(file, where, "SRC01", f"no source {source!r} in sources.yaml")


def sources_are_used(dataset: Dataset) -> Iterator[Fault]:
    used = {source for _, _, source in _citations(dataset)}
    for source in dataset.sources:
        if source not in used:
            yield Fault("sources", ("sources", source), "SRC03", "no fact uses this source", "warning")


def dated_facts_have_sources(dataset: Dataset) -> Iterator[Fault]:
    for file, where, record in _records(dataset):
        has_sources = hasattr(record, "sources")
        if has_sources and not record.sources and _dated_fields(record):
            yield Fault(file, where, "SRC02", "a dated fact needs at least one source; expected `sources:` with an id")


def sources_can_know(dataset: Dataset) -> Iterator[Fault]:
    """Of the acts of States: a source that speaks up to a day cannot know an act of a later one."""
    for file, where, record in _records(dataset):
        if not isinstance(record, _ACTS_OF_STATES):
            continue
        for act in (getattr(record, name) for name in _dated_fields(record) if name != "latest"):
            for position, source_id in enumerate(record.sources):
                source = dataset.sources.get(source_id)
                if source and source.as_of and last_day(source.as_of) < first_day(act):
                    message = f"{source_id} speaks up to {in_words(source.as_of)}; expected one that can know {act}"
                    yield Fault(file, (*where, "sources", position), "SRC04", message)


def _dated_fields(record: Any) -> list[str]:
    return [f.name for f in fields(record) if isinstance(getattr(record, f.name), date | Month | Year)]


# ── order of dates ───────────────────────────────────────────────────────────────────────────────


def signatures_come_first(dataset: Dataset) -> Iterator[Fault]:
    for where, state in _states(dataset):
        if state.signature and first_day(state.signature.signed) < OPSC_ADOPTED:
            message = f"signed before the Protocol was adopted on {in_words(OPSC_ADOPTED)}"
            yield Fault("states", (*where, "signature", "signed"), "DATE01", message)
        if state.instrument and state.signature and counts_from(state.instrument) < first_day(state.signature.signed):
            yield Fault("states", (*where, "instrument"), "DATE01", "deposited before it was signed")


def reports_are_in_order(dataset: Dataset) -> Iterator[Fault]:
    for where, state in _states(dataset):
        for path, report in _reports(where, state):
            yield from _report_is_in_order(path, report, dataset)


def _report_is_in_order(where: Where, report: Report, dataset: Dataset) -> Iterator[Fault]:
    yield from _next_report_is_whole(where, report)
    review = report.review
    if not review:
        return
    session = next((s for s in dataset.sessions if s.number == review.session), None)
    if session is None:
        if review.session >= 39:
            yield Fault(
                "states", (*where, "review", "session"), "MEET01", f"no session {review.session} in sessions.yaml"
            )
        return
    if report.submitted and first_day(report.submitted) > last_day(session.closes):
        yield Fault("states", (*where, "submitted"), "DATE01", "received after the session that reviewed it")
    opens, closes = first_day(session.opens), last_day(session.closes)
    observations = report.concluding_observations
    if observations and observations.adopted and last_day(observations.adopted) < opens:
        message = f"adopted before the session that reviewed the report opened on {in_words(opens)}"
        yield Fault("states", (*where, "concluding_observations", "adopted"), "DATE01", message)
    if review.considered and not (first_day(review.considered) <= closes and opens <= last_day(review.considered)):
        message = f"outside the session, which ran from {in_words(opens)} to {in_words(closes)}"
        yield Fault("states", (*where, "review", "considered"), "DATE01", message)


def _next_report_is_whole(where: Where, report: Report) -> Iterator[Fault]:
    said = report.concluding_observations.next_report if report.concluding_observations else None
    if said and (said.kind == "date") != (said.due is not None):
        expected = (
            "expected `due` with its day" if said.kind == "date" else "expected no `due` where a date is announced"
        )
        yield Fault("states", (*where, "concluding_observations", "next_report"), "DATE04", expected)


def facts_end_with_the_record(dataset: Dataset) -> Iterator[Fault]:
    for file, where, record in _records(dataset):
        if getattr(record, "status", None) in _PLANNED:
            continue
        ends = dataset.as_of.parties if isinstance(record, _ACTS_OF_STATES) else dataset.as_of.committee
        for name in _DAYS_OF_FACTS:
            recorded = getattr(record, name, None)
            if isinstance(recorded, date | Month | Year) and first_day(recorded) > ends:
                message = f"later than {in_words(ends)}, when the record ends; expected a day by then"
                yield Fault(file, (*where, name), "DATE02", message)


_PLANNED = ("announced", "cancelled", "postponed")
_ACTS_OF_STATES = (Signature, Instrument, PublishedEntryIntoForce, Territory, Denunciation)
_DAYS_OF_FACTS = ("signed", "deposited", "latest", "received", "submitted", "considered", "adopted", "closes", "made")


# ── law ──────────────────────────────────────────────────────────────────────────────────────────


def instruments_have_a_day_or_a_bracket(dataset: Dataset) -> Iterator[Fault]:
    for where, instrument in _instruments(dataset):
        bracket = (instrument.earliest, instrument.latest)
        if instrument.deposited and not any(bracket):
            continue
        if not instrument.deposited and all(bracket) and bracket[0] < bracket[1]:  # type: ignore[operator]
            continue
        yield Fault("states", where, "DATE03", "expected `deposited`, or `earliest` and a later `latest`")


def published_entry_into_force_agrees(dataset: Dataset) -> Iterator[Fault]:
    for where, state in _states(dataset):
        published = state.published_entry_into_force
        if not published:
            continue
        path = (*where, "published_entry_into_force")
        if not state.instrument:
            yield Fault("states", path, "LAW01", "an entry into force without an instrument")
            continue
        computed = entry_into_force(state.instrument, None, date.max)
        day = getattr(computed, "day", None)
        if day and abs(days_from(day, published.entry_into_force)) > 1:
            message = f"{computed.authority.short} gives {day}, {computed.because}"
            yield Fault("states", (*path, "entry_into_force"), "LAW01", message)


def acts_fit_the_signature(dataset: Dataset) -> Iterator[Fault]:
    for where, state in _states(dataset):
        kind = state.instrument.kind if state.instrument else None
        if kind in ("ratification", "acceptance", "approval") and not state.signature:
            yield Fault("states", (*where, "instrument", "kind"), "LAW02", f"a {kind} without a signature on record")
        if kind == "accession" and state.signature:
            yield Fault("states", (*where, "instrument", "kind"), "LAW02", "an accession by a State that signed")


def reports_come_from_parties(dataset: Dataset) -> Iterator[Fault]:
    for where, state in _states(dataset):
        report = state.initial_report
        if not report:
            continue
        path = (*where, "initial_report")
        if not state.instrument:
            yield Fault("states", path, "LAW03", "an initial report of a State that is not bound by the Protocol")
        elif report.submitted and last_day(report.submitted) < (
            state.instrument.earliest or counts_from(state.instrument)
        ):
            yield Fault("states", (*path, "submitted"), "LAW03", "received before the State was bound by the Protocol")


def landmark_instruments_agree(dataset: Dataset) -> Iterator[Fault]:
    """OPSC art. 14(1), CRC art. 49(1): the tenth and the twentieth deposit.

    Asked of a dataset that is checked against published totals of deposits, and so claims every State.
    """
    if not any(count.of == "deposits" for count in dataset.counts):
        return
    opsc = sorted(counts_from(s.instrument) for s in dataset.states.values() if s.instrument)
    crc = sorted(counts_from(s.crc.instrument) for s in dataset.states.values() if s.crc.instrument)
    for name, deposits, number, expected in (
        ("tenth instrument under the Protocol", opsc, 10, TENTH_INSTRUMENT),
        ("twentieth instrument under the Convention", crc, 20, TWENTIETH_CRC_INSTRUMENT),
    ):
        found = deposits[number - 1] if len(deposits) >= number else None
        if found != expected:
            yield Fault("states", ("states",), "LAW01", f"the {name} is of {found}; expected {expected}")


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────


def sessions_are_in_order(dataset: Dataset) -> Iterator[Fault]:
    held = [(i, s) for i, s in enumerate(dataset.sessions) if s.status.startswith("held")]
    for (_, earlier), (position, later) in pairwise(held):
        where = ("sessions", position)
        if first_day(later.opens) <= last_day(earlier.closes):
            yield Fault("sessions", (*where, "opens"), "MEET02", "opens before the session before it has closed")
        if earlier.number and later.number and later.number <= earlier.number:
            yield Fault("sessions", (*where, "number"), "MEET02", f"{later.number} after {earlier.number}")
    for position, session in enumerate(dataset.sessions):
        if first_day(session.opens) > last_day(session.closes):
            yield Fault("sessions", ("sessions", position, "closes"), "DATE01", "closes before it opens")


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


def published_counts_agree(dataset: Dataset) -> Iterator[Fault]:
    for position, count in enumerate(dataset.counts):
        own = count_on(dataset.states.values(), count.of, last_day(count.on))
        if own != count.value and not count.explained:
            message = f"published {count.value} {count.of}, the dataset has {own}; expected agreement, or `explained`"
            yield Fault("counts", ("counts", position, "value"), "COUNT01", message)


def every_state_has_a_name(dataset: Dataset) -> Iterator[Fault]:
    for iso3 in dataset.names:
        if iso3 not in dataset.states:
            yield Fault("names", ("states", iso3), "NAME01", "a name without a State in states.yaml", "warning")
    for iso3 in dataset.states:
        if iso3 not in dataset.names:
            yield Fault(
                "states",
                ("states", iso3),
                "NAME01",
                f"no name for {iso3!r} in names.yaml; expected an ISO 3166 alpha-3 code",
            )


def names_resolve_to_one_state(names: NamesFile) -> Iterator[Fault]:
    bearers: dict[str, str] = {}
    for iso3, name in names.states.items():
        for text in texts_of(iso3, name):
            other = bearers.setdefault(normalised(text), iso3)
            if other != iso3:
                yield Fault("names", ("states", iso3), "NAME02", f"{text!r} also names {other}")


_Check = Callable[[Dataset], Iterator[Fault]]

_CHECKS: tuple[_Check, ...] = (
    sources_exist,
    sources_are_used,
    dated_facts_have_sources,
    sources_can_know,
    reports_are_in_order,
    facts_end_with_the_record,
    sessions_are_in_order,
    every_state_has_a_name,
)

_LAW_CHECKS: tuple[_Check, ...] = (
    signatures_come_first,
    published_entry_into_force_agrees,
    acts_fit_the_signature,
    reports_come_from_parties,
    landmark_instruments_agree,
    published_counts_agree,
)


# ── walking the record ───────────────────────────────────────────────────────────────────────────


def _states(dataset: Dataset) -> Iterator[tuple[Where, State]]:
    for iso3, state in dataset.states.items():
        yield ("states", iso3), state


def _instruments(dataset: Dataset) -> Iterator[tuple[Where, Instrument]]:
    for where, state in _states(dataset):
        if state.instrument:
            yield (*where, "instrument"), state.instrument
        if state.crc.instrument:
            yield (*where, "crc", "instrument"), state.crc.instrument


def _reports(where: Where, state: State) -> Iterator[tuple[Where, Report]]:
    if state.initial_report:
        yield (*where, "initial_report"), state.initial_report
    for position, report in enumerate(state.reports):
        yield (*where, "reports", position), report


def _records(dataset: Dataset) -> Iterator[tuple[str, Where, Any]]:
    """Every record of the dataset that can hold a fact, with its file and path."""
    for where, state in _states(dataset):
        yield from _within("states", where, state)
    for name, meetings in (("sessions", dataset.sessions), ("pre_sessions", dataset.pre_sessions)):
        for position, meeting in enumerate(meetings):
            yield from _within("sessions", (name, position), meeting)
    for position, count in enumerate(dataset.counts):
        yield from _within("counts", ("counts", position), count)


def _within(file: str, where: Where, record: Any) -> Iterator[tuple[str, Where, Any]]:
    yield file, where, record
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value) and not isinstance(value, type) and hasattr(type(value), "__pydantic_config__"):
            yield from _within(file, (*where, field.name), value)
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if hasattr(type(item), "__pydantic_config__"):
                    yield from _within(file, (*where, field.name, position), item)


def _citations(dataset: Dataset) -> Iterator[tuple[str, Where, str]]:
    for file, where, record in _records(dataset):
        for position, source in enumerate(getattr(record, "sources", ())):
            yield file, (*where, "sources", position), source
