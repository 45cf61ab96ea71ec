"""Every State's next review: its chances, what they may use, and how they did on history."""

import random
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsc_cli.forecast.backtest import Backtest
from opsc_cli.forecast.backtest_states import StateScores
from opsc_cli.forecast.forecast import Receipt, forecast
from opsc_cli.forecast.load import FIRST_ON_RECORD, LOAD_KNOWN_FROM, Load
from opsc_cli.forecast.measures import FARTHEST, Curve, calibration, error, observed
from opsc_cli.forecast.next_review import NextReview, next_review, review_in_a_sentence
from opsc_cli.forecast.of_states import RECORD_BEGINS
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.passed import PROBABLE
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.review import Past, Reviews
from opsc_cli.forecast.slots import slot_in_words
from opsc_cli.forecast.turns import CLASSES, UNKNOWN, Own, class_of
from opsc_cli.forecast.waits import PACES
from opsc_cli.record.dates import Year, last_day
from opsc_cli.record.known import closings_of, known_on, meetings_known_on
from opsc_cli.record.records import Dataset, RecordEnds, ReviewCount
from opsc_cli.record.state import (
    ListOfIssues,
    ListOfIssuesPriorToReporting,
    Programme,
    Report,
    Review,
    State,
)
from tests.conftest import ROOT, tries

TODAY = date(2026, 11, 27)
ENDS = date(2026, 1, 30)
"""Of the record of the Committee's work."""


@pytest.fixture(scope="module")
def past(dataset: Dataset) -> Past:
    return Past(dataset)


@pytest.fixture(scope="module")
def outlook(dataset: Dataset, past: Past) -> Outlook:
    return Outlook(dataset, TODAY, past)


@pytest.fixture(scope="module")
def living_past(living: Dataset) -> Past:
    return Past(living)


@pytest.fixture(scope="module")
def scores(measured: Backtest) -> StateScores:
    return measured.states


def _with(dataset: Dataset, iso3: str, *reports: Report) -> Dataset:
    """The dataset with these reports of a State under the Convention after those on record."""
    state = dataset.states[iso3]
    return replace(dataset, states={**dataset.states, iso3: replace(state, reports=(*state.reports, *reports))})


def _next(dataset: Dataset, iso3: str, day: date = TODAY) -> NextReview:
    found = next_review(Outlook(dataset, day), iso3)
    assert found
    return found


class TestOnHistory:
    """Each State at the end of each slot from 2008 to 2023, from what was known then. Bounds, not figures."""

    def test_it_errs_less_than_the_rules_that_people_use(self, scores: StateScores) -> None:
        five, eight = scores.all.rules
        assert scores.all.error <= 4.6
        assert scores.all.error < 0.75 * eight.error < 0.75 * five.error
        assert scores.all.brier < 0.14 < 0.5 * eight.brier < 0.5 * five.brier
        assert scores.all.log_score > -2.5

    def test_the_ranges_cover_what_they_say(self, scores: StateScores) -> None:
        assert 0.76 <= scores.all.coverage <= 0.84
        for n, share in enumerate(scores.all.deciles, start=1):
            assert share == pytest.approx(n / 10, abs=0.05)

    def test_in_every_era_it_errs_less_than_the_rules(self, scores: StateScores) -> None:
        for score in scores.by_era:
            assert score.error < min(rule.error for rule in score.rules), score.of
            assert score.brier < min(rule.brier for rule in score.rules), score.of

    def test_a_report_in_hand_makes_it_sharp(self, scores: StateScores) -> None:
        in_hand, *others = scores.by_knowledge
        assert in_hand.error <= 2.5
        assert in_hand.median_width <= 9
        assert in_hand.coverage >= 0.75
        assert in_hand.median_width < min(other.median_width for other in others)

    def test_what_it_said_came_as_often(self, scores: StateScores) -> None:
        for within in scores.within:
            assert within.forecast == pytest.approx(within.observed, abs=0.06), within.slots

    def test_the_chances_of_the_next_sessions_sum_to_the_pace(self, scores: StateScores) -> None:
        assert scores.expected == pytest.approx(scores.pace, rel=0.1)
        assert scores.pace == pytest.approx(scores.taken, rel=0.15)

    def test_the_figures_in_the_documents_are_recomputed(self, scores: StateScores) -> None:
        text = (ROOT / "docs" / "use" / "forecast.md").read_text(encoding="utf-8")
        for s in (scores.all, *scores.by_era, *scores.by_knowledge):
            sharp = (f"{s.coverage:.0%}", f"{s.error:.1f}", f"{s.median_width:.0f}", f"{s.brier:.3f}")
            rules = (f"{rule.error:.1f}" for rule in s.rules)
            assert f"| {' | '.join((s.of, str(s.n), *sharp, f'{s.log_score:.2f}', *rules))} |" in text
        for w in scores.within:
            row = (f"within {w.slots} sessions", f"{w.n}", f"{w.forecast:.2f}", f"{w.observed:.2f}", f"{w.brier:.3f}")
            assert f"| {' | '.join(row)} |" in text
        assert " ".join(f"{share:.2f}" for share in scores.all.deciles) in text

    def test_so_are_the_weights(self, living_past: Past) -> None:
        weights = living_past.moment(TODAY).turns.weights
        row = " | ".join(f"{weight / max(weights):.2f}" for weight in weights)
        assert f"| {row} |" in (ROOT / "docs" / "use" / "forecast.md").read_text(encoding="utf-8")


