"""The commands that check, compare, reformat, describe and export a dataset."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from opsc_cli import __version__, console
from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.errors import checked, expected
from opsc_cli.cli.options import AsOf, Data, Json, Output, Request, as_of_option, with_shared_options
from opsc_cli.cli.output import chosen_format, put, show
from opsc_cli.cli.resolve import dataset_at, default_folder, loaded
from opsc_cli.console import FINDINGS, UNREADABLE, USAGE, fail, printable, write
from opsc_cli.dataset.findings import Finding, Unreadable

FindingsFormat = Literal["text", "json", "github", "sarif", "junit"]
DiffFormat = Literal["text", "md", "json"]
SchemaName = Literal["states", "sessions", "sources", "names", "counts", "readings", "output"]


def _codes() -> list[str]:
    from opsc_cli.dataset.codes import CODES

    return list(CODES)


def _code_of(text: str) -> str:
    return checked(text.upper(), _codes())


def _documents() -> list[str]:
    from opsc_cli.render.schemas import output_names

    return list(output_names())


def _files_in(folder: Path) -> list[Path]:
    """The dataset's files: those that must exist, and the optional ones that do."""
    from opsc_cli.dataset.validate import FILES, OPTIONAL

    paths = [folder / f"{name}.yaml" for name in (*FILES, *OPTIONAL)]
    return [path for path in paths if path.stem in FILES or os.path.lexists(path)]


@with_shared_options(without=("as_of",))
def audit(request: Request) -> None:
    """Compare computed dates and totals with published ones. Exit 1 if a difference has no explanation.

    Example: opsc audit
    """
    dataset = request.dataset
    from opsc_cli.answers.audit import mismatches
    from opsc_cli.render.audit import audit_listing

    found = mismatches(dataset)
    show(audit_listing(found), request, dataset.as_of.committee)
    if any(m.explained is None for m in found):
        raise SystemExit(FINDINGS)


def validate(
    folder: Annotated[
        Path | None,
        argument(
            metavar="[DIR]",
            help="Folder of the dataset (default: ./data; if missing, the packaged dataset).",
        ),
    ] = None,
    strict: Annotated[bool, option("--strict", help="Exit with 1 on warnings too.")] = False,
    format: Annotated[
        FindingsFormat | None,
        option("--format", metavar="FORMAT", help="Output format (default: text; in GitHub Actions: github)."),
    ] = None,
    json: Json = False,
    output: Output = None,
    explain: Annotated[
        str | None,
        option("--explain", parser=_code_of, proposals=_codes, metavar="CODE", help="Explain the code of a finding."),
    ] = None,
) -> None:
    """Check a dataset and list every finding with file, line and column. Exit 1 on errors, 3 if it cannot be read.

    Example: opsc validate data
    """
    from opsc_cli.render.findings import FORMATS, SUFFIXES, errors_in, explanation

    if explain is not None:
        write(explanation(explain))
        return
    default = "github" if console.in_github_actions() else "text"
    form = chosen_format(json, format, output, SUFFIXES, default)
    checked_folder = folder or default_folder()
    found, code = _findings(checked_folder)
    files = tuple(map(str, _files_in(checked_folder)))
    put(FORMATS[form](found, files, __version__, strict), output, write)
    if code or errors_in(found) or (strict and found):
        raise SystemExit(code or FINDINGS)


def _findings(folder: Path) -> tuple[tuple[Finding, ...], int]:
    """What is wrong in the dataset, and the exit code if it cannot be read."""
    from opsc_cli.dataset.load import is_installed
    from opsc_cli.dataset.validate import validate as findings_in

    try:
        return findings_in(folder, read_twice=not is_installed(folder), today=console.today())[1], 0
    except Unreadable as unreadable:
        return unreadable.findings, UNREADABLE


