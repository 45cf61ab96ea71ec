"""The commands of the panel "Ask": what States owe, when and why.

A body loads the dataset, asks a question, and shows the answer. It imports what it needs: an answer in a pipe does not
load what only a terminal needs.
"""

from datetime import date
from typing import Annotated, Any, Literal, get_args

from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.options import (
    Alarm,
    AllStates,
    Format,
    IfReceived,
    OneState,
    Request,
    States,
    Within,
    day_option,
    duration_of,
    with_shared_options,
)
from opsc_cli.cli.output import show
from opsc_cli.cli.resolve import chosen_states, resolved_alone
from opsc_cli.console import FINDINGS, USAGE, fail
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import Status
from opsc_cli.listed import Filters, begun_by
from opsc_cli.periods import shifted
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Region

Sort = Literal["name", "iso3", "due", "standing"]
Interval = Literal["day", "month", "year"]
Joining = Literal["ratification", "acceptance", "approval", "accession"]
"""The acts by which a State can become a party from now on."""

REGIONS: tuple[str, ...] = get_args(Region)


def _first_words() -> list[str]:
    """The prefixes that name a UN regional group in one word."""
    return [group.split()[0] for group in REGIONS]


def _region_of(text: str) -> str:
    """The UN regional group that `text` is, or is a prefix of."""
    matching = begun_by(text, REGIONS)
    if len(matching) == 1:
        return matching[0]
    from opsc_cli.cli.errors import checked

    return checked(text, REGIONS)


Group = Annotated[
    str | None,
    option(
        "--region",
        parser=_region_of,
        proposals=_first_words,
        metavar="GROUP",
        help=f"UN regional group, or a prefix of its name ({', '.join(_first_words())}).",
    ),
]
LateBy = Annotated[
    Any,
    option(
        "--late-by", parser=duration_of, metavar="5y", help="A due date, not a treaty term, passed this long ago (5y)."
    ),
]


@with_shared_options()
def due(
    request: Request,
    states: States = None,
    all_states: AllStates = False,
    exit_code: Annotated[
        bool,
        option(
            "--exit-code",
            help="Exit with 1 if a report is late (overdue, past-due-no-record, past-treaty-term), or due --within.",
        ),
    ] = False,
    within: Within = None,
    if_received: IfReceived = None,
    alarm: Alarm = None,
) -> None:
    """Show which report a State owes next: due date, article, certainty and sources.

    Example: opsc due Austria
    Example: opsc due Österreich "Côte d’Ivoire" --lang fr
    Example: opsc due --all --format ics --alarm 90d -o opsc.ics
    Example: printf 'KE\\nUG\\n' | opsc due - --fields name,due_date,standing
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import one_by_one, positions
    from opsc_cli.render.due import due_listing

    if within and not exit_code:
        fail(USAGE, "--within requires --exit-code; to list reports due soon, use `opsc states --within 12m`")
    chosen = chosen_states(states, all_states, dataset)
    asked = one_by_one(positions(dataset, day, chosen, if_received=if_received))
    show(due_listing(asked, alarms=alarm or ()), request, alarm=alarm)
    if not exit_code:
        return
    from opsc_cli.answers.states import rows_of

    soon = str(shifted(day, within)) if within else ""
    if any(p.answer.is_late or any(row.falls_due_by(soon) for row in rows_of(p)) for p in asked):
        raise SystemExit(FINDINGS)


@with_shared_options(without=("format",))
def explain(
    request: Request,
    states: States = None,
    all_states: AllStates = False,
    format: Annotated[
        Format | None,
        option(
            "--format",
            metavar="FORMAT",
            help="Output format (default: table, in a pipe too; with --fields, tsv in a pipe).",
        ),
    ] = None,
) -> None:
    """Show how each date is derived, step by step: article, dates, certainty and sources.

    Example: opsc explain Austria
    Example: opsc explain Nepal --as-of 2010-01-01
    Example: opsc explain NPL AUT --format csv -o steps.csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import one_by_one, positions
    from opsc_cli.render.explain import explain_listing

    asked = one_by_one(positions(dataset, day, chosen_states(states, all_states, dataset)))
    request.format = format
    show(explain_listing(asked, dataset.sources), request, in_a_pipe="tsv" if request.fields else "table")


