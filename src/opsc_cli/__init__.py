"""The reports that States owe the Committee on the Rights of the Child under the OPSC: due dates, reasons, sources.

`from opsc_cli import load, obligations_of`: see api.py, which is imported only when a name is used.
"""

TYPE_CHECKING = False  # importing typing would slow down every answer
if TYPE_CHECKING:
    from typing import Any

    from opsc_cli.api import (
        NoSuchSession,
        UnknownState,
        Unreadable,
        explanation_of,
        first_day,
        forecast_of,
        last_day,
        load,
        obligations_of,
        plan_of,
        position_of,
        positions_on,
        sessions_on,
        stats_on,
    )

__version__ = "0.1.0"

__all__ = [
    "NoSuchSession",
    "UnknownState",
    "Unreadable",
    "__version__",
    "explanation_of",
    "first_day",
    "forecast_of",
    "last_day",
    "load",
    "obligations_of",
    "plan_of",
    "position_of",
    "positions_on",
    "sessions_on",
    "stats_on",
]


def __getattr__(name: str) -> "Any":
    if name in __all__:
        from opsc_cli import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