class TestToday:
    """The record ends on 30 January 2026: two sessions have passed since without a record."""

    def test_there_is_one_for_every_party_to_the_convention(self, outlook: Outlook, dataset: Dataset) -> None:
        found = {iso3 for iso3 in dataset.states if next_review(outlook, iso3)}
        assert found == dataset.states.keys() - {"USA"}

    def test_the_chances_of_a_state_sum_to_one(self, outlook: Outlook, dataset: Dataset) -> None:
        for iso3 in dataset.states:
            if found := next_review(outlook, iso3):
                chances = [chance for _, chance in found.chances]
                assert min(chances) >= 0
                assert found.chance_passed_unseen + sum(chances) + found.chance_later == pytest.approx(1)
                assert TODAY < found.earliest.opens_by <= found.likely.opens_by <= found.latest.opens_by

    def test_the_chances_of_a_session_sum_to_the_pace(self, outlook: Outlook) -> None:
        pace = outlook.moment.load.pace(outlook.over)
        for session in outlook.sessions[:6]:
            likely = outlook.likely_at(session)
            assert len(likely) == 196
            assert sum(chance for _, chance in likely) == pytest.approx(pace, rel=0.1)
            assert [chance for _, chance in likely] == sorted((chance for _, chance in likely), reverse=True)

    def test_reviewed_yesterday_is_not_next(self, dataset: Dataset, past: Past) -> None:
        for sitting in past.proceedings.sittings[-30:]:
            outlook = Outlook(dataset, sitting.closed + timedelta(days=1), past)
            reviews = outlook.reviews
            for iso3 in past.proceedings.states.reviewed.get(sitting.number, set()) - outlook.in_hand.keys():
                assert sum(reviews[iso3][:3]) < 0.03, (sitting.number, iso3)

    def test_one_plain_sentence(self, outlook: Outlook) -> None:
        found = next_review(outlook, "AUT")
        assert found
        said = review_in_a_sentence(found, "Austria")
        assert said.startswith("Austria was last reviewed in January 2020; no next report is on record. One chance in")
        assert re.search(r"even odds by \w+ 20\d\d, nine in ten by \w+ 20\d\d\.$", said)
        assert (found.of, found.in_hand, found.certainty.value) == ("CRC", None, "projection")
        assert found.last and found.last.sitting and found.last.sitting.number == 83

    def test_a_late_end_beyond_the_calendar_is_open(self, outlook: Outlook) -> None:
        found = next_review(outlook, "CHN")
        assert found
        assert review_in_a_sentence(found, "China").endswith("after 2038.")
        assert found.open_ended
        assert found.latest == outlook.sessions[-1]

    def test_it_says_what_may_have_passed_unseen(self, outlook: Outlook, dataset: Dataset) -> None:
        found = next_review(outlook, "AUT")
        assert found and 0 < found.chance_passed_unseen < 0.1
        assert "2 sessions of the calendar passed without a record" in found.basis[2]
        on_record = _next(dataset, "AUT", ENDS)
        assert on_record.chance_passed_unseen == 0
        assert not any("passed without a record" in sentence for sentence in on_record.basis)

    def test_the_reasons_are_numbers_of_the_record(self, outlook: Outlook) -> None:
        found = next_review(outlook, "AUT")
        assert found
        taken = outlook.moment.load.since(outlook.past.proceedings.slots[83])
        assert f"The Committee has reviewed {taken} States since" in found.basis[3]
        assert (
            f"{outlook.moment.load.backlog(outlook.over)} States have had no review for four years" in found.basis[-1]
        )

    @pytest.mark.parametrize(("iso3", "said"), [("AUT", "sooner"), ("FJI", "later"), ("DZA", "")])
    def test_who_comes_more_or_less_often_than_others_is_told_so(self, outlook: Outlook, iso3: str, said: str) -> None:
        found = next_review(outlook, iso3)
        assert found
        told = [s for s in found.basis if "since 2000, protocols included" in s]
        assert [said] * bool(said) == [s.split()[-3] for s in told]

    def test_the_month_of_a_review_is_that_of_its_session(self, outlook: Outlook) -> None:
        """The 84th session met in March, beside the three of the year."""
        found = next_review(outlook, "COK")
        assert found and found.basis[0].startswith("It was last reviewed in March 2020")

    def test_no_review_on_record_is_said_so(self, dataset: Dataset) -> None:
        found = _next(dataset, "NRU", date(2010, 1, 1))
        assert found.last is None
        assert review_in_a_sentence(found, "Nauru").startswith("Nauru has no review on record; no next")

    def test_a_state_that_joined_and_was_not_reviewed_yet(self, dataset: Dataset) -> None:
        found = _next(dataset, "SSD", date(2019, 6, 1))
        assert found.last and found.last.sitting is None
        assert "since it joined the Convention in 2015" in found.basis[0]


