"""`opsc export`: whole, described, and the same bytes for the same data."""

import csv
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar

from opsc_cli.record.frozen import replace
from opsc_cli.record.records import PARTS, Dataset
from opsc_cli.render.export import export
from opsc_cli.render.listing import envelope_of
from tests.commands import OPSC, opsc
from tests.conftest import ROOT, installed_in


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "made"
    done = opsc("export", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_data_give_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    """That the order of hashing changes nothing is proved in test_package.py."""
    opsc("export", str(tmp_path), env={"TZ": "Pacific/Kiritimati", "PATH": ""})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in exported.iterdir()}


def test_the_record_says_nothing_of_the_machine(dataset: Dataset, tmp_path: Path) -> None:
    some = replace(dataset, states={})
    one, other = (export(of, envelope_of(of, date(2026, 1, 30))) for of in (some, installed_in(tmp_path, some, {})))
    assert one == other
    assert json.loads(one["record.json"]).keys() == set(PARTS)


def test_the_tables_hold_the_whole_record(exported: Path, dataset: Dataset) -> None:
    states = {row["iso3"]: row for row in _rows(exported / "states.csv")}
    assert states.keys() == dataset.states.keys()
    assert states["AUT"]["deposited"] == "2004-05-06"
    assert (states["AUT"]["m49"], states["FJI"]["earliest"], states["KEN"]["deposited"]) == ("040", "2021-01-01", "")
    reports = sum(bool(s.initial_report) + len(s.reports) for s in dataset.states.values())
    assert len(_rows(exported / "reports.csv")) == reports
    assert len(_rows(exported / "sessions.csv")) == len(dataset.sessions)
    assert len(_rows(exported / "sources.csv")) == len(dataset.sources)
    record = json.loads((exported / "record.json").read_text(encoding="utf-8"))
    assert record["states"]["NPL"]["instrument"]["deposited"] == "2006-01-20"


def test_the_answers_are_those_of_due(exported: Path) -> None:
    document = json.loads((exported / "due.json").read_text(encoding="utf-8"))
    same = json.loads(opsc("due", "--all", "--json", "--as-of", document["as_of"]).stdout)
    assert document == same
    assert document["as_of"] == "2026-01-30"


def test_the_calendar_holds_the_same_days(exported: Path) -> None:
    calendar = Calendar.from_ical((exported / "due.ics").read_text(encoding="utf-8"))
    days = {str(event["UID"]): event["DTSTART"].dt.isoformat() for event in calendar.walk("VEVENT")}
    dated = [row for row in _rows(exported / "due.csv") if row["due_date"]]
    assert days["afg-opsc-initial@opsc-cli"] == next(r["due_date"] for r in dated if r["iso3"] == "AFG")
    assert len(days) >= len(dated)


def test_no_cell_is_taken_for_a_formula(exported: Path) -> None:
    for table in exported.glob("*.csv"):
        for row in _rows(table):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))], table.name


def test_the_day_can_be_asked_for(checkout: Path, tmp_path: Path) -> None:
    for name, options, environment in (
        ("option", ("--as-of", "2012-03-01"), {}),
        ("environment", (), {"OPSC_AS_OF": "2012-03-01"}),
    ):
        assert (
            opsc(
                "export", str(tmp_path / name), *options, cwd=checkout, env={**environment, "OPSC_DATA": "data"}
            ).returncode
            == 0
        )
        assert json.loads((tmp_path / name / "due.json").read_text(encoding="utf-8"))["as_of"] == "2012-03-01"


