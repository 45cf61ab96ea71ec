"""The reports on record: whether they were received and reviewed, which one is pending, and their sources."""

from collections.abc import Sequence
from datetime import date

from opsc_cli.law.treaty import is_party_to_convention
from opsc_cli.record.dates import last_day
from opsc_cli.record.known import Closings, adoption_day
from opsc_cli.record.state import Report, State


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


def last_reviewed(state: State, closings: Closings) -> Report | None:
    """The last report reviewed under the treaty by which the State reports."""
    reviewed = reviewed_reports(state.reports, "CRC" if is_party_to_convention(state) else "OPSC", closings)
    return reviewed[-1] if reviewed else None


def review_sources(report: Report) -> tuple[str, ...]:
    """The sources of a report's review and concluding observations."""
    observations = report.concluding_observations.sources if report.concluding_observations else ()
    return tuple(dict.fromkeys((*observations, *(report.review.sources if report.review else ()))))


def report_sources(report: Report) -> tuple[str, ...]:
    """The sources of the report, its review and its concluding observations."""
    return tuple(dict.fromkeys((*report.sources, *review_sources(report))))


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
