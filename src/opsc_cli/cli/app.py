"""The commands: a body loads, asks, renders and writes.

The door to the world is console.py. Renderers are imported where they are used, so that an answer in a
pipe never loads what only a terminal needs.
"""

import os
import shlex
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Annotated, Any, TypeGuard, get_args

import typer
from typer.core import TyperGroup

from opsc_cli import __version__, console
from opsc_cli.answers import age
from opsc_cli.cli.options import AsOf, Data, Json, Output, Request, asking, day_asked_about, day_of, duration_of
from opsc_cli.cli.resolve import dataset_at, loaded, resolved, resolved_alone
from opsc_cli.console import FINDINGS, UNREADABLE, USAGE, fail, write
from opsc_cli.dataset.findings import Finding, Unreadable
from opsc_cli.dataset.load import packaged_folder
from opsc_cli.record.dates import shifted
from opsc_cli.record.names import find
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Act, Region

ABOUT_OPSC = (
    "What States owe the Committee on the Rights of the Child under the Optional Protocol on the sale of children"
    " (OPSC): which report, when, why, and from which source. Not an official product of the United Nations."
)

_EXAMPLES = """
Examples:

opsc due Austria
opsc explain NPL
opsc states --standing past-due-no-record -o late.csv
printf 'KE\\nUG\\n' | opsc due -
"""


class _Commands(TyperGroup):
    """The commands. A State in the place of one is told which takes it; --version is heard wherever it stands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = list(takewhile(lambda word: word != "--", args))
        if "--color=never" in words or ("--color", "never") in pairwise(words):
            os.environ["NO_COLOR"] = "1"  # for help and wrong calls, which are not ours to write
        return super().parse_args(ctx, ["--version"] if "--version" in words else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        words = list(takewhile(lambda word: not word.startswith("-"), args))
        if words and words[0] not in self.commands:
            dataset, name = loaded(None), " ".join(words)
            if isinstance(find(name, dataset.index, dataset.refused), str):
                fail(USAGE, f"no command {name!r}; it is a State: opsc due {shlex.quote(name)}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="opsc",
    cls=_Commands,
    help=f"{ABOUT_OPSC}\n{_EXAMPLES}",
    epilog="More: opsc help exit-codes, formats, environment, law.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
)

ASK, KEEP = "Ask", "Keep the record"


# ── what the commands take ───────────────────────────────────────────────────────────────────────


_WIDTH_OF_THE_MANUAL = 78
_TREATIES = ("OPSC", "CRC", "OPAC")
_PROCEDURES = ("standard", "srp")
_REGIONS = get_args(Region)


def _days_before(text: str) -> tuple[int, ...]:
    """`90d,2w` as days."""
    lengths = [duration_of(word.strip()) for word in text.split(",")]
    if any(unit not in ("d", "w") for _, unit in lengths):
        raise typer.BadParameter(f"{text!r}: expected days or weeks apart by commas, such as 90d,2w")
    return tuple(number * (7 if unit == "w" else 1) for number, unit in lengths)


_STATE = "ISO 3166 alpha-2 or alpha-3 code, M49 code, or a name"

State = Annotated[str, typer.Argument(metavar="STATE", help=f"{_STATE}.")]
States = Annotated[list[str] | None, typer.Argument(metavar="STATE…", help=f"{_STATE}; - reads them from stdin.")]
Within = Annotated[
    Any,
    typer.Option(parser=duration_of, metavar="12m", help="A due date lies within this time: 90d, 8w, 12m, 1y."),
]


Alarm = Annotated[
    Any,
    typer.Option(parser=_days_before, metavar="90d,2w", help="Reminders in the calendar, so long before each date."),
]


def _version(wanted: bool) -> None:
    if wanted:
        dataset = loaded(None)
        ends = dataset.as_of
        write(
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
        write(context.get_help() + "\n")


# ── ask ──────────────────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=ASK)
@asking()
def due(
    request: Request,
    states: States = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every State on record.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 where a State is late, or due within --within.")
    ] = False,
    within: Within = None,
    alarm: Alarm = None,
) -> None:
    """Which report a State owes next, when, by which article, how surely and from which source.

    Example: opsc due Austria
    Example: opsc due Österreich "Côte d’Ivoire" --lang fr
    Example: opsc due --all --format ics --alarm 90d -o opsc.ics
    Example: printf 'KE\\nUG\\n' | opsc due - --fields name,due_date,standing
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.answers.states import falls_due_by
    from opsc_cli.render import listings

    if within and not exit_code:
        fail(USAGE, "--within is for --exit-code; `opsc states --within 12m` lists what falls due")
    if everyone and states:
        fail(USAGE, "name States, or ask for --all")
    asked = positions(dataset, day, tuple(dataset.states) if everyone else resolved(states or [], dataset))
    _show(listings.states(asked, alarms=alarm or ()), request)
    soon = shifted(day, within) if within else None
    late = any(p.is_late for p in asked)
    if exit_code and (late or (soon and any(falls_due_by(o.obligation, soon) for p in asked for o in p.owed))):
        raise typer.Exit(FINDINGS)


