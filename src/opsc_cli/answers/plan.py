"""The plans of a State: the next steps of each report that it owes."""

from collections.abc import Iterable, Iterator

from opsc_cli.answers.position import Position
from opsc_cli.forecast.forecast import Outlook
from opsc_cli.forecast.plan import Plan, plans_for
from opsc_cli.law.standing import Obligation
from opsc_cli.record.frozen import Frozen


class Planned(Frozen):
    """A State, its plans, and the reports without a review: answers to a request for further information."""

    position: Position
    plans: tuple[Plan, ...]
    without: tuple[Obligation, ...]


def planned(positions: Iterable[Position], outlook: Outlook) -> Iterator[Planned]:
    """The plans of each State; `outlook` is that of the positions' day."""
    for position in positions:
        obligations = position.obligations
        yield Planned(
            position=position,
            plans=plans_for(position.iso3, obligations, outlook),
            without=tuple(o for o in obligations if o.report.kind == "further-information"),
        )
