"""The forecast: what it may use, what it may say, and how it did on history."""

import json
import re
from datetime import date, timedelta

import pytest

from opsc_cli.forecast.backtest import Backtest, Score, backtest, trials_of
from opsc_cli.forecast.forecast import Asked, Outlook, forecast
from opsc_cli.forecast.meetings import calendar, share_lost
from opsc_cli.forecast.queue import Queue, Ruler
from opsc_cli.record.known import closings_of
from opsc_cli.record.records import Dataset, Handled, Session
from tests.commands import opsc
from tests.conftest import ROOT
from tests.terminal import on_a_terminal
from tests.test_command import DAY, answer

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def measured(dataset: Dataset) -> Backtest:
    return backtest(dataset)


def _of(scores: tuple[Score, ...], name: str) -> Score:
    return next(score for score in scores if score.of == name)


class TestOnHistory:
    """The standard procedure, at receipt and on the way, from what was known on each day."""

    def test_the_range_covers_what_it_says(self, measured: Backtest) -> None:
        assert 0.75 <= _of(measured.by_era, "received 2006 to 2018").coverage <= 0.88
        assert _of(measured.by_era, "received 2019 to 2021").coverage >= 0.55

    def test_it_errs_less_than_the_rule_of_every_guide(self, measured: Backtest) -> None:
        standard = _of(measured.by_procedure, "standard")
        assert standard.mean_error <= 0.7 * standard.plain_mean_error

    def test_it_closes_in(self, measured: Backtest) -> None:
        assert _of(measured.by_sessions_ahead, "2 sessions ahead").median_error <= 1
        assert _of(measured.by_sessions_ahead, "6 sessions ahead").median_error <= 3

    def test_the_simplified_procedure_is_within_one_session_in_all_but_one(self, dataset: Dataset) -> None:
        simplified = [h for h in dataset.handled if h.procedure == "simplified" and h.session]
        errors = [abs(t.numbers.likely - t.session) for t in trials_of(dataset, simplified) if t.at_receipt]
        assert len(errors) == len(simplified)
        assert sum(error > 1 for error in errors) <= 1

    def test_the_table_in_the_documents_is_recomputed(self, measured: Backtest) -> None:
        text = (ROOT / "docs" / "forecast.md").read_text(encoding="utf-8")
        scores = (measured.at_receipt, *measured.by_procedure, *measured.by_era, *measured.by_sessions_ahead)
        for s in scores:
            cells = (
                f"{s.n}",
                f"{s.coverage:.0%}",
                f"{s.median_error:.1f}",
                f"{s.mean_error:.1f}",
                f"{s.mean_width:.1f}",
            )
            row = " | ".join((s.of, *cells, f"{s.plain_mean_error:.1f}", f"{s.median_of_all_mean_error:.1f}"))
            assert f"| {row} |" in text

    def test_the_command_says_the_same(self, measured: Backtest) -> None:
        found = answer("forecast", "--backtest")["backtest"]
        assert found["n"] == measured.at_receipt.n
        assert found["coverage"] == round(measured.at_receipt.coverage, 3)
        assert {"median_error_sessions", "mean_error_sessions", "mean_width_sessions", "naive"} <= found.keys()
        assert len(found["by_sessions_ahead"]) == 12


class TestWhatWasKnown:
    """Nothing later than the day asked about is used."""

    @pytest.mark.parametrize("day", [date(2008, 5, 5), date(2014, 2, 1), date(2019, 3, 1), date(2022, 7, 7)])
    def test_a_record_cut_on_the_day_forecasts_the_same(self, dataset: Dataset, day: date) -> None:
        from dataclasses import replace

        closings = closings_of(dataset.sessions)
        cut = replace(
            dataset,
            sessions=tuple(s for s in dataset.sessions if _known(s, day)),
            handled=tuple(
                replace(h, session=h.session if h.session and closings.get(h.session, date.max) <= day else None)
                for h in dataset.handled
                if h.received <= day and (h.session is None or h.session in closings)
            ),
        )
        asked = Asked(received=day, procedure="standard")
        assert Outlook(cut, day).numbers(asked) == Outlook(dataset, day).numbers(asked)

    def test_too_few_reviews_give_no_forecast(self, dataset: Dataset) -> None:
        early = Outlook(dataset, date(2003, 6, 1))
        assert forecast(early, Asked(received=date(2003, 6, 1), procedure="standard")) is None
        assert opsc("forecast", "--received", "2003-06-01", "--as-of", "2003-06-01").returncode == 2

    def test_meetings_start_after_the_day(self, dataset: Dataset) -> None:
        for day in (date(2010, 9, 9), date(2026, 11, 21), date(2027, 1, 23)):
            found = forecast(Outlook(dataset, day), Asked(received=day, procedure="standard"))
            assert found
            for ranged in (found.pre_session, found.session):
                assert day < ranged.earliest.opens_by <= ranged.likely.opens_by <= ranged.latest.opens_by

    def test_nothing_projected_has_a_number_or_a_day(self, dataset: Dataset) -> None:
        found = forecast(Outlook(dataset, TODAY), Asked(received=TODAY, procedure="standard"))
        assert found
        for meeting in (found.session.earliest, found.session.likely, found.session.latest):
            assert meeting.number is None
            assert re.fullmatch(r"\d{4}-\d{2}", str(meeting.opens))


