"""The only date arithmetic in the project.

A treaty counts in calendar steps: "one month after" 31 January is the last day of February, because
the shorter month lacks the day; and a second step starts from where the first one ended. So every
step has a name here, and no other module adds months or years.

What the record holds may be less than a day: a `Month` or a `Year` is not a date with an invented
day 1. Each knows its first and its last day, so that a rule can say which of the two it means.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from opsc_cli.months import words_of


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month: all that is on record of a day in it."""

    year: int
    month: int

    def first(self) -> date:
        return date(self.year, self.month, 1)

    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year: all that is on record of a day in it."""

    year: int

    def first(self) -> date:
        return date(self.year, 1, 1)

    def last(self) -> date:
        return date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year:04d}"


Recorded = date | Month | Year
"""A date as the record has it: a day, a month or a year."""


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that a date can be of: enough for every treaty here, and for every sum of years made with them."""


def parse_day(text: str) -> date:
    """`text` as a day. Raises ValueError unless it is exactly YYYY-MM-DD and a day of the calendar."""
    digits = text[:4] + text[5:7] + text[8:]
    if not (len(text) == 10 and text[4] == text[7] == "-" and digits.isascii() and digits.isdecimal()):
        raise ValueError("expected a day written YYYY-MM-DD")
    try:
        day = date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"expected a day of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def parse_recorded(text: str) -> Recorded:
    """`text` as a day, a month or a year. Raises ValueError unless YYYY-MM-DD, YYYY-MM or YYYY."""
    if len(text) == 4:
        return Year(parse_day(text + "-01-01").year)
    if len(text) == 7 and text[4] == "-" and (text[:4] + text[5:]).isdecimal():
        month = parse_day(text + "-01")
        return Month(month.year, month.month)
    if len(text) == 10 and text[4] == text[7] == "-":
        return parse_day(text)
    raise ValueError("expected a day written YYYY-MM-DD, a month YYYY-MM or a year YYYY")


def first_day(recorded: Recorded) -> date:
    """The first day that the recorded date can mean."""
    return recorded if isinstance(recorded, date) else recorded.first()


def last_day(recorded: Recorded) -> date:
    """The last day that the recorded date can mean: the day from which it counts as known."""
    return recorded if isinstance(recorded, date) else recorded.last()


def between(first: date, last: date) -> Recorded | None:
    """The day, the month or the year that lies from `first` to `last`; None where that is none of them."""
    whole: tuple[Recorded, ...] = (first, Month(first.year, first.month), Year(first.year))
    return next((recorded for recorded in whole if (first_day(recorded), last_day(recorded)) == (first, last)), None)


def one_month_after(day: date) -> date:
    """The same day number in the next month; the month's last day where it has no such number."""
    return day + relativedelta(months=1)


def three_months_after(day: date) -> date:
    """The same day number three months on; that month's last day where it has no such number."""
    return day + relativedelta(months=3)


def years_after(day: date, years: int) -> date:
    """The anniversary of `day` after whole `years`; 28 February for a 29 February where there is none."""
    return day + relativedelta(years=years)


def thirtieth_day_after(day: date) -> date:
    """The thirtieth day after `day`, counted in days."""
    return day + timedelta(days=30)


def days_from(start: date, end: date) -> int:
    """How many days lie from `start` to `end`; negative where `end` is earlier."""
    return (end - start).days


def whole_months(start: date, end: date) -> int:
    """The most months that can be added to `start` without passing `end`, which is not earlier."""
    passed = relativedelta(end, start)
    return passed.years * 12 + passed.months


def in_words(recorded: Recorded) -> str:
    """A date as a person reads it: 6 June 2004, June 2004 or 2004."""
    if isinstance(recorded, Year):
        return words_of(recorded.year)
    return words_of(recorded.year, recorded.month, None if isinstance(recorded, Month) else recorded.day)


UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


def parse_duration(text: str) -> tuple[int, str]:
    """`text` as a number and a unit: 90d, 8w, 12m, 5y. Raises ValueError otherwise."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdecimal() and len(number) <= 5 and unit in UNITS):
        raise ValueError("expected a number and a unit, such as 90d, 8w, 12m or 5y")
    return int(number), unit


def shifted(day: date, duration: tuple[int, str], direction: int = 1) -> date:
    """`day` moved by a duration, forward, or back where `direction` is -1; the calendar's ends are its bounds."""
    number, unit = duration
    try:
        return day + relativedelta(**{UNITS[unit]: direction * number})  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        return date.max if direction > 0 else date.min