def diff(
    old: Annotated[str, argument(metavar="OLD", help="Folder of a dataset, or git revision: REVISION[:FOLDER].")],
    new: Annotated[
        str, argument(metavar="NEW", help="The same (default: ./data; if missing, the packaged dataset).")
    ] = "",
    as_of: AsOf = None,
    format: Annotated[
        DiffFormat | None, option("--format", metavar="FORMAT", help="Output format (default: text).")
    ] = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """Compare two datasets: which facts changed, and which answers changed as a result.

    Of forecasts it compares the next review of each State whose own facts changed.

    Example: opsc diff data data
    """
    from opsc_cli.answers.diff import compared
    from opsc_cli.render.diff import FORMATS, SUFFIXES

    form = chosen_format(json, format, output, SUFFIXES, "text")
    before, after = dataset_at(old), dataset_at(new or str(default_folder()))
    put(FORMATS[form](compared(before, after, as_of or console.today())), output, write)


def fmt(
    folder: Annotated[
        Path | None,
        argument(
            metavar="[DIR]",
            help="Folder of the dataset (default: ./data; with --check, the packaged dataset if ./data is missing).",
        ),
    ] = None,
    check: Annotated[
        bool, option("--check", help="Change nothing; exit with 1 if a file would be reformatted.")
    ] = False,
) -> None:
    """Reformat a dataset's files in the canonical layout. Values, their order and comments stay.

    Example: opsc fmt data --check
    """
    at = folder or (default_folder() if check else Path("data"))
    held, formatted = {}, {}
    for path in _files_in(at):
        held[path.name], text = _read(path)
        formatted[path.name] = _formatted(path, text)
    changed = {name: text for name, text in formatted.items() if text.encode() != held[name]}
    if changed and not check:
        from opsc_cli.cli.saving import save_all

        save_all(changed, at, held={name: held[name] for name in changed})
    for name in changed:
        write(f"{printable(str(at / name))}: {'would reformat' if check else 'reformatted'}\n")
    if check and changed:
        raise SystemExit(FINDINGS)


def _read(path: Path) -> tuple[bytes, str]:
    """The bytes of a dataset's file, and their text if it is YAML; exits with 3 if not."""
    from opsc_cli.dataset.reader import bytes_of, decoded, document_of

    try:
        raw = bytes_of(path)
        text = decoded(path, raw)
        document_of(str(path), text)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))
    return raw, text


def _formatted(path: Path, text: str) -> str:
    from opsc_cli.dataset.fmt import CannotBeKept, canonical

    try:
        return canonical(text)
    except CannotBeKept as lost:
        fail(FINDINGS, f"{path}:{lost.line}: {lost}. No file was changed.")


def schema(
    name: Annotated[SchemaName, argument(metavar="FILE", help="File of the dataset; or output, for JSON output.")],
    document: Annotated[
        str | None,
        argument(
            metavar="[DOCUMENT]",
            proposals=_documents,
            help="With output: the command or document whose schema to print.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a dataset file, or of what commands write with --json.

    Example: opsc schema states
    Example: opsc schema output
    Example: opsc schema output plan
    """
    if name == "output":
        from opsc_cli.render.listing import text_of
        from opsc_cli.render.schemas import output_schema, output_schemas

        if document and document not in _documents():
            fail(USAGE, f"DOCUMENT {document!r}: {expected(document, _documents())}")
        write(text_of(output_schema(document) if document else output_schemas()))
    else:
        from opsc_cli.dataset.schemas import schema_text

        write(schema_text(name))


def export(
    folder: Annotated[
        Path,
        argument(
            metavar="DIR",
            help="Folder to write to; created if it does not exist. If an export is killed, the next one mends it.",
        ),
    ],
    as_of: Annotated[date | None, as_of_option("the last day of the record")] = None,
    data: Data = None,
) -> None:
    """Write the whole record and its answers to files: CSV, JSON, calendar, data package, citation, checksums.

    Example: opsc export public
    """
    dataset = loaded(data)
    from opsc_cli.cli.saving import save_folder
    from opsc_cli.render.export import export as files_of
    from opsc_cli.render.export import last_day_of
    from opsc_cli.render.listing import envelope_of

    save_folder(files_of(dataset, envelope_of(dataset, as_of or last_day_of(dataset))), folder)
