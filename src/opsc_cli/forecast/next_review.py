"""The forecast of a State's next review, with or without a report on record: range, chances and reasons.

The next review is the first one after the end of the record. If sessions have passed since, the chance that one of them
was it is given separately, and the range is for the case that none was.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from opsc_cli.forecast.forecast import EARLY, EVEN, LATE, NOMINAL_COVERAGE, Range, group_before, range_of, reasons
from opsc_cli.forecast.in_hand import InHand
from opsc_cli.forecast.meetings import MEETINGS, Meeting
from opsc_cli.forecast.of_states import RECORD_BEGINS
from opsc_cli.forecast.outlook import Ahead, Outlook
from opsc_cli.forecast.passed import PROBABLE, if_not
from opsc_cli.forecast.slots import SLOTS_A_YEAR, YEAR, slot_in_words, slot_of
from opsc_cli.forecast.turns import CLASSES, Last, Own
from opsc_cli.law.authority import Authority, Certainty
from opsc_cli.law.committee import simplified_procedure_applies
from opsc_cli.months import words_of
from opsc_cli.record import dates
from opsc_cli.record.dates import Recorded
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.terms import Treaty

PreSessionFor = Literal["list of issues", "list of issues prior to reporting"]

REPORT_TO_REVIEW = YEAR
LIST_TO_REPORT = YEAR
"""In slots, under the simplified procedure: a year from list to report, and about a year from report to review."""
LIST_AHEAD = LIST_TO_REPORT + REPORT_TO_REVIEW - 1
"""From the working group that adopts the list to the one right before the review."""


class NextReview(Frozen):
    """The first review of a State after the end of the record."""

    iso3: str
    of: Treaty
    """The treaty of the report in hand; without one, the Convention."""
    earliest: Meeting
    likely: Meeting
    latest: Meeting
    open_ended: bool
    """Whether the latest session is beyond the projected calendar; `latest` is then the last one in it."""
    likely_open_ended: bool
    """Whether the likely session is beyond it too."""
    chance_passed_unseen: float
    """The chance that a session which passed without a record was it. The range is for the case that none was."""
    chances: tuple[tuple[Meeting, float], ...]
    """By future session; with `chance_passed_unseen` and `chance_later` they sum to 1."""
    chance_later: float
    """The chance of a review after the projected calendar."""
    last: Last | None
    """The last review on record; without one, when the State joined the Convention, if since the record began."""
    in_hand: InHand | None
    """What is on record of the next report. None: nothing is on record, but a report may have been received."""
    pre_session: Range | None
    """The working groups that may prepare it; None if the list of issues is already adopted."""
    pre_session_for: PreSessionFor | None
    basis: tuple[str, ...]
    """Sentences: the last review and what is in hand; the odds; sessions passed without a record; the reasons."""
    authority: Authority = MEETINGS
    certainty: Certainty = Certainty.PROJECTION
    nominal_coverage: float = NOMINAL_COVERAGE


def next_review(outlook: Outlook, iso3: str) -> NextReview | None:
    """The forecast for a State; None if it was not known that day as a party to the Convention."""
    chances = outlook.reviews.get(iso3)
    if chances is None:
        return None
    ahead, final = outlook.ahead(chances), len(outlook.sessions) - 1
    earliest, likely, latest = (ahead.by(chance) for chance in (EARLY, EVEN, LATE))
    places = tuple(final if n is None else n for n in (earliest, likely, latest))
    span = range_of(outlook.sessions, *places, open_ended=latest is None)
    last, hand = outlook.last[iso3], outlook.in_hand.get(iso3)
    group_for = _group_for(outlook, iso3, hand)
    return NextReview(
        iso3=iso3,
        of=hand.treaty if hand else "CRC",
        earliest=span.earliest,
        likely=span.likely,
        latest=span.latest,
        open_ended=latest is None,
        likely_open_ended=likely is None,
        chance_passed_unseen=ahead.passed_unseen,
        chances=tuple(zip(outlook.sessions, ahead.sessions, strict=True)),
        chance_later=ahead.beyond,
        last=last,
        in_hand=hand,
        pre_session=_groups(outlook, group_for, places) if group_for else None,
        pre_session_for=group_for,
        basis=(
            f"{_past(last, ahead)}; {_what_is_known(hand)}.",
            _odds(outlook, ahead),
            *_unseen(outlook, ahead),
            *_why(outlook, iso3, hand),
        ),
    )


def review_in_a_sentence(found: NextReview, name: str) -> str:
    """Austria was last reviewed in January 2020; no next report is on record. One chance in ten by …"""
    past, odds, *_ = found.basis
    first, then = (odds, past) if found.chance_passed_unseen >= PROBABLE else (past, odds)
    return f"{name}{first.removeprefix('It')} {then}"


def likely_in_words(found: NextReview) -> str:
    """ "even odds by September 2027", in every answer; first that the review has probably been held, if it has."""
    if found.likely_open_ended:
        likely = f"likely after {found.likely.opens_by.year}"
    else:
        likely = f"even odds by {month_of(found.likely)}"
    return f"{if_not(found.chance_passed_unseen)}{likely}"


def month_of(session: Meeting) -> str:
    """The month of a session, as in the sentence."""
    return slot_in_words(slot_of(session.opens_by))


# ── the working group ────────────────────────────────────────────────────────────────────────────


def _group_for(outlook: Outlook, iso3: str, hand: InHand | None) -> PreSessionFor | None:
    """What a working group has still to adopt for the review, by the procedure of this or the next report."""
    if hand:
        return "list of issues" if hand.what == "report" and not hand.simplified else None
    simplified = simplified_procedure_applies(outlook.state(iso3), outlook.as_of)
    return "list of issues prior to reporting" if simplified else "list of issues"


def _groups(outlook: Outlook, group_for: PreSessionFor, places: tuple[int, ...]) -> Range:
    """The groups one to two sessions before the review; for a list prior to reporting, a year before the report."""
    earliest, likely, latest = (group_before(outlook, session, "simplified") for session in places)
    if group_for == "list of issues":
        return range_of(outlook.groups, earliest - 1, likely - 1, latest)
    return range_of(outlook.groups, earliest - LIST_AHEAD, likely - LIST_AHEAD, latest - LIST_AHEAD)


# ── in words ─────────────────────────────────────────────────────────────────────────────────────


def _past(last: Last | None, ahead: Ahead) -> str:
    if last is None:
        return "It has no review on record"
    if last.sitting:
        reviewed = "Its last review on record was" if ahead.passed_unseen >= PROBABLE else "It was last reviewed"
        return f"{reviewed} in {words_of(last.sitting.opened.year, last.sitting.opened.month)}"
    joined = f" since it joined the Convention in {last.joined.year}" if last.joined else ""
    return f"It has no review on record{joined}"


def _what_is_known(hand: InHand | None) -> str:
    if hand is None:
        return "no next report is on record"
    report = "report" if hand.treaty == "CRC" else "initial report under the OPSC"
    match hand.what:
        case "programme":
            return f"the programme of session {hand.session} names its {report}"
        case "postponed":
            return f"session {hand.session} was to review its {report} and did not conclude"
        case "list of issues":
            return f"the list of issues on its {report} is of {dates.in_words(hand.dated)}"
        case "report":
            return f"its {report} was received {_on(hand.dated)}"
    return f"a list of issues prior to reporting is of {dates.in_words(hand.dated)}, no report is on record"


def _on(recorded: Recorded) -> str:
    return f"{'on' if isinstance(recorded, date) else 'in'} {dates.in_words(recorded)}"


def _odds(outlook: Outlook, ahead: Ahead) -> str:
    """By when it will be reviewed; first that it has probably been reviewed already, if it has."""
    odds = _odds_if_not(outlook, ahead)
    if ahead.passed_unseen < PROBABLE:
        return odds
    unseen = f"It has probably been reviewed already, at a session not on record (chance {ahead.passed_unseen:.0%})"
    return f"{unseen}. If not: {odds[0].lower()}{odds[1:]}"


def _odds_if_not(outlook: Outlook, ahead: Ahead) -> str:
    end = f"after {outlook.slots[-1] // SLOTS_A_YEAR}"
    early, even, late = (
        n if n is None else slot_in_words(outlook.slots[n]) for n in map(ahead.by, (EARLY, EVEN, LATE))
    )
    if even is None:
        return f"One chance in ten by {early}; more likely than not {end}." if early else f"Most likely {end}."
    first = f"Even odds by {even}" if early == even else f"One chance in ten by {early}, even odds by {even}"
    if late:
        return f"{first}, nine in ten by {late}."
    return f"{first}, about one in {_NUMBERS[round((1 - ahead.passed_unseen) / ahead.beyond)]} {end}."


_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _unseen(outlook: Outlook, ahead: Ahead) -> Iterator[str]:
    if outlook.unseen:
        sessions = "One session" if outlook.unseen == 1 else f"{outlook.unseen} sessions"
        chance = f"{ahead.passed_unseen:.0%}" if ahead.passed_unseen >= 0.01 else "less than 1%"
        yield (
            f"{sessions} of the calendar passed without a record. The chance that one of them reviewed it is {chance};"
            " the odds are for the case that none did."
        )


def _why(outlook: Outlook, iso3: str, hand: InHand | None) -> Iterator[str]:
    if hand:
        because = reasons(outlook, hand)
        yield f"{because[0].upper()}{because[1:]}."
        return
    load, over, turns = outlook.moment.load, outlook.over, outlook.moment.turns
    if last := outlook.last[iso3]:
        yield (
            f"The Committee has reviewed {load.since(last.slot)} States since; hardly any State comes back before"
            f" {CLASSES[1]} others were reviewed, most after {CLASSES[3]} or more."
        )
    yield from _habit(turns.own[iso3])
    yield (
        f"{load.backlog(over)} States have had no review for four years, and the Committee has lately reviewed"
        f" {load.pace(over):.1f} per session, lost sessions included."
    )


def _habit(own: Own) -> Iterator[str]:
    """How often the State was reviewed, if that changes the forecast."""
    if abs(own.habit - 1) >= 0.1:
        sessions = "1 session" if own.sessions == 1 else f"{own.sessions} sessions"
        yield (
            f"It was reviewed at {sessions} since {RECORD_BEGINS.year}, protocols included; {own.expected:.1f} would be"
            f" expected. So it is assumed to come {'sooner' if own.habit > 1 else 'later'} than others."
        )
