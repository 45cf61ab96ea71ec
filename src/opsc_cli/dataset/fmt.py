"""The canonical format of a dataset file: block style, two spaces per level, plain text, comments and order kept.

At most one blank line stays between entries; line ends are LF; trailing spaces are removed. Reformatting changes no
value. To change values, intake/edit.py edits the nodes and writes them with this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_STEP = "  "
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A scalar, a list or a map, with its first line, which connects it to its comments."""

    line: int
    text: str = ""
    items: list["Node"] | None = None
    entries: list[tuple["Node", "Node"]] | None = None

    def said(self) -> Any:
        """The plain values, without line numbers."""
        if self.items is not None:
            return [item.said() for item in self.items]
        if self.entries is not None:
            return [(key.said(), value.said()) for key, value in self.entries]
        return self.text


@dataclass(slots=True)
class Remarks:
    """Comments and blank lines: those above each line, and the comment at its end."""

    above: dict[int, list[str]] = field(default_factory=dict)
    beside: dict[int, str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)

    def add_beside(self, line: int, said: str) -> None:
        if said:
            self.beside[line] = f"{self.beside[line]} {said}" if line in self.beside else said

    def of_head(self, head: int, below: int) -> Iterator[str]:
        """The comments on the line `head` and between it and the line `below`."""
        yield from (said for said in (self.beside.pop(head, ""), *self.above.pop(below, ())) if said)

    def first_left(self) -> int | None:
        """The line of the first comment that has not been written."""
        return min((*self.beside, *(line for line, held in self.above.items() if any(held))), default=None)


class CannotBeKept(Exception):
    """The canonical format cannot represent something in the text; has its line and a message."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(slots=True)
class Layout:
    """A text as its nodes and its comments."""

    tree: Node
    remarks: Remarks

    def text(self) -> str:
        """The nodes in canonical format, with the comments. Raises CannotBeKept if something would be lost."""
        remarks = Remarks(dict(self.remarks.above), dict(self.remarks.beside), self.remarks.last)
        lines = [*_written(self.tree, "", remarks), *remarks.last]
        lost = remarks.first_left()
        if lost is not None:
            raise CannotBeKept(lost + 1, "a comment would be lost in the canonical format; move it to its own line")
        return "\n".join(_without_double_blanks(lines)).strip("\n") + "\n"


def layout_of(text: str) -> Layout:
    """The nodes and the comments of a readable file (reader.py)."""
    return Layout(_parsed(text), _remarks(text))


def canonical(text: str) -> str:
    """The text of a readable file (reader.py) in canonical format; formatting the result again changes nothing.

    Raises CannotBeKept if a comment or a value would be lost.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text += "" if text.endswith("\n") else "\n"
    layout = layout_of(text)
    laid_out = layout.text()
    if laid_out != text and not _says_the_same(laid_out, layout.tree):
        raise CannotBeKept(
            1, "the canonical format cannot represent this file; use only lists, fields and texts on one line"
        )
    return laid_out


def _says_the_same(laid_out: str, tree: Node) -> bool:
    try:
        return bool(_parsed(laid_out).said() == tree.said())
    except yaml.YAMLError:
        return False


def _parsed(text: str) -> Node:
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
    first = next(e for e in events if not isinstance(e, yaml.StreamStartEvent | yaml.DocumentStartEvent))
    return _tree(first, events)


