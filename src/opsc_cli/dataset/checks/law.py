"""Law: whether the recorded acts agree with the articles, and whether the State could make them."""

from collections.abc import Iterator, Mapping
from datetime import date

from opsc_cli.answers.audit import printed_due_years
from opsc_cli.dataset.checks.walking import (
    Fault,
    conventions_and_protocol,
    first_possible_day,
    instruments,
    last_possible_day,
    reports,
    sessions_by_number,
    states,
)
from opsc_cli.dataset.reader import Where
from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.treaty import (
    TENTH_INSTRUMENT,
    TWENTIETH_CRC_INSTRUMENT,
    crc_entry_into_force,
    final_entry_into_force,
    general_entry_into_force,
)
from opsc_cli.record.dates import Recorded, days_from, first_day, in_words, last_day
from opsc_cli.record.known import counts_from
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Instrument, Report, State


def instruments_have_a_day_or_a_bracket(dataset: Dataset) -> Iterator[Fault]:
    for where, instrument in instruments(dataset):
        bracket = (instrument.earliest, instrument.latest)
        if instrument.deposited and not any(bracket):
            continue
        if not instrument.deposited and all(bracket) and bracket[0] < bracket[1]:  # type: ignore[operator]
            continue
        yield Fault("states", where, "DATE03", "expected `deposited`, or `earliest` and a later `latest`")


def published_entry_into_force_agrees(dataset: Dataset) -> Iterator[Fault]:
    """OPSC art. 14, within one day, as practice varies; for a bracket, a published day within the window."""
    for where, state in states(dataset):
        published = state.published_entry_into_force
        if not published:
            continue
        path = (*where, "published_entry_into_force")
        if not state.instrument:
            yield Fault("states", path, "LAW01", "there is no instrument; record it, or delete this day")
            continue
        day = published.entry_into_force
        computed = final_entry_into_force(state.instrument, None)
        if not isinstance(computed, Dated):
            if day < general_entry_into_force():  # a succession can take effect before it is notified
                message = f"before the Protocol was in force; expected {in_words(general_entry_into_force())} or later"
                yield Fault("states", (*path, "entry_into_force"), "LAW01", message)
            continue
        if days_from(computed.first, day) < -1 or days_from(computed.last, day) > 1:
            window = f"{in_words(computed.first)} to {in_words(computed.last)}"
            given = in_words(computed.last) if computed.is_day else window
            message = f"{computed.authority.short} gives {given}, {computed.because}; fix this day or the deposit"
            yield Fault("states", (*path, "entry_into_force"), "LAW01", message)


def acts_fit_the_signature(dataset: Dataset) -> Iterator[Fault]:
    for where, state in states(dataset):
        for _, path, signature, instrument in conventions_and_protocol(where, state):
            kind = instrument.kind if instrument else None
            if kind in ("ratification", "acceptance", "approval") and not signature:
                yield Fault(
                    "states",
                    (*path, "instrument", "kind"),
                    "LAW02",
                    f"a {kind} needs a signature; record it, or correct the kind",
                )
            if kind == "accession" and signature:
                yield Fault(
                    "states",
                    (*path, "instrument", "kind"),
                    "LAW02",
                    "a State that signed does not accede; correct the kind or the signature",
                )


def only_states_of_the_convention_join(dataset: Dataset) -> Iterator[Fault]:
    """OPSC art. 13: open to States that are party to the Convention or have signed it."""
    for where, state in states(dataset):
        crc = [first_day(state.crc.signature.signed)] if state.crc.signature else []
        crc += [first_possible_day(state.crc.instrument)] if state.crc.instrument else []
        for path, day in (
            ((*where, "signature"), state.signature and last_day(state.signature.signed)),
            ((*where, "instrument"), state.instrument and last_possible_day(state.instrument)),
        ):
            if day and not any(joined <= day for joined in crc):
                message = (
                    "OPSC art. 13: the State had not signed or joined the Convention by then; fix whichever is wrong"
                )
                yield Fault("states", path, "LAW04", message)


