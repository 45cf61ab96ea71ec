"""The commands about opsc itself: its data, help on topics, completion scripts, the manual page."""

from typing import Annotated, Any, Literal

from opsc_cli import __version__, console
from opsc_cli.cli import ABOUT
from opsc_cli.cli.commands import NAMES
from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.errors import expected
from opsc_cli.cli.options import Data, Request, duration_of, with_shared_options
from opsc_cli.cli.output import show
from opsc_cli.cli.resolve import loaded
from opsc_cli.console import FINDINGS, USAGE, fail, write

Shell = Literal["bash", "zsh", "fish"]

_WIDTH_OF_MANUAL = 78


def _topics() -> list[str]:
    from opsc_cli.cli.topics import topics

    return list(topics(_WIDTH_OF_MANUAL))


@with_shared_options(without=("lang",))
def data(
    request: Request,
    max_age: Annotated[
        Any,
        option(
            "--max-age", parser=duration_of, metavar="90d", help="Exit with 1 if the record is older than this (90d)."
        ),
    ] = None,
) -> None:
    """Show the dataset's version, the last days it covers, its age, and how much of it is filled.

    Example: opsc data
    Example: opsc data --max-age 2y
    """
    from opsc_cli.answers.age import ends_on, is_older_than
    from opsc_cli.answers.filled import filled_on
    from opsc_cli.render.data import data_listing

    dataset, day = request.dataset, request.day
    show(data_listing(dataset, ends_on(dataset, day), filled_on(dataset, day)), request)
    if max_age and is_older_than(max_age, dataset, day):
        raise SystemExit(FINDINGS)


def help(
    topic: Annotated[
        list[str] | None,
        argument(
            metavar="[TOPIC]", proposals=_topics, help="Topic, standing, column or word. Default: list the topics."
        ),
    ] = None,
) -> None:
    """Explain a topic, a standing, a column or a word. For a command, use opsc COMMAND --help.

    Example: opsc help
    Example: opsc help standings
    Example: opsc help past-treaty-term
    """
    from opsc_cli.cli.topics import contents, explained, topics, words

    width = min(console.width(), console.WIDTH_OF_A_PIPE)
    if not topic:
        console.page(contents(width))
        return
    asked = " ".join(topic).casefold()
    found = next((known for known in (*topics(width), *words()) if known.casefold() == asked), None)
    if found is None:
        other = f"; for the command, use `opsc {asked} --help`" if asked in NAMES else ""
        fail(USAGE, f"TOPIC {asked!r}: {expected(asked, topics(width))}{other}")
    console.page(topics(width).get(found) or explained(found, width))


def completion(
    shell: Annotated[Shell, argument(metavar="SHELL", help="Shell to write the script for.")],
    data: Data = None,
) -> None:
    """Print a shell script that completes commands, options and States. The script does not start Python.

    Example: opsc completion bash > ~/.local/share/bash-completion/completions/opsc
    Example: opsc completion zsh > ~/.zfunc/_opsc
    Example: opsc completion fish > ~/.config/fish/completions/opsc.fish
    """
    from opsc_cli.cli.app import program
    from opsc_cli.cli.completion import SHELLS
    from opsc_cli.cli.tree import commands_of

    names = loaded(data).names
    states = {text: name.name for iso3, name in names.items() for text in (name.name, iso3)}
    write(SHELLS[shell](commands_of(program()), states))


def man() -> None:
    """Print the manual page.

    Example: opsc man | man -l -
    """
    from opsc_cli.cli.app import program
    from opsc_cli.cli.man import manual
    from opsc_cli.cli.topics import topics
    from opsc_cli.cli.tree import commands_of

    sections = {name: text for name, text in topics(_WIDTH_OF_MANUAL).items() if name != "law"}
    write(manual(commands_of(program()), ABOUT, __version__, sections))
