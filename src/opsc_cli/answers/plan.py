"""The plans of a State: the next steps of each report that it owes."""

from collections.abc import Iterable, Iterator

from opsc_cli.answers.position import Position
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.plan import Plan, Unplanned, plans_for, without_plan
from opsc_cli.record.frozen import Frozen


class Planned(Frozen):
    """A State, its plans, and the reports without one."""

    position: Position
    plans: tuple[Plan, ...]
    without: tuple[Unplanned, ...]


def planned(positions: Iterable[Position], outlook: Outlook) -> Iterator[Planned]:
    """The plans of each State; `outlook` is that of the positions' day."""
    for position in positions:
        obligations = position.obligations
        yield Planned(
            position=position,
            plans=plans_for(position.iso3, obligations, outlook),
            without=tuple(without_plan(position.iso3, obligations, outlook)),
        )
