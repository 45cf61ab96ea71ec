"""`opsc timeline`: what happened and what is to come lies where it belongs, and nothing unknown looks known."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from opsc_cli.answers.position import positions
from opsc_cli.answers.timeline import BEGINS, Event, Timeline, timelines
from opsc_cli.law.authority import Certainty
from opsc_cli.law.committee import PRINTED_ON_THE_REPORT
from opsc_cli.record.records import Dataset
from opsc_cli.render.parts import Mark, Years
from opsc_cli.render.screen import drawn
from opsc_cli.render.terminal import Screen
from opsc_cli.render.timeline import timeline_listing
from opsc_cli.render.years import BAND, LIKELY, OPEN, UNSURE, drawn_years
from tests.commands import opsc
from tests.conftest import sample, with_invented
from tests.terminal import on_a_terminal
from tests.test_command import DAY

DAYS = [date(2026, 11, 21), date(2010, 6, 1), date(2001, 1, 1), date(1990, 1, 1)]
ON = DAYS[0]
FACTS = ("signed", "deposited", "denounced", "received", "reviewed")


def _timelines(dataset: Dataset, *iso3s: str, day: date = ON) -> tuple[Timeline, ...]:
    return tuple(timelines(positions(dataset, day, iso3s or tuple(dataset.states)), dataset))


def _lines(dataset: Dataset, *iso3s: str, columns: int = 80) -> list[str]:
    return drawn(timeline_listing(_timelines(dataset, *iso3s)).parts(), Screen(columns, False)).splitlines()


def _found(timeline: Timeline, what: str, treaty: str) -> list[Event]:
    return [event for event in timeline.events if (event.what, event.treaty) == (what, treaty)]


# ── what is on it ────────────────────────────────────────────────────────────────────────────────


def test_austria_has_what_is_on_record_and_what_the_articles_give(dataset: Dataset) -> None:
    (austria,) = _timelines(dataset, "AUT")
    (signed,) = _found(austria, "signed", "OPSC")
    assert (signed.first, signed.last, signed.certainty) == (date(2000, 9, 6), date(2000, 9, 6), None)
    (in_force,) = _found(austria, "in-force", "OPSC")
    assert (in_force.first, in_force.authority, in_force.certainty) == (
        date(2004, 6, 6),
        "OPSC art. 14(2)",
        Certainty.TREATY,
    )
    (due,) = _found(austria, "due", "OPSC")
    assert (due.first, due.authority, due.certainty) == (date(2006, 6, 6), "OPSC art. 12(1)", Certainty.TREATY)
    (term,) = _found(austria, "treaty-term", "CRC")
    assert (term.first, term.authority, term.certainty) == (
        date(2024, 9, 5),
        "CRC art. 44(1)(b)",
        Certainty.PRACTICE,
    )
    assert [event.session for event in _found(austria, "reviewed", "CRC")] == [38, 61, 83]
    (review,) = _found(austria, "next-review", "CRC")
    assert review.to_come and review.certainty is Certainty.PROJECTION


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_event_lies_within_its_line_and_says_why(dataset: Dataset, day: date) -> None:
    for timeline in _timelines(dataset, day=day):
        dated = [event for event in timeline.events if event.first]
        assert list(timeline.events[: len(dated)]) == dated, timeline.iso3
        assert [event.first for event in dated] == sorted(event.first for event in dated if event.first)
        for event in dated:
            assert event.first
            last = event.last or timeline.ends
            assert BEGINS <= event.first <= last <= timeline.ends, (timeline.iso3, event)
            assert event.to_come == (event.last is None or event.last > day), (timeline.iso3, event)
            assert event.sources or event.what == "next-review", (timeline.iso3, event)
            assert event.what in FACTS or (event.authority and event.because)
            is_fact = event.what in FACTS or event.authority == PRINTED_ON_THE_REPORT.short
            assert is_fact == (event.certainty is None), (timeline.iso3, event)
        for event in timeline.events[len(dated) :]:
            assert event.because and event.last is None and not event.to_come, (timeline.iso3, event)
        assert len(set(timeline.events)) == len(timeline.events)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_fact_is_told_before_it_was_known(dataset: Dataset, day: date) -> None:
    for timeline in _timelines(dataset, day=day):
        assert not [event for event in timeline.events if event.what in FACTS and event.to_come]


def test_a_year_printed_on_a_report_is_not_said_to_be_set_by_the_committee(dataset: Dataset) -> None:
    """The cover of a report of the 1990s prints its treaty term."""
    (united_states,) = _timelines(dataset, "USA")
    printed = [event for event in _found(united_states, "due", "OPSC") if event.certainty is None and event.first]
    assert [(event.first, event.last) for event in printed] == [
        (date(2010, 1, 1), date(2010, 12, 31)),
        (date(2016, 1, 1), date(2016, 12, 31)),
    ]


def test_only_a_forecast_is_open_or_a_projection(dataset: Dataset) -> None:
    for timeline in _timelines(dataset):
        for event in timeline.events:
            is_forecast = event.what == "next-review"
            assert is_forecast or event.certainty is not Certainty.PROJECTION
            assert is_forecast or (event.first is None) == (event.last is None)
            assert is_forecast == (event.review is not None)


def test_a_report_of_which_the_day_is_unknown_is_named_and_not_drawn(dataset: Dataset) -> None:
    (serbia,) = _timelines(dataset, "SRB")
    assert all(event.first is None for event in serbia.events if event.what == "received")
    lines = _lines(dataset, "SRB", columns=200)
    assert not [line for line in lines if line.startswith("received")]
    assert any(line.startswith("Without a day: receipt of the initial report under the OPSC;") for line in lines)


def test_a_treaty_term_is_never_called_due(dataset: Dataset) -> None:
    for timeline in _timelines(dataset):
        for event in timeline.events:
            is_term = event.first is not None and (event.authority or "").startswith("CRC art. 44(1)")
            assert is_term == (event.what == "treaty-term"), (timeline.iso3, event)


def test_an_invented_state_with_nothing_on_record_has_an_empty_line(dataset: Dataset) -> None:
    (invented,) = _timelines(with_invented(dataset, {}), "ZZZ")
    assert invented.events == ()
    assert "Invented State" in drawn(timeline_listing([invented]).parts(), Screen(80, False))


def test_a_denunciation_says_when_it_takes_effect(dataset: Dataset) -> None:
    acts = {
        "instrument": {"kind": "accession", "deposited": "2004-05-06", "sources": ["UNTC-2015"]},
        "denunciation": {"received": "2010-03-01", "sources": ["UNTC-2015"]},
    }
    (invented,) = _timelines(with_invented(dataset, acts), "ZZZ")
    (denounced,) = _found(invented, "denounced", "OPSC")
    assert (denounced.first, denounced.authority, denounced.certainty) == (date(2010, 3, 1), "OPSC art. 15", None)
    assert denounced.because == "takes effect on 1 March 2011"
    shown = drawn(timeline_listing([invented]).parts(), Screen(80, False))
    assert "1 March 2010" in shown and "denunciation of the OPSC" in shown


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("columns", sample([60, 80, 120], 3))
def test_no_line_is_wider_than_the_screen(dataset: Dataset, columns: int) -> None:
    for line in _lines(dataset, columns=columns):
        assert cell_len(line) <= columns, line


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_terminal_shows_it_in_its_width(columns: int) -> None:
    written = on_a_terminal(f"opsc timeline USA Norway -q {' '.join(DAY)}", columns=columns)
    assert max(map(cell_len, written.splitlines())) <= columns
    assert "1990" in written and "2030" in written
    assert {"signed", "deposited", "in", "due", "received", "reviewed"} <= set(written.split())


def test_several_states_share_one_axis(dataset: Dataset) -> None:
    axes = {line for line in _lines(dataset, "AUT", "SRB", "USA") if "1990" in line}
    assert len(axes) == 1
    alone = {line for line in _lines(dataset, "USA") if "1990" in line}
    assert alone != axes


def test_a_letter_stands_below_its_year(dataset: Dataset) -> None:
    lines = _lines(dataset, "AUT")
    start = next(line for line in lines if "1990" in line).index("1990")
    for label, letter, year in (("signed", "C", 1990), ("in force", "P", 2004), ("due", "P", 2006), ("due", "t", 2024)):
        lane = next(line for line in lines if line.startswith(label))
        assert lane[start + year - 1990] == letter, (label, year)


def test_what_is_estimated_has_signs_of_its_own(dataset: Dataset) -> None:
    lines = _lines(dataset, "AUT")
    (axis,) = [line for line in lines if "▼┄" in line]
    today = axis.index("▼")
    reviewed = next(line for line in lines if line.startswith("reviewed"))
    assert set(reviewed[10:today]) == {" ", "C", "P"}
    assert set(reviewed[today + 1 :]) == {" ", BAND, LIKELY}
    open_ended = next(line for line in _lines(dataset, "CHN") if line.startswith("reviewed"))
    assert {BAND, LIKELY, OPEN} <= set(open_ended)
    assert "┄" in axis[today:] and "┄" not in axis[:today]


def test_two_treaties_in_one_place_are_both_told() -> None:
    marks: list[Mark] = [_mark(2004.1, 2004.2, letter) for letter in "CP"]
    *_, lane = drawn_years(_years(marks), 80)
    assert lane[10:].strip(" │") == "B"
    marks.append(_mark(2004.1, 2004.2, "t"))
    *_, lane = drawn_years(_years(marks), 80)
    assert lane[10:].strip(" │") == "*"


def test_one_year_without_a_decade_is_named() -> None:
    years: Years = {**_years([]), "first": 1989, "last": 1989, "today": 1989.9}
    assert next(iter(drawn_years(years, 80))).split() == ["1989"]


def test_the_days_of_a_window_are_not_drawn_as_known() -> None:
    *_, lane = drawn_years(_years([_mark(2004.1, 2006.2, "P")]), 80)
    assert lane[10:].strip(" │") == f"P{UNSURE}{UNSURE}"


def _mark(first: float, last: float | None, glyph: str, likely: float | None = None) -> Mark:
    return {"first": first, "last": last, "glyph": glyph, "likely": likely}


def _years(marks: list[Mark]) -> Years:
    return {"kind": "years", "first": 1989, "last": 2038, "today": 2026.9, "lanes": [("lane", marks)]}


_WHEN = st.floats(min_value=1989, max_value=2038.99)


@given(
    first=_WHEN, more=st.floats(min_value=0, max_value=5), glyph=st.sampled_from("CPcpt"), columns=st.integers(24, 300)
)
def test_a_mark_is_never_lost(first: float, more: float, glyph: str, columns: int) -> None:
    *axis, lane = drawn_years(_years([_mark(first, min(first + more, 2038.99), glyph)]), columns)
    assert all(len(line) <= columns for line in (*axis, lane))
    assert glyph in lane[10:]


@given(first=_WHEN, columns=st.integers(24, 300))
def test_an_open_range_goes_to_the_end(first: float, columns: int) -> None:
    _, axis, lane = drawn_years(_years([_mark(first, None, BAND)]), columns)
    assert lane.endswith(OPEN) and len(lane) == len(axis)


# ── for programs ─────────────────────────────────────────────────────────────────────────────────


def test_rows_and_json_say_the_same() -> None:
    rows = opsc("timeline", "Austria", "Nepal", *DAY, "--format", "tsv").stdout.splitlines()
    header = rows[0].split("\t")
    (austria, nepal) = json.loads(opsc("timeline", "Austria", "Nepal", *DAY, "--json").stdout)["timelines"]
    assert (austria["first_year"], austria["last_year"]) == (1989, nepal["last_year"])
    events = [(line["iso3"], event) for line in (austria, nepal) for event in line["events"]]
    for row, (iso3, event) in zip(rows[1:], events, strict=True):
        cells = dict(zip(header, row.split("\t"), strict=True))
        assert cells["iso3"] == iso3
        assert (cells["what"], cells["first"], cells["last"]) == (
            event["what"],
            event["first"] or "",
            event["last"] or "",
        )


def test_the_day_before_a_deposit_is_known_nothing_is_drawn(dataset: Dataset) -> None:
    day = date(2004, 5, 6) - timedelta(days=1)
    (before,) = _timelines(dataset, "AUT", day=day)
    assert not _found(before, "deposited", "OPSC")
    assert not _found(before, "in-force", "OPSC")
