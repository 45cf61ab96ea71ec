"""The commands that look ahead: `opsc forecast` and `opsc plan`."""

from datetime import date
from typing import Annotated, Any, Literal

import typer

from opsc_cli.cli.options import Alarm, OneState, Request, day_option, with_shared_options
from opsc_cli.cli.output import show
from opsc_cli.cli.resolve import resolved, resolved_alone
from opsc_cli.console import USAGE, fail


@with_shared_options()
def forecast(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="ISO 3166 code, M49 code or name.")] = None,
    received: Annotated[
        date | None, day_option("--received", "Day on which a report was or would be received.")
    ] = None,
    procedure: Annotated[
        Literal["standard", "srp"] | None,
        typer.Option(
            "--procedure",
            metavar="NAME",
            help="Reporting procedure, with --received (default: the usual one on that day; srp: simplified).",
        ),
    ] = None,
    list_of_issues: Annotated[
        date | None, day_option("--list-of-issues", "Day of the list of issues on that report, with --received.")
    ] = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Show how accurate the forecasts would have been in the past.")
    ] = False,
    alarm: Alarm = None,
) -> None:
    """Estimate which pre-session and session will consider a report: a range and its basis.

    Example: opsc forecast Angola
    Example: opsc forecast --received 2021-08-03
    Example: opsc forecast Nepal --alarm 90d -o nepal.ics
    """
    if sum((state is not None, received is not None, backtest)) != 1:
        fail(USAGE, "give one of: a State, --received, --backtest; for example: opsc forecast Angola")
    if received:
        listing = _of_report(request, received, procedure, list_of_issues, alarm or ())
    elif backtest:
        listing = _backtest(request)
    else:
        listing = _of_state(request, state or "", alarm or ())
    show(listing, request)


def _of_report(
    request: Request, received: date, procedure: str | None, listed: date | None, alarms: tuple[int, ...]
) -> Any:
    from opsc_cli.forecast.forecast import Asked, Outlook
    from opsc_cli.forecast.forecast import forecast as forecast_of
    from opsc_cli.law.committee import SIMPLIFIED_FROM
    from opsc_cli.render.forecast import received_listing

    day = request.day
    if listed and not received <= listed <= day:
        fail(USAGE, f"--list-of-issues {listed}: expected a day from {received} (--received) to {day}")
    simplified = procedure == "srp" if procedure else min(received, day) >= SIMPLIFIED_FROM
    asked = Asked(
        received=received,
        procedure="simplified" if simplified else "standard",
        listed=listed,
        assumed=received > day,
    )
    found = forecast_of(Outlook(request.dataset, day), asked)
    if found is None:
        fail(USAGE, f"no forecast is possible as of {day}: too few reviews were known, or --received is too far ahead")
    return received_listing(found, "OPSC", alarms=alarms)


def _backtest(request: Request) -> Any:
    from opsc_cli.forecast.backtest import backtest
    from opsc_cli.render.backtest import backtest_listing

    return backtest_listing(backtest(request.dataset))


def _of_state(request: Request, state: str, alarms: tuple[int, ...]) -> Any:
    from opsc_cli.answers.position import positions
    from opsc_cli.render.forecast import forecast_listing

    chosen = resolved([state], request.dataset)
    return forecast_listing(positions(request.dataset, request.day, chosen), alarms=alarms)


@with_shared_options()
def plan(request: Request, state: OneState, alarm: Alarm = None) -> None:
    """Plan submissions by NGOs, human rights institutions and children: dates counted back from the likely meeting.

    Example: opsc plan Angola
    Example: opsc plan Angola --alarm 4w -o angola.ics
    """
    dataset, day = request.dataset, request.day
    from opsc_cli.answers.position import positions
    from opsc_cli.forecast.plan import plan_for
    from opsc_cli.render.plan import plan_listing

    (asked,) = positions(dataset, day, (resolved_alone(state, dataset),))
    found = [plan_for(o.obligation, o.forecast, day) for o in asked.owed if o.forecast]
    without = [o.obligation for o in asked.owed if not o.forecast]
    show(plan_listing(asked, found, without, alarms=alarm or ()), request)
