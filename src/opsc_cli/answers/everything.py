"""All answers of a day, computed once, for output that shows all States."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from opsc_cli.answers.missing import Gap, missing
from opsc_cli.answers.plan import Planned, planned
from opsc_cli.answers.position import Position, positions
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset


class Everything(Frozen):
    """The positions, the plans and the gaps of all States, each by its ISO alpha-3 code."""

    dataset: Dataset
    day: date
    outlook: Outlook
    positions: Mapping[str, Position]
    plans: Mapping[str, Planned]
    gaps: Mapping[str, tuple[Gap, ...]]
    """No key for States with nothing missing."""


def everything_on(dataset: Dataset, day: date) -> Everything:
    outlook = Outlook(dataset, day)
    found = positions(dataset, day, tuple(dataset.states), outlook)
    gaps = groupby(missing(dataset, found), key=lambda gap: gap.iso3)
    return Everything(
        dataset=dataset,
        day=day,
        outlook=outlook,
        positions={position.iso3: position for position in found},
        plans={plan.position.iso3: plan for plan in planned(found, outlook)},
        gaps={iso3: tuple(of) for iso3, of in gaps},
    )
