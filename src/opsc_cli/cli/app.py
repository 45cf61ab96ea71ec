"""The program `opsc`: its group of commands, its help, --version, and its usage errors."""

import os
import sys
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from itertools import pairwise, takewhile
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from opsc_cli import console
from opsc_cli.cli import ABOUT
from opsc_cli.cli.commands import LISTING, NAMES, body_of
from opsc_cli.cli.errors import expected, message_of
from opsc_cli.cli.resolve import loaded
from opsc_cli.cli.typed import for_typer
from opsc_cli.console import USAGE, fail, write
from opsc_cli.record.names import find

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises for any usage error. Typer does not export it, only its subclass BadParameter."""

_HELP = f"""{ABOUT}

Examples:

opsc due Austria
opsc explain NPL
opsc states --standing past-due-no-record -o late.csv
printf 'KE\\nUG\\n' | opsc due -
"""


def _captured_help(context: Any) -> str:
    """The help as text. Typer lets Rich print most of it and returns only the end."""
    with redirect_stdout(StringIO()) as printed:
        end = context.get_help()
    return f"{printed.getvalue()}{end}\n"


def _write_help(context: Any) -> None:
    """Writes the help: on a terminal as Rich prints it, in its width and colours; elsewhere as plain text."""
    write(f"{context.get_help()}\n" if console.at_a_terminal() else _captured_help(context))


def _help_option(option: Any) -> Any:
    """The option --help, made to write the help as every other output is written (a reader may leave early)."""

    def show(context: typer.Context, _: Any, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            _write_help(context)
            raise typer.Exit

    option.callback = show
    return option


class _Command(TyperCommand):
    """A command whose help lists the values of each parameter that accepts a closed list."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        for parameter in self.params:
            if choices := getattr(parameter.type, "choices", ()):
                parameter.help = f"{parameter.help}{LISTING}{', '.join(choices)}."  # type: ignore[attr-defined]
                parameter.type.get_metavar = lambda *_, **__: ""  # type: ignore[method-assign]  # Typer's list breaks words

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class _Commands(TyperGroup):
    """Builds a command when it is asked for. Suggests `opsc due STATE` for a State; accepts --version anywhere."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the interface is Typer's
        return list(NAMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return _built(cmd_name) if cmd_name in NAMES else None

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = list(takewhile(lambda word: word != "--", args))
        if "--color=never" in words or ("--color", "never") in pairwise(words):
            os.environ["NO_COLOR"] = "1"  # Typer colours its help without regard to our options
        return super().parse_args(ctx, ["--version"] if "--version" in words else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        words = list(takewhile(lambda word: not word.startswith("-"), args))
        if words[:1] == ["version"]:
            fail(USAGE, "no command 'version'; for the versions of opsc and of its data: `opsc --version`")
        if words and words[0] not in NAMES:
            import shlex

            dataset, name = loaded(None), " ".join(words)
            if isinstance(find(name, dataset.index, dataset.refused), str):
                fail(USAGE, f"no command {name!r}; to ask about this State: `opsc due {shlex.quote(name)}`")
            fail(USAGE, f"no command {words[0]!r}: {expected(words[0], NAMES)}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="opsc",
    cls=_Commands,
    help=_HELP,
    epilog="More: opsc help TOPIC (standings, certainty, fields, glossary, exit-codes, formats, environment, law).",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
)


@cache
def _built(name: str) -> Any:
    """The command as Typer builds it."""
    panel, body = body_of(name)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(name, cls=_Command, rich_help_panel=panel, help=_dropped_help(body))(for_typer(body))
    return typer.main.get_command(alone)


def _dropped_help(body: Any) -> str | None:
    """The docstring of a command, if `python -OO` has dropped it."""
    if sys.flags.optimize < 2:
        return None
    from opsc_cli.dataset.docstrings import docstring_of

    return docstring_of(body)


def _write_version(wanted: bool) -> None:
    if wanted:
        from opsc_cli.render.data import versions

        write(versions(loaded(None)))
        raise typer.Exit


@app.callback()
def _without_command(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  # its callback acts
        bool,
        typer.Option(
            "--version", callback=_write_version, is_eager=True, help="Show the versions of opsc and of its data."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        _write_help(context)


def program() -> Any:
    """The group of commands, with what Typer knows of each."""
    return typer.main.get_command(app)


def help_text() -> str:
    """The help as `opsc` and `opsc --help` write it."""
    return _captured_help(program().make_context("opsc", [], resilient_parsing=True))


def main() -> NoReturn:
    """Runs the command and exits; an error of Typer's ends in our style."""
    try:
        code = app(prog_name="opsc", standalone_mode=False)
    except _UsageError as error:
        fail(USAGE, message_of(error))
    raise SystemExit(code)
