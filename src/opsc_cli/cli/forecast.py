"""The commands that look ahead: `opsc forecast` and `opsc plan`."""

from datetime import date
from typing import Annotated, Any, Literal

from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.options import (
    Alarm,
    AllStates,
    IfReceived,
    Request,
    States,
    day_option,
    with_shared_options,
)
from opsc_cli.cli.output import show
from opsc_cli.cli.resolve import chosen_states, resolved_alone
from opsc_cli.console import USAGE, fail
from opsc_cli.record.terms import Treaty

OptionalState = Annotated[str | None, argument(metavar="[STATE]", help="ISO 3166 code, M49 code or name.")]
Received = Annotated[
    date | None, day_option(("--received", "--if-received"), "Day on which a report was or would be received.")
]
UnderTreaty = Annotated[
    Treaty | None,
    option(
        "--treaty",
        metavar="NAME",
        help="Treaty of that report, with --received (default: OPSC). The chances are the same under both.",
    ),
]
ByProcedure = Annotated[
    Literal["standard", "srp"] | None,
    option(
        "--procedure",
        metavar="NAME",
        help="Reporting procedure, with --received (default: the usual one on that day; srp: simplified).",
    ),
]
Listed = Annotated[
    date | None, day_option("--list-of-issues", "Day of the list of issues on that report, with --received.")
]
AtSession = Annotated[
    str | None,
    option(
        "--session",
        metavar="WHICH",
        help="States by their chance at a session: next, its month (2027-05), or its number once it is announced.",
    ),
]
EveryState = Annotated[bool, option("--all", help="Every State by its chance at the next session, or at --session.")]
Backtested = Annotated[bool, option("--backtest", help="Show how accurate the forecasts would have been in the past.")]


@with_shared_options()
def forecast(
    request: Request,
    state: OptionalState = None,
    received: Received = None,
    treaty: UnderTreaty = None,
    procedure: ByProcedure = None,
    list_of_issues: Listed = None,
    session: AtSession = None,
    all_states: EveryState = False,
    backtest: Backtested = False,
    alarm: Alarm = None,
) -> None:
    """Estimate when the Committee will next review a State, or a report received on a day: chances, range and basis.

    Example: opsc forecast Angola
    Example: opsc forecast --session next
    Example: opsc forecast --received 2021-08-03 --treaty OPSC
    Example: opsc forecast Iran --alarm 90d -o iran.ics
    """
    by_session = all_states or session is not None
    if sum((state is not None, by_session, backtest, received is not None and state is None)) != 1:
        fail(
            USAGE, "give one of: a State, --session, --all, --received, --backtest; for example: `opsc forecast Angola`"
        )
    if state is not None or received is None:
        _refuse({"--treaty": treaty, "--procedure": procedure, "--list-of-issues": list_of_issues})
    if backtest:
        listing = _backtest(request)
    elif by_session:
        listing = _by_session(request, session or "next", all_states)
    elif state:
        listing = _of_state(request, state, received, alarm or ())
    else:
        day = received or request.day
        listing = _of_report(request, day, treaty or "OPSC", procedure, list_of_issues, alarm or ())
    show(listing, request, alarm=alarm)


def _refuse(of_a_report: dict[str, object]) -> None:
    """Exits with 2 if an option describes a report received, and none is asked about by itself."""
    for name, value in of_a_report.items():
        if value is not None:
            fail(USAGE, f"{name} requires --received, and no State; for example: `opsc forecast --received 2021-08-03`")


def _of_report(
    request: Request, received: date, treaty: str, procedure: str | None, listed: date | None, alarms: tuple[int, ...]
) -> Any:
    from opsc_cli.forecast.forecast import Receipt
    from opsc_cli.forecast.forecast import forecast as forecast_of
    from opsc_cli.forecast.outlook import Outlook
    from opsc_cli.law.committee import SIMPLIFIED_FROM
    from opsc_cli.render.forecast import received_listing

    day = request.day
    if listed and not received <= listed <= day:
        fail(USAGE, f"--list-of-issues {listed}: expected a day from {received} (--received) to {day}")
    simplified = procedure == "srp" if procedure else min(received, day) >= SIMPLIFIED_FROM
    asked = Receipt(
        received=received,
        procedure="simplified" if simplified else "standard",
        listed=listed,
        assumed=received > day,
    )
    found = forecast_of(Outlook(request.dataset, day), asked)
    if found is None:
        why = f"no forecast is possible as of {day}: too few reviews were known, or --received is too far ahead"
        fail(USAGE, f"{why}; give another --as-of or --received")
    return received_listing(found, treaty, alarms=alarms)


def _backtest(request: Request) -> Any:
    from opsc_cli.forecast.backtest_states import TooFewReviews
    from opsc_cli.forecast.figures import figures_of
    from opsc_cli.render.backtest import backtest_listing

    try:
        return backtest_listing(figures_of(request.dataset))
    except TooFewReviews:
        fail(USAGE, "too few reviews are on record to measure forecasts; leave out --data to use the packaged dataset")


def _by_session(request: Request, called: str, whole: bool) -> Any:
    from opsc_cli.answers.ranking import ranking, session_called
    from opsc_cli.forecast.outlook import Outlook
    from opsc_cli.render.ranking import ranking_listing

    outlook = Outlook(request.dataset, request.day)
    session = session_called(outlook, called)
    if session is None:
        when = f"; `opsc sessions {called}` says in which month it may meet" if called.isdecimal() else ""
        months = "expected next, the month of a session to come (2027-05), or the number of one that is announced"
        fail(USAGE, f"--session {called!r}: {months}{when}")
    return ranking_listing(session, ranking(outlook, session), whole=whole)


def _of_state(request: Request, state: str, if_received: date | None, alarms: tuple[int, ...]) -> Any:
    from opsc_cli.answers.position import positions
    from opsc_cli.render.forecast import forecast_listing

    chosen = (resolved_alone(state, request.dataset),)
    (asked,) = positions(request.dataset, request.day, chosen, if_received=if_received)
    return forecast_listing(asked, if_received=if_received is not None, alarms=alarms)


@with_shared_options()
def plan(
    request: Request,
    states: States = None,
    all_states: AllStates = False,
    if_received: IfReceived = None,
    alarm: Alarm = None,
) -> None:
    """Plan submissions by NGOs, human rights institutions and children: every step to the next review, in order.

    Example: opsc plan Angola
    Example: opsc plan Angola Fiji --format csv -o plans.csv
    Example: opsc plan Angola --alarm 4w -o angola.ics
    """
    dataset, day = request.dataset, request.day
    chosen = chosen_states(states, all_states, dataset)
    from opsc_cli.answers.one_by_one import OneByOne
    from opsc_cli.answers.plan import planned
    from opsc_cli.answers.position import one_by_one, positions
    from opsc_cli.forecast.outlook import Outlook
    from opsc_cli.render.plan import plan_listing

    outlook = Outlook(dataset, day)
    asked = one_by_one(positions(dataset, day, chosen, outlook, if_received=if_received))
    alone = not all_states and states != ["-"] and len(states or []) == 1
    plans = tuple(planned(asked, outlook)) if alone else OneByOne(lambda: planned(asked, outlook))
    show(plan_listing(plans, alone=alone, alarms=alarm or ()), request, alarm=alarm)
