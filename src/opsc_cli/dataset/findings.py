"""A finding: what is wrong in the dataset, where, and what is expected."""

from operator import attrgetter
from typing import Literal

from opsc_cli.console import printable
from opsc_cli.record.frozen import Frozen

Severity = Literal["error", "warning"]


class Finding(Frozen, kw_only=False):
    """One fault at one place. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    where: str
    message: str
    severity: Severity = "error"

    def __lt__(self, other: "Finding") -> bool:
        return bool(_in_order(self) < _in_order(other))

    def __str__(self) -> str:
        return printable(f"{self.file}:{self.line}:{self.column}: {self.code} {self.where}: {self.message}")


_in_order = attrgetter("file", "line", "column", "code", "where", "message", "severity")


class Unreadable(Exception):
    """The dataset cannot be read or is not valid; contains every finding."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings
