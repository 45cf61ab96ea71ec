"""Reads YAML as plain values; the line and column of each are found when a finding asks.

Every scalar is read as text, so that nothing is guessed: `NO` remains a country code, `040` keeps its zero. The reader
refuses what a dataset does not need, with its line: duplicate keys, anchors, aliases, tags, a second document, keys
without a value, deep nesting, huge or binary files.
"""

import os
import stat
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

import yaml

from opsc_cli.dataset.findings import Finding, Unreadable
from opsc_cli.record.frozen import Frozen

LARGEST_FILE = 4 * 1024 * 1024
TOO_LARGE = f"larger than {LARGEST_FILE // 1024 // 1024} MB; a dataset file is far smaller"
MOST_VALUES = 100_000
DEEPEST_NESTING = 12
LONGEST_REMARK = 200
LONGEST_TEXT = 1000
"""Characters in the message of a finding."""
_OTHER_ENDS_OF_LINES = "\x85\u2028\u2029"
"""YAML treats them as line ends; editors do not."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With one of these a spreadsheet lets a formula begin; no text of a dataset does, so that every table is safe."""
_BEGINS_A_FORMULA = frozenset(FORMULA)

Where = tuple[str | int, ...]
"""The path to a value: keys and positions from the top of the document."""
Headings = dict[str, dict[str, Any]]
"""The keys of the maps of the second level, with the marks where they begin, by the key of the first level."""

