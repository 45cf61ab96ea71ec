"""What was planned for a report: the session of its working group, and the procedure by its list of issues."""

import re
from collections.abc import Iterator
from datetime import date

from opsc_cli.dataset.checks.walking import Fault, reports, sessions_by_number
from opsc_cli.law.reports import received_by
from opsc_cli.record.dates import first_day, in_words, whole_months
from opsc_cli.record.known import closings_of
from opsc_cli.record.records import Dataset, Session
from opsc_cli.record.state import Report, State

_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_MONTHS_BEFORE = range(2, 13)
"""So long before a session its working group adopts the lists of issues."""
_FIRST_LIST = date(2018, 11, 21)
"""The day of the first list of issues prior to reporting on record, Poland's."""


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
    """A report that answers a list prior to reporting is simplified.

    One with a list of issues of its own is not, nor one received before there was a list to answer.
    """
    closings = closings_of(dataset.sessions)
    for path, iso3, report in reports(dataset):
        answers = _answers_a_list(report, dataset.states[iso3])
        if answers and report.procedure == "standard":
            wrong = "standard, but a list of issues prior to reporting asks for this report"
            expected = "expected `simplified`, or correct the list"
        elif answers or report.procedure != "simplified":
            continue
        elif report.list_of_issues:
            wrong = "simplified, but there is a list of issues on the report"
            expected = "expected `standard`, or correct the list"
        elif date.min < received_by(report, closings) < _FIRST_LIST:
            wrong = f"simplified, but received before the first list to answer, of {in_words(_FIRST_LIST)}"
            expected = "expected `standard`, or correct the day of receipt"
        else:
            continue
        yield Fault("states", (*path, "procedure"), "REP07", f"{wrong}; {expected}")


def _answers_a_list(report: Report, state: State) -> bool:
    lists = state.lists_of_issues_prior_to_reporting
    return report.treaty == "CRC" and any(set(report.numbers or ()) & set(asked.numbers or ()) for asked in lists)
