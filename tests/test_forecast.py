"""The forecast of a report: what it may use, what it may say, and how it did on history."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from opsc_cli.forecast import figures
from opsc_cli.forecast.backtest import Backtest, Score, trials_of
from opsc_cli.forecast.forecast import Receipt, forecast
from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.load import Load
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.review import Past
from opsc_cli.forecast.slots import Slot, place, slot_in_words, slot_of
from opsc_cli.forecast.waits import Waits
from opsc_cli.record.records import Dataset
from opsc_cli.render.backtest import backtest_listing
from opsc_cli.render.screen import drawn
from opsc_cli.render.terminal import Screen
from tests.commands import backtest_of, opsc
from tests.conftest import ROOT, installed_in
from tests.terminal import on_a_terminal
from tests.test_command import DAY, answer

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def past(dataset: Dataset) -> Past:
    return Past(dataset)


def _of(scores: tuple[Score, ...], name: str) -> Score:
    return next(score for score in scores if score.of == name)


class TestOnHistory:
    """At receipt and on the way, from what was known on each day."""

    def test_it_errs_half_as_much_as_the_rule_of_every_guide(self, measured: Backtest) -> None:
        standard = _of(measured.by_procedure, "standard")
        assert standard.mean_error <= 0.5 * standard.plain_mean_error
        assert standard.mean_error < standard.median_of_all_mean_error

    def test_the_range_covers_what_it_says_and_is_narrow(self, measured: Backtest) -> None:
        standard = _of(measured.by_procedure, "standard")
        assert 0.75 <= standard.coverage <= 0.9
        assert standard.median_width <= 8

    def test_the_range_covers_the_years_of_lost_sessions(self, measured: Backtest) -> None:
        assert _of(measured.by_era, "received 2019 to 2022").coverage >= 0.6

    def test_it_closes_in(self, measured: Backtest) -> None:
        assert _of(measured.by_sessions_ahead, "2 sessions ahead").median_error <= 1
        assert _of(measured.by_sessions_ahead, "6 sessions ahead").median_error <= 2

    def test_the_simplified_procedure_is_within_one_session_in_all_but_one(self, living: Dataset) -> None:
        past = Past(living)
        simplified = [c for c in past.proceedings.states.courses if c.simplified and c.received and c.sitting]
        errors = [abs(t.curve.even - t.ahead) for t in trials_of(past, simplified) if t.at_receipt]
        assert len(errors) == len(simplified) >= 6
        assert sum(error > 1 for error in errors) <= 1

    def test_the_table_in_the_documents_is_recomputed(self, measured: Backtest) -> None:
        text = (ROOT / "docs" / "use" / "forecast.md").read_text(encoding="utf-8")
        for s in (measured.at_receipt, *measured.by_procedure, *measured.by_era, *measured.by_sessions_ahead):
            errors = (s.median_error, s.mean_error, s.median_width, s.plain_mean_error)
            cells = (s.of, f"{s.n}", f"{s.coverage:.0%}", *(f"{value:.1f}" for value in errors))
            assert f"| {' | '.join(cells)} |" in text

    def test_an_installation_reads_the_figures_of_its_own_dataset(
        self, living: Dataset, measured: Backtest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(figures, "backtest", lambda _: measured)
        installed = installed_in(tmp_path, living, figures.files(living))
        monkeypatch.delattr(figures, "backtest")
        assert figures.figures_of(installed) == measured

    def test_the_command_says_the_same(self, dataset: Dataset) -> None:
        measured = backtest_of(dataset)
        found = answer("forecast", "--backtest")["backtest"]
        assert found["n"] == measured.at_receipt.n
        assert found["coverage"] == round(measured.at_receipt.coverage, 3)
        assert {"median_error_sessions", "mean_error_sessions", "mean_width_sessions", "naive"} <= found.keys()
        assert len(found["by_sessions_ahead"]) == 12
        assert found["next_review"]["n"] == measured.states.all.n
        shown = drawn(backtest_listing(measured).parts(), Screen(100, False))
        rows = re.findall(r"^ +(?:all at receipt|standard|simplified) .*$", shown, re.M)
        widths = [float(row.split()[-3]) for row in rows]
        assert widths == [s.median_width for s in (measured.at_receipt, *measured.by_procedure)], "as in the documents"


class TestSlots:
    """Three slots a year, with a session in each or not."""

    def test_every_session_on_record_is_in_the_slot_of_its_season(self, past: Past) -> None:
        months = {slot_in_words(slot).split()[0] for slot in past.proceedings.slots.values()}
        assert months == {"January", "May", "September"}
        assert slot_in_words(past.proceedings.slots[100]) == "January 2026"
        assert slot_in_words(past.proceedings.slots[85]) == "September 2020", "moved from May"

    def test_a_slot_is_a_whole_number_about_when_its_session_closes(self, past: Past) -> None:
        for sitting in past.proceedings.sittings:
            if sitting.number not in (10, 84):  # one in October, one beside the three of the year
                assert abs(place(sitting.closed) - sitting.slot) < 0.35, sitting

    def test_a_cancelled_session_leaves_its_slot_empty(self, past: Past) -> None:
        slots = {slot for _, slot in past.proceedings.lost}
        assert {slot_in_words(slot) for slot in slots} == {"May 2020", "September 2025"}
        assert past.proceedings.over(date(2025, 9, 29))[0] == past.proceedings.slots[99]
        assert slot_in_words(past.proceedings.over(date(2025, 10, 1))[0]) == "September 2025"

    @pytest.mark.parametrize(
        ("opens", "month"),
        [("2026-01-05", "January"), ("2022-01-31", "January"), ("2026-05-31", "May"), ("2026-08-24", "September"),
         ("1995-10-30", "September")],
    )  # fmt: skip
    def test_the_opening_decides(self, opens: str, month: str) -> None:
        assert slot_in_words(slot_of(date.fromisoformat(opens))) == f"{month} {opens[:4]}"


class _Steady(Load):
    """A load that is ten sessions up to a slot, and another one after."""

    def __init__(self, changes: Slot, later: float) -> None:
        self.changes, self.later = changes, later

    def load(self, slot: Slot) -> float:
        return 10.0 if slot < self.changes else self.later


class TestWaits:
    def _median(self, past: Past, later: float) -> int:
        day = date(2019, 6, 1)
        over, known = past.proceedings.over(day)
        waits = Waits(past.proceedings, _Steady(over, later), over, known)
        chances = waits.chances(InHand(what="report", dated=day), 1.0, 60)
        return next(n for n in range(1, 61) if sum(chances[:n]) >= 0.5)

    def test_with_more_load_a_report_waits_longer(self, past: Past) -> None:
        medians = [self._median(past, later) for later in (5.0, 8.0, 10.0, 15.0, 20.0)]
        assert medians == sorted(medians)
        assert medians[0] < medians[-1]

    def test_a_report_that_waits_still_is_information(self, dataset: Dataset) -> None:
        """The more reports have waited long and wait still, the later a new one is expected."""
        from opsc_cli.record.state import Report

        stuck = Report(treaty="CRC", kind="periodic", submitted=date(2012, 1, 1), procedure="standard")
        some = list(dataset.states)[:60]
        more = {iso3: replace(s, reports=(*s.reports, stuck)) for iso3, s in dataset.states.items() if iso3 in some}
        day = date(2020, 2, 7)
        asked = Receipt(received=day, procedure="standard")
        before = forecast(Outlook(dataset, day), asked)
        after = forecast(Outlook(replace(dataset, states={**dataset.states, **more}), day), asked)
        assert before and after
        assert before.session.likely.opens_by < after.session.likely.opens_by

    def test_a_report_from_before_the_record_whose_review_is_not_on_record_is_none(self, past: Past) -> None:
        (indonesia,) = (
            c for c in past.proceedings.states.courses if c.iso3 == "IDN" and c.received == date(2002, 2, 5)
        )
        assert not indonesia.is_pending(date(2008, 1, 1))
        assert "IDN" not in past.in_hand(date(2008, 1, 1), date(2008, 1, 1))

    def test_the_two_procedures_are_never_pooled(self, dataset: Dataset) -> None:
        without = {
            iso3: replace(state, reports=tuple(r for r in state.reports if r.procedure != "simplified"))
            for iso3, state in dataset.states.items()
        }
        proceedings = [Proceedings(d) for d in (dataset, replace(dataset, states=without))]
        over, known = proceedings[0].over(TODAY)
        load = _Steady(over, 10.0)
        assert Waits(proceedings[0], load, over, known).shares == Waits(proceedings[1], load, over, known).shares

    def test_sessions_after_a_step_are_those_of_the_record(self, past: Past) -> None:
        waits = past.moment(TODAY).waits
        assert waits.after_report.came == (0, 3, 5, 5)
        assert "of 13 on record 0 came at the first, 3 at the second" in str(waits.after_report)
        assert waits.after_list.came[1] == max(waits.after_list.came)
        assert waits.after_prior_list.came == (1, 1, 3, 10), "counted from a year after the list"
        before = past.moment(date(2019, 6, 1)).waits
        assert str(before.after_prior_list) == "no case is on record", "lists of 2018 were not answered yet"
        assert str(past.moment(date(2012, 1, 1)).waits.after_report) == "no case is on record"


class TestTheForecast:
    def test_too_few_reviews_give_no_forecast(self, dataset: Dataset) -> None:
        early = Outlook(dataset, date(2003, 6, 1))
        assert forecast(early, Receipt(received=date(2003, 6, 1), procedure="standard")) is None
        assert opsc("forecast", "--received", "2003-06-01", "--as-of", "2003-06-01").returncode == 2

    def test_meetings_start_after_the_day(self, dataset: Dataset) -> None:
        for day in (date(2010, 9, 9), date(2026, 11, 21), date(2027, 1, 23)):
            found = forecast(Outlook(dataset, day), Receipt(received=day, procedure="standard"))
            assert found
            for ranged in (found.pre_session, found.session):
                assert day < ranged.earliest.opens_by <= ranged.likely.opens_by <= ranged.latest.opens_by

    def test_nothing_projected_has_a_number_or_a_day(self, dataset: Dataset) -> None:
        found = forecast(Outlook(dataset, TODAY), Receipt(received=TODAY, procedure="standard"))
        assert found
        for meeting in (found.session.earliest, found.session.likely, found.session.latest):
            assert meeting.number is None
            assert re.fullmatch(r"\d{4}-\d{2}", str(meeting.opens))

    def test_it_is_the_same_on_every_day_until_the_next_session(self, dataset: Dataset) -> None:
        days = [date(2026, 2, 1) + timedelta(days=20 * n) for n in range(5)]
        found = [forecast(Outlook(dataset, day), Receipt(received=day, procedure="standard")) for day in days]
        assert len({f.session.likely.label for f in found if f}) == 1
        assert len({f.spread for f in found if f}) == 1

    def test_a_report_to_come_is_not_reviewed_before_it_came(self, dataset: Dataset) -> None:
        found = forecast(Outlook(dataset, TODAY), Receipt(received=date(2029, 3, 1), procedure="standard"))
        assert found
        assert sum(chance for meeting, chance in found.spread if meeting.opens_by < date(2029, 3, 1)) == 0

    def test_after_a_list_of_issues_the_second_session_is_likely(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, date(2026, 1, 30))
        asked = Receipt(received=date(2021, 1, 1), procedure="standard", listed=date(2025, 11, 1))
        found = forecast(outlook, asked)
        assert found
        assert found.session.likely == outlook.sessions[0], "January 2026 was the first after it"

    def test_an_old_list_of_issues_says_no_more_than_the_report(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, date(2026, 1, 30))
        received = Receipt(received=date(2021, 1, 1), procedure="standard")
        found = [forecast(outlook, a) for a in (received, replace(received, listed=date(2022, 3, 1)))]
        assert found[0] == found[1]

    def test_a_programme_names_the_session(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, date(2026, 1, 30))
        found = forecast(outlook, Receipt(received=date(2021, 1, 1), procedure="standard", programmed=102))
        assert found
        assert found.certainty.value == "committee-set"
        assert found.session.earliest == found.session.latest == outlook.sessions[1]
        assert found.spread == ((outlook.sessions[1], 1.0),)

    def test_it_moves_as_reviews_become_known(self, dataset: Dataset) -> None:
        asked = Receipt(received=date(2019, 3, 1), procedure="standard")
        days = [date(2019, 3, 1) + timedelta(days=240 * n) for n in range(6)]
        found = [forecast(Outlook(dataset, day), asked) for day in days]
        assert len({f.session.likely.label for f in found if f}) > 2


class TestTheCommand:
    def test_a_report_still_pending_after_five_years(self) -> None:
        found = answer("forecast", "--received", "2021-08-03")["forecast"]
        assert found["treaty"] == "OPSC"
        assert found["procedure"] == "standard"
        assert found["certainty"] == "projection"
        assert "so a review may have passed unseen" in found["basis"]
        assert 0.1 < found["chance_passed_unseen"] < 0.5
        assert found["session"]["earliest"]["opens"] == "2027-01"
        assert sum(s["probability"] for s in found["distribution"]) == pytest.approx(1, abs=0.02)

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
        [(), ("Iran", "--backtest"), ("--received", "x"), ("--received", "2020-01-01", "--treaty", "OPAC"),
         ("--received", "2020-01-01", "--procedure", "quick"), ("Congo",), ("--received", "2045-01-01"),
         ("--received", "2020-01-01", "--list-of-issues", "2019-01-01")],
    )  # fmt: skip
    def test_wrong_calls(self, arguments: tuple[str, ...]) -> None:
        assert opsc("forecast", *arguments).returncode == 2

    def test_the_treaty_names_the_report_and_changes_no_chance(self) -> None:
        call = ("forecast", "--received", "2019-03-01", "--as-of", "2019-03-01", "--json")
        documents = [opsc(*call, *named).stdout for named in ((), ("--treaty", "OPSC"), ("--treaty", "CRC"))]
        assert documents[0] == documents[1]
        assert [json.loads(document)["forecast"]["treaty"] for document in documents] == ["OPSC", "OPSC", "CRC"]
        assert documents[2] == documents[1].replace('"treaty": "OPSC"', '"treaty": "CRC"')

    @pytest.mark.parametrize(
        ("option", "value", "form"),
        [("--treaty", "OPSC", ("Iran", "--received", "2020-01-01")), ("--treaty", "CRC", ("--backtest",)),
         ("--procedure", "srp", ("--session", "next")), ("--list-of-issues", "2020-01-01", ("--all",))],
    )  # fmt: skip
    def test_what_describes_a_report_is_for_no_other_forecast(
        self, option: str, value: str, form: tuple[str, ...]
    ) -> None:
        done = opsc("forecast", *form, option, value)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{option} requires --received, and no State" in done.stderr

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


SUPPOSED = ("--if-received", "2026-11-21")


class TestNextReview:
    def test_the_distribution_in_a_pipe_sums_to_one(self) -> None:
        for state in ("Austria", "Iran", "Uganda", "Kenya"):
            header, *lines = opsc("forecast", state, *DAY).stdout.splitlines()
            assert header.split("\t") == ["iso3", "name", "opens", "label", "probability", "cumulative"]
            rows = [line.split("\t") for line in lines]
            assert sum(float(row[4]) for row in rows) == pytest.approx(1, abs=0.005)
            assert float(rows[-1][5]) == pytest.approx(1, abs=0.001)

    @pytest.mark.parametrize("state", ["Austria", "Iran", "Uganda"])
    def test_the_picture_drops_no_case(self, state: str) -> None:
        screen = on_a_terminal(f"opsc forecast {state} --as-of 2026-11-21", columns=80)
        bars = [float(found) for found in re.findall(r"[█░] (\d+)%", screen)]
        assert sum(bars) == pytest.approx(100, abs=len(bars) / 2)
        assert "even odds" in screen

    def test_the_chances_of_a_session_sum_to_what_it_takes(self) -> None:
        ranking = answer("forecast", "--all", "--session", "2027-05")["ranking"]
        assert len(ranking["states"]) == 196
        assert sum(s["probability"] for s in ranking["states"]) == pytest.approx(ranking["expected"], abs=0.05)
        short = answer("forecast", "--session", "2027-05")["ranking"]
        assert short["others"] + len(short["states"]) == 196
        assert opsc("forecast", "--session", "1999-05").returncode == 2


class TestPlan:
    def test_under_the_simplified_procedure(self) -> None:
        (plan,) = answer("plan", "Fiji")["plan"]["reports"]
        first, additional = plan["submissions"]
        assert (first["by"], first["meeting"]["opens"]) == ("2030-12", "2031-01"), (
            "1 December before the group of February"
        )
        assert first["by"] < additional["by"] == "2032-08", "1 August before the group of October"
        assert {first["certainty"], additional["certainty"]} == {"projection"}
        assert any("10,000 words" in line for line in plan["form"])

    def test_under_the_standard_procedure(self) -> None:
        (report,) = answer("plan", "Angola", *SUPPOSED)["plan"]["reports"]
        alternative, additional = report["submissions"]
        assert alternative["by"] is None
        (step,) = (s for s in report["steps"] if s["what"] == "alternative report")
        assert step["before"] == alternative["meeting"]["opens"]
        assert re.fullmatch(r"\d{4}-(12|04|08)", additional["by"])

    def test_never_a_day_for_a_meeting_that_is_not_announced(self) -> None:
        for state in ("Fiji", "Angola", "Iran", "Austria", "China"):
            text = json.dumps([r["submissions"] for r in answer("plan", state)["plan"]["reports"]])
            assert not re.search(r'"by": "\d{4}-\d{2}-\d{2}"', text)

    def test_what_owes_nothing_has_an_empty_plan_and_a_reason(self) -> None:
        assert answer("plan", "Kenya")["plan"]["reports"] == []
        assert opsc("plan", "Kenya", *DAY).returncode == 0
        assert "No plan" in opsc("plan", "Kenya", "--format", "table", *DAY).stdout

    def test_after_the_list_of_issues_only_additional_submissions_remain(self) -> None:
        done = opsc("plan", "Liechtenstein", "--as-of", "2023-06-01", "--json")
        alternative, _ = json.loads(done.stdout)["plan"]["reports"][0]["submissions"]
        assert alternative["by"] is None
        assert "the list of issues is adopted" in alternative["because"]
