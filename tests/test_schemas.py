"""The published schemas hold for every document that commands write, and would notice if they did not."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

from opsc_cli.answers.plan import planned
from opsc_cli.answers.position import positions
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.records import Dataset
from opsc_cli.render.documents import DOCUMENTS, WRITTEN_BY
from opsc_cli.render.due import due_listing
from opsc_cli.render.explain import explain_listing
from opsc_cli.render.forecast import forecast_listing
from opsc_cli.render.listing import Listing, envelope_of, json_of
from opsc_cli.render.plan import plan_listing
from opsc_cli.render.schemas import output_names, output_schema, output_schemas
from opsc_cli.render.sources import sources_listing
from tests.commands import opsc
from tests.conftest import ROOT, sample, sampled_data
from tests.test_command import DAY

SMALL = ROOT / "tests" / "small"
WRITTEN = {
    ("due", "Austria", "Fiji", *DAY): "due",
    ("explain", "Montenegro", *DAY): "explain",
    ("states", "--status", "denounced", *DAY): "states",
    ("whatif", "Kenya", "--deposit", "2027-03-01", *DAY): "whatif",
    ("sessions", *DAY): "sessions",
    ("sessions", "100", *DAY): "sessions",
    ("sessions", "102", *DAY): "sessions",
    ("sessions", "2027", *DAY): "sessions",
    ("sessions", "--all", *DAY): "sessions",
    ("sessions", "--as-of", "1999-01-01"): "sessions",
    ("stats", *DAY): "stats",
    ("stats", "--as-of", "1999-01-01"): "stats",
    ("stats", "--since", "2020-01-01", "--every", "year", *DAY): "stats",
    ("audit",): "audit",
    ("sources", "Austria", *DAY): "sources",
    ("data", *DAY): "data",
    ("forecast", "--received", "2021-08-03", *DAY): "forecast",
    ("forecast", "--received", "2019-03-01", "--as-of", "2019-03-01"): "forecast",
    ("forecast", "Iran", *DAY): "forecast",
    ("forecast", "--session", "next", *DAY): "forecast",
    ("forecast", "--backtest", *DAY): "forecast",
    ("plan", "Angola", *DAY): "plan",
    ("plan", "Singapore", *DAY): "plan",
    ("plan", "Singapore", "Uganda", *DAY): "plan",
    ("timeline", "Austria", "Fiji", "USA", "Kenya", *DAY): "timeline",
    ("missing", *DAY): "missing",
    ("missing", "Singapore", *DAY): "missing",
    ("validate", str(SMALL)): "validate",
    ("diff", str(SMALL), str(SMALL)): "diff",
    ("record", "AUT", "deposit", "2004-05-06", "--source", "TABLE", "--dry-run", "--data", str(SMALL)): "record",
}
"""What commands write, by command."""


def _errors(document: Any, name: str) -> list[str]:
    return [f"{e.instance_path}: {e.message}"[:200] for e in _validator(name).iter_errors(document)]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(output_schema(name))


@pytest.mark.parametrize(("arguments", "name"), WRITTEN.items(), ids=lambda value: " ".join(value)[:40])
def test_what_a_command_writes_fits(arguments: tuple[str, ...], name: str) -> None:
    done = opsc(*arguments, "--json")
    assert _errors(json.loads(done.stdout), name) == [], done.stderr


DAYS = [date(1999, 1, 1), date(2002, 1, 18), date(2008, 6, 1), date(2019, 3, 1), date(2026, 11, 21), date(2030, 1, 1)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_document_of_a_state_fits(day: date, dataset: Dataset) -> None:
    for name, listing in _of_states(dataset, day):
        document = json.loads("".join(json_of(listing, envelope_of(dataset, day))))
        assert _errors(document, name) == []


def _of_states(dataset: Dataset, day: date) -> Iterator[tuple[str, Listing]]:
    outlook = Outlook(dataset, day)
    everyone = positions(dataset, day, tuple(sample(list(dataset.states), 3)), outlook)
    yield "due", due_listing(everyone)
    some = tuple(sample(list(dataset.states), 12))
    for position in positions(dataset, day, some, outlook, if_received=day):
        yield "forecast", forecast_listing(position, if_received=True)
        yield "explain", explain_listing([position], dataset.sources)
        yield "sources", sources_listing(position, dataset.sources)
        yield "plan", plan_listing(list(planned([position], outlook)), alone=True)
    yield "plan", plan_listing(list(planned(everyone, outlook)), alone=False)


def test_what_changed_has_its_schema(tmp_path: Path) -> None:
    folder = _with(tmp_path, "states.yaml", "deposited: 2006-01-20", "deposited: 2007-01-20")
    before = sampled_data(tmp_path / "before", "NPL")
    changed = json.loads(opsc("diff", before, folder, *DAY, "--json").stdout)
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
    """A dataset with one text in it changed."""
    folder = sampled_data(folder / "changed", "NPL")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", output_names())
def test_a_schema_is_a_schema_that_allows_no_other_keys(name: str) -> None:
    schema = output_schema(name)
    meta.validate(schema)
    assert all(held["additionalProperties"] is False for held in schema["$defs"].values())
    assert all("description" in held for held in schema["$defs"].values())


def test_they_are_published() -> None:
    schemas = output_schemas()
    assert json.loads(opsc("schema", "output").stdout) == schemas
    assert json.loads(opsc("schema", "output", "plan").stdout) == schemas["plan"]
    assert json.loads(opsc("schema", "output", "due").stdout) == schemas["states"]


def test_every_schema_is_held_against_a_document() -> None:
    held = {key for name in WRITTEN.values() for key in WRITTEN_BY.get(name, (name,))}
    assert held == set(DOCUMENTS)


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
    assert _errors(spoilt(surprise="2024-09-05"), "states")
    del sound["states"][0]["standing"]
    assert _errors(sound, "states")
