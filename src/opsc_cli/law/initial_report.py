"""OPSC art. 12(1): the initial report. It is owed until received, and listed until its review is on record."""

from collections.abc import Iterator

from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.reports import is_received, is_reviewed, received_by, review_sources
from opsc_cli.law.standing import Asked, Obligation, Remark, assessed, owed_report, with_the_committee
from opsc_cli.law.treaty import OPSC_12_1, denunciation_effective
from opsc_cli.record.dates import in_words, last_day
from opsc_cli.record.frozen import replace
from opsc_cli.record.known import Closings
from opsc_cli.record.state import State


def initial_obligation(known: State, due: Answer, asked: Asked) -> Obligation | None:
    """OPSC art. 12(1): the initial report; None once a review of it is on record."""
    recorded = known.initial_report
    if recorded and is_reviewed(recorded):
        return None
    received = recorded if recorded and is_received(recorded) else None
    report = owed_report("OPSC", "initial", (1,), "initial report under the OPSC", received, known, asked)
    because = "no initial report is on record as received" if not received else "received, and no review is on record"
    obligation = assessed(report, OPSC_12_1, because, (due,), asked, recorded.not_submitted if recorded else ())
    if received:
        return with_the_committee(obligation, received, asked)
    return replace(obligation, remarks=tuple(_asked_about_elsewhere(known, asked.closings)))


def still_owed(known: State, due: Answer | None) -> Dated | None:
    """OPSC art. 15: when the initial report was due that a State owed when its denunciation took effect; else None.

    The article ends the obligations to come. That a report which was due before stays owed is our inference.
    """
    recorded, denunciation = known.initial_report, known.denunciation
    if not isinstance(due, Dated) or not denunciation or (recorded and is_received(recorded)):
        return None
    return due if due.last < denunciation_effective(denunciation.received) else None


def _asked_about_elsewhere(known: State, closings: Closings) -> Iterator[Remark]:
    """Remarks on lists of issues prior to reporting that cover the Protocol too: one report may answer both."""
    for loipr in known.lists_of_issues_prior_to_reporting:
        if "OPSC" not in loipr.covers:
            continue
        named = loipr.symbol or "A list of issues prior to reporting under the Convention"
        text = f"{named}, issued {in_words(loipr.adopted)}, covers the OPSC as well: one report may answer both."
        since = [r for r in known.reports if r.treaty == "CRC" and received_by(r, closings) > last_day(loipr.adopted)]
        if since:
            text += " A report under the Convention came after it; whether it counts for both is not on record."
        sources = (*loipr.sources, *(s for report in since for s in (*report.sources, *review_sources(report))))
        yield Remark(text=text, sources=tuple(dict.fromkeys(sources)))
