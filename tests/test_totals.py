"""What we conclude from a published total of overdue reports is true for every invented truth behind the record."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsc_cli.answers.audit import mismatches
from opsc_cli.answers.totals import LEEWAY, bounds_on, of_the_silent, overdue_totals, remark_on
from opsc_cli.record.dates import Month, Recorded, Year, years_after
from opsc_cli.record.records import Count, Dataset, MayBeCounted, OverdueTotal
from opsc_cli.record.state import Instrument, NotSubmitted, Report, Review, State
from tests.conftest import tries

DAY = date(2021, 5, 30)
CLOSINGS = {86: date(2021, 2, 5), 87: date(2021, 6, 4), 97: date(2024, 9, 13)}
SOURCES = ("CASE",)


# ── invented worlds ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Invented:
    """The true facts of a State, and its record, which may have fewer facts but no wrong ones."""

    due: date
    came: date | None
    listed_late_by: int
    """Days from the receipt until the secretariat lists it."""
    dated_off_by: int
    """Days by which the secretariat's due date differs."""
    left_out: bool
    """Whether the secretariat overlooks it although it is overdue."""
    record: State


EDGES = [DAY, years_after(DAY, -5), years_after(DAY, -10)]
near_an_edge = st.builds(lambda edge, off: edge + timedelta(off), st.sampled_from(EDGES), st.integers(-70, 70))
some_due = near_an_edge | st.dates(date(2007, 2, 1), date(2021, 8, 1))
some_receipt = st.integers(-40, 40).map(lambda off: DAY + timedelta(off)) | st.dates(date(2009, 1, 1), date(2023, 1, 1))


@st.composite
def invented(draw: st.DrawFn) -> Invented:
    due, came = draw(some_due), draw(st.none() | some_receipt | some_receipt)
    deposited = years_after(due, -2) - timedelta(30)
    not_before, not_after = draw(st.sampled_from([(0, 0), (0, 0), (0, 1), (20, 20), (0, 400), (400, 0)]))
    instrument = Instrument(kind="accession", deposited=deposited, sources=SOURCES)
    if not_before or not_after:
        bracket = {"earliest": deposited - timedelta(not_before), "latest": deposited + timedelta(not_after)}
        instrument = replace(instrument, deposited=None, **bracket)
    return Invented(
        due=due,
        came=came,
        listed_late_by=draw(st.integers(0, LEEWAY - 1)),
        dated_off_by=draw(st.integers(3 - LEEWAY, LEEWAY - 3)),
        left_out=draw(st.integers(0, 4)) == 0,
        record=State(instrument=instrument, initial_report=draw(what_is_on_record(came))),
    )


@st.composite
def what_is_on_record(draw: st.DrawFn, came: date | None) -> Report | None:
    """All of the truth, a part of it, or nothing."""
    submitted: list[Recorded | None] = [None]
    reviews: list[Review | None] = [None]
    spoken = draw(st.none() | st.integers(-40, 400).map(lambda off: DAY + timedelta(off)))
    if came:
        submitted += [came, came, came, Month(came.year, came.month), Year(came.year)]
        held = [number for number, closed in CLOSINGS.items() if closed > came]
        reviews += [Review(session=number, evidence="document", sources=SOURCES) for number in held]
        spoken = spoken and min(spoken, came - timedelta(1))
    by = draw(st.sampled_from(["committee", "secretariat", "state", "press"]))
    said = NotSubmitted(as_of=spoken, asserted_by=by, sources=SOURCES) if spoken else None  # type: ignore[arg-type]
    return Report(
        submitted=draw(st.sampled_from(submitted)),
        review=draw(st.sampled_from(reviews)),
        not_submitted=(said,) if said else (),
    )


PARTS = [(None, None), (10, None), (5, 10), (None, 5)]


def _is_counted(state: Invented, over: int | None, up_to: int | None) -> bool:
    """Whether the secretariat counts the State on DAY, with its own dates, list and oversights."""
    dated = state.due + timedelta(state.dated_off_by)
    has_come = state.came is not None and state.came + timedelta(state.listed_late_by) <= DAY
    for_so_long = dated < years_after(DAY, -(over or 0)) and not (up_to and dated < years_after(DAY, -up_to))
    return for_so_long and not has_come and not state.left_out


