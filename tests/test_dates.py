"""The arithmetic against a second oracle: the standard library's calendar."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsc_cli.record.dates import (
    Month,
    Year,
    between,
    days_from,
    first_day,
    in_words,
    last_day,
    one_month_after,
    parse_day,
    parse_recorded,
    thirtieth_day_after,
    three_months_after,
    whole_months,
    years_after,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2190, 12, 31))


def _months_later(day: date, months: int) -> date:
    """The oracle: the same day number, or the last day of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class TestMonths:
    """One month is one calendar month, same day number, not 30 days; a missing day becomes the month's last."""

    @given(days)
    def test_one_month(self, day: date) -> None:
        assert one_month_after(day) == _months_later(day, 1)

    @given(days)
    def test_three_months(self, day: date) -> None:
        assert three_months_after(day) == _months_later(day, 3)

    @given(days, st.integers(min_value=1, max_value=9))
    def test_years(self, day: date, years: int) -> None:
        assert years_after(day, years) == _months_later(day, 12 * years)

    @given(days)
    def test_no_stickiness_at_the_end_of_a_month(self, day: date) -> None:
        after = one_month_after(day)
        assert after.day == day.day or (after + timedelta(days=1)).day == 1

    @given(days, days)
    def test_order_is_kept(self, one: date, other: date) -> None:
        earlier, later = sorted((one, other))
        assert one_month_after(earlier) <= one_month_after(later)
        assert years_after(one_month_after(earlier), 2) <= years_after(one_month_after(later), 2)

    @given(days, st.integers(min_value=0, max_value=20_000))
    def test_whole_months(self, start: date, days_later: int) -> None:
        end = min(start + timedelta(days=days_later), date(2190, 12, 31))
        months = whole_months(start, end)
        assert _months_later(start, months) <= end < _months_later(start, months + 1)

    def test_two_steps_are_not_one(self) -> None:
        """Entry into force comes first and is counted from: 31 January 2010 + 25 months is another day."""
        assert years_after(one_month_after(date(2028, 1, 29)), 2) == date(2030, 2, 28)


@given(days)
def test_thirty_days_are_not_a_month(day: date) -> None:
    assert days_from(day, thirtieth_day_after(day)) == 30


@given(days)
def test_a_day_reads_back(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_recorded(str(day)) == day
    assert first_day(day) == last_day(day) == day


@pytest.mark.parametrize(
    "text",
    ["86400", "2004-6-6", "2004-06-31", "20040606", "2004-06-06T00:00", "2004/06/06", " 2004-06-06", "２００４-06-06",
     "0000-01-01", "-004-06-06", "today", "2004-06-0", "2004-W23-1", ""],
)  # fmt: skip
def test_what_is_not_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2004-13", "2004-00", "04", "2004-1", "20x4", "0000", "2004-06-31", "٢٠٠٤"])
def test_what_is_not_a_recorded_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|calendar"):
        parse_recorded(text)


def test_a_month_and_a_year_have_two_ends() -> None:
    assert (first_day(Month(2024, 2)), last_day(Month(2024, 2))) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first_day(Year(2024)), last_day(Year(2024))) == (date(2024, 1, 1), date(2024, 12, 31))
    assert parse_recorded("2007-03") == Month(2007, 3)
    assert parse_recorded("2005") == Year(2005)
    assert [in_words(d) for d in (date(2004, 6, 6), Month(2007, 3), Year(2005))] == [
        "6 June 2004",
        "March 2007",
        "2005",
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2190, 12, 31)))
def test_the_ends_of_a_day_a_month_and_a_year_are_known_again(day: date) -> None:
    for recorded in (day, Month(day.year, day.month), Year(day.year)):
        assert between(first_day(recorded), last_day(recorded)) == recorded
    assert between(day, day + timedelta(days=400)) is None