def _tree(event: Any, events: Iterator[Any]) -> Node:
    """The node that `event` begins."""
    node = Node(event.start_mark.line)
    if isinstance(event, yaml.ScalarEvent):
        node.text = event.value
        return node
    children: list[Node] = []
    for child in events:
        if isinstance(child, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            break
        children.append(_tree(child, events))
    if isinstance(event, yaml.SequenceStartEvent):
        node.items = children
    else:
        node.entries = list(zip(children[::2], children[1::2], strict=True))
    return node


_BEGINS_A_NODE = (yaml.KeyToken, yaml.ScalarToken, yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_BEGINS_A_FLOW = _BEGINS_A_NODE[2:]
_ENDS_A_FLOW = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_COMMENTED = (yaml.ScalarToken, yaml.ValueToken, *_ENDS_A_FLOW)
"""A comment after one of these tokens belongs to it; after any other token, to what follows."""


def _remarks(text: str) -> Remarks:
    """Comments and blank lines: the text between tokens, and after the indicator of a folded scalar."""
    found, waiting, flows = Remarks(), list[str](), list[int]()
    is_commented, line, ended = False, 0, 0
    for token in yaml.scan(text, Loader=_Loader):
        begins, ends = token.start_mark.index, token.end_mark.index
        if gap := text[ended:begins]:
            behind, *lines = ("\n" + gap if text.endswith("\n", 0, ended) else gap).split("\n")
            if behind.strip() and is_commented:
                found.add_beside(line, behind.strip())
            elif behind.strip():
                waiting.append(behind.strip())
            waiting += [each.strip() for each in lines[:-1]]
        ended = ends
        if isinstance(token, _BEGINS_A_NODE):
            found.above.setdefault(token.start_mark.line, []).extend(waiting)
            waiting = []
        if begins == ends:
            continue
        is_commented, line = isinstance(token, _COMMENTED), token.start_mark.line
        if isinstance(token, _BEGINS_A_FLOW):
            flows.append(line)
        elif isinstance(token, _ENDS_A_FLOW):
            line = flows.pop()
        elif isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            _, mark, said = text[begins:ends].partition("\n")[0].partition("#")
            found.add_beside(line, (mark + said).strip())
    found.last = waiting
    return found


def _written(node: Node, indent: str, remarks: Remarks) -> Iterator[str]:
    """The lines of a list or a map at `indent`."""
    for key, value in node.entries or ():
        yield from _above(key.line, indent, remarks)
        yield from _entry(key, value, indent, remarks)
    for item in node.items or ():
        yield from _above(item.line, indent, remarks)
        if item.items is None and item.entries is None:
            yield _with_remark(f"{indent}- {_scalar(item.text)}", item.line, remarks)
            continue
        lines = list(_written(item, indent + _STEP, remarks))
        while lines and lines[0].strip()[:1] in ("", "#"):
            yield f"{indent}{lines.pop(0).strip()}".rstrip()
        if lines:
            lines[0] = f"{indent}- {lines[0][len(indent) + 2 :]}"
        yield from lines or [f"{indent}- {_empty(item)}"]


def _entry(key: Node, value: Node, indent: str, remarks: Remarks) -> Iterator[str]:
    head = f"{indent}{_scalar(key.text)}:"
    if value.items is None and value.entries is None:
        if value.line != key.line:
            yield from (indent + said for said in remarks.of_head(key.line, value.line))
        yield _with_remark(f"{head} {_scalar(value.text)}", value.line, remarks)
    elif not value.items and not value.entries:
        yield _with_remark(f"{head} {_empty(value)}", key.line, remarks)
    else:
        yield _with_remark(head, key.line, remarks)
        yield from _written(value, indent + _STEP, remarks)


def _above(line: int, indent: str, remarks: Remarks) -> Iterator[str]:
    for remark in remarks.above.pop(line, ()):
        yield indent + remark if remark else ""


def _with_remark(text: str, line: int, remarks: Remarks) -> str:
    remark = remarks.beside.pop(line, None)
    return f"{text} {remark}" if remark else text


def _without_double_blanks(lines: list[str]) -> Iterator[str]:
    for position, line in enumerate(lines):
        if line or (position and lines[position - 1]):
            yield line


def _empty(node: Node) -> str:
    return "[]" if node.items is not None else "{}"


def _scalar(text: str) -> str:
    """Plain if YAML reads it back unchanged, else quoted."""
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
