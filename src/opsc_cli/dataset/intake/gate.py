"""Runs the checks on new facts and returns only the findings that they cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opsc_cli.dataset import checks
from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.files import NamesFile
from opsc_cli.dataset.findings import Finding
from opsc_cli.record.records import Dataset, Session, Source
from opsc_cli.record.state import State

_Known = tuple[str, str, str]
"""A finding without list positions, because inserted items change them."""


def is_against(code: str, severity: str, message: str) -> bool:
    """Whether a finding refuses a fact: errors do, and suspicions without `confirmed`."""
    return severity == "error" or code.startswith("SUSP") or "`confirmed`" in message


def reason_against(code: str, where: str, severity: str, message: str) -> str:
    """The reason to refuse a fact, with the remedy."""
    remedy = "" if severity == "error" else "; if it is correct, add --confirmed REASON"
    return f"{code} {where}: {message}{remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The parts of the dataset to which a State's facts refer, with all changes so far."""

    version: str
    sources: Mapping[str, Source]
    sessions: tuple[Session, ...]


class StateGate:
    """Checks a single State before and after a change: fast, and finds nearly everything."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._known: dict[str, set[_Known]] = {}

    def against(self, iso3: str, old: State, new: State, around: Around) -> str | None:
        """The first new finding against the changed State; None if there is none."""
        if iso3 not in self._known:
            self._known[iso3] = {_known(f) for f in self._faults(iso3, old, around)}
        found = list(self._faults(iso3, new, around))
        for fault in found:
            if is_against(fault.code, fault.severity, fault.message) and _known(fault) not in self._known[iso3]:
                return reason_against(fault.code, ".".join(map(str, fault.where)), fault.severity, fault.message)
        self._known[iso3] = {_known(f) for f in found}
        return None

    def _faults(self, iso3: str, state: State, around: Around) -> Iterable[Fault]:
        names = {iso3: self._dataset.names[iso3]}
        alone = replace(
            self._dataset,
            version=around.version,
            states={iso3: state},
            names=names,
            sources=around.sources,
            sessions=around.sessions,
            counts=(),
        )
        return checks.faults(alone, NamesFile(states=names))


def news(found: Iterable[Finding], before: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are new."""
    known = {_of(finding) for finding in before}
    return tuple(finding for finding in found if _of(finding) not in known)


def _known(fault: Fault) -> _Known:
    return fault.code, ".".join(str(step) for step in fault.where if not isinstance(step, int)), fault.message


def _of(finding: Finding) -> _Known:
    return finding.code, ".".join(s for s in finding.where.split(".") if not s.isdecimal()), finding.message
