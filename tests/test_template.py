"""The template record at the top of data/states.yaml shows every field and is valid YAML."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args

from pydantic import TypeAdapter

from opsc_cli.dataset.reader import read
from opsc_cli.record.state import State
from tests.conftest import ROOT

LINES = (ROOT / "data" / "states.yaml").read_text(encoding="utf-8").partition("\nversion:")[0].splitlines()
TEMPLATE = "\n".join(line[1:] for line in LINES[next(i for i, line in enumerate(LINES) if "XXX:" in line) :])


def test_it_shows_every_field() -> None:
    shown = {line.strip().removeprefix("- ").partition(":")[0] for line in TEMPLATE.splitlines()}
    assert _fields(State) <= shown


def test_it_is_a_record(tmp_path: Any) -> None:
    """With either the day or the bracket of a deposit: the template shows both."""
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    TypeAdapter(State).validate_python(read(path).value["XXX"])


def _fields(record: Any) -> set[str]:
    found: set[str] = set()
    for field in fields(record):
        found.add(field.name)
        for inner in _records_in(field.type):
            found |= _fields(inner)
    return found


def _records_in(kind: Any) -> list[Any]:
    if is_dataclass(kind):
        return [kind] if hasattr(kind, "__pydantic_config__") else []
    return [record for argument in get_args(kind) for record in _records_in(argument)]
