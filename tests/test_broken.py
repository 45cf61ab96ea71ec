"""One fault a file: each file of tests/broken/ names on its first line the findings expected, `CODE line:column`.

A file takes the place of the file of the same name (up to the first hyphen) in tests/broken/base/, a
small dataset that is valid. Drop in a file, get a test.
"""

import shutil
from pathlib import Path

import pytest

from opsc_cli.dataset.codes import CODES
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.validate import validate

BROKEN = Path(__file__).with_name("broken")
FILES = sorted(BROKEN.glob("*.yaml"))


def _findings(folder: Path) -> list[str]:
    try:
        found = validate(folder)[1]
    except Unreadable as unreadable:
        found = unreadable.findings
    return [f"{f.code} {f.line}:{f.column}" for f in found if Path(f.file).is_relative_to(folder)]


def test_the_base_is_valid() -> None:
    assert _findings(BROKEN / "base") == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_fault_is_found_where_it_is(path: Path, tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    shutil.copy(path, tmp_path / f"{path.stem.partition('-')[0]}.yaml")
    expected = path.read_bytes().split(b"\n")[0].decode().removeprefix("# expect: ").strip()
    assert ", ".join(_findings(tmp_path)) == expected


def test_most_codes_have_a_file() -> None:
    """Those without one are about a file as a whole, or about two files."""
    shown = {word for path in FILES for word in path.read_bytes().split(b"\n")[0].decode().split()}
    assert CODES.keys() - shown == {"FILE01", "FILE02", "FORM05", "SRC07"}
    assert len(FILES) >= 80


@pytest.mark.parametrize("missing", ["states", "sessions", "sources", "names"])
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / f"{missing}.yaml").unlink()
    with pytest.raises(Unreadable, match=rf"{missing}\.yaml:1:1: FILE01"):
        validate(tmp_path)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "states.yaml").unlink()
    (tmp_path / "states.yaml").mkdir()
    with pytest.raises(Unreadable, match="FILE01 file: not a regular file"):
        validate(tmp_path)


def test_a_tab_is_named(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    shutil.copy(BROKEN / "states-tab.yaml", tmp_path / "states.yaml")
    with pytest.raises(Unreadable, match="YAML01 document: not YAML: a tab; indent with spaces"):
        validate(tmp_path)


def test_a_name_that_no_file_can_have_is_no_folder() -> None:
    with pytest.raises(Unreadable, match="FILE01 folder: cannot be read: File name too long"):
        validate(Path("d" * 5000))


def test_a_report_is_said_to_be_missing_by_a_source_of_that_day_or_later(tmp_path: Path) -> None:
    """Two files: the source speaks up to a day, the assertion is of a later one; another source can know it."""
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    known, states = tmp_path / "sources.yaml", tmp_path / "states.yaml"
    known.write_text(known.read_text() + "  OLD:\n    title: A page\n    publisher: Somebody\n    kind: press\n")
    known.write_text(known.read_text() + "    as_of: 2009-06-30\n    read: 2026-11-21\n")
    said = "    initial_report:\n      not_submitted:\n        - as_of: 2009-07-01\n          asserted_by: press\n"
    text = states.read_text().replace("  NPL:\n", f"  NPL:\n{said}          sources:\n            - OLD\n")
    states.write_text(text)
    line = text[: text.index("as_of: 2009-07-01")].count("\n") + 1
    assert _findings(tmp_path) == [f"SRC04 {line}:11"]
    states.write_text(text.replace("- OLD", "- OLD\n            - TABLE"))
    assert _findings(tmp_path) == []


def test_a_state_that_was_read_cannot_vanish(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    for name, last in (("states.yaml", "  NPL:"), ("names.yaml", "  NPL:")):
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text(text[: text.index(last)])
    assert _findings(tmp_path) == ["READ01 9:7", "READ01 17:7"]


def test_a_link_to_nowhere_is_not_a_file_left_out(tmp_path: Path) -> None:
    """readings.yaml is optional; a link in its place says that it was meant to be there."""
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "readings.yaml").unlink()
    assert _findings(tmp_path) == []
    (tmp_path / "readings.yaml").symlink_to("nowhere")
    assert _findings(tmp_path) == ["FILE01 1:1"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    with (tmp_path / "states.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Unreadable, match="FILE02"):
        validate(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "states.yaml").read_text(encoding="utf-8").replace("\n", "\r\n")
    (tmp_path / "states.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert _findings(tmp_path) == []


def test_every_fault_in_one_run(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "states.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: accession", "kind: adhesion").replace("2004-05-06", "soon")
    )
    assert len(_findings(tmp_path)) == 2


def test_a_document_of_another_state_is_no_source_alone(tmp_path: Path) -> None:
    """Two files, so no file of its own: a source that is a document of Nepal, cited for Austria."""
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    known, states = tmp_path / "sources.yaml", tmp_path / "states.yaml"
    described = (
        "title: A report\n    publisher: Nepal\n    kind: document\n    symbol: CRC/C/OPSC/NPL/1\n    read: 2026-11-21"
    )
    known.write_text(known.read_text().replace("sources:\n", f"sources:\n  CRC-C-OPSC-NPL-1:\n    {described}\n", 1))
    cited = states.read_text().replace(
        "2007-07-20\n      sources:\n        - TABLE", "2007-07-20\n      sources:\n        - CRC-C-OPSC-NPL-1"
    )
    states.write_text(cited)
    line = cited[: cited.index("- CRC-C-OPSC-NPL-1")].count("\n") + 1
    assert _findings(tmp_path) == [f"SRC07 {line}:11"]
    states.write_text(cited.replace("- CRC-C-OPSC-NPL-1", "- CRC-C-OPSC-NPL-1\n        - TABLE"))
    assert _findings(tmp_path) == []
