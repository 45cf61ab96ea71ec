"""OPSC art. 12(2), second sentence: the five-yearly report of a party to the Protocol outside the Convention."""

from opsc_cli.law.authority import Answer, Certainty, Dated, NotEstablished
from opsc_cli.law.committee import PRINTED_ELSEWHERE, next_report_set_by
from opsc_cli.law.report_names import next_numbers, periodic_name
from opsc_cli.law.reports import pending_report, reviewed_reports
from opsc_cli.law.standing import Asked, Obligation, assessed, owed_report, with_the_committee
from opsc_cli.law.treaty import OPSC_12_2_SECOND, five_yearly_report_due
from opsc_cli.record.dates import first_day, last_day
from opsc_cli.record.state import State


def five_yearly_obligation(known: State, initial_due: Answer, asked: Asked) -> Obligation:
    """OPSC art. 12(2), second sentence: the next report of a State that is party to the Protocol only."""
    periodic = [r for r in known.reports if r.treaty == "OPSC"]
    reviewed = reviewed_reports(periodic, "OPSC", asked.closings)
    pending = pending_report(periodic, "OPSC", reviewed[-1] if reviewed else None, asked.closings)
    latest = pending or (reviewed[-1] if reviewed else None)
    numbers = (pending.numbers if pending else None) or next_numbers(latest) or (2,)
    name = periodic_name(numbers, False).replace("under the Convention", "under the OPSC")
    report = owed_report("OPSC", "periodic", numbers, name, pending, known, asked)
    observations = latest.concluding_observations if latest else None
    set_by = next_report_set_by(observations, asked.sources) if observations else None
    term = five_yearly_report_due(initial_due, numbers[0])
    undecided = NotEstablished(
        authority=OPSC_12_2_SECOND,
        because="no date for this report is on record, and the article does not say from when the five years run",
    )
    printed = _printed_under_sister_protocol(known, numbers[0])
    candidates = ((set_by,) if set_by else (undecided, *printed)) + (term,)
    because = "the State is not a party to the Convention, so it goes on reporting under the Protocol itself"
    obligation = assessed(report, OPSC_12_2_SECOND, because, candidates, asked)
    return with_the_committee(obligation, pending, asked) if pending else obligation


def _printed_under_sister_protocol(known: State, number: int) -> tuple[Answer, ...]:
    """The date printed on the same report under the protocol on armed conflict; only an indication."""
    return tuple(
        Dated(
            first=first_day(r.due_published),
            last=last_day(r.due_published),
            authority=PRINTED_ELSEWHERE,
            because=f"printed on the cover of the report of the same number under that protocol: {r.due_published}",
            certainty=Certainty.PRACTICE,
            sources=r.sources,
        )
        for r in known.reports
        if r.treaty == "OPAC" and r.due_published and r.numbers and number in r.numbers
    )
