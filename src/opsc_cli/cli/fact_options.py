"""The options of `opsc record` that say what a fact is and where it was read: the fields of a Fact."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

from opsc_cli.cli.declared import option
from opsc_cli.record.records import Count
from opsc_cli.record.state import NextReport
from opsc_cli.record.terms import Act, Asserter, Evidence, MeetingStatus, SourceKind

if TYPE_CHECKING:
    Who = str
    Counted = str
else:
    Who = Literal[tuple(dict.fromkeys((*get_args(get_type_hints(NextReport)["asserted_by"]), *get_args(Asserter))))]
    Counted = get_type_hints(Count)["of"]

_FACT, _SOURCE, _CHOICE = "The fact", "Its source", "If the check or the record contradicts it"
_DATE = "YYYY-MM-DD"


def _of(panel: str, name: str, help: str, metavar: str | None = None) -> Any:
    return option(name, help=help, metavar=metavar, panel=panel)


def _fact(name: str, help: str, metavar: str | None = None) -> Any:
    return _of(_FACT, name, help, metavar)


def _source(name: str, help: str, metavar: str | None = None) -> Any:
    return _of(_SOURCE, name, help, metavar)


@dataclass(kw_only=True)
class Given:
    """The fields of a Fact as options, besides the State, the fact and its value."""

    treaty: Annotated[
        Literal["OPSC", "CRC", "OPAC"] | None,
        _fact("--treaty", "Treaty (default: that of --symbol; CRC if --numbers is above 1; otherwise OPSC)."),
    ] = None
    numbers: Annotated[str, _fact("--numbers", "Number of the report, or a range.", "6-7")] = ""
    session: Annotated[str, _fact("--session", "Session that reviewed the report.", "NUMBER")] = ""
    symbol: Annotated[str, _fact("--symbol", "Symbol of the report, list or observations.", "CRC/C/…")] = ""
    evidence: Annotated[
        Evidence | None, _fact("--evidence", "How the review is known (default: by the kind of source).")
    ] = None
    replies_by: Annotated[str, _fact("--replies-by", "Day by which a list asks for replies.", _DATE)] = ""
    asserted_by: Annotated[Who | None, _fact("--asserted-by", "Who says so: for next-due and not-submitted.")] = None
    paragraph: Annotated[str, _fact("--paragraph", "Paragraph of the observations.", "NUMBER")] = ""
    covers: Annotated[str, _fact("--covers", "Treaties that a list prior to reporting asks about.", "CRC,OPSC")] = ""
    act: Annotated[Act | None, _fact("--act", "Kind of an instrument that is not on record yet.")] = None
    of: Annotated[Counted | None, _fact("--of", "What a total counts.")] = None
    on: Annotated[str, _fact("--on", "Day of a total.", _DATE)] = ""
    over_years: Annotated[str, _fact("--over-years", "Counted are reports overdue for more years.", "NUMBER")] = ""
    up_to_years: Annotated[str, _fact("--up-to-years", "Counted are reports overdue for at most these.", "NUMBER")] = ""
    opens: Annotated[str, _fact("--opens", "First day of a meeting.", _DATE)] = ""
    closes: Annotated[str, _fact("--closes", "Last day of a meeting.", _DATE)] = ""
    status: Annotated[MeetingStatus | None, _fact("--status", "Status of a meeting.")] = None
    place: Annotated[str, _fact("--place", "Where a session meets.", "TEXT")] = ""
    follows: Annotated[str, _fact("--follows", "Session that a working group follows.", "NUMBER")] = ""
    prepares: Annotated[str, _fact("--prepares", "Session that a working group prepares.", "NUMBER")] = ""
    known_on: Annotated[
        str, _fact("--known-on", "Day on which a programme or a change of plan was published.", _DATE)
    ] = ""
    checked: Annotated[str, _fact("--checked", "Day on which a meeting, and whom it reviewed, was checked.", _DATE)] = (
        ""
    )
    again: Annotated[str, _fact("--again", "The same day, read in the source a second time and typed anew.", _DATE)] = (
        ""
    )
    note: Annotated[str, _fact("--note", "What else the reader of the record should know.", "TEXT")] = ""
    source: Annotated[
        str, _source("--source", "Id of a recorded source; with the options below, of a new one.", "ID")
    ] = ""
    title: Annotated[str, _source("--title", "What it is called.", "TEXT")] = ""
    publisher: Annotated[str, _source("--publisher", "Who published it.", "TEXT")] = ""
    kind: Annotated[SourceKind | None, _source("--kind", "What kind of source it is.")] = None
    source_symbol: Annotated[str, _source("--source-symbol", "Symbol of the document that was read.", "CRC/C/…")] = ""
    url: Annotated[str, _source("--url", "Its address.", "URL")] = ""
    read_at: Annotated[str, _source("--read-at", "Where it was read, if elsewhere.", "TEXT")] = ""
    as_of: Annotated[str, _source("--as-of", "Last day, month or year that it covers.", _DATE)] = ""
    read: Annotated[str, _source("--read", "Day it was read (default: today, UTC).", _DATE)] = ""
    part_read: Annotated[
        str, _source("--part-read", "What of it was read, if not the whole: first page, paragraph 61.", "TEXT")
    ] = ""
    source_note: Annotated[str, _source("--source-note", "What else is to be known of it.", "TEXT")] = ""
    confirmed: Annotated[
        str, _of(_CHOICE, "--confirmed", "What makes the value sure; answers a warning.", "REASON")
    ] = ""
    disagreement: Annotated[
        str,
        _of(
            _CHOICE,
            "--disagreement",
            "Store it as a disagreement beside the recorded value; the reason to keep that value.",
            "REASON",
        ),
    ] = ""
    replace: Annotated[
        str,
        _of(_CHOICE, "--replace", "Replace the recorded value, which becomes a disagreement; the reason.", "REASON"),
    ] = ""
