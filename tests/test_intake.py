"""Facts into a small dataset (tests/small): compared, put in whole or not at all, comments and layout kept."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opsc_cli.dataset.fmt import canonical
from opsc_cli.dataset.intake.edit import NotLaidOut
from opsc_cli.dataset.intake.entry import Entry
from opsc_cli.dataset.intake.facts import TAKES, Fact
from opsc_cli.dataset.intake.outcome import Entered
from opsc_cli.dataset.intake.template import EXAMPLES
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import validate
from tests.conftest import ROOT, tries

SMALL = ROOT / "tests" / "small"
DAY = date(2009, 6, 1)
"""The day whose answers are compared."""
A_PAGE = {
    "title": "A page", "publisher": "Somebody Else", "kind": "press", "url": "https://example.org/a", "as_of": "2014",
}  # fmt: skip
A_COVER = {"title": "A report", "publisher": "United Nations", "kind": "document", "as_of": "2014"}


def fact(state: str, name: str, value: str, **more: str) -> Fact:
    """A fact from a page of the press, unless it names another source."""
    source = {} if {"source", "title"} & more.keys() else A_PAGE
    return Fact(**{"state": state, "fact": name, "value": value, "read": "2026-11-27", **source, **more})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


def entered(folder: Path, *facts: Fact) -> Entered:
    """What becomes of the facts, written."""
    found = Entry(folder).of(facts, DAY)
    for name, text in found.after.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return found


def verdicts(found: Entered) -> list[str]:
    return [outcome.verdict for outcome in found.outcomes]


def why(folder: Path, one: Fact) -> str:
    """Why a fact was not taken; nothing may have changed."""
    found = entered(folder, one)
    assert found.after == {}
    assert verdicts(found)[0] in ("refused", "contradicts")
    return found.outcomes[0].why


def state(folder: Path, iso3: str) -> Any:
    return read(folder / "states.yaml").value["states"][iso3]


class TestWhereEachFactIsKept:
    def test_a_report_that_came(self, folder: Path) -> None:
        cover = {**A_COVER, "source_symbol": "CRC/C/OPSC/NPL/1"}
        one = fact("Nepal", "report-received", "2009-05-12", symbol="CRC/C/OPSC/NPL/1", **cover)
        found = entered(folder, one)
        assert verdicts(found) == ["taken"]
        assert state(folder, "NPL")["initial_report"] == {
            "submitted": "2009-05-12",
            "symbol": "CRC/C/OPSC/NPL/1",
            "sources": ["CRC-C-OPSC-NPL-1"],
        }
        assert read(folder / "sources.yaml").value["sources"]["CRC-C-OPSC-NPL-1"]["read"] == "2026-11-27"
        assert read(folder / "states.yaml").value["version"] == "2026.11.27"
        standings = [(a.old, a.new) for a in found.comparison.answers if a.question.endswith("standing")]
        assert ("past-due-no-record", "with-the-committee") in standings

    def test_a_report_that_came_on_a_day_not_known(self, folder: Path) -> None:
        entered(folder, fact("NPL", "report-received", "CRC/C/OPSC/NPL/1"))
        assert state(folder, "NPL")["initial_report"] == {
            "symbol": "CRC/C/OPSC/NPL/1",
            "sources": ["SOMEBODY-ELSE-2014-NPL"],
        }

    @pytest.mark.parametrize(
        ("bracket", "submitted", "note"),
        [
            ("2009-05-02..2009-05-12", "2009-05", "Received between 2009-05-02 and 2009-05-12."),
            ("2009-05-02..2009-06-12", "2009", "Received between 2009-05-02 and 2009-06-12."),
            ("2008-05-02..2009-06-12", None, "Received between 2008-05-02 and 2009-06-12."),
            ("..2009-06-12", None, "Received by 2009-06-12."),
        ],
    )
    def test_a_bracket_of_receipt(self, bracket: str, submitted: str | None, note: str, folder: Path) -> None:
        entered(folder, fact("NPL", "report-received", bracket, symbol="CRC/C/OPSC/NPL/1"))
        report = state(folder, "NPL")["initial_report"]
        assert (report.get("submitted"), report["note"]) == (submitted, note)

    def test_the_next_report_under_the_convention(self, folder: Path) -> None:
        entered(folder, fact("AUT", "report-received", "2013-03", symbol="CRC/C/AUT/5-6", note="Handed over."))
        *_, report = state(folder, "AUT")["reports"]
        assert report == {
            "treaty": "CRC", "kind": "periodic", "numbers": "5-6", "submitted": "2013-03", "symbol": "CRC/C/AUT/5-6",
            "sources": ["SOMEBODY-ELSE-2014-AUT"], "note": "Handed over.",
        }  # fmt: skip

    def test_what_a_cover_prints(self, folder: Path) -> None:
        entered(folder, fact("AUT", "due-printed", "2007", treaty="CRC", numbers="3-4"))
        assert state(folder, "AUT")["reports"][0]["due_published"] == "2007"

    def test_a_printed_year_that_the_article_does_not_give(self, folder: Path) -> None:
        assert "OPSC art. 12(1) gives 2006-06-06; " in why(folder, fact("AUT", "due-printed", "2005"))
        sure = fact("AUT", "due-printed", "2005", confirmed="Read twice.")
        assert verdicts(entered(folder, sure)) == ["taken"]
        assert state(folder, "AUT")["initial_report"]["disagreements"] == [
            {"says": "2006", "about": "due_published", "sources": ["TABLE"], "reason": "Read twice."}
        ]
        assert verdicts(entered(folder, sure)) == ["already-on-record"]

    def test_a_list_of_issues(self, folder: Path) -> None:
        known = {"symbol": "CRC/C/AUT/Q/5-6", "replies_by": "2013-09-15"}
        entered(folder, fact("AUT", "list-of-issues", "2013-06-21", **known))
        *_, report = state(folder, "AUT")["reports"]
        assert (report["numbers"], report["list_of_issues"]) == (
            "5-6",
            {
                "adopted": "2013-06-21",
                "symbol": "CRC/C/AUT/Q/5-6",
                "due": "2013-09-15",
                "sources": ["SOMEBODY-ELSE-2014-AUT"],
            },
        )

    def test_a_list_prior_to_reporting(self, folder: Path) -> None:
        entered(folder, fact("AUT", "loipr", "2012-06-22", symbol="CRC/C/AUT/QPR/5", replies_by="2013-06-01"))
        entered(folder, fact("AUT", "loipr", "2012-06-22", numbers="5", covers="CRC,OPSC"))
        (listed,) = state(folder, "AUT")["lists_of_issues_prior_to_reporting"]
        assert (listed["due"], listed["sources"]) == ("2013-06-01", ["TABLE", "SOMEBODY-ELSE-2014-AUT"])
        assert listed["covers"] == ["CRC", "OPSC"]

    def test_a_review_by_its_day_or_by_its_session(self, folder: Path) -> None:
        by_day = fact("NPL", "review", "2009-01-14", treaty="CRC", evidence="press-ngo")
        by_session = fact("NPL", "review", "49", treaty="OPAC")
        assert verdicts(entered(folder, by_day, by_session)) == ["taken", "taken"]
        later, earlier = (report["review"] for report in reversed(state(folder, "NPL")["reports"]))
        assert earlier == {"session": "49", "evidence": "press-ngo", "sources": ["SOMEBODY-ELSE-2014-NPL"]}
        assert (later["session"], later["considered"]) == ("50", "2009-01-14")
        unheld = fact("NPL", "review", "2009-03-14", treaty="CRC")
        assert "no session on record includes 2009-03-14; add --session" in why(folder, unheld)

    def test_observations_bring_the_review_and_the_number(self, folder: Path) -> None:
        adopted = fact("NPL", "observations", "2008-10-03", symbol="CRC/C/NPL/CO/3-5", **A_COVER)
        assert verdicts(entered(folder, adopted)) == ["taken"]
        (report,) = state(folder, "NPL")["reports"]
        assert (report["numbers"], report["review"]["session"], report["review"]["evidence"]) == (
            "3-5",
            "49",
            "document",
        )
        assert report["concluding_observations"]["symbol"] == "CRC/C/NPL/CO/3-5"

    def test_observations_whose_day_is_not_known(self, folder: Path) -> None:
        known = fact("AUT", "observations", "CRC/C/AUT/CO/3-4")
        assert verdicts(entered(folder, known)) == ["taken"]
        assert state(folder, "AUT")["reports"][0]["concluding_observations"]["sources"] == [
            "TABLE",
            "SOMEBODY-ELSE-2014-AUT",
        ]

    @pytest.mark.parametrize(("value", "kind"), [("2013", "date"), ("to-be-communicated", "to-be-communicated")])
    def test_the_date_of_the_next_report(self, value: str, kind: str, folder: Path) -> None:
        adopted = fact("NPL", "observations", "2008-10-03", symbol="CRC/C/NPL/CO/3-5", **A_COVER)
        said = fact("NPL", "next-due", value, numbers="6-7", asserted_by="state", paragraph="88")
        assert verdicts(entered(folder, adopted, said)) == ["taken", "taken"]
        next_report = state(folder, "NPL")["reports"][0]["concluding_observations"]["next_report"]
        assert (next_report["kind"], next_report["asserted_by"]) == (kind, "state")
        assert (next_report["numbers"], next_report["paragraph"]) == ("6-7", "88")

    def test_that_a_report_had_not_come(self, folder: Path) -> None:
        by_press = fact("NPL", "not-submitted", "2011-06", asserted_by="press")
        by_state = fact("NPL", "not-submitted", "2010-02-01", asserted_by="state", treaty="CRC", note="So it says.")
        entered(folder, by_press, by_state)
        held = state(folder, "NPL")
        assert held["initial_report"]["not_submitted"][0]["asserted_by"] == "press"
        assert held["crc"]["not_submitted"][0]["note"] == "So it says."

    def test_what_the_same_source_only_implied_is_read_from_it(self, folder: Path) -> None:
        text = {**A_COVER, "source_symbol": "CRC/C/NPL/CO/3-5"}
        implied = fact("NPL", "not-submitted", "2011-06", asserted_by="inferred", **text)
        entered(folder, implied, fact("NPL", "not-submitted", "2011-06", asserted_by="committee", **text))
        (said,) = state(folder, "NPL")["initial_report"]["not_submitted"]
        assert said["asserted_by"] == "committee"

    def test_a_programme(self, folder: Path) -> None:
        entered(folder, fact("NPL", "programme", "49", known_on="2008-08-01", symbol="CRC/C/OPSC/NPL/1"))
        programme = state(folder, "NPL")["initial_report"]["programme"]
        assert (programme["session"], programme["known_on"]) == ("49", "2008-08-01")

    def test_the_procedure_of_a_state_and_of_a_report(self, folder: Path) -> None:
        chosen = fact("AUT", "procedure", "simplified", as_of="2023-09")
        of_a_report = fact("AUT", "procedure", "standard", treaty="CRC", numbers="3-4")
        assert verdicts(entered(folder, chosen, of_a_report)) == ["taken", "taken"]
        held = state(folder, "AUT")
        assert held["procedure"]["as_of"] == "2023-09"
        assert held["reports"][0]["procedure"] == "standard"

    def test_acts_under_the_convention(self, folder: Path) -> None:
        signed = fact("AUT", "signature", "1990", treaty="CRC")
        assert verdicts(entered(folder, signed)) == ["taken"], "a year says less, and confirms"
        assert state(folder, "AUT")["crc"]["signature"]["sources"] == ["TABLE", "SOMEBODY-ELSE-2014-AUT"]

    def test_an_entry_into_force(self, folder: Path) -> None:
        entered(folder, fact("AUT", "entry-into-force", "2004-06-06"))
        assert state(folder, "AUT")["published_entry_into_force"]["entry_into_force"] == "2004-06-06"

    def test_meetings_and_totals_stand_in_the_order_of_time(self, folder: Path) -> None:
        a_week = {"opens": "2009-05-25", "closes": "2009-06-12", "status": "held"}
        facts = (
            fact("committee", "session", "51", **a_week),
            fact(
                "committee", "pre-session", "50", opens="2008-10-06", closes="2008-10-10", status="held", follows="49"
            ),
            fact("", "total", "1", of="signatures", on="2007-01-31"),
        )
        assert verdicts(entered(folder, *facts)) == ["taken"] * 3
        sessions = read(folder / "sessions.yaml").value
        assert [s["number"] for s in sessions["sessions"]] == ["49", "50", "51"]
        assert [g["label"] for g in sessions["pre_sessions"]] == ["50", "51"]
        assert [c["on"] for c in read(folder / "counts.yaml").value["counts"]] == ["2007-01-31", "2008-03-31"]

    def test_what_was_announced_is_cancelled_and_gives_its_number_up(self, folder: Path) -> None:
        days = {"opens": "2026-05-11", "closes": "2026-05-29"}
        announced = fact("committee", "session", "101", **days, status="announced", known_on="2026-01-20")
        cancelled = fact("committee", "session", "101", **days, status="cancelled", known_on="2026-01-28")
        assert verdicts(entered(folder, announced)) == ["taken"]
        assert verdicts(entered(folder, cancelled, cancelled)) == ["taken", "already-on-record"]
        *_, session = read(folder / "sessions.yaml").value["sessions"]
        assert (session.get("number"), session["status"], session["known_on"]) == (None, "cancelled", "2026-01-28")

    def test_totals_of_a_day_for_more_and_for_fewer_years(self, folder: Path) -> None:
        overdue = {"of": "initial-reports-overdue", "on": "2009-05-30"}
        facts = [
            fact("committee", "total", "1", **overdue),
            fact("committee", "total", "1", up_to_years="5", **overdue),
        ]
        assert verdicts(entered(folder, *facts)) == ["taken", "taken"]
        assert verdicts(entered(folder, *facts)) == ["already-on-record"] * 2
        *_, early, short = read(folder / "counts.yaml").value["counts"]
        assert (early.get("up_to_years"), short["up_to_years"]) == (None, "5")

    def test_a_total_that_the_record_does_not_give(self, folder: Path) -> None:
        counted = fact("committee", "total", "7", of="deposits", on="2008-03-31")
        assert "COUNT01 counts.1.value: published 7 deposits, the dataset has 2" in why(folder, counted)
        explained = fact("committee", "total", "7", of="deposits", on="2008-03-31", confirmed="Others are left out.")
        assert "LAW01 states: the tenth instrument" in why(folder, explained), "that of a whole record"


class TestWhatIsOnRecord:
    def test_the_second_time_nothing_changes(self, folder: Path) -> None:
        one = fact("NPL", "not-submitted", "2011-06", asserted_by="press")
        entered(folder, one)
        again = entered(folder, one)
        assert (verdicts(again), again.after) == (["already-on-record"], {})

    def test_another_source_of_the_same_is_one_more(self, folder: Path) -> None:
        entered(folder, fact("AUT", "next-due", "2013-03-05", asserted_by="state"))
        said = state(folder, "AUT")["reports"][0]["concluding_observations"]["next_report"]
        assert (said["asserted_by"], said["sources"]) == ("committee", ["TABLE", "SOMEBODY-ELSE-2014-AUT"])

    def test_the_readings_hold_acts_only(self, folder: Path) -> None:
        said = fact("AUT", "next-due", "2013", asserted_by="state", source="TABLE")
        assert verdicts(entered(folder, said)) == ["already-on-record"]

    def test_a_source_is_known_by_its_symbol_its_address_or_its_title(self, folder: Path) -> None:
        known = {**A_COVER, "source_symbol": "CRC/C/OPSC/NPL/1"}
        entered(folder, fact("NPL", "report-received", "2009-05-12", symbol="CRC/C/OPSC/NPL/1", **known))
        by_symbol = fact(
            "NPL", "due-printed", "2008", title="Else", source_symbol="CRC/C/OPSC/NPL/1", url="https://un.org/x"
        )
        by_address = fact("NPL", "due-printed", "2008", title="Else", url="http://www.un.org/x/")
        page = {"title": "A page", "publisher": "Somebody", "kind": "ngo", "as_of": "2009"}
        by_title = fact("AUT", "next-due", "2013", asserted_by="state", **page)
        assert verdicts(entered(folder, by_symbol, by_address)) == ["taken", "already-on-record"]
        assert verdicts(entered(folder, by_title, by_title)) == ["taken", "already-on-record"]
        ids = list(read(folder / "sources.yaml").value["sources"])
        assert ids == ["TABLE", "CRC-C-OPSC-NPL-1", "SOMEBODY-2009-AUT"]

    def test_a_source_on_record_gets_what_it_lacks(self, folder: Path) -> None:
        """The URL and the date of the source; values on record stay."""
        known = ("AUT", "entry-into-force", "2004-06-06")
        entered(folder, fact(*known, source="LIST", title="A list", publisher="P", kind="ngo"))
        first = entered(folder, fact(*known, source="LIST", url="https://un.org/t", as_of="2026-02-01"))
        assert first.outcomes[0].why == "url of the source; as_of of the source (LIST)"
        again = fact(*known, source="LIST", url="https://un.org/u", as_of="2026-03-01")
        assert verdicts(entered(folder, again)) == ["already-on-record"]
        source = read(folder / "sources.yaml").value["sources"]["LIST"]
        assert (source["url"], source["as_of"]) == ("https://un.org/t", "2026-02-01")

    def test_a_new_source_stands_among_those_of_its_kind(self, folder: Path) -> None:
        one = {**A_COVER, "source_symbol": "CRC/C/OPSC/NPL/Q/1"}
        facts = [
            fact("NPL", "not-submitted", "2011", asserted_by="press"),
            fact("NPL", "list-of-issues", "2011-06-20", symbol="CRC/C/OPSC/NPL/Q/1", **one),
            fact(
                "AUT", "next-due", "2013", asserted_by="state", publisher="Österreich (a copy)", title="T", kind="press"
            ),
            fact(
                "AUT",
                "next-due",
                "2013",
                asserted_by="state",
                publisher="新聞",
                title="T",
                kind="press",
                url="https://www.a.b/c",
            ),
        ]
        entered(folder, *facts)
        ids = list(read(folder / "sources.yaml").value["sources"])
        assert (
            ids == ["TABLE", "CRC-C-OPSC-NPL-Q-1", "A-B-AUT", "OSTERREICH-AUT", "SOMEBODY-ELSE-2014-NPL"][:2] + ids[2:]
        )
        assert sorted(ids[2:]) == ["A-B-AUT", "OSTERREICH-AUT", "SOMEBODY-ELSE-2014-NPL"]

    def test_what_the_readings_hold_is_read_a_second_time(self, folder: Path) -> None:
        """The readings are those of the table: its day goes into both, and another source's day needs it too."""
        assert "readings.yaml (TABLE) has no `deposited`" in why(folder, fact("NPL", "deposit", "2006-02-01"))
        assert verdicts(entered(folder, fact("NPL", "deposit", "2006-02-01", source="TABLE"))) == ["taken"]
        assert read(folder / "readings.yaml").value["treaties"]["OPSC"]["states"]["NPL"] == {
            "kind": "accession",
            "deposited": "2006-02-01",
        }
        instrument = state(folder, "NPL")["instrument"]
        assert instrument == {"kind": "accession", "deposited": "2006-02-01", "sources": ["TABLE"]}
        assert validate(folder)[1] == ()


