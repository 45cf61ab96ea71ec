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
LEVELS_WITH_HEADINGS = 2
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
Keys = dict[str, Any] | None
"""The keys of a map, each with the mark where it begins; None for a list."""
Headings = dict[Where, dict[str, Any]]
"""The keys of the upper maps, by the path to each."""

_Scalar, _SequenceStart, _DocumentEnd = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.DocumentEndEvent
_SequenceEnd, _MappingEnd = yaml.SequenceEndEvent, yaml.MappingEndEvent
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
        events = _events(self.text)
        first = next(events)
        return dict(_places((), first.start_mark, first, events))

    def mark(self, where: Where) -> tuple[int, int]:
        """Line and column of `where`; of the nearest enclosing value if the file has no such path."""
        while where not in self._marks:
            where = where[:-1]
        return _place(self._marks[where])

    def remark(self, where: Where) -> str:
        """The comment on the line of the heading at `where`; empty if there is none."""
        begins = self.headings[where[:-1]][str(where[-1])].index
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
    events, composer = _events(text), _Composer()
    value = composer.document(events)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise _Fault("YAML04", _place(event.start_mark), "a second document begins here; remove this line")
    return Document(file, text, value, composer.headings)


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

    def __init__(self) -> None:
        self.headings: Headings = {}
        self.outer: list[tuple[Any, Keys, str | None]] = []
        """What is open around a list or map, from the document down: its value, keys, and the key that comes next."""
        self.most = MOST_VALUES

    def document(self, events: Iterator[Any]) -> Any:
        """The value. One loop: to call a function for each of forty thousand values takes half as long again."""
        held: Any = []  # the open list or map; at first, a list for the document itself
        keys: Keys = None
        key: str | None = None  # its value comes next
        plain, values = set[str](), 0
        for event in events:
            kind = event.__class__
            if kind is _Scalar:
                if event.anchor or event.tag:
                    _refuse(event)
                if keys is None or key is not None:
                    values += 1
                    if values > self.most:
                        _refuse_size(event, values)
                text = event.value
                if text not in plain:  # most texts of a dataset occur many times and are checked once
                    plain.add(_plain_text(event))
                if keys is None:
                    held.append(text)
                elif key is not None:
                    held[key], key = text, None
                elif text in keys:
                    raise _twice(text, event.start_mark, keys[text])
                else:
                    key, keys[text] = text, event.start_mark
            elif kind is _SequenceEnd or kind is _MappingEnd:
                held, keys, _ = self.outer.pop()
                self.most = MOST_VALUES
            elif kind is _DocumentEnd:
                break
            else:
                values += 1
                held, keys = self.opened(event, held, keys, key, values)
                key = None
        return held[0]

    def opened(self, event: Any, held: Any, keys: Keys, key: str | None, values: int) -> tuple[Any, Keys]:
        """The list or map that `event` begins, put into `held`, and its keys."""
        if event.anchor or event.tag:
            _refuse(event)
        if keys is not None and key is None:
            raise _Fault("YAML01", _place(event.start_mark), "a key must be a text; write a field name")
        if values > self.most:
            _refuse_size(event, values)
        below: Any = [] if event.__class__ is _SequenceStart else {}
        if keys is None:
            held.append(below)
        else:
            held[key] = below
        self.outer.append((held, keys, key))
        if len(self.outer) > DEEPEST_NESTING:
            self.most = 0
        if event.__class__ is _SequenceStart:
            return below, None
        its_keys: dict[str, Any] = {}
        if len(self.outer) <= LEVELS_WITH_HEADINGS:
            self.headings[tuple(str(step) for *_, step in self.outer[1:])] = its_keys
        return below, its_keys


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


def _twice(key: str, mark: Any, before: Any) -> _Fault:
    first, _ = _place(before)
    return _Fault("YAML02", _place(mark), f"the key {key!r} occurs twice here, first on line {first}; keep one")


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
