"""A dataset file being changed. It is edited as nodes, which keeps comments, order and format."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache, cached_property
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from opsc_cli.dataset.fmt import Layout, Node, layout_of
from opsc_cli.dataset.reader import Document, Where
from opsc_cli.record.frozen import is_frozen, names_of


class NotLaidOut(Exception):
    """The file is not in canonical format, so changing one fact would reformat others; has its path."""


class EditedFile:
    """A file as read, and its nodes from the first change on; new fields come in the order of their record's class."""

    def __init__(self, document: Document, kind: type) -> None:
        self._document = document
        self._kind = kind
        self._unused_line = -1

    @cached_property
    def _layout(self) -> Layout:
        layout = layout_of(self._document.text)
        if layout.text() != self._document.text:
            raise NotLaidOut(self._document.file)
        return layout

    @property
    def _is_changed(self) -> bool:
        return "_layout" in self.__dict__

    def value(self, where: Where) -> Any:
        """The plain values at `where`; None if there are none."""
        if self._is_changed:
            node = self._at(where)
            return None if node is None else plain(node)
        held = self._document.value
        for step in where:
            held = _held_below(held, step)
        return held

    def keys(self, where: Where) -> list[str]:
        """The keys of the map at `where`, in their order."""
        return list(self.value(where) or ())

    def set(self, where: Where, value: Any, before: str | None = None) -> None:
        """Sets `value` at `where`; a new key is placed `before` another, else in the order of the record's fields."""
        *above, last = where
        parent, kind = self._made(above)
        found = _below(parent, last)
        if found is not None:
            self._keep_remarks([line for line in _lines(found) if line != found.line])
            node = self._new(value)
            found.text, found.items, found.entries = node.text, node.items, node.entries
            return
        assert parent.entries is not None, "a list is added to by `insert`"
        key = self._new(str(last))
        position = _position(parent, str(last), _order(kind), before)
        parent.entries.insert(position, (key, self._new(value)))

    def insert(self, where: Where, position: int, value: Any) -> None:
        """Inserts `value` in the list at `where` before `position`; creates the list if there is none."""
        if self._at(where) is None:
            self.set(where, [])
        node = self._found(where)
        assert node.items is not None, f"{where} is a list"
        new = self._new(value)
        self._keep_blank_lines(node.items, position, new)
        node.items.insert(position, new)

    def remove(self, where: Where) -> None:
        """Removes the key at `where`; its comments stay above what follows."""
        *above, last = where
        parent = self._found(tuple(above))
        assert parent.entries is not None, f"{where} is a field"
        position = next(n for n, (key, _) in enumerate(parent.entries) if key.text == last)
        self._keep_remarks([line for node in parent.entries.pop(position) for line in _lines(node)])

    def copy(self, where: Where) -> Node:
        """The node at `where`, for `put_back`."""
        return deepcopy(self._found(where))

    def put_back(self, where: Where, held: Node) -> None:
        """Restores a copied node; comments that a change has moved stay where they are."""
        node = self._found(where)
        node.text, node.items, node.entries = held.text, held.items, held.entries

    def text(self) -> str:
        """The whole file in canonical layout."""
        return self._layout.text() if self._is_changed else self._document.text

    def _at(self, where: Where) -> Node | None:
        node: Node | None = self._layout.tree
        for step in where:
            node = _below(node, step) if node else None
        return node

    def _found(self, where: Where) -> Node:
        node = self._at(where)
        assert node is not None, f"nothing at {where}"
        return node

    def _made(self, where: list[str | int]) -> tuple[Node, Any]:
        """The node at `where`, created with empty maps if missing, and the class of its record."""
        node, kind = self._layout.tree, self._kind
        for step in where:
            found = _below(node, step)
            if found is None:
                assert node.entries is not None, f"no item {step}"
                found = self._new({})
                node.entries.insert(_position(node, str(step), _order(kind), None), (self._new(str(step)), found))
            node, kind = found, _kind_below(kind, step)
        return node, kind

    def _new(self, value: Any) -> Node:
        """`value` as nodes on lines that no comment belongs to."""
        node = Node(self._unused_line)
        self._unused_line -= 1
        if isinstance(value, dict):
            node.entries = [(self._new(key), self._new(below)) for key, below in value.items()]
        elif isinstance(value, list | tuple):
            node.items = [self._new(item) for item in value]
        else:
            node.text = str(value)
        return node

    def _keep_remarks(self, gone: list[int]) -> None:
        """The comments of lines that go, above the line that follows them."""
        remarks = self._layout.remarks
        kept = [said for line in gone for said in (*remarks.above.pop(line, ()), remarks.beside.pop(line, "")) if said]
        if kept:
            following = min((line for line in _lines(self._layout.tree) if line > max(gone)), default=None)
            held = remarks.last if following is None else remarks.above.setdefault(following, [])
            held[:0] = kept

    def _keep_blank_lines(self, items: list[Node], position: int, new: Node) -> None:
        """Puts a blank line between the new item and its neighbours, if the list has blank lines between its items."""
        above = self._layout.remarks.above
        if any("" in above.get(item.line, ()) for item in items[1:]):
            parted = new if position else items[0]
            above.setdefault(parted.line, []).insert(0, "")


def plain(node: Node) -> Any:
    """The content of a node, as maps, lists and texts."""
    if node.items is not None:
        return [plain(item) for item in node.items]
    if node.entries is not None:
        return {key.text: plain(value) for key, value in node.entries}
    return node.text


def _held_below(held: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return held[step] if isinstance(held, list) and step < len(held) else None
    return held.get(step) if isinstance(held, dict) else None


def _below(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.items[step] if node.items and step < len(node.items) else None
    return next((value for key, value in node.entries or () if key.text == step), None)


def _lines(node: Node) -> Iterator[int]:
    yield node.line
    for key, value in node.entries or ():
        yield key.line
        yield from _lines(value)
    for item in node.items or ():
        yield from _lines(item)


def _position(parent: Node, key: str, order: tuple[str, ...], before: str | None) -> int:
    """Where `key` goes: before a key that is named, else behind the last of those that come before it in `order`."""
    keys = [held.text for held, _ in parent.entries or ()]
    if before in keys:
        return keys.index(before)
    if key not in order:
        return len(keys)
    earlier = order[: order.index(key)]
    return max((n for n, held in enumerate(keys, 1) if held in earlier), default=0)


@cache
def _order(kind: Any) -> tuple[str, ...]:
    """The fields of a class of records, in their order; none of a map by free keys."""
    return names_of(kind) if is_frozen(kind) else ()


@cache
def _kind_below(kind: Any, step: str | int) -> Any:
    """What a record, a list or a map of class `kind` holds at `step`."""
    if is_frozen(kind):
        hint = get_type_hints(kind)[str(step)]
        return get_args(hint)[0] if get_origin(hint) in (Union, UnionType) else hint
    return get_args(kind)[1 if get_origin(kind) is dict else 0]