@app.command(rich_help_panel=ASK)
@asking()
def explain(request: Request, state: State) -> None:
    """The derivation, step by step: each with its article, its dates, its certainty and its sources.

    Example: opsc explain Austria
    Example: opsc explain Nepal --as-of 2010-01-01
    Example: opsc explain NPL --format csv -o steps.csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.render import listings

    (asked,) = positions(dataset, day, (resolved_alone(state, dataset),))
    _show(listings.explained(asked, dataset.sources), request, in_a_pipe="table")


@app.command("states", rich_help_panel=ASK)
@asking()
def list_states(
    request: Request,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="party, pending, signatory, none.")] = None,
    standing: Annotated[str | None, typer.Option(metavar="STANDING", help="A report of the State has it.")] = None,
    region: Annotated[str | None, typer.Option(metavar="GROUP", help="A UN regional group, or how it begins.")] = None,
    within: Within = None,
    late_by: Annotated[
        Any, typer.Option(parser=duration_of, metavar="5y", help="A due date passed at least this long ago.")
    ] = None,
    sort: Annotated[str, typer.Option(metavar="BY", help="name, iso3, due or standing.")] = "name",
    alarm: Alarm = None,
) -> None:
    """List States, filtered: by status, standing, region, and by dates to come or passed.

    Example: opsc states --standing past-due-no-record --late-by 15y
    Example: opsc states --region African --within 2y --sort due
    Example: opsc states --status signatory -o signatories.csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.answers.states import SORTS, Wanted, selected
    from opsc_cli.law.standing import Standing
    from opsc_cli.law.treaty import Status
    from opsc_cli.render import listings

    wanted = Wanted(
        status=_one_of(status, get_args(Status), "--status"),
        standing=_one_of(standing, get_args(Standing), "--standing"),
        region=_region(region),
        within=shifted(day, within) if within else None,
        late_since=shifted(day, late_by, -1) if late_by else None,
    )
    order = SORTS[_one_of(sort, tuple(SORTS), "--sort") or "name"]
    found = selected(positions(dataset, day, tuple(dataset.states)), wanted, dataset.names)
    asked = tuple(sorted(found, key=order))  # type: ignore[arg-type]  # each order compares like with like
    _show(listings.states(asked, overview=True, alarms=alarm or ()), request)


