"""The States that a source is about: a fact must not cite a source that is only about other States.

The State is in the symbol of a document and, as a rule, in the id of any other source (FBC-NEWS-2022-07-28-FJI); for
the others readings.yaml lists the States.
"""

from collections.abc import Iterator, Mapping

from opsc_cli.dataset.checks.symbols import state_of
from opsc_cli.dataset.checks.walking import Fault, Records
from opsc_cli.dataset.files import ReadingsFile
from opsc_cli.record.records import Dataset


def facts_cite_what_speaks_of_the_state(dataset: Dataset, walked: Records, read: ReadingsFile) -> Iterator[Fault]:
    about = {name: set(listed) for name, listed in read.speaks_of.items()}
    for name, source in dataset.sources.items():
        named = state_of(source.symbol or "") or state_in(name, dataset.names)
        if named:
            about.setdefault(name, set()).add(named)
    for file, where, record in walked:
        for position, name in enumerate(getattr(record, "sources", ()) if file == "states" else ()):
            if name in about and where[1] not in about[name]:
                yield _of_others(where[1], name, about[name], (*where, "sources", position))
    for name in read.speaks_of:
        if name not in dataset.sources:
            yield Fault("readings", ("speaks_of", name), "SRC01", f"no source {name!r} in sources.yaml")


def readings_have_sources(dataset: Dataset, read: ReadingsFile) -> Iterator[Fault]:
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


def state_in(name: str, names: Mapping[str, object]) -> str | None:
    """The State whose code is the last part of the id of a source."""
    return next((part for part in reversed(name.split("-")) if part in names), None)


def _of_others(iso3: str | int, name: str, about: set[str], where: tuple[str | int, ...]) -> Fault:
    shown = ", ".join(sorted(about)[:3]) + (" …" if len(about) > 3 else "")
    message = f"{name} is about {shown}; cite a source about {iso3}, or add {iso3} to its `speaks_of` in readings.yaml"
    return Fault("states", where, "SRC07", message)
