"""The sources behind an answer, and what each one supports."""

from collections.abc import Iterator

from opsc_cli.answers.position import Position
from opsc_cli.law.reports import report_sources


def sources_behind(position: Position) -> dict[str, tuple[str, ...]]:
    """Every source behind the answer, by id, with what it supports."""
    behind: dict[str, dict[str, None]] = {}
    for what, sources in _citations(position):
        for source in sources:
            behind.setdefault(source, {})[what] = None
    return {source: tuple(facts) for source, facts in behind.items()}


def _citations(position: Position) -> Iterator[tuple[str, tuple[str, ...]]]:
    answer = position.answer
    known = answer.known
    if known.signature:
        yield "signature", known.signature.sources
    if known.instrument:
        yield "instrument", known.instrument.sources
    if answer.entry_into_force:
        yield "entry into force", answer.entry_into_force.sources
    if answer.crc_entry_into_force:
        yield "entry into force of the Convention", answer.crc_entry_into_force.sources
    if answer.initial_due and known.initial_report:
        yield "initial report", report_sources(known.initial_report)
    if position.last_review:
        yield "last review", report_sources(position.last_review)
    for owed in position.obligations:
        report = owed.report
        yield f"receipt of the {report.name}", report.sources
        yield f"date of the {report.name}", owed.due.sources
        yield f"standing of the {report.name}", owed.standing_sources
        for remark in owed.remarks:
            yield f"remark on the {report.name}", remark.sources
        for displaced in owed.displaced:
            yield f"displaced date of the {report.name}", displaced.sources
    for disagreement in position.disagreements:
        yield f"disagreement on {disagreement.about or 'the record'}", disagreement.sources
