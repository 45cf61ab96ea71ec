"""Reads the compiled dataset: a file of lines, one JSON text each, and a generated module with their places.

The places of a map's lines are in a table in the same file, and names in a file of their own; both are searched, not
parsed (index.py). The build writes all three files (compiling.py). At run time only the lines that an answer needs are
parsed. Nothing is written at run time, so nothing can be stale, and nothing is ever unpickled.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import FileIO
from typing import Any, TypeVar

from opsc_cli import index
from opsc_cli.record import dates, records, state
from opsc_cli.record.frozen import as_checked, is_frozen
from opsc_cli.record.records import Dataset, Refused

_T = TypeVar("_T")

TAG = "§"
"""Before the class of a record, the first item of its list. Any other list is a sequence, a number below 0 a day."""

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
    modules = (str(module.__file__) for module in (records, state, index))
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
    lines = _Lines(FileIO(beside(module.__file__, ".jsonl")))
    return _compiled(_module=module, _most=sys.maxsize, _lines=lines, _given={}, installed=None)


def _compiled(**known: Any) -> "_Compiled":
    made = object.__new__(_Compiled)
    for name, value in known.items():
        object.__setattr__(made, name, value)
    return made


def asked_once(dataset: Dataset) -> Dataset:
    """The same, for a command: its maps keep only the last value, because all States together take megabytes."""
    if isinstance(dataset, _Compiled):
        object.__setattr__(dataset, "_most", 1)
    return dataset


class _Compiled(Dataset):
    """The dataset, each part of which is parsed at its first use."""

    __slots__ = ("_given", "_lines", "_module", "_most")

    def __replace__(self, **given: Any) -> Any:
        """A copy with these parts; the others are parsed at their first use, too."""
        if not hasattr(self, "_lines"):  # made by the library's `replace`, with every part
            return super().__replace__(**given)
        given = self._given | {"installed": None} | given
        return _compiled(_module=self._module, _most=self._most, _lines=self._lines, _given=given, **given)

    def __getattr__(self, part: str) -> Any:
        """Python asks here for what has no value yet."""
        if part not in self.__names__:
            raise AttributeError(part)
        for name, value in self._read(part):
            if name not in self._given:
                object.__setattr__(self, name, value)
        return getattr(self, part)

    def _read(self, part: str) -> Iterator[tuple[str, Any]]:
        """A part, and what is read with it."""
        if part in ("refused", "index"):
            table = index.read(beside(self._module.__file__, ".tsv"))
            states = index.states_in(table)
            yield "refused", _Searched(table, _refusal, self._most, 0, states)
            yield "index", _Searched(table, str, self._most, states)
        elif where := self._module.MAPS.get(part):
            yield part, _Searched(self._lines.table(*where), self._lines.at, self._most)
        else:
            yield part, self._lines.at(self._module.PARTS[part])


class _Lines:
    """The file of lines. One is read when it is asked for: a mapped file counts as memory, 64 KB around each line.

    Raises OSError if the file ends too early, or if a line has no record.
    """

    def __init__(self, file: FileIO) -> None:
        self._file = file

    def __del__(self) -> None:
        self._file.close()

    def at(self, begins: int | str) -> Any:
        begins = int(begins)
        text = self._read(begins)
        while b"\n" not in text and (more := self._read(begins + len(text))):
            text += more
        line, end, _ = text.partition(b"\n")
        if not end:
            raise index.not_whole(str(self._file.name))
        try:
            return thawed(json.loads(line))
        except (ValueError, LookupError, TypeError):
            before = self._read(0, begins)
            raise index.damaged(str(self._file.name), before.count(b"\n") + 1) from None

    def table(self, begins: int, ends: int) -> bytes:
        table = self._read(begins, ends - begins)
        if len(table) < ends - begins:
            raise index.not_whole(str(self._file.name))
        return table

    def _read(self, begins: int, size: int = 4096) -> bytes:
        """Some bytes, without the position in the file: other threads and processes may read from it too."""
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, begins)
        with open(self._file.name, "rb") as alone:  # on Windows
            alone.seek(begins)
            return alone.read(size)


class _Searched(Mapping[str, _T]):
    """A part of a table as a mapping: each text with what `made` makes, when it is asked for, of what it leads to."""

    def __init__(
        self, table: bytes, made: Callable[[str], _T], most: int, begins: int = 0, ends: int | None = None
    ) -> None:
        self._table, self._begins, self._ends, self._made = table, begins, ends, made
        self._most, self._kept = most, dict[str, _T]()

    def __getitem__(self, text: str) -> _T:
        value = self._kept.get(text)
        if value is None:
            leads_to = index.found_in(self._table, text, self._begins, self._ends)
            if not leads_to:
                raise KeyError(text)
            value = self._made(leads_to)
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[text] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(index.texts_in(self._table[self._begins : self._ends]))

    def __len__(self) -> int:
        return len(index.texts_in(self._table[self._begins : self._ends]))


def _refusal(leads_to: str) -> Refused:
    codes, because = index.codes_and_reason(leads_to)
    return Refused(because=because, candidates=tuple(codes))


def thawed(value: Any) -> Any:
    """The inverse of `compiling.flattened`."""
    if value.__class__ is int and value < 0:
        return date.fromordinal(-value)
    if value.__class__ is not list:
        return value
    tag = value[0] if value else None
    kind = _CLASSES[tag] if tag.__class__ is str and tag[:1] == TAG else None
    items = [thawed(item) if item.__class__ is list or item.__class__ is int else item for item in value]
    return as_checked(kind, items[1:]) if kind else tuple(items)
