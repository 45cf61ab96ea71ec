"""JSON Schemas of the dataset files, generated from the records, for completion and checks in editors.

A schema describes only the form of each field; `opsc validate` checks the facts too. Editors read an unquoted `2008` or
`004` as a number, so the schemas accept numbers for text fields.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from opsc_cli.dataset import files
from opsc_cli.dataset.docstrings import restore
from opsc_cli.dataset.validate import FILES, OPTIONAL
from opsc_cli.record import records, state

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(name: str) -> str:
    """The content of NAME.schema.json."""
    restore(files, records, state)
    kind: Any = (FILES | OPTIONAL)[name]
    schema = _as_typed_by_hand(TypeAdapter(kind).json_schema())
    head = {"$schema": DRAFT, "title": f"{name}.yaml of the opsc dataset"}
    return json.dumps(head | {key: value for key, value in schema.items() if key != "title"}, indent=2) + "\n"


def names() -> tuple[str, ...]:
    return (*FILES, *OPTIONAL)


def _as_typed_by_hand(node: Any) -> Any:
    """Pydantic's schema without titles and null, and with numbers accepted for text."""
    if isinstance(node, list):
        return [_as_typed_by_hand(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {k: v for k, v in node.items() if not (k == "title" and isinstance(v, str)) and k != "default"}
    options = [option for option in kept.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        kept = {k: v for k, v in kept.items() if k != "anyOf"} | options[0]
    if kept.get("type") == "string" and "enum" not in kept and "const" not in kept:
        kept["type"] = ["string", "number"]
    return {key: _as_typed_by_hand(value) for key, value in kept.items()}
