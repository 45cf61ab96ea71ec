"""A few States one by one on a terminal: four lines, a box for the State and one for each report, and notes."""

from collections.abc import Iterable, Iterator

from opsc_cli.answers.position import Owed, Position
from opsc_cli.forecast.meetings import ordinal
from opsc_cli.forecast.next_review import review_in_a_sentence
from opsc_cli.law.authority import Answer, NotEstablished
from opsc_cli.law.reports import is_received, is_reviewed
from opsc_cli.law.standing import Obligation
from opsc_cli.law.treaty import denunciation_effective
from opsc_cli.record.dates import in_words
from opsc_cli.record.links import link_of
from opsc_cli.render.glossary import CERTAINTIES
from opsc_cli.render.headline import headline
from opsc_cli.render.meetings import groups_in_words, ranges_in_words
from opsc_cli.render.parts import Part, Span, box, line
from opsc_cli.render.words import moment

STYLES = {"overdue": "bold red", "past-due-no-record": "red", "past-treaty-term": "magenta"}
"""Colours of the standings that are late; they can be read on dark and on light backgrounds."""


def sheet_of(positions: Iterable[Position]) -> list[Part]:
    return [part for position in positions for part in _state(position)]


def _state(position: Position) -> Iterator[Part]:
    for label, text in headline(position):
        yield line((f"{label}: ", "bold"), text) if label else line(text, style="bold")
    yield box(state_rows(position))
    for owed in position.owed:
        yield box([*rows_of_report(owed), ("Sources", _sources(owed.obligation, position))])
    for note in (note for note in position.notes if note != position.assumes):
        yield line(f"Note: {note}")
    yield line("")


def state_rows(position: Position) -> Iterator[tuple[str, list[Span]]]:
    """The State itself: whether it is bound, its initial report, its next review."""
    yield _row("Status", f"on {in_words(position.as_of)}: {_status(position)}")
    if position.answer.initial_due:
        yield _row("Initial report", _initial(position, position.answer.initial_due))
    if review := position.next_review:
        yield _row("Next review", f"{review_in_a_sentence(review, position.name)} Certainty: {review.certainty.value}.")
    if review and review.pre_session:
        yield _row("Pre-session", groups_in_words(review))


def _status(position: Position) -> str:
    answer = position.answer
    instrument = answer.known.instrument
    if instrument is None:
        return "neither signed nor joined" if answer.status == "none" else answer.status
    in_force = f"; entry into force {moment(answer.entry_into_force)}" if answer.entry_into_force else ""
    denunciation = answer.known.denunciation
    left = f"; denunciation effective {in_words(denunciation_effective(denunciation.received))}" if denunciation else ""
    joined = "joined by" if answer.status == "denounced" else "by"
    return f"{answer.status}, {joined} {instrument.kind}{in_force}{left}"


def _initial(position: Position, due: Answer) -> str:
    begins = f"under the OPSC, due {moment(due)}"
    record = position.answer.known.initial_report
    if not record or not is_received(record):
        return f"{begins}; no submission on record"
    received = f"received {in_words(record.submitted)}" if record.submitted else "received on a day not on record"
    if is_reviewed(record) and record.review:
        return f"{begins}; {received}; reviewed at the {ordinal(record.review.session)} session"
    return f"{begins}; {received}; no review on record"


def rows_of_report(owed: Owed) -> Iterator[tuple[str, list[Span]]]:
    obligation = owed.obligation
    yield _row("Report", obligation.report.name)
    if obligation.is_treaty_term:
        yield _row("Due", "no date set by the Committee is on record")
    label = "Treaty term" if obligation.is_treaty_term else "Expected" if obligation.is_expected else "Due"
    nothing = obligation.standing == "with-the-committee" and isinstance(obligation.due, NotEstablished)
    yield _row(label, "nothing further until it is reviewed" if nothing else moment(obligation.due))
    yield "Standing", _standing(owed)
    yield _row("Article", f"{obligation.due.authority.short}: {obligation.due.because}")
    sure = obligation.due.certainty.value if obligation.due.certainty else None
    if not nothing:
        yield _row("Certainty", f"{sure}: {CERTAINTIES[sure]}" if sure else "none: the record does not say")
    for displaced in obligation.displaced:
        yield _row("Displaced", f"{moment(displaced)}, by {displaced.authority.short}: {displaced.because}")
    for remark in obligation.remarks:
        yield _row("Remark", remark.text)
    if owed.forecast and not obligation.report.received:
        supposed = f"if received on {in_words(owed.forecast.assumes_received)}"
        yield _row("Pre-session", f"{supposed}: {ranges_in_words(owed.forecast)}")


def _sources(obligation: Obligation, position: Position) -> list[Span]:
    """The ids of its sources; one that has an address opens it, on a terminal that has hyperlinks."""
    beside = (source for said in (*obligation.displaced, *obligation.remarks) for source in said.sources)
    own = (*obligation.report.sources, *obligation.due.sources, *obligation.standing_sources)
    links = {source: link_of(position.sources.get(source)) for source in (*own, *beside)}
    spans = [span for source, link in links.items() for span in ((", ", ""), (source, f"link {link}" if link else ""))]
    return spans[1:] or [("none on record", "")]


def _row(label: str, text: str) -> tuple[str, list[Span]]:
    return label, [(text, "")]


def _standing(owed: Owed) -> list[Span]:
    obligation = owed.obligation
    days = obligation.days_late or obligation.days_past
    ago = f", {days:,} days ago" if days else ""
    style = STYLES.get(obligation.standing, "")
    return [(obligation.standing, style), (f"{ago}: {obligation.standing_because}", "")]
