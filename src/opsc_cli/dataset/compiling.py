"""Writes the compiled dataset to `_dataset.py`, `.jsonl` and `.tsv`, never committed; compiled.py reads it."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from opsc_cli import index
from opsc_cli.dataset.compiled import TAG, beside
from opsc_cli.record.records import PARTS, Dataset, Source

_MAPS = ("states", "sources", "names")
_NAMES = ("refused", "index")
_LINES = tuple(name for name in PARTS if name not in (*_MAPS, *_NAMES))


def compile_into(module: Path, dataset: Dataset, sha256: str) -> None:
    """Writes the generated module, and beside it the lines and the table of names."""
    with open(beside(str(module), ".jsonl"), "wb") as file:

        def place_of(text: str) -> int:
            begins = file.tell()
            file.write(text.encode() + b"\n")
            return begins

        lines = {name: {key: _line(of) for key, of in getattr(dataset, name).items()} for name in _MAPS}
        order = {**lines, "sources": sorted(dataset.sources, key=lambda name: _neighbours(dataset.sources[name]))}
        places = {name: {key: str(place_of(lines[name][key])) for key in order[name]} for name in _MAPS}
        tables = {name: _table({key: places[name][key] for key in lines[name]}) for name in _MAPS}
        maps = {name: (place_of(table), file.tell()) for name, table in tables.items()}
        parts = {name: place_of(_line(getattr(dataset, name))) for name in _LINES}
    head = '"""Generated from data/*.yaml when the package is built; do not edit."""'
    module.write_text(f"{head}\nSHA256 = {sha256!r}\nPARTS = {parts}\nMAPS = {maps}\n", encoding="utf-8")
    Path(beside(str(module), ".tsv")).write_bytes(table_of_names(dataset))


def _neighbours(source: Source) -> tuple[str, ...]:
    """Orders sources so that neighbours are alike, which a wheel compresses more: by 3 KB."""
    return source.kind, source.publisher, source.url or "", source.title


def _line(value: Any) -> str:
    return json.dumps(flattened(value), ensure_ascii=False, separators=(",", ":"))


def _table(leads_to: Mapping[str, str]) -> str:
    """A table (opsc_cli/index.py) of texts, each with what it leads to."""
    lines: dict[str, list[str]] = {}
    for text, there in leads_to.items():
        lines.setdefault(there, []).append(text)
    return "\n".join("\t".join((there, *texts, "")) for there, texts in lines.items())


def table_of_names(dataset: Dataset) -> bytes:
    """The table of the names of a dataset, as its file has it."""
    refusals = dataset.refused.items()
    refused = {text: " ".join(refusal.candidates) + index.BECAUSE + refusal.because for text, refusal in refusals}
    table = f"\n{_table(refused)}\n\n{_table(dataset.index)}".encode()
    return b"%0*d%s" % (index.WIDTH, index.WIDTH + len(table), table)


def flattened(value: Any) -> Any:
    """Converts records, dates and sequences to nested lists of texts and numbers."""
    match value:
        case None:
            return None
        case int():
            assert value >= 0, "a number that looks like a day"
            return value
        case str():
            assert not value.startswith(TAG), "a text that looks like a tag"
            return value
        case date():
            return -value.toordinal()
        case tuple():
            return [flattened(item) for item in value]
        case _:
            return [TAG + type(value).__name__, *map(flattened, _values(value))]


def _values(record: Any) -> list[Any]:
    """The values of a record, up to the last that is not the default of its field."""
    of_each = [(getattr(record, f.name), f.default) for f in fields(record)]
    while of_each and of_each[-1][0] == of_each[-1][1]:
        of_each.pop()
    return [value for value, _ in of_each]
