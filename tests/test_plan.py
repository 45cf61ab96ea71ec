"""`opsc plan` answers for every State, in order, and does not contradict itself."""

import json
from dataclasses import replace
from datetime import date

import pytest

from opsc_cli.answers.answer import answer_to
from opsc_cli.forecast.forecast import Outlook
from opsc_cli.forecast.plan import STATE, Plan, PlanStep, plans_for
from opsc_cli.forecast.route import set_day
from opsc_cli.law.authority import Certainty, Dated
from opsc_cli.law.committee import OBSERVATIONS_DATE
from opsc_cli.law.standing import Obligation, asked_on
from opsc_cli.record.dates import first_day
from opsc_cli.record.records import Dataset, PreSession
from tests.commands import opsc
from tests.terminal import on_a_terminal

DAYS = [date(2026, 11, 21), date(2026, 1, 30), date(2023, 6, 1)]
TODAY = DAYS[0]
DAY = ("--as-of", str(TODAY))


def _obligations(dataset: Dataset, iso3: str, day: date) -> tuple[Obligation, ...]:
    return answer_to(asked_on(day, dataset), dataset.states[iso3]).obligations


def _plans(dataset: Dataset, day: date) -> list[Plan]:
    outlook = Outlook(dataset, day)
    return [plan for iso3 in dataset.states for plan in plans_for(iso3, _obligations(dataset, iso3, day), outlook)]


def _time(step: PlanStep) -> date | None:
    if step.range:
        return step.range.likely.opens_by
    found = step.by or step.before
    return first_day(found) if found else None


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_steps_of_every_state_are_in_order(dataset: Dataset, day: date) -> None:
    plans = _plans(dataset, day)
    assert len(plans) > 150
    for plan in plans:
        for steps in (plan.steps, plan.otherwise):
            to_come = [(step.what, at) for step in steps if (at := _time(step)) and at > day and step.ask != STATE]
            times = [at for _, at in to_come]
            assert times == sorted(times), (plan.report, to_come)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_step_has_a_time_or_says_why_not_and_whom_to_ask(dataset: Dataset, day: date) -> None:
    for plan in _plans(dataset, day):
        for step in (*plan.steps, *plan.otherwise):
            assert step.because
            assert step.depends_on
            assert step.ask
            timed = step.range or step.by or step.before
            passed = any(
                word in step.because for word in ("passed", "met", "no working group", "no forecast", "received")
            )
            assert timed or passed, (plan.report, step)


def _due_on(obligation: Obligation, day: date) -> Obligation:
    """The same with a day that the Committee set."""
    due = Dated(
        first=day,
        last=day,
        authority=OBSERVATIONS_DATE,
        because="the concluding observations say so",
        certainty=Certainty.COMMITTEE_SET,
    )
    return replace(obligation, due=due, standing="upcoming")


@pytest.mark.parametrize("due", [date(2027, 3, 1), date(2028, 9, 3), date(2032, 3, 3)], ids=str)
@pytest.mark.parametrize("iso3", ["PAK", "GBR", "LUX", "SWE"])
def test_meetings_keep_to_the_day_that_is_set(dataset: Dataset, iso3: str, due: date) -> None:
    """The list prior to reporting comes before it; the report's own group and the session come after it."""
    outlook = Outlook(dataset, TODAY)
    owed = [_due_on(o, due) for o in _obligations(dataset, iso3, TODAY) if o.standing != "with-the-committee"]
    (plan,) = plans_for(iso3, owed, outlook)
    for steps in (plan.steps, plan.otherwise):
        for step in steps:
            if step.range is None:
                continue
            if "prior to reporting" in step.what:
                assert step.range.latest.opens_by <= due, step
            else:
                assert step.range.earliest.opens_by > due, step
    report = next(step for step in plan.steps if "submits" in step.what)
    assert (report.by, report.certainty) == (due, Certainty.COMMITTEE_SET)
    alternative = next(s for steps in (plan.steps, plan.otherwise) for s in steps if s.what == "alternative report")
    assert alternative.not_before == due
    assert alternative.before and first_day(alternative.before) >= due.replace(day=1)


def test_a_term_of_the_convention_is_no_day_that_is_set(dataset: Dataset) -> None:
    then = date(2012, 1, 1)
    terms = [
        o
        for iso3 in dataset.states
        for o in _obligations(dataset, iso3, then)
        if o.standing == "upcoming" and o.is_treaty_term
    ]
    assert terms
    assert [set_day(o, then) for o in terms] == [None] * len(terms)


