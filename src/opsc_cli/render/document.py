"""Results as the JSON documents of the contract: stable keys in a stable order, ISO dates, unknown is null."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from opsc_cli import __version__
from opsc_cli.answers.age import End
from opsc_cli.answers.audit import Mismatch
from opsc_cli.answers.explain import Step, steps_of
from opsc_cli.answers.position import InitialReport, Owed, Position
from opsc_cli.answers.stats import Region, Totals, YearTotals
from opsc_cli.dataset.findings import Finding
from opsc_cli.forecast.backtest import Backtest, Score
from opsc_cli.forecast.backtest_states import StateScore, StateScores, Within
from opsc_cli.forecast.forecast import Forecast, Range
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.plan import CIVIL_SOCIETY, Plan, Submission
from opsc_cli.law.authority import Answer, DateAwaited, Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.records import Dataset, Source

Json = dict[str, Any]

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every document says first: versions, where the record ends, and the day asked about."""

    tool_version: str
    data_version: str
    parties: date
    committee: date
    as_of: date

    def around(self, **content: Any) -> Json:
        """The whole document, with `content` after what every document says."""
        return {
            "schema_version": SCHEMA_VERSION,
            "tool_version": self.tool_version,
            "data_version": self.data_version,
            "data_as_of": {"parties": str(self.parties), "committee": str(self.committee)},
            "as_of": str(self.as_of),
            **content,
        }


def envelope_of(dataset: Dataset, day: date) -> Envelope:
    """The envelope of what `dataset` answers on `day`."""
    return Envelope(
        tool_version=__version__,
        data_version=dataset.version,
        parties=dataset.as_of.parties,
        committee=dataset.as_of.committee,
        as_of=day,
    )


