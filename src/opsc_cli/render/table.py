"""Results for a terminal, with Rich. Colour only repeats what the words say."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from opsc_cli.audit import Mismatch
from opsc_cli.backtest import Backtest
from opsc_cli.dates import in_words
from opsc_cli.forecast import Forecast
from opsc_cli.meetings import Meeting
from opsc_cli.obligations import LATE, Obligation
from opsc_cli.planning import Plan
from opsc_cli.position import Owed, Position
from opsc_cli.render.screen import Screen, drawn, printed
from opsc_cli.render.sentence import in_a_sentence, sentence
from opsc_cli.render.sheet import STYLES, moment, sheet_of
from opsc_cli.statistics import Region, Totals, YearTotals

_ONE_BY_ONE = 5
"""Up to so many States are shown one by one; more in one table."""


def due(positions: Sequence[Position], screen: Screen) -> str:
    """`opsc due` as a person reads it: a few States one by one, many in one table."""
    if len(positions) > _ONE_BY_ONE:
        return overview(positions, screen)
    return drawn(sheet_of(positions), screen)


def overview(positions: Sequence[Position], screen: Screen) -> str:
    """One table of all the States."""
    if not positions:
        return "No State matches.\n"
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
            standing = Text(obligation.standing, style=STYLES.get(obligation.standing, ""))
            name = f"{position.name} ({position.iso3})"
            table.add_row(name, obligation.report.name, moment(obligation.due), standing)
    late = sum(1 for p in positions if p.is_late)
    table.caption = f"{len(positions)} States, {late} with a report that stands as {', '.join(LATE)}"
    return printed([table], screen)


def sessions(
    meetings: Iterable[Meeting], reviewed: Sequence[Mapping[str, Any]], names: Mapping[str, str], screen: Screen
) -> str:
    """`opsc sessions` as a person reads it; the States that `reviewed` sessions reviewed stand below."""
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
    lists = (text for session in reviewed for text in _reviewed(session, names))
    return printed([table, *lists], screen)


def _reviewed(session: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[Text]:
    by_report: dict[str, list[str]] = {}
    for review in session["reviews"]:
        concluded = "" if review["outcome"] == "reviewed" else f" ({review['outcome']})"
        by_report.setdefault(review["report"], []).append(names[review["iso3"]] + concluded)
    if not by_report:
        yield Text("No review on record.")
    for report, states in sorted(by_report.items()):
        yield Text.assemble((f"{report}: ", "bold"), "; ".join(states))


def stats(
    totals: Totals,
    regions: Mapping[str, Region],
    years: Sequence[YearTotals],
    series: Sequence[Totals],
    screen: Screen,
) -> str:
    """`opsc stats` as a person reads it: the totals, the regions, and the years as bars."""
    parts: list[RenderableType] = [_counts(totals), _regions(regions)]
    return printed([*parts, _series(series) if series else _years(years, screen)], screen)


def _counts(totals: Totals) -> Table:
    table = Table(title=f"On {in_words(totals.on)}", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("")
    table.add_column("States", justify="right")
    table.add_column("by standing")
    table.add_column("States", justify="right")
    table.add_column("reports", justify="right")
    left = [
        ("instruments deposited", totals.deposits),
        ("party (in force)", totals.in_force),
        ("pending", totals.pending),
        ("signatures ever made", totals.signatures),
        ("signatory only", totals.signatory_only),
        ("neither", totals.none),
        ("with a late report", totals.late),
    ]
    right = [(name, n, totals.reports_by_standing.get(name)) for name, n in totals.by_standing.items()]
    for row, of in zip_longest(left, right, fillvalue=None):
        name, number = row or ("", "")
        standing, states, reports = of or ("", "", "")
        table.add_row(name, str(number), standing, str(states), "" if reports is None else str(reports))
    return table


def _regions(regions: Mapping[str, Region]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("UN regional group", "States", "deposited", "in force", "late"):
        table.add_column(title, justify="left" if title.startswith("UN") else "right")
    for name, region in regions.items():
        table.add_row(name, str(region.states), str(region.deposits), str(region.in_force), str(region.late))
    return table


def _years(years: Sequence[YearTotals], screen: Screen) -> Table:
    """A bar for the instruments deposited in each year, and one for the initial reports received."""
    most = max((max(y.deposits, y.initial_reports_received) for y in years), default=1) or 1
    room = max(8, min(most, (screen.width - 20) // 2 - 4))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("Year")
    table.add_column("instruments deposited", no_wrap=True)
    table.add_column("initial reports received", no_wrap=True)
    for year in years:
        table.add_row(
            str(year.year),
            _bar(year.deposits, most, room),
            _bar(year.initial_reports_received, most, room),
        )
    table.caption = "A report whose day of receipt is not on record stands in no year."
    return table


def _bar(number: int, most: int, room: int) -> str:
    eighths = round(number * room * 8 / most)
    bar = "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
    return f"{bar} {number}" if number else ""


def _series(series: Sequence[Totals]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("Day", "deposited", "in force", "signatures", "late", "no record", "past term"):
        table.add_column(title, justify="left" if title == "Day" else "right")
    for day in series:
        counts = (day.deposits, day.in_force, day.signatures, day.late)
        standings = (day.by_standing["past-due-no-record"], day.by_standing["past-treaty-term"])
        table.add_row(str(day.on), *map(str, (*counts, *standings)))
    return table


def audit(mismatches: Sequence[Mismatch], screen: Screen) -> str:
    """`opsc audit` as a person reads it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("What", "Of", "Computed", "Published", "Explained"):
        table.add_column(title, overflow="fold")
    for m in mismatches:
        explained = m.explained or Text("no explanation on record", style="bold red")
        published = f"{m.published} ({', '.join(m.published_sources)})"
        table.add_row(m.about, m.subject, f"{m.computed} ({m.by})", published, explained)
    unexplained = sum(1 for m in mismatches if m.explained is None)
    table.caption = f"{len(mismatches)} differences, {unexplained} without an explanation"
    return printed([table], screen)