class TestBracketsOfADeposit:
    """Nepal's instrument was deposited from 20 January to 20 February 2006."""

    @pytest.mark.parametrize(
        ("value", "kept"),
        [
            ("2006-01-20..2006-01-31", {"earliest": "2006-01-20", "latest": "2006-01-31"}),
            ("2005-12-01..2006-12-31", {"earliest": "2006-01-20", "latest": "2006-02-20"}),
        ],
    )
    def test_what_lies_within_says_more(self, value: str, kept: dict[str, str], folder: Path) -> None:
        assert verdicts(entered(folder, fact("NPL", "deposit", value))) == ["taken"]
        instrument = state(folder, "NPL")["instrument"]
        assert {k: v for k, v in instrument.items() if k in ("deposited", "earliest", "latest")} == kept
        assert instrument["sources"] == ["TABLE", "SOMEBODY-ELSE-2014-NPL"]
        assert validate(folder)[1] == ()

    def test_what_lies_elsewhere_contradicts(self, folder: Path) -> None:
        said = why(folder, fact("NPL", "deposit", "2006-02-10..2006-03-10"))
        assert (
            "the record has 2006-01-20..2006-02-20 (TABLE), SOMEBODY-ELSE-2014-NPL says 2006-02-10..2006-03-10" in said
        )

    @pytest.mark.parametrize("value", ["2006-02-01..", "..2006-02-01", "2006-02-10..2006-02-01", "2006-02", "soon"])
    def test_no_bracket(self, value: str, folder: Path) -> None:
        assert why(folder, fact("NPL", "deposit", value))

    def test_an_instrument_needs_its_kind(self, folder: Path) -> None:
        path = folder / "states.yaml"
        before, _, after = path.read_text().partition("  NPL:\n    instrument:\n")
        path.write_text(before + "  NPL:\n" + after[after.index("    crc:") :])
        readings = folder / "readings.yaml"
        readings.write_text(readings.read_text().replace("      NPL:\n        kind: accession\n", ""))
        assert "--act (ratification" in why(folder, fact("NPL", "deposit", "2006-02-01"))
        assert verdicts(entered(folder, fact("NPL", "deposit", "2006-02-01", act="accession"))) == ["taken"]


