"""The answers to "when?", each with its authority, certainty, reasons and sources.

There are three kinds: `Dated` (a day or a window), `DateAwaited` and `NotEstablished`. Only a `Dated` can pass, so only
a `Dated` can be late. Each has `is_known`, and `first` and `last`, which are None if there is no date. Each answer has
the rule that gives it, the reason why the rule applies, and the answers from which it follows. By construction it is
never more certain than these, and it includes all their sources.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import ClassVar

from opsc_cli.record.frozen import Frozen


class Certainty(Enum):
    """How certain a date is, most certain first."""

    TREATY = "treaty"
    COMMITTEE_SET = "committee-set"
    PRACTICE = "practice"
    PROJECTION = "projection"


_RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


def weakest(*certainties: Certainty) -> Certainty:
    return max(certainties, key=_RANK.__getitem__)


class Authority(Frozen, kw_only=False):
    """A rule that the reader can look up: a treaty article, a decision, a published practice."""

    short: str
    """How it is cited: "OPSC art. 12(1)"."""
    name: str
    """What the rule gives, in a few words: "initial report due"."""
    rule: str
    """The rule in one exact sentence of our own."""
    url: str
    """The address of the authentic text."""


class _Reasoned(Frozen):
    """What every answer has."""

    authority: Authority
    because: str
    """Why the authority gives this answer for this State, in one sentence."""
    sources: tuple[str, ...] = ()
    """Ids of data/sources.yaml: its own first, then those of the answers from which it follows."""
    rests_on: tuple["Answer", ...] = ()

    def _gather(self) -> None:
        inherited = (source for answer in self.rests_on for source in answer.sources)
        object.__setattr__(self, "sources", tuple(dict.fromkeys((*self.sources, *inherited))))

    def chain(self) -> Iterator["Answer"]:
        """The answers from which this one follows, first step first, then this answer."""
        for answer in self.rests_on:
            yield from answer.chain()
        yield self  # type: ignore[misc]  # only the three kinds below are ever made


class _Certain(_Reasoned):
    """It is never more certain than what it follows from."""

    certainty: Certainty

    def __post_init__(self) -> None:
        self._gather()
        surest = weakest(self.certainty, *(a.certainty for a in self.rests_on if a.certainty))
        object.__setattr__(self, "certainty", surest)


class Dated(_Certain):
    """A day, or a window from `first` to `last` in which every day is equally possible."""

    first: date
    last: date
    """After this day the date has certainly passed."""
    is_known: ClassVar[bool] = True

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        """2004-06-06, or 2021-02-01/2021-04-19."""
        return f"{self.first}" if self.is_day else f"{self.first}/{self.last}"


class DateAwaited(_Certain):
    """The Committee will communicate the date; until then there is no date and nothing is late."""

    first: ClassVar[None] = None
    last: ClassVar[None] = None
    is_known: ClassVar[bool] = False


class NotEstablished(_Reasoned):
    """The record does not show the date; `because` says why."""

    certainty: None = None
    first: ClassVar[None] = None
    last: ClassVar[None] = None
    is_known: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self._gather()


Answer = Dated | DateAwaited | NotEstablished


def following(basis: Answer, step: Callable[[date], date], authority: Authority, because: str) -> Answer:
    """The date that `authority` gives by applying `step` to `basis`: a day from a day, a window from a window.

    If `basis` is not a date, the answer is `NotEstablished` and says what is missing.
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