def _known(session: Session, day: date) -> bool:
    from opsc_cli.record.known import meetings_known_on

    return bool(meetings_known_on(day, (session,)))


class TestTheQueue:
    def _ruler(self, dataset: Dataset, day: date) -> Ruler:
        return Ruler(calendar(dataset.sessions, dataset.pre_sessions, day), day)

    def test_a_day_lies_between_two_sessions(self, dataset: Dataset) -> None:
        ruler = self._ruler(dataset, TODAY)
        assert ruler.at(date(2024, 5, 6)) == 96
        assert 96 < ruler.at(date(2024, 7, 1)) < 97
        assert ruler.at(date(2024, 5, 7)) > ruler.at(date(2024, 5, 6))

    def test_sessions_that_passed_after_the_record_count(self, dataset: Dataset) -> None:
        assert (self._ruler(dataset, date(2026, 1, 30)).passed, self._ruler(dataset, TODAY).passed) == (100, 102)
        assert self._ruler(dataset, TODAY).unseen == 2

    def test_pending_reports_are_information_only_once_they_are_late(self, dataset: Dataset) -> None:
        day = date(2026, 1, 30)
        ruler, closings = self._ruler(dataset, day), closings_of(dataset.sessions)
        stuck = Handled(
            iso3="ZZZ", treaty="OPSC", procedure="standard", received=date(2005, 1, 1), listed=None, session=None
        )
        fresh = Handled(
            iso3="ZZZ", treaty="OPSC", procedure="standard", received=date(2026, 1, 1), listed=None, session=None
        )
        before = len(Queue(dataset.handled, ruler, closings, day).past_forecasts())
        assert len(Queue((*dataset.handled, fresh), ruler, closings, day).past_forecasts()) == before
        assert len(Queue((*dataset.handled, stuck), ruler, closings, day).past_forecasts()) > before

    def test_the_two_procedures_are_never_pooled(self, dataset: Dataset) -> None:
        from dataclasses import replace

        without = replace(dataset, handled=tuple(h for h in dataset.handled if h.procedure != "simplified"))
        asked = Asked(received=TODAY, procedure="standard")
        assert Outlook(without, TODAY).numbers(asked) == Outlook(dataset, TODAY).numbers(asked)

    def test_shares_are_those_of_the_record(self, dataset: Dataset) -> None:
        """The six cases of the simplified procedure: three on time, two a session late, one two sessions."""
        found = Outlook(dataset, TODAY).numbers(Asked(received=TODAY, procedure="simplified"))
        assert found
        assert sorted(found.spread.values()) == pytest.approx([2 / 5, 3 / 5])
        assert "of 6 cases on record 3 came then" in found.basis

    def test_where_no_case_is_on_record_no_chance_is_given(self, dataset: Dataset) -> None:
        day = date(2012, 1, 1)
        found = Outlook(dataset, day).numbers(Asked(received=day, procedure="simplified"))
        assert found
        assert (found.latest - found.earliest, found.spread) == (1, {})
        assert "no case is on record" in found.basis
        asked = ("forecast", "--received", "2011-05-01", "--procedure", "srp", "--as-of", "2012-01-01")
        assert "Chance" not in opsc(*asked, "--format", "table").stdout

    def test_a_list_of_issues_is_for_the_second_session_after_it_or_the_third(self, dataset: Dataset) -> None:
        listed = date(2025, 11, 1)
        outlook = Outlook(dataset, date(2026, 1, 30))
        numbers = outlook.numbers(Asked(received=date(2021, 1, 1), procedure="standard", listed=listed))
        assert numbers
        assert (numbers.earliest, numbers.likely, numbers.latest) == (101, 101, 102)

    def test_a_programme_names_the_session(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, date(2026, 1, 30))
        found = forecast(outlook, Asked(received=date(2021, 1, 1), procedure="standard", programmed=102))
        assert found
        assert found.certainty.value == "committee-set"
        assert found.session.earliest == found.session.latest == outlook.sessions[1]

    def test_the_share_of_lost_sessions_is_the_records(self, dataset: Dataset) -> None:
        lost = share_lost(dataset.sessions, date(2014, 1, 1))
        assert lost == pytest.approx(2 / 39, abs=0.01)


