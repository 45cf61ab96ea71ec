"""The commands: a body loads, asks, renders and writes.

The door to the world is door.py. Renderers are imported where they are used, so that an answer in a
pipe never loads what only a terminal needs.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from opsc_cli import __version__, door
from opsc_cli.dataset import packaged_folder
from opsc_cli.dates import parse_day, parse_duration, shifted
from opsc_cli.door import FINDINGS, UNREADABLE, USAGE, fail, loaded, resolved, today, write
from opsc_cli.findings import Finding, Unreadable
from opsc_cli.records import Act, Dataset

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


# ── what the commands take ───────────────────────────────────────────────────────────────────────


def _day(text: str) -> date:
    try:
        day = parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise typer.BadParameter(f"{text!r}: expected a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _duration(text: str) -> tuple[int, str]:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from None


_STATE = "ISO 3166 alpha-2 or alpha-3 code, M49 code, or a name"

State = Annotated[str, typer.Argument(metavar="STATE", help=f"{_STATE}.")]
States = Annotated[list[str] | None, typer.Argument(metavar="STATE…", help=f"{_STATE}; - reads them from stdin.")]
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
    str | None,
    typer.Option(metavar="FORMAT", help="table, tsv, csv, json or jsonl; default: table on a terminal, tsv in a pipe."),
]
Colour = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]
Within = Annotated[
    Any,
    typer.Option(parser=_duration, metavar="12m", help="A due date lies within this time: 90d, 8w, 12m, 1y."),
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
def due(
    states: States = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every State on record.")] = False,
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 where a State is late, or due within --within.")
    ] = False,
    within: Within = None,
    color: Colour = "auto",
) -> None:
    """Which report a State owes next, when, by which article, how surely and from which source.

    Example: opsc due Austria
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.position import positions
    from opsc_cli.render import listings
    from opsc_cli.selection import falls_due_by

    asked = positions(dataset, day, tuple(dataset.states) if everyone else resolved(states or [], dataset))
    _show(listings.states(asked), dataset, day, json, format, color)
    soon = shifted(day, within) if within else None
    late = any(p.is_late for p in asked)
    if exit_code and (late or (soon and any(falls_due_by(o.obligation, soon) for p in asked for o in p.owed))):
        raise typer.Exit(FINDINGS)


@app.command(rich_help_panel=ASK)
def explain(state: State, as_of: AsOf = None, data: Data = None, json: Json = False) -> None:
    """The derivation, step by step: each with its article, its dates, its certainty and its sources.

    Example: opsc explain Austria
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.position import positions

    (asked,) = positions(dataset, day, resolved([state], dataset))
    if json:
        from opsc_cli.render import document

        write(document.text_of(_envelope(dataset, day).around(states=document.states([asked], with_steps=True))))
        return
    from opsc_cli.render.explanation import explanation

    write(explanation(asked, dataset.sources, min(door.width(), 100)))


@app.command("states", rich_help_panel=ASK)
def list_states(
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="party, pending, signatory, none.")] = None,
    standing: Annotated[str | None, typer.Option(metavar="STANDING", help="A report of the State has it.")] = None,
    region: Annotated[str | None, typer.Option(metavar="GROUP", help="A UN regional group, or how it begins.")] = None,
    within: Within = None,
    late_by: Annotated[
        Any, typer.Option(parser=_duration, metavar="5y", help="A due date passed at least this long ago.")
    ] = None,
    sort: Annotated[str, typer.Option(metavar="BY", help="name, iso3, due or standing.")] = "name",
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    color: Colour = "auto",
) -> None:
    """List States, filtered: by status, standing, region, and by dates to come or passed.

    Example: opsc states --standing past-due-no-record --late-by 15y
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.obligations import Standing
    from opsc_cli.position import positions
    from opsc_cli.render import listings
    from opsc_cli.selection import SORTS, Wanted, selected
    from opsc_cli.treaty import Status

    wanted = Wanted(
        status=_one_of(status, get_args(Status), "--status"),
        standing=_one_of(standing, get_args(Standing), "--standing"),
        region=_region(region, dataset),
        within=shifted(day, within) if within else None,
        late_since=shifted(day, late_by, -1) if late_by else None,
    )
    order = SORTS[_one_of(sort, tuple(SORTS), "--sort") or "name"]
    found = selected(positions(dataset, day, tuple(dataset.states)), wanted, dataset.names)
    asked = tuple(sorted(found, key=order))  # type: ignore[arg-type]  # each order compares like with like
    _show(listings.states(asked, overview=True), dataset, day, json, format, color)


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

    Example: opsc sessions 100
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.meetings import calendar
    from opsc_cli.position import reviews_by_session
    from opsc_cli.render import listings

    meetings = calendar(dataset.sessions, dataset.pre_sessions, day)
    if number is not None:
        meetings = tuple(m for m in meetings if number in (m.number if m.kind == "session" else str(m.follows),))
        if not meetings:
            fail(USAGE, f"no session {number!r} on record by {day}; `opsc sessions` lists them")
    names = {iso3: name.name for iso3, name in dataset.names.items()}
    reviews = reviews_by_session(dataset, day)
    _show(listings.sessions(meetings, reviews, names, one=number is not None), dataset, day, json, format, color)


