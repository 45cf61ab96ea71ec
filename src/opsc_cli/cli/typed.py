"""Declares a command's parameters to Typer, from what its function declares (declared.py)."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from opsc_cli.cli import declared


def for_typer(command: Callable[..., None]) -> Callable[..., None]:
    """The function of a command as Typer takes it."""

    def body(**given: Any) -> None:
        command(**given)

    parameters = [
        Parameter(p.name, Parameter.KEYWORD_ONLY, default=_default(p), annotation=Annotated[p.kind, _declaration(p)])
        for p in declared.parameters_of(command)
    ]
    body.__name__, body.__doc__, body.__module__ = command.__name__, command.__doc__, command.__module__
    body.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    body.__annotations__ = {p.name: p.annotation for p in parameters}
    return body


def _default(parameter: declared.Parameter) -> Any:
    return Parameter.empty if parameter.default is declared.REQUIRED else parameter.default


def _declaration(parameter: declared.Parameter) -> Any:
    known = parameter.declared
    settings: dict[str, Any] = {
        "help": known.help,
        "metavar": known.metavar,
        "parser": known.parser and _reporting(known.parser),
        "case_sensitive": not known.any_case,
        "envvar": known.variable,
        "autocompletion": known.proposals,
        "rich_help_panel": known.panel,
        "readable": False,  # a path that cannot be read is a finding
    }
    return typer.Option(*known.names, **settings) if known.names else typer.Argument(**settings)


def _reporting(parser: Callable[[str], Any]) -> Callable[[str], Any]:
    """The parser with its error as Typer takes it; of a ValueError it would show the text alone."""

    @wraps(parser)
    def read(text: str) -> Any:
        try:
            return parser(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return read
