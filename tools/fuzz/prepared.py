"""What every call would do again is done once, before the processes are forked."""

import copy
import os
import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import jinja2
import openpyxl  # noqa: F401  # as the workbooks do
import typer.main
import xlsxwriter  # noqa: F401
from tests.faults import BROKEN

import opsc_cli
from opsc_cli.cli import app
from opsc_cli.cli.commands import NAMES
from opsc_cli.dataset import load
from opsc_cli.render import schemas

_LOOK = (
    "TERMINAL_WIDTH", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "COLORTERM", "GITHUB_ACTIONS",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "UNICODE_VERSION", "LC_ALL",
)  # fmt: skip


def prepare() -> None:
    """Imports all modules, builds all commands, and takes the small dataset of tests/broken/ as the compiled one."""
    for module in pkgutil.walk_packages(opsc_cli.__path__, "opsc_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    typer.main.get_command = cache(typer.main.get_command)  # type: ignore[assignment]
    for name in NAMES:
        app._built(name)
    small = load.load(BROKEN / "base")
    load._compiled = lambda: small
    schemas._generated = _copied(schemas._generated)
    schemas.output_schemas()
    app._captured_help = _help_of_each(app._captured_help)
    jinja2.Environment.compile = _compiled_once(jinja2.Environment.compile)  # type: ignore[method-assign]


def _help_of_each(written: Callable[[Any], str]) -> Callable[[Any], str]:
    """Writes the help of a command once in each process, for the variables on which its look depends."""
    texts: dict[tuple[str | None, ...], str] = {}

    def once(context: Any) -> str:
        key = context.command_path, *(os.environ.get(name) for name in _LOOK)
        if key not in texts:
            texts[key] = written(context)
        return texts[key]

    return once


def _copied(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that does its work once for each argument, and gives a copy each time."""
    once = cache(function)
    return lambda *arguments: copy.deepcopy(once(*arguments))


def _compiled_once(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """Compiles each template once, though every site has an environment of its own."""
    codes: dict[tuple[str, ...], Any] = {}

    def once(environment: Any, *template: str) -> Any:
        if template not in codes:
            codes[template] = compiled(environment, *template)
        return codes[template]

    return once
