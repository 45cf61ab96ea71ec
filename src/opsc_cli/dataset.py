"""The dataset as a whole: read from YAML and checked, or taken as it was compiled with the package.

An answer comes from the compiled form, except with a folder of one's own (`--data`), and in a checkout
whose YAML was edited after the package was built: then the YAML is read, validated and used.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from opsc_cli import checks, compiled, names
from opsc_cli.findings import Finding, Unreadable
from opsc_cli.reader import Document, Where, read
from opsc_cli.records import (
    CountsFile,
    Dataset,
    NamesFile,
    SessionsFile,
    SourcesFile,
    StatesFile,
)

FILES = {
    "states": StatesFile,
    "sessions": SessionsFile,
    "sources": SourcesFile,
    "names": NamesFile,
    "counts": CountsFile,
}
"""The files of a dataset, NAME.yaml each, and the record that each of them is."""


def packaged_folder() -> Path:
    """Where the YAML of this installation is: within the package, or beside src/ in a checkout."""
    packaged = Path(__file__).with_name("data")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "data"


def load(folder: Path | None = None) -> Dataset:
    """The dataset in `folder`, else the one of this installation. Raises Unreadable with every error found."""
    if folder is None and (taken := _compiled()):
        return taken
    dataset, findings = validate(folder or packaged_folder())
    if dataset is None or any(f.severity == "error" for f in findings):
        raise Unreadable(findings)
    return dataset


def _compiled() -> Dataset | None:
    """The compiled dataset; None where there is none, or where a checkout's YAML is not what was compiled."""
    try:
        from opsc_cli import _dataset as module
    except ImportError:
        return None
    in_checkout = not Path(__file__).with_name("data").is_dir()
    if in_checkout and compiled.fingerprint(packaged_folder()) != module.SHA256:
        return None
    return compiled.dataset_of(module)


def validate(folder: Path) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """Everything wrong with the dataset in `folder`, sorted, and the dataset where its form is right.

    Raises Unreadable where a file is missing, or is not the plain YAML that the reader accepts.
    """
    documents = _documents(folder)
    findings: list[Finding] = []
    files = {name: _typed(document, FILES[name], findings) for name, document in documents.items()}
    if findings:
        return None, tuple(sorted(findings))
    dataset = _assembled(**files)
    faults = checks.faults(dataset, files["names"])
    found = (documents[f.file].finding(f.where, f.code, f.message, f.severity) for f in faults)
    return dataset, tuple(sorted(found))


def _documents(folder: Path) -> dict[str, Document]:
    if not folder.is_dir():
        what = "no such folder" if not folder.exists() else "not a folder"
        message = f"{what}; a dataset is a folder with {', '.join(f'{n}.yaml' for n in FILES)}"
        raise Unreadable((Finding(str(folder), 1, 1, "FILE01", "folder", message),))
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    for name in FILES:
        try:
            documents[name] = read(folder / f"{name}.yaml")
        except Unreadable as unreadable:
            findings.extend(unreadable.findings)
    if findings:
        raise Unreadable(tuple(sorted(findings)))
    return documents


def _assembled(
    states: StatesFile, sessions: SessionsFile, sources: SourcesFile, names: NamesFile, counts: CountsFile
) -> Dataset:
    from opsc_cli.names import index_of, normalised

    return Dataset(
        version=states.version,
        as_of=states.as_of,
        states={iso3: states.states[iso3] for iso3 in (*names.states, *states.states) if iso3 in states.states},
        sessions=sessions.sessions,
        pre_sessions=sessions.pre_sessions,
        sources=sources.sources,
        names=names.states,
        index=index_of(names.states),
        refused={normalised(text): refusal for text, refusal in names.refused.items()},
        counts=counts.counts,
    )


# ── from plain values to records ─────────────────────────────────────────────────────────────────


def _typed(document: Document, kind: type, findings: list[Finding]) -> Any:
    """The document as the record `kind`; what is wrong with its form goes to `findings`."""
    from pydantic import ValidationError

    try:
        return _adapter(kind).validate_python(document.value)
    except ValidationError as error:
        findings.extend(_form_findings(document, error, kind))
        return None


@cache
def _adapter(kind: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _form_findings(document: Document, error: Any, kind: type) -> Iterator[Finding]:
    for fault in error.errors(include_url=False):
        where: Where = tuple(fault["loc"])
        yield document.finding(where, *_in_our_words(fault, kind))


def _in_our_words(fault: dict[str, Any], kind: type) -> tuple[str, str]:
    """The code and message for one of Pydantic's errors."""
    match fault["type"]:
        case "unexpected_keyword_argument":
            return "FORM01", f"no field {fault['loc'][-1]!r} here{_suggestion(fault['loc'], kind)}"
        case "missing":
            return "FORM02", f"the field {fault['loc'][-1]!r} is missing"
        case "literal_error":
            return "FORM03", f"{fault['input']!r} is not in the vocabulary; expected {fault['ctx']['expected']}"
        case "value_error":
            return "FORM03", f"{fault['input']!r}: {fault['ctx']['error']}"
        case "dataclass_type" | "dict_type":
            return "FORM03", "expected a record: fields below it, each with its value"
        case "tuple_type":
            return "FORM03", "expected a list: items below it, each after '- '"
        case "string_type":
            return "FORM03", "expected a text on one line"
        case other:
            return "FORM03", f"{other}: {fault['msg']}"


def _suggestion(loc: tuple[str | int, ...], kind: type) -> str:
    from difflib import get_close_matches

    from opsc_cli import records

    known = {
        name
        for cls in vars(records).values()
        if isinstance(cls, type)
        for name in getattr(cls, "__dataclass_fields__", ())
    }
    close = get_close_matches(str(loc[-1]), sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
