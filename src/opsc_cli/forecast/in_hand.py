"""What is on record on a day about a State's next report: its stage, from receipt to a session's programme.

A programme names the session; if that session did not conclude the review, it is postponed. A list of issues is for one
of the next sessions; a report waits for its turn; a list of issues prior to reporting asks for a report within a year.
If nothing is on record, a report may still have been received; nothing here means "not received".
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Literal, get_args

from opsc_cli.forecast.of_states import Course
from opsc_cli.forecast.proceedings import Proceedings
from opsc_cli.forecast.slots import YEAR
from opsc_cli.forecast.turns import Last
from opsc_cli.record.dates import Recorded, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.terms import Treaty

Stage = Literal["programme", "postponed", "list of issues", "report", "list of issues prior to reporting"]
"""The stages of a report, latest first."""

LIST_RELEVANT, LOIPR_RELEVANT = 2 * YEAR, 4 * YEAR
"""In slots. After that time lists of issues on record did not lead to a dialogue, so they are ignored."""


class InHand(Frozen):
    """The latest stage that a report has reached."""

    what: Stage
    dated: Recorded
    """The day, month or year of the receipt or of the list of issues; meaningless for a programme."""
    treaty: Treaty = "CRC"
    simplified: bool = False
    session: int | None = None
    """The session named by the programme, or that did not conclude."""

    @property
    def since(self) -> date:
        """The day on which the stage began."""
        return last_day(self.dated)


class Steps(Frozen):
    """The stages of a report known on a day: received, list of issues, on the programme of a session."""

    treaty: Treaty = "CRC"
    simplified: bool = False
    received: Recorded | None = None
    listed: Recorded | None = None
    programmed: int | None = None
    postponed: int | None = None


def furthest(proceedings: Proceedings, day: date, steps: Steps) -> InHand | None:
    """The latest stage of a report that is still relevant on `day`."""
    over, _ = proceedings.over(day)
    in_hand = partial(InHand, treaty=steps.treaty, simplified=steps.simplified)
    if steps.programmed and proceedings.slot_of_session(steps.programmed, day) > over:
        return in_hand(what="programme", dated=date.min, session=steps.programmed)
    if steps.postponed and over - proceedings.slots[steps.postponed] <= LIST_RELEVANT:
        return in_hand(what="postponed", dated=proceedings.closings[steps.postponed], session=steps.postponed)
    if steps.listed and over - proceedings.over(last_day(steps.listed))[0] <= LIST_RELEVANT:
        return in_hand(what="list of issues", dated=steps.listed)
    return in_hand(what="report", dated=steps.received) if steps.received else None


def in_hand(proceedings: Proceedings, last: Mapping[str, Last | None], day: date, known: date) -> dict[str, InHand]:
    """The latest stage of each State's next report on `day`, by what was known on the day `known`."""
    found: dict[str, InHand] = {}
    for iso3, hand in (*_reports(proceedings, last, day, known), *_loiprs(proceedings, last, day, known)):
        if iso3 not in found or _order(hand) < _order(found[iso3]):
            found[iso3] = hand
    return found


def _order(hand: InHand) -> tuple[int, date]:
    return get_args(Stage).index(hand.what), hand.since


def _reports(
    proceedings: Proceedings, last: Mapping[str, Last | None], day: date, known: date
) -> Iterator[tuple[str, InHand]]:
    for course in proceedings.states.courses:
        of_it = course.opsc_initial or course.treaty == "CRC"
        seen = day if course.session is None or proceedings.is_whole(course.session) else known
        if of_it and course.is_pending(seen) and course.iso3 in last:
            hand = furthest(proceedings, day, _known(course, proceedings, known))
            own = course.opsc_initial or (hand and hand.what == "programme")
            if hand and (own or hand.since > _reviewed(last[course.iso3])):
                yield course.iso3, hand


def _known(course: Course, proceedings: Proceedings, day: date) -> Steps:
    announced, postponed = course.announced, course.postponed
    return Steps(
        treaty="OPSC" if course.opsc_initial else "CRC",
        simplified=course.simplified,
        received=course.submitted if course.received and course.received <= day else None,
        listed=course.issues if course.listed and course.listed <= day else None,
        programmed=course.programmed if announced and announced <= day else None,
        postponed=postponed if postponed and proceedings.closings.get(postponed, date.max) <= day else None,
    )


def _loiprs(
    proceedings: Proceedings, last: Mapping[str, Last | None], day: date, known: date
) -> Iterator[tuple[str, InHand]]:
    over, _ = proceedings.over(day)
    for iso3, dated in proceedings.states.loiprs:
        adopted = last_day(dated)
        is_relevant = adopted <= known and over - proceedings.over(adopted)[0] <= LOIPR_RELEVANT
        if is_relevant and iso3 in last and adopted > _reviewed(last[iso3]):
            yield iso3, InHand(what="list of issues prior to reporting", dated=dated)


def _reviewed(last: Last | None) -> date:
    return last.sitting.closed if last and last.sitting else date.min
