"""Answers about many States, one after the other: each is made when its turn comes, and none is kept."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


class OneByOne(Iterable[_T]):
    """What is made again whenever it is gone through."""

    def __init__(self, make: Callable[[], Iterable[_T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[_T]:
        return iter(self._make())