LATER = {"state": "AUT", "name": "deposit", "value": "2004-05-07"}


class TestSecondReadings:
    """A day that stands alone is typed twice, or read in a second source; nothing is copied."""

    def test_two_readings_that_agree(self, folder: Path) -> None:
        twice = fact("NPL", "report-received", "2009-05-12", again="2009-05-12", symbol="CRC/C/OPSC/NPL/1")
        assert verdicts(entered(folder, twice)) == ["taken"]
        assert list(read(folder / "readings.yaml").value["facts"]["NPL"].values()) == ["submitted OPSC 2009-05-12"]
        assert validate(folder)[1] == ()

    def test_two_readings_that_differ(self, folder: Path) -> None:
        twice = fact("NPL", "report-received", "2009-05-12", again="2009-12-05", symbol="CRC/C/OPSC/NPL/1")
        assert why(folder, twice) == "read first as 2009-05-12, then as 2009-12-05; look at the source again"
        assert "initial_report" not in state(folder, "NPL")

    def test_one_reading_is_said_to_be_one(self, folder: Path) -> None:
        found = entered(folder, fact("NPL", "report-received", "2009-05-12", symbol="CRC/C/OPSC/NPL/1"))
        assert [f.code for f in found.warnings] == ["READ02"]

    def test_the_days_of_a_list_and_of_its_replies(self, folder: Path) -> None:
        listed = fact("AUT", "list-of-issues", "2009-01-09", treaty="CRC", session="50", replies_by="2009-01-12")
        assert why(folder, replace(listed, again="2009-01-12")) == (
            "read first as 2009-01-09, 2009-01-12, then as 2009-01-12; look at the source again"
        )
        listed = replace(listed, again="2009-01-09, 2009-01-12")
        assert verdicts(entered(folder, listed)) == ["taken"]
        assert list(read(folder / "readings.yaml").value["facts"]["AUT"].values()) == [
            "list_adopted CRC 2009-01-09; list_due CRC 2009-01-12"
        ]

    def test_a_second_source_is_a_second_reading(self, folder: Path) -> None:
        """The same source once more is no second reading: the same table may have been read in twice."""
        again = {"state": "AUT", "name": "report-received", "value": "2007-07-20"}
        assert verdicts(entered(folder, fact(**again, source="TABLE"))) == ["already-on-record"]
        assert "read a second time" in entered(folder, fact(**again)).outcomes[0].why
        found = read(folder / "readings.yaml").value
        assert list(found["facts"]["AUT"].values()) == ["submitted OPSC 2007-07-20"]
        assert "submitted OPSC" not in found["once"]["AUT"]

    def test_what_needs_no_second_reading(self, folder: Path) -> None:
        held = fact("AUT", "observations", "2009-01-30", treaty="CRC", session="50", again="2009-01-30")
        assert why(folder, held) == "--again: this fact needs no second reading; leave it out"


