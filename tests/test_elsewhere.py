"""What other repositories take from this one: hooks, action, issue form, examples. Their commands are real."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import opsc
from tests.conftest import ROOT
from tests.test_broken import BROKEN

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda h: str(h["id"]))
def test_a_hook_passes_what_is_sound_and_fails_what_is_not(hook: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path / "data")
    command = [*shlex.split(hook["entry"])[1:], *hook["args"]]
    assert opsc(*command, cwd=tmp_path).returncode == 0
    shutil.copy(BROKEN / "states-duplicate-key.yaml", tmp_path / "data" / "states.yaml")
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


def test_the_example_workflow_gives_the_action_what_it_takes() -> None:
    page = (ROOT / "docs" / "keep-the-record.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)]
    hooks, workflow = blocks
    assert {h["id"] for h in hooks["repos"][0]["hooks"]} == {h["id"] for h in HOOKS}
    used = next(s for s in workflow["jobs"]["check"]["steps"] if "opsc@" in s["uses"])
    assert set(used["with"]) <= set(ACTION["inputs"])


def test_the_issue_form_asks_for_ours_correct_and_source() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "date-is-wrong.yml").read_text(encoding="utf-8"))
    asked = {part["id"]: part["validations"]["required"] for part in form["body"] if "id" in part}
    assert asked == {"state": True, "ours": True, "correct": True, "source": True}
