"""The YAML files of a dataset; together they make a Dataset (record/records.py)."""

from opsc_cli.record.frozen import made_by
from opsc_cli.record.parsing import Codes, Day, Readings, Record, Texts
from opsc_cli.record.records import Count, Name, PreSession, RecordEnds, Refused, ReviewCount, Session, Source
from opsc_cli.record.state import State
from opsc_cli.record.terms import Act, Treaty


class StatesFile(Record):
    """data/states.yaml"""

    version: str
    as_of: RecordEnds
    states: dict[str, State]


class SessionsFile(Record):
    """data/sessions.yaml"""

    sessions: tuple[Session, ...]
    pre_sessions: tuple[PreSession, ...] = ()


class SourcesFile(Record):
    """data/sources.yaml"""

    sources: dict[str, Source]


class NamesFile(Record):
    """data/names.yaml"""

    states: dict[str, Name]
    refused: dict[str, Refused] = made_by(dict)


class CountsFile(Record):
    """data/counts.yaml"""

    counts: tuple[Count, ...]
    reviews: tuple[ReviewCount, ...] = ()


class ActsRead(Record):
    """A State's acts under one treaty, extracted from a source independently of states.yaml."""

    signed: Day | None = None
    kind: Act | None = None
    deposited: Day | None = None


class TreatyReading(Record):
    """The acts of States under one treaty in one source."""

    source: str
    states: dict[str, ActsRead]


class CodesRead(Record):
    """A State's codes, extracted from a list independently of names.yaml."""

    iso2: str
    m49: str


class CodesReading(Record):
    """The codes of States in one list."""

    source: str
    states: dict[str, CodesRead]


class ReadingsFile(Record):
    """data/readings.yaml: values read in the sources a second time, used only for cross-checking."""

    treaties: dict[Treaty, TreatyReading] = made_by(dict)
    codes: tuple[CodesReading, ...] = ()
    names: dict[str, Texts] = made_by(dict)
    """By State, its names in the lists; by several States, the names that they share."""
    facts: dict[str, dict[str, Readings]] = made_by(dict)
    """By State and by source: what the source says, such as `submitted CRC 2018-04-04; due_published CRC 2018`."""
    speaks_of: dict[str, Codes] = made_by(dict)
    """By source: the States that it is about, if neither its symbol nor its id shows them."""
    once: dict[str, Readings] = made_by(dict)
    """By State: the facts that nobody has read a second time yet, such as `submitted CRC`, once for each."""
