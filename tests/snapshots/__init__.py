"""The commands whose whole output is kept as text beside this file."""

from tests.commands import opsc

_DAY = ("--as-of", "2026-11-21")

_EXPLAINED = (
    "Austria", "Pakistan", "United Kingdom", "United States", "Montenegro", "Fiji", "Singapore", "Viet Nam",
    "Liechtenstein", "Serbia", "Brazil", "Uganda", "Mali",
)  # fmt: skip

SNAPSHOTS: dict[str, tuple[str, ...]] = {
    **{f"explain-{name.lower().replace(' ', '-')}": ("explain", name, *_DAY) for name in _EXPLAINED},
    "due-all": ("due", "--all", "--format", "table", "--color", "never", *_DAY),
    "audit": ("audit", "--format", "table", "--color", "never"),
    "stats": ("stats", "--format", "table", "--color", "never", *_DAY),
    "sessions": ("sessions", "--format", "tsv", *_DAY),
    "backtest": ("forecast", "--backtest", "--format", "table", "--color", "never"),
    "forecast-iran": ("forecast", "Iran", "--format", "table", "--color", "never", *_DAY),
    "plan-angola": ("plan", "Angola", "--format", "table", "--color", "never", *_DAY),
    "plan-fiji": ("plan", "Fiji", "--format", "table", "--color", "never", *_DAY),
    "help": ("--help",),
}


def written(arguments: tuple[str, ...]) -> str:
    """What the installed command writes into a pipe."""
    done = opsc(*arguments)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
