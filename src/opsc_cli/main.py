"""The entry point. It answers `opsc due STATE`, `due STATE --json`, `due --all --json` and the help from the almanac.

The almanac (almanac.py) is a file of answers made when the package was built; looking one up needs few imports. Every
other call runs the command line in cli/: also if a variable OPSC_… is set, and in a checkout, whose YAML may be newer.
"""

import os
import sys
import time

from opsc_cli import almanac, console
from opsc_cli.spelling import readings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def main() -> None:
    try:
        plain = sys.stdout and sys.stderr and not any(name.startswith("OPSC_") for name in os.environ)
        if not (plain and answered(sys.argv[1:])):
            from opsc_cli.cli.app import main as whole

            whole()
    except KeyboardInterrupt:
        raise SystemExit(console.INTERRUPTED) from None
    except ImportError as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        console.fail(console.SOFTWARE, console.not_installed(error))


def answered(arguments: list[str], folder: str = os.path.dirname(__file__)) -> bool:
    """Writes the answer if the almanac in `folder` has it for today; returns whether it did."""
    person, now = console.at_a_terminal(), time.time()
    names, form = _asked(arguments, person)
    book = almanac.opened(folder) if names else None
    if not book:
        return False
    try:
        found = (almanac.looked_up(book, name, form, now) for name in names)
        text = next((answer for answer in found if answer is not None), None)
        if not text:  # the name is unknown or refused
            return False
        shown = _drawn(text) if form == "sheet" else text.decode() if person else text
        old = almanac.looked_up(book, "--old", "tsv", now)
    except (ValueError, LookupError, RuntimeError):  # the file is damaged
        return False
    if person:
        console.use_utf8()
    console.page(shown)
    if old:
        console.remark(old.decode())
    return True


def _asked(arguments: list[str], person: bool) -> "tuple[Iterable[str], str]":
    """The names to look up in the almanac (the first one found counts) and the form; no names for other commands.

    Normalised names contain no hyphen, so `--help` and `--all` cannot be mistaken for a State.
    """
    match arguments:
        case [] | ["-h"] | ["--help"] if not person:
            return ["--help"], "tsv"
        case ["due", "--all", "--json"]:
            return ["--all"], "json"
        case ["due", state, *rest] if not state.startswith("-") and rest in ([], ["--json"]):
            return readings_of(state), "json" if rest else "sheet" if person else "tsv"
    return [], ""


def _drawn(text: bytes) -> str:
    import gc
    import json

    gc.disable()  # saves a twentieth of the time; Rich leaves nothing worth collecting
    from opsc_cli.render.screen import Screen, drawn

    colour = console.colour("auto")
    return drawn(json.loads(text), Screen(console.width(), colour, links=colour))
