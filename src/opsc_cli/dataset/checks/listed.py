"""The names of States agree with the lists that they come from: each finds its State, and one of several finds none."""

from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.files import NamesFile, ReadingsFile
from opsc_cli.record.names import spelt, texts_of
from opsc_cli.record.records import Dataset


def listed_names_find_their_state(dataset: Dataset, names: NamesFile, read: ReadingsFile) -> Iterator[Fault]:
    bearers = {text: iso3 for iso3, name in names.states.items() for text in texts_of(iso3, name)}
    for codes, listed in read.names.items():
        for text in listed:
            iso3 = bearers.get(text)
            if iso3 and codes == iso3 and text not in names.refused:
                continue
            key = spelt(text)
            refused = dataset.refused.get(key)
            candidates = set(refused.candidates) if refused else set()
            of = set(codes.split(", "))
            if of <= candidates or (not candidates and {dataset.index.get(key)} == of):
                continue
            yield _elsewhere(text, codes, dataset.index.get(key), names)


def _elsewhere(text: str, codes: str, found: str | None, names: NamesFile) -> Fault:
    several = ", " in codes
    expected = f"put it under `refused` with {codes}" if several else f"add it to {codes}"
    has = f"names {found} here" if found else "is not a name here"
    where = ("states", found or codes) if (found or codes) in names.states else ()
    return Fault("names", where, "READ03", f"{text!r} {has}; by the lists it names {codes}; {expected}")