@given(
    st.lists(invented(), min_size=4, max_size=12),
    st.sampled_from(PARTS),
    st.dates(DAY, date(2026, 1, 30)),
)
@settings(max_examples=tries(150), deadline=None)
def test_no_bound_is_ever_violated(world: list[Invented], part: tuple[int | None, int | None], asked: date) -> None:
    counted = {f"S{n:02}" for n, state in enumerate(world) if _is_counted(state, *part)}
    if not counted:
        return
    count = Count(
        of="initial-reports-overdue",
        on=DAY,
        value=len(counted),
        over_years=part[0],
        up_to_years=part[1],
        sources=SOURCES,
    )
    states = {f"S{n:02}": state.record for n, state in enumerate(world)}
    (total,) = overdue_totals(states, [count], CLOSINGS, date.max)
    assert counted <= {may.iso3 for may in total.may_count}
    bounds = bounds_on(asked, total)
    assert bounds.least <= len(counted & set(bounds.silent)) <= bounds.most


# ── the arithmetic by itself ─────────────────────────────────────────────────────────────────────


def _total(value: int, silent: int, known_missing: int, uncertain: int) -> OverdueTotal:
    may = [
        *(MayBeCounted(iso3=f"S{n:02}", surely_due=True, known_missing_from=None) for n in range(silent)),
        *(MayBeCounted(iso3=f"K{n:02}", surely_due=True, known_missing_from=DAY) for n in range(known_missing)),
        *(MayBeCounted(iso3=f"U{n:02}", surely_due=False, known_missing_from=None) for n in range(uncertain)),
    ]
    count = Count(of="initial-reports-overdue", on=DAY, value=value, sources=SOURCES)
    return OverdueTotal(count=count, may_count=tuple(may))


@given(*(st.integers(0, 6),) * 3, st.data())
def test_the_bounds_are_the_best_that_the_total_allows(
    silent: int, known: int, unsure: int, data: st.DataObject
) -> None:
    """Whom a total counts is free, but for its number: each of the two bounds is reached by some choice of States."""
    total = _total(data.draw(st.integers(1, 18)), silent, known, unsure)
    possible = [n for n in range(silent + 1) if 0 <= total.count.value - n <= known + unsure]
    bounds = bounds_on(DAY, total)
    if possible:
        assert (bounds.least, bounds.most) == (min(possible), max(possible))
    else:
        assert bounds.least > bounds.most, "the record has no room for the total"
        assert not bounds.tell_something


def test_a_total_that_says_nothing_is_not_quoted() -> None:
    assert remark_on("S00", DAY, [_total(1, silent=1, known_missing=1, uncertain=0)]) is None
    assert remark_on("S00", DAY, [_total(9, silent=1, known_missing=1, uncertain=0)]) is None
    assert remark_on("S00", DAY, [_total(2, silent=1, known_missing=1, uncertain=0)])


def test_of_two_totals_the_later_one_is_quoted() -> None:
    earlier, later = (_total(2, silent=2, known_missing=0, uncertain=0) for _ in range(2))
    later = replace(later, count=replace(later.count, on=date(2023, 1, 31)))
    asked = {day: remark_on("S00", day, [earlier, later]) for day in (date(2023, 1, 30), date(2023, 1, 31))}
    assert [remark.text.partition(" the")[0] for remark in asked.values() if remark] == [
        "On 30 May 2021",
        "On 31 January 2023",
    ]


def test_in_words() -> None:
    said = {
        (1, 1, 0): "The only State whose report was due and on whose submission this record is silent for that day was",
        (2, 2, 0): "both were",
        (3, 3, 0): "all 3 were",
        (2, 4, 2): "at most 2 were",
        (3, 4, 2): "at least 1 and at most 3 were",
        (5, 4, 2): "at least 3 were",
        (2, 4, 0): "exactly 2 were",
        (1, 4, 0): "exactly 1 was",
    }
    for (value, silent, uncertain), words in said.items():
        total = _total(value, silent, 0, uncertain)
        assert f"{words} counted." in of_the_silent(total.count, bounds_on(DAY, total))


def test_the_audit_sets_a_total_beside_what_the_record_has_room_for(dataset: Dataset) -> None:
    fits, does_not = (
        _total(3, silent=2, known_missing=2, uncertain=0),
        _total(1, silent=0, known_missing=2, uncertain=0),
    )
    found = mismatches(replace(dataset, counts=(), overdue_totals=(fits, does_not)))
    assert [(m.about, m.subject, m.computed, m.published, bool(m.explained)) for m in found[:2]] == [
        ("initial reports overdue", "2021-05-30", "2 to 4", "3", True),
        ("initial reports overdue", "2021-05-30", "2 to 2", "1", False),
    ]