def sources(position: Position, found: Sequence[Mapping[str, Any]], screen: Screen) -> str:
    """`opsc sources` as a person reads it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), title=position.name, title_justify="left")
    for title in ("Source", "What it is", "What rests on it"):
        table.add_column(title, overflow="fold", ratio=1 if title == "Source" else 2)
    for source in found:
        read_at = f"read at {source['read_at']}" if source["read_at"] else None
        where = ", ".join(place for place in (source["symbol"], source["url"], read_at) if place)
        table.add_row(source["id"], f"{source['title']}. {source['publisher']}. {where}", "; ".join(source["behind"]))
    return printed([table], screen)


def forecast(found: Forecast, screen: Screen) -> str:
    """`opsc forecast` as a person reads it: the sentence, and a bar for each session to come."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("Session", "Chance, as past cases turned out", ""):
        lines.add_column(title, overflow="fold")
    inside = _within_range(found)
    most = max(_by_label(found).values())
    after = [label for label in _by_label(found) if label not in inside]
    later = sum(_by_label(found)[label] for label in after)
    shown = {label: chance for label, chance in _by_label(found).items() if label in inside}
    for label, chance in {**shown, **({"later": later} if later else {})}.items():
        bar = "█" if label in inside else "░"
        mark = "likely" if label == found.session.likely.label else ""
        lines.add_row(label, f"{bar * max(1, round(chance / most * max(8, screen.width - 56)))} {chance:.0%}", mark)
    lines.caption = f"█ within the range for a nominal {found.nominal_coverage:.0%}, ░ outside it"
    return printed([Text(f"Pre-session and session: {in_a_sentence(found)}."), lines], screen)


