"""Of a field that a record does not have: only fields that it can have at that place are suggested."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
import yaml

from opsc_cli.dataset.reader import document_of
from opsc_cli.dataset.validate import FILES, OPTIONAL, validate_documents
from opsc_cli.record.state import NextReport
from tests.conftest import sample

KINDS: dict[str, type] = FILES | OPTIONAL


def records_in(kind: type, where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], type]]:
    """Every record within a file, by its path: `[]` for an item, `{}` for a key of one's own."""
    yield where, kind
    for name, hint in get_type_hints(kind, include_extras=True).items():
        below, path = hint, (*where, name)
        while get_origin(below) in (Union, UnionType, tuple, dict):
            origin = get_origin(below)
            path = (*path, "[]") if origin is tuple else (*path, "{}") if origin is dict else path
            below = get_args(below)[1 if origin is dict else 0]
        if is_dataclass(below):
            yield from records_in(below, path)  # type: ignore[arg-type]


PLACES = [(name, where, record) for name, kind in KINDS.items() for where, record in records_in(kind)]
EVERYWHERE = sorted({f.name for _, _, record in PLACES for f in fields(record)})  # type: ignore[arg-type]


def nested(where: tuple[str, ...], innermost: dict[str, str]) -> Any:
    """Plain values with a record at a path."""
    value: Any = innermost
    for step in reversed(where):
        value = (
            [value]
            if step == "[]"
            else {"OPSC" if "treaties" in where[:1] else "NPL": value}
            if step == "{}"
            else {step: value}
        )
    return value


def said_of(name: str, where: tuple[str, ...], field: str) -> list[str]:
    """What is said of a field at a place."""
    text = yaml.safe_dump(nested(where, {field: "x"}), default_flow_style=False)
    _, found = validate_documents({name: document_of(Path(f"{name}.yaml").name, text)})
    return [f.message for f in found if f.code == "FORM01"]


def test_every_class_of_records_has_a_place() -> None:
    deep = ("states", "{}", "reports", "[]", "concluding_observations", "next_report")
    assert ("states", deep, NextReport) in PLACES
    assert len(PLACES) >= 60


@pytest.mark.parametrize(("name", "where", "record"), PLACES, ids=[".".join((n, *w)) for n, w, _ in PLACES])
def test_only_what_is_valid_there_is_suggested(name: str, where: tuple[str, ...], record: type) -> None:
    valid = {f.name for f in fields(record)}  # type: ignore[arg-type]
    for field in sample([f for f in EVERYWHERE if f not in valid], 3):
        (message,) = said_of(name, where, field)
        suggested = re.fullmatch(r"no field '\w+' here; (?:did you mean '(\w+)'\?|expected one of (.+))", message)
        assert suggested, message
        one, several = suggested.groups()
        assert one in valid if one else several.split(", ") == [f.name for f in fields(record)], message  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "where", "field", "suggested"),
    [
        ("states", ("states", "{}"), "signatur", "signature"),
        ("states", ("states", "{}", "instrument"), "depositted", "deposited"),
        ("states", ("states", "{}", "reports", "[]"), "submited", "submitted"),
        ("states", ("states", "{}", "checked"), "sorces", "sources"),
        ("sessions", ("sessions", "[]"), "statuss", "status"),
        ("sources", ("sources", "{}"), "part_red", "part_read"),
        ("counts", ("counts", "[]"), "valu", "value"),
        ("readings", ("treaties", "{}"), "sorce", "source"),
    ],
)
def test_a_slip_gets_the_field_that_was_meant(name: str, where: tuple[str, ...], field: str, suggested: str) -> None:
    assert f"no field {field!r} here; did you mean {suggested!r}?" in said_of(name, where, field)