def test_nothing_is_supposed_to_be_received_today() -> None:
    text = opsc("plan", "--all", *DAY, "--json").stdout
    plans = json.loads(text)["plans"]
    assert "if received on" not in text
    forecasts = {p["iso3"] for p in plans for r in p["reports"] if r["forecast"]}
    assert {"IRN", "LIE"} <= forecasts
    assert all(not r["otherwise"] for p in plans for r in p["reports"] if r["forecast"])


def test_what_is_received_keeps_the_forecast_of_its_receipt() -> None:
    reports = json.loads(opsc("plan", "Iran", *DAY, "--json").stdout)["plan"]["reports"]
    (report,) = (r for r in reports if r["report"].startswith("initial"))
    assert report["session"] == report["forecast"]["session"]
    assert report["steps"][0]["by"] == "2021-08-03"


def test_a_state_outside_the_convention_still_has_its_steps() -> None:
    (report,) = json.loads(opsc("plan", "USA", *DAY, "--json").stdout)["plan"]["reports"]
    assert report["session"] is None
    assert "ask the secretariat" in report["basis"]
    assert [step["by"] for step in report["steps"] if step["to_send"]] == [None, None]


def test_an_announced_group_gives_a_day(dataset: Dataset) -> None:
    announced = PreSession(
        label="104", opens=date(2031, 2, 3), closes=date(2031, 2, 7), status="announced", confidence="sourced",
        known_on=date(2026, 1, 30), sources=("UNTC-2015",),
    )  # fmt: skip
    more = replace(dataset, pre_sessions=(*dataset.pre_sessions, announced))
    (plan,) = plans_for("FJI", _obligations(dataset, "FJI", TODAY), Outlook(more, TODAY))
    first, *_ = plan.submissions
    assert (first.by, first.certainty) == (date(2030, 12, 1), Certainty.PRACTICE)


class TestSeveralStates:
    def test_one_state_is_an_object_and_several_a_list(self) -> None:
        assert json.loads(opsc("plan", "Fiji", *DAY, "--json").stdout)["plan"]["iso3"] == "FJI"
        for done in (
            opsc("plan", "Fiji", "Angola", *DAY, "--json"),
            opsc("plan", "-", *DAY, "--json", input="Fiji\nAngola\n"),
        ):
            assert [plan["iso3"] for plan in json.loads(done.stdout)["plans"]] == ["FJI", "AGO"]
        assert [p["iso3"] for p in json.loads(opsc("plan", "-", *DAY, "--json", input="FJ").stdout)["plans"]] == ["FJI"]

    def test_explain_takes_what_due_takes(self) -> None:
        for done in (
            opsc("explain", "FJI", "AGO", *DAY, "--json"),
            opsc("explain", "-", *DAY, "--json", input="FJ\nAO"),
        ):
            states = json.loads(done.stdout)["states"]
            assert [state["iso3"] for state in states] == ["FJI", "AGO"]
            assert all(o["steps"] for state in states for o in state["obligations"])
        rows = opsc("explain", "--all", *DAY, "--format", "tsv", "--fields", "iso3").stdout.split()[1:]
        assert len(set(rows)) > 170
        text = opsc("explain", "FJI", "AGO", *DAY).stdout
        assert text.startswith("Fiji")
        assert "\nAngola" in text


def test_a_terminal_marks_what_to_send_and_says_whom_to_ask() -> None:
    screen = on_a_terminal(f"opsc plan Fiji --as-of {TODAY}", columns=80)
    assert max(map(len, screen.splitlines())) <= 80
    for text in ("▸", "Whom to ask", "should the report come under it", "alternative"):
        assert text in screen


def test_a_report_that_came_is_called_received_and_no_past_day_is_awaited() -> None:
    screen = on_a_terminal(f"opsc plan Iran --as-of {TODAY}", columns=140)
    assert "received on 3 August 2021" in screen
    assert "not before" not in screen
    assert "How sure: every date to come is a projection" in screen


def test_a_screen_says_how_sure_each_step_is_if_they_differ() -> None:
    screen = on_a_terminal("opsc plan 'South Sudan' --as-of 2019-06-01", columns=140)
    assert "│ How sure" in screen
    assert "every date to come" not in screen


def test_a_state_that_owes_nothing_is_sent_to_its_forecast() -> None:
    assert "For its review under the Convention: `opsc forecast KEN`." in on_a_terminal(
        f"opsc plan Kenya --as-of {TODAY}"
    )
