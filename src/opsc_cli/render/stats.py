"""`opsc stats`: totals on a day, by standing, region and year; or on each day of a series."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from opsc_cli.answers.stats import RegionTotals, Totals, YearTotals
from opsc_cli.law.standing import LATE, Standing
from opsc_cli.record.dates import in_words
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.parts import Beside, Grid, Part, grid, line
from opsc_cli.render.words import PASSED

if TYPE_CHECKING:
    from opsc_cli.render import documents
    from opsc_cli.render.svg import Picture


def stats_listing(
    totals: Totals, regions: Mapping[str, RegionTotals], years: Sequence[YearTotals], series: Sequence[Totals]
) -> Listing:
    """One row for the day, or for each day of the series if there is one."""
    return Listing(
        key="stats",
        content=_content(totals, regions, years, series),
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, series or [totals]),
        parts=lambda: list(_parts(totals, regions, years, series)),
        picture=lambda envelope: _picture(years, series, envelope),
    )


def _content(
    totals: Totals, regions: Mapping[str, RegionTotals], years: Sequence[YearTotals], series: Sequence[Totals]
) -> "documents.Stats":
    content: documents.Stats = {
        **_totals(totals),
        "by_region": {name: _region(region) for name, region in regions.items()},
        "by_year": [_year(year) for year in years],
        "series": [_totals(day) for day in series],
    }
    if not series:
        del content["series"]
    return content


def _totals(totals: Totals) -> "documents.Totals":
    return {
        "on": str(totals.on),
        "deposits": totals.deposits,
        "in_force": totals.in_force,
        "pending": totals.pending,
        "signatures": totals.signatures,
        "signatory_only": totals.signatory_only,
        "none": totals.none,
        "denounced": totals.denounced,
        "late": sum(totals.late_by.values()),
        "late_by": totals.late_by,
        "by_standing": totals.by_standing,
        "reports_by_standing": totals.reports_by_standing,
    }


def _region(region: RegionTotals) -> "documents.RegionTotals":
    return {
        "states": region.states,
        "deposits": region.deposits,
        "in_force": region.in_force,
        "late": sum(region.late_by.values()),
        "late_by": region.late_by,
    }


def _year(year: YearTotals) -> "documents.YearTotals":
    return {
        "year": year.year,
        "deposits": year.deposits,
        "initial_reports_received": year.initial_reports_received,
        "initial_reports_reviewed": year.initial_reports_reviewed,
    }


def _by_standing(standing: Standing) -> Callable[[Totals], int]:
    return lambda totals: totals.by_standing[standing]


def _late_by(standing: Standing) -> Callable[[Totals], int]:
    return lambda totals: totals.late_by[standing]


COLUMNS: Columns[Totals] = {
    "on": lambda totals: str(totals.on),
    "deposits": lambda totals: totals.deposits,
    "in_force": lambda totals: totals.in_force,
    "pending": lambda totals: totals.pending,
    "signatures": lambda totals: totals.signatures,
    "signatory_only": lambda totals: totals.signatory_only,
    "none": lambda totals: totals.none,
    "denounced": lambda totals: totals.denounced,
    "late": lambda totals: sum(totals.late_by.values()),
    **{f"late_by_{standing}": _late_by(standing) for standing in LATE},
    **{f"by_standing_{standing}": _by_standing(standing) for standing in get_args(Standing)},
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(
    totals: Totals, regions: Mapping[str, RegionTotals], years: Sequence[YearTotals], series: Sequence[Totals]
) -> Iterator[Part]:
    yield line(f"On {in_words(totals.on)}", style="bold")
    yield _counts(totals)
    yield _regions(regions)
    if series:
        yield _series(series)
    else:
        from opsc_cli.render.charts import NOT_COUNTED, by_year

        yield by_year(years)
        yield line(NOT_COUNTED)


def _counts(totals: Totals) -> Beside:
    """The States by what they did, and by standing."""
    acts = (
        ("instruments deposited", totals.deposits),
        ("party (in force)", totals.in_force),
        ("pending", totals.pending),
        ("signatures ever made", totals.signatures),
        ("signatory only", totals.signatory_only),
        ("neither", totals.none),
        *((PASSED[standing], n) for standing, n in totals.late_by.items()),
    )
    standings = (
        (standing, str(n), str(totals.reports_by_standing.get(standing, "")))
        for standing, n in totals.by_standing.items()
    )
    numbers = ("States", "reports")
    return {
        "kind": "beside",
        "left": grid(("", "States"), ((name, str(n)) for name, n in acts), right=numbers),
        "right": grid(("by standing", "States", "reports"), standings, right=numbers),
    }


_PASSED_SHORT = ("overdue", "no record", "only term")
"""The standings of law.standing.LATE, as titles of columns."""


def _regions(regions: Mapping[str, RegionTotals]) -> Grid:
    counted = ("States", "deposited", "in force", *_PASSED_SHORT)
    rows = (
        (name, *map(str, (region.states, region.deposits, region.in_force, *region.late_by.values())))
        for name, region in regions.items()
    )
    return grid(("UN regional group", *counted), rows, right=counted)


def _series(series: Sequence[Totals]) -> Grid:
    counted = ("deposited", "in force", "signatures", *_PASSED_SHORT)
    rows = (
        (str(day.on), *map(str, (day.deposits, day.in_force, day.signatures, *day.late_by.values()))) for day in series
    )
    return grid(("Day", *counted), rows, right=counted)


def _picture(years: Sequence[YearTotals], series: Sequence[Totals], envelope: "documents.Envelope") -> "Picture":
    from opsc_cli.render.charts import totals_chart, years_chart

    return totals_chart(series, envelope) if series else years_chart(years, envelope)