@app.command(rich_help_panel=ASK)
@asking()
def sessions(
    request: Request,
    number: Annotated[
        str | None, typer.Argument(metavar="[NUMBER]", help="One session, with the States it reviewed.")
    ] = None,
    alarm: Alarm = None,
) -> None:
    """Sessions and pre-sessional working groups of the Committee: past, announced and projected.

    Example: opsc sessions 100
    Example: opsc sessions --format ics -o sessions.ics
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import reviews_by_session
    from opsc_cli.forecast.meetings import calendar
    from opsc_cli.render import listings

    meetings = calendar(dataset.sessions, dataset.pre_sessions, day)
    if number is not None:
        meetings = tuple(m for m in meetings if number in (m.number if m.kind == "session" else str(m.follows),))
        if not meetings:
            fail(USAGE, f"no session {number!r} on record by {day}; `opsc sessions` lists them")
    names = {iso3: name.name for iso3, name in dataset.names.items()}
    reviews = reviews_by_session(dataset, day)
    _show(listings.sessions(meetings, reviews, names, one=number is not None, alarms=alarm or ()), request)


@app.command(rich_help_panel=ASK)
@asking()
def stats(
    request: Request,
    since: Annotated[
        date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Also every day or month from this day on.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="STEP", help="day, month or year, with --since.")] = "month",
) -> None:
    """Totals on a day: deposits, in force, signatures, standings, by region and by year; or over a span of time.

    Example: opsc stats --as-of 2021-06-30
    Example: opsc stats --since 2020-01-01 --every year --format csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.stats import STEPS, days_between, regions_on, totals_on, totals_over, years_until
    from opsc_cli.render import listings

    step = _one_of(every, tuple(STEPS), "--every") or "month"
    if since and since > day:
        fail(USAGE, f"--since {since} lies after the day asked about, {day}")
    series = tuple(totals_over(dataset, days_between(since, day, step))) if since else ()
    totals = totals_on(dataset, day)
    listing = listings.stats(totals, regions_on(dataset, day), years_until(dataset, day), series)
    _show(listing, request)


@app.command(rich_help_panel=ASK)
@asking()
def whatif(
    request: Request,
    state: State,
    deposit: Annotated[date, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="The day of deposit to suppose.")],
    act: Annotated[
        str | None, typer.Option(metavar="ACT", help="ratification, acceptance, approval or accession.")
    ] = None,
) -> None:
    """What would follow if a State joined: entry into force, first report, likely pre-session.

    Example: opsc whatif Kenya --deposit 2027-03-01
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.whatif import NotPossible, supposing
    from opsc_cli.render import listings

    iso3 = resolved_alone(state, dataset)
    supposed: Any = _one_of(act, get_args(Act), "--act")
    try:
        position = supposing(dataset, iso3, deposit, supposed, day)
    except NotPossible as error:
        fail(USAGE, str(error))
    _show(listings.supposed(position), request, position.as_of)


@app.command(rich_help_panel=ASK)
@asking()
def sources(
    request: Request,
    state: State,
) -> None:
    """Every source behind the answer for a State, and what rests on it.

    Example: opsc sources Austria
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.render import listings

    (asked,) = positions(dataset, day, (resolved_alone(state, dataset),))
    _show(listings.sources(asked, dataset.sources), request)


@app.command(rich_help_panel=ASK)
@asking()
def forecast(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="A code, or a name.")] = None,
    received: Annotated[
        date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="The day a report was or will be received.")
    ] = None,
    treaty: Annotated[str, typer.Option(metavar="TREATY", help="OPSC, CRC or OPAC: one queue holds all.")] = "OPSC",
    procedure: Annotated[
        str | None, typer.Option(metavar="NAME", help="standard or srp; default: what is usual on the day received.")
    ] = None,
    list_of_issues: Annotated[
        date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="The day of its list of issues, if any.")
    ] = None,
    backtest: Annotated[bool, typer.Option("--backtest", help="How well the forecast did on history.")] = False,
    alarm: Alarm = None,
) -> None:
    """Which pre-session and session will likely take a report up: a range, its basis, and how it did on history.

    Example: opsc forecast Angola
    Example: opsc forecast --received 2021-08-03 --treaty OPSC
    Example: opsc forecast Nepal --alarm 90d -o nepal.ics
    """
    if sum((state is not None, received is not None, backtest)) != 1:
        fail(USAGE, "name a State, or give --received, or ask for --backtest")
    _one_of(treaty, _TREATIES, "--treaty")
    _one_of(procedure, _PROCEDURES, "--procedure")
    if received:
        listing = _forecast_received(request, received, treaty, procedure, list_of_issues, alarm or ())
    elif backtest:
        listing = _backtest(request.dataset)
    else:
        listing = _forecast_state(request, state or "", alarm or ())
    _show(listing, request)


