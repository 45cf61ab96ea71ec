"""Facts that are missing from the record and would improve a State's answer: where to read them, how to record them.

KINDS are in the order of their effect; the effects are not expressed as numbers.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from opsc_cli.answers.position import Position
from opsc_cli.law.authority import Certainty, Dated, NotEstablished
from opsc_cli.law.report_names import short_numbers
from opsc_cli.law.standing import Obligation
from opsc_cli.law.treaty import DEPOSITARY
from opsc_cli.record.dates import in_words, last_day
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.known import adoption_day, closings_of
from opsc_cli.record.links import UNDOCS
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import ListOfIssuesPriorToReporting, Report

GapKind = Literal[
    "initial-report",
    "last-review",
    "next-due",
    "list",
    "effective-day",
    "deposit",
    "receipt",
    "number",
]

EFFECTS: Mapping[GapKind, str] = {
    "initial-report": "a report listed as past due may turn out to be with the Committee, or reviewed",
    "last-review": "a date for the next report can be established; without a review there is none",
    "next-due": "the date that the Committee set replaces the treaty term, or an expectation",
    "list": "the list of issues prior to reporting sets the date of the reply",
    "effective-day": "the dates under the Protocol are established",
    "deposit": "the dates under the Protocol become days instead of windows",
    "receipt": "the forecast of the review starts from the day of receipt",
    "number": "the next report gets its number, and its last observations a link",
}
"""What each kind changes in an answer, greatest effect first."""

KINDS: tuple[GapKind, ...] = get_args(GapKind)

DAY, NUMBER, NUMBERS = PLACEHOLDERS = ("YYYY-MM-DD", "NUMBER", "NUMBERS")
"""Placeholders that the person who records the fact replaces."""
_AGAIN = ("--again", DAY)
"""The second reading of a day."""

_REPORT = 'the first page: the day of receipt, as a rule after "Date received"'
_OBSERVATIONS = (
    'the last paragraphs, as a rule under "Next periodic report": the day; if they say that the Committee will'
    " communicate one, record to-be-communicated"
)
_NUMBER = "the concluding observations of that day: their symbol ends in the number"
_STATUS = "the table of the Protocol: the line of the State, and the notes below the table"


class Reference(Frozen):
    """Where to read a fact: a document by its symbol, or a page."""

    symbol: str | None
    is_on_record: bool
    """Whether the symbol is on record; otherwise it is the symbol that the document has, if it exists."""
    address: str | None
    look_for: str
    read: date | None = None
    """The day on which it was read, if it is a source on record."""
    part_read: str | None = None
    """The part that was read, if recorded."""


class Gap(Frozen):
    """One missing fact about a State."""

    iso3: str
    name: str
    region: str | None
    kind: GapKind
    question: str
    document: Reference
    record: tuple[str, ...]
    """The arguments of `opsc` that record the fact, with placeholders."""

    @property
    def effect(self) -> str:
        return EFFECTS[self.kind]

    @property
    def page(self) -> str:
        """The State's page in the treaty body database."""
        return f"https://tbinternet.ohchr.org/_layouts/15/TreatyBodyExternal/Countries.aspx?CountryCode={self.iso3}&Lang=EN"


def missing(dataset: Dataset, positions: Iterable[Position]) -> tuple[Gap, ...]:
    """The gaps, by State: States in the order of their first gap, the gaps of a State in the order of KINDS.

    States with the same first gap keep the order of `positions`.
    """
    known = _Known(dataset)
    of_each = [gaps for position in positions if (gaps := tuple(_Questions(position, known).all()))]
    ordered = sorted(of_each, key=lambda gaps: KINDS.index(gaps[0].kind))
    return tuple(gap for gaps in ordered for gap in gaps)


class _Known:
    """What is on record for every State: the documents read, and the closings of sessions."""

    def __init__(self, dataset: Dataset) -> None:
        self._sources = dataset.sources
        self._ids = {source.symbol: key for key, source in dataset.sources.items() if source.symbol}
        self.closings = closings_of(dataset.sessions)

    def document(self, symbol: str) -> tuple[str, Source] | None:
        """The source that has the symbol, and its id."""
        key = self._ids.get(symbol)
        return (key, self._sources[key]) if key else None


