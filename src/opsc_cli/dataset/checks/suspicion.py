"""Suspicion: facts that are possible but usually typing errors. If one is correct, `confirmed` records the reason."""

from collections.abc import Iterator
from datetime import date

from opsc_cli.dataset.checks.walking import Fault, Records, among, reports, sessions_by_number
from opsc_cli.record.dates import first_day
from opsc_cli.record.records import Dataset

_DAYS_OF_ACTS = ("signed", "deposited", "submitted", "considered", "adopted")
_EDGES = {(1, 1): "1 January", (12, 31): "31 December"}
_SATURDAY = 5


def first_and_last_days_of_a_year(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """1 January and 31 December often mean that only the year was known."""
    for file, where, record in walked:
        for field in among(record.__class__, _DAYS_OF_ACTS):
            day = getattr(record, field)
            if isinstance(day, date) and (day.month, day.day) in _EDGES and not getattr(record, "confirmed", None):
                message = f"{_EDGES[day.month, day.day]}: a day, or only the year {day.year}? expected `confirmed`"
                yield Fault(file, (*where, field), "SUSP01", message, "warning")


def days_without_business(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """Depositaries and secretariats rarely work on a Saturday or a Sunday."""
    for file, where, record in walked:
        for field in among(record.__class__, _DAYS_OF_ACTS):
            day = getattr(record, field)
            if isinstance(day, date) and day.weekday() >= _SATURDAY and not getattr(record, "confirmed", None):
                message = f"a {day:%A}; expected another day, or `confirmed` with the reason"
                yield Fault(file, (*where, field), "SUSP02", message, "warning")


def observations_off_the_last_day(dataset: Dataset) -> Iterator[Fault]:
    """The Committee adopts its concluding observations on the last day of the session."""
    by_number = sessions_by_number(dataset)
    for path, _, report in reports(dataset):
        observations = report.concluding_observations
        session = by_number.get(report.review.session) if report.review else None
        adopted = observations.adopted if observations else None
        if not session or not isinstance(session.closes, date) or not isinstance(adopted, date):
            continue
        within = first_day(session.opens) <= adopted < session.closes
        if within and not observations.confirmed:  # type: ignore[union-attr]
            message = f"not the last day of the session, {session.closes}; expected that day, or `confirmed`"
            yield Fault("states", (*path, "concluding_observations", "adopted"), "SUSP03", message, "warning")
