"""The manual page, in the macros of man(7)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from opsc_cli.cli.tree import Command, Option

FEWEST = 4
"""An option that so many commands have is described once, after them."""


def manual(commands: Sequence[Command], about: str, version: str, topics: Mapping[str, str]) -> str:
    """The page of all commands; `topics` are the sections at its end, by name."""
    counted = Counter(option for command in commands for option in command.options)
    shared = [option for option, number in counted.items() if number >= FEWEST]
    lines = [
        f'.TH OPSC 1 "" "opsc {_escaped(version)}" "User commands"',
        ".SH NAME",
        "opsc \\- which report a State owes the Committee on the Rights of the Child under the OPSC, and when",
        ".SH SYNOPSIS",
        ".B opsc",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fISTATE\fR...]",
        ".SH DESCRIPTION",
        _escaped(about),
        *(line for command in commands for line in _command(command, shared)),
        ".SH OPTIONS OF SEVERAL COMMANDS",
        *(line for option in shared for line in _option(option)),
    ]
    for name, text in topics.items():
        lines += [f".SH {name.upper().replace('-', ' ')}", ".nf", *map(_escaped, text.strip().splitlines()), ".fi"]
    return "\n".join((*lines, ""))


def _command(command: Command, shared: Collection[Option]) -> Iterator[str]:
    yield f".SH {_escaped(f'opsc {command.name}')}"
    yield _escaped(command.does)
    if command.examples:
        yield from (".PP", "Examples:", ".RS", ".nf", *map(_escaped, command.examples), ".fi", ".RE")
    for option in command.options:
        if option not in shared:
            yield from _option(option)
    also = [option.spellings[-1] for option in command.options if option in shared]
    yield from (".PP", _escaped(f"Options described below: {', '.join(also)}."))


def _option(option: Option) -> Iterator[str]:
    yield from (".TP", _heading(option), _escaped(option.does))
    if option.variable:
        yield _escaped(f"Environment: {option.variable}.")


def _heading(option: Option) -> str:
    spelled = ", ".join(rf"\fB{_escaped(spelling)}\fR" for spelling in option.spellings)
    return rf"{spelled} \fI{_escaped(option.takes)}\fR" if option.takes else spelled


def _escaped(text: str) -> str:
    """Text that roff prints literally: no escapes, no hyphens that break a copied option, no macros."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text
