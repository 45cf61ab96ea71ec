"""Reads the compiled dataset: a file with one JSON text per line, and a generated module with the place of each line.

Names have a file of their own, the index (opsc_cli/index.py). The build writes all three (compiling.py). At run time
only the lines that an answer needs are read and parsed. Nothing is written at run time, so nothing can be stale, and
nothing is ever unpickled.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from mmap import ACCESS_READ, mmap
from typing import Any, TypeVar

from opsc_cli import index
from opsc_cli.record import dates, records, state
from opsc_cli.record.frozen import as_checked, is_frozen
from opsc_cli.record.records import Dataset, Refused

_T = TypeVar("_T")

TAG = "§"
"""First item of a list that is a record; any other list is a sequence."""

DAY = TAG + "Day"

_CLASSES: dict[str, Any] = {
    TAG + name: cls
    for module in (records, state, dates)
    for name, cls in vars(module).items()
    if isinstance(cls, type) and is_frozen(cls)
}


def fingerprint(folder: "str | os.PathLike[str]") -> str:
    """SHA-256 of the YAML files in `folder`, of the record classes and of this module."""
    import hashlib  # only a build and a checkout need these
    from glob import glob

    digest = hashlib.sha256()
    modules = (str(module.__file__) for module in (records, state))
    for path in (*sorted(glob(os.path.join(folder, "*.yaml"))), *modules, __file__):
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{os.path.basename(path)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def beside(module: str, extension: str) -> str:
    """The file of this extension that the build writes beside the generated module."""
    return os.path.splitext(module)[0] + extension


def dataset_of(module: Any) -> Dataset:
    """The dataset of the generated module."""
    made = _Compiled.__new__(_Compiled)
    kept = {"installed": None, "_module": module, "_lines": _Lines(beside(module.__file__, ".jsonl"))}
    for name, value in kept.items():
        object.__setattr__(made, name, value)
    return made


class _Compiled(Dataset):
    """The dataset, each part of which is parsed at its first use."""

    __slots__ = ("_lines", "_module")

    def __getattr__(self, part: str) -> Any:
        """Python asks here for what has no value yet."""
        if part not in self.__names__:
            raise AttributeError(part)
        for name, value in self._read(part):
            object.__setattr__(self, name, value)
        return getattr(self, part)

    def _read(self, part: str) -> Iterator[tuple[str, Any]]:
        """A part, and what is read with it."""
        if part in ("refused", "index"):
            refused, states = index.read(beside(self._module.__file__, ".tsv"))
            yield from (("refused", _Named(refused, _refusal)), ("index", _Named(states, str)))
        elif begins := self._module.MAPS.get(part):
            yield part, _Thawing(self._lines, self._lines.at(begins))
        else:
            yield part, self._lines.at(self._module.PARTS[part])


class _Lines:
    """The file of lines. The system reads only the pages that are used."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self._file = mmap(file.fileno(), 0, access=ACCESS_READ)

    def at(self, begins: int) -> Any:
        return thawed(json.loads(self._file[begins : self._file.find(b"\n", begins)]))


class _Thawing(Mapping[str, _T]):
    """A mapping that parses each value at its first use."""

    def __init__(self, lines: _Lines, places: Mapping[str, int]) -> None:
        self._lines, self._places = lines, places
        self._thawed: dict[str, _T] = {}

    def __getitem__(self, key: str) -> _T:
        if key not in self._thawed:
            self._thawed[key] = self._lines.at(self._places[key])
        return self._thawed[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Named(Mapping[str, _T]):
    """Names, each with what `made` makes of what it leads to."""

    def __init__(self, lines: bytes, made: Callable[[str], _T]) -> None:
        self._lines, self._made = lines, made
        self._found = cache(partial(index.found_in, lines))

    def __getitem__(self, name: str) -> _T:
        if leads_to := self._found(name):
            return self._made(leads_to)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(index.names_in(self._lines))

    def __len__(self) -> int:
        return len(index.names_in(self._lines))


def _refusal(leads_to: str) -> Refused:
    codes, because = index.codes_and_reason(leads_to)
    return Refused(because=because, candidates=tuple(codes))


def thawed(value: Any) -> Any:
    """The inverse of `compiling.flattened`."""
    if not isinstance(value, list):
        return value
    tag = value[0] if value else None
    if tag == DAY:
        return date.fromordinal(value[1])
    if kind := _CLASSES.get(tag) if tag.__class__ is str else None:
        return as_checked(kind, [thawed(item) if item.__class__ is list else item for item in value[1:]])
    return tuple([thawed(item) if item.__class__ is list else item for item in value])
