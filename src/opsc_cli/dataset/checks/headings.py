"""Headings: the States of a file are in the order of their names, each with its own name as a comment."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.files import NamesFile
from opsc_cli.dataset.reader import Document
from opsc_cli.record.names import spelt


def faults_of_text(documents: Mapping[str, Document], names: NamesFile) -> Iterator[Fault]:
    """Checks that need the text of the files, because the dataset no longer has order and comments."""
    yield from _states_stand_in_order("states", documents["states"], names)
    yield from _states_stand_in_order("names", documents["names"], names)
    yield from _remarks_name_the_state(documents["states"], names)


def _states_stand_in_order(file: str, document: Document, names: NamesFile) -> Iterator[Fault]:
    """Alphabetically by the short name in English, in states.yaml as in names.yaml."""
    named = [(iso3, names.states[iso3].name) for iso3 in document.value["states"] if iso3 in names.states]
    for (_, before), (iso3, name) in pairwise(named):
        if spelt(name) < spelt(before):
            message = f"{name} comes after {before}; expected the alphabetical order of the names"
            yield Fault(file, ("states", iso3), "NAME04", message, "warning")


def _remarks_name_the_state(document: Document, names: NamesFile) -> Iterator[Fault]:
    """`NPL: # Nepal`: a reader trusts the comment, so it must name the State of the code."""
    for iso3 in document.value["states"]:
        said = document.remark("states", iso3)
        name = names.states[iso3].name if iso3 in names.states else said
        if said and said != name and not said.startswith((f"{name},", f"{name}:", f"{name};", f"{name} (")):
            message = f"the comment names {said!r}; expected {name!r}, the name of {iso3}"
            yield Fault("states", ("states", iso3), "NAME05", message, "warning")
