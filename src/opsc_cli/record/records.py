"""The records of the dataset: facts only, no rules.

Each record is a value that never changes (frozen.py). Pydantic validates the YAML with these classes
(dataset/form.py): it refuses unknown fields and parses every text. No module here imports Pydantic, so answers from the
compiled dataset start quickly.

Every record with a date has `sources`, ids of data/sources.yaml. None means unknown; it never means "no". `confirmed`
answers a warning of `opsc validate` (a deposit on a Sunday) with the reason why the recorded day is correct.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from opsc_cli.record.frozen import made_by, names_of
from opsc_cli.record.installed import Installed
from opsc_cli.record.parsing import Address, Day, Number, Partial, Record, Sources
from opsc_cli.record.state import Checked, Disagreement, State
from opsc_cli.record.terms import (
    MeetingStatus,
    Region,
    SourceKind,
)

# ── the Committee's calendar ─────────────────────────────────────────────────────────────────────


class Session(Record):
    """A session of the Committee. A session that was not held has no number."""

    number: Number | None = None
    opens: Partial
    closes: Partial
    status: MeetingStatus
    place: str | None = None
    confidence: Literal["sourced", "derived"]
    known_on: Day | None = None
    checked: Checked | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class PreSession(Record):
    """A pre-sessional working group. Its label names the session it prepares; two groups can have the same label."""

    label: str
    opens: Partial | None = None
    closes: Partial | None = None
    status: MeetingStatus
    follows: Number | None = None
    prepares: Number | None = None
    confidence: Literal["sourced", "derived"]
    known_on: Day | None = None
    checked: Checked | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


# ── sources, names, published counts ─────────────────────────────────────────────────────────────


class Source(Record):
    """Where a fact was read. For a republished release, the record has the original, and the copy in `read_at`."""

    title: str
    publisher: str
    kind: SourceKind
    symbol: str | None = None
    url: Address | None = None
    read_at: str | None = None
    as_of: Partial | None = None
    read: Day
    part_read: str | None = None
    """The part of it that was read; None if nobody noted that it was only a part."""
    covers: str | None = None
    note: str | None = None


class Names(Record):
    """Names of a State in other languages, its UN short name first; `own` has those in its own languages."""

    ar: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


class Name(Record):
    """The names and codes of a State; `name` is its UN short name in English."""

    name: str
    formal: str | None = None
    iso2: str
    m49: str
    region: Region | None = None
    aliases: tuple[str, ...] = ()
    names: Names | None = None


class Refused(Record):
    """A text that looks like the name of a State but names none, or more than one."""

    because: str
    candidates: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Its codes and its names in other languages."""


class Count(Record):
    """A published total for a day, used to check the dataset."""

    of: Literal["deposits", "in-force", "signatures", "initial-reports-overdue"]
    on: Partial
    value: Number
    over_years: Number | None = None
    """For overdue reports: counts only those overdue for more than this number of years."""
    up_to_years: Number | None = None
    """For overdue reports: counts only those overdue for this number of years or fewer."""
    sources: Sources
    note: str | None = None
    explained: str | None = None


class MayBeCounted(Record):
    """A State that a published total of overdue initial reports may include."""

    iso3: str
    surely_due: bool
    """Whether the due date had certainly passed and the record has no receipt of the report by then."""
    known_missing_from: date | None
    """The day from which the record shows that the report was missing then; usually the day it was received later."""


class OverdueTotal(Record):
    """A published total of overdue initial reports, and the States that it may include."""

    count: Count
    may_count: tuple[MayBeCounted, ...]


class ReviewCount(Record):
    """The published number of States that a session reviewed under the Convention; the record may have fewer."""

    session: Number
    value: Number
    sources: Sources
    note: str | None = None


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


class RecordEnds(Record):
    """The days on which the two parts of the record end: the parties, and the Committee's work.

    The record of one State or one meeting can reach further (`Checked`).
    """

    parties: Day
    committee: Day

    @property
    def latest(self) -> date:
        return max(self.parties, self.committee)


class Dataset(Record):
    """The whole record. The keys of `states` and `names` are ISO 3166 alpha-3 codes, in the order of the names."""

    version: str
    as_of: RecordEnds
    states: Mapping[str, State]
    sessions: tuple[Session, ...]
    pre_sessions: tuple[PreSession, ...]
    sources: Mapping[str, Source]
    names: Mapping[str, Name]
    index: Mapping[str, str]
    """Normalised names and codes, each with its State (names.py)."""
    refused: Mapping[str, Refused]
    """Refused texts by normalised name."""
    counts: tuple[Count, ...]
    review_counts: tuple[ReviewCount, ...]
    overdue_totals: tuple[OverdueTotal, ...]
    installed: Installed | None = made_by(lambda: None, anew=True)
    """What an installation has worked out from this very dataset; a changed copy has none."""


PARTS = tuple(name for name in names_of(Dataset) if name != "installed")
"""What a dataset consists of: all but the place of its installation."""
