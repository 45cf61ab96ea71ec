"""What every command takes: the day, the dataset, and how the answer is to be written.

A command that is `asking` declares only what is its own; the options of `Request` are added to its signature, so that
they are the same words everywhere.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import typer

from opsc_cli.cli.resolve import loaded
from opsc_cli.console import today
from opsc_cli.record.dates import parse_day, parse_duration
from opsc_cli.record.names import LANGUAGES
from opsc_cli.record.records import Dataset

FIRST_DAY, LAST_DAY = date(1989, 11, 20), date(2199, 12, 31)
"""The days one can ask about: from the adoption of the Convention on."""


def day_of(text: str) -> date:
    """An option's text as a day that one can ask about."""
    try:
        day = parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise typer.BadParameter(f"{text!r}: expected a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def duration_of(text: str) -> tuple[int, str]:
    """An option's text as a length of time: 90d, 8w, 12m, 1y."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from None


def _language_of(text: str) -> str:
    language = text.casefold()
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{text!r}: expected one of {', '.join(LANGUAGES)}")
    return language


def _words_of(text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not words:
        raise typer.BadParameter("expected names of columns apart by commas")
    return words


def day_asked_about(default: str) -> Any:
    """The option `--as-of`; `default` says which day it is where none is given."""
    told = f"Answer by what was known on this day; default: {default}."
    return typer.Option(parser=day_of, metavar="YYYY-MM-DD", envvar="OPSC_AS_OF", help=told)


AsOf = Annotated[date | None, day_asked_about("today in UTC")]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", envvar="OPSC_DATA", help="Read and validate the YAML dataset in this folder."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document, short for --format json.")]
Format = Annotated[
    str | None,
    typer.Option(
        metavar="FORMAT",
        help="table, tsv, csv, json, jsonl, md, ics or xlsx; default: table on a terminal, tsv in a pipe.",
    ),
]
Fields = Annotated[
    Any, typer.Option(parser=_words_of, metavar="A,B", help="Only these columns, in this order; a wrong one lists all.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, in the format of its suffix.")
]
Language = Annotated[
    str,
    typer.Option(
        parser=_language_of,
        metavar="LANG",
        envvar="OPSC_LANG",
        help="States by their UN names: ar, en, es, fr, ru, zh.",
    ),
]
Colour = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Do not say that the data are old.")]


@dataclass(kw_only=True)
class Request:
    """The options that every command takes, and the dataset they ask for."""

    as_of: AsOf = None
    data: Data = None
    json: Json = False
    format: Format = None
    fields: Fields = None
    output: Output = None
    lang: Language = "en"
    color: Colour = "auto"
    quiet: Quiet = False

    @cached_property
    def day(self) -> date:
        """The day asked about."""
        return self.as_of or today()

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset, its States called as they are in the language asked for."""
        dataset = loaded(self.data)
        if self.lang == "en":
            return dataset
        from dataclasses import replace

        from opsc_cli.record.names import in_language

        return replace(dataset, names=in_language(dataset.names, self.lang))


_COMMON = [
    inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=f.type)
    for f in fields(Request)
]


def asking(*, without: tuple[str, ...] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command, whose first parameter is a Request, the options of every command; `without` leaves some out."""
    common = [parameter for parameter in _COMMON if parameter.name not in without]

    def as_typer_takes_it(command: Callable[..., None]) -> Callable[..., None]:
        def asked(**given: Any) -> None:
            taken = {parameter.name: given.pop(parameter.name) for parameter in common}
            command(Request(**taken), **given)

        _, *own = inspect.signature(command).parameters.values()
        parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *common)]
        asked.__name__, asked.__doc__, asked.__module__ = command.__name__, command.__doc__, command.__module__
        asked.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        asked.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return asked

    return as_typer_takes_it
