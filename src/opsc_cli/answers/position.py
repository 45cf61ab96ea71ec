"""A State's position on a day: its answer, the forecasts of its reports, and notes.

Renderers only display a `Position`; they compute nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from opsc_cli.answers.answer import StateAnswer, answer_to
from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.totals import remark_on
from opsc_cli.forecast.forecast import Forecast, forecast_for
from opsc_cli.forecast.next_review import NextReview, next_review
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.committee import SIMPLIFIED_PROCEDURE
from opsc_cli.law.initial_report import still_owed
from opsc_cli.law.reports import last_reviewed
from opsc_cli.law.standing import LATE, Asked, Obligation, asked_on
from opsc_cli.law.treaty import OPSC_15, denunciation_effective
from opsc_cli.record.dates import in_words
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.records import Dataset, Name, Source
from opsc_cli.record.state import Denunciation, Disagreement, Report, State
from opsc_cli.record.terms import Region


class Owed(Frozen):
    """A report owed, with the forecast of its review if it was received, on record or by assumption."""

    obligation: Obligation
    forecast: Forecast | None


class Position:
    """All answers about one State on one day, each computed when it is asked for."""

    def __init__(
        self, iso3: str, asked: Asked, outlook: Outlook, if_received: date | None, assumes: str | None
    ) -> None:
        self.iso3, self._asked, self._outlook, self._if_received = iso3, asked, outlook, if_received
        self.assumes = assumes
        """What it supposes that is not on record, as a note."""

    def anew(self) -> "Position":
        """The same position, of which nothing is computed yet."""
        return Position(self.iso3, self._asked, self._outlook, self._if_received, self.assumes)

    @property
    def as_of(self) -> date:
        return self._asked.as_of

    @cached_property
    def named(self) -> Name:
        """Its names and codes."""
        return self._dataset.names[self.iso3]

    @property
    def name(self) -> str:
        return self.named.name

    @property
    def region(self) -> Region | None:
        return self.named.region

    @property
    def sources(self) -> Mapping[str, Source]:
        """Those on record, by id."""
        return self._dataset.sources

    @property
    def _dataset(self) -> Dataset:
        return self._outlook.dataset

    @cached_property
    def answer(self) -> StateAnswer:
        """Its status, standing, entry into force and obligations, and the facts known that day (`answer.known`)."""
        return answer_to(self._asked, self._dataset.states[self.iso3], known=self._outlook.state(self.iso3))

    @cached_property
    def last_review(self) -> Report | None:
        """The last report reviewed: under the Convention, or under the OPSC for a State outside the Convention."""
        return last_reviewed(self.answer.known, self._asked.closings)

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """Its reports."""
        return tuple(_remarked(o, self.iso3, self.as_of, self._dataset) for o in self.answer.obligations)

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        """Its reports, each with its forecast."""
        return tuple(
            Owed(obligation=o, forecast=forecast_for(o, self._outlook, self._if_received)) for o in self.obligations
        )

    @cached_property
    def next_review(self) -> NextReview | None:
        """The forecast of the State's next review; None if it is not party to the Convention."""
        return next_review(self._outlook, self.iso3)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        assumed = (self.assumes,) if self.assumes else ()
        return (*assumed, *_notes(self.answer), *_ends_of_record(self.answer, self._dataset, self.as_of))

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        return tuple(_disagreements(self.answer.known))


def one_by_one(positions: Iterable[Position]) -> OneByOne[Position]:
    """The positions, each computed when its turn comes: those of all States together take megabytes."""
    return OneByOne(lambda: (position.anew() for position in positions))


def positions(
    dataset: Dataset,
    as_of: date,
    iso3s: tuple[str, ...],
    outlook: Outlook | None = None,
    *,
    if_received: date | None = None,
    assumes: str | None = None,
) -> tuple[Position, ...]:
    """The position of each State of `iso3s` on `as_of`, in that order, by what was known on that day.

    `outlook`: that of the day, if the caller has it already. `if_received`: forecast reports that are not on record as
    received as if they were received on this day. `assumes`: what the dataset assumes, for the notes.
    """
    asked = asked_on(as_of, dataset)
    outlook = outlook or Outlook(dataset, as_of)
    return tuple(Position(iso3, asked, outlook, if_received, assumes) for iso3 in iso3s)


def _remarked(obligation: Obligation, iso3: str, as_of: date, dataset: Dataset) -> Obligation:
    """The obligation; if no submission of an initial report is on record, with a remark about a published total."""
    if obligation.report.kind != "initial" or obligation.standing != "past-due-no-record":
        return obligation
    remark = remark_on(iso3, as_of, dataset.overdue_totals)
    return replace(obligation, remarks=(*obligation.remarks, remark)) if remark else obligation