_Scalar, _SequenceStart, _SequenceEnd, _MappingEnd = (
    yaml.ScalarEvent,
    yaml.SequenceStartEvent,
    yaml.SequenceEndEvent,
    yaml.MappingEndEvent,
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(Frozen, kw_only=False):
    """A file as read: its value (text, lists, dicts with text keys) and the position of each part."""

    __slots__ = ("__dict__",)  # for the marks

    file: str
    text: str
    value: Any
    headings: Headings

    @cached_property
    def _marks(self) -> dict[Where, Any]:
        """Where each value begins, in a map at its key. To read a file with findings twice is cheaper than to keep the
        marks of every file."""
        return dict(_places_in(self.text))

    def mark(self, where: Where) -> tuple[int, int]:
        """Line and column of `where`; of the nearest enclosing value if the file has no such path."""
        while where not in self._marks:
            where = where[:-1]
        return _place(self._marks[where])

    def remark(self, first: str, second: str) -> str:
        """The comment on the line of a key of the second level; empty if there is none."""
        begins = self.headings[first][second].index
        return self.text[begins : begins + LONGEST_REMARK].splitlines()[0].partition(" #")[2].strip()

    def finding(self, where: Where, code: str, message: str, severity: Any = "error") -> Finding:
        """A finding about the value at `where`."""
        named = ".".join(map(str, where)) or "document"
        return Finding(self.file, *self.mark(where), code, _short(named), _short(message), severity)


def _short(text: str) -> str:
    """A text without its middle, where it is long: what is quoted may fill a file."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT // 2]}…{text[-LONGEST_TEXT // 2 :]}"


def _place(mark: Any) -> tuple[int, int]:
    """Line and column of a libyaml mark, counted from 1."""
    return mark.line + 1, mark.column + 1


class _Fault(Exception):
    def __init__(self, code: str, place: tuple[int, int], message: str) -> None:
        self.code, self.place, self.message = code, place, message


def read(path: Path) -> Document:
    """The YAML file at `path`. Raises Unreadable with one finding."""
    return document_of(str(path), decoded(path, bytes_of(path)))


def document_of(file: str, text: str) -> Document:
    """Reads `text` as the content of `file`. Raises Unreadable with one finding."""
    try:
        return _document(file, text)
    except _Fault as fault:
        raise _unreadable(file, fault.code, fault.message, fault.place, "document") from None


def _unreadable(
    file: str | Path, code: str, message: str, place: tuple[int, int] = (1, 1), where: str = "file"
) -> Unreadable:
    return Unreadable((Finding(str(file), *place, code, where, message),))


def bytes_of(path: Path) -> bytes:
    """What the file at `path` holds. Raises Unreadable if that is too much, or would have to be waited for."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _unreadable(path, "FILE01", "not a regular file")
            raw = file.read(LARGEST_FILE + 1) or b""
    except FileNotFoundError:
        raise _unreadable(path, "FILE01", "no such file") from None
    except IsADirectoryError:
        raise _unreadable(path, "FILE01", "not a regular file") from None
    except OSError as error:
        raise _unreadable(path, "FILE01", f"cannot be read: {error.strerror}") from None
    if len(raw) > LARGEST_FILE:
        raise _unreadable(path, "FILE02", TOO_LARGE)
    return raw


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file; a named pipe, or a file that the system fills as it goes, is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decoded(path: Path, raw: bytes) -> str:
    """The bytes of the file at `path` as text. Raises Unreadable if they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise _unreadable(path, "FILE03", message, (line, 1)) from None


def _composed(file: str, text: str) -> Document:
    events = _events(text)
    composer = _Composer(text, events)
    value = composer.value(next(events), 0)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise _Fault("YAML04", _place(event.start_mark), "a second document begins here; remove this line")
    maps = [key for key, held in value.items() if isinstance(held, dict)] if isinstance(value, dict) else []
    return Document(file, text, value, dict(zip(maps, composer.headings[: len(maps)], strict=True)))


def _document(file: str, text: str) -> Document:
    for odd in _OTHER_ENDS_OF_LINES:
        if odd in text:
            before = text[: text.index(odd)].split("\n")
            message = f"the character U+{ord(odd):04X}, which is an invisible line end; type the text again"
            raise _Fault("YAML07", (len(before), len(before[-1]) + 1), message)
    try:
        return _composed(file, text)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in (error.problem or "")
        mark = (error.context_mark if unclosed else error.problem_mark) or error.problem_mark
        at_a_tab = mark and text[mark.index : mark.index + 1] == "\t"
        said = "a tab; indent with spaces" if at_a_tab else _said(error)
        raise _Fault("YAML01", _place(mark) if mark else (1, 1), f"not YAML: {said}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _Fault("YAML01", (line, 1), f"not YAML: {error.reason}") from None
    except yaml.YAMLError as error:
        raise _Fault("YAML01", (1, 1), f"not YAML: {str(error).splitlines()[0]}") from None


_REMEDIES = {
    "could not find expected ':'": "put a colon and a space after the field's name, here or on an earlier line",
    "mapping values are not allowed": "put a text that contains a colon and a space in quotation marks",
    "did not find expected key": "this line has another indentation than its neighbours; align them",
    "did not find expected '-' indicator": "start each item of a list with a hyphen and a space, below the item before",
}


def _said(error: yaml.MarkedYAMLError) -> str:
    """The message of libyaml, or a plainer one that says what to do."""
    problem = error.problem or error.context or "it cannot be read"
    remedy = next((remedy for start, remedy in _REMEDIES.items() if problem.startswith(start)), None)
    return f"{problem}: {remedy}" if remedy else problem


def _events(text: str) -> Iterator[Any]:
    """The events of libyaml, from the one that begins the value of the document."""
    events = iter(_Loader(text).get_event, None)
    first = next(event for event in events if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent))
    if isinstance(first, yaml.StreamEndEvent):
        raise _Fault("YAML01", (1, 1), "the file is empty; expected a dataset file")
    return chain((first,), events)


class _Composer:
    """Builds one document from libyaml's events, refusing what a dataset does not need."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text, self.next_event = text, events.__next__
        self.values = 0
        self.plain: set[str] = set()
        self.headings: list[dict[str, Any]] = []
        """The keys of each map of the second level, with the marks where they begin."""

    def value(self, event: Any, depth: int) -> Any:
        """The value that `event` begins."""
        if event.anchor or event.tag:
            _refuse(event)
        self.values += 1
        if self.values > MOST_VALUES or depth > DEEPEST_NESTING:
            _refuse_size(event, self.values)
        kind = event.__class__
        if kind is _Scalar:
            text = event.value
            if text not in self.plain:  # most texts of a dataset occur many times and are checked once
                self.plain.add(_plain_text(event))
            return text
        return self.sequence(depth + 1) if kind is _SequenceStart else self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        next_event, value_of = self.next_event, self.value
        items: list[Any] = []
        while (event := next_event()).__class__ is not _SequenceEnd:
            items.append(value_of(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        next_event, value_of, plain = self.next_event, self.value, self.plain
        items: dict[str, Any] = {}
        if depth == 2:
            self.headings.append({})
        while (event := next_event()).__class__ is not _MappingEnd:
            if event.anchor or event.tag:
                _refuse(event)
            if event.__class__ is not _Scalar:
                raise _Fault("YAML01", _place(event.start_mark), "a key must be a text; write a field name")
            key = event.value
            if key not in plain:
                plain.add(_plain_text(event))
            if key in items:
                raise _twice(key, event.start_mark, self.text)
            if depth == 2:
                self.headings[-1][key] = event.start_mark
            items[key] = value_of(next_event(), depth)
        return items


def _places_in(text: str) -> Iterator[tuple[Where, Any]]:
    """Where each value of the text begins, in a map at its key."""
    events = _events(text)
    first = next(events)
    return _places((), first.start_mark, first, events)


def _places(where: Where, mark: Any, event: Any, events: Iterator[Any]) -> Iterator[tuple[Where, Any]]:
    """The places of the value that `event` begins, and of all within it; its own is `mark`."""
    yield where, mark
    if isinstance(event, yaml.SequenceStartEvent):
        for position, item in enumerate(takewhile(_is_no_end, events)):
            yield from _places((*where, position), item.start_mark, item, events)
    elif isinstance(event, yaml.MappingStartEvent):
        for key in takewhile(_is_no_end, events):
            yield from _places((*where, key.value), key.start_mark, next(events), events)


def _is_no_end(event: Any) -> bool:
    return not isinstance(event, yaml.CollectionEndEvent)


def _twice(key: str, again: Any, text: str) -> _Fault:
    """A key that begins for the second time at the mark `again`."""
    places = dict[Where, Any]()
    for where, mark in _places_in(text):
        if mark.index == again.index and where in places:
            break
        places[where] = mark
    first, _ = _place(places[where])
    return _Fault("YAML02", _place(again), f"the key {key!r} occurs twice here, first on line {first}; keep one")


def _refuse_size(event: Any, values: int) -> None:
    if values > MOST_VALUES:
        message = f"more than {MOST_VALUES:,} values; a dataset file has far fewer"
        raise _Fault("FILE02", _place(event.start_mark), message)
    message = f"nested deeper than {DEEPEST_NESTING} levels; check the indentation"
    raise _Fault("YAML05", _place(event.start_mark), message)


def _refuse(event: Any) -> None:
    """Refuses aliases, anchors and tags: the dataset is plain text."""
    if isinstance(event, yaml.AliasEvent):
        raise _Fault("YAML03", _place(event.start_mark), f"the alias *{event.anchor}; write the value out")
    if event.anchor:
        said = f"the anchor &{event.anchor}; write the value out where it is used"
        raise _Fault("YAML03", _place(event.start_mark), said)
    raise _Fault("YAML03", _place(event.start_mark), f"the tag {event.tag}; values are plain text")


def _plain_text(event: Any) -> str:
    text: str = event.value
    if not text or text.isspace():
        raise _Fault(
            "YAML06",
            _place(event.start_mark),
            "no value; delete the line if the value is unknown, and put a text that begins with # in quotation marks",
        )
    if text[0] in _BEGINS_A_FORMULA:
        message = f"{text[0]!r} at the beginning, which a spreadsheet takes for a formula; begin with a word"
        raise _Fault("YAML08", _place(event.start_mark), message)
    if not text.isprintable():
        odd = next(character for character in text if not character.isprintable())
        message = f"the character U+{ord(odd):04X}, which is invisible; type the text again"
        raise _Fault("YAML07", _place(event.start_mark), message)
    return text
