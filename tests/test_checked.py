"""The record grows for one State or one meeting, and says nothing new of any other."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from opsc_cli.answers.position import positions
from opsc_cli.answers.totals import overdue_totals
from opsc_cli.dataset.load import load
from opsc_cli.dataset.validate import typed, validate
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.known import closings_of
from opsc_cli.record.records import Count, Dataset, Session
from opsc_cli.record.state import Checked, Report
from opsc_cli.render.state import state_content
from tests.commands import opsc
from tests.conftest import position, sample, sampled_data, with_invented

TODAY = date(2026, 11, 27)
CHECKED = Checked(day=date(2026, 11, 20), sources=("UNTC-2015",))
LATER = ("UNTC-2015",)


def answers(dataset: Dataset) -> dict[str, bytes]:
    asked = {*sample(list(dataset.states), 4), "ATG", "FJI", "LIE", "LUX", "MLT", "NPL"}
    found = positions(dataset, TODAY, tuple(asked & dataset.states.keys()))
    return {p.iso3: json.dumps(state_content(p)).encode() for p in found}


@pytest.fixture(scope="module")
def before(dataset: Dataset) -> dict[str, bytes]:
    return answers(dataset)


def with_state(dataset: Dataset, iso3: str, **changed: Any) -> Dataset:
    state = dataclasses.replace(dataset.states[iso3], **changed)
    return dataclasses.replace(dataset, states={**dataset.states, iso3: state})


def with_report(dataset: Dataset, iso3: str, **plain: Any) -> Dataset:
    report: Report = typed({"sources": [*LATER], **plain}, Report)
    return with_state(dataset, iso3, reports=(*dataset.states[iso3].reports, report))


def changed(dataset: Dataset, before: dict[str, bytes]) -> set[str]:
    return {iso3 for iso3, said in answers(dataset).items() if said != before[iso3]}


# ── one fact ─────────────────────────────────────────────────────────────────────────────────────

RECEIVED = {"treaty": "CRC", "kind": "periodic", "submitted": "2026-06-10"}
LISTED = {**RECEIVED, "list_of_issues": {"adopted": "2026-10-02", "sources": [*LATER]}}
NAMED = {**RECEIVED, "programme": {"session": "103", "known_on": "2026-11-02", "sources": [*LATER]}}


FACTS = {"received": RECEIVED, "listed": LISTED, "named": NAMED}


@pytest.mark.parametrize(("iso3", "what"), sample([*product(("LUX", "NPL", "LIE"), FACTS)], 4))
def test_a_report_received_after_the_record_changes_no_other_answer(
    iso3: str, what: str, dataset: Dataset, before: dict[str, bytes]
) -> None:
    assert changed(with_report(dataset, iso3, **FACTS[what]), before) == {iso3}


@pytest.mark.parametrize("iso3", ["MLT", "ATG", "FJI"])
def test_nor_does_an_initial_report(iso3: str, tmp_path: Path) -> None:
    page = ("--title", "A report", "--publisher", "United Nations", "--kind", "document")
    came = ("report-received", "2026-06-10", "--again", "2026-06-10", "--symbol", f"CRC/C/OPSC/{iso3}/1")
    data = copy_to(tmp_path)
    before = answers(load(data))
    done = opsc("record", iso3, *came, *page, "--data", data)
    assert done.returncode == 0, done.stderr
    grown, findings = validate(data)
    assert grown is not None
    assert findings == ()
    assert changed(grown, before) == {iso3}


def test_nor_does_one_that_a_published_total_had_counted(dataset: Dataset) -> None:
    """That it was missing then would say more of the other States that the total may count."""
    total = Count(of="initial-reports-overdue", on=date(2021, 5, 30), value=54, sources=LATER)
    closings, late = closings_of(dataset.sessions), Report(submitted=date(2026, 6, 10), sources=LATER)
    grown = with_state(dataset, "MLT", initial_report=late)
    then, now, later = (
        overdue_totals(states, [total], closings, ends)
        for states, ends in (
            (dataset.states, dataset.as_of.latest), (grown.states, dataset.as_of.latest), (grown.states, TODAY),
        )
    )  # fmt: skip
    assert then == now != later


def test_it_counts_for_its_own_state(dataset: Dataset) -> None:
    found = position(with_report(dataset, "LUX", **RECEIVED), "LUX", TODAY)
    assert found.owed[0].obligation.standing == "with-the-committee"
    assert found.next_review is not None
    assert found.next_review.in_hand is not None
    assert position(with_report(dataset, "LUX", **RECEIVED), "LUX", date(2026, 6, 9)).next_review == (
        position(dataset, "LUX", date(2026, 6, 9)).next_review
    )


def copy_to(folder: Path) -> Path:
    return sampled_data(folder / "data", "MLT", "ATG", "FJI", "LUX", "AUT")


# ── silence ──────────────────────────────────────────────────────────────────────────────────────


def standing(dataset: Dataset, iso3: str) -> str:
    return position(dataset, iso3, TODAY).owed[0].obligation.standing


def test_silence_counts_to_the_day_on_which_the_state_was_checked(dataset: Dataset, before: dict[str, bytes]) -> None:
    assert standing(dataset, "LUX") == "not-established"
    grown = with_state(dataset, "LUX", checked=CHECKED)
    assert standing(grown, "LUX") == "past-treaty-term"
    assert changed(grown, before) == {"LUX"}
    early = dataclasses.replace(CHECKED, day=date(2026, 3, 1))
    assert standing(with_state(dataset, "LUX", checked=early), "LUX") == "not-established"


def test_moving_the_whole_would_answer_for_everybody(dataset: Dataset, before: dict[str, bytes]) -> None:
    moved = dataclasses.replace(dataset, as_of=dataclasses.replace(dataset.as_of, committee=CHECKED.day))
    assert len(changed(moved, before)) > 1


def test_one_fact_is_no_check(dataset: Dataset) -> None:
    """That a report under the Convention came says nothing of the initial report under the Protocol."""
    record = {
        "instrument": {"kind": "accession", "deposited": "2024-01-15", "sources": [*LATER]},
        "crc": {"instrument": {"kind": "accession", "deposited": "1991-01-15", "sources": [*LATER]}},
        "reports": [{"sources": [*LATER], **RECEIVED}],
    }
    found = position(with_invented(dataset, record), "ZZZ", TODAY)
    assert [o.obligation.standing for o in found.owed] == ["not-established", "with-the-committee"]
    record["checked"] = {"day": "2026-11-20", "sources": [*LATER]}
    found = position(with_invented(dataset, record), "ZZZ", TODAY)
    assert [o.obligation.standing for o in found.owed] == ["past-due-no-record", "with-the-committee"]


@pytest.mark.parametrize(("by", "expected"), [("secretariat", "overdue"), ("press", "not-established")])
def test_who_says_later_that_it_did_not_come_is_heard(by: str, expected: str, dataset: Dataset) -> None:
    record = {
        "instrument": {"kind": "accession", "deposited": "2024-01-15", "sources": [*LATER]},
        "crc": {"instrument": {"kind": "accession", "deposited": "1991-01-15", "sources": [*LATER]}},
        "initial_report": {"not_submitted": [{"as_of": "2026-08-01", "asserted_by": by, "sources": [*LATER]}]},
    }
    assert standing(with_invented(dataset, record), "ZZZ") == expected


def test_the_note_says_to_which_day(dataset: Dataset) -> None:
    grown = with_state(dataset, "LUX", checked=CHECKED)
    note = position(grown, "LUX", TODAY).notes[-1]
    assert note.startswith(
        "The record of this State was checked on 20 November 2026; something may have happened since."
    )
    assert "something" not in position(grown, "LUX", CHECKED.day).notes[-1]
    assert state_content(position(grown, "LUX", TODAY))["checked"] == "2026-11-20"
    assert "was checked" not in position(grown, "AUT", TODAY).notes[-1]


# ── a meeting ────────────────────────────────────────────────────────────────────────────────────

HELD = {
    "number": "101", "opens": "2026-05-11", "closes": "2026-05-29", "status": "held", "confidence": "sourced",
    "sources": [*LATER],
}  # fmt: skip


def with_session(dataset: Dataset, **plain: Any) -> Dataset:
    session: Session = typed({**HELD, **plain}, Session)
    return dataclasses.replace(dataset, sessions=(*dataset.sessions, session))


REVIEWED = {
    "treaty": "CRC", "kind": "periodic", "numbers": "5-6",
    "review": {"session": "101", "evidence": "document", "sources": [*LATER]},
}  # fmt: skip


def test_a_session_is_no_evidence_until_whom_it_reviewed_was_checked(
    dataset: Dataset, before: dict[str, bytes]
) -> None:
    held = with_session(dataset)
    assert changed(held, before) == set(), "it passed unseen as before"
    assert Outlook(held, TODAY).unseen == Outlook(dataset, TODAY).unseen
    checked = with_session(dataset, checked={"day": "2026-11-20", "sources": [*LATER]})
    assert Outlook(checked, TODAY).unseen == Outlook(dataset, TODAY).unseen - 1
    assert len(changed(checked, before)) > len(before) * 3 / 4


def test_one_review_at_such_a_session_changes_one_answer(dataset: Dataset, before: dict[str, bytes]) -> None:
    grown = with_report(with_session(dataset), "LUX", **REVIEWED)
    assert changed(grown, before) == {"LUX"}
    review = position(grown, "LUX", TODAY).next_review
    assert review is not None
    assert review.last is not None
    assert review.last.sitting is not None
    assert review.last.sitting.number == 101
    assert closings_of(grown.sessions)[101] == date(2026, 5, 29)


def test_both_are_in_the_documents_of_sessions_and_data(tmp_path: Path) -> None:
    page = ("--title", "A page", "--publisher", "United Nations", "--kind", "dataset", "--read", "2026-11-27")
    data = copy_to(tmp_path)
    for fact in (
        ("LUX", "checked", "2026-11-27", "--url", "https://example.org/lux"),
        ("committee", "session", "101", *_options(HELD), "--checked", "2026-11-27", "--url", "https://example.org/crc"),
    ):
        done = opsc("record", *fact, *page, "--data", data)
        assert done.returncode == 0, done.stderr
    sessions = json.loads(opsc("sessions", "101", "--json", "--data", data).stdout)["sessions"]
    assert [s["checked"] for s in sessions] == ["2026-11-27"]
    found = json.loads(opsc("data", "--json", "--data", data).stdout)["data"]
    assert found["checked"] == [{"iso3": "LUX", "checked": "2026-11-27"}]


def _options(session: dict[str, Any]) -> Iterator[str]:
    for name in ("opens", "closes", "status"):
        yield from (f"--{name}", session[name])


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def test_a_later_check_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    page = ("--title", "A page", "--publisher", "United Nations", "--kind", "dataset", "--url", "https://example.org/l")
    data = copy_to(tmp_path)
    verdicts = []
    for day in ("2026-11-20", "2026-11-27", "2026-11-25"):
        done = opsc("record", "LUX", "checked", day, *page, "--read", day, "--json", "--data", data)
        verdicts.append(json.loads(done.stdout)["outcomes"][0]["outcome"])
    assert verdicts == ["taken", "taken", "already-on-record"]
    dataset, findings = validate(data)
    assert dataset is not None
    assert findings == ()
    check = dataset.states["LUX"].checked
    assert check is not None
    assert check.day == date(2026, 11, 27)
    assert [dataset.sources[s].read for s in check.sources] == [date(2026, 11, 27)]


def test_another_part_of_a_document_is_added_to_what_was_read(tmp_path: Path) -> None:
    data = copy_to(tmp_path)
    told = ("--source", "CRC-C-OPSC-AUT-CO-1", "--title", "t", "--publisher", "p", "--kind", "document")
    for part, symbol in (("first page", ()), ("paragraph 40", ("--note", "A remark.")), ("first page", ())):
        done = opsc("record", "AUT", "observations", "2008-10-03", "--symbol", "CRC/C/OPSC/AUT/CO/1", *told, *symbol,
                    "--source-symbol", "CRC/C/OPSC/AUT/CO/1", "--part-read", part, "--data", data)  # fmt: skip
        assert done.returncode == 0, done.stderr
    dataset, _ = validate(data)
    assert dataset is not None
    assert dataset.sources["CRC-C-OPSC-AUT-CO-1"].part_read == "first page; paragraph 40"


def test_a_source_read_today_is_allowed(tmp_path: Path) -> None:
    data = copy_to(tmp_path)
    sources = (data / "sources.yaml").read_text(encoding="utf-8")
    today = date.today()  # as a person has it
    (data / "sources.yaml").write_text(sources.replace("read: 2026-11-21", f"read: {today}", 1), encoding="utf-8")
    assert opsc("validate", data).returncode == 0
    assert opsc("due", "Austria", "--data", data).returncode == 0
    (data / "sources.yaml").write_text(sources.replace("read: 2026-11-21", "read: 2126-11-21", 1), encoding="utf-8")
    done = opsc("validate", data)
    assert done.returncode == 1
    assert "SRC05" in done.stdout
    assert "in the future" in done.stdout


# ── what was read of a document ──────────────────────────────────────────────────────────────────

READ_IN_PART = "first page; not the last paragraph, on the next report"


def test_what_was_read_of_the_observations_is_told_where_their_date_is_missing(tmp_path: Path) -> None:
    """That they were read and their paragraph on the next report was not is worth knowing."""
    data = copy_to(tmp_path)
    sources = (data / "sources.yaml").read_text(encoding="utf-8")
    head, found, tail = sources.partition("  CRC-C-AUT-CO-5-6:\n")
    read = tail.replace("    read: 2026-11-21\n", f"    read: 2026-11-21\n    part_read: {READ_IN_PART}\n", 1)
    (data / "sources.yaml").write_text(head + found + read, encoding="utf-8")
    on = ("--as-of", "2026-11-21", "--data", data)

    (gap, *_) = json.loads(opsc("missing", "Austria", "--kind", "next-due", "--json", *on).stdout)["missing"]
    assert (gap["document"]["read"], gap["document"]["part_read"]) == ("2026-11-21", READ_IN_PART)
    told = f"Read already, on 21 November 2026: {READ_IN_PART}."
    assert told in opsc("missing", "Austria", "--format", "md", *on).stdout
    assert told in " ".join(opsc("missing", "Austria", "--format", "table", *on).stdout.split())
    assert f"Read: {READ_IN_PART} (2026-11-21)" in opsc("explain", "Austria", "--format", "table", *on).stdout
    listed = json.loads(opsc("sources", "Austria", "--json", *on).stdout)["sources"]
    assert [s["part_read"] for s in listed if s["id"] == "CRC-C-AUT-CO-5-6"] == [READ_IN_PART]
    assert READ_IN_PART not in {s["part_read"] for s in listed if s["id"] != "CRC-C-AUT-CO-5-6"}


def test_where_no_part_is_noted_that_is_said() -> None:
    shown = opsc("missing", "Austria", "--kind", "next-due", "--format", "md").stdout
    assert "which part is not noted; what is asked for is not on record" in shown