@app.command(rich_help_panel=ASK)
def stats(
    since: Annotated[
        date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Also every day or month from this day on.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="STEP", help="day, month or year, with --since.")] = "month",
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    color: Colour = "auto",
) -> None:
    """Totals on a day: deposits, in force, signatures, standings, by region and by year; or over a span of time.

    Example: opsc stats --as-of 2021-06-30
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.render import listings
    from opsc_cli.statistics import STEPS, days_between, regions_on, totals_on, totals_over, years_until

    step = _one_of(every, tuple(STEPS), "--every") or "month"
    if since and since > day:
        fail(USAGE, f"--since {since} lies after the day asked about, {day}")
    series = tuple(totals_over(dataset, days_between(since, day, step))) if since else ()
    totals = totals_on(dataset, day)
    listing = listings.stats(totals, regions_on(dataset, day), years_until(dataset, day), series)
    _show(listing, dataset, day, json, format, color)


@app.command(rich_help_panel=ASK)
def whatif(
    state: State,
    deposit: Annotated[date, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="The day of deposit to suppose.")],
    act: Annotated[
        str | None, typer.Option(metavar="ACT", help="ratification, acceptance, approval or accession.")
    ] = None,
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    color: Colour = "auto",
) -> None:
    """What would follow if a State joined: entry into force, first report, likely pre-session.

    Example: opsc whatif Kenya --deposit 2027-03-01
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.render import listings
    from opsc_cli.supposition import NotPossible, supposing

    (iso3,) = resolved([state], dataset)
    supposed: Any = _one_of(act, get_args(Act), "--act")
    try:
        position = supposing(dataset, iso3, deposit, supposed, day)
    except NotPossible as error:
        fail(USAGE, str(error))
    _show(listings.states([position]), dataset, position.as_of, json, format, color)


@app.command(rich_help_panel=ASK)
def sources(
    state: State,
    as_of: AsOf = None,
    data: Data = None,
    json: Json = False,
    format: Format = None,
    color: Colour = "auto",
) -> None:
    """Every source behind the answer for a State, and what rests on it.

    Example: opsc sources Austria
    """
    dataset, day = loaded(data), as_of or today()
    from opsc_cli.position import positions
    from opsc_cli.render import listings

    (asked,) = positions(dataset, day, resolved([state], dataset))
    _show(listings.sources(asked, dataset.sources), dataset, day, json, format, color)


# ── keep the record ──────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=KEEP)
def audit(data: Data = None, json: Json = False, format: Format = None, color: Colour = "auto") -> None:
    """Where a computed date or total differs from a published one. Exit 1 where a difference is unexplained.

    Example: opsc audit
    """
    dataset = loaded(data)
    from opsc_cli.audit import mismatches
    from opsc_cli.render import listings

    found = mismatches(dataset)
    _show(listings.audit(found), dataset, dataset.as_of.committee, json, format, color)
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
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="What a code means.")] = None,
) -> None:
    """Check a dataset: every finding with file, line and column. Exit 1 on findings, 3 where it cannot be read.

    Example: opsc validate data
    """
    from opsc_cli.codes import CODES
    from opsc_cli.render.findings import FORMATS, errors_in, explanation
    from opsc_cli.validation import FILES

    if explain is not None:
        write(explanation(_one_of(explain.upper(), tuple(CODES), "--explain") or ""))
        return
    form = _one_of(format, tuple(FORMATS), "--format") or ("github" if door.in_github_actions() else "text")
    looked_at = folder or _default_folder()
    found, code = _findings(looked_at)
    write(FORMATS[form](found, tuple(str(looked_at / f"{name}.yaml") for name in FILES), __version__))
    if code or errors_in(found) or (strict and found):
        raise typer.Exit(code or FINDINGS)


def _findings(folder: Path) -> tuple[tuple[Finding, ...], int]:
    import gc

    from opsc_cli.validation import validate

    gc.disable()  # a hundred thousand small objects and no cycles: collecting takes a seventh of the time
    try:
        return validate(folder)[1], 0
    except Unreadable as unreadable:
        return unreadable.findings, UNREADABLE


