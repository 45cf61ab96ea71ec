"""The tree of commands as data: the source of the manual page and of the completion scripts."""

import re
from collections.abc import Iterator
from typing import Any

from opsc_cli.cli.commands import LISTING, NAMES
from opsc_cli.record.frozen import Frozen


class Option(Frozen):
    """An option of a command."""

    spellings: tuple[str, ...]
    takes: str | None
    """What its value is called, such as FILE; None for a flag."""
    does: str
    choices: tuple[str, ...] = ()
    """Its possible values, if they are a closed list."""
    variable: str | None = None
    """The environment variable that sets it."""

    @property
    def summary(self) -> str:
        """What it does, without the list of its values: a completion script offers those itself."""
        return self.does.partition(LISTING)[0]


class Command(Frozen):
    """A command: its arguments, what it does in one sentence, and examples that run."""

    name: str
    takes: str
    does: str
    examples: tuple[str, ...]
    options: tuple[Option, ...]
    words: tuple[str, ...] = ()
    """The possible values of its first argument, if they are a closed list."""

    @property
    def takes_states(self) -> bool:
        """Whether its arguments are States."""
        return self.takes.strip("[]").startswith("STATE")


def commands_of(program: Any) -> tuple[Command, ...]:
    """Every command of a Typer program, in the order of its help."""
    context = program.make_context("opsc", [], resilient_parsing=True)
    return tuple(_command(name, program.get_command(context, name), context) for name in NAMES)


def _command(name: str, command: Any, context: Any) -> Command:
    text = command.help or ""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    return Command(
        name=name,
        takes=" ".join(p.metavar or p.name.upper() for p in arguments),
        does=" ".join(text.partition("\n\n")[0].split()),
        examples=tuple(re.findall(r"^Example: (.*)$", text, re.M)),
        options=tuple(_options(command, context)),
        words=_choices(arguments[0], context) if arguments else (),
    )


def _options(command: Any, context: Any) -> Iterator[Option]:
    for parameter in command.params:
        if parameter.param_type_name == "option":
            yield Option(
                spellings=tuple(sorted((*parameter.opts, *parameter.secondary_opts), key=len)),
                takes=None if parameter.is_flag else parameter.metavar or parameter.name.upper(),
                does=parameter.help or "",
                choices=_choices(parameter, context),
                variable=parameter.envvar if isinstance(parameter.envvar, str) else None,
            )
    yield Option(spellings=("-h", "--help"), takes=None, does="Show this message and exit.")


def _choices(parameter: Any, context: Any) -> tuple[str, ...]:
    """What Typer itself would complete; for a path it returns no plain value."""
    return tuple(item.value for item in parameter.shell_complete(context, "") if item.type == "plain")
