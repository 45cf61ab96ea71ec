"""How a command declares its parameters: once, for both readers of a call (plain.py, typed.py).

    since: Annotated[date | None, option("--since", help="Sessions from this day on.", parser=day_of)] = None

A parser raises ValueError with a message that begins with the text.
"""

from collections.abc import Callable, Mapping
from typing import Any

from opsc_cli.record.frozen import Frozen

REQUIRED: Any = object()
"""The default of a parameter that has none."""


class Declaration(Frozen):
    """What an option or an argument is called, what it does and how its text is read."""

    names: tuple[str, ...]
    """How an option is spelled; none for an argument."""
    help: str
    metavar: str | None = None
    parser: Callable[[str], Any] | None = None
    any_case: bool = False
    """Whether a closed list accepts its values in capitals too."""
    variable: str | None = None
    """The environment variable that sets it."""
    proposals: Callable[[], list[str]] | None = None
    """What completion proposes."""
    panel: str | None = None
    """The part of the help that shows it, if not the first."""


class Parameter(Frozen):
    """A parameter of a command's function."""

    name: str
    kind: Any
    """The type of its value."""
    default: Any
    declared: Declaration


def option(*names: str, help: str, **settings: Any) -> Declaration:
    return Declaration(names=names, help=help, **settings)


def argument(*, metavar: str, help: str, **settings: Any) -> Declaration:
    return Declaration(names=(), metavar=metavar, help=help, **settings)


def parameters_of(command: Any) -> tuple[Parameter, ...]:
    """The parameters that a command's function declares, in their order."""
    if hasattr(command, "parameters"):  # with shared options
        return command.parameters()  # type: ignore[no-any-return]
    defaults = command.__defaults__ or ()
    names = command.__code__.co_varnames[: command.__code__.co_argcount]
    return parameters_in(command.__annotations__, dict(zip(reversed(names), reversed(defaults), strict=False)))


def parameters_in(annotations: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The parameters among these names with types and defaults: those that have a declaration."""
    return tuple(
        Parameter(name=name, kind=kind.__origin__, default=defaults.get(name, REQUIRED), declared=kind.__metadata__[0])
        for name, kind in annotations.items()
        if hasattr(kind, "__metadata__")
    )
