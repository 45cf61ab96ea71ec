"""One change of a dataset file, and its description in one line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opsc_cli.dataset.reader import Where
from opsc_cli.record.frozen import names_of

Read = Callable[[str, Where], Any]
"""Returns the plain values at a path of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a file: sets `value` at `where`; None removes what is there."""

    file: str
    where: Where
    value: Any
    is_item: bool = False

    def __str__(self) -> str:
        named = ".".join(map(str, self.where[2:] or self.where))
        return f"{named} {_in_short(self.value, str(self.where[-1]))}" if self.value is not None else f"{named} goes"

    @property
    def is_source(self) -> bool:
        """Whether it only adds a source."""
        return "sources" in self.where[-2:]


def one_source_more(file: str, where: Where, kind: type, source: str, held: Mapping[str, Any]) -> Iterator[Change]:
    """Adds the source to the record `held`, if it has sources but not this one."""
    if "sources" in names_of(kind) and source not in held.get("sources", ()):
        position = len(held.get("sources", ()))
        yield Change(file=file, where=(*where, "sources", position), value=source, is_item=True)


_LONG = ("note", "confirmed", "explained", "reason")


def _in_short(value: Any, name: str = "") -> str:
    """A value on one line; long values are left out."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_in_short(below, key)}".strip() for key, below in value.items() if key != "sources")
    return "" if name in _LONG else str(value)
