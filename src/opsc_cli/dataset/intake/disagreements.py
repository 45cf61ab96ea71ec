"""Stores contradictions: in the record itself, or in the report to which it belongs."""

from collections.abc import Iterator, Mapping
from typing import Any

from opsc_cli.dataset.intake.change import Change, Read, one_source_more
from opsc_cli.dataset.intake.claims import Claim, Conflict
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.record.frozen import names_of
from opsc_cli.record.state import Report

_ABOUT = ("list_of_issues", "programme", "next_report")
"""Parts of a report that a disagreement names as a whole; for other parts it names the field."""


class Disagreements:
    """The place for disagreements about a record: in it, or in the report to which it belongs."""

    def __init__(self, claim: Claim, fact: Fact, read: Read) -> None:
        where, kind = claim.where, claim.kind
        self._about = None
        if "disagreements" not in names_of(kind):
            report = next((n for n, step in enumerate(where) if step in ("initial_report", "reports")), len(where))
            where = where[: report + (2 if "reports" in where else 1)] if report < len(where) else ()
            self._about = next((str(step) for step in claim.where if step in _ABOUT), None)
        self._file, self._where, self._source = claim.file, where, fact.source
        self._held = read(claim.file, where).get("disagreements", []) if where else []

    def holds(self, conflict: Conflict) -> bool:
        """Whether the record already has the source's value as a disagreement."""
        return any(self._source in held["sources"] for _, held in self._of(conflict))

    def stored(self, conflicts: list[Conflict], sources: tuple[str, ...], reason: str) -> Iterator[Change]:
        """Stores the sources' values beside the value kept. Raises Refusal if the record cannot have disagreements."""
        if not self._where:
            raise Refusal("this record cannot hold a disagreement; edit the file by hand")
        position = len(self._held)
        for conflict in conflicts:
            known = next(self._of(conflict), None)
            if known:
                place, held = known
                yield from one_source_more(self._file, (*self._where, "disagreements", place), Report, sources[0], held)
                continue
            value = {
                "says": conflict.said,
                "about": self._about or conflict.field,
                "sources": [*sources],
                "reason": reason,
            }
            where = (*self._where, "disagreements", position)
            yield Change(file=self._file, where=where, value=value, is_item=True)
            position += 1

    def _of(self, conflict: Conflict) -> Iterator[tuple[int, Mapping[str, Any]]]:
        about = self._about or conflict.field
        for position, held in enumerate(self._held):
            if held["says"] == conflict.said and held.get("about") == about:
                yield position, held
