"""The JSON contract of `opsc timeline`."""

from typing_extensions import TypedDict

from opsc_cli.answers.timeline import EventKind
from opsc_cli.record.terms import Treaty
from opsc_cli.render.contract_words import CertaintyWord, Day, Iso3, Recorded


class Event(TypedDict):
    """Something that happened or is to come."""

    what: EventKind
    """A `treaty-term` is no due date: the Committee usually sets another."""
    treaty: Treaty
    about: str
    """The kind of instrument, or the report."""
    session: int | None
    """The number of the session, for a review."""
    first: Day | None
    """It falls on a day from `first` to `last`: the same if the day is known. Null, as is `last`, if nothing is."""
    last: Day | None
    """Null also if the range of the next review ends after the projected calendar."""
    likely: Recorded | None
    """When the session opens by which the next review has even odds; null for other events."""
    to_come: bool
    certainty: CertaintyWord | None
    """Null for a fact on record, and if the date is not established."""
    authority: str | None
    """The article, decision or practice that gives the date; null for a signature, a receipt and a review."""
    because: str
    """Why it has this date, or none."""
    sources: list[str]


class Timeline(TypedDict):
    """A State: what happened and what is to come, in order of time; what has no date is last."""

    iso3: Iso3
    name: str
    first_year: int
    """Of the axis: the year of the Convention."""
    last_year: int
    """Of the axis, for all States of the answer: that of the last date, or of the end of the projected calendar."""
    events: list[Event]
