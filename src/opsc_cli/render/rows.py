"""Results as flat rows, one a report that is owed: for the formats of lines and columns.

Columns are the keys of the JSON document joined by `_`. A State that owes none has one row, its report
columns empty.
"""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from opsc_cli.answers.explain import Step, steps_of, steps_to_initial_report
from opsc_cli.answers.position import Position
from opsc_cli.law.standing import Standing

Json = dict[str, Any]
Row = dict[str, Any]

_DATE = ("kind", "date", "earliest", "latest", "certainty", "authority")

_ENDS = ("earliest", "likely", "latest")
_FORECAST_CELLS = tuple(f"forecast_{what}_{end}" for what in ("pre_session", "session") for end in _ENDS)

DUE_COLUMNS = (
    "iso3",
    "name",
    "status",
    "standing",
    "report_name",
    "report_treaty",
    "report_kind",
    "report_numbers",
    "report_received",
    "report_symbol",
    *(f"due_{key}" for key in _DATE),
    "days_late",
    "days_past",
    *_FORECAST_CELLS,
    "signed",
    "instrument_kind",
    "instrument_deposited",
    "instrument_earliest",
    "instrument_latest",
    *(f"entry_into_force_{key}" for key in _DATE),
    "initial_report_submitted",
    "initial_report_reviewed_session",
    "due_because",
    "due_sources",
    "notes",
)

SESSION_COLUMNS = ("kind", "number", "label", "opens", "closes", "status", "place", "certainty", "reviews", "sources")


def due_rows(states: Iterable[Json]) -> list[Row]:
    """One row an owed report; one for a State that owes none."""
    return [row for state in states for row in _rows_of(state)]


def _rows_of(state: Json) -> list[Row]:
    shared = {
        "iso3": state["iso3"],
        "name": state["name"],
        "status": state["status"],
        "standing": state["standing"],
        "signed": state["signed"],
        **_flat("instrument", state["instrument"], ("kind", "deposited", "earliest", "latest")),
        **_flat("entry_into_force", state["entry_into_force"], _DATE),
        **_flat("initial_report", state["initial_report"], ("submitted", "reviewed_session")),
        "notes": " ".join(state["notes"]) or None,
    }
    reports = [_report_cells(obligation) for obligation in state["obligations"]] or [{}]
    return [_row(DUE_COLUMNS, shared | cells) for cells in reports]


def _report_cells(obligation: Json) -> Json:
    return {
        "standing": obligation["standing"],
        **_flat("report", obligation["report"], ("name", "treaty", "kind", "received", "symbol")),
        "report_numbers": "-".join(str(n) for n in _ends(obligation["report"]["numbers"])) or None,
        **_flat("due", obligation["due"], (*_DATE, "because")),
        "due_sources": " ".join(obligation["due"]["sources"]) or None,
        "days_late": obligation["days_late"],
        "days_past": obligation["days_past"],
        **_forecast_cells(obligation["forecast"]),
    }


def _forecast_cells(forecast: Json | None) -> Json:
    return {
        f"forecast_{what}_{end}": forecast[what][end]["label"] if forecast else None
        for what in ("pre_session", "session")
        for end in _ENDS
    }


STEP_COLUMNS = (
    "iso3",
    "name",
    "report_name",
    "n",
    "rule",
    "authority",
    "before",
    "after",
    "displaced",
    "certainty",
    "because",
    "sources",
    "text",
    "url",
)


def step_rows(position: Position) -> list[Row]:
    """One row a step of each derivation; where nothing is owed, of the way to the initial report."""
    derived: list[tuple[str | None, Iterable[Step]]] = [
        (owed.obligation.report.name, steps_of(position, owed.obligation)) for owed in position.owed
    ]
    return [
        {
            **{"iso3": position.iso3, "name": position.name, "report_name": report},
            **{c: getattr(step, c) for c in ("n", "rule", "authority", "before", "after", "because", "text")},
            "displaced": "yes" if step.displaced else None,
            "certainty": step.certainty.value if step.certainty else None,
            "sources": " ".join(step.sources) or None,
            "url": step.url or None,
        }
        for report, steps in derived or [(None, steps_to_initial_report(position))]
        for step in steps
    ]


