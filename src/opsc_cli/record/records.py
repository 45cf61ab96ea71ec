"""What the dataset records: facts only, no rules.

Each record is a plain frozen class. Pydantic takes these same classes as its schema when people's
YAML comes in (dataset.py): unknown fields are refused and every text is parsed into its type. Nothing
here imports Pydantic, so an answer from the compiled dataset never pays for it.

Every record that holds a date holds `sources`, ids of data/sources.yaml. A field that is None is
unknown to the record; it never means "no". `confirmed` answers a suspicion of `opsc validate` (a deposit
on a Sunday) with what makes the recorded day sure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform

from opsc_cli.record import dates

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[_T]) -> type[_T]:
    """A frozen class whose YAML may hold no field that it does not name."""
    cls.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Tells Pydantic how a text of the YAML becomes a value, and which texts can."""

    parse: Callable[[str], Any]
    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.parsed)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, str]:
        return {"type": "string", "pattern": self.pattern}

    def parsed(self, value: Any) -> Any:
        """The value that a text of the YAML means. Raises ValueError, as every such parser does."""
        if not isinstance(value, str):
            raise ValueError("expected a text on one line")
        return self.parse(value)


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= 4):
        raise ValueError("expected a whole number")
    return int(text)


def _address(text: str) -> str:
    scheme, _, place = text.partition("://")
    if scheme not in ("https", "http") or not place or " " in text:
        raise ValueError("expected an address that begins with https:// or http:// and has no space in it")
    return text


def _report_numbers(text: str) -> tuple[int, ...]:
    first, dash, last = text.partition("-")
    start = _whole_number(first)
    end = _whole_number(last) if dash else start
    if not start <= end <= start + 9:
        raise ValueError("expected a report number, or a range such as 5-6")
    return tuple(range(start, end + 1))


