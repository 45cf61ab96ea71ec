"""Results for a terminal, with Rich. Colour only repeats what the words say."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from opsc_cli.authority import Answer, Certainty, DateAwaited, NotEstablished, ReasonedDate, Window
from opsc_cli.dates import in_words
from opsc_cli.meetings import Meeting, ordinal
from opsc_cli.obligations import LATE, is_received, is_reviewed
from opsc_cli.position import InitialReport, Owed, Position
from opsc_cli.render.sentence import sentence

_STYLES = {"overdue": "bold red", "past-due-no-record": "red", "past-treaty-term": "yellow", "upcoming": "green"}

_ONE_BY_ONE = 5
"""Up to so many States are shown one by one; more in one table."""


def due(positions: Sequence[Position], *, width: int, colour: bool) -> str:
    """`opsc due` as a person reads it."""
    if len(positions) > _ONE_BY_ONE:
        return _printed([_overview(positions)], width=width, colour=colour)
    return _printed((part for p in positions for part in _state(p)), width=width, colour=colour)


def _state(position: Position) -> Iterable[RenderableType]:
    yield Text(sentence(position), style="bold")
    yield Text(_bound(position))
    if position.initial_report:
        yield Text(_initial(position.initial_report))
    for owed in position.owed:
        yield _report(owed)
    for note in position.notes:
        yield Text(f"Note: {note}", style="dim")
    yield Text("")


def _bound(position: Position) -> str:
    if position.instrument is None:
        return f"Status on {in_words(position.as_of)}: {position.status}."
    in_force = f"entry into force {moment(position.entry_into_force)}" if position.entry_into_force else ""
    return f"Status on {in_words(position.as_of)}: {position.status}, by {position.instrument.kind}; {in_force}."


def _initial(initial: InitialReport) -> str:
    due = f"Initial report under the OPSC: due {moment(initial.due)}"
    record = initial.record
    if not record or not is_received(record):
        return f"{due}; no submission on record."
    received = f"received {in_words(record.submitted)}" if record.submitted else "received on a day not on record"
    if is_reviewed(record) and record.review:
        return f"{due}; {received}; reviewed at the {ordinal(record.review.session)} session."
    return f"{due}; {received}; no review on record."


def _report(owed: Owed) -> Table:
    obligation = owed.obligation
    table = Table(box=box.ROUNDED, show_header=False, padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Report", obligation.report.name)
    table.add_row(
        "Treaty term" if obligation.due.authority.short.startswith("CRC art. 44") else "Due", moment(obligation.due)
    )
    table.add_row("Standing", _standing(owed))
    table.add_row("Article", f"{obligation.due.authority.short}: {obligation.due.because}")
    table.add_row("Certainty", _certainty(obligation.due))
    for displaced in obligation.displaced:
        table.add_row("Displaced", f"{moment(displaced)}, by {displaced.authority.short}")
    if owed.plain_rule:
        rule = owed.plain_rule
        leads = f", for the session of {rule.session.label}" if rule.session else ""
        table.add_row("Pre-session", f"{rule.pre_session.label}{leads} ({rule.certainty.value}): {rule.basis}")
    cited = dict.fromkeys((*obligation.report.sources, *obligation.due.sources))
    table.add_row("Sources", ", ".join(cited) or "none: the record is silent")
    return table


def _standing(owed: Owed) -> Text:
    obligation = owed.obligation
    text = Text(obligation.standing, style=_STYLES.get(obligation.standing, ""))
    if obligation.days_late or obligation.days_past:
        text.append(f", {obligation.days_late or obligation.days_past:,} days ago", style="default")
    return text.append(f": {obligation.standing_because}", style="default")


def _certainty(answer: Answer) -> str:
    words = {
        Certainty.TREATY: "treaty: computed from the treaty's text and the depositary's dates",
        Certainty.COMMITTEE_SET: "committee-set: written down by the Committee or its secretariat",
        Certainty.PRACTICE: "practice: a pattern of the Committee, or a fact known only from an announcement",
        Certainty.PROJECTION: "projection: our own estimate",
    }
    return words[answer.certainty] if answer.certainty else "none: the record cannot tell"


def moment(answer: Answer) -> str:
    """An answer to "when?" in a few words."""
    match answer:
        case ReasonedDate():
            return in_words(answer.day)
        case Window():
            return f"between {in_words(answer.earliest)} and {in_words(answer.latest)}"
        case DateAwaited():
            return "date awaited: the Committee will communicate it"
        case NotEstablished():
            return "not established"


def _overview(positions: Sequence[Position]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("State", overflow="fold")
    table.add_column("Report", overflow="fold")
    table.add_column("When", overflow="fold")
    table.add_column("Standing", overflow="fold")
    for position in positions:
        if not position.owed:
            table.add_row(f"{position.name} ({position.iso3})", f"none owed: {position.status}", "", position.standing)
        for owed in position.owed:
            obligation = owed.obligation
            standing = Text(obligation.standing, style=_STYLES.get(obligation.standing, ""))
            name = f"{position.name} ({position.iso3})"
            table.add_row(name, obligation.report.name, moment(obligation.due), standing)
    late = sum(1 for p in positions if p.is_late)
    table.caption = f"{len(positions)} States, {late} with a report that stands as {', '.join(LATE)}"
    return table


def sessions(meetings: Iterable[Meeting], *, width: int, colour: bool) -> str:
    """`opsc sessions` as a person reads it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("Meeting", "Opens", "Closes", "Status", "Place"):
        table.add_column(title, overflow="fold")
    for meeting in meetings:
        table.add_row(
            meeting.label if meeting.kind == "session" else f"  pre-session {meeting.number or meeting.label}",
            str(meeting.opens or "not on record"),
            str(meeting.closes or "not on record"),
            meeting.status,
            meeting.place or "",
        )
    return _printed([table], width=width, colour=colour)


def _printed(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
