"""The reports on record: whether they were received and reviewed, which one is pending, and the name of the next."""

from collections.abc import Sequence
from datetime import date

from opsc_cli.law.authority import Dated
from opsc_cli.record.dates import Recorded, first_day, last_day, whole_months
from opsc_cli.record.known import Closings, adoption_day
from opsc_cli.record.state import Report


def is_received(report: Report) -> bool:
    """Whether the record shows that the report was received, even without the day."""
    seen = (report.submitted, report.review, report.concluding_observations, report.list_of_issues, report.programme)
    return any(seen)


def is_reviewed(report: Report) -> bool:
    concluded = report.review is not None and report.review.outcome is None
    return concluded or report.concluding_observations is not None


def reviewed_reports(reports: Sequence[Report], treaty: str, closings: Closings) -> list[Report]:
    """The reviewed reports under a treaty, in the order of adoption of their concluding observations."""
    dated = [(day, r) for r in reports if r.treaty == treaty and is_reviewed(r) and (day := adoption_day(r, closings))]
    return [report for _, report in sorted(dated, key=lambda pair: pair[0])]


def review_sources(report: Report) -> tuple[str, ...]:
    """The sources of a report's review and concluding observations."""
    observations = report.concluding_observations.sources if report.concluding_observations else ()
    return tuple(dict.fromkeys((*observations, *(report.review.sources if report.review else ()))))


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


def report_sources(report: Report) -> tuple[str, ...]:
    """The sources of the report, its review and its concluding observations."""
    return tuple(dict.fromkeys((*report.sources, *review_sources(report))))


def next_numbers(last: Report | None) -> tuple[int, ...]:
    """The number of the report after `last`; empty unless a symbol on record gives one."""
    observations = last.concluding_observations if last else None
    if observations and observations.next_report and observations.next_report.numbers:
        return observations.next_report.numbers
    return (last.numbers[-1] + 1,) if last and last.numbers else ()


def periodic_name(numbers: tuple[int, ...], with_opsc_information: bool) -> str:
    """ "combined fifth and sixth periodic reports under the Convention, …"."""
    match [_ORDINALS[n] if n < len(_ORDINALS) else f"{n}th" for n in numbers]:
        case []:
            name = "next periodic report"
        case [one]:
            name = f"{one} periodic report"
        case [first, second]:
            name = f"combined {first} and {second} periodic reports"
        case [first, *_, final]:
            name = f"combined {first} to {final} periodic reports"
    information = ", including OPSC information" if with_opsc_information else ""
    return f"{name} under the Convention{information}"


_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


def pending_report(reports: Sequence[Report], treaty: str, last: Report | None, closings: Closings) -> Report | None:
    """The last report received after the last concluding observations and not yet reviewed."""
    since = (adoption_day(last, closings) if last else None) or date.min
    waiting = [
        (day, r)
        for r in reports
        if r.treaty == treaty and is_received(r) and not is_reviewed(r) and (day := received_by(r, closings)) > since
    ]
    return max(waiting, key=lambda pair: pair[0])[1] if waiting else None


def received_by(report: Report, closings: Closings) -> date:
    """The day by which a report had been received: its own, else that of its list of issues, programme or review."""
    if report.submitted:
        return last_day(report.submitted)
    if report.list_of_issues:
        return last_day(report.list_of_issues.adopted)
    if report.programme:
        return report.programme.known_on
    return closings.get(report.review.session, date.min) if report.review else date.min
