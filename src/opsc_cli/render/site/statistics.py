"""The totals of the day, by region and by year, and over time."""

from collections.abc import Sequence
from typing import Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.stats import Totals, days_between, regions_on, totals_on, totals_over, years_until
from opsc_cli.law.treaty import general_entry_into_force
from opsc_cli.render.stats import stats_listing


def series_of(everything: Everything) -> tuple[Totals, ...]:
    """The totals on each anniversary of the Protocol's entry into force, and on the day itself."""
    return tuple(totals_over(everything.dataset, days_between(general_entry_into_force(), everything.day, "year")))


def statistics_page(everything: Everything, series: Sequence[Totals]) -> dict[str, Any]:
    """What the template takes: what `opsc stats` shows."""
    dataset, day = everything.dataset, everything.day
    totals, regions, years = totals_on(dataset, day), regions_on(dataset, day), years_until(dataset, day)
    return {"shown": stats_listing(totals, regions, years, ()).parts(), "series": series}
