"""The files of a dataset as people type them; together they make a Dataset (record/records.py)."""

from dataclasses import field
from typing import Literal

from opsc_cli.record.parsing import Day, record
from opsc_cli.record.records import AsOf, Count, Name, PreSession, Refused, ReviewCount, Session, Source
from opsc_cli.record.state import State
from opsc_cli.record.terms import Act


@record
class StatesFile:
    """data/states.yaml"""

    version: str
    as_of: AsOf
    states: dict[str, State]


@record
class SessionsFile:
    """data/sessions.yaml"""

    sessions: tuple[Session, ...]
    pre_sessions: tuple[PreSession, ...] = ()


@record
class SourcesFile:
    """data/sources.yaml"""

    sources: dict[str, Source]


@record
class NamesFile:
    """data/names.yaml"""

    states: dict[str, Name]
    refused: dict[str, Refused] = field(default_factory=dict)


@record
class CountsFile:
    """data/counts.yaml"""

    counts: tuple[Count, ...]
    reviews: tuple[ReviewCount, ...] = ()


@record
class ActsRead:
    """What a source says of a State's acts under one treaty, taken from it apart from states.yaml."""

    signed: Day | None = None
    kind: Act | None = None
    deposited: Day | None = None


@record
class TreatyReading:
    """The acts of States under one treaty, as one source has them."""

    source: str
    states: dict[str, ActsRead]


@record
class CodesRead:
    """A State's codes, taken from a list apart from names.yaml."""

    iso2: str
    m49: str


@record
class CodesReading:
    """The codes of States, as one list has them."""

    source: str
    states: dict[str, CodesRead]


@record
class ReadingsFile:
    """data/readings.yaml: what sources were read to say, a second time; it answers nothing, it only checks."""

    treaties: dict[Literal["OPSC", "CRC"], TreatyReading] = field(default_factory=dict)
    codes: tuple[CodesReading, ...] = ()
