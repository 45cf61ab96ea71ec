"""The compiled dataset: JSON texts in a generated module, with the SHA-256 of the YAML.

The build writes the validated dataset to `_dataset.py` (never committed). At run time only the States that an answer
needs are parsed. Python loads a text very quickly, even without byte code. Nothing is written at run time, so nothing
can be stale, and nothing is ever unpickled.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from opsc_cli.record import dates, records, state
from opsc_cli.record.records import Dataset

_T = TypeVar("_T")

_TAG = "§"
"""First item of a list that is a record; any other list is a sequence."""

_DAY = _TAG + "Day"

_CLASSES: dict[str, Any] = {
    _TAG + name: cls
    for module in (records, state, dates)
    for name, cls in vars(module).items()
    if isinstance(cls, type) and is_dataclass(cls)
}


def fingerprint(folder: Path) -> str:
    """SHA-256 of the YAML files in `folder` and of the record classes."""
    import hashlib  # only a build and a checkout need it

    digest = hashlib.sha256()
    for path in (*sorted(folder.glob("*.yaml")), *(Path(str(module.__file__)) for module in (records, state))):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def module_of(dataset: Dataset, sha256: str) -> str:
    parts = {f.name: _frozen_part(getattr(dataset, f.name)) for f in fields(dataset)}
    lines = [f"{name.upper()} = {value!r}" for name, value in parts.items()]
    head = '"""Generated from data/*.yaml when the package is built; do not edit."""'
    return "\n".join((head, f"SHA256 = {sha256!r}", *lines, ""))


def dataset_of(module: Any) -> Dataset:
    """The dataset in the generated module; each State is parsed at its first use."""
    parts = {f.name: _thawed_part(getattr(module, f.name.upper())) for f in fields(Dataset)}
    return Dataset(**parts)


class _Thawing(Mapping[str, _T]):
    """A mapping that parses each value at its first use."""

    def __init__(self, frozen: Mapping[str, str]) -> None:
        self._frozen = frozen
        self._thawed: dict[str, _T] = {}

    def __getitem__(self, key: str) -> _T:
        if key not in self._thawed:
            self._thawed[key] = thawed(json.loads(self._frozen[key]))
        return self._thawed[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frozen)

    def __len__(self) -> int:
        return len(self._frozen)


def _frozen_part(part: Any) -> dict[str, str] | str:
    """For a mapping, one text per record; for anything else, one text."""
    if isinstance(part, Mapping) and not all(isinstance(value, str) for value in part.values()):
        return {key: _text_of(frozen(value)) for key, value in part.items()}
    return _text_of(dict(part) if isinstance(part, Mapping) else frozen(part))


def _text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _thawed_part(part: dict[str, str] | str) -> Any:
    return _Thawing(part) if isinstance(part, dict) else thawed(json.loads(part))


def frozen(value: Any) -> Any:
    """Converts records, dates and sequences to nested lists of texts and numbers."""
    match value:
        case None | int():
            return value
        case str():
            assert not value.startswith(_TAG), "a text that looks like a tag"
            return value
        case date():
            return [_DAY, value.toordinal()]
        case tuple():
            return [frozen(item) for item in value]
        case _:
            return [_TAG + type(value).__name__, *(frozen(getattr(value, f.name)) for f in fields(value))]


def thawed(value: Any) -> Any:
    """The inverse of `frozen`."""
    if not isinstance(value, list):
        return value
    tag = value[0] if value else None
    if tag == _DAY:
        return date.fromordinal(value[1])
    items = [thawed(item) if isinstance(item, list) else item for item in value]
    if kind := _CLASSES.get(tag) if isinstance(tag, str) else None:
        return kind(**dict(zip(kind.__names__, items[1:], strict=True)))
    return tuple(items)
