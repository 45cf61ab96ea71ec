"""`opsc plan` answers for every State, in order, and does not contradict itself."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from opsc_cli.answers.answer import answer_to
from opsc_cli.answers.position import positions
from opsc_cli.answers.timeline import timelines
from opsc_cli.forecast.meetings import group_projected_for
from opsc_cli.forecast.next_review import review_in_a_sentence
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.passed import PROBABLE, group_of, has_met, passed_in_words
from opsc_cli.forecast.plan import Plan, plans_for, without_plan
from opsc_cli.forecast.route import set_day
from opsc_cli.forecast.slots import YEAR, place, slot_of
from opsc_cli.forecast.submissions import STATE, PlanStep, submissions_for
from opsc_cli.law.authority import Certainty, Dated
from opsc_cli.law.committee import OBSERVATIONS_DATE
from opsc_cli.law.standing import Obligation, asked_on
from opsc_cli.record.dates import Month, first_day
from opsc_cli.record.records import Dataset, PreSession
from opsc_cli.render import events
from opsc_cli.render.headline import headline
from opsc_cli.render.next_review import in_a_cell, next_review_content
from opsc_cli.render.plan import session_in_words, when_of
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


# ── the order and the distances of the steps ─────────────────────────────────────────────────────


def _slot(step: PlanStep) -> int:
    assert step.range
    return slot_of(step.range.likely.opens_by)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_list_report_and_session_keep_the_distances_of_the_procedure(dataset: Dataset, day: date) -> None:
    """A year from the list of issues prior to reporting to the report, and the third session after that."""
    seen = 0
    for plan in _plans(dataset, day):
        for steps in (plan.steps, plan.otherwise):
            adopts = [step for step in steps if "adopts the list of issues prior" in step.what]
            reports = [s for s in steps if "submits" in s.what and s.certainty is Certainty.PROJECTION]
            for listed in adopts:
                seen += 1
                assert _slot(steps[-1]) - _slot(listed) >= 2 * YEAR, (plan.report, steps)
                assert all(step.by and place(first_day(step.by)) >= _slot(listed) + YEAR for step in reports)
    assert seen > 100


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_commented_on_comes_before_the_comment(dataset: Dataset, day: date) -> None:
    for plan in _plans(dataset, day):
        for steps in (plan.steps, plan.otherwise):
            for first, then in pairwise(steps):
                if then.to_send and "the State's re" in then.what and then.by and not plan.forecast:
                    expected = first.by or first.before
                    assert expected and first_day(expected) <= first_day(then.by), (plan.report, first, then)


def test_a_report_to_come_has_no_plan_while_the_next_review_is_of_another(dataset: Dataset) -> None:
    """The list of issues prior to reporting is not a report: the review that it leads to is that of the one to come."""
    outlook = Outlook(dataset, TODAY)
    unplanned = set()
    for iso3 in dataset.states:
        owed = _obligations(dataset, iso3, TODAY)
        to_come = [o for o in owed if o.standing != "with-the-committee" and o.report.kind != "further-information"]
        planned = {o.key for plan in plans_for(iso3, owed, outlook) for o in plan.obligations}
        named = {none.report for none in without_plan(iso3, owed, outlook)}
        assert all((o.key in planned) != (o.report.name in named) for o in to_come), iso3
        if any(o.key not in planned for o in to_come):
            unplanned.add(iso3)
            assert outlook.in_hand[iso3].what != "list of issues prior to reporting"
            assert {o.report.treaty for o in to_come} != {outlook.in_hand[iso3].treaty}
    assert {"ARE", "LIE"} <= unplanned
    text = opsc("plan", "ARE", *DAY, "--format", "table").stdout
    assert "No plan for the" in text
    assert "the next review is likely that of the initial report under the OPSC" in " ".join(text.split())


def test_an_open_end_is_said() -> None:
    (report,) = json.loads(opsc("plan", "China", *DAY, "--json").stdout)["plan"]["reports"]
    assert report["open_ended"]
    assert {step["what"].partition(",")[0] for step in report["steps"] if step["open_ended"]} == {
        step["what"].partition(",")[0] for step in report["steps"] if step["range"]
    }
    text = " ".join(opsc("plan", "China", *DAY, "--format", "table").stdout.split())
    assert "to after 2038)" in text
    (near,) = json.loads(opsc("plan", "ARE", *DAY, "--json").stdout)["plan"]["reports"]
    assert not near["open_ended"]


def test_a_part_of_the_month_is_said_until_it_has_passed(dataset: Dataset) -> None:
    group = next(g for g in Outlook(dataset, TODAY).groups if g.opens == Month(2027, 1))
    before, after = (submissions_for(group, date(2026, *day)) for day in ((12, 1), (12, 2)))
    assert when_of(before, TODAY) == "by early December 2026"
    assert before.because.startswith("early this month, if the working group")
    assert (after.by, "has passed" in after.because) == (None, True)
    session = next(s for s in Outlook(dataset, TODAY).sessions if s.opens == Month(2027, 1))
    assert when_of(submissions_for(session, TODAY), TODAY) == "by mid-December 2026"


def test_each_table_says_whom_to_ask_by_its_own_numbers(dataset: Dataset) -> None:
    text = opsc("plan", "Fiji", *DAY, "--format", "table").stdout
    (plan,) = _plans(replace(dataset, states={"FJI": dataset.states["FJI"]}), TODAY)
    lines = [line for line in text.splitlines() if line.startswith("Whom to ask")]
    assert len(lines) == 2
    for line, steps in zip(lines, (plan.steps, plan.otherwise), strict=True):
        numbers = ", ".join(str(n) for n, step in enumerate(steps, start=1) if step.ask == STATE)
        assert re.search(rf"on steps? {numbers}, the State's", line), line


def test_a_plan_without_a_forecast_does_not_say_that_a_group_has_met() -> None:
    text = " ".join(opsc("plan", "USA", *DAY, "--format", "table").stdout.split())
    assert "Steps under the standard procedure, by which the report is expected" in text
    assert "no forecast can be given of a State outside the Convention" in text
    assert not re.search("no working group is left|has met|every date to come", text)


# ── a review that was probably held ──────────────────────────────────────────────────────────────


def test_a_review_probably_held_is_said_first_in_every_answer(dataset: Dataset) -> None:
    """…and nowhere else: the months are for the case that it was not."""
    outlook = Outlook(dataset, TODAY)
    probable = set()
    for asked in positions(dataset, TODAY, tuple(dataset.states), outlook):
        review = asked.next_review
        if review is None:
            continue
        is_probable = review.chance_passed_unseen >= PROBABLE
        probable |= {asked.iso3} if is_probable else set()
        said = (
            review_in_a_sentence(review, asked.name).removeprefix(f"{asked.name} has "),
            dict(headline(asked))["How sure"].partition("Next review: ")[2],
            in_a_cell(next_review_content(review, asked.name)),
            *(session_in_words(plan) for plan in plans_for(asked.iso3, [o.obligation for o in asked.owed], outlook)),
        )
        assert [text.startswith("probably ") for text in said] == [is_probable] * len(said), said
    assert "UGA" in probable and len(probable) < 20
    notes = json.loads(opsc("plan", "Uganda", *DAY, "--json").stdout)["plan"]["reports"][0]["notes"]
    assert "ask the secretariat before you send anything" in notes[0]


def test_the_month_of_even_odds_is_the_same_in_the_timeline(dataset: Dataset) -> None:
    asked = positions(dataset, TODAY, tuple(dataset.states))
    for position, timeline in zip(asked, timelines(asked, dataset), strict=True):
        (event,) = [e for e in timeline.events if e.what == "next-review"] or [None]
        if event and position.next_review:
            text = review_in_a_sentence(position.next_review, position.name)
            even = re.search(r"even odds by (\w+ \d+)", text, re.IGNORECASE)
            assert even and f"even odds by {even[1]}" in events.said(event), text


def test_a_group_is_called_by_what_is_on_record_of_it(dataset: Dataset) -> None:
    group = group_projected_for(slot_of(date(2026, 10, 1)), TODAY)
    assert "was planned for September–October 2026; whether it met is not on record" in passed_in_words(group)
    for held in [g for g in Outlook(dataset, TODAY).meetings if g.kind != "session" and has_met(g)]:
        assert " met in " in passed_in_words(held)
        assert has_met(group_of(slot_of(held.opens_by), [held, replace(held, status="cancelled")], TODAY))
    cancelled = next(g for g in Outlook(dataset, TODAY).meetings if g.kind != "session" and g.status == "cancelled")
    assert passed_in_words(cancelled).endswith("was cancelled")
