"""`opsc validate`: the findings in a dataset as text, JSON, GitHub annotations, SARIF or JUnit XML.

Most datasets are valid and need one line of text; so each format imports what only it needs.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opsc_cli.console import printable
from opsc_cli.dataset.findings import Finding
from opsc_cli.render.words import counted

if TYPE_CHECKING:
    from opsc_cli.render import documents

Found = tuple[Finding, ...]
Files = tuple[str, ...]
"""The files that were checked."""


def explanation(code: str) -> str:
    """`opsc validate --explain CODE`."""
    from opsc_cli.dataset.codes import CODES

    known = CODES[code]
    return f"{code}: {known.meaning}\nExample: {known.example}\nRemedy: {known.remedy}\n"


def errors_in(found: Found) -> int:
    return sum(1 for f in found if f.severity == "error")


def _text(found: Found, files: Files, version: str, strict: bool) -> str:
    lines = [f"{f}{' (warning)' if f.severity == 'warning' else ''}" for f in found]
    return "\n".join((*lines, _totals(found), ""))


def _totals(found: Found) -> str:
    errors = errors_in(found)
    return f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}"


def _json(found: Found, files: Files, version: str, strict: bool) -> str:
    from opsc_cli.render.listing import SCHEMA_VERSION, text_of

    errors = errors_in(found)
    document: documents.ValidateDocument = {
        "schema_version": SCHEMA_VERSION,
        "files": len(files),
        "findings": [finding_content(finding) for finding in found],
        "errors": errors,
        "warnings": len(found) - errors,
    }
    return text_of(document)


def finding_content(finding: Finding) -> "documents.Finding":
    """The JSON of a finding."""
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
    }


def _github(found: Found, files: Files, version: str, strict: bool) -> str:
    """Workflow commands: GitHub shows each finding beside its line."""
    lines = [
        f"::{f.severity} file={_property(printable(f.file))},line={f.line},col={f.column},title={_property(f.code)}::"
        + _data(printable(f"{f.where}: {f.message}"))
        for f in found
    ]
    return "\n".join((*lines, _totals(found), ""))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(found: Found, files: Files, version: str, strict: bool) -> str:
    """SARIF 2.1.0, for code scanning services."""
    from opsc_cli.render.listing import text_of

    codes = sorted({f.code for f in found})
    driver = {"name": "opsc", "version": version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, codes.index(f.code)) for f in found],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return text_of({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    from opsc_cli.dataset.codes import CODES

    known = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": known.meaning},
        "help": {"text": f"Example: {known.example}\nRemedy: {known.remedy}"},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": _uri(finding.file)},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": _without_links(f"{finding.where}: {finding.message}")},
        "locations": [{"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": finding.where}]}],
    }


def _uri(file: str) -> str:
    from urllib.parse import quote

    return Path(file).as_uri() if Path(file).is_absolute() else quote(os.fsencode(Path(file).as_posix()))


def _without_links(text: str) -> str:
    """A message in which no text of the dataset becomes a link (SARIF 2.1.0, 3.11.6)."""
    return text.replace("](", "] (")


def _junit(found: Found, files: Files, version: str, strict: bool) -> str:
    """One test case per file, which fails by its errors, and if `strict` by its warnings; other warnings are output."""
    others = tuple(dict.fromkeys(f.file for f in found if f.file not in files))
    cases = [_case(file, tuple(f for f in found if f.file == file), strict) for file in (*files, *others)]
    failed = sum("<failure" in case for case in cases)
    head = f'<testsuite name="opsc validate" tests="{len(cases)}" failures="{failed}" errors="0" skipped="0">'
    whole = ("<testsuites>", head, *cases, "</testsuite>", "</testsuites>")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(whole) + "\n"


def _case(file: str, found: Found, strict: bool) -> str:
    from xml.sax.saxutils import escape, quoteattr

    failing = [f for f in found if strict or f.severity == "error"]
    failures = "".join(
        f"<failure type={quoteattr(f.code)} message={quoteattr(printable(f.message))}>{escape(str(f))}</failure>"
        for f in failing
    )
    warnings = "".join(f"{escape(str(f))}\n" for f in found if f not in failing)
    output = f"<system-out>{warnings}</system-out>" if warnings else ""
    return f'<testcase classname="dataset" name={quoteattr(printable(file))}>{failures}{output}</testcase>'


FORMATS: Mapping[str, Callable[[Found, Files, str, bool], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
}
"""One line per finding; one JSON document; GitHub annotations; SARIF 2.1.0; JUnit XML."""

SUFFIXES = {".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit"}
"""The format of a file by its suffix."""
