"""The JSON contract: the sources of an answer, and a dataset's version, age and size."""

from typing import Literal

from typing_extensions import TypedDict

from opsc_cli.record.terms import SourceKind
from opsc_cli.render.contract_words import Day, Iso3, Recorded


class Source(TypedDict):
    """A source of an answer."""

    id: str
    kind: SourceKind
    title: str
    publisher: str
    symbol: str | None
    url: str | None
    read_at: str | None
    """Where it was read, if it was not read at its publisher."""
    as_of: Recorded | None
    """The day for which it gives the facts."""
    read: Day
    """The day on which it was read."""
    part_read: str | None
    """The part of it that was read; null if nobody noted that it was only a part."""
    link: str | None
    """Where it can be opened: its address, or the one that its symbol has."""
    behind: list[str]
    """What it supports."""


class End(TypedDict):
    """The day on which a part of the record ends."""

    part: Literal["parties", "committee"]
    ends: Day
    age_days: int


class CheckedLater(TypedDict):
    """A State whose record was checked later than the record as a whole."""

    iso3: Iso3
    checked: Day


class Filled(TypedDict):
    """For how many of the parties a fact is on record."""

    parties: int
    deposits: int
    """The day of deposit."""
    initial_reports: int
    """The receipt of the initial report."""
    last_reviews: int
    next_reports: int
    """What the last concluding observations say of the next report."""


class DatasetSummary(TypedDict):
    """A dataset: its version, its age, its size, and how much of it is filled."""

    version: str
    ends: list[End]
    states: int
    sessions: int
    pre_sessions: int
    sources: int
    filled: Filled
    checked: list[CheckedLater]
    """The States whose record was checked later than the record as a whole."""
