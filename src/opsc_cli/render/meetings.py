"""The JSON of a forecast, and of the meetings that forecasts and plans name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from opsc_cli.forecast.forecast import Forecast, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.render.listing import Columns, Value
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract_forecasts


def forecast_content(found: Forecast) -> "contract_forecasts.Forecast":
    return {
        "assumes_received": str(found.assumes_received),
        "procedure": "srp" if found.procedure == "simplified" else "standard",
        "authority": found.authority.short,
        "certainty": found.certainty.value,
        "basis": found.basis,
        "nominal_coverage": found.nominal_coverage,
        "group_has_met": found.group_has_met,
        "pre_session": range_content(found.pre_session),
        "session": range_content(found.session),
        "distribution": [
            {"label": meeting.label, "probability": round(probability, 4)} for meeting, probability in found.spread
        ],
    }


def range_content(found: Range) -> "contract_forecasts.MeetingRange":
    return {
        "earliest": place_content(found.earliest),
        "likely": place_content(found.likely),
        "latest": place_content(found.latest),
    }


def place_content(meeting: Meeting) -> "contract_forecasts.MeetingPlace":
    return {
        "opens": iso(meeting.opens),
        "label": meeting.label,
        "number": meeting.number,
        "status": meeting.status,
    }


_Meeting = Literal["pre_session", "session"]
_End = Literal["earliest", "likely", "latest"]


def _label(meeting: _Meeting, end: _End) -> "Callable[[contract_forecasts.Forecast], Value]":
    return lambda forecast: forecast[meeting][end]["label"]


RANGE_COLUMNS: "Columns[contract_forecasts.Forecast]" = {
    f"{meeting}_{end}": _label(meeting, end) for meeting in get_args(_Meeting) for end in get_args(_End)
}
"""The range of a forecast, by the labels of its meetings."""
