"""Usage errors in one style: what is wrong, then what to do."""

import re
from collections.abc import Iterable
from typing import Any


def expected(text: str, known: Iterable[str]) -> str:
    """What to give instead of `text`: every possible value, and the one that was probably meant."""
    from difflib import get_close_matches

    by_folded = {value.casefold(): value for value in known}
    close = get_close_matches(text.casefold(), by_folded, n=1)
    meant = f"; did you mean {by_folded[close[0]]!r}?" if close else ""
    return f"expected one of {', '.join(by_folded.values())}{meant}"


def checked(text: str, known: Iterable[str]) -> str:
    """`text` if it is one of `known`, otherwise a ValueError: for a list that only the running program knows."""
    known = tuple(known)
    if text not in known:
        raise ValueError(f"{text!r}: {expected(text, known)}")
    return text


def message_of(error: Any) -> str:
    """The message for a usage error."""
    match type(error).__name__:
        case "MissingParameter":
            return f"{_label(error)} is missing{_example(error)}"
        case "NoSuchOption":
            return f"no option {error.option_name}{_meant(error) or _see_help(error)}"
        case "BadOptionUsage" if "requires an argument" in error.message:
            return f"{error.option_name} needs a value{_see_help(error)}"
        case "BadParameter":
            return f"{_label(error)} {_problem(error)}"
    if extra := re.search(r"extra argument.*\((.*)\)", error.message):
        return f"unexpected argument: {extra[1]}{_quoting(error) or _see_help(error)}"
    return f"{error.message[:1].lower()}{error.message[1:].rstrip('.')}{_see_help(error)}"


def _label(error: Any) -> str:
    """Where the value comes from: an option, an argument, or an environment variable."""
    parameter = error.param
    source = error.ctx.get_parameter_source(parameter.name)
    if source is not None and source.name == "ENVIRONMENT":
        return str(parameter.envvar)
    return str(max(parameter.opts, key=len) if parameter.param_type_name == "option" else _metavar(parameter))


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper()).strip("[]…")


def _problem(error: Any) -> str:
    choices = getattr(error.param.type, "choices", None)
    typed, is_choice, _ = error.message.partition(" is not one of ")
    if not (choices and is_choice):
        return str(error.message.rstrip("."))
    return f"{typed}: {expected(typed[1:-1], choices)}"


def _meant(error: Any) -> str:
    from difflib import get_close_matches

    names = [spelling.lstrip("-") for parameter in error.ctx.command.params for spelling in parameter.opts]
    close = get_close_matches(error.option_name.lstrip("-"), names, n=1)
    return f"; did you mean --{close[0]}?" if close else ""


def _example(error: Any) -> str:
    """The command's first example, which shows the missing part in its place."""
    example = re.search(r"^Example: (.*)$", error.ctx.command.help or "", re.M)
    return f"; for example: `{example[1]}`" if example else _see_help(error)


def _quoting(error: Any) -> str:
    """Advice for `opsc explain Viet Nam`, in which Nam is one argument too many."""
    takes_state = any(_metavar(parameter) == "STATE" for parameter in error.ctx.command.params)
    return "; put a name of several words in quotes" if takes_state else ""


def _see_help(error: Any) -> str:
    return f"; see `{error.ctx.command_path} --help`" if error.ctx else ""