class TestTheCommand:
    def test_a_report_still_pending_after_five_years(self) -> None:
        found = answer("forecast", "--received", "2021-08-03")["forecast"]
        assert found["treaty"] == "OPSC"
        assert found["procedure"] == "standard"
        assert found["certainty"] == "projection"
        assert "a review may have passed unseen" in found["basis"]
        assert found["session"]["earliest"]["opens"] == "2027-01"
        assert sum(s["probability"] for s in found["distribution"]) == pytest.approx(1, abs=0.01)

    def test_the_day_of_receipt_in_the_past(self) -> None:
        done = opsc("forecast", "--received", "2019-03-01", "--as-of", "2019-03-01", "--json")
        document = json.loads(done.stdout)
        assert document["as_of"] == "2019-03-01"
        assert document["forecast"]["assumes_received"] == "2019-03-01"

    def test_a_day_to_come_is_an_assumption(self) -> None:
        found = answer("forecast", "--received", "2028-03-01", "--procedure", "srp")["forecast"]
        assert found["basis"].startswith("if received on 1 March 2028")
        assert found["procedure"] == "srp"

    @pytest.mark.parametrize(
        "arguments",
        [(), ("Iran", "--backtest"), ("--received", "x"), ("--received", "2020-01-01", "--treaty", "CRC"),
         ("--received", "2020-01-01", "--procedure", "quick"), ("Congo",), ("--received", "2045-01-01"),
         ("--received", "2020-01-01", "--list-of-issues", "2019-01-01")],
    )  # fmt: skip
    def test_wrong_calls(self, arguments: tuple[str, ...]) -> None:
        assert opsc("forecast", *arguments).returncode == 2

    def test_a_picture_on_a_terminal(self) -> None:
        screen = on_a_terminal("opsc forecast Iran --as-of 2026-11-21", columns=90)
        assert "█" in screen
        assert "likely" in screen
        assert max(len(line) for line in screen.splitlines()) <= 90

    def test_reviewed_and_date_less_items_have_none(self) -> None:
        (pakistan,) = answer("due", "Pakistan")["states"]
        assert [o["forecast"] for o in pakistan["obligations"]] == [None]
        (uganda,) = answer("due", "Uganda")["states"]
        assert [o["forecast"] for o in uganda["obligations"]] == [None]


class TestPlan:
    def test_under_the_simplified_procedure(self) -> None:
        plan = answer("plan", "Fiji")["plan"]
        first = plan["reports"][0]
        first_input, additional = first["submissions"]
        assert first_input["by"] is None, "the group that will adopt the list of issues is not announced"
        assert additional["by"] == "2026-12", "1 December before the group of February"
        assert additional["certainty"] == "projection"
        assert any("10,000 words" in line for line in first["form"])

    def test_under_the_standard_procedure(self) -> None:
        (report,) = answer("plan", "Angola")["plan"]["reports"]
        alternative, additional = report["submissions"]
        assert alternative["by"] is None
        assert re.fullmatch(r"\d{4}-(12|04|08)", additional["by"])

    def test_never_a_day_for_a_meeting_that_is_not_announced(self) -> None:
        for state in ("Fiji", "Angola", "Iran", "Austria", "China"):
            text = json.dumps(answer("plan", state)["plan"]["reports"])
            assert not re.search(r'"by": "\d{4}-\d{2}-\d{2}"', text)

    def test_an_announced_group_gives_a_day(self, dataset: Dataset) -> None:
        from dataclasses import replace

        from opsc_cli.answers.position import positions
        from opsc_cli.forecast.plan import plan_for
        from opsc_cli.record.records import PreSession

        announced = PreSession(
            label="103", opens=date(2027, 2, 1), closes=date(2027, 2, 5), status="announced", confidence="sourced",
            known_on=date(2026, 1, 30), sources=("UNTC-2015",),
        )  # fmt: skip
        more = replace(dataset, pre_sessions=(*dataset.pre_sessions, announced))
        found = forecast(Outlook(more, TODAY), Asked(received=TODAY, procedure="simplified"))
        assert found
        (fiji,) = positions(dataset, TODAY, ("FJI",))
        last = plan_for(fiji.owed[0].obligation, found, TODAY).submissions[-1]
        assert (last.by, last.certainty and last.certainty.value) == (date(2026, 12, 1), "practice")
        passed = plan_for(fiji.owed[0].obligation, found, date(2026, 12, 2)).submissions[-1]
        assert passed.by is None
        assert "has passed" in passed.because

    def test_what_owes_nothing_has_an_empty_plan_and_a_reason(self) -> None:
        assert answer("plan", "Kenya")["plan"]["reports"] == []
        assert opsc("plan", "Kenya", *DAY).returncode == 0
        assert "No plan" in opsc("plan", "Kenya", "--format", "table", *DAY).stdout
        (without,) = answer("plan", "Pakistan")["plan"]["without_forecast"]
        assert "is expected to communicate the date" in without["because"]

    def test_after_the_list_of_issues_only_additional_submissions_remain(self) -> None:
        done = opsc("plan", "Liechtenstein", "--as-of", "2023-06-01", "--json")
        alternative, _ = json.loads(done.stdout)["plan"]["reports"][0]["submissions"]
        assert alternative["by"] is None
        assert "the list of issues is adopted" in alternative["because"]


def test_the_forecast_moves_with_the_queue(dataset: Dataset) -> None:
    """Redone each session: as reviews become known the same report's forecast changes."""
    asked = Asked(received=date(2019, 3, 1), procedure="standard")
    days = [date(2019, 3, 1) + timedelta(days=240 * n) for n in range(6)]
    assert len({Outlook(dataset, day).numbers(asked).likely for day in days}) > 2  # type: ignore[union-attr]
