"""Streams, signals and the environment: whatever they are, the exit code and the message are the same."""

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from opsc_cli.dataset.load import packaged_folder
from tests.commands import OPSC, opsc, output_of
from tests.conftest import CHECKOUT, sample
from tests.terminal import on_a_terminal, typed_at

CALLS = {
    ("data",): 0, ("due", "--help"): 0, ("data", "--max-age", "1d"): 1,
    ("due", "--as-of", "x"): 2, ("validate", "nowhere"): 3, ("due", "Nepal", "--data", "nowhere"): 3,
}  # fmt: skip
OUTPUTS = ("kept", "unread", "closed", "full")


def _opened(kind: str) -> int | None:
    if kind == "unread":
        read, written = os.pipe()
        os.close(read)
        return written
    paths = {"kept": os.devnull, "full": "/dev/full"}
    return os.open(paths[kind], os.O_WRONLY) if kind in paths else None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize(
    ("call", "out", "err", "given"), sample([*itertools.product(CALLS, OUTPUTS, OUTPUTS, (0, None))], 15)
)
def test_combinations_of_streams(call: tuple[str, ...], out: str, err: str, given: int | None) -> None:
    """Only an answer that is lost on a full disk ends otherwise: with 70."""
    streams = _opened(out), _opened(err)

    def close() -> None:
        for number, stream in enumerate((given, *streams)):
            if stream is None:
                os.close(number)

    done = subprocess.run(
        [OPSC, *call], stdin=subprocess.DEVNULL, stdout=streams[0], stderr=streams[1],
        preexec_fn=close, cwd=CHECKOUT, check=False,
    )  # fmt: skip
    for stream in filter(None, streams):
        os.close(stream)
    loses_its_answer = out == "full" and (CALLS[call] < 2 or call[0] == "validate")
    assert done.returncode == (70 if loses_its_answer else CALLS[call])


class TestThePager:
    @pytest.mark.parametrize("pager", [" ", "false", "sh -c 'exit 3'", "'", "/", "no-such-pager", "sh -c 'kill -9 $$'"])
    def test_without_one_that_works_the_answer_is_shown(self, pager: str) -> None:
        shown = on_a_terminal("opsc sources Austria -q; echo code $?", PAGER=pager)
        assert "CRC-C-OPSC-AUT-1" in shown
        assert shown.endswith("code 0\n")

    def test_interrupt_is_for_the_pager(self) -> None:
        pager = "sh -c 'cat > /dev/null; trap \"echo HEARD\" INT; echo PAGING; sleep 20; echo ENDED'"
        shown = typed_at(
            "\x03", "PAGING", f"trap : INT; OPSC_PAGER={shlex.quote(pager)} opsc sources Austria -q; echo code $?"
        )
        assert shown.replace("\r", "").endswith("HEARD\nENDED\ncode 0\n")

    def test_without_standard_input_there_is_none(self) -> None:
        assert "CRC-C-OPSC-AUT-1" in on_a_terminal("opsc sources Austria -q <&-", PAGER="sed s/AUT/x/")


_WHEN_IMPORTED = """
import sys

class Raising:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == {name!r}:
            raise {error}

sys.meta_path.insert(0, Raising)
"""


def _where_an_import_raises(
    name: str, error: str, command: list[str], folder: Path
) -> subprocess.CompletedProcess[str]:
    path = os.environ["PYTHONPATH"].split(os.pathsep)[0]
    site = Path(path, "sitecustomize.py").read_text(encoding="utf-8") + _WHEN_IMPORTED.format(name=name, error=error)
    (folder / "sitecustomize.py").write_text(site, encoding="utf-8")
    settings = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


STARTS = {"opsc": [str(OPSC)], "python -m opsc_cli": [sys.executable, "-m", "opsc_cli"]}


def _however_it_is_started(*imported: tuple[str, str]) -> pytest.MarkDecorator:
    every = [(*names, start) for names, start in itertools.product(imported, STARTS)]
    return pytest.mark.parametrize(("name", "command", "start"), sample(every, 3))


