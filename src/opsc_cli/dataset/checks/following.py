"""What follows a review: the number of the next report, the date set for it, its receipt, and the days asked for."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from opsc_cli.dataset.checks.walking import Fault, reports, sessions_by_number, states
from opsc_cli.dataset.reader import Where
from opsc_cli.law.report_names import short_numbers
from opsc_cli.law.reports import is_received, is_reviewed, received_by, reviewed_reports
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day, overlap, whole_months
from opsc_cli.record.known import Closings, adoption_day, closings_of
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report, State


def the_next_date_follows_the_review(dataset: Dataset) -> Iterator[Fault]:
    """Concluding observations without a day set a date after the session that adopts them."""
    by_number = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        observations = report.concluding_observations
        said = observations.next_report if observations and not observations.adopted else None
        session = by_number.get(report.review.session) if report.review else None
        if said and said.due and session and last_day(said.due) <= last_day(session.closes):
            message = (
                f"{in_words(said.due)}, before session {session.number}, which set it, closed; fix whichever is wrong"
            )
            yield Fault("states", (*path, "concluding_observations", "next_report", "due"), "DATE01", message)


def printed_dates_follow_the_review_before(dataset: Dataset) -> Iterator[Fault]:
    """The due year on a report's cover comes after the observations that it answers, and is the year that they set."""
    closings = closings_of(dataset.sessions)
    for (path, report), before in _with_the_review_before(dataset):
        printed, adopted = report.due_published, adoption_day(before, closings)
        if not printed or not adopted:
            continue
        where = (*path, "due_published")
        if last_day(printed) <= adopted:
            message = f"{in_words(printed)}; expected later than the observations that it answers, {in_words(adopted)}"
            yield Fault("states", where, "DATE01", message)
        said = before.concluding_observations.next_report if before.concluding_observations else None
        explained = any(d.about == "due_published" for d in report.disagreements)
        if said and said.due and not explained and not overlap(printed, said.due):
            message = (
                f"the observations before it ask for the report by {in_words(said.due)}; expected agreement, or a"
                " disagreement about `due_published`"
            )
            yield Fault("states", where, "LAW06", message, "warning")


_MOST_MONTHS_EARLY = 12
"""A State sends a report some months before it is due, never years."""


def printed_dates_are_near_the_receipt(dataset: Dataset) -> Iterator[Fault]:
    """A report was due before it came, or soon after."""
    for path, _, report in reports(dataset):
        printed, came = report.due_published, report.submitted
        if not printed or not came or first_day(printed) <= last_day(came):
            continue
        if whole_months(last_day(came), first_day(printed)) >= _MOST_MONTHS_EARLY:
            message = f"due {in_words(printed)}, but received {in_words(came)}; fix whichever is wrong"
            yield Fault("states", (*path, "due_published"), "DATE01", message)


def reports_received_are_awaited(dataset: Dataset) -> Iterator[Fault]:
    """A report without a review is later than the last review; otherwise no answer would mention it.

    order.py already finds a day of receipt before the review of the previous report.
    """
    closings = closings_of(dataset.sessions)
    for where, state in states(dataset):
        for treaty in ("CRC", "OPSC"):
            reviewed = reviewed_reports(state.reports, treaty, closings)
            last = adoption_day(reviewed[-1], closings) if reviewed else None
            place = state.reports.index(reviewed[-1]) if reviewed else -1
            for position, report in enumerate(state.reports):
                waits = report.treaty == treaty and is_received(report) and not is_reviewed(report)
                in_its_place = report.submitted and position > place
                if waits and last and received_by(report, closings) <= last and not (in_its_place or report.confirmed):
                    message = (
                        f"received and not reviewed, but older than the last review, of {in_words(last)}; expected its"
                        " review, a later day, or `confirmed` with the reason"
                    )
                    yield Fault("states", (*where, "reports", position), "REP03", message, "warning")


def numbers_follow_one_another(dataset: Dataset) -> Iterator[Fault]:
    """The next report, as announced, received or requested, has the number after the report reviewed."""
    for path, _, report in reports(dataset):
        said = report.concluding_observations.next_report if report.concluding_observations else None
        where = (*path, "concluding_observations", "next_report", "numbers")
        yield from _number_after(where, report, said.numbers if said else None)
    for (path, report), before in _with_the_review_before(dataset):
        if not is_reviewed(report) and not report.confirmed:
            yield from _number_after((*path, "numbers"), before, report.numbers)
    closings = closings_of(dataset.sessions)
    for where, state in states(dataset):
        yield from _numbers_asked_for(where, state, closings)


