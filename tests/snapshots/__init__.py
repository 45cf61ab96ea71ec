"""The commands whose whole output is kept as text beside this file."""

from tests.commands import opsc

_DAY = ("--as-of", "2026-11-21")

_EXPLAINED = (
    "Austria", "Pakistan", "United Kingdom", "United States", "Montenegro", "Fiji", "Singapore", "Viet Nam",
    "Liechtenstein", "Serbia", "Brazil", "Uganda", "Mali",
)  # fmt: skip

_ANSWER = (
    "iso3,name,status,standing,report_name,report_received,due_kind,due_date,due_earliest,due_latest,due_certainty,"
    "due_authority,entry_into_force_kind,entry_into_force_date,entry_into_force_earliest,entry_into_force_latest,"
    "forecast_pre_session_likely,forecast_session_earliest,forecast_session_likely,forecast_session_latest,due_because"
)
"""What a reviewer wants to see of every answer, on one line: what changes with the record, not with the day."""

SNAPSHOTS: dict[str, tuple[str, ...]] = {
    **{f"explain-{name.lower().replace(' ', '-')}": ("explain", name, *_DAY) for name in _EXPLAINED},
    "answers": ("due", "--all", "--format", "tsv", "--fields", _ANSWER, *_DAY),
    "due-all": ("due", "--all", "--format", "table", "--color", "never", *_DAY),
    "audit": ("audit", "--format", "table", "--color", "never"),
    "stats": ("stats", "--format", "table", "--color", "never", *_DAY),
    "sessions": ("sessions", "--all", "--format", "tsv", *_DAY),
    "sessions-recent": ("sessions", "--format", "table", "--color", "never", *_DAY),
    "sessions-next": ("sessions", "next", "--format", "table", "--color", "never", *_DAY),
    "sessions-102": ("sessions", "102", "--format", "table", "--color", "never", *_DAY),
    "backtest": ("forecast", "--backtest", "--format", "table", "--color", "never"),
    "forecast-iran": ("forecast", "Iran", "--format", "table", "--color", "never", *_DAY),
    "timeline-austria": ("timeline", "Austria", "--format", "table", "--color", "never", *_DAY),
    "timeline-three": ("timeline", "Fiji", "Serbia", "USA", "--format", "table", "--color", "never", *_DAY),
    "plan-angola": ("plan", "Angola", "--format", "table", "--color", "never", *_DAY),
    "plan-fiji": ("plan", "Fiji", "--format", "table", "--color", "never", *_DAY),
    "missing": ("missing", "--format", "table", "--color", "never", *_DAY),
    "missing-malta": ("missing", "Malta", "--format", "table", "--color", "never", *_DAY),
    "missing-fiji": ("missing", "Fiji", "--format", "md", *_DAY),
    "help": ("--help",),
}


def written(arguments: tuple[str, ...]) -> str:
    """What the installed command writes into a pipe."""
    done = opsc(*arguments)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
