"""The JSON Schemas of what the commands write with --json, made from the contract by Pydantic."""

import sys
from collections.abc import Iterator
from typing import Any, Union, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import is_typeddict

from opsc_cli.dataset.docstrings import restore
from opsc_cli.render.contract import SET
from opsc_cli.render.documents import DOCUMENTS, WRITTEN_BY

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CONFIG = ConfigDict(use_attribute_docstrings=True)


def output_schemas() -> dict[str, Schema]:
    """The schema of every document: by the key of what it holds, or by its command if it has no envelope."""
    return {name: output_schema(name) for name in DOCUMENTS}


def output_names() -> tuple[str, ...]:
    """What `output_schema` accepts: the documents, and the commands that write them."""
    return tuple(dict.fromkeys((*DOCUMENTS, *WRITTEN_BY)))


def output_schema(name: str) -> Schema:
    """The schema of a document, or of all that a command writes."""
    keys = WRITTEN_BY.get(name, (name,))
    written: Any = Union[tuple(DOCUMENTS[key] for key in keys)]  # noqa: UP007  # from a tuple
    restore(*(sys.modules[kind.__module__] for kind in _kinds(written)))
    whole = _generated(written)
    objects = whole["$defs"]
    for kind in _kinds(written):
        held = objects[kind.__name__]
        held["additionalProperties"] = False
        for key, description in _inherited(kind):
            held["properties"][key].setdefault("description", description)
    for called in objects.keys() & {"ComputedDate", "DueDate"}:
        objects[called]["allOf"] = _RULES
    return {"$schema": _DIALECT, "title": f"opsc: {' or '.join(keys)}", **whole["items"], "$defs": objects}


def _generated(kind: Any) -> Schema:
    # A list, because Pydantic takes a configuration for it and for all within, but not for a typed dictionary itself.
    schema: Schema = _without_titles(TypeAdapter(list[kind], config=_CONFIG).json_schema())
    return schema


def _kinds(hint: Any) -> Iterator[type]:
    """The typed dictionaries within a type, and the type itself if it is one."""
    if is_typeddict(hint):
        yield hint
    within = get_type_hints(hint).values() if is_typeddict(hint) else get_args(hint)
    for below in within:
        yield from _kinds(below)


def _inherited(kind: Any) -> Iterator[tuple[str, str]]:
    """The descriptions of the keys that an object has from another: Pydantic reads only its own."""
    for base in filter(is_typeddict, kind.__orig_bases__):
        yield from _inherited(base)
        held = _generated(base)["$defs"][base.__name__]["properties"]
        yield from ((key, value["description"]) for key, value in held.items() if "description" in value)


_KEYS_OF_DATES = ("date", "earliest", "latest")

_RULES = [
    {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"properties": {key: {"type": "string" if key in given else "null"} for key in _KEYS_OF_DATES}},
    }
    for kind, given in SET.items()
]
"""Which keys of a computed date are set depends on its kind: types cannot say so."""


def _without_titles(node: Any) -> Any:
    """Pydantic gives every object and key a title that repeats its name."""
    if isinstance(node, list):
        return [_without_titles(item) for item in node]
    if isinstance(node, dict):
        return {k: _without_titles(v) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
    return node