class TestInHand:
    """What is on record of the next report, from the furthest it has come."""

    def test_an_initial_report_under_the_protocol(self, dataset: Dataset) -> None:
        found = _next(dataset, "IRN")
        assert found.of == "OPSC"
        assert found.in_hand and (found.in_hand.what, found.in_hand.since) == ("report", date(2021, 8, 3))
        assert "its initial report under the OPSC was received on 3 August 2021" in found.basis[0]
        assert "this one has waited" in found.basis[-1]

    def test_a_report_under_the_convention(self, dataset: Dataset) -> None:
        without = _next(dataset, "AUT")
        received = Report(treaty="CRC", kind="periodic", submitted=date(2024, 3, 1), procedure="standard")
        found = _next(_with(dataset, "AUT", received), "AUT")
        assert found.in_hand and found.in_hand.what == "report"
        assert found.likely.opens_by < without.likely.opens_by
        assert found.latest.opens_by < without.latest.opens_by

    def test_a_report_of_before_the_last_review_is_not_the_next(self, dataset: Dataset) -> None:
        old = Report(treaty="CRC", kind="periodic", submitted=date(2019, 3, 1), procedure="standard")
        assert _next(_with(dataset, "AUT", old), "AUT").in_hand is None

    def test_a_list_of_issues(self, dataset: Dataset) -> None:
        listed = Report(
            treaty="CRC", kind="periodic", procedure="standard",
            list_of_issues=ListOfIssues(adopted=date(2025, 10, 1), sources=("UNTC-2015",)),
        )  # fmt: skip
        found = _next(_with(dataset, "AUT", listed), "AUT")
        assert found.in_hand and found.in_hand.what == "list of issues"
        assert found.chance_passed_unseen > 0.6
        assert found.pre_session is None, "the list is adopted"
        assert "of 41 on record" in found.basis[-1]

    def test_a_list_of_issues_that_brought_no_dialogue_says_nothing(self, dataset: Dataset) -> None:
        listed = Report(
            treaty="CRC", kind="periodic", procedure="standard",
            list_of_issues=ListOfIssues(adopted=date(2022, 10, 1), sources=("UNTC-2015",)),
        )  # fmt: skip
        assert _next(_with(dataset, "AUT", listed), "AUT").in_hand is None

    def test_a_list_prior_to_reporting(self, dataset: Dataset) -> None:
        austria = dataset.states["AUT"]
        issued = ListOfIssuesPriorToReporting(adopted=date(2025, 10, 1), sources=("UNTC-2015",))
        state = replace(austria, lists_of_issues_prior_to_reporting=(issued,))
        changed = replace(dataset, states={**dataset.states, "AUT": state})
        found = _next(changed, "AUT")
        assert found.in_hand and found.in_hand.what == "list of issues prior to reporting"
        assert found.pre_session is None
        assert found.likely.opens_by < _next(dataset, "AUT").likely.opens_by
        assert found.chance_passed_unseen < 0.1, "a year for the report, and the first sessions after it"

    def test_a_programme(self, dataset: Dataset) -> None:
        named = Report(
            treaty="CRC", kind="periodic", procedure="standard",
            programme=Programme(session=102, known_on=date(2026, 1, 20), sources=("UNTC-2015",)),
        )  # fmt: skip
        outlook = Outlook(_with(dataset, "AUT", named), ENDS)
        found = next_review(outlook, "AUT")
        assert found and found.in_hand
        assert (found.in_hand.what, found.in_hand.session) == ("programme", 102)
        assert {found.earliest, found.likely, found.latest} == {outlook.sessions[1]}
        assert _next(outlook.dataset, "AUT", date(2026, 1, 19)).in_hand is None, "not known the day before"

    def test_a_review_that_was_not_concluded_is_postponed(self, dataset: Dataset) -> None:
        found = _next(dataset, "UGA")
        assert found.in_hand and (found.in_hand.what, found.in_hand.session) == ("postponed", 100)
        assert found.chance_passed_unseen == pytest.approx(0.75)
        before = _next(dataset, "UGA", date(2026, 1, 29)).in_hand
        assert before and before.what == "list of issues"

    def test_nothing_on_record_is_not_nothing_received(self, outlook: Outlook) -> None:
        found = next_review(outlook, "DEU")
        assert found
        assert "no next report is on record" in found.basis[0]
        assert not any("not received" in sentence or "not submitted" in sentence for sentence in found.basis)


