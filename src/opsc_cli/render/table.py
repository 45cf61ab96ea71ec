"""Results for a terminal, with Rich. Colour only repeats what the words say."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.text import Text

from opsc_cli.answers.audit import Mismatch
from opsc_cli.answers.position import Owed, Position
from opsc_cli.answers.stats import Region, Totals, YearTotals
from opsc_cli.forecast.backtest import Backtest
from opsc_cli.forecast.backtest_states import FIRST, LAST, StateScores
from opsc_cli.forecast.forecast import Forecast
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.plan import Plan
from opsc_cli.forecast.slots import SLOTS_A_YEAR
from opsc_cli.law.standing import LATE, Obligation
from opsc_cli.record.dates import in_words
from opsc_cli.render.grid import Row, grid
from opsc_cli.render.screen import Screen, drawn, printed
from opsc_cli.render.sheet import STYLES, moment, sheet_of
from opsc_cli.render.words import in_a_sentence, sentence

_ROOM_FOR_TWO = 70
"""Columns from which two short tables stand side by side."""

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
    late = sum(1 for p in positions if p.is_late)
    caption = f"{len(positions)} States, {late} with a report that stands as {', '.join(LATE)}"
    rows = (row for position in positions for row in _overview_rows(position))
    return printed([grid(("State", "Report", "When", "Standing"), rows, screen.width), Text(caption)], screen)


def _overview_rows(position: Position) -> Iterable[Row]:
    name = f"{position.name} ({position.iso3})"
    if not position.owed:
        yield name, f"none owed: {position.status}", "", position.standing
    for owed in position.owed:
        obligation = owed.obligation
        standing = Text(obligation.standing, style=STYLES.get(obligation.standing, ""))
        yield name, obligation.report.name, moment(obligation.due), standing


def sessions(
    meetings: Iterable[Meeting], reviewed: Sequence[Mapping[str, Any]], names: Mapping[str, str], screen: Screen
) -> str:
    """`opsc sessions` as a person reads it; the States that `reviewed` sessions reviewed stand below."""
    rows = (
        (
            meeting.label if meeting.kind == "session" else f"  pre-session {meeting.number or meeting.label}",
            str(meeting.opens or "not on record"),
            str(meeting.closes or "not on record"),
            meeting.status,
            meeting.place or "",
        )
        for meeting in meetings
    )
    table = grid(("Meeting", "Opens", "Closes", "Status", "Place"), rows, screen.width)
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
    lists = [_series(series, screen)] if series else _years(years, screen)
    head = Text(f"On {in_words(totals.on)}", style="bold")
    return printed([head, *_counts(totals, screen), _regions(regions, screen), *lists], screen)


def _counts(totals: Totals, screen: Screen) -> Iterable[RenderableType]:
    """The States by what they did, and beside it, or below on a narrow terminal, by standing."""
    left = [
        ("instruments deposited", totals.deposits),
        ("party (in force)", totals.in_force),
        ("pending", totals.pending),
        ("signatures ever made", totals.signatures),
        ("signatory only", totals.signatory_only),
        ("neither", totals.none),
        ("with a late report", totals.late),
    ]
    acts = [(name, str(n)) for name, n in left]
    standings = [
        (name, str(n), str(totals.reports_by_standing.get(name, ""))) for name, n in totals.by_standing.items()
    ]
    of_acts, of_standings = ("", "States"), ("by standing", "States", "reports")
    numbers = ("States", "reports")
    if screen.width < _ROOM_FOR_TWO:
        yield grid(of_acts, acts, screen.width, right=numbers)
        yield grid(of_standings, standings, screen.width, right=numbers)
        return
    both = zip_longest(acts, standings, fillvalue=None)
    beside = ((*(act or ("", "")), *(standing or ("", "", ""))) for act, standing in both)
    yield grid((*of_acts, *of_standings), beside, screen.width, right=numbers)


def _regions(regions: Mapping[str, Region], screen: Screen) -> RenderableType:
    counted = ("States", "deposited", "in force", "late")
    rows = (
        (name, str(region.states), str(region.deposits), str(region.in_force), str(region.late))
        for name, region in regions.items()
    )
    return grid(("UN regional group", *counted), rows, screen.width, right=counted)


def _years(years: Sequence[YearTotals], screen: Screen) -> Iterable[RenderableType]:
    """A bar for the instruments deposited in each year, and one for the initial reports received."""
    most = max((max(y.deposits, y.initial_reports_received) for y in years), default=1) or 1
    room = max(8, min(most, (screen.width - 20) // 2 - 4))
    rows = (
        (str(year.year), _bar(year.deposits, most, room), _bar(year.initial_reports_received, most, room))
        for year in years
    )
    yield grid(("Year", "instruments deposited", "initial reports received"), rows, screen.width)
    yield Text("A report whose day of receipt is not on record stands in no year.")


def _bar(number: int, most: int, room: int) -> Text:
    eighths = round(number * room * 8 / most)
    bar = "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
    return Text(f"{bar} {number}" if number else "", no_wrap=True)


def _series(series: Sequence[Totals], screen: Screen) -> RenderableType:
    counted = ("deposited", "in force", "signatures", "late", "no record", "past term")
    rows = []
    for day in series:
        counts = (day.deposits, day.in_force, day.signatures, day.late)
        standings = (day.by_standing["past-due-no-record"], day.by_standing["past-treaty-term"])
        rows.append((str(day.on), *map(str, (*counts, *standings))))
    return grid(("Day", *counted), rows, screen.width, right=counted)


def audit(mismatches: Sequence[Mismatch], screen: Screen) -> str:
    """`opsc audit` as a person reads it."""
    rows = (
        (
            m.about,
            m.subject,
            f"{m.computed} ({m.by})",
            f"{m.published} ({', '.join(m.published_sources)})",
            m.explained or Text("no explanation on record", style="bold red"),
        )
        for m in mismatches
    )
    unexplained = sum(1 for m in mismatches if m.explained is None)
    caption = f"{len(mismatches)} differences, {unexplained} without an explanation"
    table = grid(("What", "Of", "Computed", "Published", "Explained"), rows, screen.width)
    return printed([table, Text(caption)], screen)


def sources(position: Position, found: Sequence[Mapping[str, Any]], screen: Screen) -> str:
    """`opsc sources` as a person reads it."""
    rows = ((source["id"], _what_it_is(source), "; ".join(source["behind"])) for source in found)
    table = grid(("Source", "What it is", "What rests on it"), rows, screen.width)
    return printed([Text(position.name, style="bold"), table], screen)


def _what_it_is(source: Mapping[str, Any]) -> str:
    read_at = f"read at {source['read_at']}" if source["read_at"] else None
    where = ", ".join(place for place in (source["symbol"], source["url"], read_at) if place)
    return f"{source['title']}. {source['publisher']}. {where}"


def forecast(found: Forecast, screen: Screen) -> str:
    """`opsc forecast` as a person reads it: the sentence, and a bar for each session that past cases speak of."""
    told = Text(f"Pre-session and session: {in_a_sentence(found)}.")
    if not found.spread:
        return printed([told], screen)
    inside = _within_range(found)
    chances = _by_label(found)
    first = found.session.earliest.opens_by
    before = {m.label for m, _ in found.spread if m.opens_by < first}
    shown = {label: chance for label, chance in chances.items() if label in inside}
    if sooner := sum(chance for label, chance in chances.items() if label in before):
        shown = {"sooner": sooner, **shown}
    if later := sum(chance for label, chance in chances.items() if label not in inside | before):
        shown = {**shown, "later": later}
    most, rows = max(shown.values()), []
    for label, chance in shown.items():
        bar = ("█" if label in inside else "░") * max(1, round(chance / most * max(8, screen.width - 56)))
        mark = "likely" if label == found.session.likely.label else ""
        rows.append((label, Text(f"{bar} {chance:.0%}", no_wrap=True), mark))
    table = grid(("Session", "Chance, as past cases turned out", ""), rows, screen.width)
    caption = f"█ within the range for a nominal {found.nominal_coverage:.0%}, ░ outside it"
    return printed([told, table, Text(caption)], screen)


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
    counted = ("n", "covered", "median", "mean error", "width", "plain rule", "median of all")
    rows: list[Row | None] = []
    for group in ((found.at_receipt,), found.by_procedure, found.by_era, found.by_sessions_ahead):
        for score in group:
            errors = (score.median_error, score.mean_error, score.mean_width, score.plain_mean_error)
            cells = (f"{value:.1f}" for value in (*errors, score.median_of_all_mean_error))
            rows.append((score.of, str(score.n), f"{score.coverage:.0%}", *cells))
        rows.append(None)
    caption = (
        f"nominal {found.nominal_coverage:.0%}; errors and widths in sessions; {found.left_out} reports left out,"
        " received when too few reviews were known"
    )
    reports = grid(("Reports", *counted), rows, screen.width, right=counted)
    return printed([reports, Text(caption), Text(""), *_next_reviews(found.states, screen)], screen)


def _next_reviews(found: StateScores, screen: Screen) -> Iterable[RenderableType]:
    counted = ("n", "covered", "mean error", "width", "Brier", "log score", "5 years", "8 years")
    rows: list[Row | None] = []
    for group in ((found.all,), found.by_era, found.by_knowledge):
        for score in group:
            errors = (f"{rule.error:.1f}" for rule in score.rules)
            scores = (f"{score.brier:.3f}", f"{score.log_score:.2f}")
            range_of = (f"{score.coverage:.0%}", f"{score.error:.1f}", f"{score.median_width:.0f}")
            rows.append((score.of, str(score.n), *range_of, *scores, *errors))
        rows.append(None)
    yield grid(("States", *counted), rows, screen.width, right=counted)
    deciles = " ".join(f"{share:.2f}" for share in found.all.deciles)
    yield Text(
        f"{found.states} States, each forecast at the end of every slot from {FIRST // SLOTS_A_YEAR} to"
        f" {LAST // SLOTS_A_YEAR}; errors and widths in sessions; by each decile had come: {deciles}"
    )
    columns = ("n", "forecast", "observed", "Brier")
    horizons = [
        (f"within {w.slots} sessions", str(w.n), f"{w.forecast:.2f}", f"{w.observed:.2f}", f"{w.brier:.3f}")
        for w in found.within
    ]
    yield grid(("Horizon", *columns), horizons, screen.width, right=columns)


def plans(position: Position, found: Sequence[Plan], without: Sequence[Obligation], screen: Screen) -> str:
    """`opsc plan` as a person reads it, with the reason where there is nothing to plan for."""
    reasons = [Text(f"No plan for the {o.report.name}: {o.standing_because}.") for o in without]
    if not found and not without:
        reasons = [Text(f"No plan: {sentence(position)}")]
    return printed((*(part for plan in found for part in _plan(position, plan, screen)), *reasons), screen)


def _plan(position: Position, plan: Plan, screen: Screen) -> Iterable[RenderableType]:
    yield Text(f"{position.name}: {plan.report}", style="bold")
    yield Text(f"Pre-session and session: {in_a_sentence(plan.forecast)}.")
    rows = []
    for submission in plan.submissions:
        by = in_words(submission.by) if submission.by else "no date"
        sure = f"{submission.certainty.value}: " if submission.certainty else ""
        rows.append((submission.what, by, submission.meeting.label, f"{sure}{submission.because}"))
    yield grid(("Send", "by", "for the meeting of", "how sure"), rows, screen.width, lines=box.ROUNDED)
    for line in (*plan.form, *plan.notes):
        yield Text(f"- {line}")
    yield Text("")


def data(found: Mapping[str, Any], screen: Screen) -> str:
    """`opsc data` as a person reads it."""
    words = {"parties": "who is a party", "committee": "the Committee's work"}
    rows = ((words[end["part"]], end["ends"], str(end["age_days"])) for end in found["ends"])
    table = grid(("Record of", "ends on", "days ago"), rows, screen.width, right=("days ago",))
    counted = (f"{found[key]} {key.replace('_', '-')}" for key in ("states", "sessions", "pre_sessions", "sources"))
    head = Text(f"Data {found['version']}", style="bold")
    return printed([head, table, Text(", ".join(counted).capitalize() + ".")], screen)


def plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], screen: Screen) -> str:
    """Chosen columns as they are."""
    cells = (["" if row[column] is None else str(row[column]) for column in columns] for row in rows)
    return printed([grid(columns, cells, screen.width)], screen)
