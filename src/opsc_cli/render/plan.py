"""`opsc plan`: the steps to the next review, what to send and by when, one row per step."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.plan import Planned
from opsc_cli.answers.position import Position
from opsc_cli.forecast.forecast import Range
from opsc_cli.forecast.passed import if_not
from opsc_cli.forecast.plan import Plan
from opsc_cli.forecast.submissions import CIVIL_SOCIETY, PlanStep
from opsc_cli.law.authority import Certainty
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day
from opsc_cli.render.listing import Columns, Listing, rows_of
from opsc_cli.render.meetings import forecast_content, place_content, range_content
from opsc_cli.render.parts import Part, grid, line, paragraph
from opsc_cli.render.words import by_in_words, iso, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract_ahead, contract_forecasts
    from opsc_cli.render.ics import Calendar, CalendarEvent

CALLED = {"simplified": "simplified procedure", "standard": "standard procedure"}


def plan_listing(planned: Iterable[Planned], *, alone: bool, alarms: Sequence[int] = ()) -> Listing:
    """`alone`: asked about one State, so that the document has one plan and no list of them."""
    content = list(map(_content, planned)) if alone else OneByOne(lambda: map(_content, planned))
    return Listing(
        key="plan" if alone else "plans",
        content=content[0] if isinstance(content, list) else content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, _rows(content)),
        parts=lambda: [part for one in planned for part in _parts(one)],
        calendar=lambda: _calendar(planned, alarms),
    )


def _content(planned: Planned) -> "contract_ahead.Plan":
    return {
        "iso3": planned.position.iso3,
        "name": planned.position.name,
        "reports": [_report(plan) for plan in planned.plans],
        "without_forecast": [{"report": none.report, "because": none.because} for none in planned.without],
        "notes": list(planned.position.notes),
    }


def _report(plan: Plan) -> "contract_ahead.PlannedReport":
    return {
        "report": plan.report,
        "procedure": "srp" if plan.procedure == "simplified" else "standard",
        "forecast": forecast_content(plan.forecast) if plan.forecast else None,
        "session": range_content(plan.session) if plan.session else None,
        "open_ended": bool(plan.session and plan.session.open_ended),
        "chance_passed_unseen": round(plan.passed_unseen, 4),
        "basis": plan.basis,
        "steps": [_step(n, step) for n, step in enumerate(plan.steps, start=1)],
        "otherwise": [_step(n, step) for n, step in enumerate(plan.otherwise, start=1)],
        "submissions": [submission_content(step) for step in plan.submissions],
        "form": list(plan.form),
        "notes": list(plan.notes),
    }


def submission_content(step: PlanStep) -> "contract_ahead.Submission":
    return {
        "what": step.what,
        "meeting": place_content(step.meeting) if step.meeting else None,
        "by": iso(step.by),
        "part_of_month": step.part_of_month,
        "certainty": step.certainty.value if step.certainty else None,
        "authority": CIVIL_SOCIETY.short,
        "because": step.because,
    }


def _step(n: int, step: PlanStep) -> "contract_ahead.PlanStep":
    return {
        "n": n,
        "what": step.what,
        "to_send": step.to_send,
        "meeting": place_content(step.meeting) if step.meeting else None,
        "range": range_content(step.range) if step.range else None,
        "open_ended": bool(step.range and step.range.open_ended),
        "by": iso(step.by),
        "part_of_month": step.part_of_month,
        "before": iso(step.before),
        "not_before": iso(step.not_before),
        "certainty": step.certainty.value if step.certainty else None,
        "because": step.because,
        "depends_on": step.depends_on,
        "ask": step.ask,
    }


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

_Row = tuple[
    "contract_ahead.Plan", "contract_ahead.PlannedReport", "contract_ahead.PlanStep", Literal["srp", "standard"]
]


def _rows(plans: "Iterable[contract_ahead.Plan]") -> Iterator[_Row]:
    for plan in plans:
        for report in plan["reports"]:
            other: Literal["srp", "standard"] = "standard" if report["procedure"] == "srp" else "srp"
            yield from ((plan, report, step, report["procedure"]) for step in report["steps"])
            yield from ((plan, report, step, other) for step in report["otherwise"])


def _label(place: "contract_forecasts.MeetingPlace | None") -> str | None:
    return place["label"] if place else None


COLUMNS: Columns[_Row] = {
    "iso3": lambda row: row[0]["iso3"],
    "name": lambda row: row[0]["name"],
    "report": lambda row: row[1]["report"],
    "procedure": lambda row: row[3],
    "n": lambda row: row[2]["n"],
    "what": lambda row: row[2]["what"],
    "to_send": lambda row: "yes" if row[2]["to_send"] else None,
    "by": lambda row: row[2]["by"],
    "before": lambda row: row[2]["before"],
    "not_before": lambda row: row[2]["not_before"],
    "meeting": lambda row: _label(row[2]["meeting"]),
    "certainty": lambda row: row[2]["certainty"],
    "because": lambda row: row[2]["because"],
    "depends_on": lambda row: row[2]["depends_on"],
    "ask": lambda row: row[2]["ask"],
    "basis": lambda row: row[1]["basis"],
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _parts(planned: Planned) -> Iterator[Part]:
    position = planned.position
    for plan in planned.plans:
        yield from _plan(position, plan)
    for none in planned.without:
        yield line(f"No plan for the {none.report}: {none.because}.")
    if not planned.plans and not planned.without:
        yield line(f"No plan: {sentence(position)}")
        if position.next_review:
            yield line(f"For its review under the Convention: `opsc forecast {position.iso3}`.")


def _plan(position: Position, plan: Plan) -> Iterator[Part]:
    yield line(f"{position.name}: {plan.report}", style="bold")
    if plan.session:
        yield line(f"Session: {session_in_words(plan)}.")
    yield line(f"Steps under the {CALLED[plan.procedure]}:" if not plan.otherwise else _assumed(plan))
    yield from _steps(plan.steps, plan.report, position.as_of)
    if plan.otherwise:
        other = "standard" if plan.procedure == "simplified" else "simplified"
        yield line(f"Steps under the {CALLED[other]}, should the report come under it:")
        yield from _steps(plan.otherwise, plan.report, position.as_of)
    steps = (*plan.steps, *plan.otherwise)
    if _all_projected(steps) and any(step.certainty for step in steps):
        yield line("How sure: every date to come is a projection, our own estimate.")
    yield line(f"Why this time: {plan.basis.rstrip('.')}.")
    for text in (*plan.form, *plan.notes):
        yield paragraph(f"- {text}", hanging="  ", breaks=False)
    yield line("")


def _assumed(plan: Plan) -> str:
    return f"Steps under the {CALLED[plan.procedure]}, by which the report is expected:"


def _whom_to_ask(steps: Iterable[PlanStep]) -> Iterator[tuple[str, str]]:
    by_person: dict[str, list[str]] = {}
    for n, step in enumerate(steps, start=1):
        by_person.setdefault(step.ask, []).append(str(n))
    for person, numbers in by_person.items():
        yield f"step{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}", person


def _steps(steps: Sequence[PlanStep], report: str, today: date) -> Iterator[Part]:
    """The steps, with how sure each is unless all are projections; and whom to ask. The report is named already."""
    all_projected = _all_projected(steps)
    rows = []
    for n, step in enumerate(steps, start=1):
        sure = step.certainty.value if step.certainty else ""
        what = step.what.replace(f"the {report}", "its report")
        row = (f"{n}{' ▸' if step.to_send else ''}", what, when_of(step, today), step.depends_on, sure)
        rows.append(row[:-1] if all_projected else row)
    titles = ("", "Step (▸ to send)", "When", "Depends on", "How sure")
    yield grid(titles[:-1] if all_projected else titles, rows, framed=True)
    asked = "; ".join(f"on {what}, {who}" for what, who in _whom_to_ask(steps))
    yield line(f"Whom to ask: {asked}.")


def _all_projected(steps: Iterable[PlanStep]) -> bool:
    return {step.certainty for step in steps} <= {None, Certainty.PROJECTION}


def when_of(step: PlanStep, today: date) -> str:
    """ "by early August 2029", "before January 2029, not before 3 March 2028", or why there is no date."""
    received = "received on" if isinstance(step.by, date) else "received in"
    by = f"{'by' if step.certainty else received} {by_in_words(step.by, step.part_of_month)}" if step.by else ""
    before = f"before {in_words(step.before)}" if step.before else ""
    is_ahead = step.not_before and last_day(step.not_before) > today
    not_before = f"not before {in_words(step.not_before)}" if step.not_before and is_ahead else ""
    meeting = from_to(step.range) if step.range else ""
    return ", ".join(filter(None, (meeting, by, before, not_before))) or step.because


def session_in_words(plan: Plan) -> str:
    """The session, or that there is no forecast; first that the review has probably been held, if it has."""
    return f"{if_not(plan.passed_unseen)}{from_to(plan.session)}" if plan.session else "no forecast can be given"


def from_to(found: Range) -> str:
    first, likely, last = found.earliest.label, found.likely.label, found.latest.label
    if found.open_ended:
        last = f"after {found.latest.opens_by.year}" if found.latest.kind == "session" else f"{last} or later"
    return likely if first == likely == last else f"likely {likely} (from {first} to {last})"


# ── in a calendar ────────────────────────────────────────────────────────────────────────────────


def _calendar(planned: Iterable[Planned], alarms: Sequence[int]) -> "Calendar":
    """Each submission on the day, or in the month, until which it is taken."""
    return {
        "events": OneByOne(
            lambda: (_event(position, plan, step, step.by) for position, plan, step in _sent(planned) if step.by)
        ),
        "alarms": alarms,
        "undated": OneByOne(lambda: _undated(planned)),
        "asked": OneByOne(lambda: (one.position.iso3 for one in planned)),
    }


def _sent(planned: Iterable[Planned]) -> Iterator[tuple[Position, Plan, PlanStep]]:
    return ((one.position, plan, step) for one in planned for plan in one.plans for step in plan.submissions)


def _undated(planned: Iterable[Planned]) -> Iterator[str]:
    yield from (f"{position.name}: {step.what}: {step.because}." for position, _, step in _sent(planned) if not step.by)
    yield from (f"{one.position.name}: {none.report}: {none.because}." for one in planned for none in one.without)
    yield from (sentence(one.position) for one in planned if not (one.plans or one.without))


def _event(position: Position, plan: Plan, step: PlanStep, by: Recorded) -> "CalendarEvent":
    facts = (
        f"For the {plan.report}: {step.because}.",
        f"Certainty: {step.certainty.value}." if step.certainty else "",
        f"Depends on: {step.depends_on}. Ask: {step.ask}.",
        *plan.form,
        *plan.notes,
    )
    key = f"{position.iso3.lower()}-{plan.obligations[0].key}"
    until = f", by {by_in_words(by, step.part_of_month)}" if step.part_of_month else ""
    meeting = f", for {step.meeting.label}" if step.meeting else ""
    return {
        "uid": f"{key}-{step.what.partition(' ')[0]}",
        "first": first_day(by),
        "last": last_day(by),
        "summary": f"{position.name}: {step.what}{until}{meeting}",
        "description": "\n".join(fact for fact in facts if fact),
        "status": "TENTATIVE",
        "category": "submission",
        "url": CIVIL_SOCIETY.url,
    }
