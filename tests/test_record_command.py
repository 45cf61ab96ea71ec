"""`opsc record` as people and scripts meet it: what it writes and where, tables of facts, exit codes, kills."""

import csv
import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from opsc_cli import console
from opsc_cli.cli.saving import save_all
from opsc_cli.console import installing
from opsc_cli.dataset import load
from opsc_cli.dataset.intake.facts import COLUMNS, TAKES
from opsc_cli.dataset.validate import validate
from opsc_cli.render.schemas import output_schema
from tests.commands import opsc
from tests.conftest import ROOT, sample
from tests.terminal import on_a_terminal, typed_at

SMALL = ROOT / "tests" / "small"
PAGE = (
    "--title", "A page", "--publisher", "Somebody Else", "--kind", "press", "--url", "https://example.org/a",
    "--as-of", "2014",
)  # fmt: skip
MISSING = ("Nepal", "not-submitted", "2011-06", "--asserted-by", "press", *PAGE)
LATER = ("AUT", "deposit", "2004-05-07", *PAGE)
READ = ("--read", "2026-11-27")
ENVIRONMENT = {**os.environ, "OPSC_AS_OF": "2009-06-01"}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a small dataset in data/."""
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path


def record(here: Path, *arguments: str | Path) -> CompletedProcess[Any]:
    return opsc("record", *arguments, *READ, cwd=here, env=ENVIRONMENT)


def texts(here: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (here / "data").iterdir()}


def table(here: Path, *rows: dict[str, str], name: str = "facts.csv") -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = here / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def row(state: str, fact: str, value: str, **more: str) -> dict[str, str]:
    page = {"title": "A page", "publisher": "Somebody Else", "kind": "press", "as_of": "2022"}
    return {"state": state, "fact": fact, "value": value, **page, **more}


GOOD = row("NPL", "not-submitted", "2011-06", asserted_by="press")
FOUR = (
    GOOD,
    row("Austria", "deposit", "2004-05-06", source="TABLE"),
    row("AUT", "deposit", "2004-05-07"),
    row("Nepl", "deposit", "2004-05-07"),
)


class TestOneFact:
    def test_the_change_of_the_yaml_and_of_the_answers(self, here: Path) -> None:
        done = record(here, *MISSING)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\n+        - as_of: 2011-06\n+          asserted_by: press\n" in done.stdout
        assert (
            "taken: NPL not-submitted 2011-06: initial_report.not_submitted.0 as_of 2011-06, asserted_by press"
            in done.stdout
        )
        assert done.stdout.index("--- a/sources.yaml") < done.stdout.index("--- a/states.yaml")
        assert [f.code for f in validate(here / "data")[1]] == ["READ02"], "and the warning asks for a second reading"
        assert not [path for path in (here / "data").iterdir() if path.name.startswith(".")]

    @pytest.mark.parametrize(
        ("typed", "code", "said"),
        [("2009-05-12", 0, "; read a second time"), ("2009-12-05", 1, "read first as 2009-05-12, then as 2009-12-05"),
         ("", 0, "taken: ")],
    )  # fmt: skip
    def test_a_terminal_asks_for_a_second_reading(self, typed: str, code: int, said: str, here: Path) -> None:
        received = ("NPL", "report-received", "2009-05-12", "--symbol", "CRC/C/OPSC/NPL/1")
        call = shlex.join(["opsc", "record", *received, *PAGE, *READ, "--data", str(here / "data")])
        before = texts(here)
        shown = typed_at(
            f"{typed}\r", "type the day again, read anew in the source (Enter: later)", f"{call}; echo code $?"
        )
        assert f"code {code}" in shown
        assert said in shown
        assert (texts(here) == before) == (code == 1)
        assert ("submitted OPSC 2009-05-12" in texts(here)["readings.yaml"]) == (typed == "2009-05-12")

    def test_the_answers_that_change(self, here: Path) -> None:
        done = opsc("record", *LATER, "--replace", "The table has a slip.", *READ, cwd=here, env=ENVIRONMENT)
        assert "Answers that change, by what is known on 2009-06-01: 2 in 1 State\n" in done.stdout
        assert "  AUT: initial report due 2006-06-06 → 2006-06-07, because OPSC art. 12(1): " in done.stdout

    def test_a_dry_run_writes_nothing(self, here: Path) -> None:
        before = texts(here)
        done = record(here, *MISSING, "--dry-run")
        assert (done.returncode, texts(here)) == (0, before)
        assert done.stdout == record(here, *MISSING).stdout
        assert texts(here) != before

    def test_the_second_time_it_is_on_record(self, here: Path) -> None:
        record(here, *MISSING)
        before = texts(here)
        again = record(here, *MISSING)
        assert (again.returncode, texts(here)) == (0, before)
        assert again.stdout == "already-on-record: NPL not-submitted 2011-06: by SOMEBODY-ELSE-2014-NPL\n"

    def test_a_contradiction_exits_1(self, here: Path) -> None:
        before = texts(here)
        done = record(here, *LATER)
        assert (done.returncode, texts(here)) == (1, before)
        assert done.stdout.startswith(
            "contradicts: AUT deposit 2004-05-07: states.AUT.instrument.deposited: the record"
        )
        assert done.stderr == "opsc: 1 contradicts; nothing was written\n"

    def test_json_by_its_schema(self, here: Path) -> None:
        for arguments, code in ((MISSING, 0), (LATER, 1)):
            done = record(here, *arguments, "--json")
            document = json.loads(done.stdout)
            assert list(Draft202012Validator(output_schema("record")).iter_errors(document)) == []
            assert done.returncode == code
        assert document["outcomes"][0]["outcome"] == "contradicts"

    def test_colour_only_on_a_terminal(self, here: Path) -> None:
        shutil.copytree(SMALL, here / "other")
        line = "opsc record NPL not-submitted 2011-06 --asserted-by press --source TABLE --dry-run"
        line = f"{line} --data {here / 'other'}"
        assert "\x1b[1m+" in on_a_terminal(f"{line} --color always", columns=200)
        assert "\x1b" not in record(here, *MISSING, "--color", "auto").stdout

    def test_the_day_of_reading_is_today_where_none_is_given(self, here: Path) -> None:
        opsc("record", *MISSING, cwd=here, env=ENVIRONMENT)
        assert f"read: {console.today()}" in texts(here)["sources.yaml"]


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ((), "expected a State, a fact and its value, or --from FILE"),
            (("AUT", "deposit"), "expected a State, a fact and its value"),
            (("AUT", "ratified", "2004"), "report-received"),
            (("AUT", "deposit", "2004", "--act", "wedding"), "ratification"),
            (("--from", "facts.csv", "--title", "A"), "reads the facts from a table"),
            (("AUT", "--from", "facts.csv"), "reads the facts from a table"),
            (("--from", "nowhere.csv"), "nowhere.csv: cannot be read: No such file or directory"),
            ((*MISSING, "--json", "--format", "csv"), "--json and --format csv"),
        ],
    )
    def test_a_wrong_call_exits_2(self, arguments: tuple[str, ...], told: str, here: Path) -> None:
        table(here, GOOD)
        before = texts(here)
        done = record(here, *arguments)
        assert (done.returncode, done.stdout, texts(here)) == (2, "", before)
        assert told in " ".join(done.stderr.replace("│", " ").split())

    def test_without_a_folder(self, tmp_path: Path) -> None:
        done = record(tmp_path, *MISSING)
        assert (done.returncode, done.stderr) == (
            2,
            "opsc: no folder data here; change to the top folder of your copy of the repository, or name the dataset's"
            " folder with --data DIR\n",
        )

    def test_the_data_of_an_installation_are_not_written(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not load.is_installed(here / "data"), "of a checkout"
        monkeypatch.setattr(load, "_PACKAGE", here)
        assert load.is_installed(here / "data")
        assert not load.is_installed(here / "other")
        program = (
            "import sys; from pathlib import Path; from opsc_cli.dataset import load\n"
            f"load._PACKAGE = Path({str(here)!r})\n"
            "sys.argv = ['opsc', 'record', 'NPL', 'deposit', '2006', '--source', 'TABLE',"
            f" '--data', {str(here / 'data')!r}]\n"
            "from opsc_cli.main import main; main()"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "is part of the installed package; copy it, and name the copy with --data DIR" in done.stderr

    def test_what_is_no_dataset_exits_3(self, here: Path) -> None:
        (here / "data" / "states.yaml").write_text("states: [\n")
        done = record(here, *MISSING)
        assert (done.returncode, done.stdout) == (3, "")
        assert "YAML01" in done.stderr

    def test_another_layout_exits_1(self, here: Path) -> None:
        path = here / "data" / "states.yaml"
        path.write_text(path.read_text().replace("states:\n", "states:\n\n\n", 1))
        done = record(here, *MISSING)
        assert (done.returncode, done.stdout) == (1, "")
        assert "states.yaml: not in the canonical layout; run `opsc fmt data` first" in done.stderr


def _zipped(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", content)
    return archive.getvalue()


class TestTables:
    def test_all_or_nothing(self, here: Path) -> None:
        before = texts(here)
        done = record(here, "--from", table(here, *FOUR))
        assert (done.returncode, texts(here)) == (1, before)
        header, *rows = [line.split("\t") for line in done.stdout.splitlines()]
        assert header == ["line", "state", "fact", "value", "outcome", "why"]
        assert [(r[0], r[4]) for r in rows] == [
            ("2", "taken"), ("3", "already-on-record"), ("4", "contradicts"), ("5", "refused"),
        ]  # fmt: skip
        assert "try Nepal (NPL)" in rows[3][5]
        assert done.stderr == (
            "opsc: 1 taken, 1 already-on-record, 1 contradicts, 1 refused; nothing was written; correct the others,"
            " or add --keep-going\n"
        )

    def test_or_those_that_can_be_taken(self, here: Path) -> None:
        done = record(here, "--from", table(here, *FOUR), "--keep-going", "--format", "csv")
        assert done.returncode == 1
        assert next(r["outcome"] for r in csv.DictReader(io.StringIO(done.stdout))) == "taken"
        assert "written to data: sources.yaml, states.yaml" in done.stderr
        assert "as_of: 2011-06" in texts(here)["states.yaml"]
        before = texts(here)
        again = record(here, "--from", here / "facts.csv", "--keep-going", "--json")
        outcomes = [o["outcome"] for o in json.loads(again.stdout)["outcomes"]]
        assert outcomes == ["already-on-record", "already-on-record", "contradicts", "refused"]
        assert texts(here) == before

    def test_a_table_for_a_person(self, here: Path) -> None:
        table(here, *FOUR)
        shown = on_a_terminal(f"opsc record --from {here}/facts.csv --data {here}/data --read 2026-11-27", columns=140)
        assert "Line" in shown
        assert "1 taken, 1 already-on-record, 1 contradicts, 1 refused." in shown

    @pytest.mark.parametrize("delimiter", [";", "\t", ","])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_as_spreadsheets_save_it(self, delimiter: str, mark: str, here: Path) -> None:
        lines = (
            ["State", "Fact", "Value", "Asserted by", "Source", ""],
            ["NPL", "not-submitted", "2011-06", "press", "TABLE"],
        )
        text = "\r\n".join(delimiter.join(cells) for cells in (*lines, [], ["# a remark"], [""]))
        (here / "facts.csv").write_text(mark + text, encoding="utf-8", newline="")
        done = record(here, "--from", here / "facts.csv")
        assert (done.returncode, done.stdout.count("taken")) == (0, 1), done.stderr

    def test_a_workbook(self, here: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        from datetime import datetime

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["state", "fact", "value", "asserted_by", "source", "treaty"])
        sheet.append(["NPL", "not-submitted", datetime(2011, 6, 20), "press", "TABLE", None])
        sheet.append(["AUT", "next-due", 2013, "state", "TABLE", None])
        book.save(here / "facts.xlsx")
        done = record(here, "--from", here / "facts.xlsx", "--format", "json")
        outcomes = json.loads(done.stdout)["outcomes"]
        assert [(o["value"], o["outcome"]) for o in outcomes] == [
            ("2011-06-20", "taken"),
            ("2013", "already-on-record"),
        ]

    def test_a_workbook_without_the_library(self, here: Path) -> None:
        (here / "facts.xlsx").write_bytes(b"PK")
        (here / "openpyxl.py").write_text("raise ImportError('none here')\n")
        program = (
            "import sys; sys.argv = ['opsc', 'record', '--from', 'facts.xlsx']; from opsc_cli.main import main; main()"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"run `{installing('openpyxl')}`, or save the sheet as CSV" in done.stderr

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("facts.csv", "", "no header row; start from `opsc record --template > facts.csv`"),
            ("facts.csv", "state,fact\n", "the column 'value' is missing"),
            ("facts.csv", "state,fact,value,titel\n", "unknown column 'titel'; did you mean 'title'?"),
            ("facts.csv", "state,fact,value,note,note\n", "the column 'note' appears twice"),
            (
                "facts.csv",
                "state,fact,value\nNPL,deposit,2006,a, b\n",
                "line 2 has more cells than the header",
            ),
            ("facts.csv", b"state,fact,value\nN\xe9pal,deposit,2006\n", "not UTF-8; save the table as CSV UTF-8"),
            ("facts.xlsx", "state,fact,value\n", "not a workbook that can be read"),
            ("facts.csv", "state,fact,value\n" + "x,x,x\n" * 10_001, "more than 10,000 rows; record them in parts"),
            ("facts.csv", "x" * 4_200_000, "larger than 4 MB"),
            ("facts.xlsx", _zipped(b" " * 4_200_000), "larger than 4 MB"),
        ],
    )
    def test_what_is_no_table(self, name: str, content: str | bytes, told: str, here: Path) -> None:
        (here / name).write_bytes(content.encode() if isinstance(content, str) else content)
        done = record(here, "--from", here / name)
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr

    def test_what_is_no_file_is_not_read(self, here: Path) -> None:
        """A pipe that nobody writes to would be waited for, a device may have no end."""
        os.mkfifo(here / "pipe")
        for table in (here / "pipe", "/dev/zero"):
            done = record(here, "--from", table)
            assert (done.returncode, done.stderr) == (
                2, f"opsc: --from {table}: not a regular file; save the table in one\n",
            )  # fmt: skip

    def test_the_template_is_a_table_without_facts(self, here: Path) -> None:
        template = opsc("record", "--template").stdout
        assert opsc("record", "--template", "-o", "empty.csv", cwd=here).stdout == ""
        assert (here / "empty.csv").read_text(encoding="utf-8") == template
        header, *rows = csv.reader(io.StringIO(template))
        assert header == list(COLUMNS)
        assert all(cells[0].startswith("# ") for cells in rows)
        (here / "facts.csv").write_text(template, encoding="utf-8")
        done = record(here, "--from", here / "facts.csv")
        assert (done.returncode, done.stdout) == (0, "line\tstate\tfact\tvalue\toutcome\twhy\n")

    def test_the_examples_of_the_template_are_facts(self, here: Path) -> None:
        """On a small dataset most are of meetings it does not have; none is refused for its form."""
        (here / "facts.csv").write_text(opsc("record", "--template").stdout.replace("\n# ", "\n"), encoding="utf-8")
        done = record(here, "--from", here / "facts.csv", "--json", "--dry-run")
        outcomes = {o["fact"]: o for o in json.loads(done.stdout)["outcomes"]}
        assert list(outcomes) == list(TAKES)
        of_form = ("cannot be used with", "not in the vocabulary")
        assert [o["why"] for o in outcomes.values() if any(text in o["why"] for text in of_form)] == []

    def test_hundreds_of_facts_in_seconds(self, tmp_path: Path) -> None:
        """Of the whole record as it is frozen for the tests: every State's report said to be missing."""
        shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
        states = sample(list(read_states(tmp_path))[:170], 10)
        rows = [
            row(iso3, "not-submitted", day, asserted_by="press", treaty="CRC")
            for iso3 in states
            for day in sample(("2019-03-04", "2020-05-06", "2021-07-08"), 3)
        ]
        begun = time.process_time()
        done = record(tmp_path, "--from", table(tmp_path, *rows), "--json")
        outcomes = [o["outcome"] for o in json.loads(done.stdout)["outcomes"]]
        assert (len(outcomes), set(outcomes)) == (len(rows), {"taken"})
        assert time.process_time() - begun < 20, "processor seconds; some three for 510 on a quiet machine"


