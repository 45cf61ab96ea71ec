"""The facts of a State in the words of readings.yaml: `submitted` and `CRC 2018-04-04`."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from opsc_cli.dataset.checks.walking import conventions_and_protocol
from opsc_cli.dataset.reader import Where
from opsc_cli.law.report_names import short_numbers
from opsc_cli.record.state import Report, State


class Said(NamedTuple):
    """One fact: its field and value, as in readings.yaml, and its place in the record."""

    field: str
    value: str
    where: Where
    alone: bool
    """Whether no other fact limits the value, so that it needs a second reading."""


def said_of(where: Where, state: State) -> Iterator[Said]:
    """The facts of a State that a second reading can have."""
    for treaty, path, signature, instrument in conventions_and_protocol(where, state):
        for below, held, fields in (
            ("signature", signature, ("signed",)),
            ("instrument", instrument, ("kind", "deposited", "earliest", "latest")),
        ):
            yield from _values(treaty, (*path, below), held, fields)
    published = state.published_entry_into_force
    yield from _values("OPSC", (*where, "published_entry_into_force"), published, ("entry_into_force",), alone=False)
    yield from _values("OPSC", (*where, "denunciation"), state.denunciation, ("received",))
    for position, territory in enumerate(state.territories):
        yield from _values(territory.territory, (*where, "territories", position), territory, ("entry_into_force",))
    if state.procedure:
        value = f"{state.procedure.kind} {state.procedure.as_of}"
        yield Said("procedure", value, (*where, "procedure", "as_of"), alone=True)
    yield from _asserted("CRC", (*where, "crc"), state.crc.not_submitted)
    if state.initial_report:
        yield from _of_report((*where, "initial_report"), state.initial_report)
    first = next((report for report in state.reports if report.treaty == "CRC"), None)
    for position, report in enumerate(state.reports):
        yield from _of_report((*where, "reports", position), report, is_first=report is first)
    yield from _asked(where, state)


def _asked(where: Where, state: State) -> Iterator[Said]:
    """Lists of issues prior to reporting, and requests."""
    for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
        path = (*where, "lists_of_issues_prior_to_reporting", position)
        yield from _values("LOIPR", path, loipr, ("adopted", "due"), "list_")
        yield from _numbers("LOIPR", path, loipr.numbers, "list_", alone=not loipr.symbol)
    for position, request in enumerate(state.requests):
        yield from _values(
            request.treaty, (*where, "requests", position), request, ("made", "due", "answered"), "request_"
        )


def _of_report(where: Where, report: Report, *, is_first: bool = False) -> Iterator[Said]:
    """Of the State's first report under the Convention no other fact shows whether it is the initial one."""
    treaty, review, observations = report.treaty, report.review, report.concluding_observations
    yield from _values(treaty, where, report, ("submitted", "due_published"))
    yield from _values(treaty, (*where, "list_of_issues"), report.list_of_issues, ("adopted", "due"), "list_")
    yield from _asserted(treaty, where, report.not_submitted)
    if report.procedure and report.numbers:
        value = f"{treaty} {short_numbers(report.numbers)} {report.procedure}"
        yield Said("procedure", value, (*where, "procedure"), alone=False)
    if review:
        outcome = f" {review.outcome}" if review.outcome else ""
        value = f"{treaty} {report.kind} {review.session}{outcome}"
        alone = bool(outcome) or treaty == "unspecified"
        alone = alone or (is_first and not report.numbers and report.kind != "unspecified")
        yield Said("reviewed", value, (*where, "review", "session"), alone)
        yield from _values(treaty, (*where, "review"), review, ("considered",), alone=False)
    yield from _values(treaty, (*where, "concluding_observations"), observations, ("adopted",), alone=False)
    if said := observations and observations.next_report:
        path = (*where, "concluding_observations", "next_report")
        day = said.due or said.kind
        yield Said("next_due", f"{treaty} {said.asserted_by} {day}", (*path, "due" if said.due else "kind"), alone=True)
        yield from _numbers(treaty, path, said.numbers, "next_", alone=not report.numbers)
    if programme := report.programme:
        value = f"{treaty} {programme.session} {programme.known_on}"
        yield Said("programme", value, (*where, "programme", "session"), alone=True)
    for other in report.disagreements:
        yield Said(other.about or "", f"{treaty} {other.says}", where, alone=False)


def _values(
    of: str, where: Where, held: Any, fields: Iterable[str], prefix: str = "", *, alone: bool = True
) -> Iterator[Said]:
    for field in fields if held else ():
        value = getattr(held, field)
        if value is not None:
            yield Said(prefix + field, f"{of} {value}", (*where, field), alone)


def _numbers(of: str, where: Where, numbers: tuple[int, ...] | None, prefix: str, *, alone: bool) -> Iterator[Said]:
    if numbers:
        yield Said(f"{prefix}numbers", f"{of} {short_numbers(numbers)}", (*where, "numbers"), alone)


def _asserted(treaty: str, where: Where, assertions: Iterable[Any]) -> Iterator[Said]:
    for position, told in enumerate(assertions):
        value = f"{treaty} {told.asserted_by} {told.as_of}"
        yield Said("not_submitted", value, (*where, "not_submitted", position, "as_of"), alone=True)
