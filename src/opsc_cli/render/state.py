"""The JSON of a State, which most documents hold: its dates, the reports it owes, and the forecasts."""

from typing import TYPE_CHECKING

from opsc_cli.answers.position import Owed, Position
from opsc_cli.law.authority import Answer, DateAwaited, Dated
from opsc_cli.law.reports import report_sources
from opsc_cli.law.standing import Obligation
from opsc_cli.record.state import Instrument
from opsc_cli.render.meetings import forecast_content
from opsc_cli.render.next_review import next_review_content
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract


def state_content(position: Position) -> "contract.State":
    answer = position.answer
    signature, instrument = answer.known.signature, answer.known.instrument
    return {
        "iso3": position.iso3,
        "iso2": position.named.iso2,
        "m49": position.named.m49,
        "name": position.name,
        "region": position.region,
        "status": answer.status,
        "standing": answer.standing,
        "signed": iso(signature.signed) if signature else None,
        "signed_sources": list(signature.sources) if signature else [],
        "instrument": _instrument(instrument) if instrument else None,
        "entry_into_force": _date(answer.entry_into_force) if answer.entry_into_force else None,
        "crc_entry_into_force": _date(answer.crc_entry_into_force) if answer.crc_entry_into_force else None,
        "initial_report": _initial_report(position, answer.initial_due) if answer.initial_due else None,
        "obligations": [_obligation(owed) for owed in position.owed],
        "next_review": next_review_content(position.next_review, position.name) if position.next_review else None,
        "notes": list(position.notes),
        "checked": iso(answer.known.checked.day) if answer.known.checked else None,
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
