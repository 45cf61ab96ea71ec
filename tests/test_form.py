"""The form that the gate asks for is the one that Pydantic reads from the same classes: fault by fault."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, ValidationError

from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.form import form_of
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, OPTIONAL
from tests.conftest import DATA
from tests.faults import BASE, BROKEN, FAULTS, bytes_of

KINDS = FILES | OPTIONAL
TEXTS = {
    **{f"data: {path.stem}": (path.stem, path.read_text(encoding="utf-8")) for path in DATA.glob("*.yaml")},
    **{f"base: {name}": (name, text) for name, text in BASE.items()},
    **{f"{f.title}: {name}": (name, edit.text) for f in FAULTS.values() for name, edit in f.edited.items()},
}


@cache
def _read_by_pydantic(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[name])


def _said_by(judge: TypeAdapter[Any] | SchemaValidator, value: Any) -> Any:
    """The record that `judge` makes of `value`, or each fault: its type, where it is, and its words."""
    try:
        return judge.validate_python(value)
    except ValidationError as error:
        return [(fault["type"], fault["loc"], fault["msg"]) for fault in error.errors(include_url=False)]


@pytest.mark.parametrize(("name", "text"), TEXTS.values(), ids=TEXTS)
def test_pydantic_says_the_same(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(bytes_of(text))
    try:
        value = read(path).value
    except Unreadable:
        pytest.skip("not a text that has a form")
    assert _said_by(form_of(KINDS[name]), value) == _said_by(_read_by_pydantic(name), value)


def test_faults_are_among_what_is_compared() -> None:
    value = read(BROKEN / "base" / "states.yaml").value | {"version": ["2026"], "other": "x"}
    said = _said_by(form_of(FILES["states"]), value)
    assert [(kind, where) for kind, where, _ in said] == [
        ("string_type", ("version",)),
        ("unexpected_keyword_argument", ("other",)),
    ]