def _forecast_received(
    request: Request,
    received: date,
    treaty: str,
    procedure: str | None,
    listed: date | None,
    alarms: tuple[int, ...],
) -> Any:
    from opsc_cli.forecast.forecast import Asked, Outlook
    from opsc_cli.forecast.forecast import forecast as forecast_of
    from opsc_cli.law.committee import SIMPLIFIED_FROM
    from opsc_cli.render import listings

    day = request.day
    if listed and not received <= listed <= day:
        fail(USAGE, f"--list-of-issues {listed}: expected a day from {received}, the receipt, to {day}")
    simplified = procedure == "srp" if procedure else min(received, day) >= SIMPLIFIED_FROM
    asked = Asked(
        received=received,
        procedure="simplified" if simplified else "standard",
        listed=listed,
        assumed=received > day,
    )
    found = forecast_of(Outlook(request.dataset, day), asked)
    if found is None:
        fail(USAGE, f"no forecast as of {day}: too few reviews were known, or the receipt lies too far ahead")
    return listings.forecast(found, treaty, alarms=alarms)


def _backtest(dataset: Dataset) -> Any:
    from opsc_cli.forecast.backtest import backtest
    from opsc_cli.render import listings

    return listings.backtest(backtest(dataset))


def _forecast_state(request: Request, state: str, alarms: tuple[int, ...]) -> Any:
    from opsc_cli.answers.position import positions
    from opsc_cli.render import listings

    chosen = resolved([state], request.dataset)
    return listings.states(positions(request.dataset, request.day, chosen), forecasts=True, alarms=alarms)