class TestContradictions:
    def test_both_values_and_both_sources(self, folder: Path) -> None:
        assert why(folder, fact(**LATER)) == (
            "states.AUT.instrument.deposited: the record has 2004-05-06 (TABLE), SOMEBODY-ELSE-2014-AUT says"
            " 2004-05-07; to store it beside the recorded value, add --disagreement REASON; to replace that value,"
            " --replace REASON"
        )

    def test_beside_the_value_that_is_kept(self, folder: Path) -> None:
        beside = fact(**LATER, disagreement="A slip.")
        assert verdicts(entered(folder, beside)) == ["taken"]
        instrument = state(folder, "AUT")["instrument"]
        assert (instrument["deposited"], instrument["sources"]) == ("2004-05-06", ["TABLE"])
        assert instrument["disagreements"] == [
            {"says": "2004-05-07", "about": "deposited", "sources": ["SOMEBODY-ELSE-2014-AUT"], "reason": "A slip."}
        ]
        assert verdicts(entered(folder, beside, fact(**LATER))) == ["already-on-record"] * 2

    def test_in_the_place_of_the_value_on_record(self, folder: Path) -> None:
        instead = fact(**LATER, replace="The table has a slip.")
        assert verdicts(entered(folder, instead)) == ["taken"]
        instrument = state(folder, "AUT")["instrument"]
        assert (instrument["deposited"], instrument["sources"]) == ("2004-05-07", ["SOMEBODY-ELSE-2014-AUT"])
        assert instrument["disagreements"][0]["says"] == "2004-05-06"
        assert validate(folder)[1] == (), "the second reading of the table is answered too"
        old = fact("AUT", "deposit", "2004-05-06", source="TABLE")
        assert verdicts(entered(folder, instead, old)) == ["already-on-record"] * 2

    def test_a_report_keeps_its_other_sources(self, folder: Path) -> None:
        entered(folder, fact("AUT", "report-received", "2007-07-19", replace="The cover says so."))
        report = state(folder, "AUT")["initial_report"]
        assert (report["submitted"], report["sources"]) == ("2007-07-19", ["TABLE", "SOMEBODY-ELSE-2014-AUT"])

    def test_what_is_part_of_a_report_stands_with_the_report(self, folder: Path) -> None:
        said = fact("AUT", "next-due", "2014-03-05", numbers="5", asserted_by="state", replace="A correction.")
        entered(folder, said)
        report = state(folder, "AUT")["reports"][0]
        next_report = report["concluding_observations"]["next_report"]
        assert next_report == {
            "kind": "date", "due": "2014-03-05", "numbers": "5", "asserted_by": "state",
            "sources": ["SOMEBODY-ELSE-2014-AUT"],
        }  # fmt: skip
        assert [(d["says"], d["about"]) for d in report["disagreements"]] == [("2013-03-05", "next_report")]

    def test_who_is_less_sure_does_not_take_the_word_of_who_is_surer(self, folder: Path) -> None:
        adopted = fact("NPL", "observations", "2008-10-03", symbol="CRC/C/NPL/CO/3-5", **A_COVER)
        entered(folder, adopted, fact("NPL", "next-due", "2013", asserted_by="committee", **A_COVER))
        finer = fact("NPL", "next-due", "2013-03-05", asserted_by="state")
        assert "the record has 2013 " in why(folder, finer)

    def test_a_total_holds_no_disagreement(self, folder: Path) -> None:
        other = {"of": "signatures", "on": "2008-03-31"}
        assert "the record has 1 (TABLE), " in why(folder, fact("committee", "total", "2", **other))
        assert "edit the file by hand" in why(folder, fact("committee", "total", "2", **other, replace="No."))

    def test_one_of_the_two(self, folder: Path) -> None:
        assert "use one of them" in why(folder, fact(**LATER, disagreement="A", replace="B"))