class TestImports:
    @_however_it_is_started(
        ("opsc_cli.almanac", "explain Nepal"), ("opsc_cli.cli.ask", "explain Nepal"),
        ("opsc_cli.answers.position", "explain Nepal"), ("typer", "explain Nepal --"),
        ("opsc_cli.answers.position", "explain Nepal --"),
    )  # fmt: skip
    def test_interrupted_meanwhile(self, name: str, command: str, start: str, tmp_path: Path) -> None:
        done = _where_an_import_raises(name, "KeyboardInterrupt", [*STARTS[start], *command.split()], tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

    @pytest.mark.parametrize(
        ("name", "command"),
        [("typer", "explain Nepal --"), ("opsc_cli.cli.ask", "explain Nepal"),
         ("opsc_cli.answers.position", "explain Nepal"), ("opsc_cli.answers.position", "explain Nepal --")],
    )  # fmt: skip
    def test_interrupted_while_a_class_is_made(self, name: str, command: str, tmp_path: Path) -> None:
        """Python 3.11 makes a RuntimeError of what `__set_name__` raises."""
        pressed = "lambda *_: __import__('signal').raise_signal(2)"
        made = f"type('C', (), {{'d': type('D', (), {{'__set_name__': {pressed}}})()}})"
        done = _where_an_import_raises(name, made, [str(OPSC), *command.split()], tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

    @_however_it_is_started(
        ("typer", "explain --help"), ("dateutil", "whatif Kenya --deposit 2027-01-31"),
        ("rich", "due Nepal --format table"), ("yaml", "validate"), ("pydantic_core", "validate"),
        ("pydantic", "schema states"),
    )  # fmt: skip
    def test_a_missing_package(self, name: str, command: str, start: str, tmp_path: Path) -> None:
        error = f'ModuleNotFoundError("No module named {name!r}", name={name!r})'
        done = _where_an_import_raises(name, error, [*STARTS[start], *command.split()], tmp_path)
        message = f"opsc: the installation is not complete: No module named {name!r}; "
        assert (done.returncode, done.stdout) == (70, "")
        assert done.stderr.startswith(message)
        assert done.stderr.count("\n") == 1


ODD_WIDTHS = ("0", "-5", "9" * 20, "9" * 5000, "abc", "²", "٣", "")


class TestTheEnvironment:
    @pytest.mark.parametrize("columns", ODD_WIDTHS)
    def test_a_width_that_cannot_be_is_not_believed(self, columns: str) -> None:
        for command in ("opsc due --help", "opsc due Nepal -q --as-of 2026-11-21"):
            shown = on_a_terminal(command, COLUMNS=columns, LINES=columns)
            lines = re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()
            assert len(lines) > 5
            assert max(map(len, lines)) <= 1000

    @pytest.mark.parametrize("columns", ODD_WIDTHS)
    def test_no_refusal_is_silent(self, columns: str) -> None:
        shown = on_a_terminal("opsc due Nepal --as-of 2300-01-01; echo code $?", COLUMNS=columns)
        assert shown == "opsc: --as-of '2300-01-01': expected a day from 1989-11-20 to 2199-12-31\ncode 2\n"

    @pytest.mark.parametrize("number", ["1", "19", "400"])
    def test_a_width_that_can_be_is_kept_within_bounds(self, number: str) -> None:
        shown = on_a_terminal("opsc due Nepal -q --as-of 2026-11-21", COLUMNS=number)
        assert max(map(len, shown.splitlines())) <= max(int(number), 20)

    @pytest.mark.parametrize(
        "setting",
        ["TERMINAL_WIDTH=abc", "TERMINAL_WIDTH=20", "TYPER_USE_RICH=0", "TYPER_USE_RICH=x",
         "_OPSC_COMPLETE=bash_source", "JUPYTER_COLUMNS=x", "UNICODE_VERSION=4.1.0", "COLUMNS=20", "LINES=x",
         "TTY_COMPATIBLE=1", "TERM=dumb"],
    )  # fmt: skip
    @pytest.mark.parametrize("call", [("due", "--help"), ("due", "中国", "--lang", "zh", "--format", "table")])
    def test_no_variable_of_a_library_changes_a_pipe(self, call: tuple[str, ...], setting: str) -> None:
        name, _, value = setting.partition("=")
        assert opsc(*call, env={**os.environ, name: value}).stdout == output_of(*call)


NOT_UTF8, CONTROL = os.fsdecode(b"\x80"), "\x1b[31m\u202e\x9b"


class TestArguments:
    @pytest.mark.parametrize("name", [NOT_UTF8, CONTROL])
    @pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
    def test_a_path_is_shown_escaped(self, name: str, form: str) -> None:
        done = opsc("validate", name, "--format", form)
        assert (done.returncode, done.stderr) == (3, "")
        assert all(c.isprintable() or c == "\n" for c in done.stdout)
        match form:
            case "json":
                assert json.loads(done.stdout)["findings"][0]["file"] == name
            case "sarif":
                place = json.loads(done.stdout)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
                assert unquote_to_bytes(place["artifactLocation"]["uri"]) == os.fsencode(name)
            case "junit":
                assert ElementTree.fromstring(done.stdout)[0].get("failures") == "1"
            case _:
                assert ("\\udc80" if name == NOT_UTF8 else "\\x1b[31m\\u202e\\x9b") in done.stdout

    @pytest.mark.parametrize("name", [NOT_UTF8, CONTROL, "a\nb"])
    @pytest.mark.parametrize(
        "call",
        [("due", "Nepal", "--data"), ("due",), ("due", "Nepal", "-o"), ("due", "Nepal", "--fields"), ("fmt",),
         ("diff", "HEAD"), ("due", "Nepal", "--as-of"), (), ("due", "--x"), ("record", "Nepal"), ("help",)],
        ids=" ".join,
    )  # fmt: skip
    def test_a_message_shows_what_was_given_escaped(self, call: tuple[str, ...], name: str, tmp_path: Path) -> None:
        *words, last = [*call, name] if call[-1:] != ("--x",) else [call[0], f"{call[1]}{name}"]
        done = opsc(*words, last, cwd=tmp_path)
        assert done.returncode in (2, 3)
        assert all(c.isprintable() or c == "\n" for c in done.stdout + done.stderr)
        assert done.stderr

    def test_a_file_that_is_laid_out_is_named_escaped(self, tmp_path: Path) -> None:
        from tests.faults import base

        folder = base(tmp_path / CONTROL)
        (folder / "states.yaml").write_text((folder / "states.yaml").read_text().replace("version: ", "version:  "))
        done = opsc("fmt", folder)
        assert (done.returncode, done.stdout.count("\n")) == (0, 1)
        assert "\\x1b[31m\\u202e\\x9b/states.yaml: reformatted" in done.stdout


class TestStandardInput:
    def test_what_cannot_be_read(self) -> None:
        with open(os.devnull, "wb") as given:
            done = subprocess.run([OPSC, "due", "-"], stdin=given, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("opsc: standard input cannot be read: ")

    def test_without_end(self) -> None:
        with open("/dev/zero", "rb") as zeros:
            done = subprocess.run(
                [OPSC, "due", "-"], stdin=zeros, capture_output=True, text=True, timeout=60, check=False
            )
        assert (done.returncode, done.stderr) == (
            2, "opsc: standard input has more than 200,000 characters; give States, one per line\n"
        )  # fmt: skip

    def test_of_many_texts_that_are_no_state_some_are_named(self) -> None:
        done = opsc("due", "-", input="".join(f"austrla{n}\n" for n in range(10_000)))
        lines = done.stderr.splitlines()
        assert (done.returncode, len(lines)) == (2, 21)
        assert lines[-1] == "opsc: more texts name no State; correct these first"

    def test_a_long_text_is_cut(self) -> None:
        assert len(opsc("due", "x" * 100_000).stderr) < 400


def test_the_packaged_dataset_is_named_where_no_other_is(checkout: Path, tmp_path: Path) -> None:
    for call in sample([("validate",), ("fmt", "--check"), ("diff", checkout / "data")], 3):
        done = opsc(*call, cwd=tmp_path)
        assert done.stderr == f"opsc: no folder data here; this is about the packaged dataset, {packaged_folder()}\n"
    assert opsc("validate", cwd=checkout).stderr == ""
