"""Adds many facts to a dataset, and runs all checks at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from opsc_cli.answers.diff import compared
from opsc_cli.candidates import refusal
from opsc_cli.dataset.findings import Finding, Unreadable
from opsc_cli.dataset.intake.book import EDITED, EditedDataset
from opsc_cli.dataset.intake.facts import ABOUT_NO_STATE, COMMITTEE, Fact
from opsc_cli.dataset.intake.gate import StateGate, is_against, news, reason_against
from opsc_cli.dataset.intake.outcome import Entered, Outcome
from opsc_cli.dataset.reader import Document, document_of
from opsc_cli.dataset.validate import documents_of, validate_documents
from opsc_cli.record.names import NotAState, find
from opsc_cli.record.records import Dataset


class Entry:
    """A dataset to which facts are added."""

    def __init__(self, folder: Path) -> None:
        """Raises Unreadable where the dataset is not valid."""
        self._documents = documents_of(folder)
        dataset, self._found = validate_documents(self._documents)
        errors = tuple(f for f in self._found if f.severity == "error")
        if dataset is None or errors:
            raise Unreadable(errors or self._found)
        self._dataset: Dataset = dataset

    def of(self, facts: Sequence[Fact], as_of: date) -> Entered:
        """The outcome of each fact, and the answers on `as_of` that change.

        Raises NotLaidOut if a file to change is not in canonical format.
        """
        asked = [self._of_a_state(fact) for fact in facts]
        refused = {n: outcome for n, outcome in enumerate(asked) if isinstance(outcome, Outcome)}
        named = {n: fact for n, fact in enumerate(asked) if isinstance(fact, Fact)}
        while True:
            book = EditedDataset(self._documents, self._dataset, StateGate(self._dataset))
            outcomes = {n: book.take(fact) for n, fact in named.items() if n not in refused}
            documents, dataset, found = self._gate(book)
            against = next((f for f in found if is_against(f.code, f.severity, f.message)), None)
            if dataset and not against:
                every = outcomes | refused
                texts = {
                    name: documents[name].text
                    for name in EDITED
                    if documents.get(name) is not self._documents.get(name)
                }
                return Entered(
                    outcomes=tuple(every[n] for n in sorted(every)),
                    before={name: self._documents[name].text for name in texts},
                    after=texts,
                    warnings=found,
                    comparison=compared(self._dataset, dataset, as_of),
                )
            taken = [n for n, outcome in outcomes.items() if outcome.verdict == "taken"]
            culprit, why = self._first_against(taken, named)
            refused[culprit] = Outcome(fact=facts[culprit], verdict="refused", why=why)

    def _of_a_state(self, fact: Fact) -> Fact | Outcome:
        """The fact with its State's code, or why it names none."""
        if fact.fact in ABOUT_NO_STATE:
            if fact.state in ("", COMMITTEE):
                return replace(fact, state="")
            why = f"{fact.state!r}: a {fact.fact} does not belong to a State; use {COMMITTEE!r} instead"
            return Outcome(fact=fact, verdict="refused", why=why)
        meant = find(fact.state, self._dataset.index, self._dataset.refused)
        if isinstance(meant, NotAState):
            candidates = ((iso3, self._dataset.names[iso3].name) for iso3 in meant.candidates)
            why = refusal(meant.text, meant.because, candidates)
            return Outcome(fact=fact, verdict="refused", why=why)
        return replace(fact, state=meant)

    def _gate(self, book: EditedDataset) -> tuple[Mapping[str, Document], Dataset | None, tuple[Finding, ...]]:
        """The changed files, their dataset, and the new findings."""
        edited = {name: document_of(self._documents[name].file, text) for name, text in book.texts().items()}
        documents = self._documents | edited
        dataset, found = validate_documents(documents)
        return documents, dataset, news(found, self._found)

    def _first_against(self, taken: list[int], facts: Mapping[int, Fact]) -> tuple[int, str]:
        """The first fact that causes a finding, and the finding; found by bisection."""
        low, high, why = 0, len(taken), ""
        while low < high:
            middle = (low + high) // 2
            book = EditedDataset(self._documents, self._dataset, None)
            for n in taken[: middle + 1]:
                book.take(facts[n])
            _, _, found = self._gate(book)
            against = [f for f in found if is_against(f.code, f.severity, f.message)]
            if against:
                high, first = middle, against[0]
                why = reason_against(first.code, first.where, first.severity, first.message)
            else:
                low = middle + 1
        return taken[low], why