class TestRefusals:
    @pytest.mark.parametrize(
        ("one", "told"),
        [
            (fact("Atlantis", "deposit", "2004-05-06"), "'Atlantis': no State on record has this name or code"),
            (fact("Austrla", "deposit", "2004-05-06"), "try Austria (AUT)"),
            (fact("AUT", "session", "51"), "a session does not belong to a State; use 'committee' instead"),
            (fact("AUT", "ratified", "2004"), "no fact 'ratified'; expected one of report-received, "),
            (fact("AUT", "deposit", " "), "the value is missing; add what the source says"),
            (fact("AUT", "deposit", "6.5.2004"), "deposited: '6.5.2004': expected a day written YYYY-MM-DD"),
            (fact("AUT", "deposit", "2004-05-06", numbers="5"), "--numbers cannot be used with deposit; leave it out"),
            (fact("AUT", "deposit", "2004-05-06", treaty="OPAC"), "--treaty OPAC: expected OPSC or CRC"),
            (fact("AUT", "deposit", "2004-05-06", note="a\u200bb"), "--note contains a character that does not print"),
            (fact("AUT", "deposit", "2004-05-06", title="Only"), "add --publisher and --kind (kinds: depositary, "),
            (fact("AUT", "deposit", "2004-05-06", source="NO-SUCH"), "no source 'NO-SUCH' on record; add --title"),
            (fact("AUT", "deposit", "2004-05-06", **{**A_PAGE, "kind": "rumour"}), "of the source: kind: 'rumour'"),
            (fact("AUT", "deposit", "2004-05-06", read="now"), "--read 'now': expected a day written YYYY-MM-DD"),
            (fact("AUT", "next-due", "2013-03-05"), "add --asserted-by"),
            (fact("AUT", "next-due", "2013-03-05", asserted_by="nobody"), "asserted_by: 'nobody' is not in"),
            (fact("NPL", "next-due", "2013-03-05", asserted_by="state"), "no review under the CRC is on record"),
            (fact("AUT", "not-submitted", "2004"), "add --asserted-by"),
            (fact("AUT", "procedure", "standard", source="TABLE"), "add --as-of"),
            (fact("AUT", "programme", "60"), "add --known-on"),
            (fact("AUT", "total", "3"), "a total does not belong to a State"),
            (fact("committee", "total", "3"), "add --of (what was counted) and --on"),
            (fact("committee", "session", "51"), "session 51 is not on record; add --opens"),
            (fact("AUT", "report-received", "2013", symbol="CRC/C/AUT/CO/5"), "the symbol of observations; expected"),
            (fact("AUT", "report-received", "2013", symbol="X/1"), "no symbol of the Committee's"),
            (fact("AUT", "report-received", "2013", symbol="CRC/C/AUT/5", treaty="OPSC"), "fix whichever is wrong"),
            (fact("AUT", "report-received", "2013", symbol="CRC/C/AUT/4-5"), "the record has report 3-4"),
            (fact("AUT", "report-received", "2008", treaty="CRC", numbers="2"), "the report (on record: 50)"),
            (fact("AUT", "report-received", "2008", treaty="CRC", numbers="2", session="49"), "record its review"),
            (fact("NPL", "report-received", "..2009-06-12"), "a bracket alone does not identify a report"),
            (fact("NPL", "report-received", "2010-06-12..2009-06-12"), "the bracket ends before it begins"),
            (fact("NPL", "review", "49", kind="state", title="T", publisher="P"), "add --evidence"),
            (fact("NPL", "next-due", "2013", asserted_by="state", confirmed="Yes."), "no review under the CRC"),
            (fact("AUT", "next-due", "2013-03-05", asserted_by="state", confirmed="Yes."), "--confirmed cannot be"),
        ],
        ids=lambda value: f"{value.fact} {value.value}" if isinstance(value, Fact) else "",
    )  # fmt: skip
    def test_what_is_wrong_and_what_to_do(self, one: Fact, told: str, folder: Path) -> None:
        assert told in why(folder, one)

    def test_what_the_gate_finds(self, folder: Path) -> None:
        early = fact("NPL", "report-received", "2005-05-12", symbol="CRC/C/OPSC/NPL/1")
        assert "LAW03 states.NPL.initial_report.submitted: received before the Protocol bound the State" in why(
            folder, early
        )

    def test_a_suspicion_is_answered(self, folder: Path) -> None:
        sunday = {"state": "NPL", "name": "report-received", "value": "2009-05-10"}
        said = why(folder, fact(**sunday, symbol="CRC/C/OPSC/NPL/1"))
        assert said.startswith("SUSP02 states.NPL.initial_report.submitted: a Sunday; ")
        assert said.endswith("if it is correct, add --confirmed REASON")
        sure = fact(**sunday, symbol="CRC/C/OPSC/NPL/1", again="2009-05-10", confirmed="The cover prints this day.")
        assert verdicts(entered(folder, sure)) == ["taken"]
        assert validate(folder)[1] == ()

    def test_a_file_in_another_layout(self, folder: Path) -> None:
        path = folder / "states.yaml"
        path.write_text(path.read_text().replace("    crc:\n", "    crc:\n\n\n", 1))
        with pytest.raises(NotLaidOut, match=r"states\.yaml"):
            Entry(folder).of([fact("NPL", "not-submitted", "2011", asserted_by="press")], DAY)

    def test_among_many_the_one_that_another_state_s_facts_are_against(self, folder: Path) -> None:
        """The whole gate finds what the State alone does not show: meetings of two States out of order."""
        sessions = ({**A_COVER, "source_symbol": f"CRC/C/SR.{n}"} for n in (1400, 1300))
        late, early = sessions
        first = fact("AUT", "review", "49", treaty="OPSC", **late)
        second = fact("NPL", "review", "50", treaty="CRC", **early)
        found = entered(folder, first, second, fact("NPL", "not-submitted", "2011", asserted_by="press"))
        assert verdicts(found) == ["taken", "refused", "taken"]
        assert "MEET07" in found.outcomes[1].why


