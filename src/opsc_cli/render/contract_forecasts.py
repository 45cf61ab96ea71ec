"""The JSON contract of forecasts: of a report received, and of the next review of a State, whatever is known."""

from typing import Literal

from typing_extensions import TypedDict

from opsc_cli.record.terms import Treaty
from opsc_cli.render.contract_words import CertaintyWord, Day, Iso3, MeetingState, Recorded, Share


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
    """Even odds too are reached only after that session; `likely` then names it as well."""
    chance_passed_unseen: Share
    """The chance that the review was at a session which passed without a record. The range supposes that it was not."""
    chances: list[NextReviewChance]
    """Each session to come; with `chance_passed_unseen` and `chance_later` they sum to 1."""
    chance_later: Share
    """The chance that it comes after the projected calendar ends."""
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
    chance_passed_unseen: Share
    """The chance that the review was at a session which passed without a record. The ranges suppose that it was not."""
    group_has_met: bool
    """The working group for the likely session is on record as held."""
    passed_group: MeetingPlace | None
    """The working group for the likely session, if its time has passed, held or not: see its `status`. `pre_session`
    then names the next one."""
    pre_session: MeetingRange
    session: MeetingRange
    distribution: list[SessionChance]


class ReceivedForecast(Forecast):
    """The forecast for a report received on a given day."""

    treaty: str


# ── States by session ────────────────────────────────────────────────────────────────────────────


class Ranked(TypedDict):
    """A State, and the probability that a session is its next review."""

    iso3: Iso3
    name: str
    probability: Share
    last_reviewed: Recorded | None
    in_hand: str | None
    """What is on record of its next report; null if nothing is, which does not mean that nothing was received."""


class Ranking(TypedDict):
    """The States that a session to come will most likely review, the likeliest first."""

    session: MeetingPlace
    expected: float
    """How many States the Committee is expected to review there: the sum of all probabilities."""
    others: int
    """How many States are left out of `states`, unless --all asks for them."""
    others_expected: float
    """What their probabilities sum to."""
    states: list[Ranked]
