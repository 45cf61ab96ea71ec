"""The only date arithmetic in the project, with periods.py.

A treaty counts in calendar steps: "one month after" 31 January is the last day of February, because the shorter month
has no such day; a second step starts where the first one ended. So every step has a named function here, and no rule
adds months or years by itself.

If the record has only a month or a year, it is a `Month` or a `Year`, not a date with an invented day 1. Each has a
first and a last day, so that a rule says which of the two it uses.
"""

from datetime import date, timedelta
from functools import cache

from opsc_cli.months import words_of
from opsc_cli.periods import months_after
from opsc_cli.record.frozen import Frozen


class Month(Frozen, kw_only=False):
    """A calendar month, if the record has no day."""

    year: int
    month: int

    def first(self) -> date:
        return date(self.year, self.month, 1)

    def last(self) -> date:
        return one_month_after(self.first()) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Year(Frozen, kw_only=False):
    """A calendar year, if the record has neither day nor month."""

    year: int

    def first(self) -> date:
        return date(self.year, 1, 1)

    def last(self) -> date:
        return date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year:04d}"


Recorded = date | Month | Year


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The range of years accepted: enough for every treaty here and for every date computed from it."""


@cache
def parse_day(text: str, first: date = date(FIRST_YEAR, 1, 1), last: date = date(LAST_YEAR, 12, 31)) -> date:
    """Raises ValueError unless `text` is exactly YYYY-MM-DD and a day of the calendar from `first` to `last`."""
    digits = text[:4] + text[5:7] + text[8:]
    if not (len(text) == 10 and text[4] == text[7] == "-" and digits.isascii() and digits.isdecimal()):
        raise ValueError("expected a day written YYYY-MM-DD")
    try:
        day = date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None
    if not first <= day <= last:
        raise ValueError(f"expected a day from {first} to {last}")
    return day


def parse_recorded(text: str) -> Recorded:
    """Raises ValueError unless `text` is YYYY-MM-DD, YYYY-MM or YYYY."""
    if len(text) == 4:
        return Year(parse_day(text + "-01-01").year)
    if len(text) == 7 and text[4] == "-" and (text[:4] + text[5:]).isdecimal():
        month = parse_day(text + "-01")
        return Month(month.year, month.month)
    if len(text) == 10 and text[4] == text[7] == "-":
        return parse_day(text)
    raise ValueError("expected a day written YYYY-MM-DD, a month YYYY-MM or a year YYYY")


def first_day(recorded: Recorded) -> date:
    return recorded if isinstance(recorded, date) else recorded.first()


def last_day(recorded: Recorded) -> date:
    """The last day that the date can mean; from that day it counts as known."""
    return recorded if isinstance(recorded, date) else recorded.last()


def between(first: date, last: date) -> Recorded | None:
    """The day, month or year that runs from `first` to `last`; None if there is none."""
    whole: tuple[Recorded, ...] = (first, Month(first.year, first.month), Year(first.year))
    return next((recorded for recorded in whole if (first_day(recorded), last_day(recorded)) == (first, last)), None)


@cache
def one_month_after(day: date) -> date:
    """The same day number in the next month, or the last day of a month that has no such day."""
    return months_after(day, 1)


@cache
def three_months_after(day: date) -> date:
    """The same day number three months later, or the last day of a month that has no such day."""
    return months_after(day, 3)


@cache
def years_after(day: date, years: int) -> date:
    """The anniversary of `day`; for 29 February, 28 February in a year without one."""
    return months_after(day, 12 * years)


def thirtieth_day_after(day: date) -> date:
    return day + timedelta(days=30)


def overlap(one: Recorded, other: Recorded) -> bool:
    """Whether a day can belong to both."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def days_from(start: date, end: date) -> int:
    """Days from `start` to `end`; negative if `end` is earlier."""
    return (end - start).days


def whole_months(start: date, end: date) -> int:
    """The most months that can be added to `start` without passing `end`, which is not earlier."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return months if months_after(start, months) <= end else months - 1


def in_words(recorded: Recorded) -> str:
    """6 June 2004, June 2004 or 2004."""
    if isinstance(recorded, Year):
        return words_of(recorded.year)
    return words_of(recorded.year, recorded.month, None if isinstance(recorded, Month) else recorded.day)
