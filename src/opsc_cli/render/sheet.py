"""What a terminal shows of States, before anything is drawn: plain lines and boxes of words with their styles.

A sheet is a list of parts, each a line of text, `{"style": …, "text": …}`, or a report as a box,
`{"rows": [[label, [[text, style], …]], …]}`. screen.py draws it; as plain data it can also be kept (almanac.py).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from opsc_cli.answers.position import InitialReport, Owed, Position
from opsc_cli.forecast.meetings import ordinal
from opsc_cli.law.authority import Answer, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.reports import is_received, is_reviewed
from opsc_cli.record.dates import between, in_words
from opsc_cli.render.words import in_a_sentence, sentence

Part = dict[str, Any]
Row = tuple[str, list[tuple[str, str]]]

STYLES = {"overdue": "bold red", "past-due-no-record": "red", "past-treaty-term": "magenta"}
"""Colour by standing: it only repeats what the words say, and both can be read on a dark and on a light ground."""


def sheet_of(positions: Iterable[Position]) -> list[Part]:
    """A few States one by one: a sentence, the dates it rests on, a box for each report, and notes."""
    return [part for position in positions for part in _state(position)]


def _state(position: Position) -> Iterator[Part]:
    yield _line(sentence(position), "bold")
    yield _line(_bound(position))
    if position.initial_report:
        yield _line(_initial(position.initial_report))
    for owed in position.owed:
        yield {"rows": list(_report(owed))}
    for note in position.notes:
        yield _line(f"Note: {note}")
    yield _line("")


def _line(text: str, style: str = "") -> Part:
    return {"style": style, "text": text}


def _bound(position: Position) -> str:
    if position.instrument is None:
        status = "neither signed nor joined" if position.status == "none" else position.status
        return f"Status on {in_words(position.as_of)}: {status}."
    in_force = f"entry into force {moment(position.entry_into_force)}" if position.entry_into_force else ""
    return f"Status on {in_words(position.as_of)}: {position.status}, by {position.instrument.kind}; {in_force}."


def _initial(initial: InitialReport) -> str:
    due = f"Initial report under the OPSC: due {moment(initial.due)}"
    record = initial.record
    if not record or not is_received(record):
        return f"{due}; no submission on record."
    received = f"received {in_words(record.submitted)}" if record.submitted else "received on a day not on record"
    if is_reviewed(record) and record.review:
        return f"{due}; {received}; reviewed at the {ordinal(record.review.session)} session."
    return f"{due}; {received}; no review on record."


def _report(owed: Owed) -> Iterator[Row]:
    obligation = owed.obligation
    yield _row("Report", obligation.report.name)
    label = "Treaty term" if obligation.is_treaty_term else "Expected" if obligation.is_expected else "Due"
    yield _row(label, moment(obligation.due))
    yield "Standing", _standing(owed)
    yield _row("Article", f"{obligation.due.authority.short}: {obligation.due.because}")
    yield _row("Certainty", _certainty(obligation.due))
    for displaced in obligation.displaced:
        yield _row("Displaced", f"{moment(displaced)}, by {displaced.authority.short}: {displaced.because}")
    for remark in obligation.remarks:
        yield _row("Remark", remark.text)
    if owed.forecast:
        yield _row("Pre-session", in_a_sentence(owed.forecast))
    beside = (source for said in (*obligation.displaced, *obligation.remarks) for source in said.sources)
    own = (*obligation.report.sources, *obligation.due.sources, *obligation.standing_sources)
    cited = dict.fromkeys((*own, *beside))
    yield _row("Sources", ", ".join(cited) or "none: the record is silent")


def _row(label: str, text: str) -> Row:
    return label, [(text, "")]


def _standing(owed: Owed) -> list[tuple[str, str]]:
    obligation = owed.obligation
    days = obligation.days_late or obligation.days_past
    ago = f", {days:,} days ago" if days else ""
    style = STYLES.get(obligation.standing, "")
    return [(obligation.standing, style), (f"{ago}: {obligation.standing_because}", "")]


def _certainty(answer: Answer) -> str:
    words = {
        Certainty.TREATY: "treaty: computed from the treaty's text and the depositary's dates",
        Certainty.COMMITTEE_SET: "committee-set: set by the Committee, as its text, its secretariat or the State says",
        Certainty.PRACTICE: "practice: a pattern of the Committee, or what others report or announce",
        Certainty.PROJECTION: "projection: our own estimate",
    }
    return words[answer.certainty] if answer.certainty else "none: the record cannot tell"


def moment(answer: Answer) -> str:
    """An answer to "when?" in a few words."""
    match answer:
        case Dated(first=first, last=last) if recorded := between(first, last):
            return in_words(recorded)
        case Dated(first=first, last=last):
            return f"between {in_words(first)} and {in_words(last)}"
        case DateAwaited():
            certain = answer.certainty is Certainty.COMMITTEE_SET
            return "date awaited: the Committee " + (
                "will communicate it" if certain else "is expected to communicate it"
            )
        case NotEstablished():
            return "not established"