def _numbers_asked_for(where: Where, state: State, closings: Closings) -> Iterator[Fault]:
    reviewed = reviewed_reports(state.reports, "CRC", closings)
    for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
        before = [r for r in reviewed if (day := adoption_day(r, closings)) and day < first_day(loipr.adopted)]
        if before and "CRC" in loipr.covers and not loipr.confirmed:
            path = (*where, "lists_of_issues_prior_to_reporting", position, "numbers")
            yield from _number_after(path, before[-1], loipr.numbers)


def lists_and_their_reports_bear_one_number(dataset: Dataset) -> Iterator[Fault]:
    """A report that answers a list of issues prior to reporting has the numbers that the list asks for."""
    for where, state in states(dataset):
        replies = [r for r in state.reports if r.treaty == "CRC" and r.procedure == "simplified"]
        numbered = [report.numbers for report in replies if report.numbers]
        for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
            asked = set(loipr.numbers or ())
            answers = next((n for n in numbered if asked & set(n)), None)
            if answers and asked != set(answers) and "CRC" in loipr.covers and not loipr.confirmed:
                path = (*where, "lists_of_issues_prior_to_reporting", position, "numbers")
                message = (
                    f"asks for report {min(asked)} to {max(asked)}, but the report is {answers[0]} to {answers[-1]}"
                )
                yield Fault("states", path, "REP04", f"{message}; expected the same, or `confirmed` with the reason")


def announced_numbers_are_those_received(dataset: Dataset) -> Iterator[Fault]:
    """The next report, as announced, has the numbers of the report that follows or of the list that asks for it."""
    for path, iso3, report in reports(dataset):
        observations, state = report.concluding_observations, dataset.states[iso3]
        said = observations.next_report if observations else None
        if not said or not said.numbers or not observations or observations.confirmed:
            continue
        followed = [r.numbers for r in state.reports if r.treaty == "CRC" and r.numbers]
        followed += [asked.numbers for asked in state.lists_of_issues_prior_to_reporting if asked.numbers]
        other = next((n for n in followed if said.numbers[0] in n and n != said.numbers), None)
        if other:
            message = f"announced as {short_numbers(said.numbers)}, but the report is {short_numbers(other)}"
            where = (*path, "concluding_observations", "next_report", "numbers")
            yield Fault("states", where, "REP04", f"{message}; expected the same, or `confirmed` with the reason")


def _number_after(where: Where, before: Report, numbers: tuple[int, ...] | None) -> Iterator[Fault]:
    if numbers and before.numbers and numbers[0] != before.numbers[-1] + 1:
        message = f"report {numbers[0]} follows report {before.numbers[-1]}; expected {before.numbers[-1] + 1}"
        yield Fault("states", where, "REP04", message)


def _with_the_review_before(dataset: Dataset) -> Iterator[tuple[tuple[Where, Report], Report]]:
    """Every report with the State's previous report under the same treaty, if that was reviewed."""
    listed: dict[tuple[str, str], list[tuple[Where, Report]]] = {}
    for path, iso3, report in reports(dataset):
        listed.setdefault((iso3, report.treaty), []).append((path, report))
    for one_treaty in listed.values():
        yield from ((later, before) for (_, before), later in pairwise(one_treaty) if is_reviewed(before))


_USUAL_MONTHS = {"next report": (12, 120), "replies to the list": (0, 18), "reply to the list": (2, 30)}
"""The usual number of months between a request and the due date it sets: least and greatest."""
_MOST_MONTHS = 240
"""No reason makes it more."""


def days_asked_for_are_usual(dataset: Dataset) -> Iterator[Fault]:
    """The Committee asks for a report years ahead, for replies to a list within months."""
    closings = closings_of(dataset.sessions)
    for path, _, report in reports(dataset):
        observations, issues = report.concluding_observations, report.list_of_issues
        said, adopted = observations.next_report if observations else None, adoption_day(report, closings)
        if said and said.due and adopted and observations:
            where = (*path, "concluding_observations", "next_report", "due")
            yield from _unusual("next report", where, adopted, said.due, observations.confirmed)
        if issues and issues.due:
            where = (*path, "list_of_issues", "due")
            yield from _unusual("replies to the list", where, first_day(issues.adopted), issues.due, issues.confirmed)
    for where, state in states(dataset):
        for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
            if loipr.due:
                path = (*where, "lists_of_issues_prior_to_reporting", position, "due")
                yield from _unusual("reply to the list", path, first_day(loipr.adopted), loipr.due, loipr.confirmed)


def _unusual(what: str, where: Where, asked: date, due: Recorded, confirmed: str | None) -> Iterator[Fault]:
    fewest, most = (0, _MOST_MONTHS) if confirmed else _USUAL_MONTHS[what]
    if last_day(due) < asked:
        return
    if whole_months(asked, last_day(due)) < fewest or whole_months(asked, max(asked, first_day(due))) > most:
        message = f"{what}: {in_words(due)}, asked for on {in_words(asked)}; expected another day, or `confirmed`"
        yield Fault("states", where, "SUSP05", message, "warning")
