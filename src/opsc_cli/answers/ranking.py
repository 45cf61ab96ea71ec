"""Ranks the parties to the Convention by the chance that a future session reviews them."""

from datetime import date

from opsc_cli.forecast.in_hand import Stage
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.dates import first_day, last_day
from opsc_cli.record.frozen import Frozen


class Ranked(Frozen):
    """A State, with the chance that the session is its next review."""

    iso3: str
    name: str
    chance: float
    last_reviewed: date | None
    """The opening day of the last session on record that reviewed it."""
    in_hand: Stage | None
    """What is on record of its next report. None: nothing is on record, but a report may have been received."""


def session_called(outlook: Outlook, text: str) -> Meeting | None:
    """A future session by `next`, its number, or a month in which it meets (2027-05); None if there is none."""
    if text == "next":
        return outlook.sessions[0]
    return next((m for m in outlook.sessions if text == m.number or _meets_in(m, text)), None)


def _meets_in(session: Meeting, month: str) -> bool:
    if not session.opens:
        return False
    opens, closes = first_day(session.opens), last_day(session.closes or session.opens)
    return f"{opens:%Y-%m}" <= month <= f"{closes:%Y-%m}" and len(month) == len("2027-05")


def ranking(outlook: Outlook, session: Meeting) -> tuple[Ranked, ...]:
    """All parties to the Convention, likeliest first; the chances sum to the expected number of reviews."""
    found = []
    for iso3, chance in outlook.likely_at(session):
        last, hand = outlook.moment.turns.last[iso3], outlook.in_hand.get(iso3)
        found.append(
            Ranked(
                iso3=iso3,
                name=outlook.dataset.names[iso3].name,
                chance=chance,
                last_reviewed=last.sitting.opened if last and last.sitting else None,
                in_hand=hand.what if hand else None,
            )
        )
    return tuple(found)
