"""The Committee's decisions and practice: concluding observations, lists of issues, the review cycle.

None of this is treaty text. For periodic reports, a date written by the Committee or its secretariat prevails over the
treaty term. Plans and usual practice can change without notice.
"""

from collections.abc import Mapping
from datetime import date

from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished
from opsc_cli.law.treaty import CRC_44_4, OPSC_12_3
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day
from opsc_cli.record.records import Source
from opsc_cli.record.state import (
    ConcludingObservations,
    InformationRequest,
    ListOfIssuesPriorToReporting,
    NextReport,
    Report,
    State,
)

COMMITTEE_PAGE = "https://www.ohchr.org/en/treaty-bodies/crc"

# ── dates that the Committee sets ────────────────────────────────────────────────────────────────

LOIPR_DATE = Authority(
    "list of issues prior to reporting",
    "date set by the list of issues prior to reporting",
    "Under the simplified procedure the State's report is its reply to a list of issues prior to reporting,"
    " due by the date that the list carries.",
    COMMITTEE_PAGE,
)


def date_set_by_loipr(loipr: ListOfIssuesPriorToReporting) -> Answer:
    """List of issues prior to reporting: the reply is due on the date that the list sets."""
    assert loipr.due, "only a list that carries a date sets one"
    named = loipr.symbol or "the list of issues prior to reporting"
    because = f"{named}, issued {in_words(loipr.adopted)}, asks for the reply {_by(loipr.due)}"
    return _set(first_day(loipr.due), last_day(loipr.due), LOIPR_DATE, because, loipr.sources)


OBSERVATIONS_DATE = Authority(
    "concluding observations",
    "date set by concluding observations",
    "In its concluding observations the Committee may state the day by which the State submits its next report.",
    COMMITTEE_PAGE,
)

OBSERVATIONS_AWAIT = Authority(
    "concluding observations; eight-year cycle",
    "date to be communicated",
    "In its concluding observations the Committee may say that it will communicate the due date of the next report"
    " in line with a predictable calendar of eight years; until it does, no date is due.",
    COMMITTEE_PAGE,
)


FIRST_HAND = ("committee", "secretariat", "state")
"""Those with first-hand knowledge of the date that the Committee set and of the reports that it received."""

_REPORTED_BY = {
    "secretariat": "the Committee's secretariat",
    "state": "the State",
    "nhri": "a national human rights institution",
    "ngo": "an NGO",
    "press": "the press",
    "academic": "an academic work",
}


def next_report_set_by(observations: ConcludingObservations, sources: Mapping[str, Source]) -> Answer | None:
    """Concluding observations: the date they set, or that the date is awaited; None if no source says.

    A date reported only by an NGO, a national institution, the press or an academic work has the certainty `practice`.
    """
    said = observations.next_report
    if said is None:
        return None
    named = (
        f"the concluding observations {observations.symbol}" if observations.symbol else "the concluding observations"
    )
    named += f", para. {said.paragraph}," if said.paragraph else ""
    certainty = Certainty.COMMITTEE_SET if said.asserted_by in FIRST_HAND else Certainty.PRACTICE
    reported = _as_reported(said, sources)
    if said.kind == "date":
        assert said.due, "checks/ refuses a date that is not given"
        because = f"{named} ask for the next report {_by(said.due)}{reported}"
        return _set(first_day(said.due), last_day(said.due), OBSERVATIONS_DATE, because, said.sources, certainty)
    because = f"{named} say that the due date of the next report will be communicated{reported}"
    return DateAwaited(authority=OBSERVATIONS_AWAIT, because=because, certainty=certainty, sources=said.sources)


def _as_reported(said: NextReport, sources: Mapping[str, Source]) -> str:
    """Names who reports the date if the observations' own text was not read."""
    if said.asserted_by == "committee":
        return ""
    who = _REPORTED_BY[said.asserted_by]
    named = next((sources[source].publisher for source in said.sources if source in sources), None)
    return f", as reported by {who if said.asserted_by in FIRST_HAND or not named else f'{named} ({who})'}"


def _by(recorded: Recorded) -> str:
    """ "by 14 January 2022", "in January 2022" or "in 2022"."""
    return f"{'by' if isinstance(recorded, date) else 'in'} {in_words(recorded)}"


PRINTED_ON_THE_REPORT = Authority(
    "due date printed on the report",
    "due date printed on the report",
    "The cover of a report prints the year in which it was due; for a report that answers concluding observations it is"
    " the year that these set.",
    COMMITTEE_PAGE,
)


