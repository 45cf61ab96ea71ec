"""What a text of a dataset, a path or an argument could do to a reader of the output: docs/maintain/trust.md."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import icalendar
import openpyxl
import pytest
from markdown_it import MarkdownIt

from opsc_cli.cli import completion
from opsc_cli.cli.app import program
from opsc_cli.cli.tree import commands_of
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.reader import FORMULA, read
from opsc_cli.render.ics import calendar_text
from tests.commands import opsc
from tests.conftest import ROOT
from tests.faults import base
from tests.test_command import DAY

NAMES = (
    "<script>alert(1)</script>", "[click](https://example.org)", "`x` *y* ~z~ | a", "&lt;b&gt;", "[bold red]Nepal[/]",
    ":boom: {0} %s", "2026-13-45", "1899-12-31", "$(touch pwned)", "';touch pwned;'", "\\", "Nepal; DROP", '"',
    "A,B;C\\N",
)  # fmt: skip


def _called(name: str, folder: Path, state: str = "Nepal") -> Path:
    """The small dataset with a State under another name."""
    path = base(folder) / "names.yaml"
    text = path.read_text(encoding="utf-8")
    quoted = "'" + name.replace("'", "''") + "'"
    path.write_text(text.replace(f"name: {state}\n", f"name: {quoted}\n"), encoding="utf-8")
    states = folder / "states.yaml"
    states.write_text(re.sub(f": # {state}.*", ":", states.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _asked(name: str, folder: Path, *arguments: str) -> str:
    done = opsc("due", "NPL", *DAY, "--data", _called(name, folder), *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return str(done.stdout)


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\ufeff", "\r", "\u2028"])
def test_no_text_of_a_dataset_moves_a_terminal(character: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(f'name: "Ne{json.dumps(character)[1:-1]}pal"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="YAML07"):
        read(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_terminal_shows_a_name_as_it_is(name: str, tmp_path: Path) -> None:
    shown = _asked(name, tmp_path, "--format", "table", "--color", "always")
    assert name in " ".join(re.sub(r"\x1b\[[\d;]*m", "", shown).split())


@pytest.mark.parametrize("begins", FORMULA)
def test_no_text_of_a_dataset_is_a_formula(begins: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(f'name: "{begins}1+1"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="YAML08"):
        read(path)


def test_a_value_that_was_refused_is_no_formula(tmp_path: Path) -> None:
    """`opsc record` repeats what a table of facts, perhaps of somebody else, has in it."""
    base(tmp_path / "data")
    (tmp_path / "facts.csv").write_text("state,fact,value,source\n=1+1,deposit,=HYPERLINK(1),@x\n", encoding="utf-8")
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        done = opsc("record", "--from", "facts.csv", "--format", form, cwd=tmp_path)
        cells = [cell for row in csv.reader(io.StringIO(done.stdout), delimiter=delimiter) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize("name", NAMES)
def test_tables_give_a_name_back(name: str, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_asked(name, tmp_path, "--format", "csv"))))
    assert {row["name"] for row in rows} == {name}
    opsc("due", "NPL", *DAY, "--data", tmp_path, "-o", tmp_path / "x.xlsx")
    cells = [
        cell for row in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(min_row=2) for cell in row
    ]
    assert name in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


@pytest.mark.parametrize("name", NAMES)
def test_a_calendar_gives_a_name_back(name: str, tmp_path: Path) -> None:
    text = _asked(name, tmp_path, "--format", "ics")
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert events
    assert all(name in str(event["SUMMARY"]) for event in events)
    assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75


def test_a_line_end_begins_no_line_of_a_calendar() -> None:
    """No text of a dataset has one; whoever makes one in Python finds it escaped."""
    envelope = {"tool_version": "1", "data_version": "2026.1.1", "as_of": "2026-01-01"}
    undated = ["x\r\nATTACH:https://example.org", "x\rATTACH:y"]
    text = calendar_text({"events": [], "alarms": [], "undated": undated, "asked": []}, envelope)  # type: ignore[arg-type]
    assert not re.search(r"^ATTACH", text, re.M)
    assert "\r" not in text.replace("\r\n", "")


@pytest.mark.parametrize("name", NAMES)
def test_markdown_shows_a_name_as_it_is(name: str, tmp_path: Path) -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = page.parse(_asked(name, tmp_path, "--format", "md", "--fields", "name,iso3"))
    (cell,) = [t for t in tokens if t.type == "inline" and t.map == [2, 3]][:1]
    assert {child.type for child in cell.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in cell.children or ()) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_difference_in_markdown_shows_it_too(name: str, tmp_path: Path) -> None:
    old, new = (_called(name, tmp_path / folder, "Austria") for folder in ("old", "new"))
    path = new / "states.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2004-05-06", "2004-05-07"), encoding="utf-8")
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = page.parse(opsc("diff", old, new, *DAY, "--format", "md").stdout)
    shown = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert f"{name} (AUT)" in shown
    assert "html_inline" not in {c.type for t in tokens for c in t.children or ()}


HOSTILE = "x](https://example.org) ]]><script/> %0A::error::x \\"


def test_sarif_and_junit_hold_any_text(tmp_path: Path) -> None:
    base(tmp_path)
    path = tmp_path / "states.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: ratification", f"kind: '{HOSTILE}'", 1), encoding="utf-8"
    )
    sarif = json.loads(opsc("validate", tmp_path, "--format", "sarif").stdout)
    assert "](" not in sarif["runs"][0]["results"][0]["message"]["text"]
    suite = ElementTree.fromstring(opsc("validate", tmp_path, "--format", "junit").stdout)
    assert HOSTILE.replace("\\", "") in (suite.find(".//failure").text or "").replace("\\", "")  # type: ignore[union-attr]
    lines = opsc("validate", tmp_path, "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    assert "%250A" in lines[0]


@pytest.mark.parametrize(
    "revision", ["--output=pwned", "-O", "--exec=touch pwned", "HEAD:--output=pwned", ":(exclude)x"]
)
def test_a_revision_is_no_option_of_git(revision: str, tmp_path: Path) -> None:
    base(tmp_path / "data")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = opsc("diff", "--", revision, "data", cwd=tmp_path)
    assert done.returncode == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "data"]


def test_a_folder_of_a_revision_may_have_any_name(tmp_path: Path) -> None:
    names = ("données", "a b", '"', "-x", "$(touch pwned)", os.fsdecode(b"\x80"))
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    for name in names:
        base(tmp_path / name)
    for command in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    for name in names:
        done = opsc("diff", *DAY, "--", f"HEAD:{name}", f"./{name}", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "No fact and no answer changed.\n"), done.stderr
    assert not (tmp_path / "pwned").exists()


def test_a_revision_is_read_within_bounds(tmp_path: Path) -> None:
    base(tmp_path / "data")
    (tmp_path / "data" / "states.yaml").write_bytes(b"# x\n" * 1_200_000)
    (tmp_path / "data" / "names.yaml").unlink()
    (tmp_path / "data" / "names.yaml").symlink_to("/etc/passwd")
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    for command in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert "not a regular file" in opsc("diff", "HEAD", "data", cwd=tmp_path).stderr
    (tmp_path / "data" / "names.yaml").unlink()
    shutil.copy(ROOT / "tests" / "broken" / "base" / "names.yaml", tmp_path / "data")
    for command in (("add", "-A"), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    done = opsc("diff", "HEAD", "data", cwd=tmp_path)
    assert (done.returncode, "larger than 4 MB" in done.stderr) == (3, True)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_a_completion_script_runs_no_name(tmp_path: Path) -> None:
    states = {name: name for name in NAMES}
    script = completion.bash(commands_of(program()), states)
    code = f"{script}\nCOMP_WORDS=(opsc due '')\nCOMP_CWORD=2\n_opsc\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {" ".join(shlex.split(line)) for line in done.stdout.splitlines()} == {" ".join(n.split()) for n in NAMES}
    assert list(tmp_path.iterdir()) == []


def test_the_pager_is_run_without_a_shell(tmp_path: Path) -> None:
    from tests.terminal import on_a_terminal

    shown = on_a_terminal("opsc sources Austria -q", PAGER=f"cat; touch {tmp_path / 'pwned'}")
    assert "Concluding observations" in shown
    assert list(tmp_path.iterdir()) == []


def test_every_row_of_the_table_names_its_tests() -> None:
    page = (ROOT / "docs" / "maintain" / "trust.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+)`", page)
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    assert [name for name in named if f"def {name}(" not in source] == []
    own = set(re.findall(r"^def (test_\w+)", Path(__file__).read_text(encoding="utf-8"), re.M))
    assert own - set(named) == {"test_every_row_of_the_table_names_its_tests"}
