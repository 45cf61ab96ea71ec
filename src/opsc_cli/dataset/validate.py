"""Reads and checks a folder of YAML: every finding at once, and the dataset if its form is valid.

pydantic-core checks the form of what people typed (form.py); checks/ compares the facts with one another.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from os.path import lexists
from pathlib import Path
from typing import Any

from pydantic_core import ValidationError

from opsc_cli.answers.totals import overdue_totals
from opsc_cli.dataset import checks
from opsc_cli.dataset.checks import headings
from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.files import CountsFile, NamesFile, ReadingsFile, SessionsFile, SourcesFile, StatesFile
from opsc_cli.dataset.findings import Finding, Severity, Unreadable
from opsc_cli.dataset.form import fields_at, form_of
from opsc_cli.dataset.reader import Document, read
from opsc_cli.record.known import closings_of
from opsc_cli.record.names import index_of, refusals_of
from opsc_cli.record.records import Dataset

FILES = {
    "states": StatesFile,
    "sessions": SessionsFile,
    "sources": SourcesFile,
    "names": NamesFile,
    "counts": CountsFile,
}
"""The files of a dataset (NAME.yaml), each with its class."""

MOST_FINDINGS, LONGEST_SUGGESTED_FOR = 1000, 40
"""Limits for a file full of faults: the number of findings, and the length of a field name that gets a suggestion."""

OPTIONAL = {"readings": ReadingsFile}
"""Files used only for cross-checking; a package does not have them."""


def validate(
    folder: Path, *, read_twice: bool = True, today: date | None = None
) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """All findings in `folder`, sorted, and the dataset if its form is valid.

    `today`: no source may have been read after it; None if that is not to be checked. `read_twice` compares the record
    with the second reading of its sources: turn it off for a dataset in which somebody tries out another date. Raises
    Unreadable if a file is missing or the reader refuses it.
    """
    dataset, found = validate_documents(documents_of(folder, OPTIONAL if read_twice else {}), today)
    if read_twice and dataset and not lexists(folder / "readings.yaml"):
        found = tuple(sorted((*found, _read_once(folder))))
    return dataset, found


def _read_once(folder: Path) -> Finding:
    message = "no such file, so no fact has a second reading; take the file from the repository, or add the readings"
    return Finding(str(folder / "readings.yaml"), 1, 1, "READ02", "file", message, "warning")


def validate_documents(
    documents: Mapping[str, Document], today: date | None = None
) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """Like `validate`, for files already read, by name."""
    findings: list[Finding] = []
    files = {name: _typed(document, (FILES | OPTIONAL)[name], findings) for name, document in documents.items()}
    if findings:
        return None, tuple(sorted(findings))
    read_again = files.pop("readings", None)
    dataset = assembled(**files)
    faults = chain(
        checks.faults(dataset, files["names"], read_again, today), headings.faults_of_text(documents, files["names"])
    )
    return dataset, tuple(sorted(_listed(faults, documents)))


def _listed(faults: Iterable[Fault], documents: Mapping[str, Document]) -> Iterator[Finding]:
    """The faults as findings; of a file that has very many, the first, and how many more there are."""
    found, severest = Counter[str](), dict[str, Severity]()
    for fault in faults:
        found[fault.file] += 1
        if found[fault.file] <= MOST_FINDINGS:
            yield documents[fault.file].finding(fault.where, fault.code, fault.message, fault.severity)
        elif severest.get(fault.file) != "error":
            severest[fault.file] = fault.severity
    for file, severity in severest.items():
        yield _and_more(documents[file], found[file], severity)


def _and_more(document: Document, found: int, severity: Severity = "error") -> Finding:
    message = f"{found - MOST_FINDINGS} more findings in this file; is it a dataset file?"
    return document.finding((), "FORM05", message, severity)


def documents_of(folder: Path, optional: Iterable[str] = OPTIONAL) -> dict[str, Document]:
    """The files of the dataset in `folder`, by name. Raises Unreadable with every finding."""
    if what := _why_no_folder(folder):
        message = f"{what}; a dataset is a folder with {', '.join(f'{n}.yaml' for n in FILES)}"
        raise Unreadable((Finding(str(folder), 1, 1, "FILE01", "folder", message),))
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    for name in (*FILES, *(name for name in optional if lexists(folder / f"{name}.yaml"))):
        try:
            documents[name] = read(folder / f"{name}.yaml")
        except Unreadable as unreadable:
            findings.extend(unreadable.findings)
    if findings:
        raise Unreadable(tuple(sorted(findings)))
    return documents


def _why_no_folder(folder: Path) -> str | None:
    try:
        return None if folder.is_dir() else "not a folder" if folder.exists() else "no such folder"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def assembled(
    states: StatesFile, sessions: SessionsFile, sources: SourcesFile, names: NamesFile, counts: CountsFile
) -> Dataset:
    return Dataset(
        version=states.version,
        as_of=states.as_of,
        states={iso3: states.states[iso3] for iso3 in (*names.states, *states.states) if iso3 in states.states},
        sessions=sessions.sessions,
        pre_sessions=sessions.pre_sessions,
        sources=sources.sources,
        names=names.states,
        index=index_of(names.states),
        refused=refusals_of(names.refused),
        counts=counts.counts,
        review_counts=counts.reviews,
        overdue_totals=overdue_totals(
            states.states, counts.counts, closings_of(sessions.sessions), states.as_of.latest
        ),
    )


# ── from plain values to records ─────────────────────────────────────────────────────────────────


def _typed(document: Document, kind: type, findings: list[Finding]) -> Any:
    """The document as the record `kind`; appends faults of form to `findings`."""
    try:
        return form_of(kind).validate_python(document.value)
    except ValidationError as error:
        findings.extend(_form_findings(document, error, kind))
        return None


def typed(value: Any, kind: type) -> Any:
    """Plain values as the record `kind`; None if their form is wrong."""
    try:
        return form_of(kind).validate_python(value)
    except ValidationError:
        return None


def faults_of_form(value: Any, kind: type) -> Iterator[tuple[str, str]]:
    """The faults of form in plain values for the record `kind`: field and message."""
    try:
        form_of(kind).validate_python(value)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            yield ".".join(map(str, fault["loc"])), _in_our_words(fault, kind)[1]


def _form_findings(document: Document, error: ValidationError, kind: type) -> Iterator[Finding]:
    faults = error.errors(include_url=False)
    for fault in faults[:MOST_FINDINGS]:
        yield document.finding(tuple(fault["loc"]), *_in_our_words(fault, kind))
    if len(faults) > MOST_FINDINGS:
        yield _and_more(document, len(faults))


def _in_our_words(fault: Any, kind: type) -> tuple[str, str]:
    """Our code and message for an error of pydantic-core with a record of this `kind`."""
    match fault["type"]:
        case "unexpected_keyword_argument":
            *where, field = fault["loc"]
            return "FORM01", f"no field {field!r} here; {_instead(str(field), fields_at(kind, where))}"
        case "missing":
            return "FORM02", f"the field {fault['loc'][-1]!r} is missing; add it"
        case "literal_error":
            return "FORM03", f"{fault['input']!r} is not in the vocabulary; expected {fault['ctx']['expected']}"
        case "value_error":
            return "FORM03", f"{fault['input']!r}: {fault['ctx']['error']}"
        case "dataclass_type" | "dict_type":
            return "FORM03", "expected a record: indented fields, each with a value"
        case "tuple_type":
            return "FORM03", "expected a list: indented items, each after '- '"
        case "string_type":
            return "FORM03", "expected a text on one line"
        case other:
            return "FORM03", f"{other}: {fault['msg']}"


def _instead(field: str, known: list[str]) -> str:
    """What the record takes at this place: the field that was probably meant, else every one."""
    from difflib import get_close_matches  # imported here because a valid dataset does not need it

    close = get_close_matches(field, known, n=1) if len(field) <= LONGEST_SUGGESTED_FOR else ()
    return f"did you mean {close[0]!r}?" if close else f"expected one of {', '.join(known)}"
