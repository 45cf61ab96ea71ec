"""YAML text into plain values, with the place where each stands.

Scalars are read as text, so that nothing is guessed: `NO` stays a country code, `040` a number with
its zero, a day a day. What a dataset does not need is refused where it stands: duplicate keys, anchors,
aliases, tags, a second document, keys without a value, deep nesting, huge or binary files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from opsc_cli.findings import Finding, Unreadable

LARGEST_FILE = 16 * 1024 * 1024
DEEPEST_NESTING = 12

Where = tuple[str | int, ...]
"""The path to a value: keys and positions from the top of the document."""
Mark = tuple[int, int]
"""Line and column, counted from 1."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its value (text, lists, dicts with text keys) and the mark of every path in it."""

    file: str
    value: Any
    marks: dict[Where, Mark]

    def mark(self, where: Where) -> Mark:
        """Where `where` stands; the nearest enclosing value where the path itself is not in the file."""
        while where and where not in self.marks:
            where = where[:-1]
        return self.marks.get(where, (1, 1))

    def finding(self, where: Where, code: str, message: str, severity: Any = "error") -> Finding:
        """A finding about the value at `where`."""
        named = ".".join(map(str, where)) or "document"
        return Finding(self.file, *self.mark(where), code, named, message, severity)


class _Fault(Exception):
    def __init__(self, code: str, mark: Mark, message: str) -> None:
        self.code, self.mark, self.message = code, mark, message


def read(path: Path) -> Document:
    """The YAML file at `path`. Raises Unreadable with one finding where it cannot be read."""
    text = _text_of(path)
    try:
        return _Composer(_events(text)).document(str(path))
    except _Fault as fault:
        finding = Finding(str(path), *fault.mark, fault.code, "document", fault.message)
        raise Unreadable((finding,)) from None


def _text_of(path: Path) -> str:
    def unreadable(code: str, message: str, line: int = 1) -> Unreadable:
        return Unreadable((Finding(str(path), line, 1, code, "file", message),))

    try:
        if not path.is_file():
            raise unreadable("FILE01", "no such file" if not path.exists() else "not a regular file")
        if path.stat().st_size > LARGEST_FILE:
            raise unreadable("FILE02", f"larger than {LARGEST_FILE // 1024 // 1024} MB; a dataset file is far smaller")
        raw = path.read_bytes()
    except OSError as error:
        raise unreadable("FILE01", f"cannot be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise unreadable("FILE03", f"byte {error.start} is not UTF-8; save the file as UTF-8", line) from None


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in (error.problem or "")
        at = (error.context_mark if unclosed else error.problem_mark) or error.problem_mark
        mark = (at.line + 1, at.column + 1) if at else (1, 1)
        raise _Fault("YAML01", mark, f"not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _Fault("YAML01", (line, 1), f"not YAML: {error.reason}") from None
    except yaml.YAMLError as error:
        raise _Fault("YAML01", (1, 1), f"not YAML: {str(error).splitlines()[0]}") from None


class _Composer:
    """Builds one document from libyaml's events, refusing what a dataset does not need."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.marks: dict[Where, Mark] = {}

    def document(self, file: str) -> Document:
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _Fault("YAML01", (1, 1), "the file is empty")
        value = self.value(event, ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Fault("YAML04", _mark(event), "a second document; one file holds one")
        return Document(file, value, self.marks)

    def value(self, event: Any, where: Where) -> Any:
        _refuse_the_clever(event)
        if len(where) > DEEPEST_NESTING:
            raise _Fault("YAML05", _mark(event), f"nested deeper than {DEEPEST_NESTING} levels")
        self.marks.setdefault(where, _mark(event))
        match event:
            case yaml.ScalarEvent():
                return _plain_text(event)
            case yaml.SequenceStartEvent():
                return self.sequence(where)
            case _:
                return self.mapping(where)

    def sequence(self, where: Where) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, (*where, len(items))))
        return items

    def mapping(self, where: Where) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            _refuse_the_clever(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Fault("YAML01", _mark(event), "a key must be a text")
            key, mark = _plain_text(event), _mark(event)
            if key in items:
                first = self.marks[(*where, key)][0]
                raise _Fault("YAML02", mark, f"the key {key!r} stands twice in this record; first on line {first}")
            self.marks[(*where, key)] = mark
            items[key] = self.value(next(self.events), (*where, key))
        return items


def _refuse_the_clever(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _Fault("YAML03", _mark(event), f"the alias *{event.anchor}; write the value out")
    if event.anchor:
        raise _Fault("YAML03", _mark(event), f"the anchor &{event.anchor}; write the value out where it is used")
    if event.tag:
        raise _Fault("YAML03", _mark(event), f"the tag {event.tag}; values are plain text")


def _plain_text(event: Any) -> str:
    text: str = event.value
    if text == "":
        raise _Fault("YAML06", _mark(event), "no value here; leave out what is unknown")
    if not text.isprintable():
        odd = next(character for character in text if not character.isprintable())
        raise _Fault("YAML07", _mark(event), f"the character U+{ord(odd):04X}, which does not print; write plain text")
    return text


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
