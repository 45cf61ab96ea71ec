"""The quick door: `opsc due STATE`, `due STATE --json`, `due --all --json` and the help, before anything is imported.

They are looked up in the almanac (almanac.py). What it does not have, and everything else, goes through cli.py; so
does everything where a variable OPSC_… is set, and in a checkout, which has no almanac: there the YAML may be newer.
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
    """The program's entry."""
    try:
        plain = sys.stdout and sys.stderr and not any(name.startswith("OPSC_") for name in os.environ)
        if not (plain and answered(sys.argv[1:])):
            from opsc_cli.cli.app import main as whole

            whole()
    except KeyboardInterrupt:
        raise SystemExit(console.INTERRUPTED) from None


def answered(arguments: list[str], folder: str = os.path.dirname(__file__)) -> bool:
    """Writes the answer, if the almanac in `folder` has it for today, and says whether it had."""
    person, now = console.at_a_terminal(), time.time()
    names, form = _asked(arguments, person)
    book = almanac.opened(folder) if names else None
    if not book:
        return False
    try:
        found = (almanac.answer(book, name, form, now) for name in names)
        text = next((answer for answer in found if answer is not None), None)
        if not text:  # unknown, or refused
            return False
        shown = _drawn(text) if form == "sheet" else text.decode() if person else text
        old = almanac.answer(book, "--old", "tsv", now)
    except (ValueError, LookupError, RuntimeError):  # the file is damaged
        return False
    if person:
        console.use_utf8()
    console.page(shown)
    if old:
        console.remark(old.decode())
    return True


def _asked(arguments: list[str], person: bool) -> "tuple[Iterable[str], str]":
    """What to look for in the almanac, the first that it has, and in which form; nothing for any other arguments.

    Names with a hyphen are no States': a name is compared without.
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

    gc.disable()  # a twentieth of the time, and nothing that Rich leaves is worth collecting
    from opsc_cli.render.screen import Screen, drawn

    return drawn(json.loads(text), Screen(console.width(), console.colour("auto")))
