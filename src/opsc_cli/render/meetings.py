"""A forecast in JSON and in words, and the meetings that forecasts and plans name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from opsc_cli.forecast.forecast import Forecast, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.passed import if_not, passed_in_words
from opsc_cli.render.listing import Columns, Value
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.forecast.next_review import NextReview
    from opsc_cli.render import contract_forecasts


def forecast_content(found: Forecast) -> "contract_forecasts.Forecast":
    return {
        "assumes_received": str(found.assumes_received),
        "procedure": "srp" if found.procedure == "simplified" else "standard",
        "authority": found.authority.short,
        "certainty": found.certainty.value,
        "basis": found.basis,
        "nominal_coverage": found.nominal_coverage,
        "chance_passed_unseen": round(found.passed_unseen, 4),
        "group_has_met": found.group_has_met,
        "passed_group": place_content(found.passed_group) if found.passed_group else None,
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


# ── in words ─────────────────────────────────────────────────────────────────────────────────────


def in_a_sentence(forecast: Forecast) -> str:
    """A forecast: the likely working group and session, their range, and the basis."""
    return f"{ranges_in_words(forecast)}: {forecast.basis}"


def ranges_in_words(forecast: Forecast) -> str:
    """A forecast without its basis."""
    group, session = _ranged(forecast.pre_session), _ranged(forecast.session)
    passed = forecast.passed_group
    first = f"{passed_in_words(passed)}; the next to come is that of " if passed else "likely "
    held = if_not(forecast.passed_unseen)
    return f"{f'review {held}' if held else ''}{first}{group}; session of {session} ({forecast.certainty.value})"


def groups_in_words(review: "NextReview") -> str:
    """The working groups that may prepare the next review: what they adopt, and a range of months."""
    found = review.pre_session
    if found is None:
        return "the list of issues is adopted"
    later = " or later" if review.open_ended else ""
    span = f"{found.earliest.label} to {found.latest.label}{later}"
    before = ", one or two sessions before the review" if review.pre_session_for == "list of issues" else ""
    return f"likely {found.likely.label} (from {span}), for the {review.pre_session_for}{before}"


def _ranged(found: Range) -> str:
    """A range in words: "May–June 2029 (from January–February 2028 to May–June 2032)"."""
    first, likely, last = found.earliest.label, found.likely.label, found.latest.label
    if first == last:
        return likely
    last = f"{last} or later" if found.open_ended else last
    return f"{likely} or later, to {last}" if first == likely else f"{likely} (from {first} to {last})"
