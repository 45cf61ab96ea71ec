"""What was planned for a report: the session of its working group, and the procedure by its list of issues."""

import re
from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault, reports, sessions_by_number
from opsc_cli.record.dates import first_day, whole_months
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Report, State

_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_MONTHS_BEFORE = range(2, 13)
"""So long before a session its working group adopts the lists of issues."""


def reviews_take_place_when_planned(dataset: Dataset) -> Iterator[Fault]:
    """A report is reviewed at the session that its working group prepared, unless a note tells of another.

    A note that names only further sessions is enough where the day of the list of issues fits the one prepared.
    """
    sessions = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        planned = re.match(r"\d+", report.pre_session or "")
        if not planned or not report.review or report.confirmed:
            continue
        of, session = planned[0], report.review.session
        told = _ORDINAL.findall(report.note or "")
        is_told = report.note and (not told or of in told or _adopted_before(report, sessions.get(int(of))))
        if int(of) != session and not is_told:
            message = f"prepared for session {of}, reviewed at session {session}"
            expected = "correct one of the two, or say in a `note` for which session it was planned"
            yield Fault("states", (*path, "pre_session"), "MEET11", f"{message}; {expected}", "warning")


def _adopted_before(report: Report, session: Session | None) -> bool:
    """Whether the working group of the session can have adopted the list of issues."""
    if not session or not report.list_of_issues:
        return False
    return whole_months(first_day(report.list_of_issues.adopted), first_day(session.opens)) in _MONTHS_BEFORE


def procedures_fit_the_lists(dataset: Dataset) -> Iterator[Fault]:
    """A report that answers a list prior to reporting is simplified; one with a list of issues of its own is not."""
    for path, iso3, report in reports(dataset):
        answers = _answers_a_list(report, dataset.states[iso3])
        if answers and report.procedure == "standard":
            message = "standard, but a list of issues prior to reporting asks for this report; expected `simplified`"
        elif report.list_of_issues and report.procedure == "simplified" and not answers:
            message = "simplified, but there is a list of issues on the report; expected `standard`"
        else:
            continue
        yield Fault("states", (*path, "procedure"), "REP07", f"{message}, or correct the list")


def _answers_a_list(report: Report, state: State) -> bool:
    lists = state.lists_of_issues_prior_to_reporting
    return report.treaty == "CRC" and any(set(report.numbers or ()) & set(asked.numbers or ()) for asked in lists)
