"""The JSON contract: each document that a command writes with --json, and counts, checks and comparisons.

contract.py has States; the modules contract_….py have forecasts, sessions and plans, the backtest, timelines, sources,
and what is missing. With --fields a document holds flat objects of the columns chosen instead; no type describes these.
"""

from collections.abc import Mapping
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from opsc_cli.dataset.findings import Severity
from opsc_cli.dataset.intake.outcome import Verdict
from opsc_cli.law.standing import Standing
from opsc_cli.render import (
    contract,
    contract_ahead,
    contract_backtest,
    contract_forecasts,
    contract_missing,
    contract_record,
    contract_timeline,
)
from opsc_cli.render.contract_words import Day, FindingCode, Iso3


class RecordEnds(TypedDict):
    """The last days that the record covers."""

    parties: Day
    committee: Day


class Versioned(TypedDict):
    """Every document."""

    schema_version: Literal["1.0"]


class Envelope(Versioned):
    """What comes first in every answer: versions, the end of the record, the day of the answer."""

    tool_version: str
    data_version: str
    data_as_of: RecordEnds
    as_of: Day


class StatesDocument(Envelope):
    """`opsc due`, `opsc states`, `opsc whatif`, `opsc explain`, and `opsc forecast` of a State."""

    states: list[contract.State]


class SessionsDocument(Envelope):
    """`opsc sessions`."""

    sessions: list[contract_ahead.Session]


class TimelinesDocument(Envelope):
    """`opsc timeline`."""

    timelines: list[contract_timeline.Timeline]


class MissingDocument(Envelope):
    """`opsc missing`."""

    missing: list[contract_missing.Gap]


# ── statistics ───────────────────────────────────────────────────────────────────────────────────


class Totals(TypedDict):
    """How many States there are of each kind on a day."""

    on: Day
    deposits: int
    """Instruments deposited by this day."""
    in_force: int
    """Parties for which the OPSC is in force on this day."""
    pending: int
    signatures: int
    """Signatures made by this day, whether or not an instrument followed."""
    signatory_only: int
    none: int
    denounced: int
    late: int
    """States with a report that is overdue, past-due-no-record or past-treaty-term: the sum of `late_by`."""
    late_by: dict[Standing, int]
    """These States by the first of these standings that a report has. Only `overdue` is known to be missing."""
    by_standing: dict[Standing, int]
    """States by the standing of the first report that they owe."""
    reports_by_standing: dict[Standing, int]


class RegionTotals(TypedDict):
    """A UN regional group on a day."""

    states: int
    deposits: int
    in_force: int
    late: int
    late_by: dict[Standing, int]


class YearTotals(TypedDict):
    """What happened in a year, as far as days are on record."""

    year: int
    deposits: int
    initial_reports_received: int
    initial_reports_reviewed: int


class Stats(Totals):
    """The totals of a day, also by region and by year."""

    by_region: dict[str, RegionTotals]
    by_year: list[YearTotals]
    series: NotRequired[list[Totals]]
    """Only with --since."""


class StatsDocument(Envelope):
    """`opsc stats`."""

    stats: Stats


# ── audit, sources, data ─────────────────────────────────────────────────────────────────────────


class Mismatch(TypedDict):
    """A computed value and a published one that differ."""

    about: str
    subject: str
    """The State's ISO 3166 alpha-3 code, or the day of a total."""
    computed: str
    by: str
    """The article that gives the computed value, or what was counted."""
    computed_sources: list[str]
    published: str
    published_sources: list[str]
    explained: str | None
    """Why they differ; null if nothing on record explains it."""


class AuditDocument(Envelope):
    """`opsc audit`."""

    mismatches: list[Mismatch]


class SourcesDocument(Envelope):
    """`opsc sources`."""

    sources: list[contract_record.Source]


class DataDocument(Envelope):
    """`opsc data`."""

    data: contract_record.DatasetSummary


# ── forecasts and plans ──────────────────────────────────────────────────────────────────────────


class ForecastDocument(Envelope):
    """`opsc forecast --received`."""

    forecast: contract_forecasts.ReceivedForecast


class RankingDocument(Envelope):
    """`opsc forecast --session`, or --all."""

    ranking: contract_forecasts.Ranking


class BacktestDocument(Envelope):
    """`opsc forecast --backtest`."""

    backtest: contract_backtest.Backtest


class PlanDocument(Envelope):
    """`opsc plan` with one State."""

    plan: contract_ahead.Plan


class PlansDocument(Envelope):
    """`opsc plan` with several States, with - or with --all."""

    plans: list[contract_ahead.Plan]


# ── checks and comparisons ───────────────────────────────────────────────────────────────────────


class Finding(TypedDict):
    """Something wrong in a dataset. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: FindingCode
    severity: Severity
    where: str
    message: str


class ValidateDocument(Versioned):
    """`opsc validate`."""

    files: int
    findings: list[Finding]
    errors: int
    warnings: int


class OldAndNew(TypedDict):
    """A value before and after; null if it is not on record."""

    old: str | None
    new: str | None


class ChangedFact(OldAndNew):
    """A fact of the record that was added, changed or removed."""

    where: str


class ChangedAnswer(OldAndNew):
    """An answer that differs, and the reason of the new one."""

    iso3: Iso3
    name: str
    question: str
    because: str


class DiffDocument(Versioned):
    """`opsc diff`."""

    as_of: Day
    old_version: str
    new_version: str
    facts: list[ChangedFact]
    answers: list[ChangedAnswer]


class Outcome(TypedDict):
    """The outcome of one fact."""

    line: int | None
    """Its line in the table of facts; null if it was given on the command line."""
    state: str
    fact: str
    value: str
    outcome: Verdict
    why: str


class RecordDocument(Versioned):
    """`opsc record`."""

    as_of: Day
    outcomes: list[Outcome]
    files: list[str]
    """The files that change."""
    warnings: list[Finding]
    answers: list[ChangedAnswer]


DOCUMENTS: Mapping[str, type] = {
    "states": StatesDocument,
    "sessions": SessionsDocument,
    "stats": StatsDocument,
    "mismatches": AuditDocument,
    "sources": SourcesDocument,
    "data": DataDocument,
    "forecast": ForecastDocument,
    "ranking": RankingDocument,
    "backtest": BacktestDocument,
    "plan": PlanDocument,
    "plans": PlansDocument,
    "timelines": TimelinesDocument,
    "missing": MissingDocument,
    "validate": ValidateDocument,
    "diff": DiffDocument,
    "record": RecordDocument,
}
"""Each document by the key of what it holds; without an envelope, by the command that writes it."""

WRITTEN_BY: Mapping[str, tuple[str, ...]] = {
    "due": ("states",),
    "explain": ("states",),
    "whatif": ("states",),
    "timeline": ("timelines",),
    "audit": ("mismatches",),
    "forecast": ("states", "forecast", "ranking", "backtest"),
    "plan": ("plan", "plans"),
}
"""The documents of a command, if they do not have its name."""
