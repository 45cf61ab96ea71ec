"""Where a State stands on a day: whether the Protocol binds it, what it owes, and what one must know besides.

One result object stands between the work and the words: renderers read a `Position` and compute nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from opsc_cli.authority import Answer, ReasonedDate, Window, last_possible_day
from opsc_cli.dates import in_words
from opsc_cli.forecast import PlainRule, plain_rule
from opsc_cli.knowledge import Closings, closings_of, known_on
from opsc_cli.meetings import Meeting, calendar
from opsc_cli.obligations import (
    LATE,
    Asked,
    Obligation,
    Standing,
    obligations_of,
    review_sources,
    reviewed_reports,
)
from opsc_cli.records import Dataset, Disagreement, Instrument, Report, Signature, State
from opsc_cli.treaty import (
    Status,
    crc_entry_into_force,
    denunciation_effective,
    entry_into_force,
    initial_report_due,
    is_party_to_convention,
    status_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A report that is owed, and what the plain rule gives for its way to the Committee."""

    obligation: Obligation
    plain_rule: PlainRule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialReport:
    """The initial report under the OPSC: when it was due, and all that is on record of it."""

    due: Answer
    record: Report | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Everything there is to say of one State on one day."""

    iso3: str
    name: str
    as_of: date
    status: Status
    standing: Standing
    signature: Signature | None
    instrument: Instrument | None
    entry_into_force: Answer | None
    crc_entry_into_force: Answer | None
    initial_report: InitialReport | None
    last_review: Report | None
    """The last report whose review counts for the next one: under the Convention, or for others under the OPSC."""
    owed: tuple[Owed, ...]
    notes: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def is_late(self) -> bool:
        """Whether any of its reports stands as late."""
        return any(o.obligation.standing in LATE for o in self.owed)


def positions(dataset: Dataset, as_of: date, iso3s: tuple[str, ...]) -> tuple[Position, ...]:
    """The position of each State of `iso3s` on `as_of`, in that order, by what was known on that day."""
    closings = closings_of(dataset.sessions)
    meetings = calendar(dataset.sessions, dataset.pre_sessions, as_of)
    return tuple(_position(dataset, iso3, as_of, closings, meetings) for iso3 in iso3s)


def _position(dataset: Dataset, iso3: str, as_of: date, closings: Closings, meetings: tuple[Meeting, ...]) -> Position:
    known = known_on(as_of, dataset.states[iso3], closings)
    instrument = known.instrument
    in_force = entry_into_force(instrument, known.published_entry_into_force, as_of) if instrument else None
    crc_in_force = crc_entry_into_force(known.crc.instrument) if known.crc.instrument else None
    status = status_on(known, in_force, as_of)
    due = initial_report_due(in_force) if in_force else None
    asked = Asked(as_of=as_of, record_ends=dataset.as_of.committee)
    obligations = obligations_of(known, due, crc_in_force, closings, asked) if due and status == "party" else ()
    reviewed = reviewed_reports(known.reports, "CRC" if is_party_to_convention(known) else "OPSC", closings)
    return Position(
        iso3=iso3,
        name=dataset.names[iso3].name,
        as_of=as_of,
        status=status,
        standing=_standing_of_state(status, obligations),
        signature=known.signature,
        instrument=instrument,
        entry_into_force=in_force,
        crc_entry_into_force=crc_in_force,
        initial_report=_initial_report(known, due) if due else None,
        last_review=reviewed[-1] if reviewed else None,
        owed=tuple(Owed(obligation=o, plain_rule=plain_rule(o, as_of, meetings)) for o in obligations),
        notes=(*_notes(known, status, in_force, due, obligations), *_end_of_record(dataset, as_of)),
        disagreements=tuple(_disagreements(known)),
    )


def _standing_of_state(status: Status, obligations: tuple[Obligation, ...]) -> Standing:
    if obligations:
        return obligations[0].standing
    return "not-yet-bound" if status == "pending" else "not-bound"


def _initial_report(known: State, due: Answer) -> InitialReport:
    record = known.initial_report
    sources = (*record.sources, *review_sources(record)) if record else ()
    return InitialReport(due=due, record=record, sources=tuple(dict.fromkeys(sources)))


def _disagreements(known: State) -> Iterator[Disagreement]:
    for fact in (known.signature, known.instrument, known.published_entry_into_force, known.initial_report):
        if fact:
            yield from fact.disagreements
    for report in known.reports:
        yield from report.disagreements


# ── notes ────────────────────────────────────────────────────────────────────────────────────────


def _notes(
    known: State, status: Status, in_force: Answer | None, due: Answer | None, obligations: tuple[Obligation, ...]
) -> Iterator[str]:
    yield from _bound(known, status, in_force, due)
    if isinstance(in_force, Window) and status == "party":
        latest = in_words(last_possible_day(in_force))
        yield (
            "The day of its deposit is not on record, only a bracket: its dates are windows, it counts as a party"
            f" from the latest day, {latest}, and a due date has passed only when its latest day has."
        )
    for territory in known.territories:
        yield (
            f"Extended to {territory.territory} on {in_words(territory.entry_into_force)}: no new report follows,"
            " one State owes one report."
        )
    if any(
        o.report.kind == "initial" and o.standing in LATE and o.report.procedure == "simplified" for o in obligations
    ):
        yield (
            "The initial report is now expected as replies to a list of issues prior to reporting (Committee's"
            " Decision 18, from 1 January 2024); this changes its form, not its date."
        )


def _bound(known: State, status: Status, in_force: Answer | None, due: Answer | None) -> Iterator[str]:
    convention = "Its duties under the Convention itself go on and are not listed here."
    match status:
        case "signatory" if known.signature:
            signed = in_words(known.signature.signed)
            yield f"Signed on {signed}, no instrument on record: it owes nothing under the OPSC. {convention}"
        case "none":
            yield f"Neither signature nor instrument on record: it owes nothing under the OPSC. {convention}"
        case "denounced" if known.denunciation:
            effective = in_words(denunciation_effective(known.denunciation.received))
            yield (
                f"Denounced with effect from {effective} (OPSC art. 15). Reports that were owed before stay owed: our"
                " inference, no case is known."
            )
        case "pending" if isinstance(in_force, ReasonedDate | Window):
            yield (
                f"Instrument deposited; the Protocol enters into force for it on {_when(in_force)}, and its initial"
                f" report will be due on {_when(due)}."
            )
        case "pending" if in_force:
            yield f"Instrument deposited; entry into force is not established: {in_force.because}."
        case "party" if known.instrument and known.instrument.kind == "succession":
            yield "Party by succession: it counts as a party from the notification; its effective day is not on record."


def _when(answer: Answer | None) -> str:
    match answer:
        case Window():
            return f"a day from {in_words(answer.earliest)} to {in_words(answer.latest)}"
        case ReasonedDate():
            return in_words(answer.day)
        case _:
            return "a day not on record"


def _end_of_record(dataset: Dataset, as_of: date) -> Iterator[str]:
    ends = dataset.as_of
    if as_of > min(ends.parties, ends.committee):
        yield (
            f"The record ends on {in_words(ends.parties)} for parties and on {in_words(ends.committee)} for the"
            " Committee's work; something may have happened since."
        )


def reviews_by_session(dataset: Dataset, as_of: date) -> dict[str, list[tuple[str, str, str]]]:
    """What each session reviewed by what was known on `as_of`: State, report and outcome, by session number."""
    closings = closings_of(dataset.sessions)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for iso3, state in dataset.states.items():
        known = known_on(as_of, state, closings)
        initial = (known.initial_report,) if known.initial_report else ()
        for report in (*initial, *known.reports):
            if report.review:
                what = report.treaty if report.kind == "unspecified" else f"{report.treaty} {report.kind}"
                outcome = report.review.outcome or "reviewed"
                found.setdefault(str(report.review.session), []).append((iso3, what, outcome))
    return found
