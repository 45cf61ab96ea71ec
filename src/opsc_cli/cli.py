"""The door: the only module that reads the clock, prints and exits.

A command body loads, asks, renders and prints. Renderers are imported where they are used, so that an
answer in a pipe never loads what only a terminal needs.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from opsc_cli import __version__
from opsc_cli.dataset import load, packaged_folder
from opsc_cli.dates import parse_day
from opsc_cli.findings import Finding, Unreadable
from opsc_cli.names import NotAState, find
from opsc_cli.records import Dataset

FINDINGS, USAGE, UNREADABLE, SOFTWARE, INTERRUPTED = 1, 2, 3, 70, 130

FIRST_DAY, LAST_DAY = date(1989, 11, 20), date(2199, 12, 31)
"""The days one can ask about: from the adoption of the Convention on."""

app = typer.Typer(
    name="opsc",
    help="What States owe the Committee on the Rights of the Child under the Optional Protocol on the sale of"
    " children (OPSC): which report, when, why, and from which source. Not an official product of the United Nations.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
)

ASK, KEEP = "Ask", "Keep the record"


# ── what every command takes ─────────────────────────────────────────────────────────────────────


def _day(text: str) -> date:
    try:
        day = parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise typer.BadParameter(f"{text!r}: expected a day from {FIRST_DAY} to {LAST_DAY}")
    return day


States = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATE…", help="ISO 3166 alpha-2 or alpha-3 code, M49 code, or a name; - reads them from stdin."
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=_day,
        metavar="YYYY-MM-DD",
        envvar="OPSC_AS_OF",
        help="Answer by what was known on this day; default: today in UTC.",
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", envvar="OPSC_DATA", help="Read and validate the YAML dataset in this folder."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document, short for --format json.")]
Format = Annotated[
    str | None, typer.Option(metavar="FORMAT", help="table, tsv or json; default: table on a terminal, tsv in a pipe.")
]
Colour = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]


def _version(wanted: bool) -> None:
    if wanted:
        dataset = _load(None)
        ends = dataset.as_of
        _print(
            f"opsc {__version__}, data {dataset.version}"
            f" (parties to {ends.parties}, the Committee's work to {ends.committee})\n"
        )
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Versions of the tool and of the data.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        _print(context.get_help() + "\n")


# ── ask ──────────────────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=ASK)
def due(
    states: States = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every State on record.")] = False,
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where a State is late.")] = False,
    color: Colour = "auto",
) -> None:
    """Which report a State owes next, when, by which article, how surely and from which source.

    Example: opsc due Austria
    """
    dataset, day = _load(data), as_of or _today()
    chosen = tuple(dataset.states) if everyone else _resolved(states or [], dataset)
    from opsc_cli.position import positions

    asked = positions(dataset, day, chosen)
    _print(_due_text(_format(json, format), dataset, day, asked, color))
    if exit_code and any(p.is_late for p in asked):
        raise typer.Exit(FINDINGS)


def _due_text(form: str, dataset: Dataset, day: date, asked: Any, color: str) -> str:
    if form == "table":
        from opsc_cli.render import table

        return table.due(asked, width=_width(), colour=_colour(color))
    from opsc_cli.render import document, rows

    states = document.states(asked)
    if form == "json":
        return document.text_of(_envelope(dataset, day).around(states=states))
    return rows.tsv(rows.DUE_COLUMNS, rows.due_rows(states))


@app.command(rich_help_panel=ASK)
def explain(
    state: Annotated[str, typer.Argument(metavar="STATE", help="A code or a name.")],
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """The derivation, step by step: each with its article, its dates, its certainty and its sources.

    Example: opsc explain Austria
    """
    dataset, day = _load(data), as_of or _today()
    from opsc_cli.position import positions

    asked = positions(dataset, day, _resolved([state], dataset))
    if json:
        from opsc_cli.render import document

        _print(document.text_of(_envelope(dataset, day).around(states=document.states(asked, with_steps=True))))
        return
    from opsc_cli.render.explanation import explanation

    _print(explanation(asked[0], dataset.sources, min(_width(), 100)))


@app.command(rich_help_panel=ASK)
def sessions(
    number: Annotated[
        str | None, typer.Argument(metavar="[NUMBER]", help="One session, with the States it reviewed.")
    ] = None,
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    color: Colour = "auto",
) -> None:
    """Sessions and pre-sessional working groups of the Committee: past, announced and projected.

    Example: opsc sessions
    """
    dataset, day = _load(data), as_of or _today()
    from opsc_cli.meetings import calendar

    meetings = calendar(dataset.sessions, dataset.pre_sessions, day)
    if number is not None:
        meetings = tuple(m for m in meetings if number in (m.number, str(m.follows)))
        if not any(m.kind == "session" and m.number == number for m in meetings):
            _fail(USAGE, f"no session {number!r} on record by {day}; `opsc sessions` lists them")
    form = _format(json, format)
    if form == "table":
        from opsc_cli.render import table

        _print(table.sessions(meetings, width=_width(), colour=_colour(color)))
        return
    from opsc_cli.position import reviews_by_session
    from opsc_cli.render import document, rows

    listed = document.sessions(meetings, reviews_by_session(dataset, day))
    if form == "json":
        _print(document.text_of(_envelope(dataset, day).around(sessions=listed)))
    else:
        _print(rows.tsv(rows.SESSION_COLUMNS, rows.session_rows(listed)))


# ── keep the record ──────────────────────────────────────────────────────────────────────────────


@app.command("validate", rich_help_panel=KEEP)
def validate_command(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The dataset's folder; default: ./data, else the packaged one."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count too.")] = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text or json.")] = "text",
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="What a code means.")] = None,
) -> None:
    """Check a dataset: every finding with file, line and column. Exit 1 on findings, 3 where it cannot be read.

    Example: opsc validate data
    """
    if explain is not None:
        _explain_code(explain)
        return
    if format not in ("text", "json"):
        _fail(USAGE, f"no format {format!r} here; expected text or json")
    found, code = _findings(folder or _default_folder())
    counted = [f for f in found if strict or f.severity == "error"]
    _print(_findings_text(found, format))
    if code or counted:
        raise typer.Exit(code or FINDINGS)


def _findings(folder: Path) -> tuple[tuple[Finding, ...], int]:
    from opsc_cli.validation import validate

    try:
        return validate(folder)[1], 0
    except Unreadable as unreadable:
        return unreadable.findings, UNREADABLE


def _findings_text(found: tuple[Finding, ...], form: str) -> str:
    if form == "json":
        from opsc_cli.render import document
        from opsc_cli.validation import FILES

        return document.text_of(document.findings(found, len(FILES)))
    errors = sum(1 for f in found if f.severity == "error")
    lines = [f"{f}{' (warning)' if f.severity == 'warning' else ''}" for f in found]
    return "\n".join((*lines, f"{errors} errors, {len(found) - errors} warnings", ""))


def _explain_code(code: str) -> None:
    from opsc_cli.findings import CODES

    if code.upper() not in CODES:
        _fail(USAGE, f"no code {code!r}; the codes are {', '.join(CODES)}")
    _print(f"{code.upper()}: {CODES[code.upper()]}\n")


def _default_folder() -> Path:
    here = Path("data")
    return here if (here / "states.yaml").is_file() else packaged_folder()


# ── between the commands and the world ───────────────────────────────────────────────────────────


def _today() -> date:
    return datetime.now(UTC).date()


def _load(folder: Path | None) -> Dataset:
    try:
        return load(folder)
    except Unreadable as unreadable:
        _fail(UNREADABLE, str(unreadable))


def _resolved(texts: list[str], dataset: Dataset) -> tuple[str, ...]:
    wanted = [word for text in texts for word in (_stdin_words() if text == "-" else [text])]
    if not texts:
        _fail(USAGE, "name a State, or ask for --all; for example: opsc due Austria")
    found = {text: find(text, dataset.index, dataset.refused) for text in wanted}
    refusals = [_refusal(answer, dataset) for answer in found.values() if isinstance(answer, NotAState)]
    if refusals:
        _fail(USAGE, "\n".join(refusals))
    return tuple(dict.fromkeys(answer for answer in found.values() if isinstance(answer, str)))


def _stdin_words() -> Iterator[str]:
    return (line.strip() for line in sys.stdin if line.strip())


def _refusal(answer: NotAState, dataset: Dataset) -> str:
    candidates = ", ".join(f"{dataset.names[iso3].name} ({iso3})" for iso3 in answer.candidates)
    return f"{answer.text!r}: {answer.because}" + (f"; perhaps {candidates}" if candidates else "")


def _envelope(dataset: Dataset, day: date) -> Any:
    from opsc_cli.render.document import Envelope

    return Envelope(
        tool_version=__version__,
        data_version=dataset.version,
        parties=dataset.as_of.parties,
        committee=dataset.as_of.committee,
        as_of=day,
    )


def _format(json: bool, format: str | None) -> str:
    if format not in (None, "table", "tsv", "json"):
        _fail(USAGE, f"no format {format!r}; expected table, tsv or json")
    if json:
        return "json"
    return format or ("table" if sys.stdout.isatty() else "tsv")


def _width() -> int:
    """The terminal's width; in a pipe always the same, so that what is piped is stable."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def _colour(when: str) -> bool:
    if when not in ("auto", "always", "never"):
        _fail(USAGE, f"--color {when!r}: expected auto, always or never")
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def _fail(code: int, message: str) -> NoReturn:
    sys.stderr.write(f"opsc: {message}\n" if code != UNREADABLE else f"{message}\n")
    raise SystemExit(code)


def _interrupted(*_: object) -> NoReturn:
    raise SystemExit(INTERRUPTED)


def main() -> None:
    """The console script."""
    signal.signal(signal.SIGINT, _interrupted)
    if not sys.stdout.isatty():
        os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"  # else Typer colours its help in a pipe on some CI
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="opsc")
    except Exception as error:
        if os.environ.get("OPSC_DEBUG") == "1":
            raise
        _fail(SOFTWARE, f"internal error: {error!r}; set OPSC_DEBUG=1 to see where, and please report it")