@app.command("diff", rich_help_panel=KEEP)
def diff_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A dataset's folder, or a revision of git.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Likewise; default: the dataset at hand.")] = "",
    as_of: AsOf = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text, md or json.")] = "text",
) -> None:
    """What changed between two datasets: the facts, and the answers that change by them, with the reasons.

    Example: opsc diff HEAD data
    """
    from opsc_cli.comparison import compared
    from opsc_cli.render.comparison import FORMATS

    form = _one_of(format, tuple(FORMATS), "--format") or ""
    before, after = door.dataset_at(old), door.dataset_at(new or str(_default_folder()))
    write(FORMATS[form](compared(before, after, as_of or today())))


@app.command("fmt", rich_help_panel=KEEP)
def fmt_command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", readable=False, help="The dataset's folder; default: ./data.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 where a file is not in the canonical layout.")
    ] = False,
) -> None:
    """Put a dataset's files into the canonical layout: comments, order and what they say are kept.

    Example: opsc fmt data --check
    """
    from opsc_cli.layout import canonical
    from opsc_cli.reader import read
    from opsc_cli.validation import FILES, OPTIONAL

    at = folder or Path("data")
    paths = [at / f"{n}.yaml" for n in (*FILES, *OPTIONAL) if n in FILES or (at / f"{n}.yaml").exists()]
    try:
        for path in paths:
            read(path)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))
    held = {path: path.read_bytes() for path in paths}
    laid_out = {path: canonical(raw.decode("utf-8-sig")).encode() for path, raw in held.items()}
    moved = [path for path in paths if laid_out[path] != held[path]]
    for path in moved:
        if not check:
            path.write_bytes(laid_out[path])
        write(f"{path}: {'not in the canonical layout; `opsc fmt` puts it there' if check else 'laid out anew'}\n")
    if check and moved:
        raise typer.Exit(FINDINGS)


@app.command("schema", rich_help_panel=KEEP)
def schema_command(
    name: Annotated[str, typer.Argument(metavar="FILE", help="states, sessions, sources, names, counts, readings.")],
) -> None:
    """The JSON Schema of one of the dataset's files, made from the records; editors help by it while one types.

    Example: opsc schema states
    """
    from opsc_cli.schemas import names, schema_text

    write(schema_text(_one_of(name, names(), "FILE") or ""))


@app.command("export", rich_help_panel=KEEP)
def export_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; made where it is not there.")],
    as_of: Annotated[
        date | None,
        typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Answers of this day; default: the record's last day."),
    ] = None,
    data: Data = None,
) -> None:
    """The whole record and its answers as files: CSV, JSON, a data package, a citation, checksums.

    Example: opsc export public
    """
    dataset = loaded(data)
    from opsc_cli.render.export import day_of, export

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in export(dataset, _envelope(dataset, as_of or day_of(dataset))).items():
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        fail(USAGE, f"{folder}: cannot be written: {error.strerror}")


def _default_folder() -> Path:
    here = Path("data")
    return here if (here / "states.yaml").is_file() else packaged_folder()


# ── what the bodies share ────────────────────────────────────────────────────────────────────────


def _show(listing: Any, dataset: Dataset, day: date, json: bool, format: str | None, color: str) -> None:
    from opsc_cli.render.formats import FORMATS, Screen

    usual = "table" if door.at_a_terminal() else "tsv"
    form = "json" if json else _one_of(format, tuple(FORMATS), "--format") or usual
    screen = Screen(door.width(), door.colour(color))
    write(FORMATS[form](listing, _envelope(dataset, day), screen))


def _envelope(dataset: Dataset, day: date) -> Any:
    from opsc_cli.render.document import Envelope

    return Envelope(
        tool_version=__version__,
        data_version=dataset.version,
        parties=dataset.as_of.parties,
        committee=dataset.as_of.committee,
        as_of=day,
    )


def _one_of(text: str | None, known: tuple[str, ...], option: str) -> str | None:
    if text is not None and text not in known:
        from difflib import get_close_matches

        close = get_close_matches(text, known, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else ""
        fail(USAGE, f"{option} {text!r}: expected one of {', '.join(known)}{meant}")
    return text


def _region(text: str | None, dataset: Dataset) -> str | None:
    groups = tuple(dict.fromkeys(name.region for name in dataset.names.values() if name.region))
    matching = [group for group in groups if text and group.casefold().startswith(text.casefold())]
    return matching[0] if len(matching) == 1 else _one_of(text, groups, "--region")


def main() -> None:
    """The console script."""
    door.run(lambda: app(prog_name="opsc"))
