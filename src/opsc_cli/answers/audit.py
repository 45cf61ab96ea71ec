"""Differences between computed and published values, each with both values and the sources.

A difference that the dataset explains stays on the list, because readers may need it; one without an explanation is a
finding.
"""

from collections.abc import Iterator
from datetime import date

from opsc_cli.answers.stats import count_on
from opsc_cli.answers.totals import bounds_on, for_how_long, of_the_silent
from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.treaty import final_entry_into_force, initial_report_due
from opsc_cli.record.dates import days_from, first_day, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset, OverdueTotal
from opsc_cli.record.state import Disagreement, Report, State


class Mismatch(Frozen):
    """A computed value and a published one that differ. `explained` gives the reason; None if there is none."""

    about: str
    """The subject: "initial report due", "entry into force", "deposits"."""
    subject: str
    """The State's ISO alpha-3 code, or the day of a total."""
    computed: str
    by: str
    """The article, or the count."""
    computed_sources: tuple[str, ...]
    published: str
    published_sources: tuple[str, ...]
    explained: str | None


def mismatches(dataset: Dataset) -> tuple[Mismatch, ...]:
    """Every difference on record: due years, days of entry into force, totals.

    We compute no total of overdue reports, because silence is not a fact. A published total is listed with the number
    of States that it may include, and how many of these have no submission on record.
    """
    found = [*_totals(dataset), *map(_overdue_total, dataset.overdue_totals)]
    for iso3, state in dataset.states.items():
        found.extend(_entry_into_force(iso3, state))
        found.extend(printed_due_year(iso3, state))
    return tuple(found)


def printed_due_years(dataset: Dataset) -> Iterator[Mismatch]:
    """Printed due years or days of initial reports that differ from the computed day."""
    for iso3, state in dataset.states.items():
        yield from printed_due_year(iso3, state)


def _entry_into_force(iso3: str, state: State) -> Iterator[Mismatch]:
    published = state.published_entry_into_force
    if not published or not state.instrument:
        return
    computed = final_entry_into_force(state.instrument, None)
    if isinstance(computed, Dated) and computed.is_day and computed.first != published.entry_into_force:
        yield Mismatch(
            about="entry into force",
            subject=iso3,
            computed=str(computed),
            by=computed.authority.short,
            computed_sources=computed.sources,
            published=str(published.entry_into_force),
            published_sources=published.sources,
            explained=published.note or _reason(published.disagreements, "entry_into_force"),
        )


def printed_due_year(iso3: str, state: State) -> Iterator[Mismatch]:
    """The printed due year or day of a State's initial report, if it differs from the computed day."""
    report = state.initial_report
    if not report or not report.due_published or not state.instrument:
        return
    in_force = final_entry_into_force(state.instrument, state.published_entry_into_force)
    due = initial_report_due(in_force)
    if _agree(due, report):
        return
    yield Mismatch(
        about="initial report due",
        subject=iso3,
        computed=_written(due),
        by=due.authority.short,
        computed_sources=due.sources,
        published=str(report.due_published),
        published_sources=report.sources or tuple(s for a in report.not_submitted for s in a.sources),
        explained=_reason(report.disagreements, "due_published") or _why_not_established(due),
    )


def _agree(due: Answer, report: Report) -> bool:
    """Whether the printed year or day can be the computed day, within one day."""
    if not isinstance(due, Dated) or not report.due_published:
        return False
    return (
        days_from(due.first, last_day(report.due_published)) >= -1
        and days_from(first_day(report.due_published), due.last) >= -1
    )


def _why_not_established(due: Answer) -> str | None:
    return due.because if not isinstance(due, Dated) else None


def _written(due: Answer) -> str:
    return str(due) if isinstance(due, Dated) else "not established"


def _reason(disagreements: tuple[Disagreement, ...], about: str) -> str | None:
    return next((d.reason for d in disagreements if d.about == about), None)


def _totals(dataset: Dataset) -> Iterator[Mismatch]:
    for count in dataset.counts:
        if count.of == "initial-reports-overdue":
            continue
        own = count_on(dataset.states.values(), count.of, last_day(count.on))
        if own != count.value:
            yield Mismatch(
                about=count.of,
                subject=str(count.on),
                computed=str(own),
                by=f"{count.of} by the record",
                computed_sources=(),
                published=str(count.value),
                published_sources=count.sources,
                explained=count.explained,
            )


def _overdue_total(total: OverdueTotal) -> Mismatch:
    count, bounds = total.count, bounds_on(date.max, total)
    fits = bounds.overdue <= count.value <= bounds.countable
    return Mismatch(
        about=f"initial reports overdue{for_how_long(count)}",
        subject=str(count.on),
        computed=f"{bounds.overdue} to {bounds.countable}",
        by="reports that were due, and those of them that are not on record as received by then",
        computed_sources=(),
        published=str(count.value),
        published_sources=count.sources,
        explained=of_the_silent(count, bounds) if fits else count.explained,
    )
