"""The whole site: each file by its path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from opsc_cli.answers.diff import Comparison
from opsc_cli.answers.everything import Everything
from opsc_cli.forecast.backtest_states import TooFewReviews
from opsc_cli.forecast.figures import figures_of
from opsc_cli.law.rules import rules
from opsc_cli.render.charts import totals_chart
from opsc_cli.render.export import export, with_checksums
from opsc_cli.render.glossary import CERTAINTIES
from opsc_cli.render.site.api import api_files
from opsc_cli.render.site.changes import changes_files
from opsc_cli.render.site.front import front_page, states_page
from opsc_cli.render.site.maps import map_files, map_of
from opsc_cli.render.site.not_joined import not_joined_page
from opsc_cli.render.site.pages import PageWriter, Place, picture_in_page
from opsc_cli.render.site.paths import API, calendar_path, state_path
from opsc_cli.render.site.sessions_pages import sessions_files
from opsc_cli.render.site.state_page import state_page
from opsc_cli.render.site.statistics import series_of, statistics_page
from opsc_cli.render.svg import standalone
from opsc_cli.render.words import PASSED

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope


_IN_THE_API = ("due.json", "due.ics")


def site(
    everything: Everything, envelope: "Envelope", comparisons: Sequence[Comparison], place: Place
) -> dict[str, str]:
    """Every file by its path. `comparisons`: from one version of the data to the next, the oldest first."""
    writer = PageWriter(envelope, place)
    writer.know(all_names=everything.dataset.names, as_of=everything.day, passed=PASSED)
    files = dict(api_files(everything, envelope, place.address))
    files |= {f"data/{name}": text for name, text in export(everything.dataset, envelope, without=_IN_THE_API).items()}
    files |= dict(changes_files(comparisons, writer))
    files |= dict(sessions_files(everything, writer))
    files |= dict(map_files(everything, writer))
    files |= dict(_states(everything, writer))
    files |= dict(_single_pages(everything, writer))
    files["data.html"] = writer.page("data.html", "data", **_data(files, writer.texts))
    return with_checksums(files)


def _states(everything: Everything, writer: PageWriter) -> Iterator[tuple[str, str]]:
    for iso3 in everything.positions:
        path, calendar = state_path(iso3), calendar_path(iso3)
        whole = writer.place.of(calendar)
        webcal = f"webcal:{whole.partition(':')[2]}" if whole else None
        yield (
            path,
            writer.page(
                path,
                "state",
                *(() if whole else ("subscribe",)),
                calendar=calendar,
                webcal=webcal,
                **state_page(iso3, everything, writer.envelope),
            ),
        )


def _single_pages(everything: Everything, writer: PageWriter) -> Iterator[tuple[str, str]]:
    series = series_of(everything)
    totals = totals_chart(series, writer.envelope)
    front = {
        **front_page(everything),
        "map": map_of("standing", everything, writer.envelope, ""),
        "chart": picture_in_page(totals),
    }
    yield "index.html", writer.page("index.html", "index", "search", **front)
    yield "states.html", writer.page("states.html", "states", **states_page(everything))
    statistics = statistics_page(everything, series) | {"chart": picture_in_page(totals)}
    yield "statistics.html", writer.page("statistics.html", "statistics", **statistics)
    yield "totals.svg", standalone(totals)
    yield "not-joined.html", writer.page("not-joined.html", "not-joined", **not_joined_page(everything))
    yield "how.html", writer.page("how.html", "how", **_how(everything))
    yield "wrong.html", writer.page("wrong.html", "wrong")


def _how(everything: Everything) -> dict[str, Any]:
    return {
        "rules": tuple(rules()),
        "certainties": [f"{name}: {text}" for name, text in CERTAINTIES.items()],
        "scores": _scores(everything),
    }


def _scores(everything: Everything) -> dict[str, Any] | None:
    """How many of the past cases the ranges of the forecasts held."""
    try:
        found = figures_of(everything.dataset)
    except TooFewReviews:
        return None
    reports, states = found.at_receipt, found.states.all
    return {
        "nominal": f"{found.nominal_coverage:.0%}",
        "covered": f"{reports.coverage:.0%}",
        "n": reports.n,
        "states": f"{states.coverage:.0%}",
        "m": f"{states.n:,}",
    }


def _data(files: Mapping[str, str], texts: Mapping[str, Any]) -> dict[str, Any]:
    """The files that the page names, with what they hold and their sizes."""

    def listed(folder: str, named: Mapping[str, str]) -> list[tuple[str, str, int]]:
        sizes = {name: len(files[f"{folder}/{name}"].encode()) for name in named}
        return [(name, holds, -(-sizes[name] // 1000)) for name, holds in named.items()]

    return {"downloads": listed("data", texts["data"]["files"]), "programs": listed(API, texts["data"]["programs"])}
