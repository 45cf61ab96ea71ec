"""A finding: what is wrong in the dataset, where, and what is expected."""

from dataclasses import dataclass
from typing import Literal

from opsc_cli.console import printable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault at one place. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    where: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return printable(f"{self.file}:{self.line}:{self.column}: {self.code} {self.where}: {self.message}")


class Unreadable(Exception):
    """The dataset cannot be read or is not valid; contains every finding."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings
