"""`opsc forecast`: the next review of a State, or when the Committee will review a report received on a day."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Owed, Position
from opsc_cli.forecast.forecast import Forecast
from opsc_cli.forecast.next_review import review_in_a_sentence
from opsc_cli.forecast.passed import if_not
from opsc_cli.record.dates import first_day, in_words, last_day
from opsc_cli.record.frozen import replace
from opsc_cli.render import next_review
from opsc_cli.render.due import due_listing
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.meetings import RANGE_COLUMNS, forecast_content, in_a_sentence
from opsc_cli.render.parts import Part, line
from opsc_cli.render.words import iso, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract_forecasts, documents
    from opsc_cli.render.ics import Calendar, CalendarEvent
    from opsc_cli.render.svg import Picture


def forecast_listing(position: Position, *, if_received: bool = False, alarms: Sequence[int] = ()) -> Listing:
    """The next review of a State; with `if_received`, the reviews of its reports if received on the day supposed.

    The JSON is that of `opsc due`.
    """
    return replace(
        due_listing([position]),
        columns=tuple(next_review.COLUMNS),
        more=(),
        rows=lambda: rows_of(next_review.COLUMNS, _rows(position, if_received)),
        parts=lambda: list(_supposed(position) if if_received else _foreseen(position)),
        calendar=lambda: _calendar_of_state(position, alarms),
        picture=None if if_received else lambda envelope: _picture(position, envelope),
    )


def _picture(position: Position, envelope: "documents.Envelope") -> "Picture | None":
    from opsc_cli.render.charts import chances_chart

    return chances_chart(position, envelope)


def _forecasts(position: Position) -> "Iterator[tuple[Owed, Forecast]]":
    return ((owed, owed.forecast) for owed in position.owed if owed.forecast)


def _rows(position: Position, if_received: bool) -> Iterator[next_review.ChanceRow]:
    if position.next_review and not if_received:
        yield from next_review.rows_of_review(position)
        return
    for owed, found in _forecasts(position):
        called = f"{position.name}: {owed.obligation.report.name}"
        yield from next_review.cumulated(position.iso3, called, _spread(found))


def _spread(found: Forecast) -> Iterator[next_review.Chance]:
    """Each session with its chance, and at last what is later: together 1."""
    yield from ((iso(meeting.opens), meeting.label, chance) for meeting, chance in found.spread)
    if (later := _later(found)) >= _LITTLE:
        yield None, f"after {found.spread[-1][0].label}", later


def _later(found: Forecast) -> float:
    return 1 - sum(chance for _, chance in found.spread)


_LITTLE = 0.0001


def received_listing(found: Forecast, treaty: str, *, alarms: Sequence[int] = ()) -> Listing:
    """A report under `treaty` received on a day."""
    content: contract_forecasts.ReceivedForecast = {"treaty": treaty, **forecast_content(found)}
    return Listing(
        key="forecast",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, [content]),
        parts=lambda: list(_parts(found)),
        calendar=lambda: _calendar_of_received(found, treaty, alarms),
    )


COLUMNS: "Columns[contract_forecasts.ReceivedForecast]" = {
    "assumes_received": lambda forecast: forecast["assumes_received"],
    "procedure": lambda forecast: forecast["procedure"],
    "certainty": lambda forecast: forecast["certainty"],
    **{f"forecast_{name}": value for name, value in RANGE_COLUMNS.items()},
    "basis": lambda forecast: forecast["basis"],
    "treaty": lambda forecast: forecast["treaty"],
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _foreseen(position: Position) -> Iterator[Part]:
    """The next review; of a State outside the Convention the forecasts for what was received."""
    yield from next_review.shown(position)
    if not position.next_review:
        for owed, found in _forecasts(position):
            yield line(f"{position.name}: {owed.obligation.report.name}", style="bold")
            yield from _parts(found)


def _supposed(position: Position) -> Iterator[Part]:
    for owed, found in _forecasts(position):
        when = "received" if owed.obligation.report.received else "if received"
        name = f"{position.name}: {owed.obligation.report.name}, {when} on {in_words(found.assumes_received)}"
        yield line(name, style="bold")
        yield from _parts(found)
    for reason in without_forecast(position):
        yield line(reason)
    if position.next_review:
        yield line(f"Whatever is known: {review_in_a_sentence(position.next_review, position.name)}")


def _parts(found: Forecast) -> Iterator[Part]:
    """The forecast in a sentence, then a bar for each session in which past cases came."""
    yield line(f"Pre-session and session: {in_a_sentence(found)}.")
    if found.spread:
        yield next_review.chart_of(_chances(found))
        yield next_review.legend_line(found.nominal_coverage)


def _chances(found: Forecast) -> next_review.Bars:
    """The sessions within the range one by one, those before it and after it together."""
    first, last = found.session.earliest.opens_by, found.session.latest.opens_by
    within: dict[str, float] = {}
    sooner = later = 0.0
    for meeting, chance in found.spread:
        if meeting.opens_by < first:
            sooner += chance
        elif meeting.opens_by > last:
            later += chance
        else:
            within[meeting.label] = within.get(meeting.label, 0.0) + chance
    later += _later(found)
    outside = {"sooner": sooner, "later": later}
    for label, chance in {"sooner": sooner, **within, "later": later}.items():
        if chance >= _LITTLE:
            likely = label == found.session.likely.label
            yield label, chance, "░" if label in outside else "█", "even odds by then" if likely else ""


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar_of_state(position: Position, alarms: Sequence[int]) -> "Calendar":
    """Of reports received, or supposed to be; without any, the next review if a report is otherwise in hand."""
    events = [event for owed in position.owed for event in _events(position, owed)]
    review = position.next_review
    return {
        "events": events or list(next_review.review_event(position)),
        "alarms": alarms,
        "undated": [review_in_a_sentence(review, position.name) if review else sentence(position)],
        "asked": [position.iso3],
    }


def _events(position: Position, owed: Owed) -> "Iterator[CalendarEvent]":
    if owed.forecast:
        key = f"{position.iso3.lower()}-{owed.obligation.key}"
        yield from _meetings(key, f"{position.name}, {owed.obligation.report.name}", owed.forecast)


def without_forecast(position: Position) -> Iterator[str]:
    """Why no meeting can be named for a State, or for one of its reports."""
    if not position.owed:
        yield sentence(position)
    for owed in position.owed:
        if not owed.forecast:
            obligation = owed.obligation
            yield f"{position.name}, {obligation.report.name}: no receipt on record ({obligation.standing_because})."


def _calendar_of_received(found: Forecast, treaty: str, alarms: Sequence[int]) -> "Calendar":
    what = f"a report under the {treaty} received on {in_words(found.assumes_received)}"
    events = _meetings(f"received-{found.assumes_received}-{treaty.lower()}", what, found)
    return {"events": list(events), "alarms": alarms, "undated": (), "asked": ()}


def _meetings(key: str, what: str, found: Forecast) -> "Iterator[CalendarEvent]":
    """The likely working group, unless its time has passed, and the likely session, each on its days or months."""
    group = ("pre-session", "working group", found.pre_session.likely)
    session = ("session", "session", found.session.likely)
    for suffix, kind, meeting in (session,) if found.passed_group else (group, session):
        if meeting.opens:
            yield {
                "uid": f"{key}-{suffix}",
                "first": first_day(meeting.opens),
                "last": last_day(meeting.closes or meeting.opens),
                "summary": f"{what}: {if_not(found.passed_unseen)}likely {kind}, {meeting.label}",
                "description": f"{in_a_sentence(found)}.\n{found.authority.short}.",
                "status": "TENTATIVE",
                "category": "forecast",
                "url": found.authority.url,
            }
