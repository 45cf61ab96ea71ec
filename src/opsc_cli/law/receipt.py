"""How long after its due date a report was received, as far as is on record."""

from opsc_cli.law.authority import Dated
from opsc_cli.record.dates import Recorded, first_day, last_day, whole_months


def received_after(due: Dated, submitted: Recorded | None, called: str) -> str | None:
    """ "17 months after it was due"; None if the two dates do not show which came first.

    `called` is "due" or "expected". If one date is only a month or a year, the text gives the least and the greatest
    number of months.
    """
    if submitted is None:
        return None
    first, last = first_day(submitted), last_day(submitted)
    if due.first <= first and last <= due.last:
        return f"{'on the day on' if due.is_day else 'within the time in'} which it was {called}"
    if last < due.first:
        return f"before it was {called}"
    if first <= due.last:
        return None
    least = whole_months(due.last, first)
    if due.is_day and first == last:
        return f"{_months(least)} after it was {called}" if least else f"less than a month after it was {called}"
    most = f"at most {_months(whole_months(due.first, last) + 1)}"
    return f"{f'at least {least} and {most}' if least else most} after it was {called}"


def _months(number: int) -> str:
    return f"{number} month{'s' if number != 1 else ''}"