class TestTheWorkingGroup:
    def test_under_the_standard_procedure_one_to_two_sessions_before(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, TODAY)
        found = next_review(outlook, "CHN")
        assert found and found.pre_session
        assert found.pre_session_for == "list of issues"
        before = [group for group in outlook.groups if group.opens_by < found.latest.opens_by]
        assert found.pre_session.latest == before[-1]
        before = [group for group in outlook.groups if group.opens_by < found.likely.opens_by]
        assert found.pre_session.likely == before[-2]

    def test_under_the_simplified_procedure_two_years_before(self, dataset: Dataset) -> None:
        outlook = Outlook(dataset, TODAY)
        found = next_review(outlook, "DEU")
        assert found and found.pre_session
        assert found.pre_session_for == "list of issues prior to reporting"
        years = (found.likely.opens_by - found.pre_session.likely.opens_by) / timedelta(days=365)
        assert years == pytest.approx(2, abs=0.35)

    def test_never_one_that_has_met(self, outlook: Outlook, dataset: Dataset) -> None:
        for iso3 in dataset.states:
            found = next_review(outlook, iso3)
            if found and found.pre_session:
                assert found.pre_session.earliest.opens_by > TODAY


class TestWhatWasKnown:
    """Nothing later than the day asked about is used."""

    @pytest.mark.parametrize(
        "day",
        [date(2006, 1, 27), date(2008, 5, 5), date(2014, 2, 1), date(2019, 3, 1), date(2020, 2, 20), date(2020, 6, 30),
         date(2022, 7, 7), date(2025, 9, 30)],
    )  # fmt: skip
    def test_a_record_cut_on_the_day_says_the_same(self, dataset: Dataset, past: Past, day: date) -> None:
        cut = _cut(dataset, day)
        whole, then = Outlook(dataset, day, past), Outlook(cut, day)
        assert whole.sessions == then.sessions
        assert whole.in_hand == then.in_hand
        assert whole.reviews == then.reviews
        for iso3 in dataset.states:
            assert next_review(whole, iso3) == next_review(then, iso3)
        for asked in (
            Receipt(received=day, procedure="standard"),
            Receipt(received=day, procedure="simplified"),
            Receipt(received=day - timedelta(days=700), procedure="standard"),
            Receipt(received=day - timedelta(days=700), procedure="standard", listed=day - timedelta(days=90)),
        ):
            assert forecast(whole, asked) == forecast(then, asked)

    def test_it_does_not_change_until_something_is_known(self, past: Past) -> None:
        """From one session's closing to the next: only a report received or a list changes anything."""
        days = [date(2019, 2, 2) + timedelta(days=n) for n in range(118)]
        states = past.proceedings.states
        steps = {day for course in states.courses for day in (course.received, course.listed)}
        steps |= {last_day(recorded) for _, recorded in states.loiprs}
        some = list(past.reviews(days[0], 40))[::20]
        told = [tuple(tuple(past.reviews(day, 40)[iso3]) for iso3 in some) for day in days]
        changes = {day for day, (before, after) in zip(days[1:], pairwise(told), strict=True) if before != after}
        assert changes
        assert changes <= steps
        assert past.reviews(date(2019, 5, 31), 40) != past.reviews(date(2019, 5, 30), 40)

    def test_a_day_before_the_record_has_an_answer(self, dataset: Dataset) -> None:
        for day in (date(1990, 1, 1), date(1995, 6, 1), date(2004, 1, 1)):
            outlook = Outlook(dataset, day)
            assert all(0 <= chance <= 1 for chances in outlook.reviews.values() for chance in chances)


