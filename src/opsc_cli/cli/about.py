"""The commands about opsc itself: help on topics, completion scripts, the manual page."""

from typing import Annotated, Literal

import typer

from opsc_cli import __version__, console
from opsc_cli.cli import ABOUT
from opsc_cli.cli.options import Data
from opsc_cli.cli.resolve import loaded
from opsc_cli.console import write

Topic = Literal["exit-codes", "formats", "environment", "law"]
Shell = Literal["bash", "zsh", "fish"]

_WIDTH_OF_MANUAL = 78


def help(
    topic: Annotated[Topic | None, typer.Argument(metavar="[TOPIC]", help="Default: list the topics.")] = None,
) -> None:
    """Explain exit codes, formats, the environment or the law. For a command, use opsc COMMAND --help.

    Example: opsc help
    Example: opsc help formats
    """
    from opsc_cli.cli.topics import contents, topics

    width = min(console.width(), console.WIDTH_OF_A_PIPE)
    console.page(topics(width)[topic] if topic else contents(width))


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="Shell to write the script for.")],
    data: Data = None,
) -> None:
    """Print a shell script that completes commands, options and States. The script does not start Python.

    Example: opsc completion bash > ~/.local/share/bash-completion/completions/opsc
    Example: opsc completion zsh > ~/.zfunc/_opsc
    Example: opsc completion fish > ~/.config/fish/completions/opsc.fish
    """
    from opsc_cli.cli.commands import commands_of
    from opsc_cli.cli.completion import SHELLS

    names = loaded(data).names
    states = {text: name.name for iso3, name in names.items() for text in (name.name, iso3)}
    write(SHELLS[shell](commands_of(context.find_root().command), states))


def man(context: typer.Context) -> None:
    """Print the manual page.

    Example: opsc man | man -l -
    """
    from opsc_cli.cli.commands import commands_of
    from opsc_cli.cli.man import manual
    from opsc_cli.cli.topics import topics

    sections = {name: text for name, text in topics(_WIDTH_OF_MANUAL).items() if name != "law"}
    write(manual(commands_of(context.find_root().command), ABOUT, __version__, sections))
