"""The options that commands share: the day, the dataset, the output; and the values they accept.

Every option states its name: Typer 0.27.0 and 0.27.1 would write the default name of `format` as --FORMAT.
"""

from collections.abc import Callable
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from opsc_cli.cli.declared import Parameter, argument, option, parameters_in, parameters_of
from opsc_cli.cli.resolve import loaded
from opsc_cli.console import today
from opsc_cli.law.treaty import CRC_ADOPTED
from opsc_cli.periods import parse_duration
from opsc_cli.record.dates import parse_day
from opsc_cli.record.frozen import replace
from opsc_cli.record.names import Language
from opsc_cli.record.records import Dataset

if TYPE_CHECKING:
    from pathlib import Path

Format = Literal["table", "tsv", "csv", "json", "jsonl", "md", "ics", "svg", "xlsx"]
Colour = Literal["auto", "always", "never"]


def day_of(text: str) -> date:
    """An option's text as a day that can be asked about: from the adoption of the Convention on."""
    try:
        return parse_day(text, first=CRC_ADOPTED)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def duration_of(text: str) -> tuple[int, str]:
    """An option's text as a length of time: 90d, 8w, 12m, 1y."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def _alarms_of(text: str) -> tuple[int, ...]:
    """`90d,2w` as days."""
    durations = [duration_of(word.strip()) for word in text.split(",")]
    if any(unit not in ("d", "w") for _, unit in durations):
        raise ValueError(f"{text!r}: expected days or weeks, separated by commas, such as 90d,2w")
    return tuple(number * (7 if unit == "w" else 1) for number, unit in durations)


def _columns_of(text: str) -> tuple[str, ...]:
    columns = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not columns:
        raise ValueError(f"{text!r}: expected names of columns, separated by commas")
    return columns


def _path_of(text: str) -> "Path":
    from pathlib import Path  # takes longer than some answers, which name no path

    return Path(text)


def day_option(names: str | tuple[str, ...], help: str, variable: str | None = None) -> Any:
    """An option that takes a day; it may have several names."""
    names = (names,) if isinstance(names, str) else names
    return option(*names, parser=day_of, metavar="YYYY-MM-DD", variable=variable, help=help)


def as_of_option(default: str) -> Any:
    """The option --as-of; `default` names the day used without it."""
    return day_option("--as-of", f"Answer as of this day (default: {default}).", "OPSC_AS_OF")


_STATE = "ISO 3166 code (NP, NPL), M49 code (524) or name"

OneState = Annotated[str, argument(metavar="STATE", help=f"{_STATE}.")]
States = Annotated[
    list[str] | None,
    argument(metavar="STATE…", help=f"{_STATE}; use - to read States from standard input, one per line."),
]
AllStates = Annotated[bool, option("--all", help="Every State on record.")]
Within = Annotated[
    Any,
    option(
        "--within",
        parser=duration_of,
        metavar="12m",
        help="A report is due within this time: days, weeks, months or years (90d, 8w, 12m, 1y).",
    ),
]
Alarm = Annotated[
    Any,
    option(
        "--alarm",
        parser=_alarms_of,
        metavar="90d,2w",
        help="Add calendar reminders this long before each date (90d,2w).",
    ),
]
IfReceived = Annotated[
    date | None,
    day_option("--if-received", "Also forecast each report that is owed as if it were received on this day."),
]
AsOf = Annotated[date | None, as_of_option("today, UTC")]
Data = Annotated[
    Any,
    option(
        "--data",
        parser=_path_of,
        metavar="DIR",
        variable="OPSC_DATA",
        help="Use the YAML dataset in this folder, after validating it.",
    ),
]
Json = Annotated[bool, option("--json", help="One JSON document; same as --format json.")]
Output = Annotated[
    Any,
    option("-o", "--output", parser=_path_of, metavar="FILE", help="Write to this file; its suffix sets the format."),
]


class Request:
    """The shared options as given, and the dataset they select."""

    as_of: AsOf = None
    data: Data = None
    json: Json = False
    format: Annotated[
        Format | None,
        option("--format", metavar="FORMAT", help="Output format (default: table on a terminal, tsv in a pipe)."),
    ] = None
    fields: Annotated[
        Any,
        option(
            "--fields",
            parser=_columns_of,
            metavar="A,B",
            help="Columns to show, in order, or all; an unknown name prints the list.",
        ),
    ] = None
    output: Output = None
    excel: Annotated[
        bool,
        option("--excel", help="Begin CSV with a byte order mark, so that Excel shows accents correctly."),
    ] = False
    lang: Annotated[
        Language,
        option(
            "--lang",
            metavar="LANG",
            variable="OPSC_LANG",
            any_case=True,
            help="Write the names of States in this UN language.",
        ),
    ] = "en"
    color: Annotated[Colour, option("--color", metavar="WHEN", help="When to use colour.")] = "auto"
    quiet: Annotated[bool, option("-q", "--quiet", help="Do not warn that the data are old.")] = False

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)

    @cached_property
    def day(self) -> date:
        """The day to answer for."""
        return self.as_of or today()

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset, with the names of States in the language requested."""
        dataset = loaded(self.data)
        if self.lang == "en":
            return dataset
        from opsc_cli.record.names import in_language

        names = in_language(dataset.names, self.lang)
        return replace(dataset, names=names, installed=dataset.installed)  # which has no names


def with_shared_options(
    *, without: tuple[str, ...] = (), options: type[Any] = Request
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Adds the options of Request, or of another class, to a command whose first parameter is one of these.

    `without` leaves some out.
    """

    @cache
    def shared() -> list[Parameter]:
        return [p for p in parameters_in(options.__annotations__, vars(options)) if p.name not in without]

    def with_these(command: Callable[..., None]) -> Callable[..., None]:
        def body(**given: Any) -> None:
            taken = {parameter.name: given.pop(parameter.name) for parameter in shared()}
            command(options(**taken), **given)

        body.__name__, body.__doc__, body.__module__ = command.__name__, command.__doc__, command.__module__
        body.parameters = lambda: (*parameters_of(command), *shared())  # type: ignore[attr-defined]
        return body

    return with_these
