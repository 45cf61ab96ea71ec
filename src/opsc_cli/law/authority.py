"""What makes an answer an answer: its authority, its certainty, its reasons and its sources.

Three kinds of answer can be given to "when?": a `Dated` (a day, or a window), a `DateAwaited` and a
`NotEstablished`. Only the first can pass, so only it can be late. Each carries the rule that
gives it, why the rule applies, and the answers it rests on; two things follow by construction:
an answer is never surer than what it rests on, and it has every source that they have.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum

from opsc_cli.record.frozen import frozen, frozen_in_order


class Certainty(Enum):
    """How sure a printed date is, surest first."""

    TREATY = "treaty"
    COMMITTEE_SET = "committee-set"
    PRACTICE = "practice"
    PROJECTION = "projection"


_RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


def weakest(*certainties: Certainty) -> Certainty:
    """The least sure of the given certainties."""
    return max(certainties, key=_RANK.__getitem__)


@frozen_in_order
class Authority:
    """A rule one can look up: a treaty article, a decision, a published practice."""

    short: str
    """How it is cited: "OPSC art. 12(1)"."""
    name: str
    """What it yields, in a few words: "initial report due"."""
    rule: str
    """What it says, in one exact sentence of our own."""
    url: str
    """Where the authentic text is."""


@frozen
class _Reasoned:
    authority: Authority
    because: str
    """Why the authority gives this answer for this State, in one sentence."""
    sources: tuple[str, ...] = ()
    """Ids of data/sources.yaml: its own first, then those of what it rests on."""
    rests_on: tuple["Answer", ...] = ()

    def _gather(self) -> None:
        inherited = (source for answer in self.rests_on for source in answer.sources)
        object.__setattr__(self, "sources", tuple(dict.fromkeys((*self.sources, *inherited))))

    def chain(self) -> Iterator["Answer"]:
        """Everything this answer rests on, the first step first, and at last the answer itself."""
        for answer in self.rests_on:
            yield from answer.chain()
        yield self  # type: ignore[misc]  # only the three kinds below are ever made


@frozen
class _Certain(_Reasoned):
    certainty: Certainty

    def __post_init__(self) -> None:
        self._gather()
        surest = weakest(self.certainty, *(a.certainty for a in self.rests_on if a.certainty))
        object.__setattr__(self, "certainty", surest)


@frozen
class Dated(_Certain):
    """A day; or a window, whose `first` and `last` day differ: then no day within is surer than another."""

    first: date
    last: date
    """The day after which the date has passed in any case."""

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        """2004-06-06, or 2021-02-01/2021-04-19."""
        return f"{self.first}" if self.is_day else f"{self.first}/{self.last}"


@frozen
class DateAwaited(_Certain):
    """A date that the Committee will communicate: no day, and never late."""


@frozen
class NotEstablished(_Reasoned):
    """The record cannot tell; `because` says why."""

    certainty: None = None

    def __post_init__(self) -> None:
        self._gather()


Answer = Dated | DateAwaited | NotEstablished


def following(basis: Answer, step: Callable[[date], date], authority: Authority, because: str) -> Answer:
    """What `authority` gives when its `step` is taken from `basis`: a day from a day, a window from a window.

    From a date that is not established nothing follows, and the answer says what is missing.
    """
    if not isinstance(basis, Dated):
        return NotEstablished(authority=authority, because=basis.because, rests_on=(basis,))
    return Dated(
        first=step(basis.first),
        last=step(basis.last),
        authority=authority,
        because=because,
        certainty=Certainty.TREATY,
        rests_on=(basis,),
    )