def session_rows(sessions: Iterable[Json]) -> list[Row]:
    """One row a session and one a working group, in order of time."""
    rows = []
    for session in sessions:
        rows.append(_meeting_row("session", session))
        rows.extend(_meeting_row("pre-session", group) for group in session["pre_sessions"])
    return rows


def _meeting_row(kind: str, meeting: Json) -> Row:
    reviews = " ".join(dict.fromkeys(r["iso3"] for r in meeting.get("reviews", ())))
    cells = meeting | {"kind": kind, "reviews": reviews or None, "sources": " ".join(meeting["sources"]) or None}
    return _row(SESSION_COLUMNS, cells)


STATS_COLUMNS = (
    "on",
    "deposits",
    "in_force",
    "pending",
    "signatures",
    "signatory_only",
    "none",
    "denounced",
    "late",
    *(f"by_standing_{standing}" for standing in get_args(Standing)),
)


def stats_rows(stats: Json) -> list[Row]:
    """One row a day: of the series where there is one, else of the day asked about."""
    days = stats.get("series") or [stats]
    return [_row(STATS_COLUMNS, day | _flat("by_standing", day["by_standing"], day["by_standing"])) for day in days]


AUDIT_COLUMNS = (
    "about", "subject", "computed", "by", "computed_sources", "published", "published_sources", "explained",
)  # fmt: skip

SOURCE_COLUMNS = ("id", "kind", "title", "publisher", "symbol", "url", "read_at", "as_of", "read", "behind")


FORECAST_COLUMNS = ("assumes_received", "procedure", "certainty", *_FORECAST_CELLS, "basis")
BACKTEST_COLUMNS = (
    "of",
    "n",
    "coverage",
    "median_error_sessions",
    "mean_error_sessions",
    "mean_width_sessions",
    "naive_mean_error_sessions",
    "median_of_all_mean_error_sessions",
)
PLAN_COLUMNS = ("iso3", "name", "report", "what", "by", "meeting", "certainty", "because", "assumes_received", "basis")


def forecast_rows(forecast: Json) -> list[Row]:
    """One row: the range by its ends."""
    return [_row(FORECAST_COLUMNS, forecast | _forecast_cells(forecast))]


def backtest_rows(found: Json) -> list[Row]:
    """One row a set of forecasts: all at receipt, by procedure, by era, by sessions ahead."""
    scores = [{"of": "all at receipt"} | found, *found["by_procedure"], *found["by_era"], *found["by_sessions_ahead"]]
    beside = ("naive", "median_of_all")
    flat = (s | {f"{name}_mean_error_sessions": s[name]["mean_error_sessions"] for name in beside} for s in scores)
    return [_row(BACKTEST_COLUMNS, score) for score in flat]


def plan_rows(plan: Json) -> list[Row]:
    """One row a submission."""
    return [
        _row(
            PLAN_COLUMNS,
            {"iso3": plan["iso3"], "name": plan["name"], "report": report["report"]}
            | submission
            | {"meeting": submission["meeting"]["label"]}
            | {key: report["forecast"][key] for key in ("assumes_received", "basis")},
        )
        for report in plan["reports"]
        for submission in report["submissions"]
    ]


DATA_COLUMNS = ("version", "part", "ends", "age_days")


def data_rows(data: Json) -> list[Row]:
    """One row a part of the record."""
    return [_row(DATA_COLUMNS, end | {"version": data["version"]}) for end in data["ends"]]


def plain_rows(columns: Sequence[str], elements: Iterable[Json]) -> list[Row]:
    """One row an element; a list within it becomes words apart by spaces, or phrases by semicolons."""
    return [_row(columns, {key: _joined(value) for key, value in element.items()}) for element in elements]


def _joined(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return ("; " if any(" " in item for item in value) else " ").join(value) or None


def _flat(prefix: str, values: Json | None, keys: Iterable[str]) -> Json:
    return {f"{prefix}_{key}": values[key] if values else None for key in keys}


def _row(columns: Sequence[str], cells: Json) -> Row:
    return {column: cells.get(column) for column in columns}


def _ends(numbers: list[int]) -> list[int]:
    return numbers if len(numbers) < 2 else [numbers[0], numbers[-1]]