def _disagreements(known: State) -> Iterator[Disagreement]:
    for fact in (known.signature, known.instrument, known.published_entry_into_force, known.initial_report):
        if fact:
            yield from fact.disagreements
    for report in known.reports:
        yield from report.disagreements


# ── notes ────────────────────────────────────────────────────────────────────────────────────────


def _notes(answer: StateAnswer) -> Iterator[str]:
    yield from _bound(answer)
    if answer.known.denunciation:
        yield from _denounced(answer, answer.known.denunciation)
    in_force = answer.entry_into_force
    if isinstance(in_force, Dated) and not in_force.is_day and answer.status == "party":
        yield (
            "The day of its deposit is not on record, only a bracket: its dates are windows, it counts as a party"
            f" from the latest day, {in_words(in_force.last)}, and a due date has passed only when its latest day has."
        )
    for territory in answer.known.territories:
        yield (
            f"Extended to {territory.territory} on {in_words(territory.entry_into_force)}: no new report follows,"
            " one State owes one report."
        )
    late_initial = (o.report for o in answer.obligations if o.report.kind == "initial" and o.standing in LATE)
    if any(report.procedure == "simplified" for report in late_initial):
        yield (
            "The initial report is now expected as replies to a list of issues prior to reporting"
            f" ({SIMPLIFIED_PROCEDURE.short}, from 1 January 2024); this changes its form, not its date."
        )


def _denounced(answer: StateAnswer, denunciation: Denunciation) -> Iterator[str]:
    effective = in_words(denunciation_effective(denunciation.received))
    if answer.status == "denounced":
        yield (
            f"Denounced with effect from {effective} ({OPSC_15.short}): no report falls due under the OPSC since. One"
            " that was due before stays owed; that is our inference, no case is known."
        )
        if owed := still_owed(answer.known, answer.initial_due):
            yield f"Its initial report was due on {_when(owed)}, and no submission is on record."
    else:
        yield (
            f"The depositary received its denunciation on {in_words(denunciation.received)}. It takes effect on"
            f" {effective} ({OPSC_15.short}); a report that would be due later is no longer owed, by our inference."
        )


def _bound(answer: StateAnswer) -> Iterator[str]:
    known, in_force = answer.known, answer.entry_into_force
    convention = "Its duties under the Convention itself go on and are not listed here."
    match answer.status:
        case "signatory" if known.signature:
            signed = in_words(known.signature.signed)
            yield f"Signed on {signed}, no instrument on record: it owes nothing under the OPSC. {convention}"
        case "none":
            yield f"Neither signature nor instrument on record: it owes nothing under the OPSC. {convention}"
        case "pending" if isinstance(in_force, Dated):
            yield (
                f"Instrument deposited; the Protocol enters into force for it on {_when(in_force)}, and its initial"
                f" report will be due on {_when(answer.initial_due)}."
            )
        case "pending" if in_force:
            yield f"Instrument deposited; entry into force is not established: {in_force.because}."
        case "party" if known.instrument and known.instrument.kind == "succession":
            yield "Party by succession: it counts as a party from the notification; its effective day is not on record."


def _when(answer: Answer | None) -> str:
    if not isinstance(answer, Dated):
        return "a day not on record"
    return in_words(answer.last) if answer.is_day else f"a day from {in_words(answer.first)} to {in_words(answer.last)}"


REVIEWS_COMPLETE_FROM = date(2023, 5, 26)
"""The closing of the 93rd session. The record has every review since; some earlier ones are missing."""


def _ends_of_record(answer: StateAnswer, dataset: Dataset, as_of: date) -> Iterator[str]:
    ends = dataset.as_of
    if answer.obligations and as_of < REVIEWS_COMPLETE_FROM:
        yield (
            "Reviews before the 93rd session (May 2023) are not all on record: on this day a later review may have"
            " been known, and with it another term."
        )
    if as_of <= min(ends.parties, ends.committee):
        return
    whole = f"on {in_words(ends.parties)} for parties and on {in_words(ends.committee)} for the Committee's work"
    if checked := answer.known.checked:
        since = "; something may have happened since" if as_of > checked.day else ""
        on = in_words(checked.day)
        yield f"The record of this State was checked on {on}{since}. The record as a whole ends {whole}."
    else:
        yield f"The record ends {whole}; something may have happened since."
