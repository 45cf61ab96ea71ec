"""Assertions: a statement that a report is missing, or that a date was set, needs a source that can know it.

Only a wrong assertion can make a State overdue that is not. So its source must be dated on or after that day.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from opsc_cli.dataset.checks.symbols import state_of
from opsc_cli.dataset.checks.walking import Fault, reports, sessions_by_number, states
from opsc_cli.dataset.reader import Where
from opsc_cli.record.dates import first_day, in_words, last_day
from opsc_cli.record.names import texts_of
from opsc_cli.record.records import Dataset, Name, Source
from opsc_cli.record.state import NotSubmitted, Report
from opsc_cli.record.terms import SourceKind

_LONGEST_CODE = 3
_OFFICIAL = ("committee", "secretariat")


def somebody_can_have_said(dataset: Dataset) -> Iterator[Fault]:
    """A statement that a report is missing on a day, or that a date was set on it, needs a source not older."""
    said = (((*where, "as_of"), told, first_day(told.as_of)) for where, _, told in _assertions(dataset))
    for where, record, day in (*said, *_set_dates(dataset)):
        known = [(source, dataset.sources[source]) for source in record.sources if source in dataset.sources]
        if not known or any(_speaks_of(source, day) for _, source in known):
            continue
        undated = next((name for name, source in known if not source.as_of), None)
        if undated:
            message = f"{undated} has no date; add its `as_of`, {in_words(day)} or later"
            yield Fault("states", where, "SRC10", message)
        else:
            reach = f"{known[0][0]} is of {in_words(known[0][1].as_of)}"  # type: ignore[arg-type]
            message = f"{reach}; expected an earlier day, or a later source"
            yield Fault("states", where, "SRC04", message)


def the_committee_said_it_of_the_state(dataset: Dataset) -> Iterator[Fault]:
    """A statement of the Committee or its secretariat needs a document or release about the State, not older."""
    for where, iso3, assertion in _assertions(dataset):
        if assertion.asserted_by not in _OFFICIAL:
            continue
        name, day = dataset.names.get(iso3), first_day(assertion.as_of)
        known = (dataset.sources[source] for source in assertion.sources if source in dataset.sources)
        cited = [source for source in known if _speaks_of(source, day)]
        if name and cited and not any(_is_word_of_the_committee(source, iso3, name) for source in cited):
            message = (
                f"said by the {assertion.asserted_by}; expected a document or release about {name.name}"
                f" of {in_words(day)} or later"
            )
            yield Fault("states", (*where, "asserted_by"), "SRC11", message)


_SAYS: dict[str, set[SourceKind]] = {
    "committee": {"document", "release", "ngo"},
    "secretariat": {"document", "release", "ngo"},
    "committee-member": {"document", "release"},
    "state": {"state", "document", "release", "press", "ngo"},
    "nhri": {"ngo", "state"},
    "ngo": {"ngo"},
    "press": {"press"},
    "press-and-ngo": {"press", "ngo"},
    "academic": {"academic"},
}
"""The kinds of source in which each can be read; an organisation may quote the Committee's text."""


def sources_are_of_who_said_it(dataset: Dataset) -> Iterator[Fault]:
    """What the press says is read in the press, and so on."""
    told: list[tuple[Where, Any]] = [(w, a) for w, _, a in _assertions(dataset) if a.asserted_by not in _OFFICIAL]
    for where, _, report in reports(dataset):
        observations = report.concluding_observations
        if observations and observations.next_report:
            told.append(((*where, "concluding_observations", "next_report"), observations.next_report))
    for where, record in told:
        kinds = {dataset.sources[source].kind for source in record.sources if source in dataset.sources}
        expected = _SAYS.get(record.asserted_by)
        if expected and kinds and not kinds & expected:
            message = f"said by {record.asserted_by}; expected a source of the kind {' or '.join(sorted(expected))}"
            yield Fault("states", (*where, "asserted_by"), "SRC11", message, "warning")


def _assertions(dataset: Dataset) -> Iterator[tuple[Where, str, NotSubmitted]]:
    for where, iso3, report in reports(dataset):
        for position, assertion in enumerate(report.not_submitted):
            yield (*where, "not_submitted", position), iso3, assertion
    for where, state in states(dataset):
        for position, assertion in enumerate(state.crc.not_submitted):
            yield (*where, "crc", "not_submitted", position), str(where[-1]), assertion


def _set_dates(dataset: Dataset) -> Iterator[tuple[Where, Any, date]]:
    """Every date that the Committee set, with the day on which it did: no older source can report it."""
    opened = {number: first_day(session.opens) for number, session in sessions_by_number(dataset).items()}
    for where, _, report in reports(dataset):
        observations = report.concluding_observations
        said = observations.next_report if observations else None
        day = _adopted(report, opened)
        if said and said.due and day:
            yield (*where, "concluding_observations", "next_report", "due"), said, day
    for where, state in states(dataset):
        for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
            if loipr.due:
                yield (*where, "lists_of_issues_prior_to_reporting", position, "due"), loipr, first_day(loipr.adopted)
        for position, request in enumerate(state.requests):
            yield (*where, "requests", position, "due"), request, first_day(request.made)


def _adopted(report: Report, opened: dict[int, date]) -> date | None:
    observations = report.concluding_observations
    if observations and observations.adopted:
        return first_day(observations.adopted)
    return opened.get(report.review.session) if report.review else None


def _speaks_of(source: Source, day: date) -> bool:
    return bool(source.as_of and last_day(source.as_of) >= day)


def _is_word_of_the_committee(source: Source, iso3: str, name: Name) -> bool:
    if source.kind not in ("document", "release"):
        return False
    of = state_of(source.symbol or "")
    return of == iso3 if of else any(text.search(source.title) for text in _names(iso3, name))


@cache
def _names(iso3: str, name: Name) -> list[re.Pattern[str]]:
    """Patterns of the State's names as whole words; in scripts without spaces, anywhere."""
    texts = [text for text in texts_of(iso3, name) if len(text) > _LONGEST_CODE or not text.isascii()]
    return [re.compile(rf"\b{re.escape(t)}\b" if t.isascii() else re.escape(t), re.IGNORECASE) for t in texts]
