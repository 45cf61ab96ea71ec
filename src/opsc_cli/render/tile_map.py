"""The map of the world with one equal square per State, so that Nauru is as visible as Brazil."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Position
from opsc_cli.record.dates import parse_day
from opsc_cli.render.legend import height as height_of
from opsc_cli.render.legend import legend
from opsc_cli.render.scales import By, Category, Scale, scale
from opsc_cli.render.svg import Picture, element, escaped, patterns, source_line, text
from opsc_cli.render.tiles import COLUMNS, ROWS, TILES

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_PITCH, _SIDE = 32, 30
_WIDTH = COLUMNS * _PITCH
_LEGEND_COLUMNS = 3

_Places = Mapping[str, tuple[int, int]]


def tile_map(
    positions: Sequence[Position], by: By, envelope: "Envelope", links: Mapping[str, str] | None = None
) -> Picture:
    """A square for each State on record; one that is not in `positions` is empty.

    `links`: the address that a State's square opens, by ISO 3166 alpha-3 code. The ids begin with "map-" and `by`.
    """
    shown, key = scale(by, parse_day(envelope["as_of"])), f"map-{by}"
    of_kind = {kind: [p for p in positions if shown.kind_of(p) == kind] for kind in shown.kinds}
    places = _places([position.iso3 for position in positions])
    top = (max(row for row, _ in places.values()) + 1) * _PITCH + 16
    squares = (_squares(key, kind, shown, held, places, links or {}) for kind, held in of_kind.items() if held)
    others = len(places) - len(positions)
    entries = [(kind.tone, f"{kind.called}: {len(held)}") for kind, held in of_kind.items() if held or not others]
    tall = height_of(entries, _LEGEND_COLUMNS)
    left_out = f"{others} States that were not asked about are empty squares." if others else ""
    return Picture(
        key=key,
        title=shown.title,
        about=_about(len(positions), [words for _, words in entries], left_out),
        source=source_line(envelope),
        width=_WIDTH,
        height=top + tall + (16 if left_out else 0),
        body="".join(
            (
                patterns(key, (kind.tone for kind in shown.kinds)),
                _empty(places, {position.iso3 for position in positions}),
                *squares,
                legend(key, entries, width=_WIDTH, columns=_LEGEND_COLUMNS, top=top),
                text(left_out, 0, top + tall + 12, class_="small") if left_out else "",
            )
        ),
        has_links=bool(links),
    )


def _about(states: int, counted: Sequence[str], left_out: str) -> str:
    counts = f"{'; '.join(counted)}." if counted else ""
    return " ".join(
        filter(None, (f"{states} States, one equal square each, roughly where they lie.", counts, left_out))
    )


def _places(iso3s: Sequence[str]) -> _Places:
    """The row and column of every State; those without a place of their own come in a row below."""
    more = count()
    return {**TILES, **{iso3: (ROWS, next(more)) for iso3 in iso3s if iso3 not in TILES}}


def _empty(places: _Places, asked: set[str]) -> str:
    """The squares of the States that were not asked about."""
    drawn = "".join(_outline(place) for iso3, place in places.items() if iso3 not in asked)
    return element("path", d=drawn, class_="rule") if drawn else ""


def _outline(place: tuple[int, int]) -> str:
    row, column = place
    return f"M{column * _PITCH + 1} {row * _PITCH + 1}h{_SIDE}v{_SIDE}h-{_SIDE}z"


def _squares(
    key: str, kind: Category, shown: Scale, positions: Sequence[Position], places: _Places, links: Mapping[str, str]
) -> str:
    """The States of a kind, filled with its pattern."""
    squares = (_square(p, shown.words_of(p), places[p.iso3], links.get(p.iso3)) for p in positions)
    return element("g", *squares, class_=f"on-{kind.tone}", fill=f"url(#{key}-{kind.tone})")


def _square(position: Position, words: str, place: tuple[int, int], link: str | None) -> str:
    row, column = place
    drawn = (
        element("title", escaped(f"{position.name}: {words}")),
        element("path", d=_outline(place)),
        text(position.iso3, (column + 0.5) * _PITCH, (row + 0.5) * _PITCH + 4),
    )
    return element("a", *drawn, href=link) if link else element("g", *drawn)
