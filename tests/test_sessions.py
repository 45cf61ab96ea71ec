"""`opsc sessions`: which are listed, and what is known or likely of one that is asked for."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from opsc_cli.answers.sessions import asked_for
from opsc_cli.forecast.meetings import calendar
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Programme, Report
from tests.commands import opsc, output_of

TODAY = date(2026, 11, 21)
DAY = ("--as-of", str(TODAY))


def asked(*arguments: str, day: str = "2026-11-21") -> list[Any]:
    found: list[Any] = json.loads(output_of("sessions", *arguments, "--as-of", day, "--json"))["sessions"]
    return found


class TestTheList:
    def test_the_last_three_held_and_the_next_six(self) -> None:
        listed = asked()
        assert [s["number"] for s in listed if s["status"] == "held"] == ["98", "99", "100"]
        assert [s["status"] for s in listed].count("projected") == 6
        assert [s["status"] for s in listed if s["status"] not in ("held", "projected")] == [
            "cancelled", "not-on-record", "not-on-record",
        ]  # fmt: skip
        assert all("detail" not in session for session in listed)

    def test_all(self) -> None:
        every, listed = asked("--all"), asked()
        assert every[0]["number"] == "2"
        assert len(every) > 90
        assert listed == [s for s in every if s in listed]

    def test_since_a_day(self) -> None:
        assert [s["label"] for s in asked("--since", "2025-09-01")][:2] == [
            "session of September 2025",
            "100th session",
        ]

    def test_early_days_have_fewer(self) -> None:
        assert len(asked(day="1993-06-01")) >= 6

    def test_one_of_them_is_enough(self) -> None:
        for wrong in (("next", "--all"), ("--all", "--since", "2025-01-01"), ("100", "--since", "2025-01-01")):
            done = opsc("sessions", *wrong, *DAY)
            assert (done.returncode, done.stdout) == (2, "")
            assert "contradict each other" in done.stderr


class TestOne:
    def test_the_next(self) -> None:
        (session,) = asked("next")
        detail = session["detail"]
        assert (session["opens"], session["status"], session["number"]) == ("2027-01", "projected", None)
        assert [group["opens"] for group in session["pre_sessions"]] == ["2027-01"]
        chances = [state["probability"] for state in detail["likely"]]
        assert chances == sorted(chances, reverse=True)
        assert 3 < sum(chances) < 10, "about what the Committee takes at a session"
        assert {state["iso3"] for state in detail["likely"][:2]} == {"ARE", "IRN"}
        assert [(s["by"], s["certainty"]) for s in detail["submissions"]] == [("2026-12", "projection")] * 2

    def test_a_year(self) -> None:
        sessions = asked("2027")
        assert [s["opens"] for s in sessions] == ["2027-01", "2027-05", "2027-08"]
        assert [len(s["detail"]["submissions"]) for s in sessions] == [2, 2, 2]
        assert [s["number"] for s in asked("2012")] == ["59", "60", "61"]

    def test_a_number_that_is_not_on_record_yet(self) -> None:
        (session,) = asked("102")
        assert (session["number"], session["opens"], session["status"]) == (None, "2026-08", "not-on-record")
        assert "102nd session is not on record" in session["detail"]["note"]
        assert [g["number"] for g in session["detail"]["prepared_by"]] == ["102", "102"]
        assert {g["status"] for g in session["detail"]["prepared_by"]} == {"cancelled"}
        assert session["detail"]["likely"] == []

    def test_a_number_that_is_to_come(self) -> None:
        (supposed,), (next_one,) = asked("103"), asked("next")
        assert supposed["detail"]["note"]
        assert next_one["detail"]["note"] is None
        assert supposed["detail"]["likely"] == next_one["detail"]["likely"]

    def test_one_that_was_held(self) -> None:
        (session,) = asked("100")
        assert session["detail"]["submissions"] == []
        assert [g["number"] for g in session["detail"]["prepared_by"]] == ["100"]
        assert "PAK" in {review["iso3"] for review in session["reviews"]}

    @pytest.mark.parametrize("text", ["4", "300", "1", "2050", "abc", "-1", "٢", ""])
    def test_what_names_none(self, text: str) -> None:
        done = opsc("sessions", *DAY, "--", text)
        assert (done.returncode, done.stdout) == (2, "")
        assert "opsc: " in done.stderr

    def test_states_that_a_programme_names(self, dataset: Dataset) -> None:
        programme = Programme(session=103, known_on=date(2026, 11, 1), sources=("UNTC-2015",))
        report = Report(treaty="CRC", kind="periodic", submitted=date(2024, 1, 1), programme=programme)
        named = replace(dataset.states["AUT"], reports=(*dataset.states["AUT"].reports, report))
        more = replace(dataset, states={**dataset.states, "AUT": named})
        _, (detail,) = asked_for("103", Outlook(more, TODAY))
        assert detail.named == (("AUT", "CRC periodic"),)
        _, (before,) = asked_for("103", Outlook(more, date(2026, 10, 1)))
        assert before.named == ()

    def test_a_terminal_names_the_states(self) -> None:
        screen = opsc("sessions", "next", *DAY, "--format", "table").stdout
        assert "United Arab Emirates 24%" in screen
        assert "By mid-December 2026: " in screen
        assert "By early December 2026: " in screen


def _kinds(dataset: Dataset, day: date, *more: Session) -> list[tuple[str, str]]:
    meetings = calendar((*dataset.sessions, *more), dataset.pre_sessions, day)
    return [(m.kind, m.label) for m in meetings if m.opens_by >= date(2026, 1, 1)]


def test_a_projected_group_comes_after_the_session_that_it_follows(dataset: Dataset) -> None:
    """Both open in the same month: an announced session on a day of May, the group in "May–June"."""
    announced = Session(
        number=101, opens=date(2026, 5, 11), closes=date(2026, 5, 29), status="announced", confidence="sourced",
        known_on=date(2026, 1, 30), sources=("UNTC-2015",),
    )  # fmt: skip
    kinds = _kinds(dataset, date(2026, 2, 10), announced)
    at = kinds.index(("session", "101st session"))
    assert kinds[at + 1] == ("pre-sessional working group", "May–June 2026")
    more = replace(dataset, sessions=(*dataset.sessions, announced))
    meetings, _ = asked_for("101", Outlook(more, date(2026, 2, 10)))
    assert [m.label for m in meetings] == ["101st session", "May–June 2026"]


@pytest.mark.parametrize("day", [date(2026, 1, 30), date(2025, 2, 1), TODAY, date(2017, 3, 1)], ids=str)
def test_each_projected_session_has_one_group(dataset: Dataset, day: date) -> None:
    kinds = [m.kind for m in calendar(dataset.sessions, dataset.pre_sessions, day) if m.status == "projected"]
    pairs = list(pairwise(kinds))
    assert ("session", "session") not in pairs
    assert ("pre-sessional working group", "pre-sessional working group") not in pairs
