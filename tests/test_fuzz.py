"""Hostile input: whatever the bytes are, the answer is a dataset or findings, quickly, and never a traceback.

What fuzzing found is kept as cases in tests/broken/.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.fuzz import bounds

from opsc_cli.dataset.codes import CODES
from opsc_cli.dataset.findings import Finding, Unreadable
from opsc_cli.dataset.reader import LARGEST_FILE, read
from opsc_cli.dataset.validate import FILES, MOST_FINDINGS, OPTIONAL, validate
from opsc_cli.render.findings import FORMATS
from tests.conftest import tries
from tests.faults import BROKEN, base

BASE = {name: (BROKEN / "base" / f"{name}.yaml").read_bytes() for name in (*FILES, *OPTIONAL)}
PIECES = sorted(
    {word for text in BASE.values() for word in text.split()}
    | {b"&a", b"*a", b"!!python/object", b"---", b"...", b"{", b"}", b"[", b"]", b"? ", b": ", b"- ", b"|", b">", b"'"}
    | {b'"', b"\t", b"\r", b"\n", b"\n\n", b"\xff", b"\xef\xbb\xbf", b"\x00", b"%YAML 1.1", b"~", b"null", b"NO", b"#"}
    | {b"0000-00-00", b"9999-12-31", b"-1", b"1e9", b"2199-12-31", b"<<", "٠".encode(), "\u2028".encode()}
)  # fmt: skip

bounded = settings(max_examples=tries(120), deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_file_of_nothing_but_faults_is_cut_short(tmp_path: Path) -> None:
    """Found by the case "many keys" below: a suggestion for each of 200,000 unknown fields took a minute."""
    (base(tmp_path) / "states.yaml").write_bytes(b"".join(b"k%d: v\n" % i for i in range(1500)))
    found = validate(tmp_path)[1]
    assert len(found) == 1001
    assert [f.message.split(";")[0] for f in found if f.code == "FORM05"] == ["503 more findings in this file"]


def _answers(folder: Path) -> None:
    try:
        found = validate(folder)[1]
    except Unreadable as unreadable:
        found = unreadable.findings
        assert found
    assert all(f.code in CODES and f.line >= 1 and f.column >= 1 and f.message for f in found)


@bounded
@given(st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map(b" ".join))
def test_the_reader_takes_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "states.yaml"
    path.write_bytes(content)
    try:
        read(path)
    except Unreadable as unreadable:
        found = unreadable.findings
    else:
        return
    assert len(found) == 1


@bounded
@given(
    name=st.sampled_from(sorted(BASE)),
    edits=st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=3
    ),
)
def test_the_loader_takes_any_edit(tmp_path: Path, name: str, edits: list[tuple[int, int, bytes]]) -> None:
    for other, content in BASE.items():
        (tmp_path / f"{other}.yaml").write_bytes(content)
    text = BASE[name]
    for at, cut, piece in edits:
        at %= len(text)
        text = text[:at] + piece + text[at + cut :]
    (tmp_path / f"{name}.yaml").write_bytes(text)
    _answers(tmp_path)


@bounded
@given(
    name=st.sampled_from(sorted(BASE)),
    at=st.integers(0, 200),
    value=st.sampled_from(
        [b"1900", b"2199-12-31", b"1900-01-01", b"9999", b"2008", b"2008-02", b"49", b"AUT", b"succession"]
    ),
)
def test_the_checks_take_any_value(tmp_path: Path, name: str, at: int, value: bytes) -> None:
    """One scalar of a valid dataset replaced: what has the right form reaches the checks and the law."""
    for other, content in BASE.items():
        (tmp_path / f"{other}.yaml").write_bytes(content)
    lines = BASE[name].split(b"\n")
    valued = [i for i, line in enumerate(lines) if b": " in line]
    place = valued[at % len(valued)]
    lines[place] = lines[place].partition(b": ")[0] + b": " + value
    (tmp_path / f"{name}.yaml").write_bytes(b"\n".join(lines))
    _answers(tmp_path)


HOSTILE = {
    "deep lists": b"[" * 100_000,
    "deep maps": b"".join(b" " * i + b"a:\n" for i in range(2000)),
    "alias bomb": b"a: &a [x]\n" + b"".join(b"b%d: [*a, *a]\n" % i for i in range(50)),
    "one long line": b"a: " + b"x" * (LARGEST_FILE - 100),
    "many items": b"a: [" + b"x," * (LARGEST_FILE // 2 - 100) + b"x]",
    "many keys": b"".join(b"k%d: v\n" % i for i in range(150_000)),
    "many findings": b"version: x\nas_of: x\nstates:\n" + b"".join(b"  S%d: x\n" % i for i in range(20_000)),
    "zeros": b"\0" * 1_000_000,
    "utf-16": "states: {}".encode("utf-16"),
    "carriage returns": b"states:\r" * 10_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_answered(content: bytes, tmp_path: Path) -> None:
    """The reader limits file size, values, nesting and findings; without limits this takes minutes."""
    (base(tmp_path) / "states.yaml").write_bytes(content)
    _answers(tmp_path)


@pytest.mark.parametrize("values", ["[" + "x," * 100_000 + "x]", "\n".join(f"k{n}: v" for n in range(100_001))])
def test_no_more_values_than_a_dataset_can_have(values: str, tmp_path: Path) -> None:
    (tmp_path / "states.yaml").write_text(f"a: {values}" if values[0] == "[" else values, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"FILE02 .*more than 100,000 values"):
        read(tmp_path / "states.yaml")


def test_a_symbolic_link_is_followed_and_a_loop_of_them_named(tmp_path: Path) -> None:
    path = base(tmp_path) / "states.yaml"
    path.unlink()
    path.symlink_to(BROKEN / "base" / "states.yaml")
    assert validate(tmp_path)[1] == ()
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(Unreadable, match="FILE01"):
        validate(tmp_path)


def test_what_would_block_is_refused(tmp_path: Path) -> None:
    """A named pipe has no end before somebody writes to it; a link may lead to one, or to a device."""
    path = base(tmp_path) / "states.yaml"
    os.mkfifo(tmp_path / "pipe")
    for target in ("pipe", "/dev/zero", "/dev/tty", "."):
        path.unlink()
        path.symlink_to(target)
        with pytest.raises(Unreadable, match="FILE01"):
            validate(tmp_path)


MANY = {
    "sources of a record": "    signature:\n      signed: 2000-09-06\n      sources:\n"
    + "".join(f"        - I{n}\n" for n in range(80_000)),
    "reports": "    reports:\n"
    + "".join(
        f"      - treaty: CRC\n        kind: periodic\n        sources:\n          - X{n}\n" for n in range(15_000)
    ),
    "a word as long as a file": f"    instrument:\n      kind: {'x' * 3_000_000}\n",
}


@pytest.mark.parametrize("record", MANY.values(), ids=MANY)
def test_a_listing_is_bounded(record: str, tmp_path: Path) -> None:
    """Once this took 101 seconds, and a listing of it as SARIF 1,256 MB."""
    head = "version: 2026.11.21\nas_of:\n  parties: 2025-12-04\n  committee: 2026-01-30\nstates:\n  AUT:\n"
    (base(tmp_path) / "states.yaml").write_text(head + record, encoding="utf-8")
    begun = time.process_time()
    found = validate(tmp_path)[1]
    assert time.process_time() - begun < 10
    assert len([f for f in found if f.file.endswith("states.yaml")]) <= MOST_FINDINGS + 1
    assert len(_sarif(found)) < 2_000_000


def _sarif(found: tuple[Finding, ...]) -> str:
    return FORMATS["sarif"](found, (), "1", False)


TOOL = [sys.executable, str(BROKEN.parents[1] / "tools" / "fuzz"), "calls", "--seed", "20261127"]


@pytest.mark.skipif(sys.platform != "linux", reason="it gives streams away as Linux has them")
def test_odd_calls_are_answered(tmp_path: Path) -> None:
    done = subprocess.run(
        [*TOOL, "--tries", str(tries(600))], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    found = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("found/*"))
    assert (done.returncode, found) == (0, ""), done.stdout + done.stderr


HELD = "held.append(b'x' * 190_000_000)"


@pytest.mark.skipif(sys.platform != "linux", reason="it gives streams away as Linux has them")
@pytest.mark.parametrize(
    ("positions", "report"),
    [("None", "shows what is inside"), (f"lambda *given, **more: ({HELD}, real(*given, **more))[1]", "needed 2")],
)
def test_a_fault_would_be_found(positions: str, report: str, tmp_path: Path) -> None:
    """A command that fails inside, or takes too much memory: the tool reports it."""
    folder = BROKEN.parents[1]
    program = (
        f"import sys, runpy; sys.path.insert(0, {str(folder)!r})\n"
        "import opsc_cli.answers.position as p\n"
        f"held, real = [], p.positions; p.positions = {positions}\n"
        f"sys.argv = {[*TOOL[1:], '--only', '2']!r}; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(report in path.read_text(encoding="utf-8") for path in tmp_path.glob("found/*"))


@pytest.mark.skipif(sys.platform != "linux", reason="it reads what Linux says of a process")
def test_a_call_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LONGEST_SECONDS", 0.05)
    with pytest.raises(bounds.Slow), bounds.Bounds():
        time.sleep(10)
