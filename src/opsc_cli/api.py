"""The Python interface: the same answers as the command's, as plain objects.

>>> from datetime import date
>>> from opsc_cli import load, obligations_of
>>> [o.standing for o in obligations_of("Austria", date(2026, 11, 21))]
['past-treaty-term']
"""

from datetime import date

from opsc_cli.answers.position import Position, positions
from opsc_cli.dataset.load import load
from opsc_cli.law.standing import Obligation
from opsc_cli.record.names import NotAState, find
from opsc_cli.record.records import Dataset

__all__ = ["UnknownState", "load", "obligations_of", "position_of"]


class UnknownState(ValueError):
    """A text that names no State on record, or two: `because` says why, `candidates` are ISO alpha-3 codes."""

    def __init__(self, answer: NotAState) -> None:
        self.text, self.because, self.candidates = answer.text, answer.because, answer.candidates
        perhaps = f"; perhaps {', '.join(answer.candidates)}" if answer.candidates else ""
        super().__init__(f"{answer.text!r}: {answer.because}{perhaps}")


def position_of(state: str, as_of: date, dataset: Dataset | None = None) -> Position:
    """Everything there is to say of a State on the day `as_of`, by what was known on that day.

    `answer` of the position has the State's status, standing and entry into force, `owed` its reports with forecasts.

    `state`: a code, or a name in any of the six UN languages or its own. `dataset`: as `load` gives it; else the one
    that comes with the package. Raises UnknownState.
    """
    record = dataset or load()
    found = find(state, record.index, record.refused)
    if isinstance(found, NotAState):
        raise UnknownState(found)
    return positions(record, as_of, (found,))[0]


def obligations_of(state: str, as_of: date, dataset: Dataset | None = None) -> tuple[Obligation, ...]:
    """The reports that a State owes on the day `as_of`, the initial report first, as `opsc due` gives them."""
    return tuple(owed.obligation for owed in position_of(state, as_of, dataset).owed)
