"""The commands: their names, the panel of the help that shows each, and its module."""

from collections.abc import Callable, Mapping
from importlib import import_module

PANELS: Mapping[str, Mapping[str, str]] = {
    "Ask": {
        "due": "ask",
        "explain": "ask",
        "states": "ask",
        "sessions": "ask",
        "stats": "ask",
        "timeline": "ask",
        "whatif": "ask",
        "sources": "ask",
        "forecast": "forecast",
        "plan": "forecast",
    },
    "Keep the record": {
        "missing": "missing",
        "record": "record",
        "audit": "keep",
        "validate": "keep",
        "diff": "keep",
        "fmt": "keep",
        "schema": "keep",
        "export": "keep",
        "site": "site",
        "data": "about",
        "help": "about",
        "completion": "about",
        "man": "about",
    },
}
"""The commands of each panel of the help, in its order; each with its module, imported when the command is run."""

NAMES = tuple(name for panel in PANELS.values() for name in panel)

LISTING = " One of: "
"""In a help text, introduces the values that an option accepts."""


def body_of(name: str) -> tuple[str, Callable[..., None]]:
    """The panel and the function of a command."""
    panel, module = next((panel, modules[name]) for panel, modules in PANELS.items() if name in modules)
    return panel, getattr(import_module(f"opsc_cli.cli.{module}"), name)
