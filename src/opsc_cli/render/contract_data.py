"""The JSON contract: what `opsc data` says of a dataset. contract.py says how these types are used."""

from typing import Literal

from typing_extensions import TypedDict

from opsc_cli.render.contract_words import Day, Iso3


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


class Data(TypedDict):
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