@with_shared_options()
def states(
    request: Request,
    status: Annotated[
        Status | None, option("--status", metavar="STATUS", help="Only States with this status under the OPSC.")
    ] = None,
    standing: Annotated[
        Standing | None,
        option("--standing", metavar="STANDING", help="Only States with a report in this standing."),
    ] = None,
    region: Group = None,
    within: Within = None,
    late_by: LateBy = None,
    sort: Annotated[Sort, option("--sort", metavar="BY", help="Order of the States.")] = "name",
    alarm: Alarm = None,
) -> None:
    """List States, filtered by status, standing, region or due date.

    Example: opsc states --standing past-due-no-record --late-by 15y
    Example: opsc states --region African --within 2y --sort due
    Example: opsc states --status signatory -o signatories.csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.answers.states import selected
    from opsc_cli.render.due import due_listing

    wanted = Filters(
        status=status,
        standing=standing,
        region=region,
        within=str(shifted(day, within)) if within else None,
        late_since=str(shifted(day, late_by, -1)) if late_by else None,
    )
    asked = selected(positions(dataset, day, tuple(dataset.states)), wanted, sort)
    show(due_listing(asked, overview=True, alarms=alarm or ()), request, alarm=alarm)


@with_shared_options()
def sessions(
    request: Request,
    session: Annotated[
        str | None,
        argument(metavar="[SESSION]", help="A number, a year or next: with its States and submission dates."),
    ] = None,
    all_sessions: Annotated[
        bool, option("--all", help="Every session on record, and those projected for three years.")
    ] = False,
    since: Annotated[date | None, day_option("--since", "Sessions from this day on.")] = None,
    alarm: Alarm = None,
) -> None:
    """List the Committee's sessions and pre-sessional working groups: the last three held, and the next six.

    Example: opsc sessions next
    Example: opsc sessions 2027
    Example: opsc sessions 100
    Example: opsc sessions --all --format ics -o sessions.ics
    """
    if (session is not None) + all_sessions + (since is not None) > 1:
        fail(USAGE, "a session, --all and --since contradict each other; use one of them")
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.sessions import reviews_by_session
    from opsc_cli.render.sessions import sessions_listing

    meetings, details = _meetings(dataset, day, session, since, all_sessions)
    reviews, known = reviews_by_session(dataset, day), dataset.sources
    listing = sessions_listing(meetings, reviews, dataset.names, details, sources=known, alarms=alarm or ())
    show(listing, request, alarm=alarm)


def _meetings(dataset: Dataset, day: date, session: str | None, since: date | None, every: bool) -> tuple[Any, Any]:
    """The meetings asked about, and what is known of a session that is asked for by itself."""
    from opsc_cli.answers import sessions as answers
    from opsc_cli.forecast.meetings import calendar

    if session is not None:
        from opsc_cli.forecast.outlook import Outlook

        try:
            return answers.asked_for(session, Outlook(dataset, day))
        except answers.NoSuchSession as error:
            fail(USAGE, str(error))
    meetings = calendar(dataset.sessions, dataset.pre_sessions, day)
    if since:
        return answers.since(meetings, since), ()
    return meetings if every else answers.recent(meetings, day), ()


@with_shared_options()
def stats(
    request: Request,
    since: Annotated[
        date | None, day_option("--since", "Also give the totals for each day, month or year from this day on.")
    ] = None,
    every: Annotated[Interval, option("--every", metavar="STEP", help="Interval for --since.")] = "month",
) -> None:
    """Count deposits, parties, signatures and standings, by region and year; with --since also over time.

    Example: opsc stats --as-of 2021-06-30
    Example: opsc stats --since 2020-01-01 --every year --format csv
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.stats import days_between, regions_on, totals_on, totals_over, years_until
    from opsc_cli.render.stats import stats_listing

    if since and since > day:
        fail(USAGE, f"--since {since} is later than {day}, the day of the answer; give an earlier day, or --as-of")
    series = tuple(totals_over(dataset, days_between(since, day, every))) if since else ()
    totals = totals_on(dataset, day)
    show(stats_listing(totals, regions_on(dataset, day), years_until(dataset, day), series), request)


@with_shared_options()
def timeline(request: Request, states: States = None, all_states: AllStates = False) -> None:
    """Show what happened and what is to come on a line of years, from the Convention to the last forecast.

    Example: opsc timeline Austria
    Example: opsc timeline Nepal India Bhutan
    Example: opsc timeline Austria --format svg -o austria.svg
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import one_by_one, positions
    from opsc_cli.answers.timeline import timelines
    from opsc_cli.render.timeline import timeline_listing

    asked = one_by_one(positions(dataset, day, chosen_states(states, all_states, dataset)))
    show(timeline_listing(timelines(asked, dataset)), request)


@with_shared_options()
def whatif(
    request: Request,
    state: OneState,
    deposit: Annotated[date, day_option("--deposit", "Day on which the State would deposit its instrument.")],
    act: Annotated[
        Joining | None,
        option(
            "--act", metavar="ACT", help="Kind of instrument (default: ratification after signature, else accession)."
        ),
    ] = None,
) -> None:
    """Show what would follow if a State became a party: entry into force, first report, likely pre-session.

    Example: opsc whatif Kenya --deposit 2027-03-01
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.whatif import NotPossible, supposing
    from opsc_cli.render.due import whatif_listing

    iso3 = resolved_alone(state, dataset)
    try:
        position = supposing(dataset, iso3, deposit, act, day)
    except NotPossible as error:
        fail(USAGE, str(error))
    show(whatif_listing(position), request, position.as_of)


@with_shared_options()
def sources(request: Request, state: OneState) -> None:
    """List every source behind the answer for a State, and what each one supports.

    Example: opsc sources Austria
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.render.sources import sources_listing

    (asked,) = positions(dataset, day, (resolved_alone(state, dataset),))
    show(sources_listing(asked, dataset.sources), request)