def _cut(dataset: Dataset, day: date) -> Dataset:
    """The record as it was on a day."""
    closings = closings_of(dataset.sessions)
    return replace(
        dataset,
        as_of=RecordEnds(parties=day, committee=day),
        states={iso3: known_on(day, state, closings) for iso3, state in dataset.states.items()},
        sessions=meetings_known_on(day, dataset.sessions),
        pre_sessions=meetings_known_on(day, dataset.pre_sessions),
    )


class TestTheLoad:
    def test_before_the_record_nothing_is_assumed(self, past: Past) -> None:
        load = Load(past.proceedings, len(past.proceedings.sittings), past.moment(TODAY).over)
        first = past.proceedings.sittings_by(RECORD_BEGINS)
        held = [sitting.count for sitting in past.proceedings.sittings[first : first + 3]]
        assert [load.pace(FIRST_ON_RECORD + n) for n in range(3)] == [fmean(held[: n + 1]) for n in range(3)]
        assert load.pace(FIRST_ON_RECORD - 9) == load.pace(FIRST_ON_RECORD)
        assert load.load(FIRST_ON_RECORD) == load.load(LOAD_KNOWN_FROM) != load.load(LOAD_KNOWN_FROM + 1)

    def test_the_record_has_a_review_of_each_session_from_its_beginning(self, living: Dataset) -> None:
        """But of the two that met online without one, in 2020 and 2021."""
        sittings = [s for s in Proceedings(living).sittings if s.opened >= RECORD_BEGINS]
        assert [s.number for s in sittings] == [*range(23, 101)]
        assert [s.number for s in sittings if not s.count] == [85, 86]

    def test_a_published_count_fills_up_what_the_record_lacks(self, dataset: Dataset) -> None:
        count = ReviewCount(session=40, value=9, sources=("UNTC-2015",))
        proceedings = Proceedings(replace(dataset, review_counts=(count,)))
        (sitting,) = (s for s in proceedings.sittings if s.number == 40)
        assert sitting.count == 9 > len(proceedings.states.reviewed[40])

    def test_a_lost_session_slows_the_pace(self, past: Past) -> None:
        before, after = (past.moment(day) for day in (date(2025, 9, 29), date(2025, 10, 1)))
        assert after.load.pace(after.over) < before.load.pace(before.over)
        assert after.load.load(after.over) > before.load.load(before.over)

    def test_a_session_twice_in_a_slot_counts_there(self, past: Past) -> None:
        """The 84th, in Samoa, a month after the 83rd."""
        january = past.proceedings.slots[83]
        assert past.proceedings.slots[84] == january
        assert (
            past.moment(date(2020, 3, 6)).load.held(1, january)
            == past.moment(date(2020, 2, 7)).load.held(1, january) + 3
        )


