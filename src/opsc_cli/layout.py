"""The canonical layout of a dataset's file: block style, two spaces a level, plain text, comments and order kept.

Blank lines between entries stay, one at a time; line ends are LF, spaces at the end of a line go. What the text
says is not touched: a file and its canonical layout read alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_STEP = "  "
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Node:
    """A scalar, a list or a map, with the line it begins on."""

    line: int
    text: str = ""
    items: list["_Node"] | None = None
    entries: list[tuple["_Node", "_Node"]] | None = None


@dataclass(slots=True)
class _Remarks:
    """Comments and blank lines of a text: those above a line, and the one at its end."""

    above: dict[int, list[str]] = field(default_factory=dict)
    beside: dict[int, str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)


def canonical(text: str) -> str:
    """The text of a readable file (reader.py) in canonical layout; the same again for its own result."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    ends: dict[int, int] = {}
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
    first = next(e for e in events if not isinstance(e, yaml.StreamStartEvent | yaml.DocumentStartEvent))
    tree = _tree(first, events, ends)
    remarks = _remarks(text, ends)
    lines = list(_written(tree, "", remarks))
    lines += remarks.last
    return "\n".join(_without_double_blanks(lines)).strip("\n") + "\n"


def _tree(event: Any, events: Iterator[Any], ends: dict[int, int]) -> _Node:
    """The node that `event` begins; `ends` takes the column where the last token of each line ends."""
    ends[event.end_mark.line] = max(ends.get(event.end_mark.line, 0), event.end_mark.column)
    node = _Node(event.start_mark.line)
    if isinstance(event, yaml.ScalarEvent):
        node.text = event.value
        return node
    children: list[_Node] = []
    for child in events:
        if isinstance(child, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            end: Any = child.end_mark
            if end.column:
                ends[end.line] = max(ends.get(end.line, 0), end.column)
            break
        children.append(_tree(child, events, ends))
    if isinstance(event, yaml.SequenceStartEvent):
        node.items = children
    else:
        node.entries = list(zip(children[::2], children[1::2], strict=True))
    return node


def _remarks(text: str, ends: dict[int, int]) -> _Remarks:
    """A comment begins where no token reaches: at the start of a line, or after a space behind the last token."""
    found, waiting = _Remarks(), list[str]()
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            waiting.append("")
        elif line.lstrip().startswith("#") and number not in ends:
            waiting.append(line.strip())
        else:
            found.above[number], waiting = waiting, []
            behind = line[ends.get(number, len(line)) :].lstrip(" :,]}")
            if behind.startswith("#"):
                found.beside[number] = behind.rstrip()
    found.last = waiting
    return found


def _written(node: _Node, indent: str, remarks: _Remarks) -> Iterator[str]:
    """The lines of a list or a map at `indent`."""
    for key, value in node.entries or ():
        yield from _above(key.line, indent, remarks)
        yield from _entry(f"{indent}{_scalar(key.text)}:", key.line, value, indent + _STEP, remarks)
    for item in node.items or ():
        yield from _above(item.line, indent, remarks)
        if item.items is None and item.entries is None:
            yield _with_remark(f"{indent}- {_scalar(item.text)}", item.line, remarks)
            continue
        lines = list(_written(item, indent + _STEP, remarks))
        if lines:
            lines[0] = f"{indent}- {lines[0][len(indent) + 2 :]}"
        yield from lines or [f"{indent}- {_empty(item)}"]


def _entry(head: str, line: int, value: _Node, indent: str, remarks: _Remarks) -> Iterator[str]:
    if value.items is None and value.entries is None:
        yield from (indent + remark for remark in remarks.above.pop(value.line, ()) if value.line != line and remark)
        yield _with_remark(f"{head} {_scalar(value.text)}", value.line, remarks)
    elif not value.items and not value.entries:
        yield _with_remark(f"{head} {_empty(value)}", line, remarks)
    else:
        yield _with_remark(head, line, remarks)
        yield from _written(value, indent, remarks)


def _above(line: int, indent: str, remarks: _Remarks) -> Iterator[str]:
    for remark in remarks.above.pop(line, ()):
        yield indent + remark if remark else ""


def _with_remark(text: str, line: int, remarks: _Remarks) -> str:
    remark = remarks.beside.pop(line, None)
    return f"{text} {remark}" if remark else text


def _without_double_blanks(lines: list[str]) -> Iterator[str]:
    for position, line in enumerate(lines):
        if line or (position and lines[position - 1]):
            yield line


def _empty(node: _Node) -> str:
    return "[]" if node.items is not None else "{}"


def _scalar(text: str) -> str:
    """Plain where YAML reads it back so, else within quotation marks."""
    return text if _reads_back(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reads_back(text: str) -> bool:
    if text.replace("-", "").replace(" ", "").isalnum() and text[0].isalnum() and text[-1].isalnum():
        return True
    try:
        scalars = [e.value for e in yaml.parse(f"k: {text}", Loader=_Loader) if isinstance(e, yaml.ScalarEvent)]
        alone = [e.value for e in yaml.parse(f"- {text}", Loader=_Loader) if isinstance(e, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return False
    return scalars == ["k", text] and alone == [text]
