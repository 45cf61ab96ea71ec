"""`opsc diff`: from a changed fact to the answers that change by it."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from opsc_cli.answers.diff import compared
from opsc_cli.record.frozen import replace
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report
from tests.commands import opsc
from tests.conftest import ROOT
from tests.test_command import DAY

ON = date(2026, 11, 21)
SMALL = ROOT / "tests" / "small"


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """The small dataset with Austria's deposit a year later."""
    folder = tmp_path / "data"
    shutil.copytree(SMALL, folder)
    path = folder / "states.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("deposited: 2004-05-06") == 1
    path.write_text(text.replace("deposited: 2004-05-06", "deposited: 2005-05-06"), encoding="utf-8")
    return folder


def test_the_change_of_a_deposit_says_what_becomes_of_the_due_date(moved: Path) -> None:
    out = opsc("diff", str(SMALL), str(moved), *DAY).stdout
    assert "  states.AUT.instrument.deposited: 2004-05-06 → 2005-05-06\n" in out
    assert "  AUT: initial report due 2006-06-06 → 2007-06-06, because OPSC art. 12(1): " in out
    assert out.startswith("1 fact changed; 2 answers changed in 1 State, as of 2026-11-21.\n")


def test_json_and_markdown_say_the_same(moved: Path) -> None:
    document = json.loads(opsc("diff", str(SMALL), str(moved), *DAY, "--format", "json").stdout)
    assert [f["where"] for f in document["facts"]] == ["states.AUT.instrument.deposited"]
    assert [a["question"] for a in document["answers"]] == ["entry into force", "initial report due"]
    page = opsc("diff", str(SMALL), str(moved), *DAY, "--format", "md").stdout
    for answer in document["answers"]:
        cells = ("Austria (AUT)", *(answer[key] for key in ("question", "old", "new", "because")))
        assert f"| {' | '.join(cells)} |" in page


def test_nothing_changes_against_itself() -> None:
    done = opsc("diff", str(SMALL), str(SMALL), *DAY)
    assert done.stdout == "No fact and no answer changed.\n"


def test_the_next_review_is_compared_for_the_state_that_changed(dataset: Dataset) -> None:
    """The forecasts of others, which each fact moves a little, are left out."""
    report = Report(submitted=date(2015, 3, 2), sources=("UNTC-2015",))
    received = replace(dataset.states["SMR"], initial_report=report)
    found = compared(dataset, replace(dataset, states={**dataset.states, "SMR": received}), ON)
    assert {answer.iso3 for answer in found.answers} == {"SMR"}
    (review,) = [answer for answer in found.answers if answer.question == "next review"]
    assert (review.old or "").startswith("likely ") and (review.old or "").endswith(" or later")
    assert (review.new or "").startswith("likely ") and review.new != review.old
    assert review.because.endswith("; its initial report under the OPSC was received on 2 March 2015")


def test_a_report_added_in_the_middle_renames_no_other(moved: Path) -> None:
    path = moved / "states.yaml"
    shutil.copy(SMALL / "states.yaml", path)
    text = path.read_text(encoding="utf-8")
    first = text.index("    reports:\n      - treaty: CRC\n", text.index("  AUT:")) + len("    reports:\n")
    added = (
        "      - treaty: CRC\n        kind: initial\n        review:\n          session: 49\n"
        "          evidence: programme\n          sources:\n            - TABLE\n"
    )
    path.write_text(text[:first] + added + text[first:], encoding="utf-8")
    document = json.loads(opsc("diff", str(SMALL), str(moved), *DAY, "--format", "json").stdout)
    assert all("[CRC session 49]" in f["where"] and f["old"] is None for f in document["facts"])
    assert len(document["facts"]) == 5


def test_a_revision_of_git_against_the_folder(moved: Path) -> None:
    repository = moved.parent
    identity = {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull}

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=repository, env=environment, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Move a deposit")
    shutil.copy(SMALL / "states.yaml", moved / "states.yaml")
    out = opsc("diff", "HEAD", "data", *DAY, cwd=repository).stdout
    assert "states.AUT.instrument.deposited: 2005-05-06 → 2004-05-06" in out
    assert opsc("diff", "HEAD", *DAY, cwd=repository).stdout == out
    assert opsc("diff", "HEAD:data", "data", *DAY, cwd=repository).stdout == out
    moved.rename(repository / "record")
    git("add", "-A")
    git("commit", "-qm", "Keep it elsewhere")
    assert opsc("diff", "HEAD~1", "HEAD:record", *DAY, cwd=repository).stdout == out
    missing = opsc("diff", "HEAD", "record", *DAY, cwd=repository)
    assert (missing.returncode, missing.stdout) == (3, "")
    assert "expected REVISION:FOLDER" in missing.stderr


@pytest.mark.parametrize("place", ["nowhere", "--output=x", ""])
def test_what_is_neither_is_refused(place: str, tmp_path: Path) -> None:
    done = opsc("diff", "--", place, str(SMALL), cwd=tmp_path)
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr
    assert done.stderr
    assert list(tmp_path.iterdir()) == []