class TestTurns:
    def test_the_class_is_by_reviews_of_others(self) -> None:
        assert [class_of(n) for n in (0, 59, 60, 139, 140, 240, 500)] == [0, 0, 1, 4, 5, 8, 8]
        assert len(CLASSES) + 1 == UNKNOWN

    def test_weights_rise_to_a_peak_and_fall_slowly(self, past: Past) -> None:
        *weights, unknown = past.moment(TODAY).turns.weights
        assert weights[:6] == sorted(weights[:6])
        assert max(weights) in weights[5:7]
        assert weights[0] < 0.1 * max(weights)
        assert min(weights[7:]) > 0.2
        assert unknown > 0

    def test_who_came_often_comes_again(self, past: Past) -> None:
        """What classes let expect is as much, over all States, as came under the Convention."""
        turns, of = past.moment(TODAY).turns, past.proceedings.states
        reviews = sum(len(found) for n, found in of.reviewed.items() if past.proceedings.opened[n] >= RECORD_BEGINS)
        assert sum(own.expected for own in turns.own.values()) == pytest.approx(reviews, rel=0.05)
        assert Own(3, 3.0).habit == 1.0 < Own(4, 3.0).habit
        assert Own(0, 3.0).habit < 1.0

    def test_a_report_under_a_protocol_counts_once_a_session(self, past: Past) -> None:
        austria = past.moment(TODAY).turns.own["AUT"]
        states = past.proceedings.states
        came = [number for number, found in states.came.items() if "AUT" in found]
        assert austria.sessions == len(came) > len(states.sessions["AUT"])

    def test_a_state_of_good_habit_comes_sooner(self, past: Past) -> None:
        moment = past.moment(TODAY)
        often = moment.turns.own["AUT"]._replace(sessions=moment.turns.own["AUT"].sessions + 3)
        changed = copy(moment)
        changed.turns = replace(moment.turns, own={**moment.turns.own, "AUT": often})
        hands = past.in_hand(TODAY, TODAY)
        before, after = (sum(Reviews(m, hands, 12)["AUT"]) for m in (moment, changed))
        assert before < after


# ── invented records ─────────────────────────────────────────────────────────────────────────────


def _invented(dataset: Dataset, seed: int) -> Dataset:
    """The sessions on record, with invented reviews and reports."""
    rnd = random.Random(seed)
    numbers = [s.number for s in dataset.sessions if s.number]
    kept = rnd.sample(list(dataset.states), rnd.choice((5, 60, 196)))
    states: dict[str, State] = {}
    for iso3 in kept:
        reviewed = sorted(rnd.sample(numbers, rnd.randint(0, 6)))
        reports = [
            Report(treaty="CRC", kind="periodic", review=Review(session=n, evidence="document", sources=()))
            for n in reviewed
        ]
        if rnd.random() < 0.3:
            year = Year(rnd.randint(2000, 2025))
            reports.append(Report(treaty="CRC", kind="periodic", submitted=year, procedure="standard"))
        if rnd.random() < 0.1:
            listed = ListOfIssues(adopted=Year(rnd.randint(2005, 2025)), sources=())
            reports.append(Report(treaty="CRC", kind="periodic", list_of_issues=listed, procedure="standard"))
        states[iso3] = replace(dataset.states[iso3], initial_report=None, reports=tuple(reports))
    return replace(dataset, states=states)