def date_printed_on(report: Report) -> Answer:
    """Concluding observations: the year that they set, as printed on the cover of the report that answers them."""
    assert report.due_published, "only a cover that prints a date gives one"
    because = f"the cover of {report.symbol or 'the report'} prints that it was due {_on(report.due_published)}"
    first, last = first_day(report.due_published), last_day(report.due_published)
    return _set(first, last, PRINTED_ON_THE_REPORT, because, report.sources)


def _on(recorded: Recorded) -> str:
    return f"{'on' if isinstance(recorded, date) else 'in'} {in_words(recorded)}"


def information_requested(request: InformationRequest) -> Answer:
    """OPSC art. 12(3), CRC art. 44(4): further information that the Committee requested by a date."""
    authority = OPSC_12_3 if request.treaty == "OPSC" else CRC_44_4
    because = f"requested on {in_words(request.made)}, to be given by {in_words(request.due)}"
    return _set(request.due, request.due, authority, because, request.sources)


def _set(
    first: date,
    last: date,
    authority: Authority,
    because: str,
    sources: tuple[str, ...],
    certainty: Certainty = Certainty.COMMITTEE_SET,
) -> Answer:
    return Dated(first=first, last=last, authority=authority, because=because, certainty=certainty, sources=sources)


RECEIVED = Authority(
    "Committee's practice",
    "report received",
    "A report that was received and is not yet reviewed is the next one; nothing further is owed until it has been.",
    COMMITTEE_PAGE,
)

PRINTED_ELSEWHERE = Authority(
    "due year printed on the report under the other protocol",
    "report of the same number under the protocol on armed conflict",
    "The cover of a report prints the year in which it was due; the two protocols' reports were sent together, so that"
    " year is a hint for this one and no more.",
    COMMITTEE_PAGE,
)

# ── the review cycle ─────────────────────────────────────────────────────────────────────────────

EIGHT_YEAR_CYCLE = Authority(
    "Committee's Decision 15 (7 February 2022)",
    "eight-year review cycle",
    "The Committee plans to review each State every eight years and to communicate due dates accordingly; it is the"
    " Committee's stated plan, not treaty text.",
    COMMITTEE_PAGE,
)

FIRST_SESSION_AFTER_DECISION_15 = 89
"""It closed four days after the decision, in February 2022. From then on some texts apply the cycle, others do not."""

FIRST_SESSION_OF_THE_CYCLE = 93
"""The session of May 2023. The one text read from then on says that the date will be communicated."""


def next_report_after_unread_observations(
    session: int, adopted: date, symbol: str | None, sources: tuple[str, ...]
) -> Answer | None:
    """Decision 15: the next date if the text of the concluding observations is not on record.

    From the 93rd session (May 2023) a date is awaited. From the 89th to the 92nd session it is not established, because
    texts of both kinds are reported. Before that None: the treaty term applies.
    """
    named = f"the last concluding observations{f', {symbol},' if symbol else ''}"
    if session >= FIRST_SESSION_OF_THE_CYCLE:
        because = (
            f"{named} were adopted on {in_words(adopted)} and their text is not on record; since May 2023 the"
            " Committee is expected to communicate the date (our inference from the one text read)"
        )
        return DateAwaited(authority=EIGHT_YEAR_CYCLE, because=because, certainty=Certainty.PRACTICE, sources=sources)
    if session >= FIRST_SESSION_AFTER_DECISION_15:
        because = (
            f"{named} were adopted on {in_words(adopted)} and their text is not on record; in 2022 and early 2023"
            " some texts set a day and others announced that one would follow"
        )
        return NotEstablished(authority=EIGHT_YEAR_CYCLE, because=because, sources=sources)
    return None


# ── the simplified procedure ─────────────────────────────────────────────────────────────────────

SIMPLIFIED_PROCEDURE = Authority(
    "Committee's Decision 18 (2 February 2023)",
    "simplified reporting procedure",
    "From 1 January 2024 periodic reports under the Convention and initial reports under its protocols are replies to"
    " a list of issues prior to reporting, unless the State opted out; the form changes, not the treaty date.",
    COMMITTEE_PAGE,
)

SIMPLIFIED_FROM = date(2024, 1, 1)


def simplified_procedure_applies(state: State, as_of: date) -> bool:
    """Decision 18: whether the State's next report is expected as replies to a LOIPR.

    `state` is as known on `as_of`. Its own choice on record prevails; else the default from 1 January 2024 applies.
    """
    if state.procedure:
        return state.procedure.kind == "simplified"
    return as_of >= SIMPLIFIED_FROM