@app.command(rich_help_panel=ASK)
@asking()
def plan(request: Request, state: State, alarm: Alarm = None) -> None:
    """Submission dates for NGOs, human rights institutions and children, back from the likely meeting.

    Example: opsc plan Angola
    Example: opsc plan Angola --alarm 4w -o angola.ics
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.forecast.plan import plan_for
    from opsc_cli.render import listings

    (asked,) = positions(dataset, day, (resolved_alone(state, dataset),))
    found = [plan_for(o.obligation, o.forecast, day) for o in asked.owed if o.forecast]
    without = [o.obligation for o in asked.owed if not o.forecast]
    _show(listings.plans(asked, found, without, alarms=alarm or ()), request)


# ── keep the record ──────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=KEEP)
@asking(without=("as_of",))
def audit(request: Request) -> None:
    """Where a computed date or total differs from a published one. Exit 1 where a difference is unexplained.

    Example: opsc audit
    """
    dataset = request.dataset
    from opsc_cli.answers.audit import mismatches
    from opsc_cli.render import listings

    found = mismatches(dataset)
    _show(listings.audit(found), request, dataset.as_of.committee)
    if any(m.explained is None for m in found):
        raise typer.Exit(FINDINGS)


@app.command("validate", rich_help_panel=KEEP)
def validate_command(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]", readable=False, help="The dataset's folder; default: ./data, or the packaged one."
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count too.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="text, json, github, sarif or junit; default: text, within GitHub Actions github.",
        ),
    ] = None,
    json: Json = False,
    output: Output = None,
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="What a code means.")] = None,
) -> None:
    """Check a dataset: every finding with file, line and column. Exit 1 on findings, 3 where it cannot be read.

    Example: opsc validate data
    """
    from opsc_cli.dataset.codes import CODES
    from opsc_cli.dataset.validate import FILES, OPTIONAL
    from opsc_cli.render.findings import FORMATS, SUFFIXES, errors_in, explanation

    if explain is not None:
        write(explanation(_one_of(explain.upper(), tuple(CODES), "--explain") or ""))
        return
    usual = "github" if console.in_github_actions() else "text"
    form = _form(json, format, output, FORMATS, SUFFIXES, usual)
    looked_at = folder or _default_folder()
    found, code = _findings(looked_at)
    files = (looked_at / f"{name}.yaml" for name in (*FILES, *OPTIONAL))
    looked_into = tuple(str(path) for path in files if path.stem in FILES or os.path.lexists(path))
    _put(FORMATS[form](found, looked_into, __version__), output, write)
    if code or errors_in(found) or (strict and found):
        raise typer.Exit(code or FINDINGS)


def _findings(folder: Path) -> tuple[tuple[Finding, ...], int]:
    import gc

    from opsc_cli.dataset.validate import validate

    gc.disable()  # a hundred thousand small objects and no cycles: collecting takes a seventh of the time
    try:
        return validate(folder)[1], 0
    except Unreadable as unreadable:
        return unreadable.findings, UNREADABLE


@app.command("diff", rich_help_panel=KEEP)
def diff_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A dataset's folder, or a REVISION[:FOLDER] of git.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Likewise; default: the dataset at hand.")] = "",
    as_of: AsOf = None,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help="text, md or json; default: text.")] = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """What changed between two datasets: the facts, and the answers that change by them, with the reasons.

    Example: opsc diff data data
    """
    from opsc_cli.answers.diff import compared
    from opsc_cli.render.diff import FORMATS, SUFFIXES

    form = _form(json, format, output, FORMATS, SUFFIXES, "text")
    before, after = dataset_at(old), dataset_at(new or str(_default_folder()))
    _put(FORMATS[form](compared(before, after, as_of or console.today())), output, write)


@app.command("fmt", rich_help_panel=KEEP)
def fmt_command(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            readable=False,
            help="Its folder; default: ./data; with --check also the packaged one.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 where a file is not in the canonical layout.")
    ] = False,
) -> None:
    """Put a dataset's files into the canonical layout: comments, order and what they say are kept.

    Example: opsc fmt data --check
    """
    from opsc_cli.dataset.reader import read
    from opsc_cli.dataset.validate import FILES, OPTIONAL

    at = folder or (_default_folder() if check else Path("data"))
    paths = [at / f"{n}.yaml" for n in (*FILES, *OPTIONAL) if n in FILES or os.path.lexists(at / f"{n}.yaml")]
    try:
        for path in paths:
            read(path)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))
    held = {path: path.read_bytes() for path in paths}
    laid_out = {path: _laid_out(path, raw.decode("utf-8-sig")) for path, raw in held.items()}
    moved = [path for path in paths if laid_out[path].encode() != held[path]]
    if not check:
        console.save_all({path.name: laid_out[path] for path in moved}, at)
    for path in moved:
        write(f"{path}: {'not in the canonical layout; `opsc fmt` puts it there' if check else 'laid out anew'}\n")
    if check and moved:
        raise typer.Exit(FINDINGS)


def _laid_out(path: Path, text: str) -> str:
    from opsc_cli.dataset.fmt import CannotBeKept, canonical

    try:
        return canonical(text)
    except CannotBeKept as lost:
        fail(FINDINGS, f"{path}:{lost.line}: {lost}. No file was changed.")


@app.command("schema", rich_help_panel=KEEP)
def schema_command(
    name: Annotated[
        str, typer.Argument(metavar="FILE", help="states, sessions, sources, names, counts, readings; or output.")
    ],
    document: Annotated[
        str | None, typer.Argument(metavar="[DOCUMENT]", help="After output: one document of the commands.")
    ] = None,
) -> None:
    """The JSON Schema of one of the dataset's files, made from the records; or of what commands write with --json.

    Example: opsc schema states
    Example: opsc schema output
    Example: opsc schema output plan
    """
    from opsc_cli.dataset.schemas import names, schema_text

    if name == "output":
        from opsc_cli.render.document import text_of
        from opsc_cli.render.schemas import documents, output_schema, output_schemas

        known = _one_of(document, documents(), "output")
        write(text_of(output_schema(known) if known else output_schemas()))
        return
    write(schema_text(_one_of(name, (*names(), "output"), "FILE") or ""))


@app.command("export", rich_help_panel=KEEP)
def export_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; made where it is not there.")],
    as_of: Annotated[date | None, day_asked_about("the record's last day")] = None,
    data: Data = None,
) -> None:
    """The whole record and its answers as files: CSV, JSON, a calendar, a data package, a citation, checksums.

    Example: opsc export public
    """
    dataset = loaded(data)
    from opsc_cli.render.document import envelope_of
    from opsc_cli.render.export import export, last_day_of

    console.save_all(export(dataset, envelope_of(dataset, as_of or last_day_of(dataset))), folder)


def _default_folder() -> Path:
    here = Path("data")
    return here if os.path.lexists(here) else packaged_folder()


# ── about the tool ───────────────────────────────────────────────────────────────────────────────


@app.command("data", rich_help_panel=KEEP)
@asking(without=("lang",))
def data_command(
    request: Request,
    max_age: Annotated[
        Any,
        typer.Option(parser=duration_of, metavar="90d", help="Exit with 1 where the record is older: for CI."),
    ] = None,
) -> None:
    """Which data these are: their version, the days on which the record ends, and how long ago that is.

    Example: opsc data
    Example: opsc data --max-age 2y
    """
    from opsc_cli.answers.age import ends_on
    from opsc_cli.render import listings

    _show(listings.data(request.dataset, ends_on(request.dataset, request.day)), request)
    if max_age and age.is_older_than(max_age, request.dataset, request.day):
        raise typer.Exit(FINDINGS)


@app.command("help", rich_help_panel=KEEP)
def help_command(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="A topic, or a command.")] = "",
) -> None:
    """Say more about exit-codes, formats, environment or law, or about a command.

    Example: opsc help formats
    Example: opsc help due
    """
    from opsc_cli.cli.topics import topics

    program, known = _program(), topics(min(console.width(), console.WIDTH_OF_A_PIPE))
    if topic and topic not in program.commands:
        console.page(known[_one_of(topic, (*known, *program.commands), "help") or ""])
        return
    context = program.make_context("opsc", [], resilient_parsing=True)
    if topic:
        context = program.commands[topic].make_context(topic, [], parent=context, resilient_parsing=True)
    write(context.get_help() + "\n")


@app.command(rich_help_panel=KEEP)
def completion(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
    data: Data = None,
) -> None:
    """Write a script that completes commands, options and States; it is static, a Tab starts no Python.

    Example: opsc completion bash > ~/.local/share/bash-completion/completions/opsc
    Example: opsc completion zsh > ~/.zfunc/_opsc
    Example: opsc completion fish > ~/.config/fish/completions/opsc.fish
    """
    from opsc_cli.cli.completion import SHELLS

    names = loaded(data).names
    texts = {text: name.name for iso3, name in names.items() for text in (name.name, iso3)}
    write(SHELLS[_one_of(shell, tuple(SHELLS), "completion") or ""](_commands(), texts))


@app.command(rich_help_panel=KEEP)
def man() -> None:
    """Write the manual page.

    Example: opsc man | man -l -
    """
    from opsc_cli.cli.man import manual
    from opsc_cli.cli.topics import topics

    told = {name: text for name, text in topics(_WIDTH_OF_THE_MANUAL).items() if name != "law"}
    write(manual(_commands(), ABOUT_OPSC, __version__, told))


def help_text() -> str:
    """The help as `opsc` and `opsc --help` write it."""
    from contextlib import redirect_stdout
    from io import StringIO

    with redirect_stdout(StringIO()) as written:
        returned = _program().make_context("opsc", [], resilient_parsing=True).get_help()
    return f"{written.getvalue()}{returned}\n"


def _program() -> Any:
    return typer.main.get_command(app)


def _commands() -> Any:
    from opsc_cli.answers.states import SORTS
    from opsc_cli.answers.stats import STEPS
    from opsc_cli.cli.commandline import commands_of
    from opsc_cli.cli.completion import SHELLS
    from opsc_cli.cli.topics import topics
    from opsc_cli.dataset.codes import CODES
    from opsc_cli.dataset.schemas import names
    from opsc_cli.law.standing import Standing
    from opsc_cli.law.treaty import Status
    from opsc_cli.record.names import LANGUAGES
    from opsc_cli.render import diff, findings
    from opsc_cli.render.formats import FORMATS

    program = _program()
    choices = {
        "format": tuple(FORMATS), "lang": LANGUAGES, "color": ("auto", "always", "never"), "sort": tuple(SORTS),
        "status": get_args(Status), "standing": get_args(Standing), "act": get_args(Act), "every": tuple(STEPS),
        "treaty": _TREATIES, "procedure": _PROCEDURES, "validate.explain": tuple(CODES),
        "validate.format": tuple(findings.FORMATS), "diff.format": tuple(diff.FORMATS),
        "region": tuple(region.split()[0] for region in _REGIONS),
        "help.topic": (*topics(_WIDTH_OF_THE_MANUAL), *program.commands), "schema.name": (*names(), "output"),
        "completion.shell": tuple(SHELLS),
    }  # fmt: skip
    return commands_of(program, choices)


# ── what the bodies share ────────────────────────────────────────────────────────────────────────


def _show(listing: Any, request: Request, day: date | None = None, in_a_pipe: str = "tsv") -> None:
    """Writes the listing in the format asked for, else as a table on a terminal and as `in_a_pipe` in a pipe.

    `day`: the day that the listing speaks of, where that is another than the one asked about.
    """
    from opsc_cli.render import formats, listings
    from opsc_cli.render.document import envelope_of
    from opsc_cli.render.screen import Screen

    form = _form_of(request, formats, in_a_pipe)
    screen = Screen(_screen_width(request), not request.output and console.colour(request.color))
    try:
        shown = listing if request.fields is None else listings.with_fields(listing, request.fields)
        written = formats.FORMATS[form](shown, envelope_of(request.dataset, day or request.day), screen)
    except formats.WrongField as wrong:
        _one_of(str(wrong), tuple(listing.columns), "--fields")
    except formats.NoCalendar:
        fail(
            USAGE,
            "--format ics: this answer is not given as a calendar; due, states, sessions, forecast, plan are",
        )
    except formats.NotInstalled:
        fail(USAGE, "--format xlsx: XlsxWriter is not installed; the extra xlsx of this package brings it")
    else:
        _deliver(written, request)


def _form_of(request: Request, formats: Any, in_a_pipe: str) -> str:
    """By --json, by --format, by the suffix of the file, or by who reads: a table for a person."""
    usual = "table" if console.at_a_terminal() and not _is_a_file(request.output) else in_a_pipe
    return _form(request.json, request.format, request.output, formats.FORMATS, formats.SUFFIXES, usual)


def _form(
    json: bool,
    format: str | None,
    output: Path | None,
    known: Mapping[str, Any],
    suffixes: Mapping[str, str],
    usual: str,
) -> str:
    named = _one_of(format, tuple(known), "--format")
    if json and named not in (None, "json"):
        fail(USAGE, f"--json and --format {named}: expected one of the two")
    if json or named:
        return named or "json"
    if not _is_a_file(output) or console.is_a_device(output):
        return usual
    expected = f"name a --format, or a file that ends in one of {', '.join(suffixes)}"
    return suffixes.get(output.suffix.lower()) or fail(USAGE, f"-o {output}: {expected}")


def _is_a_file(output: Path | None) -> TypeGuard[Path]:
    """Whether an answer goes into a file: `-` stands for standard output."""
    return output is not None and str(output) != "-"


def _screen_width(request: Request) -> int:
    return console.WIDTH_OF_A_PIPE if request.output else console.width()


def _put(written: str | bytes, output: Path | None, shown: Callable[[str | bytes], None]) -> None:
    """Into the file `output`, else as `shown`."""
    if _is_a_file(output):
        console.save(written, output)
    else:
        shown(written)


def _deliver(written: str | bytes, request: Request) -> None:
    _put(written, request.output, console.page)
    old = None if request.quiet else age.warning(request.dataset, request.day)
    if old:
        console.remark(old)


def _one_of(text: str | None, known: tuple[str, ...], option: str) -> str | None:
    if text is not None and text not in known:
        from difflib import get_close_matches

        close = get_close_matches(text, known, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else ""
        fail(USAGE, f"{option} {text!r}: expected one of {', '.join(known)}{meant}")
    return text


def _region(text: str | None) -> str | None:
    matching = [group for group in _REGIONS if text and group.casefold().startswith(text.casefold())]
    return matching[0] if len(matching) == 1 else _one_of(text, _REGIONS, "--region")


def main() -> None:
    """The console script."""
    console.run(lambda: app(prog_name="opsc"))
