"""Every fault of tests/broken/ is found, at its line and column. Add a case there, and it is a test."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opsc_cli.dataset.checks.reviews import procedures_of_one_source_agree
from opsc_cli.dataset.codes import CODES
from opsc_cli.dataset.findings import Finding, Unreadable
from opsc_cli.dataset.validate import validate
from opsc_cli.record.dates import Year
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import ReportingProcedure
from opsc_cli.record.terms import Procedure
from tests.faults import BROKEN, CASES, FAULTS, Edited, Fault, base, place, replaced

TODAY = date(2026, 11, 21)


def _found(folder: Path) -> tuple[Finding, ...]:
    try:
        return validate(folder, today=TODAY)[1]
    except Unreadable as unreadable:
        return unreadable.findings


def _places(found: tuple[Finding, ...]) -> list[str]:
    return sorted(f"{Path(f.file).name}:{f.line}:{f.column} {f.code}" for f in found)


def test_the_base_is_valid() -> None:
    assert _found(BROKEN / "base") == ()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_fault_is_found_where_it_is(fault: Fault, tmp_path: Path) -> None:
    """But READ02, which nearly every other day causes, only where the case is about it."""
    found = _found(fault.written_to(tmp_path))
    found = tuple(f for f in found if f.code != "READ02" or f.code in fault.expect)
    assert _places(found) == fault.expected
    assert fault.says in " ".join(f.message for f in found)


def test_every_code_has_a_case() -> None:
    """But those about a file as a whole, which are tests below and in test_fuzz.py."""
    shown = {word for fault in FAULTS.values() for word in fault.expect.split()}
    assert CODES.keys() - shown == {"FILE01", "FILE02", "FORM05", "REP06"}
    assert len(FAULTS) >= 150


def test_no_case_hides_another() -> None:
    """Two of one title, or two that run together for want of a `- title:` between them."""
    written = "".join(path.read_text(encoding="utf-8") for path in BROKEN.glob("*.yaml"))
    assert len(FAULTS) == len(CASES) == written.count("\n    expect: ")


# ── the cases themselves can be wrong ────────────────────────────────────────────────────────────

TEXT = "a:\n  kind: one\n  on: 1\nb:\n  kind: one\n  - c: 2\n    d: 3\n"


def test_lines_are_replaced_at_their_indentation() -> None:
    assert replaced(TEXT, "- c: 2\n  d: 3", "e: 4\nf:\n  - 5") == (TEXT[:38] + "  e: 4\n  f:\n    - 5\n", 38, 58)
    assert replaced(TEXT, "b:\n  …", "").text == TEXT[:23]
    assert replaced(TEXT, "a:\n  kind: one\n  …\nb:", "b:").text == TEXT[23:]


@pytest.mark.parametrize("lines", ["kind: one", "kind: two", "kind", "c: 2", "a:\nkind: one"])
def test_lines_must_be_found_once(lines: str) -> None:
    with pytest.raises(AssertionError, match=r"expected these lines once, found them [02] times"):
        replaced(TEXT, lines, "x")


def test_an_edit_must_change_something() -> None:
    with pytest.raises(AssertionError, match="changes nothing"):
        replaced(TEXT, "on: 1", "on: 1")


def test_a_place_is_that_of_the_words() -> None:
    assert place(Edited(TEXT), "on") == (3, 3)
    assert place(Edited(TEXT), "on", after=True) == (3, 6)
    assert place(Edited(TEXT), "b … kind … one") == (5, 9)
    assert place(Edited(TEXT), "c") == (6, 5)
    assert place(replaced(TEXT, "on: 1", "on: 1\nkind: one"), "kind") == (4, 3)


@pytest.mark.parametrize("words", ["kind", "k", "on … a", "none"])
def test_a_place_must_be_one_place(words: str) -> None:
    with pytest.raises(AssertionError, match=r"expected '.+' once, found it|no 'a' in what follows"):
        place(Edited(TEXT), words)


@pytest.mark.parametrize("expect", ["DATE01 at kind", "LAW02 at deposited, READ01 at kind", "LAW02 at kind", "nothing"])
def test_another_finding_or_place_is_seen(expect: str, tmp_path: Path) -> None:
    fault = FAULTS["An accession by a State that signed"]
    other = Fault(fault.title, fault.file, fault.edits, expect)
    assert _places(_found(other.written_to(tmp_path))) != other.expected


@pytest.mark.parametrize("edit", [{"replaces": "a"}, {"replace": "version: 2026.11.21", "width": ""}])
def test_a_case_has_no_other_keys(edit: dict[str, str]) -> None:
    with pytest.raises(AssertionError, match="A title"):
        _ = Fault("A title", "states", [edit], "nothing").edited


# ── whole files ──────────────────────────────────────────────────────────────────────────────────


def _procedures_at_odds(said: list[tuple[Procedure, str | None]], dataset: Dataset) -> list[tuple[str, int]]:
    """The codes found, each with the place in the list: States of the frozen record, because the base has too few."""
    known = [ReportingProcedure(kind=k, as_of=Year(2023), sources=("A-PAGE",), note=note) for k, note in said]
    some = dict(zip(dataset.states, known, strict=False))
    states = {iso3: replace(dataset.states[iso3], procedure=procedure) for iso3, procedure in some.items()}
    found = procedures_of_one_source_agree(replace(dataset, states=states))
    return [(fault.code, list(some).index(str(fault.where[1]))) for fault in found]


def test_a_procedure_that_its_source_gives_to_no_other_state(dataset: Dataset) -> None:
    said: list[tuple[Procedure, str | None]] = [*[("standard", None)] * 4, ("simplified", None)]
    assert _procedures_at_odds(said, dataset) == [("REP06", 4)]


def test_another_procedure_is_explained_by_a_note_of_its_own(dataset: Dataset) -> None:
    others: list[tuple[Procedure, str | None]] = [("standard", "Opted out.")] * 3
    assert _procedures_at_odds([*others, ("simplified", "Opted out.")], dataset) == [("REP06", 3)]
    assert _procedures_at_odds([*others, ("simplified", "Opted for it in 2019.")], dataset) == []


@pytest.mark.parametrize("missing", ["states", "sessions", "sources", "names"])
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    (base(tmp_path) / f"{missing}.yaml").unlink()
    assert _places(_found(tmp_path)) == [f"{missing}.yaml:1:1 FILE01"]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (base(tmp_path) / "states.yaml").unlink()
    (tmp_path / "states.yaml").mkdir()
    with pytest.raises(Unreadable, match="FILE01 file: not a regular file"):
        validate(tmp_path)


def test_a_name_that_no_file_can_have_is_no_folder() -> None:
    with pytest.raises(Unreadable, match="FILE01 folder: cannot be read: File name too long"):
        validate(Path("d" * 5000))


def test_a_link_to_nowhere_is_not_a_file_left_out(tmp_path: Path) -> None:
    """Without readings.yaml no fact has a second reading; a link in its place says that it was meant to be there."""
    (base(tmp_path) / "readings.yaml").unlink()
    assert [(f.code, f.severity) for f in _found(tmp_path)] == [("READ02", "warning")]
    assert _places(_found(tmp_path)) == ["readings.yaml:1:1 READ02"]
    (tmp_path / "readings.yaml").symlink_to("nowhere")
    assert _places(_found(tmp_path)) == ["readings.yaml:1:1 FILE01"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (base(tmp_path) / "states.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Unreadable, match="FILE02"):
        validate(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = base(tmp_path) / "states.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert _found(tmp_path) == ()
