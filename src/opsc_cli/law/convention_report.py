"""OPSC art. 12(2), first sentence, and CRC art. 44: the periodic report under the Convention of a party to both."""

from collections.abc import Iterator, Sequence
from datetime import date

from opsc_cli.law.authority import Answer, Certainty, Dated, NotEstablished
from opsc_cli.law.committee import (
    RECEIVED,
    date_printed_on,
    date_set_by_loipr,
    next_report_after_unread_observations,
    next_report_set_by,
    simplified_procedure_applies,
)
from opsc_cli.law.report_names import next_numbers, periodic_name
from opsc_cli.law.reports import is_received, pending_report, review_sources, reviewed_reports
from opsc_cli.law.standing import Asked, Obligation, assessed, owed_report, with_the_committee
from opsc_cli.law.treaty import (
    CRC_44_1_B,
    OPSC_12_2_FIRST,
    crc_report_term,
)
from opsc_cli.record.dates import last_day
from opsc_cli.record.frozen import replace
from opsc_cli.record.known import Closings, adoption_day
from opsc_cli.record.state import ListOfIssuesPriorToReporting, Report, State


def crc_periodic_obligation(known: State, in_force: Answer, asked: Asked) -> Obligation:
    """OPSC art. 12(2), first sentence: the next report under CRC art. 44, with the information on the OPSC."""
    reviewed = reviewed_reports(known.reports, "CRC", asked.closings)
    last = reviewed[-1] if reviewed else None
    pending = pending_report(known.reports, "CRC", last, asked.closings)
    candidates = tuple(candidate_dates(known, last, pending, in_force, asked))
    initial_received = known.initial_report is not None and is_received(known.initial_report)
    loiprs = _loiprs_since(known, last, asked.closings)
    asked_for = next((loipr.numbers for loipr in loiprs if loipr.numbers), ())
    numbers = (pending.numbers or ()) if pending else asked_for or next_numbers(last)
    report = owed_report("CRC", "periodic", numbers, periodic_name(numbers, initial_received), pending, known, asked)
    if pending:
        because = "the report has been received; nothing further is owed until it is reviewed"
        candidates = (NotEstablished(authority=RECEIVED, because=because, sources=pending.sources), *candidates)
    under, because = (
        (
            OPSC_12_2_FIRST,
            "the initial report was received, so further information goes into the reports under the Convention",
        )
        if initial_received
        else (
            CRC_44_1_B,
            "the State also reports under the Convention, which does not replace the initial report under the OPSC",
        )
    )
    awaits_loipr = simplified_procedure_applies(known, asked.as_of) and not loiprs
    obligation = assessed(report, under, because, candidates, asked, known.crc.not_submitted, awaits_loipr)
    return with_the_committee(obligation, pending, asked) if pending else obligation


def candidate_dates(
    known: State, last: Report | None, pending: Report | None, in_force: Answer, asked: Asked
) -> Iterator[Answer]:
    """CRC art. 44: every date that a rule gives for the next report, in order of precedence; the first governs.

    First come the dates that the Committee set or announced since the review of `last`, then the treaty term. `pending`
    is the report if it has been received.
    """
    adopted = adoption_day(last, asked.closings) if last else None
    unnamed = _unnamed_review_since(known.reports, adopted or date.min, asked.closings)
    after_both = (adoption_day(unnamed, asked.closings) if unnamed else adopted) or date.min
    dated = [loipr for loipr in _loiprs_since(known, last, asked.closings) if loipr.due]
    newest = [loipr for loipr in dated if last_day(loipr.adopted) > after_both]
    yield from map(date_set_by_loipr, newest)
    if unnamed and unnamed.review:
        because = (
            f"a report that the record does not name was reviewed at session {unnamed.review.session}; if it was one"
            " under the Convention, the next term counts from then"
        )
        yield NotEstablished(authority=CRC_44_1_B, because=because, sources=unnamed.review.sources)
    if last is None or adopted is None:
        because = "no review of a report under the Convention is on record, so it is not known which term is next"
        yield NotEstablished(authority=CRC_44_1_B, because=because)
        return
    yield from map(date_set_by_loipr, dated[len(newest) :])
    printed = date_printed_on(pending) if pending and pending.due_published and not dated else None
    yield from _told(last, adopted, printed, asked)
    term = crc_report_term(in_force, adopted)
    yield replace(_which_we_choose(term, last), sources=(*term.sources, *review_sources(last)))


def _told(last: Report, adopted: date, printed: Answer | None, asked: Asked) -> Iterator[Answer]:
    """The date that the last concluding observations set or announce, from any source.

    If neither the Committee nor the State is the source, the year `printed` on the report that answers them is first.
    If there is no source, the date follows from their session.
    """
    observations = last.concluding_observations
    said = next_report_set_by(observations, asked.sources) if observations else None
    if said:
        yield said
    if printed and not (isinstance(said, Dated) and said.certainty is Certainty.COMMITTEE_SET):
        yield printed
    if not said and not printed:
        symbol = observations.symbol if observations else None
        session = last.review.session if last.review else 0
        unread = next_report_after_unread_observations(session, adopted, symbol, review_sources(last))
        yield from (unread,) if unread else ()


def _unnamed_review_since(reports: Sequence[Report], since: date, closings: Closings) -> Report | None:
    """The last review later than `since` of a report whose treaty is not on record."""
    unnamed = reviewed_reports(reports, "unspecified", closings)
    return next((r for r in reversed(unnamed) if (day := adoption_day(r, closings)) and day > since), None)


def _loiprs_since(known: State, last: Report | None, closings: Closings) -> list[ListOfIssuesPriorToReporting]:
    """The lists of issues prior to reporting that are newer than the last concluding observations, newest first."""
    since = (adoption_day(last, closings) if last else None) or date.min
    of_the_convention = (li for li in known.lists_of_issues_prior_to_reporting if "CRC" in li.covers)
    newer = [li for li in of_the_convention if last_day(li.adopted) > since]
    return sorted(newer, key=lambda li: last_day(li.adopted), reverse=True)


def _which_we_choose(term: Answer, last: Report) -> Answer:
    """The terms follow from the article; that a review leads to the first one after it is our inference: practice."""
    if not isinstance(term, Dated):
        return term
    because = f"{term.because} (our inference: the article does not say which term a review leads to)"
    if last.review is not None and last.review.evidence in ("programme", "press-ngo"):
        because += "; that review's session is read from a programme"
    return replace(term, certainty=Certainty.PRACTICE, because=because)