def read_states(here: Path) -> Any:
    from opsc_cli.dataset.reader import read

    return read(here / "data" / "states.yaml").value["states"]


class TestWrittenWholeOrNotAtAll:
    CONTENTS = ("sources.yaml", "states.yaml")

    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_what_fails_half_way_is_taken_back(
        self, error: BaseException, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, replace, count = texts(here), os.replace, iter(range(9))

        def failing(path: Path, target: Path) -> None:
            if next(count) == 1:
                raise error
            replace(path, target)

        monkeypatch.setattr(os, "replace", failing)
        with pytest.raises((SystemExit, KeyboardInterrupt)):
            save_all(dict.fromkeys(self.CONTENTS, "new\n"), here / "data", held={})
        assert texts(here) == before

    def test_nothing_takes_its_place_before_all_are_whole(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before, flush, count = texts(here), os.fsync, iter(range(9))

        def failing(number: int) -> None:
            if next(count) == 1:
                raise OSError(28, "No space left on device")
            flush(number)

        monkeypatch.setattr(os, "fsync", failing)
        with pytest.raises(SystemExit):
            save_all(dict.fromkeys(self.CONTENTS, "new\n"), here / "data", held={})
        assert texts(here) == before

    def test_killed_between_two_files_it_is_done_the_next_time(self, here: Path) -> None:
        """First a source, then what cites it: what is left is valid, and the same command ends it."""
        program = (
            "import os, signal, sys\n"
            "replace = os.replace\n"
            "def some(path, target):\n"
            "    replace(path, target)\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "os.replace = some\n"
            f"sys.argv = ['opsc', 'record', *{MISSING!r}, *{READ!r}]\n"
            "from opsc_cli.main import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=here, env=ENVIRONMENT, capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL
        dataset, findings = validate(here / "data")
        assert dataset is not None
        assert {f.code for f in findings} <= {"SRC03", "READ02"}, "a source not used yet, a day that stands once"
        assert record(here, *MISSING).returncode == 0
        assert [f.code for f in validate(here / "data")[1]] == ["READ02"]
        assert not [path for path in (here / "data").iterdir() if path.name.startswith(".")]
