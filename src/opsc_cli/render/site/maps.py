"""The maps of the world."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

from opsc_cli.answers.everything import Everything
from opsc_cli.render.scales import By, scale
from opsc_cli.render.site.pages import PageWriter, picture_in_page
from opsc_cli.render.site.paths import state_path
from opsc_cli.render.svg import standalone
from opsc_cli.render.tile_map import tile_map

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

MAPS: tuple[By, ...] = get_args(By)


def map_files(everything: Everything, writer: PageWriter) -> Iterator[tuple[str, str]]:
    """Each map as a page, with the same as a list, and as a file of its own."""
    for by in MAPS:
        path = f"map/{by}.html"
        yield path, writer.page(path, "map", map=map_of(by, everything, writer.envelope, "../"))
        alone = tile_map(list(everything.positions.values()), by, writer.envelope)
        yield f"map/{by}.svg", standalone(alone)


def map_of(by: By, everything: Everything, envelope: "Envelope", root: str) -> dict[str, Any]:
    """What a template takes of a map, in a page from which `root` leads to the front page."""
    positions, shown = list(everything.positions.values()), scale(by, everything.day)
    picture = tile_map(positions, by, envelope, {iso3: f"{root}{state_path(iso3)}" for iso3 in everything.positions})
    kinds = ((kind.called, [p for p in positions if shown.kind_of(p) == kind]) for kind in shown.kinds)
    return {
        "by": by,
        "all": MAPS,
        "picture": picture,
        "drawn": picture_in_page(picture),
        "kinds": [(called, states) for called, states in kinds if states],
    }