def test_there_is_an_example_of_every_fact() -> None:
    assert [example["fact"] for example in EXAMPLES] == list(TAKES)


# ── whatever the facts and the comments ──────────────────────────────────────────────────────────

POOL = (
    fact("NPL", "report-received", "2009-05-12", symbol="CRC/C/OPSC/NPL/1"),
    fact("NPL", "report-received", "2009-05", symbol="CRC/C/OPSC/NPL/1", title="Else", publisher="P", kind="ngo"),
    fact("NPL", "due-printed", "2008"),
    fact("NPL", "deposit", "2006-02-01", source="TABLE"),
    fact("NPL", "deposit", "2006-01-25..2006-02-10", title="Another", publisher="Q", kind="state"),
    fact("NPL", "not-submitted", "2008-11", asserted_by="press", note='Says: "no"'),
    fact("NPL", "observations", "2008-10-03", symbol="CRC/C/NPL/CO/3-5", **A_COVER),
    fact("NPL", "next-due", "2013", asserted_by="state", numbers="6-7"),
    fact("AUT", "report-received", "2013-03-04", symbol="CRC/C/AUT/5-6", note="# not a comment"),
    fact("AUT", "list-of-issues", "2013-06-21", symbol="CRC/C/AUT/Q/5-6", replies_by="2013-09-15"),
    fact("AUT", "deposit", "2004-05-07", disagreement="A slip: of the pen."),
    fact("AUT", "deposit", "2004-05-08", replace="Again."),
    fact("AUT", "procedure", "standard", treaty="CRC", numbers="3-4"),
    fact("AUT", "entry-into-force", "2004-06-06"),
    fact("committee", "pre-session", "50", opens="2008-10-06", closes="2008-10-10", status="held", follows="49"),
    fact("committee", "total", "1", of="signatures", on="2007-01-31"),
)  # fmt: skip