def test_the_checksums_are_those_of_the_files(exported: Path) -> None:
    lines = (exported / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums.keys() | {"SHA256SUMS"} == {p.name for p in exported.iterdir()}
    for name, digest in sums.items():
        assert hashlib.sha256((exported / name).read_bytes()).hexdigest() == digest


def _fit(rows: list[dict[str, str]], schema: dict[str, Any]) -> None:
    """Asserts that each cell is of its column's type, and that the keys are unique."""
    for field in schema["fields"]:
        pattern = {"date": r"\d{4}-\d{2}-\d{2}", "integer": r"\d+"}.get(field["type"], "(?s:.*)")
        pattern = field.get("constraints", {}).get("pattern", pattern)
        wrong = [
            row[field["name"]] for row in rows if row[field["name"]] and not re.fullmatch(pattern, row[field["name"]])
        ]
        assert not wrong, field["name"]
    for key in schema.get("primaryKey", ()):
        assert len({row[key] for row in rows}) == len(rows)


def test_the_export_says_what_it_is_and_for_which_day(exported: Path) -> None:
    text = (exported / "README.md").read_text(encoding="utf-8")
    assert "**The answers are those of 30 January 2026.**" in text
    assert "not an official product" in text
    assert set(re.findall(r"^\| \[(\S+)\]", text, re.M)) == {p.name for p in exported.iterdir()} - {
        "README.md", "SHA256SUMS", "datapackage.json",
    }  # fmt: skip
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert package["as_of"] == "2026-01-30"
    keys = {resource["path"]: resource["schema"] for resource in package["resources"] if "schema" in resource}
    assert keys["states.csv"]["primaryKey"] == ["iso3"]
    assert keys["due.csv"]["foreignKeys"][0]["reference"]["resource"] == "states-csv"


def test_the_data_package_describes_every_table(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in package["resources"]:
        raw = (exported / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        if resource.get("type") == "table":
            header = raw.decode().partition("\n")[0].split(",")
            assert [f["name"] for f in resource["schema"]["fields"]] == header
            assert all(f["description"] for f in resource["schema"]["fields"])
            _fit(_rows(exported / resource["path"]), resource["schema"])
    assert sum(r.get("type") == "table" for r in package["resources"]) == 5


def test_the_citation_names_data_and_program(exported: Path) -> None:
    cited = yaml.safe_load((exported / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["cff-version"], cited["type"], cited["license"]) == ("1.2.0", "dataset", "CC0-1.0")
    assert str(cited["date-released"]) == cited["version"].replace(".", "-")
    assert cited["references"][0]["type"] == "software"


@pytest.mark.skipif(not find_spec("frictionless"), reason="`pip install -e '.[dev]'`; .ci/run does")
def test_frictionless_finds_it_valid(exported: Path) -> None:
    checked = [OPSC.with_name("frictionless"), "validate", "datapackage.json", "--json"]
    done = subprocess.run(checked, cwd=exported, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["valid"], done.stdout[:2000]
    assert report["stats"]["tasks"] >= 5


@pytest.mark.skipif(not find_spec("check_jsonschema"), reason="`pip install -e '.[dev]'`; .ci/run does")
def test_the_citation_fits_the_schema_of_its_format(exported: Path) -> None:
    schema = ["--builtin-schema", "vendor.citation-file-format", str(exported / "CITATION.cff")]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_repository_is_cited_as_its_data_are(exported: Path) -> None:
    """`python -m tests.update_screens` writes it: the versions are those of the program and of the data."""
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert cited == (exported / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert yaml.safe_load(cited)["references"][0]["version"] == project["version"]


@pytest.mark.parametrize(
    ("place", "why"),
    [("file", "this is a file; give the name of a folder"), ("file/below", "no such folder: file; create")],
)
def test_a_place_that_cannot_be_written_is_a_usage_error(place: str, why: str, checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = opsc("export", place, "--data", checkout / "data", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"opsc: {place}: {why}")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_no_file_is_replaced_if_one_cannot_be(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "record.json").mkdir()
    done = opsc("export", str(tmp_path), "--data", checkout / "data")
    assert (done.returncode, done.stderr.partition(": this")[0]) == (2, f"opsc: {tmp_path / 'record.json'}")
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]
