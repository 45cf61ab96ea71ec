"""The table of names: what both doors find in it without parsing it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from opsc_cli import _dataset, index
from opsc_cli.dataset.compiled import dataset_of
from opsc_cli.dataset.compiling import table_of_names
from opsc_cli.record.records import Dataset, Refused
from tests.commands import opsc
from tests.conftest import sample

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "without its last character": lambda whole: whole[:-1],
    "with a line more": lambda whole: whole + b"\n",
    "without its first line": lambda whole: whole[whole.index(b"\n") + 1 :],
    "not text": lambda _: bytes(range(256)),
}


@pytest.fixture(scope="module")
def table(dataset: Dataset) -> bytes:
    return table_of_names(dataset)


def test_every_text_leads_where_it_should(dataset: Dataset, table: bytes) -> None:
    begins = index.states_in(table)
    for text in sample(list(dataset.index), 40):
        assert index.found_in(table, text, begins) == dataset.index[text]
    for text in sample(list(dataset.refused), 40):
        codes, because = index.codes_and_reason(index.found_in(table, text, 0, begins))
        assert Refused(because=because, candidates=tuple(codes)) == dataset.refused[text]


def test_what_is_refused_comes_before_what_means_a_state(table: bytes) -> None:
    assert index.codes_and_reason(index.found_in(table, "congo"))[0] == ["COG", "COD"]
    assert index.found_in(table, "congo", index.states_in(table)) == "COG"


@pytest.mark.parametrize("text", ["", "AUT", "austri", "ustria", "at\n", "COG COD", "\udcff", "\0"])
def test_nothing_else_leads_anywhere(dataset: Dataset, table: bytes, text: str) -> None:
    assert index.found_in(table, text) == ""
    assert text not in dataset.index
    assert text not in dataset.refused


@pytest.mark.parametrize("part", ["index", "refused", "states", "names", "sources"])
def test_a_part_of_the_compiled_dataset_is_a_mapping_like_another(dataset: Dataset, part: str) -> None:
    searched = getattr(dataset, part)
    as_dict = dict(searched)
    assert len(searched) == len(as_dict) > 100
    assert searched == as_dict
    assert searched != {**as_dict, "elsewhere": None}
    key = next(iter(searched))
    assert searched[key] is searched[key]
    with pytest.raises(KeyError):
        searched["elsewhere"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_one_is_not_read(damage: str, table: bytes, tmp_path: Path) -> None:
    """Half of the names would make the other half unknown."""
    (tmp_path / index.NAMES).write_bytes(table)
    assert index.read(str(tmp_path / index.NAMES)) == table
    (tmp_path / index.NAMES).write_bytes(DAMAGES[damage](table))
    with pytest.raises(OSError, match="not whole; install opsc again"):
        index.read(str(tmp_path / index.NAMES))


@pytest.mark.parametrize("part", ["states", "sessions"])
def test_lines_that_end_too_early_are_named(part: str, installed: Dataset, tmp_path: Path) -> None:
    """The table of the places of the States, and a line."""
    begins = _dataset.MAPS[part][0] if part in _dataset.MAPS else _dataset.PARTS[part]
    os.truncate(tmp_path / "_dataset.jsonl", begins + 9)
    with pytest.raises(OSError, match="not whole; install opsc again"):
        getattr(installed, part)


@pytest.mark.parametrize("garbage", [b"\xff\xfe", b'"', b"}", b"\n", b"\0", '[["§Stat"'.encode()])
@pytest.mark.parametrize("part", ["states", "sessions"])
def test_a_line_without_a_record_is_named(part: str, garbage: bytes, installed: Dataset, tmp_path: Path) -> None:
    file = tmp_path / "_dataset.jsonl"
    content = file.read_bytes()
    begins = int(index.found_in(_table(content, "states"), "AUT")) if part == "states" else _dataset.PARTS[part]
    file.write_bytes(content[: begins + 15] + garbage + content[begins + 15 + len(garbage) :])
    line = content[:begins].count(b"\n") + 1
    with pytest.raises(OSError, match=f"line {line} is damaged; install opsc again"):
        _ = installed.states["AUT"] if part == "states" else installed.sessions


def _table(content: bytes, part: str) -> bytes:
    begins, ends = _dataset.MAPS[part]
    return content[begins:ends]


@pytest.fixture
def installed(table: bytes, tmp_path: Path) -> Dataset:
    """A compiled dataset whose table of names can be damaged."""
    made = Path(_dataset.__file__)
    shutil.copy(made.with_suffix(".jsonl"), tmp_path / "_dataset.jsonl")
    (tmp_path / index.NAMES).write_bytes(table)
    return dataset_of(SimpleNamespace(**vars(_dataset) | {"__file__": str(tmp_path / "_dataset.py")}))


@pytest.mark.parametrize(
    ("damage", "said"), [*((damage, "not whole") for damage in DAMAGES), ("absent", "No such file")]
)
def test_a_command_says_so(
    damage: str, said: str, table: bytes, installed: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.commands.frozen_dataset", lambda: installed)
    file = tmp_path / index.NAMES
    file.unlink()
    if damage in DAMAGES:
        file.write_bytes(DAMAGES[damage](table))
    done = opsc("explain", "Nepal")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"opsc: {file}: ")
    assert said in done.stderr


def test_a_command_names_a_damaged_line(installed: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.commands.frozen_dataset", lambda: installed)
    file = tmp_path / "_dataset.jsonl"
    file.write_bytes(file.read_bytes().replace(b'[["', b"[[}", 1))
    done = opsc("due", "--all", "--as-of", "2026-11-21")
    assert done.returncode == 2
    assert done.stderr == f"opsc: {file}: line 1 is damaged; install opsc again\n"
