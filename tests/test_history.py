"""The answers over a span of time equal the answers asked day by day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsc_cli.answers import history, standings
from opsc_cli.answers.answer import answer_to
from opsc_cli.answers.history import AnswerSpan, spans_of, timeless
from opsc_cli.answers.stats import Totals, count_on, days_between, regions_on, totals_on, totals_over
from opsc_cli.law.standing import Standing, asked_on
from opsc_cli.record.records import Dataset
from tests.commands import frozen_dataset
from tests.conftest import installed_in, tries

FIRST, LAST = date(2000, 1, 1), date(2029, 12, 31)
DATASET = frozen_dataset()
SPANS: dict[str, list[AnswerSpan]] = {}

some_state = st.sampled_from(list(DATASET.states))
some_day = st.dates(min_value=FIRST, max_value=LAST)


def _spans(iso3: str) -> list[AnswerSpan]:
    if iso3 not in SPANS:
        SPANS[iso3] = list(spans_of(DATASET.states[iso3], asked_on(FIRST, DATASET), LAST))
    return SPANS[iso3]


@given(some_state, some_day)
@settings(max_examples=tries(400), deadline=None)
def test_the_span_of_a_day_has_the_answer_of_that_day(iso3: str, day: date) -> None:
    span = next(s for s in _spans(iso3) if s.first <= day <= s.last)
    assert timeless(span.answer) == timeless(answer_to(asked_on(day, DATASET), DATASET.states[iso3]))


@given(some_state)
@settings(max_examples=tries(60), deadline=None)
def test_the_answer_changes_where_a_span_begins_and_nowhere_else(iso3: str) -> None:
    state = DATASET.states[iso3]
    for before, after in pairwise(_spans(iso3)):
        assert after.first == before.last + timedelta(days=1)
        eve, day = (answer_to(asked_on(d, DATASET), state) for d in (before.last, after.first))
        assert timeless(eve) == timeless(before.answer)
        assert timeless(day) == timeless(after.answer)
        assert timeless(eve) != timeless(day)


def test_spans_cover_everything() -> None:
    for iso3 in DATASET.states:
        spans = _spans(iso3)
        assert (spans[0].first, spans[-1].last) == (FIRST, LAST)


def test_the_work_is_linear_in_the_facts() -> None:
    """A State's answer changes a few dozen times in thirty years, not eleven thousand times."""
    assert max(len(_spans(iso3)) for iso3 in DATASET.states) < 40


def _day_by_day(dataset: Dataset, day: date) -> tuple[int, int, int, dict[str, int]]:
    asked = asked_on(day, dataset)
    answers = [answer_to(asked, state) for state in dataset.states.values()]
    by_standing = {s: sum(1 for a in answers if a.standing == s) for s in get_args(Standing)}
    return (
        sum(1 for a in answers if a.known.instrument),
        sum(1 for a in answers if a.status == "party"),
        sum(1 for a in answers if a.is_late),
        by_standing,
    )


def _in_short(totals: Totals) -> tuple[int, int, int, dict[str, int]]:
    return totals.deposits, totals.in_force, sum(totals.late_by.values()), totals.by_standing


@given(st.lists(some_day, min_size=1, max_size=3, unique=True))
@settings(max_examples=tries(12), deadline=None)
def test_totals_in_one_pass_equal_totals_day_by_day(days: list[date]) -> None:
    ordered = tuple(sorted(days))
    for totals in totals_over(DATASET, ordered):
        assert _in_short(totals) == _day_by_day(DATASET, totals.on)


def test_an_installation_reads_the_totals_of_its_own_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = replace(DATASET, states=dict(list(DATASET.states.items())[::9]))
    days = days_between(date(1999, 12, 1), date(2033, 1, 1), "month")
    expected = list(totals_over(some, days)), regions_on(some, days[-1])
    installed = installed_in(tmp_path, some, standings.files(some))
    monkeypatch.delattr(history, "answers_over")
    assert (list(totals_over(installed, days)), regions_on(installed, days[-1])) == expected
    assert replace(installed, counts=()).installed is None


def test_totals_are_the_counts(dataset: Dataset) -> None:
    states = dataset.states.values()
    for day in (date(2001, 12, 31), date(2008, 3, 4), date(2008, 3, 31), date(2021, 6, 30), date(2026, 1, 30)):
        totals = totals_on(dataset, day)
        assert totals.deposits == count_on(states, "deposits", day)
        assert totals.in_force == count_on(states, "in-force", day)
        assert totals.signatures == count_on(states, "signatures", day)
        assert totals.in_force + totals.pending + totals.signatory_only + totals.none + totals.denounced == 197
        assert sum(totals.by_standing.values()) == 197


def test_a_series_ends_on_its_last_day_and_months_do_not_drift() -> None:
    days = days_between(date(2001, 1, 31), date(2001, 5, 15), "month")
    assert days == (date(2001, 1, 31), date(2001, 2, 28), date(2001, 3, 31), date(2001, 4, 30), date(2001, 5, 15))
    assert days_between(LAST, LAST, "day") == (LAST,)