class TestInvented:
    """Whatever the record says, chances are chances."""

    @given(seed=st.integers(0, 10**6), day=st.dates(date(2006, 1, 1), date(2027, 12, 31)))
    @settings(max_examples=tries(40), deadline=None)
    def test_chances_are_chances(self, dataset: Dataset, seed: int, day: date) -> None:
        past = Past(_invented(dataset, seed))
        reviews: Mapping[str, object] = past.reviews(day, 40)
        moment, hands = past.moment(day), past.in_hand(day, day)
        chances = past.reviews(day, 40)
        assert reviews.keys() == moment.turns.last.keys()
        for of_state in chances.values():
            assert min(of_state) >= -1e-12
            assert sum(of_state) <= 1 + 1e-9
        most = max(PACES) * moment.load.pace(moment.over)
        for slot in range(40):
            in_hand = sum(chances[iso3][slot] for iso3 in hands)
            assert sum(of_state[slot] for of_state in chances.values()) <= max(most, in_hand) + 1e-9

    @given(seed=st.integers(0, 10**6), day=st.dates(date(2006, 1, 1), date(2025, 12, 31)))
    @settings(max_examples=tries(15), deadline=None)
    def test_a_past_day_knows_nothing_later(self, dataset: Dataset, seed: int, day: date) -> None:
        invented = _invented(dataset, seed)
        assert Past(invented).reviews(day, 40) == Past(_cut(invented, day)).reviews(day, 40)

    @given(seed=st.integers(0, 10**6), day=st.dates(date(2006, 1, 1), date(2027, 12, 31)))
    @settings(max_examples=tries(25), deadline=None)
    def test_every_state_has_an_answer(self, dataset: Dataset, seed: int, day: date) -> None:
        outlook = Outlook(_invented(dataset, seed), day)
        for iso3 in outlook.reviews:
            found = next_review(outlook, iso3)
            assert found
            assert day < found.earliest.opens_by <= found.likely.opens_by <= found.latest.opens_by
            assert found.chance_passed_unseen + sum(c for _, c in found.chances) + found.chance_later == pytest.approx(
                1
            )
            sentences = 3 if found.chance_passed_unseen >= PROBABLE else 2
            assert review_in_a_sentence(found, "It").count(".") == sentences


class TestMeasures:
    def test_an_outcome_that_has_not_come_counts_as_later(self) -> None:
        curve = Curve([0.1] * 10)
        assert curve.place(observed(4, 9)) == (pytest.approx(0.35), True)
        assert curve.place(observed(None, 6)) == (pytest.approx(0.6), False)
        assert (curve.early, curve.even, curve.late) == (1, 5, 9)

    def test_the_error_is_cut_where_the_record_ends(self) -> None:
        assert error(9, observed(None, 5)) == 0
        assert error(2, observed(None, 5)) == 3
        assert error(60, observed(50, 60)) == 0
        assert error(FARTHEST + 9, observed(20, 60)) == FARTHEST - 20

    def test_brier_is_the_mean_over_the_slots_seen(self) -> None:
        assert Curve([0.5, 0.5]).brier(observed(2, 2)) == pytest.approx((0.5**2 + 0) / 2)
        assert Curve([0.5, 0.5]).brier(observed(1, 2)) == pytest.approx((0.5**2 + 0) / 2)
        assert Curve([0.5, 0.5]).brier(observed(None, 2)) == pytest.approx((0.5**2 + 1) / 2)

    def test_calibration_of_the_calibrated(self) -> None:
        places = [((n + 0.5) / 1000, True) for n in range(1000)]
        assert calibration(places) == pytest.approx([n / 10 for n in range(1, 10)], abs=0.002)
        censored = [*places, *(((n + 0.5) / 1000, False) for n in range(0, 1000, 2))]
        assert calibration(censored)[0] < 0.1, "those not seen to the end are not counted as never"


def test_all_states_take_less_than_a_third_of_a_second(dataset: Dataset) -> None:
    """Ten times as long as it takes on a slow machine."""
    from time import process_time

    begun = process_time()
    outlook = Outlook(dataset, TODAY)
    found = [next_review(outlook, iso3) for iso3 in dataset.states]
    assert process_time() - begun < 0.3
    assert len(found) == 197


def test_slots_are_said_by_their_month(past: Past) -> None:
    assert slot_in_words(past.proceedings.slots[83]) == "January 2020"
