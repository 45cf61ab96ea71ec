"""A second reading of single facts: facts entered separately from states.yaml must agree with it.

A day of receipt or a date that the Committee set has no other fact to compare it with, so a slip would pass unseen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from opsc_cli.dataset.checks.said import Said, said_of
from opsc_cli.dataset.checks.walking import Fault, sessions_by_number, states
from opsc_cli.dataset.files import ReadingsFile
from opsc_cli.record.dates import days_from, first_day, last_day
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import State

_Fact = tuple[str, str]


def facts_are_read_twice(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
    """Every reading agrees with the record, and every fact has a second reading or is listed under `once`."""
    sessions = sessions_by_number(dataset)
    for where, state in states(dataset):
        iso3 = str(where[-1])
        said = list(said_of(where, state))
        by_source = read.facts.get(iso3, {})
        readings = {fact: source for source, found in by_source.items() for fact in found}
        unread = [fact for fact in said if fact[:2] not in readings]
        on_record = {fact[:2] for fact in said}
        for (field, value), source in readings.items():
            if (field, value) not in on_record and not _says_less(field, value, said, unread):
                yield _differs(iso3, source, field, value, unread)
        elsewhere = {*_in_tables(iso3, read), *_dated_by_the_source(dataset, state)}
        alone = [
            fact
            for fact in unread
            if (fact.alone or _is_unlikely(fact, state, sessions))
            and (fact.field, fact.value.split()[0]) not in elsewhere
        ]
        yield from _read_once(iso3, alone, Counter(read.once.get(iso3, ())))


_FEWEST_DAYS_TO_THE_END, _FIRST_DAY_OF_A_DIALOGUE = 4, 1


def _is_unlikely(fact: Said, state: State, sessions: Mapping[int, Session]) -> bool:
    """Whether a dialogue is on the first day of its session or in the last days, when observations are adopted."""
    if fact.where[-1] != "considered":
        return False
    is_initial = fact.where[2] == "initial_report"
    report = state.initial_report if is_initial else state.reports[int(fact.where[3])]
    session = sessions.get(report.review.session) if report and report.review else None
    day = report.review.considered if report and report.review else None
    if not session or not isinstance(day, date):
        return False
    since, left = days_from(first_day(session.opens), day), days_from(day, last_day(session.closes))
    return since < _FIRST_DAY_OF_A_DIALOGUE or left < _FEWEST_DAYS_TO_THE_END


def _says_less(field: str, value: str, said: list[Said], unread: list[Said]) -> bool:
    """Whether a fact on record says this and more: a source may give a day without saying whose it is.

    The fact counts as read then; but not if the source names only the session that reviewed the report.
    """
    words = set(value.split())
    found = [fact for fact in said if fact.field == field and words <= set(fact.value.split())]
    if field != "reviewed" and found and found[0] in unread:
        unread.remove(found[0])
    return bool(found) or any(_holds(field, value, fact) for fact in said)


def _holds(field: str, value: str, fact: Said) -> bool:
    """Whether the bracket, year or month that was read contains the recorded day."""
    treaty, first = value.split()[0], value.split()[-1]
    of, *_, day = fact.value.split()
    if field in ("earliest", "latest"):
        within = first <= day if field == "earliest" else day <= first
        return fact.field == "deposited" and of == treaty and within
    return fact.field == field and of == treaty and day.startswith(f"{first}-")


def _differs(iso3: str, source: str, field: str, value: str, unread: list[Said]) -> Fault:
    """The value in the record that differs, taken from `unread`; without one, a reading of nothing on record."""
    of = value.split()[0]
    others = sorted((f for f in unread if f.field == field), key=lambda f: f.value.split()[0] != of)
    if not others:
        message = f"states.yaml does not have `{field} {value}`; correct the reading, or record the fact"
        return Fault("readings", ("facts", iso3, source), "READ01", message)
    unread.remove(others[0])
    message = f"states.yaml has {others[0].value} but readings.yaml ({source}) has {value}; fix whichever is wrong"
    return Fault("states", others[0].where, "READ01", message)


def _in_tables(iso3: str, read: ReadingsFile) -> Iterator[_Fact]:
    """The State's acts that are in the tables of a treaty; readings.py compares these."""
    for treaty, table in read.treaties.items():
        if act := table.states.get(iso3):
            yield from ((field, treaty) for field in ("signed", "kind", "deposited") if getattr(act, field))


def _dated_by_the_source(dataset: Dataset, state: State) -> Iterator[_Fact]:
    """The State's procedure, if a source is dated on the day from which it was known."""
    known = state.procedure
    if known and any(s in dataset.sources and dataset.sources[s].as_of == known.as_of for s in known.sources):
        yield "procedure", known.kind


def _read_once(iso3: str, alone: list[Said], listed: Counter[_Fact]) -> Iterator[Fault]:
    """The facts without a second reading, except those that `once` lists."""
    for fact in alone:
        of = fact.value.split()[0]
        if listed[fact.field, of]:
            listed[fact.field, of] -= 1
            continue
        expected = f"read it again in a source, and add it to readings.yaml as `{fact.field} {of} …`"
        yield Fault("states", fact.where, "READ02", f"{fact.value} has no second reading; {expected}", "warning")
    for field, of in listed.elements():
        message = f"no such fact without a second reading: `{field} {of}`; remove it"
        yield Fault("readings", ("once", iso3), "READ02", message, "warning")
