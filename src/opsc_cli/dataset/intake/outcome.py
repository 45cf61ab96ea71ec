"""The outcome of adding facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from opsc_cli.answers.diff import Comparison
from opsc_cli.dataset.findings import Finding
from opsc_cli.dataset.intake.facts import Fact

Verdict = Literal["taken", "already-on-record", "contradicts", "refused"]

LEFT_OUT: tuple[Verdict, ...] = ("contradicts", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of one fact, and the reason."""

    fact: Fact
    verdict: Verdict
    why: str
    """The changes; or the value kept and its sources; or what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The outcomes of all facts, and the dataset with those that were added."""

    outcomes: tuple[Outcome, ...]
    before: Mapping[str, str]
    """The current texts of the files that change, by name."""
    after: Mapping[str, str]
    warnings: tuple[Finding, ...]
    """New warnings about the dataset with these facts."""
    comparison: Comparison

    @property
    def left_out(self) -> int:
        """The number of facts not added."""
        return sum(1 for outcome in self.outcomes if outcome.verdict in LEFT_OUT)
