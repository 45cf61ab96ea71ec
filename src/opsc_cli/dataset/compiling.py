"""Writes the compiled dataset to `_dataset.py`, `.jsonl` and `.tsv`, never committed; compiled.py reads it."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from opsc_cli import index
from opsc_cli.dataset.compiled import DAY, TAG, beside
from opsc_cli.record.records import Dataset


def compile_into(module: Path, dataset: Dataset, sha256: str) -> None:
    """Writes the generated module, and beside it the lines and the index of names."""
    parts, maps = dict[str, int](), dict[str, tuple[int, int]]()
    with open(beside(str(module), ".jsonl"), "wb") as file:

        def place_of(text: str) -> int:
            begins = file.tell()
            file.write(text.encode() + b"\n")
            return begins

        for name, part in ((f.name, getattr(dataset, f.name)) for f in fields(dataset) if f.init):
            if isinstance(part, Mapping) and name not in ("refused", "index"):
                table = index.table_of({key: str(place_of(_line(item))) for key, item in part.items()})
                maps[name] = place_of(table), file.tell()
            elif not isinstance(part, Mapping):
                parts[name] = place_of(_line(part))
    head = '"""Generated from data/*.yaml when the package is built; do not edit."""'
    module.write_text(f"{head}\nSHA256 = {sha256!r}\nPARTS = {parts}\nMAPS = {maps}\n", encoding="utf-8")
    Path(beside(str(module), ".tsv")).write_bytes(index_of(dataset))


def _line(value: Any) -> str:
    return json.dumps(flattened(value), ensure_ascii=False, separators=(",", ":"))


def index_of(dataset: Dataset) -> bytes:
    """The index of names of a dataset, as its file has it."""
    refusals = dataset.refused.items()
    refused = {text: " ".join(refusal.candidates) + index.BECAUSE + refusal.because for text, refusal in refusals}
    return index.written(refused, dataset.index)


def flattened(value: Any) -> Any:
    """Converts records, dates and sequences to nested lists of texts and numbers."""
    match value:
        case None | int():
            return value
        case str():
            assert not value.startswith(TAG), "a text that looks like a tag"
            return value
        case date():
            return [DAY, value.toordinal()]
        case tuple():
            return [flattened(item) for item in value]
        case _:
            return [TAG + type(value).__name__, *(flattened(getattr(value, f.name)) for f in fields(value))]
