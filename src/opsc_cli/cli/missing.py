"""`opsc missing`: what would improve the answers most."""

from typing import Annotated

from opsc_cli.answers.missing import GapKind
from opsc_cli.cli.ask import Group
from opsc_cli.cli.declared import option
from opsc_cli.cli.options import Request, States, with_shared_options
from opsc_cli.cli.output import show
from opsc_cli.cli.resolve import resolved


@with_shared_options(without=("lang",))
def missing(
    request: Request,
    states: States = None,
    kind: Annotated[GapKind | None, option("--kind", metavar="KIND", help="Only what is missing of this kind.")] = None,
    region: Group = None,
) -> None:
    """List what is not on record and would improve the answers most: where to read it, and the line to record it.

    The States with the greatest effect come first. Fill in the line and run it in a copy of the repository.

    Example: opsc missing Malta
    Example: opsc missing --region African --format csv -o work-list.csv
    Example: opsc missing --kind initial-report --format md -o help-wanted.md
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.missing import missing as missing_from
    from opsc_cli.answers.position import one_by_one, positions
    from opsc_cli.render.missing import missing_listing

    asked = one_by_one(positions(dataset, day, resolved(states, dataset) if states else tuple(dataset.states)))
    found = [gap for gap in missing_from(dataset, asked) if kind in (None, gap.kind) and region in (None, gap.region)]
    show(missing_listing(found, in_full=bool(states)), request)
