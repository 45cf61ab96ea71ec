"""The age of the record on a day; its two parts end on different days."""

from datetime import date
from typing import Literal

from opsc_cli.periods import shifted
from opsc_cli.record.dates import days_from
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.records import Dataset

OLD = (180, "d")
"""A notice says that the record is old from this long after its end."""


class End(Frozen, kw_only=False):
    """The day on which a part of the record ends, and how many days ago that was."""

    part: Literal["parties", "committee"]
    ends: date
    age_days: int


def ends_on(dataset: Dataset, day: date) -> tuple[End, ...]:
    """The ends of the two parts: the parties, and the Committee's work."""
    ends = dataset.as_of
    return (
        End("parties", ends.parties, days_from(ends.parties, day)),
        End("committee", ends.committee, days_from(ends.committee, day)),
    )


def is_older_than(limit: tuple[int, str], dataset: Dataset, day: date) -> bool:
    """Whether a part of the record ends longer than `limit` before `day`."""
    return any(shifted(end.ends, limit) < day for end in ends_on(dataset, day))


def warning(dataset: Dataset, day: date) -> str | None:
    """The notice that the record is old on `day`; None if it is not."""
    if not is_older_than(OLD, dataset, day):
        return None
    ends = dataset.as_of
    return f"data older than {OLD[0]} days ({ends.parties}, {ends.committee}): see `opsc data`"
