"""The JSON contract: States, forecasts, sessions and plans. documents.py has the rest, and the documents.

No command imports these types to answer: an answer is plain dictionaries, which mypy checks against them. Dates are ISO
dates, and unknown is null. The types allow no other keys; a later minor version may add some.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NotRequired, get_args

from pydantic import Field
from typing_extensions import TypedDict  # not that of `typing`: on Python 3.11 Pydantic refuses it

from opsc_cli.dataset.codes import CODES
from opsc_cli.law.authority import Certainty
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import Status
from opsc_cli.record.terms import Act, MeetingStatus


def _one_of(words: Sequence[str]) -> Any:
    return Field(json_schema_extra={"enum": list(words)})


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Recorded = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as it is on record: a day, a month (2026-05) or a year."""
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 code of the State.")]
CertaintyWord = Annotated[str, _one_of([c.value for c in Certainty])]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
MeetingState = Annotated[str, _one_of((*get_args(MeetingStatus), "projected", "not-on-record"))]
FindingCode = Annotated[str, _one_of(tuple(CODES))]
Treaty = Literal["OPSC", "CRC"]


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


# ── forecasts ────────────────────────────────────────────────────────────────────────────────────


class MeetingPlace(TypedDict):
    """A meeting, in a few words."""

    opens: Recorded | None
    """A day if the meeting is announced or was held, a month if it is projected."""
    label: str
    number: str | None
    status: MeetingState


class MeetingRange(TypedDict):
    """The earliest, the likely and the latest meeting."""

    earliest: MeetingPlace
    likely: MeetingPlace
    latest: MeetingPlace


class SessionChance(TypedDict):
    """A session, and the probability that it reviews the report."""

    label: str
    probability: Share


class NextReviewChance(SessionChance):
    """A session, and the probability that it is the next to review the State."""

    opens: Recorded | None


class NextReview(TypedDict):
    """When the Committee will next review the State, whatever is known of its next report."""

    of: Treaty
    """The treaty under which a report is in hand; else the Convention."""
    earliest: MeetingPlace
    """One chance in ten by then."""
    likely: MeetingPlace
    """Even odds by then."""
    latest: MeetingPlace
    """Nine chances in ten by then."""
    open_ended: bool
    """The late end lies after the last session of the projected calendar, which `latest` names."""
    likely_open_ended: bool
    """So does the likely session, which `likely` does not name then."""
    chance_passed_unseen: Share
    """That a session which passed without a record was it. The range is for the case that none was."""
    chances: list[NextReviewChance]
    """Each session to come; with `chance_passed_unseen` and `chance_later` they sum to 1."""
    chance_later: Share
    """That it comes after the projected calendar ends."""
    pre_session: MeetingRange | None
    """The working groups that may prepare it; null if the list of issues is adopted already."""
    pre_session_for: Literal["list of issues", "list of issues prior to reporting"] | None
    sentence: str
    basis: str
    authority: str
    certainty: CertaintyWord
    nominal_coverage: Share


class Forecast(TypedDict):
    """When the Committee will likely review a report."""

    assumes_received: Day
    procedure: Literal["srp", "standard"]
    authority: str
    certainty: CertaintyWord
    basis: str
    nominal_coverage: Share
    group_has_met: bool
    """The working group for the likely session has met; `pre_session` then names the next one."""
    pre_session: MeetingRange
    session: MeetingRange
    distribution: list[SessionChance]


class ReceivedForecast(Forecast):
    """The forecast for a report received on a given day."""

    treaty: str


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
    """What must be known beside an answer."""

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
    """What must be known beside the answer and does not change it."""
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
    name: str
    status: Status
    standing: Standing
    """That of the first report that the State owes."""
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


# ── sessions ───────────────────────────────────────────────────────────────────────────────────────


class Meeting(TypedDict):
    """A session or a pre-sessional working group: held, announced, cancelled or projected."""

    number: str | None
    """Null if it is projected."""
    label: str
    opens: Recorded | None
    closes: Recorded | None
    status: MeetingState
    place: str | None
    certainty: CertaintyWord
    sources: list[str]
    note: str | None


class PreSession(Meeting):
    """A pre-sessional working group."""

    prepares: str | None
    """The number of the session that it prepares."""


class Review(TypedDict):
    """A report that a session considered."""

    iso3: Iso3
    report: str
    outcome: str


class Session(Meeting):
    """A session, the reports it considered, and the working groups that met after it."""

    reviews: list[Review]
    pre_sessions: list[PreSession]


# ── plans ──────────────────────────────────────────────────────────────────────────────────────────


class Submission(TypedDict):
    """Something to send to the Committee."""

    what: str
    meeting: MeetingPlace
    by: Recorded | None
    """A day if the meeting is announced, a month if it is projected; null if no date is known."""
    certainty: CertaintyWord | None
    authority: str
    because: str


class PlannedReport(TypedDict):
    """What to send on one report, and in which form."""

    report: str
    forecast: Forecast
    submissions: list[Submission]
    form: list[str]
    notes: list[str]


class WithoutForecast(TypedDict):
    """A report that cannot be planned for, and why."""

    report: str
    because: str


class Plan(TypedDict):
    """What to send on the reports of a State."""

    iso3: Iso3
    name: str
    reports: list[PlannedReport]
    without_forecast: list[WithoutForecast]
    notes: list[str]
