"""What the dataset records: facts only, no rules.

Each record is a plain frozen class. Pydantic takes these same classes as its schema when people's
YAML comes in (dataset/form.py): unknown fields are refused and every text is parsed into its type. Nothing
here imports Pydantic, so an answer from the compiled dataset never pays for it.

Every record that holds a date holds `sources`, ids of data/sources.yaml. A field that is None is
unknown to the record; it never means "no". `confirmed` answers a suspicion of `opsc validate` (a deposit
on a Sunday) with what makes the recorded day sure.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from opsc_cli.record.parsing import Address, Day, Number, Partial, Sources, record
from opsc_cli.record.state import Disagreement, State
from opsc_cli.record.terms import (
    MeetingStatus,
    Region,
    SourceKind,
)

# ── the Committee's calendar ─────────────────────────────────────────────────────────────────────


@record
class Session:
    """A session of the Committee. Its number is a label: a session that was not held has none."""

    number: Number | None = None
    opens: Partial
    closes: Partial
    status: MeetingStatus
    place: str | None = None
    confidence: Literal["sourced", "derived"]
    known_on: Day | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


@record
class PreSession:
    """A pre-sessional working group. Its label names the session it prepares; two can bear the same."""

    label: str
    opens: Partial | None = None
    closes: Partial | None = None
    status: MeetingStatus
    follows: Number | None = None
    prepares: Number | None = None
    confidence: Literal["sourced", "derived"]
    known_on: Day | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


# ── sources, names, published counts ─────────────────────────────────────────────────────────────


@record
class Source:
    """Where a fact was read. A release that others republish is recorded as that release, with `read_at`."""

    title: str
    publisher: str
    kind: SourceKind
    symbol: str | None = None
    url: Address | None = None
    read_at: str | None = None
    as_of: Partial | None = None
    read: Day
    covers: str | None = None
    note: str | None = None


@record
class Names:
    """What a State is called in other languages, by language: its UN short name first; `own`: its own languages."""

    ar: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@record
class Name:
    """What a State is called: its UN short name in English first."""

    name: str
    formal: str | None = None
    iso2: str
    m49: str
    region: Region | None = None
    aliases: tuple[str, ...] = ()
    names: Names | None = None


@record
class Refused:
    """A text that looks like a State's name and is none, or could be several."""

    because: str
    candidates: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Its codes, and what it is called in other languages."""


@record
class Count:
    """A total that others published for a day, against which the dataset is checked."""

    of: Literal["deposits", "in-force", "signatures", "initial-reports-overdue"]
    on: Partial
    value: Number
    over_years: Number | None = None
    """Of overdue reports: only those overdue for more than so many years."""
    up_to_years: Number | None = None
    """Of overdue reports: only those overdue for so many years or fewer."""
    sources: Sources
    note: str | None = None
    explained: str | None = None


@record
class MayBeCounted:
    """A State whose initial report a published total of overdue ones may count."""

    iso3: str
    surely_due: bool
    """Whether its date had surely passed, and nothing but silence says that the report had not come."""
    known_missing_from: date | None
    """The day from which the record tells that the report had not come by then: that on which it came, as a rule."""


@record
class OverdueTotal:
    """A published total of overdue initial reports, and every State that it may count."""

    count: Count
    may_count: tuple[MayBeCounted, ...]


@record
class ReviewCount:
    """How many States a session reviewed under the Convention, as published; the record may not have every one."""

    session: Number
    value: Number
    sources: Sources
    note: str | None = None


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


@record
class AsOf:
    """The day on which the record ends, by domain: who is a party; the Committee's work."""

    parties: Day
    committee: Day


@record
class Dataset:
    """The whole record. `states` and `names` are by ISO 3166 alpha-3 code, in the order of their names."""

    version: str
    as_of: AsOf
    states: Mapping[str, State]
    sessions: tuple[Session, ...]
    pre_sessions: tuple[PreSession, ...]
    sources: Mapping[str, Source]
    names: Mapping[str, Name]
    index: Mapping[str, str]
    """Every name and code that resolves, normalised (names.py), with the State it means."""
    refused: Mapping[str, Refused]
    """Every text that is refused, normalised."""
    counts: tuple[Count, ...]
    review_counts: tuple[ReviewCount, ...]
    overdue_totals: tuple[OverdueTotal, ...]
    """Every published total of overdue reports, with the States that it may count."""
