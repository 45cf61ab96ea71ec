"""The published schemas hold for what the commands write, and would notice if they did not."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from opsc_cli.render.schemas import output_schemas
from tests.commands import opsc
from tests.conftest import DATA
from tests.test_command import DAY

SCHEMAS = output_schemas()

DOCUMENTS = {
    ("due", "--all", *DAY): "states",
    ("due", "--all", "--as-of", "2008-06-01"): "states",
    ("due", "--all", "--as-of", "2001-12-01"): "states",
    ("explain", "Fiji", *DAY): "states",
    ("explain", "Montenegro", *DAY): "states",
    ("states", "--status", "denounced", *DAY): "states",
    ("whatif", "Kenya", "--deposit", "2027-03-01", *DAY): "states",
    ("sessions", *DAY): "sessions",
    ("stats", *DAY): "stats",
    ("stats", "--since", "2020-01-01", "--every", "year", *DAY): "stats",
    ("audit",): "mismatches",
    ("sources", "Austria", *DAY): "sources",
    ("data", *DAY): "data",
    ("forecast", "--received", "2021-08-03", *DAY): "forecast",
    ("forecast", "Angola", *DAY): "states",
    ("forecast", "--backtest", *DAY): "backtest",
    ("plan", "Angola", *DAY): "plan",
    ("plan", "Singapore", *DAY): "plan",
    ("validate", "data"): "validate",
    ("diff", "data", "data"): "diff",
}


def _errors(document: Any, key: str) -> list[str]:
    return [f"{e.json_path}: {e.message}"[:200] for e in Draft202012Validator(SCHEMAS[key]).iter_errors(document)]


@pytest.mark.parametrize(("arguments", "key"), DOCUMENTS.items(), ids=lambda value: " ".join(value)[:40])
def test_a_real_document_is_valid(arguments: tuple[str, ...], key: str) -> None:
    assert _errors(json.loads(opsc(*arguments, "--json").stdout), key) == []


def test_what_changed_has_its_schema(tmp_path: Path) -> None:
    folder = _with(tmp_path, "states.yaml", "deposited: 2006-01-20", "deposited: 2007-01-20")
    changed = json.loads(opsc("diff", str(DATA), str(folder), *DAY, "--json").stdout)
    assert changed["facts"]
    assert changed["answers"]
    assert _errors(changed, "diff") == []
    assert _errors(changed | {"facts": [{"where": "x", "old": 1, "new": None}]}, "diff")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("states.yaml", "deposited: 2006-01-20", "deposited: 2036-01-20", 1),
        ("sessions.yaml", "sessions:\n", "sessions: [\n", 3),
    ],
)
def test_what_is_found_has_its_schema(file: str, old: str, new: str, code: int, tmp_path: Path) -> None:
    done = opsc("validate", str(_with(tmp_path, file, old, new)), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, bool(found["findings"])) == (code, True)
    assert _errors(found, "validate") == []
    assert _errors(found | {"findings": [found["findings"][0] | {"code": "NONE99"}]}, "validate")


def _with(folder: Path, file: str, old: str, new: str) -> Path:
    """The dataset with one text in it changed."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_is_a_schema(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


def test_they_are_published() -> None:
    assert json.loads(opsc("schema", "output").stdout) == SCHEMAS
    assert json.loads(opsc("schema", "output", "plan").stdout) == SCHEMAS["plan"]
    assert json.loads(opsc("schema", "output", "due").stdout) == SCHEMAS["states"]
    assert {*DOCUMENTS.values(), "diff", "validate"} == set(SCHEMAS), "every schema is held against a real document"


@pytest.mark.parametrize(
    "arguments",
    [("Iran",), ("--received", "2019-03-01", "--as-of", "2019-03-01"), ("--backtest",)],
)
def test_the_schema_of_a_command_holds_for_each_of_its_documents(arguments: tuple[str, ...]) -> None:
    schema = json.loads(opsc("schema", "output", "forecast").stdout)
    written = json.loads(opsc("forecast", *arguments, "--json").stdout)
    assert list(Draft202012Validator(schema).iter_errors(written)) == []


def test_a_fault_is_noticed() -> None:
    sound = json.loads(opsc("due", "Austria", *DAY, "--json").stdout)
    due = sound["states"][0]["obligations"][0]["due"]
    assert due["kind"] == "date"

    def spoilt(**changes: Any) -> Any:
        document = copy.deepcopy(sound)
        document["states"][0]["obligations"][0]["due"].update(changes)
        return document

    assert _errors(spoilt(), "states") == []
    assert _errors(spoilt(date=None), "states")
    assert _errors(spoilt(kind="awaited"), "states")
    assert _errors(spoilt(certainty="sure"), "states")
    assert _errors(spoilt(earliest="2024-09-05"), "states")
    del sound["states"][0]["standing"]
    assert _errors(sound, "states")
