"""The record of one State: its acts, its reports and their reviews."""

from typing import Literal

from opsc_cli.record.parsing import Day, Number, Numbers, Partial, Record, Sources
from opsc_cli.record.terms import Act, Asserter, Evidence, Procedure, Reporter, Treaty, TreatyName


class Disagreement(Record):
    """A different value from another source, and the reason why the record does not use it."""

    says: str
    about: str | None = None
    sources: Sources
    reason: str


class Checked(Record):
    """A day on which the record of one State or one meeting was checked, later than the record as a whole.

    Its silence counts to this day: what is not on record had not become known by then. `sources`: what was read for it.
    """

    day: Day
    sources: Sources
    note: str | None = None


class Signature(Record):
    """The day a State signed a treaty."""

    signed: Partial
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class Instrument(Record):
    """The instrument a State deposited, by its day or by a bracket (`earliest` to `latest`)."""

    kind: Act
    deposited: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class PublishedEntryIntoForce(Record):
    """The day on which a treaty entered into force for the State, as published."""

    entry_into_force: Day
    sources: Sources
    note: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class Denunciation(Record):
    """A denunciation; `received` is the day the depositary received it."""

    received: Day
    sources: Sources
    note: str | None = None


class Territory(Record):
    """A territory to which the State extended the Protocol."""

    territory: str
    entry_into_force: Day
    sources: Sources
    note: str | None = None


class NotSubmitted(Record):
    """An assertion that a report had not been submitted by `as_of`."""

    as_of: Partial
    asserted_by: Asserter
    sources: Sources
    note: str | None = None


class Convention(Record):
    """The State's acts under the Convention on the Rights of the Child itself."""

    signature: Signature | None = None
    instrument: Instrument | None = None
    not_submitted: tuple[NotSubmitted, ...] = ()


class ReportingProcedure(Record):
    """The State's choice: the simplified procedure, or the standard procedure by opting out."""

    kind: Procedure
    as_of: Partial
    sources: Sources
    note: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class Review(Record):
    """The session that reviewed a report; `considered` is the day of the dialogue; of two days, the last."""

    session: Number
    considered: Partial | None = None
    evidence: Evidence
    outcome: Literal["not-concluded"] | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


class NextReport(Record):
    """What concluding observations say about the next report: its date, or that the date will be communicated."""

    kind: Literal["date", "to-be-communicated"]
    due: Partial | None = None
    numbers: Numbers | None = None
    asserted_by: Reporter
    paragraph: str | None = None
    sources: Sources
    note: str | None = None


class ConcludingObservations(Record):
    """The Committee's concluding observations on a report; `adopted` is None if the day is not on record."""

    symbol: str | None = None
    adopted: Partial | None = None
    next_report: NextReport | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


class Programme(Record):
    """A session's programme that names the report; `known_on` is the day it was published."""

    session: Number
    known_on: Day
    sources: Sources
    note: str | None = None


class ListOfIssues(Record):
    """A list of issues on a report; `due` is the day by which the Committee asks for replies."""

    adopted: Partial
    symbol: str | None = None
    due: Day | None = None
    sources: Sources
    note: str | None = None
    confirmed: str | None = None


class Report(Record):
    """A report of the State, with its review. With a symbol but no `submitted`, its day of receipt is not on record."""

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


class ListOfIssuesPriorToReporting(Record):
    """A list of issues prior to reporting (LOIPR). The report is the reply to it; `due` is the date it sets."""

    adopted: Partial
    numbers: Numbers | None = None
    symbol: str | None = None
    due: Partial | None = None
    covers: tuple[Literal["CRC", "OPSC", "OPAC"], ...] = ("CRC",)
    """The treaties on which it asks questions."""
    sources: Sources
    note: str | None = None
    confirmed: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


class InformationRequest(Record):
    """A request of the Committee for further information (OPSC art. 12(3), CRC art. 44(4))."""

    made: Partial
    due: Day
    treaty: Treaty
    answered: Partial | None = None
    sources: Sources
    note: str | None = None


class State(Record):
    """The record of one State."""

    checked: Checked | None = None
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
    requests: tuple[InformationRequest, ...] = ()

    @property
    def all_reports(self) -> tuple[Report, ...]:
        """The initial report under the Protocol, if any is on record, then the others in the order of the record."""
        return (self.initial_report, *self.reports) if self.initial_report else self.reports
