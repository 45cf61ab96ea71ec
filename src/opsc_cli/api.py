"""The Python interface: the answers of the commands as Python objects. docs/use/python.md has examples.

>>> from datetime import date
>>> from opsc_cli import load, obligations_of
>>> [o.standing for o in obligations_of("Austria", date(2026, 11, 21))]
['past-treaty-term']
"""

from datetime import date, datetime

from opsc_cli.answers.explain import Step, steps_of, steps_to_initial_report
from opsc_cli.answers.plan import Planned, planned
from opsc_cli.answers.position import Position, positions
from opsc_cli.answers.sessions import NoSuchSession as NoSuchSession
from opsc_cli.answers.sessions import asked_for, recent
from opsc_cli.answers.stats import Totals, totals_on
from opsc_cli.dataset.findings import Unreadable as Unreadable
from opsc_cli.dataset.load import load as load
from opsc_cli.forecast.meetings import Meeting
from opsc_cli.forecast.next_review import NextReview
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import first_day as first_day
from opsc_cli.record.dates import last_day as last_day
from opsc_cli.record.names import NotAState, find
from opsc_cli.record.records import Dataset


class UnknownState(ValueError):
    """The text names no State on record, or several. `because`: the reason; `candidates`: ISO alpha-3 codes."""

    def __init__(self, answer: NotAState) -> None:
        self.text, self.because, self.candidates = answer.text, answer.because, answer.candidates
        perhaps = f"; perhaps {', '.join(answer.candidates)}" if answer.candidates else ""
        super().__init__(f"{answer.text!r}: {answer.because}{perhaps}")


def position_of(state: str, as_of: date, dataset: Dataset | None = None) -> Position:
    """All answers about a State on the day `as_of`, by what was known on that day.

    `.answer` has the State's status, standing and entry into force; `.owed` has its reports with forecasts.

    `state`: a code, or a name in one of the six UN languages or its own. `dataset`: the result of `load`; default: the
    dataset in the package. Raises UnknownState.
    """
    return _position(state, _outlook(as_of, dataset))


def positions_on(as_of: date, dataset: Dataset | None = None) -> tuple[Position, ...]:
    """The position of every State on record, in alphabetical order; much faster than one call per State."""
    outlook = _outlook(as_of, dataset)
    return positions(outlook.dataset, as_of, tuple(outlook.dataset.states), outlook)


def obligations_of(state: str, as_of: date, dataset: Dataset | None = None) -> tuple[Obligation, ...]:
    """The reports that a State owes on the day `as_of`, the initial report first, as in `opsc due`."""
    return position_of(state, as_of, dataset).obligations


def explanation_of(
    state: str, as_of: date, dataset: Dataset | None = None
) -> tuple[tuple[Obligation | None, tuple[Step, ...]], ...]:
    """Each report that a State owes, with the derivation of its date and standing, as in `opsc explain`.

    For a State that owes none: None, with the derivation of its entry into force.
    """
    found = position_of(state, as_of, dataset)
    if not found.obligations:
        return ((None, tuple(steps_to_initial_report(found))),)
    return tuple((owed, steps_of(found, owed)) for owed in found.obligations)


def forecast_of(state: str, as_of: date, dataset: Dataset | None = None) -> NextReview | None:
    """The forecast of a State's next review; None for a State outside the Convention."""
    return position_of(state, as_of, dataset).next_review


def plan_of(state: str, as_of: date, dataset: Dataset | None = None) -> Planned:
    """The steps to a State's next review, for NGOs, human rights institutions and children, as in `opsc plan`."""
    outlook = _outlook(as_of, dataset)
    return next(planned((_position(state, outlook),), outlook))


def sessions_on(as_of: date, which: str | None = None, dataset: Dataset | None = None) -> tuple[Meeting, ...]:
    """The last three sessions held and the next six, with their working groups, by what was known on the day `as_of`.

    `which`: a session's number, a year, or "next". Raises NoSuchSession.
    """
    outlook = _outlook(as_of, dataset)
    return recent(outlook.meetings, as_of) if which is None else asked_for(which, outlook)[0]


def stats_on(as_of: date, dataset: Dataset | None = None) -> Totals:
    """The number of States by status and standing, and of reports by standing, on the day `as_of`."""
    return totals_on(_record(as_of, dataset), as_of)


def _outlook(as_of: date, dataset: Dataset | None) -> Outlook:
    return Outlook(_record(as_of, dataset), as_of)


def _record(as_of: date, dataset: Dataset | None) -> Dataset:
    if not isinstance(as_of, date) or isinstance(as_of, datetime):
        raise TypeError(f"as_of is {as_of!r}; expected a day: datetime.date(2026, 11, 21), or date() of a datetime")
    if not isinstance(dataset, Dataset | None):
        raise TypeError(f"dataset is {dataset!r}; expected what load(folder) returns")
    return dataset or load()


def _position(state: str, outlook: Outlook) -> Position:
    if not isinstance(state, str):
        raise TypeError(f"state is {state!r}; expected a text: a code or a name")
    found = find(state, outlook.dataset.index, outlook.dataset.refused)
    if isinstance(found, NotAState):
        raise UnknownState(found)
    return positions(outlook.dataset, outlook.as_of, (found,), outlook)[0]