def _commented(text: str, beside: list[int], above: list[int]) -> tuple[str, list[str]]:
    """A file with remarks of its own at lines of it, in canonical layout; and the remarks."""
    lines, remarks = [], []
    for number, line in enumerate(text.splitlines()):
        if number in above:
            remarks.append(f"# above {number}")
            lines.append(f"{line[: len(line) - len(line.lstrip())]}# above {number}")
        of_a_state = line.startswith("  ") and line[2:5].isupper() and line.endswith(":")
        if number in beside and not of_a_state:
            remarks.append(f"# beside {number}")
            line = f"{line} # beside {number}"
        lines.append(line)
    return canonical("\n".join(lines) + "\n"), remarks


@settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.lists(st.sampled_from(POOL), min_size=1, max_size=8),
    beside=st.lists(st.integers(0, 90), max_size=12),
    above=st.lists(st.integers(1, 90), max_size=12),
)
def test_what_is_taken_is_valid_said_once_and_loses_no_comment(
    facts: list[Fact], beside: list[int], above: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("drawn") / "data"))
    remarks: list[str] = []
    for path in (folder / "states.yaml", folder / "sources.yaml", folder / "sessions.yaml"):
        text, found = _commented(path.read_text(encoding="utf-8"), beside, above)
        path.write_text(text, encoding="utf-8")
        remarks += [f"{path.name} {remark}" for remark in found]
    first = entered(folder, *facts)
    texts = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    assert [f for f in validate(folder)[1] if f.severity == "error"] == []
    assert all(canonical(text) == text for text in texts.values())
    for remark in remarks:
        name, _, said = remark.partition(" ")
        assert texts[folder / name].count(f"{said}\n") == 1
    settled = [f for f, outcome in zip(facts, first.outcomes, strict=True) if outcome.verdict == "taken"]
    last = {(f.state, f.fact): f for f in settled}
    again = entered(folder, *last.values())
    assert again.after == {}, [outcome.why for outcome in again.outcomes]