class _Questions:
    """Finds the gaps of one State."""

    def __init__(self, position: Position, known: _Known) -> None:
        self._position, self._known = position, known

    def all(self) -> Iterator[Gap]:
        """The gaps, in the order of KINDS."""
        found = (*self._of_reports(), *self._of_acts())
        return iter(sorted(found, key=lambda gap: KINDS.index(gap.kind)))

    def _of_reports(self) -> Iterator[Gap]:
        for owed in self._position.obligations:
            report = owed.report
            if report.kind == "initial" and owed.standing == "past-due-no-record":
                yield self._initial_report(owed)
            if owed.standing == "with-the-committee" and not isinstance(report.received, date):
                yield self._receipt(owed)
            if report.kind == "periodic" and owed.standing != "with-the-committee":
                yield from self._of_the_next_report(owed)

    def _of_the_next_report(self, owed: Obligation) -> Iterator[Gap]:
        last = self._position.last_review
        if last is None:
            yield self._last_review(owed)
            return
        due = owed.due
        if isinstance(due, NotEstablished) or due.certainty is not Certainty.COMMITTEE_SET:
            yield self._next_due(last)
        if owed.standing == "loipr-awaited":
            yield self._list(owed)
        yield from (self._reply_date(loipr) for loipr in self._lists_without_a_date(last))
        if not (last.concluding_observations and last.concluding_observations.symbol):
            yield self._number(last)

    def _of_acts(self) -> Iterator[Gap]:
        instrument, in_force = self._position.answer.known.instrument, self._position.answer.entry_into_force
        if instrument is None:
            return
        if instrument.deposited is None:
            bracket = f"between {_words(instrument.earliest)} and {_words(instrument.latest)}"
            yield self._act("deposit", f"On which day did it deposit its instrument, {bracket}?", "deposit")
        elif isinstance(in_force, NotEstablished):
            asked = "On which day did the Protocol enter into force for it by succession?"
            yield self._act("effective-day", asked, "entry-into-force")

    # ── the questions ────────────────────────────────────────────────────────────────────────────

    def _initial_report(self, owed: Obligation) -> Gap:
        due = owed.due
        assert isinstance(due, Dated), "only a date passes"
        symbol = f"CRC/C/OPSC/{self._position.iso3}/1"
        title = f"Report submitted by {self._position.name} under article 12 (1) of the OPSC"
        return self._gap(
            "initial-report",
            f"Was the initial report received? It was due {_by(due)}.",
            self._document(symbol, None, _REPORT),
            ("report-received", DAY, *_AGAIN, "--symbol", symbol, *self._source(symbol, title)),
        )

    def _receipt(self, owed: Obligation) -> Gap:
        report = owed.report
        symbol = report.symbol or self._symbol(report.treaty, "", report.numbers)
        title = f"Report submitted by {self._position.name}"
        return self._gap(
            "receipt",
            f"On which day did the Committee receive the {report.name}?",
            self._document(symbol, report.symbol, _REPORT),
            ("report-received", DAY, *_AGAIN, "--symbol", symbol, *self._source(symbol, title)),
        )

    def _last_review(self, owed: Obligation) -> Gap:
        treaty = owed.report.treaty
        symbol = self._symbol(treaty, "CO/", None)
        look_for = f"the last concluding observations under the {treaty}: their symbol, and their day of adoption"
        return self._gap(
            "last-review",
            f"When was its last report under the {'Convention' if treaty == 'CRC' else 'Protocol'} reviewed?",
            self._document(symbol, None, look_for),
            ("observations", DAY, "--symbol", symbol, *self._source(symbol, self._observations_title())),
        )

    def _next_due(self, last: Report) -> Gap:
        held = last.concluding_observations.symbol if last.concluding_observations else None
        symbol = held or self._symbol_of_observations(last)
        numbers = ("--numbers", NUMBERS) if held and not last.numbers else ()
        again = ("--again", f"{DAY}, {NUMBERS}") if numbers else _AGAIN
        told = ("--asserted-by", "committee", "--paragraph", NUMBER, "--treaty", last.treaty)
        spoken = ("--as-of", str(self._adopted(last)))
        return self._gap(
            "next-due",
            f"Which date did {self._observations(last)} set for the next report?",
            self._document(symbol, held, _OBSERVATIONS),
            ("next-due", DAY, *again, *told, *numbers, *self._source(symbol, self._observations_title()), *spoken),
        )

    def _list(self, owed: Obligation) -> Gap:
        symbol = self._symbol("CRC", "QPR/", owed.report.numbers)
        return self._gap(
            "list",
            "Was a list of issues prior to reporting issued, and by which day does it ask for the reply?",
            self._document(symbol, None, "the first page: its day; the first paragraph: the day of the reply"),
            self._loipr(DAY, symbol),
        )

    def _reply_date(self, loipr: ListOfIssuesPriorToReporting) -> Gap:
        symbol = loipr.symbol or self._symbol("CRC", "QPR/", loipr.numbers)
        named = f"the list of issues prior to reporting of {in_words(loipr.adopted)}"
        return self._gap(
            "list",
            f"By which day does {named} ask for the reply?",
            self._document(symbol, loipr.symbol, "the first paragraph: the day of the reply"),
            self._loipr(str(loipr.adopted), symbol),
        )

    def _loipr(self, adopted: str, symbol: str) -> tuple[str, ...]:
        source = (*self._source(symbol, self._list_title()), "--as-of", adopted)
        return ("loipr", adopted, "--symbol", symbol, "--replies-by", DAY, *source)

    def _number(self, last: Report) -> Gap:
        """The document is proposed by the symbol that its report leads to expect; the symbol itself must be read."""
        symbol, to_fill_in = self._symbol_of_observations(last), self._symbol(last.treaty, "CO/", None)
        session = ("--session", str(last.review.session)) if last.review else ()
        return self._gap(
            "number",
            f"What is the symbol of {self._observations(last)}? It gives the number of the report.",
            self._document(symbol, None, _NUMBER),
            ("observations", to_fill_in, *session, *self._source(symbol, self._observations_title())),
        )

    def _act(self, kind: GapKind, question: str, fact: str) -> Gap:
        day = self._position.as_of
        title, publisher = "Status of treaties, chapter IV-11-c (OPSC)", "United Nations Treaty Collection"
        page = ("--source", f"UNTC-{day}", "--title", title, "--publisher", publisher, "--kind", "depositary")
        return self._gap(
            kind,
            question,
            Reference(symbol=None, is_on_record=False, address=DEPOSITARY, look_for=_STATUS),
            (fact, DAY, *page, "--url", DEPOSITARY, "--as-of", str(day)),
        )

    # ── building a gap ────────────────────────────────────────────────────────────────────

    def _gap(self, kind: GapKind, question: str, document: Reference, arguments: tuple[str, ...]) -> Gap:
        fact, *others = arguments
        return Gap(
            iso3=self._position.iso3,
            name=self._position.name,
            region=self._position.region,
            kind=kind,
            question=question,
            document=document,
            record=("record", self._position.iso3, fact, *others),
        )

    def _document(self, symbol: str, held: str | None, look_for: str) -> Reference:
        """A document by its symbol: at the address on record, otherwise at undocs.org."""
        is_whole = NUMBERS not in symbol
        _, source = self._known.document(symbol) or ("", None)
        return Reference(
            symbol=symbol,
            is_on_record=held is not None,
            address=_address(symbol, source) if is_whole else None,
            look_for=look_for,
            read=source.read if source else None,
            part_read=source.part_read if source else None,
        )

    def _source(self, symbol: str, title: str) -> tuple[str, ...]:
        """The options that cite the document as the source: by its id, if it is on record."""
        if found := self._known.document(symbol):
            return ("--source", found[0])
        options = ("--title", title, "--publisher", "United Nations", "--kind", "document", "--source-symbol", symbol)
        return (*options, "--url", _address(symbol, None))

    def _symbol(self, treaty: str, kind: str, numbers: tuple[int, ...] | None) -> str:
        series = "CRC/C/" if treaty == "CRC" else f"CRC/C/{treaty}/"
        return f"{series}{self._position.iso3}/{kind}{short_numbers(numbers) if numbers else NUMBERS}"

    def _symbol_of_observations(self, last: Report) -> str:
        return self._symbol(last.treaty, "CO/", last.numbers)

    def _adopted(self, last: Report) -> date:
        adopted = adoption_day(last, self._known.closings)
        assert adopted, "a review counts from the adoption of its observations"
        return adopted

    def _observations(self, last: Report) -> str:
        return f"the concluding observations of {in_words(self._adopted(last))}"

    def _observations_title(self) -> str:
        return f"Concluding observations on the report of {self._position.name}"

    def _list_title(self) -> str:
        return f"List of issues prior to the report of {self._position.name}"

    def _lists_without_a_date(self, last: Report) -> Iterator[ListOfIssuesPriorToReporting]:
        since = self._adopted(last)
        for loipr in self._position.answer.known.lists_of_issues_prior_to_reporting:
            if loipr.due is None and last_day(loipr.adopted) > since:
                yield loipr


def _address(symbol: str, source: Source | None) -> str:
    return (source.url if source else None) or f"{UNDOCS}{symbol}"


def _by(due: Dated) -> str:
    return f"on {in_words(due.last)}" if due.is_day else f"between {in_words(due.first)} and {in_words(due.last)}"


def _words(day: date | None) -> str:
    return in_words(day) if day else "a day not on record"
