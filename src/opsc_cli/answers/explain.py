"""The derivation of an obligation, step by step: each with its article, the dates before it and after it."""

from collections.abc import Iterator

from opsc_cli.answers.position import Position
from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.committee import COMMITTEE_PAGE
from opsc_cli.law.reports import is_received, is_reviewed, report_sources
from opsc_cli.law.standing import Obligation
from opsc_cli.law.treaty import OPSC_15, denunciation_effective
from opsc_cli.record.dates import in_words
from opsc_cli.record.frozen import Frozen, replace
from opsc_cli.record.state import Denunciation, Report

RECORD_OF_REPORTS = Authority(
    "Committee's documents",
    "what the record holds of the report",
    "A report counts as received on the day printed on its cover, and as reviewed when its session has closed.",
    COMMITTEE_PAGE,
)

STANDING = Authority(
    "this tool's own wording",
    "standing",
    "A date has passed from the second day after it; only an assertion by the Committee, its secretariat or the"
    " State itself makes a report overdue, never silence.",
    "",
)


class Step(Frozen):
    """One step of a derivation. `before` and `after` are days, windows (first/last) or words, or None."""

    rule: str
    authority: str
    text: str
    url: str
    before: str | None
    after: str | None
    certainty: Certainty | None
    because: str
    sources: tuple[str, ...]
    displaced: bool = False


def steps_of(position: Position, obligation: Obligation) -> tuple[Step, ...]:
    """How the obligation follows from the record: entry into force, initial report, later reports, date, standing."""
    unique: dict[tuple[str, str | None, str], Step] = {}
    for step in (*steps_to_initial_report(position), *_steps_to_due(position, obligation)):
        unique.setdefault((step.authority, step.after, step.because), step)
    standing = _step(
        STANDING,
        before=_outcome(obligation.due),
        after=obligation.standing,
        because=obligation.standing_because,
        sources=obligation.standing_sources,
    )
    return (*unique.values(), standing)


def steps_to_initial_report(position: Position) -> Iterator[Step]:
    """How the State became or becomes a party, when its initial report was due, what is on record of it, and whether
    the State denounced the Protocol."""
    answer = position.answer
    if not answer.initial_due:
        return
    yield from _chain(answer.initial_due)
    record = answer.known.initial_report
    if record and is_received(record):
        yield _report_step("initial report under the OPSC", record)
    if answer.known.denunciation:
        yield _denunciation_step(answer.known.denunciation)


def _steps_to_due(position: Position, obligation: Obligation) -> Iterator[Step]:
    if obligation.report.kind == "initial":
        return
    yield _step(obligation.owed_under, before=None, after=obligation.report.name, because=obligation.owed_because)
    if obligation.report.kind == "periodic" and position.last_review:
        last = position.last_review
        what = f"last report under the {'Convention' if last.treaty == 'CRC' else last.treaty}"
        yield _report_step(what, last)
    crc_in_force = position.answer.crc_entry_into_force
    if crc_in_force and obligation.report.treaty == "CRC":
        yield from _chain(crc_in_force)
    for displaced in obligation.displaced:
        for step in _chain(displaced):
            yield replace(step, displaced=True) if step.after == _outcome(displaced) else step
    yield from _chain(obligation.due)


def _chain(answer: Answer) -> Iterator[Step]:
    for link in answer.chain():
        before = "; ".join(_outcome(a) or "not established" for a in link.rests_on)
        yield _step(
            link.authority,
            before=before or None,
            after=_outcome(link),
            because=link.because,
            certainty=link.certainty,
            sources=link.sources,
        )


def _outcome(answer: Answer) -> str | None:
    match answer:
        case Dated():
            return str(answer)
        case DateAwaited():
            return "date awaited"
        case NotEstablished():
            return "not established"


def _report_step(what: str, report: Report) -> Step:
    parts = []
    if report.symbol:
        parts.append(report.symbol)
    if report.due_published:
        parts.append(f"printed as due in {in_words(report.due_published)}")
    parts.append(f"received {in_words(report.submitted)}" if report.submitted else "day received not on record")
    if is_reviewed(report) and report.review:
        parts.append(f"reviewed at session {report.review.session} (known from: {report.review.evidence})")
    elif report.review:
        parts.append(f"on the programme of session {report.review.session}, {report.review.outcome}")
    observations = report.concluding_observations
    if observations and observations.adopted:
        parts.append(f"concluding observations adopted {in_words(observations.adopted)}")
    return _step(
        RECORD_OF_REPORTS,
        before=None,
        after=str(report.submitted) if report.submitted else None,
        because=f"{what}: {', '.join(parts)}",
        sources=report_sources(report),
    )


def _denunciation_step(denunciation: Denunciation) -> Step:
    effective = denunciation_effective(denunciation.received)
    return _step(
        OPSC_15,
        before=str(denunciation.received),
        after=str(effective),
        because=f"denunciation received on {in_words(denunciation.received)}; one year later it takes effect",
        certainty=Certainty.TREATY,
        sources=denunciation.sources,
    )


def _step(
    authority: Authority,
    *,
    before: str | None,
    after: str | None,
    because: str,
    certainty: Certainty | None = None,
    sources: tuple[str, ...] = (),
) -> Step:
    return Step(
        rule=authority.name,
        authority=authority.short,
        text=authority.rule,
        url=authority.url,
        before=before,
        after=after,
        certainty=certainty,
        because=because,
        sources=sources,
    )
