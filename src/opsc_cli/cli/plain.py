"""Reads plain calls without Typer, whose import takes longer than most answers.

In a plain call the command, its options and the values of closed lists are spelled as they are declared. Anything else,
such as a mistake or --help, is left to Typer; reading a call has no effects, so Typer can read it again.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from opsc_cli.cli.commands import NAMES, body_of
from opsc_cli.cli.declared import REQUIRED, Parameter, parameters_of

_EXPANDED = frozenset("*?[~$%" if os.name == "nt" else "")
"""Characters that Typer expands where the shell does not."""


class NotPlain(ValueError):
    """A call that Typer has to read."""


def command_of(words: Sequence[str]) -> Callable[[], None] | None:
    """The command of a plain call, with its values; None if the call is not plain."""
    if not words or words[0] not in NAMES or _EXPANDED.intersection("".join(words)):
        return None
    body = body_of(words[0])[1]
    try:
        return partial(body, **values_of(parameters_of(body), words[1:]))
    except ValueError:  # a parser's too
        return None


def values_of(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any]:
    """The value of each parameter, as Typer would pass it; raises ValueError if the words are not plain."""
    texts = _texts_of_options({name: p for p in parameters for name in p.declared.names}, words)
    loose = texts.pop("", [])
    for p in parameters:
        if not p.declared.names:
            taken = len(loose) if get_origin(_kind(p)) is list else 1
            texts[p.name], loose = loose[:taken], loose[taken:]
    if loose:
        raise NotPlain(loose)
    return {p.name: _value(p, texts.get(p.name) or _texts_of_variable(p.declared.variable)) for p in parameters}


def _texts_of_options(options: dict[str, Parameter], words: Sequence[str]) -> dict[str, list[str]]:
    """The texts given for each option, by the name of its parameter; under no name those of the arguments."""
    texts = dict[str, list[str]]()
    rest = iter(words)
    for word in rest:
        if _is_a_value(word):
            texts.setdefault("", []).append(word)
            continue
        name, equals, text = word.partition("=") if word.startswith("--") else (word, "", "")
        if name not in options or (equals and options[name].kind is bool):
            raise NotPlain(word)
        if not equals and options[name].kind is not bool:
            text = next(rest, "--")
        if not _is_a_value(text):
            raise NotPlain(word)
        texts.setdefault(options[name].name, []).append(text)
    return texts


def _is_a_value(word: str) -> bool:
    return word == "-" or not word.startswith("-")


def _texts_of_variable(name: str | None) -> list[str]:
    text = os.environ.get(name) if name else None
    return [text] if text else []


def _value(parameter: Parameter, texts: list[str]) -> Any:
    kind, parser = _kind(parameter), parameter.declared.parser
    if not texts and parameter.default is not REQUIRED:
        return parameter.default
    if get_origin(kind) is list:
        return texts
    (text,) = texts  # a ValueError if there is none, or more than one
    if kind is bool:
        return True
    if parser:
        return parser(text)
    if get_origin(kind) is not Literal:
        return kind(text)
    if text not in get_args(kind):
        raise NotPlain(text)
    return text


def _kind(parameter: Parameter) -> Any:
    """The type of a value that is given."""
    kinds = get_args(parameter.kind)
    return kinds[0] if NoneType in kinds else parameter.kind
