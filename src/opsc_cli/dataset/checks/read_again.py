"""A second reading of single facts: what a source says of a State, entered apart from states.yaml, agrees with it.

A day of receipt or a date that the Committee set has no other fact to compare it with, so a slip would pass unseen.
"""

from collections import Counter
from collections.abc import Iterator

from opsc_cli.dataset.checks.said import Said, said_of
from opsc_cli.dataset.checks.symbols import state_of
from opsc_cli.dataset.checks.walking import Fault, states
from opsc_cli.dataset.files import ReadingsFile
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import State

_Fact = tuple[str, str]


def facts_are_read_twice(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
    """Every reading agrees with the record, and every fact that stands alone has one or is listed under `once`."""
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
        alone = [fact for fact in unread if fact.alone and (fact.field, fact.value.split()[0]) not in elsewhere]
        yield from _read_once(iso3, alone, Counter(read.once.get(iso3, ())))
    yield from _readings_have_sources(dataset, read)


def _says_less(field: str, value: str, said: list[Said], unread: list[Said]) -> bool:
    """Whether a fact on record says this and more: a source may give a day without saying whose it is.

    The fact counts as read then; but for the kind of report, if a source names only the session that reviewed it.
    """
    words = set(value.split())
    found = [fact for fact in said if fact.field == field and words <= set(fact.value.split())]
    if field != "reviewed" and found and found[0] in unread:
        unread.remove(found[0])
    return bool(found)


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
    """What the tables of a treaty have of the State's acts, which readings.py compares."""
    for treaty, table in read.treaties.items():
        if act := table.states.get(iso3):
            yield from ((field, treaty) for field in ("signed", "kind", "deposited") if getattr(act, field))


def _dated_by_the_source(dataset: Dataset, state: State) -> Iterator[_Fact]:
    """The State's procedure, where a source speaks for the very day on which it was known."""
    known = state.procedure
    if known and any(s in dataset.sources and dataset.sources[s].as_of == known.as_of for s in known.sources):
        yield "procedure", known.kind


def _read_once(iso3: str, alone: list[Said], listed: Counter[_Fact]) -> Iterator[Fault]:
    """The facts without a second reading, but for as many of a kind as `once` lists."""
    for fact in alone:
        of = fact.value.split()[0]
        if listed[fact.field, of]:
            listed[fact.field, of] -= 1
            continue
        expected = f"read it again in a source, and add it to readings.yaml as `{fact.field} {of} …`"
        yield Fault("states", fact.where, "READ02", f"{fact.value} stands only once; {expected}", "warning")
    for field, of in listed.elements():
        message = f"no such fact stands only once: `{field} {of}`; remove it"
        yield Fault("readings", ("once", iso3), "READ02", message, "warning")


def _readings_have_sources(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
    """Every reading names a source on record that is not a document of another State."""
    for iso3, by_source in read.facts.items():
        for name in by_source:
            source, where = dataset.sources.get(name), ("facts", iso3, name)
            if source is None:
                yield Fault("readings", where, "SRC01", f"no source {name!r} in sources.yaml")
            elif state_of(source.symbol or "") not in (None, iso3):
                message = f"{source.symbol} is a document of another State; expected one of {iso3}"
                yield Fault("readings", where, "SRC07", message)
        if iso3 not in dataset.states:
            message = f"states.yaml has no State {iso3}, but readings.yaml has it; add the State or remove the reading"
            yield Fault("readings", ("facts", iso3), "READ01", message)