def forecasts(positions: Sequence[Position], screen: Screen) -> str:
    """`opsc forecast STATE`: the picture for each report that a forecast can be given for."""
    parts: list[str] = []
    for position in positions:
        for owed in position.owed:
            head = f"{position.name}: {owed.obligation.report.name}, {owed.obligation.standing}"
            parts.append(printed([Text(head, style="bold")], screen))
            parts.append(forecast(owed.forecast, screen) if owed.forecast else _no_forecast(owed, screen))
        if not position.owed:
            parts.append(printed([Text(sentence(position))], screen))
    return "".join(parts)


def _no_forecast(owed: Owed, screen: Screen) -> str:
    why = owed.obligation.standing_because
    return printed([Text(f"No forecast: there is no day to start from ({why}).\n")], screen)


def _by_label(found: Forecast) -> dict[str, float]:
    chances: dict[str, float] = {}
    for meeting, chance in found.spread:
        chances[meeting.label] = chances.get(meeting.label, 0.0) + chance
    return chances


def _within_range(found: Forecast) -> set[str]:
    first, last = found.session.earliest.opens_by, found.session.latest.opens_by
    return {meeting.label for meeting, _ in found.spread if first <= meeting.opens_by <= last}


def backtest(found: Backtest, screen: Screen) -> str:
    """`opsc forecast --backtest` as a person reads it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for title in ("Reports", "n", "covered", "median", "mean error", "width", "plain rule", "median of all"):
        table.add_column(title, justify="left" if title == "Reports" else "right")
    for group in ((found.at_receipt,), found.by_procedure, found.by_era, found.by_sessions_ahead):
        for score in group:
            errors = (score.median_error, score.mean_error, score.mean_width, score.plain_mean_error)
            cells = (f"{value:.1f}" for value in (*errors, score.median_of_all_mean_error))
            table.add_row(score.of, str(score.n), f"{score.coverage:.0%}", *cells)
        table.add_section()
    table.caption = (
        f"nominal {found.nominal_coverage:.0%}; errors and widths in sessions; {found.left_out} reports left out,"
        " received when too few reviews were known"
    )
    return printed([table], screen)


def plans(position: Position, found: Sequence[Plan], without: Sequence[Obligation], screen: Screen) -> str:
    """`opsc plan` as a person reads it, with the reason where there is nothing to plan for."""
    reasons = [Text(f"No plan for the {o.report.name}: {o.standing_because}.") for o in without]
    if not found and not without:
        reasons = [Text(f"No plan: {sentence(position)}")]
    return printed((*(part for plan in found for part in _plan(position, plan)), *reasons), screen)


def _plan(position: Position, plan: Plan) -> Iterable[RenderableType]:
    yield Text(f"{position.name}: {plan.report}", style="bold")
    yield Text(f"Pre-session and session: {in_a_sentence(plan.forecast)}.")
    table = Table(box=box.ROUNDED, padding=(0, 1))
    for title in ("Send", "by", "for the meeting of", "how sure"):
        table.add_column(title, overflow="fold")
    for submission in plan.submissions:
        by = in_words(submission.by) if submission.by else "no date"
        sure = f"{submission.certainty.value}: " if submission.certainty else ""
        table.add_row(submission.what, by, submission.meeting.label, f"{sure}{submission.because}")
    yield table
    for line in (*plan.form, *plan.notes):
        yield Text(f"- {line}")
    yield Text("")


def data(found: Mapping[str, Any], screen: Screen) -> str:
    """`opsc data` as a person reads it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), title=f"Data {found['version']}", title_justify="left")
    for title in ("Record of", "ends on", "days ago"):
        table.add_column(title, justify="right" if title == "days ago" else "left")
    words = {"parties": "who is a party", "committee": "the Committee's work"}
    for end in found["ends"]:
        table.add_row(words[end["part"]], end["ends"], str(end["age_days"]))
    counted = (f"{found[key]} {key.replace('_', '-')}" for key in ("states", "sessions", "pre_sessions", "sources"))
    return printed([table, Text(", ".join(counted).capitalize() + ".")], screen)


def plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], screen: Screen) -> str:
    """Chosen columns as they are."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else str(row[column])) for column in columns))
    return printed([table], screen)
