"""Steps of the calendar: periods such as 90d or 5y, and months. record/dates.py has the steps that a rule takes."""

from datetime import date, timedelta

_IN_DAYS, _IN_MONTHS = {"d": 1, "w": 7}, {"m": 1, "y": 12}


def months_after(day: date, months: int) -> date:
    """The same day number so many months later, or the last day of a month that has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:  # the month has no such day, which is rare: few answers have to import this
        from dateutil.relativedelta import relativedelta

        return day + relativedelta(months=months)


def parse_duration(text: str) -> tuple[int, str]:
    """Number and unit of 90d, 8w, 12m or 5y. Raises ValueError for any other text."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdecimal() and len(number) <= 5 and unit in _IN_DAYS | _IN_MONTHS):
        raise ValueError("expected a number and a unit, such as 90d, 8w, 12m or 5y")
    return int(number), unit


def shifted(day: date, duration: tuple[int, str], direction: int = 1) -> date:
    """`day` plus a duration, or minus it if `direction` is -1; never beyond the calendar's first or last day."""
    number, unit = direction * duration[0], duration[1]
    try:
        if unit in _IN_DAYS:
            return day + timedelta(days=number * _IN_DAYS[unit])
        return months_after(day, number * _IN_MONTHS[unit])
    except (OverflowError, ValueError):
        return date.max if direction > 0 else date.min
