"""What other repositories take from this one: hooks, action, issue form, examples. Their commands are real."""

import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import opsc
from tests.conftest import ROOT
from tests.faults import FAULTS, base
from tests.terminal import BIN

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda h: str(h["id"]))
def test_a_hook_passes_what_is_sound_and_fails_what_is_not(hook: dict[str, Any], tmp_path: Path) -> None:
    data = base(tmp_path / "data")
    command = [*shlex.split(hook["entry"])[1:], *hook["args"]]
    assert opsc(*command, cwd=tmp_path).returncode == 0
    FAULTS["A State that is there twice"].written_to(data)
    assert opsc(*command, cwd=tmp_path).returncode == 3
    assert re.search(hook["files"], "data/states.yaml")


def test_the_repositorys_own_hooks_are_its_commands() -> None:
    own = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    entries = {hook["id"]: hook["entry"] for hook in own}
    assert entries["opsc-validate"] == "opsc validate data --strict"
    assert {hook["id"] for hook in HOOKS} <= entries.keys()


def test_the_action_takes_its_inputs_by_environment_only() -> None:
    """An input within a script would be run as part of it."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert not step.get("run") or step["shell"] == "bash"
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


def test_no_check_of_the_action_hides_what_the_others_say() -> None:
    install, first, *others = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert "if" not in install and "if" not in first and len(others) == 2
    assert all("!cancelled()" in step["if"] for step in others)


def test_the_steps_of_the_action_run(tmp_path: Path) -> None:
    """Its shell lines as they are, with the inputs that another repository gives: a dataset elsewhere, a base."""
    base(tmp_path / "record")
    settings = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "GITHUB_ACTIONS": "true"}
    settings |= {"FOLDER": "record", "STRICT": "true", "BASE": "HEAD", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    settings |= {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    settings |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}

    def run(script: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)

    assert run("git init -q && git add -A && git commit -qm 'A dataset'").returncode == 0
    path = tmp_path / "record" / "states.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2004-05-06", "2004-05-07"), encoding="utf-8")
    check, layout, changes = (step["run"] for step in ACTION["runs"]["steps"] if "FOLDER" in step.get("env", {}))
    found = run(check)
    assert found.returncode == 1
    assert found.stdout.startswith("::error file=record/states.yaml,line=")
    assert run(layout).returncode == 0
    assert run(changes).returncode == 0
    assert "| 2004-06-06 | 2004-06-07 |" in (tmp_path / "summary").read_text(encoding="utf-8")


SCHEMAS = {
    "vendor.github-actions": "action.yml",
    "vendor.github-issue-forms": ".github/ISSUE_TEMPLATE/date-is-wrong.yml",
}


@pytest.mark.skipif(not find_spec("check_jsonschema"), reason="`pip install -e '.[dev]'`; .ci/run does")
@pytest.mark.parametrize(("schema", "path"), SCHEMAS.items())
def test_github_would_take_it(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not find_spec("check_jsonschema"), reason="`pip install -e '.[dev]'`; .ci/run does")
def test_github_would_take_the_example_workflow(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "data" / "keep-the-record.md").read_text(encoding="utf-8")
    (tmp_path / "dataset.yml").write_text(
        re.findall(r"^```yaml\n(name: .*?)^```", page, re.M | re.S)[0], encoding="utf-8"
    )
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, str(tmp_path / "dataset.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_example_workflow_gives_the_action_what_it_takes() -> None:
    page = (ROOT / "docs" / "data" / "keep-the-record.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)]
    hooks, workflow = blocks
    assert {h["id"] for h in hooks["repos"][0]["hooks"]} == {h["id"] for h in HOOKS}
    used = next(s for s in workflow["jobs"]["check"]["steps"] if "opsc@" in s["uses"])
    assert set(used["with"]) <= set(ACTION["inputs"])


def test_the_issue_form_asks_for_ours_correct_and_source() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "date-is-wrong.yml").read_text(encoding="utf-8"))
    asked = {part["id"]: part["validations"]["required"] for part in form["body"] if "id" in part}
    assert asked == {"state": True, "ours": True, "correct": True, "source": True}
