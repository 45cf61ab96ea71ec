"""The manual page, in the macros of man(7)."""

from collections.abc import Iterator, Mapping, Sequence

from opsc_cli.cli.tree import Command, Option


def manual(commands: Sequence[Command], about: str, version: str, topics: Mapping[str, str]) -> str:
    """The page of all commands; `topics` are the sections at its end, by name."""
    lines = [
        f'.TH OPSC 1 "" "opsc {_escaped(version)}" "User commands"',
        ".SH NAME",
        "opsc \\- which report a State owes the Committee on the Rights of the Child under the OPSC, and when",
        ".SH SYNOPSIS",
        ".B opsc",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fISTATE\fR...]",
        ".SH DESCRIPTION",
        _escaped(about),
        *(line for command in commands for line in _command(command)),
    ]
    for name, text in topics.items():
        lines += [f".SH {name.upper().replace('-', ' ')}", ".nf", *map(_escaped, text.strip().splitlines()), ".fi"]
    return "\n".join((*lines, ""))


def _command(command: Command) -> Iterator[str]:
    yield f".SH {_escaped(f'opsc {command.name}')}"
    yield _escaped(command.does)
    if command.examples:
        yield from (".PP", "Examples:", ".RS", ".nf", *map(_escaped, command.examples), ".fi", ".RE")
    for option in command.options:
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