def text_of(document: Any) -> str:
    """The document as it is written: two spaces, Unicode as it is, one line feed at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def states(positions: Iterable[Position], *, with_steps: bool = False) -> list[Json]:
    """`opsc due`, `opsc explain`: the elements of `states`."""
    return [state(p, with_steps=with_steps) for p in positions]


def state(position: Position, *, with_steps: bool = False) -> Json:
    """One State as the contract has it; with the steps of each derivation for `opsc explain`."""
    signature, instrument = position.signature, position.instrument
    return {
        "iso3": position.iso3,
        "name": position.name,
        "status": position.status,
        "standing": position.standing,
        "signed": _iso(signature.signed) if signature else None,
        "signed_sources": list(signature.sources) if signature else [],
        "instrument": instrument
        and {
            "kind": instrument.kind,
            "deposited": _iso(instrument.deposited),
            "earliest": _iso(instrument.earliest),
            "latest": _iso(instrument.latest),
            "sources": list(instrument.sources),
        },
        "entry_into_force": _date(position.entry_into_force),
        "crc_entry_into_force": _date(position.crc_entry_into_force),
        "initial_report": _initial_report(position.initial_report) if position.initial_report else None,
        "obligations": [_obligation(position, owed, with_steps) for owed in position.owed],
        "notes": list(position.notes),
    }


def _initial_report(initial: InitialReport) -> Json:
    record = initial.record
    review = record.review if record and record.review and not record.review.outcome else None
    observations = record.concluding_observations if record else None
    return {
        "due": _date(initial.due),
        "due_published": _iso(record.due_published) if record else None,
        "submitted": _iso(record.submitted) if record else None,
        "symbol": record.symbol if record else None,
        "reviewed_session": str(review.session) if review else None,
        "reviewed": _iso(review.considered) if review else None,
        "concluding_observations": observations
        and {"symbol": observations.symbol, "adopted": _iso(observations.adopted)},
        "sources": list(initial.sources),
    }


def _obligation(position: Position, owed: Owed, with_steps: bool) -> Json:
    obligation, report = owed.obligation, owed.obligation.report
    due = _date(obligation.due)
    assert due is not None, "every obligation has an answer to when it is due"
    chain = [f"{link.authority.short}: {link.because}" for link in obligation.due.chain()]
    answer: Json = {
        "report": {
            "treaty": report.treaty,
            "kind": report.kind,
            "numbers": list(report.numbers),
            "name": report.name,
            "received": _iso(report.received),
            "symbol": report.symbol,
            "sources": list(report.sources),
        },
        "owed_under": obligation.owed_under.short,
        "standing": obligation.standing,
        "standing_because": obligation.standing_because,
        "standing_sources": list(obligation.standing_sources),
        "due": {**{k: v for k, v in due.items() if k != "sources"}, "chain": chain, "sources": due["sources"]},
        "days_late": obligation.days_late,
        "days_past": obligation.days_past,
        "displaced": [_date(d) for d in obligation.displaced],
        "remarks": [{"text": remark.text, "sources": list(remark.sources)} for remark in obligation.remarks],
        "forecast": forecast(owed.forecast) if owed.forecast else None,
    }
    if with_steps:
        answer["steps"] = [_step(s) for s in steps_of(position, obligation)]
    return answer


def forecast(found: Forecast) -> Json:
    """When a report will likely be taken up: meetings, never days, unless they are announced."""
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


def _range(found: Range) -> Json:
    return {"earliest": _place(found.earliest), "likely": _place(found.likely), "latest": _place(found.latest)}


def _place(meeting: Meeting) -> Json:
    return {
        "opens": _iso(meeting.opens),
        "label": meeting.label,
        "number": meeting.number,
        "status": meeting.status,
    }


def _step(step: Step) -> Json:
    return {
        "n": step.n,
        "rule": step.rule,
        "authority": step.authority,
        "text": step.text,
        "url": step.url or None,
        "before": step.before,
        "after": step.after,
        "displaced": step.displaced,
        "certainty": step.certainty.value if step.certainty else None,
        "because": step.because,
        "sources": list(step.sources),
    }


def _date(answer: Answer | None) -> Json | None:
    """Every computed date is this object, of whatever kind."""
    if answer is None:
        return None
    day = answer if isinstance(answer, Dated) and answer.is_day else None
    window = answer if isinstance(answer, Dated) and not answer.is_day else None
    awaited = "awaited" if isinstance(answer, DateAwaited) else "not-established"
    return {
        "kind": "date" if day else "window" if window else awaited,
        "date": str(day.first) if day else None,
        "earliest": str(window.first) if window else None,
        "latest": str(window.last) if window else None,
        "certainty": answer.certainty.value if answer.certainty else None,
        "authority": answer.authority.short,
        "because": answer.because,
        "sources": list(answer.sources),
    }


def _iso(recorded: object) -> str | None:
    return None if recorded is None else str(recorded)


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────


def sessions(meetings: Iterable[Meeting], reviews: Mapping[str, list[tuple[str, str, str]]]) -> list[Json]:
    """`opsc sessions`: each session with the reviews on record and the working groups that met after it."""
    listed: list[Json] = []
    for meeting in meetings:
        if meeting.kind == "session":
            listed.append(_meeting(meeting) | {"reviews": _reviews(meeting, reviews), "pre_sessions": []})
        elif listed:
            after = next((s for s in listed if s["number"] and s["number"] == str(meeting.follows)), listed[-1])
            after["pre_sessions"].append(_meeting(meeting) | {"prepares": _iso(meeting.prepares)})
    return listed


def _meeting(meeting: Meeting) -> Json:
    return {
        "number": meeting.number,
        "label": meeting.label,
        "opens": _iso(meeting.opens),
        "closes": _iso(meeting.closes),
        "status": meeting.status,
        "place": meeting.place,
        "certainty": meeting.certainty.value,
        "sources": list(meeting.sources),
        "note": meeting.note,
    }


def _reviews(meeting: Meeting, reviews: Mapping[str, list[tuple[str, str, str]]]) -> list[Json]:
    of_session = reviews.get(meeting.number, []) if meeting.number else []
    return [{"iso3": iso3, "report": report, "outcome": outcome} for iso3, report, outcome in of_session]


# ── findings ─────────────────────────────────────────────────────────────────────────────────────


def findings(found: tuple[Finding, ...], files: int) -> Json:
    """`opsc validate --format json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "files": files,
        "findings": [
            {
                "file": f.file,
                "line": f.line,
                "column": f.column,
                "code": f.code,
                "severity": f.severity,
                "where": f.where,
                "message": f.message,
            }
            for f in found
        ],
        "errors": sum(1 for f in found if f.severity == "error"),
        "warnings": sum(1 for f in found if f.severity == "warning"),
    }


# ── statistics, audit, sources ───────────────────────────────────────────────────────────────────


def stats(totals: Totals, regions: Mapping[str, Region], years: Iterable[YearTotals], series: Iterable[Totals]) -> Json:
    """`opsc stats`: the totals of a day; over a span of time also those of each day asked for."""
    found = _totals(totals) | {
        "by_region": {name: asdict(region) for name, region in regions.items()},
        "by_year": [asdict(year) for year in years],
    }
    days = [_totals(day) for day in series]
    return found | {"series": days} if days else found


def _totals(totals: Totals) -> Json:
    return asdict(totals) | {"on": str(totals.on)}


def audit(mismatches: Iterable[Mismatch]) -> list[Json]:
    """`opsc audit`: the differences, each with both values and both sources."""
    return [
        asdict(m) | {"computed_sources": list(m.computed_sources), "published_sources": list(m.published_sources)}
        for m in mismatches
    ]


def data(dataset: Dataset, ends: Iterable[End]) -> Json:
    """`opsc data`: what the dataset is, and how old."""
    return {
        "version": dataset.version,
        "ends": [{"part": end.part, "ends": str(end.ends), "age_days": end.age_days} for end in ends],
        "states": len(dataset.states),
        "sessions": len(dataset.sessions),
        "pre_sessions": len(dataset.pre_sessions),
        "sources": len(dataset.sources),
    }


def sources(behind: Mapping[str, tuple[str, ...]], known: Mapping[str, Source]) -> list[Json]:
    """`opsc sources`: each source with what rests on it."""
    return [
        {
            "id": source_id,
            "kind": source.kind,
            "title": source.title,
            "publisher": source.publisher,
            "symbol": source.symbol,
            "url": source.url,
            "read_at": source.read_at,
            "as_of": _iso(source.as_of),
            "read": _iso(source.read),
            "behind": list(facts),
        }
        for source_id, facts in behind.items()
        for source in (known[source_id],)
    ]


# ── forecast, backtest, plan ─────────────────────────────────────────────────────────────────────


def backtest(found: Backtest) -> Json:
    """`opsc forecast --backtest`."""
    return {
        "n": found.at_receipt.n,
        "left_out": found.left_out,
        "nominal_coverage": found.nominal_coverage,
        **{key: value for key, value in _score(found.at_receipt).items() if key not in ("of", "n")},
        "by_procedure": [_score(s) for s in found.by_procedure],
        "by_era": [_score(s) for s in found.by_era],
        "by_sessions_ahead": [_score(s) for s in found.by_sessions_ahead],
        "next_review": _state_scores(found.states),
    }


def _score(score: Score) -> Json:
    return {
        "of": score.of,
        "n": score.n,
        "coverage": round(score.coverage, 3),
        "median_error_sessions": round(score.median_error, 2),
        "mean_error_sessions": round(score.mean_error, 2),
        "median_width_sessions": score.median_width,
        "mean_width_sessions": round(score.mean_width, 2),
        "naive": {"mean_error_sessions": round(score.plain_mean_error, 2)},
        "median_of_all": {"mean_error_sessions": round(score.median_of_all_mean_error, 2)},
    }


def _state_scores(found: StateScores) -> Json:
    """How well the forecasts of every State's next review did."""
    pace = {"expected": found.expected, "known": found.pace, "taken": found.taken}
    return {
        "states": found.states,
        **_state_score(found.all),
        "by_era": [_state_score(score) for score in found.by_era],
        "by_knowledge": [_state_score(score) for score in found.by_knowledge],
        "within": [_within(within) for within in found.within],
        "reviews_a_session": {key: round(value, 2) for key, value in pace.items()},
    }


def _state_score(score: StateScore) -> Json:
    return {
        "of": score.of,
        "n": score.n,
        "coverage": round(score.coverage, 3),
        "mean_error_sessions": round(score.error, 2),
        "median_width_sessions": score.median_width,
        "brier": round(score.brier, 4),
        "log_score": round(score.log_score, 3),
        "deciles": [round(share, 3) for share in score.deciles],
        "rules": [
            {"years": rule.years, "mean_error_sessions": round(rule.error, 2), "brier": round(rule.brier, 4)}
            for rule in score.rules
        ],
    }


def _within(within: Within) -> Json:
    return {
        "sessions": within.slots,
        "n": within.n,
        "forecast": round(within.forecast, 3),
        "observed": round(within.observed, 3),
        "brier": round(within.brier, 4),
    }


def plans(position: Position, found: Iterable[Plan], without: Iterable[Obligation]) -> Json:
    """`opsc plan`."""
    return {
        "iso3": position.iso3,
        "name": position.name,
        "reports": [
            {
                "report": plan.report,
                "forecast": forecast(plan.forecast),
                "submissions": [_submission(s) for s in plan.submissions],
                "form": list(plan.form),
                "notes": list(plan.notes),
            }
            for plan in found
        ],
        "without_forecast": [{"report": o.report.name, "because": o.standing_because} for o in without],
        "notes": list(position.notes),
    }


def _submission(submission: Submission) -> Json:
    return {
        "what": submission.what,
        "meeting": _place(submission.meeting),
        "by": _iso(submission.by),
        "certainty": submission.certainty.value if submission.certainty else None,
        "authority": CIVIL_SOCIETY.short,
        "because": submission.because,
    }
