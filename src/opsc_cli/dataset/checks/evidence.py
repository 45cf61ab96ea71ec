"""The evidence of a review: the strongest kind that its sources give."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from opsc_cli.dataset.checks.symbols import parsed_symbol, state_of
from opsc_cli.dataset.checks.walking import Fault, reports
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import Report
from opsc_cli.record.terms import Evidence

_ABOUT_A_SESSION = re.compile(r"UN-CRC-\d+-(?!OPENING)")
"""Ids of releases about a whole session; one on the opening is as good as a programme."""

_RANK = {kind: rank for rank, kind in enumerate(get_args(Evidence))}
"""From the strongest."""

_Cited = tuple[str, Source]


def evidence_is_the_strongest_cited(dataset: Dataset) -> Iterator[Fault]:
    """The evidence stays as it was researched: a source that was read later may be stronger."""
    for path, iso3, report in reports(dataset):
        review = report.review
        if not review or review.confirmed:
            continue
        if any(review.evidence in kinds for kinds in _possible(dataset, report, iso3)):
            continue
        if possible := set[Evidence]().union(*_possible(dataset, report, iso3)):
            kinds = " or ".join(sorted(possible, key=_RANK.__getitem__))
            message = (
                f"{review.evidence}, but the strongest of its sources is evidence of the kind "
                f"{kinds}; correct it or the sources, or add `confirmed` with the reason"
            )
            is_too_strong = _RANK[review.evidence] < min(_RANK[kind] for kind in possible)
            severity: Literal["error", "warning"] = "error" if is_too_strong else "warning"
            yield Fault("states", (*path, "review", "evidence"), "SRC08", message, severity)


def _possible(dataset: Dataset, report: Report, iso3: str) -> Iterator[set[Evidence]]:
    """By all sources of the review, by those that were read first, and by those of the observations too."""
    if cited := _cited(dataset, report.review.sources) if report.review else []:
        yield _strongest(cited, iso3)
        first = min(source.read for _, source in cited)
        yield _strongest([(name, source) for name, source in cited if source.read == first], iso3)
        observations = report.concluding_observations
        yield _strongest([*cited, *_cited(dataset, observations.sources if observations else ())], iso3)


def _cited(dataset: Dataset, names: Iterable[str]) -> list[_Cited]:
    return [(name, dataset.sources[name]) for name in names if name in dataset.sources]


def _strongest(cited: list[_Cited], iso3: str) -> set[Evidence]:
    """The evidence that the sources give; two kinds where the sources do not tell which."""
    releases = [name for name, source in cited if source.kind == "release"]
    on_the_close = any(_ABOUT_A_SESSION.match(name) for name in releases)
    documents = [source.symbol or "" for _, source in cited if source.kind == "document" and _shows(source, iso3)]
    if documents:
        of_the_session = not any(map(state_of, documents)) and (on_the_close or "" in documents)
        return {"document", "closing-release"} if of_the_session else {"document"}
    if on_the_close:
        return {"closing-release"}
    if any(iso3 in name.split("-") for name in releases):
        return {"release"}
    if any("-OPENING" not in name for name in releases):
        return {"release", "closing-release"}
    return {"programme"} if releases or any(s.kind == "programme" for _, s in cited) else {"programme", "press-ngo"}


def _shows(source: Source, iso3: str) -> bool:
    """Whether the document shows that the review took place: no report, no list of issues, none of another State."""
    parsed = parsed_symbol(source.symbol or "")
    return state_of(source.symbol or "") in (None, iso3) and (parsed is None or parsed.kind == "CO")