def successions_take_effect_on_a_day(dataset: Dataset) -> Iterator[Fault]:
    """The articles do not give the day on which a succession takes effect: the depositary records it."""
    for where, state in states(dataset):
        for treaty, path, _, instrument in conventions_and_protocol(where, state):
            recorded = treaty == "OPSC" and state.published_entry_into_force
            if instrument and instrument.kind == "succession" and not recorded and not instrument.note:
                expected = "expected `published_entry_into_force`" if treaty == "OPSC" else "expected that day"
                message = f"the day on which the succession took effect is not on record; {expected}, or a `note`"
                yield Fault("states", (*path, "instrument"), "LAW05", message, "warning")


def only_parties_report(dataset: Dataset) -> Iterator[Fault]:
    """Reports are received, reviewed and asked for under a treaty that is in force for the State on that day."""
    by_number = sessions_by_number(dataset)
    bound = {iso3: _bound_from(state) for iso3, state in dataset.states.items()}
    for where, state in states(dataset):
        if state.initial_report and not state.instrument:
            message = "the State is not bound by the Protocol; record its instrument, or delete this report"
            yield Fault("states", (*where, "initial_report"), "LAW03", message)
        yield from _asked_for(where, state, bound[str(where[-1])])
    for path, iso3, report in reports(dataset):
        if report.treaty in bound[iso3]:
            yield from _received_and_reviewed(path, report, bound[iso3][report.treaty], by_number)


_NAMED = {"OPSC": "the Protocol", "CRC": "the Convention"}
_FIX = "correct this, or the instrument"


def _bound_from(state: State) -> dict[str, date | None]:
    """By treaty, the first day on which it can have been in force for the State; None if the State did not join."""
    opsc, crc = state.instrument, state.crc.instrument
    return {
        "OPSC": _begins(opsc, final_entry_into_force(opsc, state.published_entry_into_force)) if opsc else None,
        "CRC": _begins(crc, crc_entry_into_force(crc)) if crc else None,
    }


def _begins(instrument: Instrument, in_force: Answer) -> date:
    return in_force.first if isinstance(in_force, Dated) else first_possible_day(instrument)


def _received_and_reviewed(
    where: Where, report: Report, begins: date | None, by_number: Mapping[int, Session]
) -> Iterator[Fault]:
    named = _NAMED[report.treaty]
    if begins and report.submitted and last_day(report.submitted) < begins:
        yield Fault("states", (*where, "submitted"), "LAW03", f"received before {named} bound the State; {_FIX}")
    session = by_number.get(report.review.session) if report.review else None
    if session and (begins is None or begins > last_day(session.closes)):
        message = f"{named} did not bind the State at session {session.number}; {_FIX}"
        yield Fault("states", (*where, "review", "session"), "LAW03", message)


def _asked_for(where: Where, state: State, bound: Mapping[str, date | None]) -> Iterator[Fault]:
    """By a list of issues prior to reporting, or a request."""
    asked: list[tuple[Where, str, Recorded]] = [
        (("lists_of_issues_prior_to_reporting", position, "adopted"), treaty, loipr.adopted)
        for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting)
        for treaty in loipr.covers
        if treaty in bound
    ]
    asked += [(("requests", n, "made"), request.treaty, request.made) for n, request in enumerate(state.requests)]
    for below, treaty, day in asked:
        begins = bound[treaty]
        if begins is None or last_day(day) < begins:
            yield Fault("states", (*where, *below), "LAW03", f"{_NAMED[treaty]} did not bind the State then; {_FIX}")


def printed_due_years_agree(dataset: Dataset) -> Iterator[Fault]:
    """OPSC art. 12(1): a printed due year that differs from the computed day needs a reason."""
    for found in printed_due_years(dataset):
        if found.explained is None:
            where = ("states", found.subject, "initial_report", "due_published")
            message = f"{found.by} gives {found.computed}; expected agreement, or a disagreement about `due_published`"
            yield Fault("states", where, "LAW06", message, "warning")


def landmark_instruments_agree(dataset: Dataset) -> Iterator[Fault]:
    """OPSC art. 14(1), CRC art. 49(1): the tenth and the twentieth deposit.

    Only for a dataset with published totals of deposits, because it claims to have every State.
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
            message = f"the {name} is of {found}; expected {expected}: correct or add the deposit that differs"
            yield Fault("states", ("states",), "LAW01", message)
