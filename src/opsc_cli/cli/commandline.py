"""The commands as Typer holds them, read into plain data (grammar.py)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opsc_cli.cli.grammar import Command, Option


def commands_of(program: Any, choices: Mapping[str, tuple[str, ...]]) -> tuple[Command, ...]:
    """Every command of a Typer program, in the order of its help.

    `choices`: the closed lists by parameter name, or by "command.parameter" where a command has another.
    """
    return tuple(_command(name, command, choices) for name, command in program.commands.items() if not command.hidden)


def _command(name: str, command: Any, choices: Mapping[str, tuple[str, ...]]) -> Command:
    told = command.help or ""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    of_arguments = (_choices(name, p, choices) for p in arguments)
    return Command(
        name=name,
        takes=" ".join(p.metavar or p.name.upper() for p in arguments),
        does=" ".join(told.partition("\n\n")[0].split()),
        examples=tuple(re.findall(r"^Example: (.*)$", told, re.M)),
        panel=getattr(command, "rich_help_panel", None) or "",
        options=tuple(_options(name, command, choices)),
        words=next(filter(None, of_arguments), ()),
    )


def _choices(command: str, parameter: Any, choices: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return choices.get(f"{command}.{parameter.name}", choices.get(parameter.name, ()))


def _options(name: str, command: Any, choices: Mapping[str, tuple[str, ...]]) -> Iterator[Option]:
    for parameter in command.params:
        if parameter.param_type_name == "option":
            yield Option(
                spellings=tuple(sorted((*parameter.opts, *parameter.secondary_opts), key=len)),
                takes=None if parameter.is_flag else parameter.metavar or parameter.name.upper(),
                does=parameter.help or "",
                choices=_choices(name, parameter, choices),
                variable=parameter.envvar if isinstance(parameter.envvar, str) else None,
            )
    yield Option(spellings=("-h", "--help"), takes=None, does="Show this message and exit.")
