"""Cross-check: values extracted from a source a second time must agree with the record.

A typing error in one of two independent entries appears as a difference between them.
"""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from opsc_cli.dataset.checks.walking import Fault, conventions_and_protocol, states
from opsc_cli.dataset.files import CodesReading, ReadingsFile, TreatyReading
from opsc_cli.dataset.reader import Where
from opsc_cli.record.records import Dataset


def the_record_says_what_was_read(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
    """Days and kinds of the acts of States, and their codes; a part that is missing compares nothing."""
    for part in ("treaties", "codes", "names", "facts"):
        if not getattr(read, part) and not (part == "facts" and read.once):
            message = (
                f"no `{part}`, so the facts that it is compared with have no second reading; add the second readings"
            )
            yield Fault("readings", (), "READ02", message, "warning")
    for treaty, reading in read.treaties.items():
        if reading.source not in dataset.sources:
            message = f"no source {reading.source!r} in sources.yaml"
            yield Fault("readings", ("treaties", treaty, "source"), "SRC01", message)
        yield from _acts(dataset, treaty, reading)
        yield from _missing(("treaties", treaty, "states"), reading.states, dataset.states)
    for position, listed in enumerate(read.codes):
        yield from _codes(dataset, listed)
        yield from _missing(("codes", position, "states"), listed.states, dataset.names)


def _missing(where: Where, read: Iterable[str], recorded: Container[str]) -> Iterator[Fault]:
    for iso3 in read:
        if iso3 not in recorded:
            message = f"states.yaml has no State {iso3}, but readings.yaml has it; add the State or remove the reading"
            yield Fault("readings", (*where, iso3), "READ01", message)


def _acts(dataset: Dataset, treaty: str, reading: TreatyReading) -> Iterator[Fault]:
    for where, state in states(dataset):
        said = reading.states.get(str(where[-1]))
        for name, path, signature, instrument in conventions_and_protocol(where, state):
            if name != treaty:
                continue
            for below, held, fields in (
                ("signature", signature, ("signed",)),
                ("instrument", instrument, ("kind", "deposited")),
            ):
                yield from _one_act((*path, below), held, fields, said, reading.source)


def _one_act(where: Where, held: Any, fields: tuple[str, ...], said: Any, source: str) -> Iterator[Fault]:
    """Compares `held`, the record's act, with `said`, the second reading."""
    cited = held is not None and source in held.sources
    for field in fields:
        expected = getattr(said, field, None) if said else None
        recorded = getattr(held, field, None)
        if recorded == expected or (expected is None and not cited):
            continue
        if any(d.about in (None, field) and source in d.sources for d in getattr(held, "disagreements", ())):
            continue
        path = (*where, field) if recorded is not None else where
        has = f"states.yaml has {recorded or 'none'}"
        if expected:
            message = f"{has} but readings.yaml ({source}) has {expected}; fix whichever is wrong"
        else:
            message = f"{has} but readings.yaml ({source}) has no `{field}`; cite a source that has it"
        yield Fault("states", path, "READ01", message)


def acts_cite_their_table(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
    """An act that a table has cites the table, if the act cites only sources on record."""
    for treaty, table in read.treaties.items():
        for where, state in states(dataset):
            said = table.states.get(str(where[-1]))
            for name, path, signature, instrument in conventions_and_protocol(where, state):
                if said and name == treaty and table.source in dataset.sources:
                    yield from _uncited(dataset, (*path, "signature"), said.signed and signature, table.source)
                    yield from _uncited(dataset, (*path, "instrument"), said.deposited and instrument, table.source)


def _uncited(dataset: Dataset, where: Where, held: Any, source: str) -> Iterator[Fault]:
    """Not if the table says otherwise, and the record explains why."""
    cited = {*held.sources, *(name for d in held.disagreements for name in d.sources)} if held else set()
    if cited and held.sources and source not in cited and dataset.sources.keys() >= cited:
        message = f"{source} has this act, but is not among its sources; add it"
        yield Fault("states", (*where, "sources"), "SRC13", message, "warning")


def _codes(dataset: Dataset, reading: CodesReading) -> Iterator[Fault]:
    for iso3, name in dataset.names.items():
        said = reading.states.get(iso3)
        if not said:
            yield Fault(
                "names",
                ("states", iso3),
                "READ01",
                f"readings.yaml ({reading.source}) has no State {iso3}; add it or correct the code",
            )
            continue
        for field in ("iso2", "m49"):
            expected, recorded = getattr(said, field), getattr(name, field)
            if recorded != expected:
                message = f"names.yaml has {recorded} but readings.yaml ({reading.source}) has {expected}"
                yield Fault("names", ("states", iso3, field), "READ01", f"{message}; fix whichever is wrong")
