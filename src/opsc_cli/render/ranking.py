"""`opsc forecast --session`: the States that a session to come will most likely review."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.ranking import Ranked
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.months import words_of
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.meetings import place_content
from opsc_cli.render.parts import Part, grid, line
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract_forecasts

_MOST = 30
"""So many States are listed unless all are asked for."""


def ranking_listing(session: Meeting, ranked: Sequence[Ranked], *, whole: bool) -> Listing:
    """`whole`: all States, also those that are hardly likely."""
    shown = ranked if whole else ranked[:_MOST]
    others = ranked[len(shown) :]
    content: contract_forecasts.Ranking = {
        "session": place_content(session),
        "expected": round(sum(state.chance for state in ranked), 2),
        "others": len(others),
        "others_expected": round(sum(state.chance for state in others), 2),
        "states": [_content(state) for state in shown],
    }
    rows = [(content["session"], state) for state in content["states"]]
    return Listing(
        key="ranking",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, rows),
        parts=lambda: _parts(content, shown),
    )


def _content(state: Ranked) -> "contract_forecasts.Ranked":
    return {
        "iso3": state.iso3,
        "name": state.name,
        "probability": round(state.chance, 4),
        "last_reviewed": iso(state.last_reviewed),
        "in_hand": state.in_hand,
    }


COLUMNS: "Columns[tuple[contract_forecasts.MeetingPlace, contract_forecasts.Ranked]]" = {
    "iso3": lambda row: row[1]["iso3"],
    "name": lambda row: row[1]["name"],
    "opens": lambda row: row[0]["opens"],
    "label": lambda row: row[0]["label"],
    "probability": lambda row: row[1]["probability"],
    "last_reviewed": lambda row: row[1]["last_reviewed"],
    "in_hand": lambda row: row[1]["in_hand"],
}


def _parts(content: "contract_forecasts.Ranking", shown: Sequence[Ranked]) -> list[Part]:
    head = f"{content['session']['label']}: about {content['expected']:.0f} States, whatever is known of their reports"
    rows = [
        (
            f"{state.name} ({state.iso3})",
            f"{state.chance:.0%}",
            words_of(state.last_reviewed.year, state.last_reviewed.month) if state.last_reviewed else "none on record",
            state.in_hand or "",
        )
        for state in shown
    ]
    parts: list[Part] = [line(head, style="bold")]
    parts.append(grid(("State", "Chance", "Last review", "On record of its next report"), rows, right=("Chance",)))
    if content["others"]:
        share = f"{content['others_expected']:.1f} of the {content['expected']:.1f} expected"
        parts.append(line(f"{content['others']} other States have {share} between them; --all lists these too."))
    parts.append(line("Certainty: projection. A chance is that this session is the next review of the State."))
    return parts
