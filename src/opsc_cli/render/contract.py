"""The JSON contract of States; documents.py says where the rest is.

No command imports these types to answer: an answer is plain dictionaries, which mypy checks against them. Dates are ISO
dates, and unknown is null. The types allow no other keys; a later minor version may add some.
"""

from collections.abc import Mapping
from typing import Literal, NotRequired

from typing_extensions import TypedDict  # not that of `typing`: on Python 3.11 Pydantic refuses it

from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import Status
from opsc_cli.record.terms import Act, Treaty
from opsc_cli.render.contract_forecasts import Forecast, NextReview
from opsc_cli.render.contract_words import CertaintyWord, Day, Iso3, Recorded

# ── computed dates ───────────────────────────────────────────────────────────────────────────────


class Answered(TypedDict):
    """The answer to "when?", with its reasons."""

    kind: Literal["date", "window", "awaited", "not-established"]
    date: Day | None
    """Set for a `date`."""
    earliest: Day | None
    """Set, as is `latest`, for a `window`: the day lies between the two."""
    latest: Day | None
    certainty: CertaintyWord | None
    """Null for `not-established`."""
    authority: str
    """The article, decision or practice that gives the date."""
    because: str


class ComputedDate(Answered):
    """A computed date, or why there is none."""

    sources: list[str]


class DueDate(Answered):
    """The date that governs when a report is due."""

    chain: list[str]
    """Every step that the date rests on, the first step first."""
    sources: list[str]


SET: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "window": ("earliest", "latest"),
    "awaited": (),
    "not-established": (),
}
"""Which of the keys date, earliest and latest are set, by the kind of an answer; the others are null."""


# ── a State ──────────────────────────────────────────────────────────────────────────────────────


class Report(TypedDict):
    """A report that a State owes."""

    treaty: Treaty
    kind: Literal["initial", "periodic", "further-information"]
    numbers: list[int]
    name: str
    received: Recorded | None
    """Set if the report is with the Committee."""
    symbol: str | None
    sources: list[str]


class Step(TypedDict):
    """One step of a derivation."""

    n: int
    rule: str
    authority: str
    text: str
    """What the rule says, in one sentence."""
    url: str | None
    before: str | None
    after: str | None
    displaced: bool
    """The date of this step does not govern."""
    certainty: CertaintyWord | None
    because: str
    sources: list[str]


class Remark(TypedDict):
    """A remark on an answer, which does not change it."""

    text: str
    sources: list[str]


class Obligation(TypedDict):
    """A report that a State owes: when, by which article, and its standing."""

    report: Report
    owed_under: str
    standing: Standing
    standing_because: str
    standing_sources: list[str]
    due: DueDate
    days_late: int | None
    """Only if `overdue`, else null."""
    days_past: int | None
    """Days since the date passed, 0 if it has not; null if `overdue`, or if there is no date."""
    displaced: list[ComputedDate]
    """Dates that another rule gives and that do not govern, in the order of the law."""
    remarks: list[Remark]
    """Remarks on the answer, which do not change it."""
    forecast: Forecast | None
    """Null unless the report is on record as received, or a day of receipt is supposed."""
    steps: NotRequired[list[Step]]
    """Only in `opsc explain`."""


class Instrument(TypedDict):
    """The instrument by which a State became, or becomes, a party."""

    kind: Act
    deposited: Day | None
    earliest: Day | None
    """Set, as is `latest`, if the day of deposit is not on record."""
    latest: Day | None
    sources: list[str]


class Observations(TypedDict):
    """Concluding observations."""

    symbol: str | None
    adopted: Recorded | None


class InitialReport(TypedDict):
    """The initial report under the OPSC, and what is on record of it."""

    due: ComputedDate
    due_published: Recorded | None
    """The date that a document of the United Nations printed."""
    submitted: Recorded | None
    symbol: str | None
    reviewed_session: str | None
    reviewed: Recorded | None
    concluding_observations: Observations | None
    sources: list[str]


class State(TypedDict):
    """A State on a day: whether the OPSC binds it, and what it owes."""

    iso3: Iso3
    iso2: str
    m49: str
    name: str
    region: str | None
    """Its UN regional group; null if it is in none."""
    status: Status
    standing: Standing
    """The standing of the first report that the State owes."""
    signed: Recorded | None
    signed_sources: list[str]
    instrument: Instrument | None
    entry_into_force: ComputedDate | None
    crc_entry_into_force: ComputedDate | None
    initial_report: InitialReport | None
    obligations: list[Obligation]
    """Empty if nothing is owed; `notes` then says why."""
    next_review: NextReview | None
    """Null if the State is not party to the Convention."""
    notes: list[str]
    checked: Day | None
    """The day on which the record of this State was checked, if later than the record as a whole (`data_as_of`)."""
