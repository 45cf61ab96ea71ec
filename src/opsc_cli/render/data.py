"""`opsc data`: a dataset's version, size, age, and how much of it is filled; and `opsc --version`."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsc_cli import __version__
from opsc_cli.answers.age import End
from opsc_cli.answers.filled import Filled, filled_in_words
from opsc_cli.record.records import Dataset
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.parts import Part, grid, line, paragraph

if TYPE_CHECKING:
    from opsc_cli.render import contract_record


def versions(dataset: Dataset) -> str:
    """The line of `opsc --version`."""
    ends = dataset.as_of
    covered = f"parties to {ends.parties}, the Committee's work to {ends.committee}"
    return f"opsc {__version__}, data {dataset.version} ({covered})\n"


def data_listing(dataset: Dataset, ends: Sequence[End], filled: Filled) -> Listing:
    """One row per part of the record."""
    return Listing(
        key="data",
        content=_content(dataset, ends, filled),
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, ((dataset, end) for end in ends)),
        parts=lambda: list(_parts(dataset, ends, filled)),
    )


def _content(dataset: Dataset, ends: Sequence[End], filled: Filled) -> "contract_record.DatasetSummary":
    return {
        "version": dataset.version,
        "ends": [{"part": end.part, "ends": str(end.ends), "age_days": end.age_days} for end in ends],
        "states": len(dataset.states),
        "sessions": len(dataset.sessions),
        "pre_sessions": len(dataset.pre_sessions),
        "sources": len(dataset.sources),
        "filled": {
            "parties": filled.parties,
            "deposits": filled.deposits,
            "initial_reports": filled.initial_reports,
            "last_reviews": filled.last_reviews,
            "next_reports": filled.next_reports,
        },
        "checked": [{"iso3": iso3, "checked": str(day)} for iso3, day in _checked(dataset)],
    }


def _checked(dataset: Dataset) -> Iterator[tuple[str, date]]:
    return ((iso3, state.checked.day) for iso3, state in dataset.states.items() if state.checked)


COLUMNS: Columns[tuple[Dataset, End]] = {
    "version": lambda of: of[0].version,
    "part": lambda of: of[1].part,
    "ends": lambda of: str(of[1].ends),
    "age_days": lambda of: of[1].age_days,
}

_CALLED = {"parties": "who is a party", "committee": "the Committee's work"}


def _parts(dataset: Dataset, ends: Sequence[End], filled: Filled) -> Iterator[Part]:
    yield line(f"Data {dataset.version}", style="bold")
    rows = ((_CALLED[end.part], str(end.ends), str(end.age_days)) for end in ends)
    yield grid(("Record of", "ends on", "days ago"), rows, right=("days ago",))
    yield line(
        f"{len(dataset.states)} States, {len(dataset.sessions)} sessions, {len(dataset.pre_sessions)} pre-sessions,"
        f" {len(dataset.sources)} sources."
    )
    yield line(filled_in_words(filled))
    if later := [f"{dataset.names[iso3].name} ({day})" for iso3, day in _checked(dataset)]:
        yield paragraph(f"Checked later than the record as a whole: {', '.join(later)}.")
