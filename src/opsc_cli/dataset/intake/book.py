"""The files of a dataset while facts are added one by one; each fact is added completely or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from opsc_cli.dataset.checks.speaking import state_in
from opsc_cli.dataset.checks.whole import version_day
from opsc_cli.dataset.files import ActsRead, CountsFile, ReadingsFile, SessionsFile
from opsc_cli.dataset.intake import acts, deadlines, meetings, reporting
from opsc_cli.dataset.intake.change import Change
from opsc_cli.dataset.intake.changes import Contradiction, changes
from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.edit import EditedFile
from opsc_cli.dataset.intake.facts import ABOUT_NO_STATE, Fact, Refusal, well_formed
from opsc_cli.dataset.intake.gate import Around, StateGate
from opsc_cli.dataset.intake.later import speaking_for_its_day
from opsc_cli.dataset.intake.outcome import Outcome
from opsc_cli.dataset.intake.reports import RecordedSessions, parsed
from opsc_cli.dataset.intake.second import read_again
from opsc_cli.dataset.intake.sources import Cited, SourceRegister
from opsc_cli.dataset.reader import Document, Where
from opsc_cli.dataset.validate import FILES, OPTIONAL, typed
from opsc_cli.record.parsing import Day
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import Instrument, Signature, State

EDITED = ("sources", "sessions", "counts", "states", "readings")
"""The files that facts can change, in the order of writing: a source before the facts that cite it."""

_OF_STATES: Mapping[str, Callable[[Fact, State, RecordedSessions], list[Claim]]] = {
    "report-received": reporting.received,
    "due-printed": reporting.due_printed,
    "list-of-issues": reporting.list_of_issues,
    "loipr": deadlines.loipr,
    "review": reporting.review,
    "observations": reporting.observations,
    "next-due": deadlines.next_due,
    "not-submitted": deadlines.not_submitted,
    "programme": reporting.programme,
    "procedure": reporting.procedure,
    "signature": lambda fact, *_: acts.signature(fact),
    "deposit": lambda fact, state, _: acts.deposit(fact, state),
    "entry-into-force": lambda fact, *_: acts.entry_into_force(fact),
    "checked": lambda fact, *_: acts.checked(fact),
}


class EditedDataset:
    """The files that facts change; with `one_state`, the checks of one State run after each fact."""

    def __init__(self, documents: Mapping[str, Document], dataset: Dataset, one_state: StateGate | None) -> None:
        self._texts = {name: documents[name].text for name in EDITED if name in documents}
        self._files = {name: EditedFile(documents[name], (FILES | OPTIONAL)[name]) for name in self._texts}
        self._sources = SourceRegister(self._files["sources"])
        self._records = dict(dataset.sources)
        self._names = dataset.names
        self._ends = dataset.as_of.latest
        self._version = dataset.version
        self._one_state = one_state

    def take(self, fact: Fact) -> Outcome:
        """Adds the fact unless a check refuses it, and returns the outcome."""
        try:
            fact = speaking_for_its_day(well_formed(fact), self._ends)
            read: date = parsed(Day, fact.read, "read")
            cited = self._sources.cited_by(fact)
            symbol = cited.record.get("symbol", "")
            said = replace(fact, source=cited.key, kind=cited.record["kind"], source_symbol=symbol)
            claims = self._claims(said)
            found = [change for claim in claims for change in changes(claim, said, self._value)]
            again = self._put_in(said, found, claims, cited, _not_before(read, self._version))
            if not (found or again) and (cited.is_new or not cited.adds):
                return Outcome(fact=fact, verdict="already-on-record", why=f"by {cited.key}")
        except Refusal as refusal:
            return Outcome(fact=fact, verdict="refused", why=str(refusal))
        except Contradiction as contradiction:
            return Outcome(fact=fact, verdict="contradicts", why=f"{contradiction}; {_TO_CHOOSE}")
        self._version = _not_before(read, self._version)
        return Outcome(fact=fact, verdict="taken", why=_summary(found, cited, read_again=bool(again)))

    def texts(self) -> dict[str, str]:
        """The changed files; the version is not before the day the last source was read."""
        if self._version != self._value("states", ("version",)):
            self._files["states"].set(("version",), self._version)
        now = {name: self._files[name].text() for name in self._texts}
        return {name: text for name, text in now.items() if text != self._texts[name]}

    # ── what a fact claims ───────────────────────────────────────────────────────────────────────

    def _claims(self, fact: Fact) -> list[Claim]:
        if fact.fact == "total":
            return meetings.total(fact, self._typed("counts", CountsFile).counts)
        if fact.fact == "session":
            return meetings.session(fact, self._meetings.sessions)
        if fact.fact == "pre-session":
            return meetings.pre_session(fact, self._meetings.pre_sessions)
        claims = _OF_STATES[fact.fact](fact, self._state(fact.state), RecordedSessions(self._meetings.sessions))
        return [*claims, *self._second_reading(fact, claims)]

    def _second_reading(self, fact: Fact, claims: list[Claim]) -> list[Claim]:
        """The same claims for readings.yaml, if it has the acts of States from this source."""
        treaty = fact.treaty or "OPSC"
        held = self._held("readings", ("treaties", treaty))
        if not held or held["source"] != fact.source:
            return []
        where = ("treaties", treaty, "states", fact.state)
        acts_claimed = (claim.says for claim in claims if claim.kind in (Signature, Instrument))
        says = {n: t for act in acts_claimed for n, t in act.items() if n in ("signed", "kind", "deposited")}
        return [Claim(file="readings", where=where, kind=ActsRead, says=says, is_main=False)] if says else []

    def _value(self, file: str, where: Where) -> Any:
        return self._files[file].value(where)

    def _state(self, iso3: str) -> State:
        held = self._value("states", ("states", iso3))
        if held is None:
            raise Refusal(f"states.yaml has no State {iso3}; add it first")
        state: State = typed(held, State)
        return state

    def _typed(self, file: str, kind: type) -> Any:
        return typed(self._value(file, ()), kind)

    @cached_property
    def _meetings(self) -> SessionsFile:
        held: SessionsFile = self._typed("sessions", SessionsFile)
        return held

    # ── into the files ───────────────────────────────────────────────────────────────────────────

    def _put_in(self, fact: Fact, found: list[Change], claims: list[Claim], cited: Cited, version: str) -> list[Change]:
        """Makes the changes and adds their source; returns the second readings among them.

        If a check refuses the changes, undoes them and raises Refusal.
        """
        records, again = self._records | {cited.key: typed(cited.record, Source)}, list[Change]()
        if fact.fact not in ABOUT_NO_STATE:
            around = Around(version=version, sources=records, sessions=self._meetings.sessions)
            again = self._put_into_the_state(fact, [c for c in found if c.file == "states"], claims, around)
        for change in (*found, *again):
            if change.file != "states":
                self._apply(change)
        if found or again or (cited.adds and not cited.is_new):
            self._records = records
            self._sources.put(cited)
        return again

    def _put_into_the_state(self, fact: Fact, found: list[Change], claims: list[Claim], around: Around) -> list[Change]:
        place = ("states", fact.state)
        before, held = self._state(fact.state), self._files["states"].copy(place) if found else None
        for change in found:
            self._apply(change)
        after = self._state(fact.state)
        try:
            if found and self._one_state and (why := self._one_state.against(fact.state, before, after, around)):
                raise Refusal(why)
            named = None if fact.source_symbol else state_in(fact.source, self._names)
            again = list(read_again(fact, claims, before, after, self._readings_for(fact), named))
        except Refusal:
            if held:
                self._files["states"].put_back(place, held)
            raise
        return again if "readings" in self._files else []

    def _readings_for(self, fact: Fact) -> ReadingsFile:
        """What readings.yaml has of the State and of the source."""
        places = (("facts", fact.state), ("once", fact.state), ("speaks_of", fact.source))
        held = {place[0]: {place[1]: value} for place in places if (value := self._held("readings", place))}
        read: ReadingsFile = typed(held, ReadingsFile)
        return read

    def _held(self, file: str, where: Where) -> Any:
        return self._value(file, where) if file in self._files else None

    def _apply(self, change: Change) -> None:
        file, (*above, last) = self._files[change.file], change.where
        if change.value is None:
            file.remove(change.where)
        elif change.is_item:
            file.insert(tuple(above), int(last), change.value)
        else:
            file.set(change.where, change.value)
        if change.file == "sessions":
            self.__dict__.pop("_meetings", None)


_TO_CHOOSE = "to store it beside the recorded value, add --disagreement REASON; to replace that value, --replace REASON"


def _not_before(day: date, version: str) -> str:
    """The dataset's version, moved to `day` if it is earlier."""
    known = version_day(version)
    return f"{day:%Y.%m.%d}" if known is None or known < day else version


def _summary(found: list[Change], cited: Cited, *, read_again: bool) -> str:
    """The changes of the record in short, with the source."""
    said = [str(change).strip() for change in found if not change.is_source]
    said += ["read a second time"] if read_again else []
    said += ["one source more"] if found and not said else []
    said += [f"{name} of the source" for name in cited.adds] if not cited.is_new else []
    return f"{'; '.join(said)} ({'new source ' if cited.is_new else ''}{cited.key})"
