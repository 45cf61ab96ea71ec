"""`opsc plan`: what to send to the Committee and by when, one row per submission."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.position import Position
from opsc_cli.forecast.plan import CIVIL_SOCIETY, Plan, Submission
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day
from opsc_cli.render.due import report_key
from opsc_cli.render.forecast import without_forecast
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.meetings import forecast_content, place_content
from opsc_cli.render.parts import Part, grid, line
from opsc_cli.render.words import in_a_sentence, iso, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract
    from opsc_cli.render.ics import Calendar, Event


def plan_listing(
    position: Position, plans: Sequence[Plan], without: Sequence[Obligation], *, alarms: Sequence[int] = ()
) -> Listing:
    """`plans`: one for each report that has a forecast; `without`: the reports that have none."""
    content = _content(position, plans, without)
    return Listing(
        key="plan",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, _planned(content)),
        parts=lambda: list(_parts(position, plans, without)),
        calendar=lambda: _calendar(position, plans, alarms),
    )


def _content(position: Position, plans: Iterable[Plan], without: Iterable[Obligation]) -> "contract.Plan":
    return {
        "iso3": position.iso3,
        "name": position.name,
        "reports": [_report(plan) for plan in plans],
        "without_forecast": [{"report": o.report.name, "because": o.standing_because} for o in without],
        "notes": list(position.notes),
    }


def _report(plan: Plan) -> "contract.PlannedReport":
    return {
        "report": plan.report,
        "forecast": forecast_content(plan.forecast),
        "submissions": [_submission(submission) for submission in plan.submissions],
        "form": list(plan.form),
        "notes": list(plan.notes),
    }


def _submission(submission: Submission) -> "contract.Submission":
    return {
        "what": submission.what,
        "meeting": place_content(submission.meeting),
        "by": iso(submission.by),
        "certainty": submission.certainty.value if submission.certainty else None,
        "authority": CIVIL_SOCIETY.short,
        "because": submission.because,
    }


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

_Planned = tuple["contract.Plan", "contract.PlannedReport", "contract.Submission"]


def _planned(plan: "contract.Plan") -> Iterator[_Planned]:
    return ((plan, report, submission) for report in plan["reports"] for submission in report["submissions"])


COLUMNS: Columns[_Planned] = {
    "iso3": lambda planned: planned[0]["iso3"],
    "name": lambda planned: planned[0]["name"],
    "report": lambda planned: planned[1]["report"],
    "what": lambda planned: planned[2]["what"],
    "by": lambda planned: planned[2]["by"],
    "meeting": lambda planned: planned[2]["meeting"]["label"],
    "certainty": lambda planned: planned[2]["certainty"],
    "because": lambda planned: planned[2]["because"],
    "assumes_received": lambda planned: planned[1]["forecast"]["assumes_received"],
    "basis": lambda planned: planned[1]["forecast"]["basis"],
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(position: Position, plans: Sequence[Plan], without: Sequence[Obligation]) -> Iterator[Part]:
    for plan in plans:
        yield from _plan(position, plan)
    for obligation in without:
        yield line(f"No plan for the {obligation.report.name}: {obligation.standing_because}.")
    if not plans and not without:
        yield line(f"No plan: {sentence(position)}")


def _plan(position: Position, plan: Plan) -> Iterator[Part]:
    yield line(f"{position.name}: {plan.report}", style="bold")
    yield line(f"Pre-session and session: {in_a_sentence(plan.forecast)}.")
    rows = []
    for submission in plan.submissions:
        by = in_words(submission.by) if submission.by else "no date"
        certainty = f"{submission.certainty.value}: " if submission.certainty else ""
        rows.append((submission.what, by, submission.meeting.label, f"{certainty}{submission.because}"))
    yield grid(("Send", "by", "for the meeting of", "how sure"), rows, framed=True)
    for text in (*plan.form, *plan.notes):
        yield line(f"- {text}")
    yield line("")


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar(position: Position, plans: Sequence[Plan], alarms: Sequence[int]) -> "Calendar":
    """Each submission on the day, or in the month, until which it is taken."""
    obligations = [owed.obligation for owed in position.owed if owed.forecast]
    events = [
        _event(f"{position.iso3.lower()}-{report_key(obligation)}", position.name, plan, submission, submission.by)
        for obligation, plan in zip(obligations, plans, strict=True)
        for submission in plan.submissions
        if submission.by
    ]
    undated = [f"{position.name}: {s.what}: {s.because}." for plan in plans for s in plan.submissions if not s.by]
    return {
        "events": events,
        "alarms": alarms,
        "undated": [*undated, *without_forecast(position)],
        "asked": [position.iso3],
    }


def _event(key: str, name: str, plan: Plan, submission: Submission, by: Recorded) -> "Event":
    facts = (
        f"For the {plan.report}: {submission.because}.",
        f"Certainty: {submission.certainty.value}." if submission.certainty else "",
        *plan.form,
        *plan.notes,
    )
    return {
        "uid": f"{key}-{submission.what.partition(' ')[0]}",
        "first": first_day(by),
        "last": last_day(by),
        "summary": f"{name}: {submission.what}, for {submission.meeting.label}",
        "description": "\n".join(fact for fact in facts if fact),
        "status": "TENTATIVE",
        "category": "submission",
        "url": CIVIL_SOCIETY.url,
    }
