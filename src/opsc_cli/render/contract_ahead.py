"""The JSON contract of sessions and plans. contract.py says how these types are used."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from opsc_cli.render.contract_forecasts import Forecast, MeetingPlace, MeetingRange
from opsc_cli.render.contract_words import CertaintyWord, Day, Iso3, MeetingState, Recorded, Share

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
    checked: Day | None
    """The day on which its record was checked, if later than the record as a whole (`data_as_of`)."""


class PreSession(Meeting):
    """A pre-sessional working group."""

    prepares: str | None
    """The number of the session that it prepares."""


class ReviewedReport(TypedDict):
    """A report that a session considered."""

    iso3: Iso3
    report: str
    outcome: str


class StateNamed(TypedDict):
    """A State that a programme names for a session."""

    iso3: Iso3
    report: str


class StateLikely(TypedDict):
    """A State, and the chance that a session is the next to review it."""

    iso3: Iso3
    probability: Share


class Submission(TypedDict):
    """Something to send to the Committee."""

    what: str
    meeting: MeetingPlace | None
    """Null if no forecast can be given."""
    by: Recorded | None
    """A day if the meeting is announced, a month if it is projected; null if no date is known."""
    part_of_month: Literal["early", "mid"] | None
    """The part of the month `by`, after which nothing is taken; null for a day."""
    certainty: CertaintyWord | None
    authority: str
    because: str


class SessionDetail(TypedDict):
    """What is known, or likely, of a session that was asked for by itself."""

    note: str | None
    """Set if the number asked for is not on record."""
    prepared_by: list[PreSession]
    """The working groups on record that prepare it."""
    named: list[StateNamed]
    likely: list[StateLikely]
    """Of a session to come: the likeliest first, from a chance of 0.01 on."""
    submissions: list[Submission]
    """Until when something can be sent for it, and for the working groups after it."""


class Session(Meeting):
    """A session, the reports it considered, and the working groups that met after it."""

    reviews: list[ReviewedReport]
    pre_sessions: list[PreSession]
    detail: NotRequired[SessionDetail]
    """Only if `opsc sessions` was asked for a session or a year."""


# ── plans ──────────────────────────────────────────────────────────────────────────────────────────


class PlanStep(TypedDict):
    """One step on the way to the review. Of `by`, `before` and `not_before` those are set that can be given."""

    n: int
    what: str
    to_send: bool
    """Civil society sends something at this step."""
    meeting: MeetingPlace | None
    range: MeetingRange | None
    """Set if the step is a meeting."""
    open_ended: bool
    """The latest meeting of `range` may be later: the projected calendar ends."""
    by: Recorded | None
    part_of_month: Literal["early", "mid"] | None
    """The part of the month `by`, if that is a deadline for what is sent."""
    before: Recorded | None
    not_before: Recorded | None
    certainty: CertaintyWord | None
    because: str
    depends_on: str
    ask: str
    """Whom to ask."""


class PlannedReport(TypedDict):
    """The steps for one report, or for all to come that one review takes together, and what to send."""

    report: str
    procedure: Literal["srp", "standard"]
    """If the report is not on record as received, the one expected."""
    forecast: Forecast | None
    """Null unless the report is on record as received."""
    session: MeetingRange | None
    """The session that will likely review it; null if no forecast can be given."""
    open_ended: bool
    """The latest session may be later: the projected calendar ends with the one named."""
    chance_passed_unseen: Share
    """The chance that the review was at a session which passed without a record. All dates suppose that it was not."""
    basis: str
    steps: list[PlanStep]
    otherwise: list[PlanStep]
    """The steps under the other procedure; empty if the report is received."""
    submissions: list[Submission]
    """Those of `steps` that are to be sent."""
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
