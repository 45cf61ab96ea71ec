"""The entry point, and the fast door: `opsc due` for some States or for all, `states`, `data`, `--version`, the help.

The almanac (almanac.py) is a file of answers made when the package was built; looking one up needs few imports. Every
other call runs the command line in cli/: also if a variable OPSC_… is set, and in a checkout, whose YAML may be newer.
"""

import os
import sys
import time

from opsc_cli import almanac, console, index
from opsc_cli.spelling import WORDS_IN_A_NAME, readings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def main() -> None:
    try:
        usual = sys.stdout and sys.stderr and not any(name.startswith("OPSC_") for name in os.environ)
        if not (usual and answered(sys.argv[1:])):
            import gc
            import signal

            signal.signal(signal.SIGINT, _interrupted)
            gc.disable()  # a command leaves little worth collecting, and looking for it takes a tenth of the time
            try:
                command = _command()
                gc.collect()  # but imports leave a quarter of a megabyte
                console.run(command)
            finally:
                gc.freeze()  # nor at the end: the system takes all memory back at once
    except KeyboardInterrupt:
        raise SystemExit(console.INTERRUPTED) from None
    except ImportError as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        console.fail(console.SOFTWARE, console.not_installed(error))


def _interrupted(*_: object) -> None:
    """Ends at once: an exception in the midst of an import may come out as another. Nothing is written yet."""
    os._exit(console.INTERRUPTED)


def _command() -> "Callable[[], None]":
    """The command that is called; Typer reads the call only if it is not plain."""
    from opsc_cli.cli.plain import command_of

    if plain := command_of(sys.argv[1:]):
        return plain
    from opsc_cli.cli.app import main as read_by_typer

    return read_by_typer


# ── the fast door ────────────────────────────────────────────────────────────────────────────────


def answered(arguments: list[str], folder: str = os.path.dirname(__file__)) -> bool:
    """Writes the answer if the almanac in `folder` has it for today; returns whether it did."""
    person, now = console.at_a_terminal(), time.time()
    names, form, options = _asked(arguments, "sheet" if person else "tsv")
    book = almanac.opened(folder) if names else None
    if not book:
        return False
    try:
        codes = names if names[0][:2] == "--" and not names[1:] else _states(names, not options, book, folder)
        if form in ("tsv", "json") and not options:
            text: str | Iterator[bytes] = almanac.pieces(book, codes, form, now)
        else:
            from opsc_cli.render.forms import written

            text = written(book, codes, form, options, now)
        old = almanac.looked_up(book, ["--old"], "tsv", now) if console.heard() else b""
    except (OSError, ValueError, LookupError, RuntimeError):  # not in the almanac; or a file is damaged
        return False
    if person:
        console.use_utf8()
    console.page(text)
    if old and arguments[:1] in (["due"], ["states"], ["data"]):
        console.remark(old.decode())
    return True


def _asked(arguments: list[str], form: str) -> tuple[list[str], str, dict[str, str]]:
    """The States or the page asked for, the form, the other options; no State for what is left to cli/."""
    match arguments:
        case [] | ["-h"] | ["--help"] if form == "tsv":
            return ["--help"], form, {}
        case ["--version"]:
            return arguments, "tsv", {}
        case ["data"]:
            return ["--data"], form, {}
        case ["due" | "states" as command, *words] if "--json" not in words or "--format" not in words:
            given = {"--format": "json" if "--json" in words else ""}
            names, rest = ["--all"] if command == "states" else [], iter(words)
            for word in rest:
                if word in ("--format", "--fields") or (command == "states" and word != "--json"):
                    given[word] = next(rest, "") or "?"
                elif command == "due" and (word in ("-", "--all") or not word.startswith("-")):
                    names.append(word)
                elif word != "--json":
                    return [], "", {}
            if given["--format"] in ("", "tsv", "csv", "json", "jsonl"):
                return names, given.pop("--format") or form, given
    return [], "", {}


def _states(texts: list[str], whole: bool, book: "almanac.Book", folder: str) -> list[str]:
    """The codes of the States named, each once. Exits with 2 if a text alone names none; `whole`: without --fields."""
    codes, names = dict[str, None](), index.read(f"{folder}/{index.NAMES}")
    if texts == ["-"]:
        console.use_utf8()
        whole, texts = False, console.lines_given()
    elif len(texts) > 1 and WORDS_IN_A_NAME.intersection(texts):
        raise LookupError(texts)
    for text in dict.fromkeys(texts):
        leads_to = next((found for reading in readings_of(text) if (found := index.found_in(names, reading))), "")
        if not leads_to or index.BECAUSE in leads_to:
            if not whole or len(texts) > 1:
                raise LookupError(text)
            from opsc_cli.candidates import refuse

            refuse(text, leads_to, names, book)
        codes[leads_to] = None
    return list(codes)