Day = Annotated[date, Parsed(dates.parse_day, r"^\d{4}-\d{2}-\d{2}$")]
Partial = Annotated[dates.Recorded, Parsed(dates.parse_recorded, r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Number = Annotated[int, Parsed(_whole_number, r"^[1-9]\d{0,3}$")]
Numbers = Annotated[tuple[int, ...], Parsed(_report_numbers, r"^[1-9]\d*(-[1-9]\d*)?$")]
Address = Annotated[str, Parsed(_address, r"^https?://[^ ]+$")]
Sources = tuple[str, ...]

Act = Literal["ratification", "acceptance", "approval", "accession", "succession"]
TreatyName = Literal["OPSC", "CRC", "OPAC", "unspecified"]
Procedure = Literal["standard", "simplified"]
Evidence = Literal["document", "closing-release", "release", "programme", "press-ngo"]
Asserter = Literal["committee", "secretariat", "state", "committee-member", "press", "press-and-ngo", "inferred"]
MeetingStatus = Literal["announced", "held", "held-online", "held-elsewhere", "cancelled", "postponed"]
Region = Literal[
    "African States",
    "Asia-Pacific States",
    "Eastern European States",
    "Latin American and Caribbean States",
    "Western European and other States",
]
SourceKind = Literal[
    "depositary", "treaty-database", "document", "release", "programme", "ngo", "press", "dataset", "state"
]


# ── a State ──────────────────────────────────────────────────────────────────────────────────────


@record
class Disagreement:
    """What another source says of the same fact, and why the record keeps its own value."""

    says: str
    about: str | None = None
    sources: Sources
    reason: str


@record
class Signature:
    """The day a State signed a treaty."""

    signed: Partial
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


@record
class Instrument:
    """The instrument a State deposited: its day, or the bracket (`earliest`, `latest`) the day lies in."""

    kind: Act
    deposited: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


@record
class PublishedEntryIntoForce:
    """The day on which a treaty entered into force for the State, as published."""

    entry_into_force: Day
    sources: Sources
    note: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


@record
class Denunciation:
    """A denunciation, by the day the depositary received it."""

    received: Day
    sources: Sources
    note: str | None = None


@record
class Territory:
    """A territory to which the State extended the Protocol."""

    territory: str
    entry_into_force: Day
    sources: Sources
    note: str | None = None


@record
class NotSubmitted:
    """An assertion, true on its day, that a report had not been submitted."""

    as_of: Partial
    asserted_by: Asserter
    sources: Sources
    note: str | None = None


@record
class Convention:
    """The State's acts under the Convention on the Rights of the Child itself."""

    signature: Signature | None = None
    instrument: Instrument | None = None
    not_submitted: tuple[NotSubmitted, ...] = ()


@record
class ReportingProcedure:
    """Which procedure the State follows: the simplified one, or the standard one by opting out."""

    kind: Procedure
    as_of: Partial
    sources: Sources
    note: str | None = None


@record
class Review:
    """The session before which a report came; `considered` is the day of the dialogue."""

    session: Number
    considered: Partial | None = None
    evidence: Evidence
    outcome: Literal["not-concluded"] | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


@record
class NextReport:
    """What concluding observations say of the next report: a date, or that one will be communicated."""

    kind: Literal["date", "to-be-communicated"]
    due: Partial | None = None
    numbers: Numbers | None = None
    asserted_by: Literal["committee", "state"]
    paragraph: str | None = None
    sources: Sources
    note: str | None = None


@record
class ConcludingObservations:
    """The Committee's concluding observations on a report; `adopted` is left out where only the text is known."""

    symbol: str | None = None
    adopted: Partial | None = None
    next_report: NextReport | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


@record
class Programme:
    """A session's programme that names the report: known from the day the programme was published."""

    session: Number
    known_on: Day
    sources: Sources
    note: str | None = None


@record
class ListOfIssues:
    """A list of issues on a report: known from the day it was issued."""

    adopted: Partial
    symbol: str | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


@record
class Report:
    """A report of the State, with its review. A symbol without `submitted` was received on a day not on record."""

    treaty: TreatyName = "OPSC"
    kind: Literal["initial", "periodic", "unspecified"] = "initial"
    numbers: Numbers | None = None
    due_published: Partial | None = None
    submitted: Partial | None = None
    symbol: str | None = None
    procedure: Procedure | None = None
    pre_session: str | None = None
    sources: Sources = ()
    note: str | None = None
    confirmed: str | None = None
    list_of_issues: ListOfIssues | None = None
    programme: Programme | None = None
    review: Review | None = None
    concluding_observations: ConcludingObservations | None = None
    not_submitted: tuple[NotSubmitted, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@record
class ListOfIssuesPriorToReporting:
    """A LOIPR: the report is the reply to it; `due` is the reply date it carries."""

    adopted: Partial
    numbers: Numbers | None = None
    symbol: str | None = None
    due: Partial | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


@record
class Request:
    """A request of the Committee for further information (OPSC art. 12(3), CRC art. 44(4))."""

    made: Partial
    due: Day
    treaty: Literal["OPSC", "CRC"]
    answered: Partial | None = None
    sources: Sources
    note: str | None = None


@record
class State:
    """Everything on record about one State."""

    signature: Signature | None = None
    instrument: Instrument | None = None
    published_entry_into_force: PublishedEntryIntoForce | None = None
    denunciation: Denunciation | None = None
    territories: tuple[Territory, ...] = ()
    crc: Convention = Convention()
    procedure: ReportingProcedure | None = None
    initial_report: Report | None = None
    reports: tuple[Report, ...] = ()
    lists_of_issues_prior_to_reporting: tuple[ListOfIssuesPriorToReporting, ...] = ()
    requests: tuple[Request, ...] = ()


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

    of: Literal["deposits", "in-force", "signatures"]
    on: Partial
    value: Number
    sources: Sources
    note: str | None = None
    explained: str | None = None


# ── the files ────────────────────────────────────────────────────────────────────────────────────


@record
class AsOf:
    """The day on which the record ends, by domain: who is a party; the Committee's work."""

    parties: Day
    committee: Day


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


@record
class Handled:
    """A report on its way: received, given a list of issues, reviewed at a session; what forecasts learn from."""

    iso3: str
    treaty: TreatyName
    procedure: Procedure | None
    received: date
    listed: date | None
    session: int | None


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
    handled: tuple[Handled, ...]
    """Every report whose day of receipt is on record, in the order of receipt."""
