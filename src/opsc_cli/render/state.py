"""The JSON of a State, which most documents hold: its dates, the reports it owes, and the forecasts for them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from opsc_cli.answers.position import Owed, Position
from opsc_cli.forecast.forecast import Forecast, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.next_review import NextReview, in_a_sentence
from opsc_cli.law.authority import Answer, DateAwaited, Dated
from opsc_cli.law.reports import report_sources
from opsc_cli.law.standing import Obligation
from opsc_cli.record.state import Instrument
from opsc_cli.render.listing import Columns, Value
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract


def state_content(position: Position) -> "contract.State":
    answer = position.answer
    signature, instrument = answer.known.signature, answer.known.instrument
    return {
        "iso3": position.iso3,
        "name": position.name,
        "status": answer.status,
        "standing": answer.standing,
        "signed": iso(signature.signed) if signature else None,
        "signed_sources": list(signature.sources) if signature else [],
        "instrument": _instrument(instrument) if instrument else None,
        "entry_into_force": _date(answer.entry_into_force) if answer.entry_into_force else None,
        "crc_entry_into_force": _date(answer.crc_entry_into_force) if answer.crc_entry_into_force else None,
        "initial_report": _initial_report(position, answer.initial_due) if answer.initial_due else None,
        "obligations": [_obligation(owed) for owed in position.owed],
        "next_review": _next_review(position.next_review, position.name) if position.next_review else None,
        "notes": list(position.notes),
    }


def _instrument(instrument: Instrument) -> "contract.Instrument":
    return {
        "kind": instrument.kind,
        "deposited": iso(instrument.deposited),
        "earliest": iso(instrument.earliest),
        "latest": iso(instrument.latest),
        "sources": list(instrument.sources),
    }


def _initial_report(position: Position, due: Answer) -> "contract.InitialReport":
    record = position.answer.known.initial_report
    review = record.review if record and record.review and not record.review.outcome else None
    observations = record.concluding_observations if record else None
    return {
        "due": _date(due),
        "due_published": iso(record.due_published) if record else None,
        "submitted": iso(record.submitted) if record else None,
        "symbol": record.symbol if record else None,
        "reviewed_session": str(review.session) if review else None,
        "reviewed": iso(review.considered) if review else None,
        "concluding_observations": {"symbol": observations.symbol, "adopted": iso(observations.adopted)}
        if observations
        else None,
        "sources": list(report_sources(record)) if record else [],
    }


# ── what it owes ─────────────────────────────────────────────────────────────────────────────────


def _obligation(owed: Owed) -> "contract.Obligation":
    obligation = owed.obligation
    return {
        "report": _report(obligation),
        "owed_under": obligation.owed_under.short,
        "standing": obligation.standing,
        "standing_because": obligation.standing_because,
        "standing_sources": list(obligation.standing_sources),
        "due": {
            **_answered(obligation.due),
            "chain": [f"{link.authority.short}: {link.because}" for link in obligation.due.chain()],
            "sources": list(obligation.due.sources),
        },
        "days_late": obligation.days_late,
        "days_past": obligation.days_past,
        "displaced": [_date(answer) for answer in obligation.displaced],
        "remarks": [{"text": remark.text, "sources": list(remark.sources)} for remark in obligation.remarks],
        "forecast": forecast_content(owed.forecast) if owed.forecast else None,
    }


def _report(obligation: Obligation) -> "contract.Report":
    report = obligation.report
    return {
        "treaty": report.treaty,
        "kind": report.kind,
        "numbers": list(report.numbers),
        "name": report.name,
        "received": iso(report.received),
        "symbol": report.symbol,
        "sources": list(report.sources),
    }


def _date(answer: Answer) -> "contract.ComputedDate":
    return {**_answered(answer), "sources": list(answer.sources)}


def _answered(answer: Answer) -> "contract.Answered":
    day = answer if isinstance(answer, Dated) and answer.is_day else None
    window = answer if isinstance(answer, Dated) and not answer.is_day else None
    awaited = isinstance(answer, DateAwaited)
    return {
        "kind": "date" if day else "window" if window else "awaited" if awaited else "not-established",
        "date": str(day.first) if day else None,
        "earliest": str(window.first) if window else None,
        "latest": str(window.last) if window else None,
        "certainty": answer.certainty.value if answer.certainty else None,
        "authority": answer.authority.short,
        "because": answer.because,
    }


# ── when it will likely be taken up ──────────────────────────────────────────────────────────────


def _next_review(found: NextReview, name: str) -> "contract.NextReview":
    return {
        "of": found.of,
        "earliest": place_content(found.earliest),
        "likely": place_content(found.likely),
        "latest": place_content(found.latest),
        "open_ended": found.open_ended,
        "likely_open_ended": found.likely_open_ended,
        "chance_passed_unseen": round(found.chance_passed_unseen, 4),
        "chances": [
            {"opens": iso(meeting.opens), "label": meeting.label, "probability": round(probability, 4)}
            for meeting, probability in found.chances
        ],
        "chance_later": round(found.chance_later, 4),
        "pre_session": _range(found.pre_session) if found.pre_session else None,
        "pre_session_for": found.pre_session_for,
        "sentence": in_a_sentence(found, name),
        "basis": " ".join(found.basis[2:]),
        "authority": found.authority.short,
        "certainty": found.certainty.value,
        "nominal_coverage": found.nominal_coverage,
    }


def forecast_content(found: Forecast) -> "contract.Forecast":
    return {
        "assumes_received": str(found.assumes_received),
        "procedure": "srp" if found.procedure == "simplified" else "standard",
        "authority": found.authority.short,
        "certainty": found.certainty.value,
        "basis": found.basis,
        "nominal_coverage": found.nominal_coverage,
        "group_has_met": found.group_has_met,
        "pre_session": _range(found.pre_session),
        "session": _range(found.session),
        "distribution": [
            {"label": meeting.label, "probability": round(probability, 4)} for meeting, probability in found.spread
        ],
    }


def _range(found: Range) -> "contract.MeetingRange":
    return {
        "earliest": place_content(found.earliest),
        "likely": place_content(found.likely),
        "latest": place_content(found.latest),
    }


def place_content(meeting: Meeting) -> "contract.MeetingPlace":
    return {
        "opens": iso(meeting.opens),
        "label": meeting.label,
        "number": meeting.number,
        "status": meeting.status,
    }


_Meeting = Literal["pre_session", "session"]
_End = Literal["earliest", "likely", "latest"]


def _label(meeting: _Meeting, end: _End) -> "Callable[[contract.Forecast], Value]":
    return lambda forecast: forecast[meeting][end]["label"]


RANGE_COLUMNS: "Columns[contract.Forecast]" = {
    f"{meeting}_{end}": _label(meeting, end) for meeting in get_args(_Meeting) for end in get_args(_End)
}
"""The range of a forecast, by the labels of its meetings."""
