"""The JSON contract of `opsc missing`: what is not on record about a State."""

from typing_extensions import TypedDict

from opsc_cli.answers.missing import GapKind
from opsc_cli.render.contract_words import Day, Iso3


class GapDocument(TypedDict):
    """Where the answer can be read."""

    symbol: str | None
    """Null for a page; NUMBERS stands for the number of the report if it is not on record."""
    symbol_on_record: bool
    """False if the symbol is only the one that such a document has."""
    url: str | None
    look_for: str
    """What to look for in it, as a rule."""
    read: Day | None
    """The day on which it was read, if the record cites it."""
    part_read: str | None
    """The part of it that was read then, if that was noted."""


class Gap(TypedDict):
    """One thing that is not on record about a State."""

    iso3: Iso3
    name: str
    region: str | None
    kind: GapKind
    question: str
    effect: str
    """What changes in the answer when it is on record."""
    document: GapDocument
    state_page: str
    """The page of the State in the treaty body database."""
    record: str
    """The command that records it; YYYY-MM-DD, NUMBER and NUMBERS are to be filled in."""
