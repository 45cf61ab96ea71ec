"""What a published total of overdue reports implies for States without a submission on record ("silent" States).

A total names no State, but every report that it counts was due on that day and had not been submitted. Some of the
States that it may count are not silent: the record has more about them. The total minus these is the least number of
silent States counted; the greatest number is the total itself. Both hold even if the total omitted overdue States. They
say how many States were counted, never which.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from opsc_cli.law.authority import Answer, Dated
from opsc_cli.law.committee import FIRST_HAND
from opsc_cli.law.reports import is_received, is_reviewed
from opsc_cli.law.standing import Remark
from opsc_cli.law.treaty import final_entry_into_force, initial_report_due
from opsc_cli.record.dates import days_from, first_day, in_words, last_day, years_after
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import Closings, report_known_on
from opsc_cli.record.records import Count, MayBeCounted, OverdueTotal
from opsc_cli.record.state import Report, State

LEEWAY = 31
"""Tolerance in days: the published count may date a report differently, or register its receipt later."""

ALL_YEARS = 100
"""More years than a report can be overdue."""

# ── States that a total may count ───────────────────────────────────────────────────────────────────────


def overdue_totals(
    states: Mapping[str, State], counts: Iterable[Count], closings: Closings, until: date
) -> tuple[OverdueTotal, ...]:
    """The published totals of overdue initial reports, each with the States that it may count.

    `until`: the end of the record. Later facts about one State are ignored, because they would change the answers for
    others.
    """
    totals = [count for count in counts if count.of == "initial-reports-overdue"]
    reported = {
        iso3: (due, report_known_on(until, state.initial_report, closings) if state.initial_report else None)
        for iso3, state in states.items()
        if totals and (due := _due(state))
    }
    return tuple(
        OverdueTotal(
            count=count,
            may_count=tuple(
                found for iso3, known in reported.items() if (found := _may_be_counted(iso3, *known, count, closings))
            ),
        )
        for count in totals
    )


def _due(state: State) -> Answer | None:
    """When the initial report was due; None if the day of deposit is not on record, not even as a range."""
    instrument = state.instrument
    if not instrument or not (instrument.deposited or (instrument.earliest and instrument.latest)):
        return None
    return initial_report_due(final_entry_into_force(instrument, state.published_entry_into_force))


def _may_be_counted(
    iso3: str, due: Answer, report: Report | None, count: Count, closings: Closings
) -> MayBeCounted | None:
    """None for a State whose report was not due, or had been received."""
    may, must = _lies_in(due, count) if isinstance(due, Dated) else (True, False)
    if not may:
        return None
    before, day = first_day(count.on) - timedelta(LEEWAY), last_day(count.on)
    came = report_known_on(before, report, closings) if report else None
    if came and (came.submitted or came.list_of_issues or is_reviewed(came)):
        return None
    known = report_known_on(day, report, closings) if report and must else None
    surely_due = must and not (known and is_received(known))
    missing = min(_known_missing_from(report, day), default=None) if report else None
    return MayBeCounted(iso3=iso3, surely_due=surely_due, known_missing_from=missing)


def _lies_in(due: Dated, count: Count) -> tuple[bool, bool]:
    """Whether the report can have been overdue for the time that the total counts, and whether it must have been."""
    (first_before, last_before), (first_since, last_since) = _spans(count)
    may = days_from(due.first, last_before) >= -LEEWAY and days_from(first_since, due.last) >= -LEEWAY
    must = days_from(due.last, first_before) > LEEWAY and days_from(last_since, due.first) > LEEWAY
    return may, must


@cache
def _spans(count: Count) -> tuple[tuple[date, date], tuple[date, date]]:
    """The range of the latest, and of the earliest, due date that the total counts."""
    days = first_day(count.on), last_day(count.on)
    before, since = (
        (years_after(days[0], -years), years_after(days[1], -years))
        for years in (count.over_years or 0, count.up_to_years or ALL_YEARS)
    )
    return before, since


def _known_missing_from(report: Report, day: date) -> Iterator[date]:
    """Days from which the report is known to be missing on `day`: received later, or said to be missing."""
    if report.submitted and first_day(report.submitted) > day:
        yield last_day(report.submitted)
    for assertion in report.not_submitted:
        if assertion.asserted_by in FIRST_HAND and first_day(assertion.as_of) >= day:
            yield last_day(assertion.as_of)


# ── how many silent States a total counts ──────────────────────────────────────────────


class Bounds(Frozen):
    """How many of the `silent` States a total counts, by what was known on a day."""

    silent: tuple[str, ...]
    least: int
    most: int
    overdue: int
    """Number of States that the total must count: their reports were due, and are known to be missing."""
    countable: int
    """Number of States that it can count."""

    @property
    def tell_something(self) -> bool:
        """Whether the total fits the record, and the bounds say more than "none to all"."""
        return self.least <= self.most and (self.least > 0 or self.most < len(self.silent))


def bounds_on(day: date, total: OverdueTotal) -> Bounds:
    """The bounds by what was known on `day`, which is not before the day of the total."""
    value, countable = total.count.value, len(total.may_count)
    due = [m for m in total.may_count if m.surely_due]
    silent = tuple(m.iso3 for m in due if m.known_missing_from is None or m.known_missing_from > day)
    return Bounds(
        silent=silent,
        least=max(0, value - (countable - len(silent))),
        most=min(len(silent), value),
        overdue=len(due) - len(silent),
        countable=countable,
    )


# ── in words ─────────────────────────────────────────────────────────────────────────────────────


def remark_on(iso3: str, day: date, totals: Iterable[OverdueTotal]) -> Remark | None:
    """A remark from the latest total about a silent State; of several totals of one day, the most specific."""
    known = [total for total in totals if last_day(total.count.on) <= day]
    known.sort(key=lambda total: (-last_day(total.count.on).toordinal(), len(total.may_count)))
    for total in known:
        bounds = bounds_on(day, total)
        if iso3 in bounds.silent and bounds.tell_something:
            text = f"{what_was_counted(total.count)} {of_the_silent(total.count, bounds, of_one_of_them=True)}"
            return Remark(text=text, sources=total.count.sources)
    return None


def what_was_counted(count: Count) -> str:
    """A sentence that states the total."""
    return (
        f"On {in_words(count.on)} the Committee's secretariat counted {count.value} initial reports under the OPSC as"
        f" overdue{for_how_long(count)}; the total names no State."
    )


def for_how_long(count: Count) -> str:
    """Which part of the overdue reports was counted: " for more than 10 years"; empty for all of them."""
    match count.over_years, count.up_to_years:
        case None, None:
            return ""
        case None, years:
            return f" for up to {years} years"
        case years, None:
            return f" for more than {years} years"
        case over, up_to:
            return f" for {over} to {up_to} years"


def of_the_silent(count: Count, bounds: Bounds, *, of_one_of_them: bool = False) -> str:
    """A sentence on how many silent States were counted; `of_one_of_them`: in a remark about one of them."""
    due = "had been due for so long" if for_how_long(count) else "was due"
    whose = f"whose report {due} and on whose submission this record is silent for that day"
    if len(bounds.silent) == 1:
        return f"The only State {whose}{', this one,' if of_one_of_them else ''} was counted."
    aside = ", this one among them," if of_one_of_them else ""
    return f"Of the {len(bounds.silent)} States {whose}{aside} {_how_many(bounds)} counted."


def _how_many(bounds: Bounds) -> str:
    least, most, states = bounds.least, bounds.most, len(bounds.silent)
    if least == most == states:
        return f"{'both' if most == 2 else f'all {most}'} were"
    if least == most:
        return f"exactly {_were(most)}"
    if least == 0 or most == states:
        return f"at {f'most {_were(most)}' if least == 0 else f'least {_were(least)}'}"
    return f"at least {least} and at most {_were(most)}"


def _were(number: int) -> str:
    return f"{number} {'was' if number == 1 else 'were'}"
