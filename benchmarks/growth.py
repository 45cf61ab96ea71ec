"""Writes an almanac and an index with TIMES as many States into PACKAGE, by repeating each under invented names.

python benchmarks/growth.py TIMES PACKAGE
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from opsc_cli import index
from opsc_cli.cli.app import help_text
from opsc_cli.dataset.compiling import table_of_names
from opsc_cli.dataset.load import load
from opsc_cli.record.records import Dataset
from opsc_cli.render import almanac


def repeated(dataset: Dataset, times: int) -> Dataset:
    """The dataset with every State `times` times: as NPL, NPL1, …, and under each of its names with that number."""
    numbers = ["", *map(str, range(1, times))]
    return replace(
        dataset,
        states={f"{iso3}{n}": state for n in numbers for iso3, state in dataset.states.items()},
        names={f"{iso3}{n}": dataset.names[iso3] for n in numbers for iso3 in dataset.states},
        index={f"{text}{n}": f"{iso3}{n}" for n in numbers for text, iso3 in dataset.index.items()},
    )


class Repeated(almanac.AnswerWriter):
    """Reuses the answers of each original State for its copies, with their codes."""

    @cache  # noqa: B019  # a single instance
    def _of_the_first(self, iso3: str, changes: tuple[date, ...], reach: tuple[date, date]) -> Any:
        return super().spans(iso3, changes, reach)

    def spans(self, iso3: str, changes: Iterable[date], reach: tuple[date, date]) -> Any:
        first, number = iso3[:3], iso3[3:]
        forms = self._of_the_first(first, tuple(changes), reach)
        return [[(day, text.replace(first, first + number)) for day, text in spans] for spans in forms]


def main() -> None:
    dataset, package = repeated(load(), int(sys.argv[1])), Path(sys.argv[2])
    almanac.AnswerWriter = Repeated  # type: ignore[misc]
    (package / "almanac").write_bytes(almanac.almanac_of(dataset, help_text()))
    (package / index.NAMES).write_bytes(table_of_names(dataset))


if __name__ == "__main__":
    main()
