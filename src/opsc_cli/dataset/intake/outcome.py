"""What became of a fact, and of all of them."""

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
    """What became of one fact, and why."""

    fact: Fact
    verdict: Verdict
    why: str
    """What changes; which value is kept, by which sources; or what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of the facts, and what the dataset would be with those that were taken."""

    outcomes: tuple[Outcome, ...]
    before: Mapping[str, str]
    """The texts of the files that change, by their names, as they are."""
    after: Mapping[str, str]
    first: Mapping[str, str]
    """What is to be written before: the dataset's version alone, since no source may be read after it."""
    warnings: tuple[Finding, ...]
    """What the gate suspects of the dataset with these facts, and did not of the one without."""
    comparison: Comparison

    @property
    def left_out(self) -> int:
        """How many facts were not taken."""
        return sum(1 for outcome in self.outcomes if outcome.verdict in LEFT_OUT)
