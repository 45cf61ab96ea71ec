"""How much of the record is filled, for the States that are party on a day."""

from datetime import date

from opsc_cli.answers.answer import answer_to
from opsc_cli.law.reports import is_received, last_reviewed
from opsc_cli.law.standing import asked_on
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset


class Filled(Frozen, kw_only=False):
    """The parties, and for how many of them a fact is on record."""

    parties: int
    deposits: int
    """The day of deposit."""
    initial_reports: int
    """The receipt of the initial report."""
    last_reviews: int
    next_reports: int
    """What the last concluding observations say of the next report: a date, or that one will be communicated."""


def filled_on(dataset: Dataset, day: date) -> Filled:
    """By what was known on that day."""
    asked = asked_on(day, dataset)
    answers = (answer_to(asked, state) for state in dataset.states.values())
    parties = [answer.known for answer in answers if answer.status == "party"]
    reviews = [last for state in parties if (last := last_reviewed(state, asked.closings))]
    return Filled(
        len(parties),
        sum(bool(state.instrument and state.instrument.deposited) for state in parties),
        sum(bool(state.initial_report and is_received(state.initial_report)) for state in parties),
        len(reviews),
        sum(bool(r.concluding_observations and r.concluding_observations.next_report) for r in reviews),
    )


def filled_in_words(filled: Filled) -> str:
    """The counts, in one sentence."""
    return (
        f"Of {filled.parties} parties the record has the day of deposit for {filled.deposits}, the last review for"
        f" {filled.last_reviews}, the receipt of the initial report for {filled.initial_reports}, and what the"
        f" Committee said of the date of the next report for {filled.next_reports}."
    )
