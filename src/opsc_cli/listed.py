"""The filters and the orders of `opsc states`.

They look at the rows that a listing has of a State. A command makes these of its position (answers/states.py); the fast
door reads them from the almanac (`chosen`), where a page has the region and the status of each State.
"""

import time

from opsc_cli import almanac

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


class Row:
    """A report owed; of a State that owes none, its own standing."""

    def __init__(self, standing: str, first: str = "", last: str = "") -> None:
        self.standing, self.first, self.last = standing, first, last
        """The first and the last day that it can be due, YYYY-MM-DD; empty without one. A treaty term is none."""

    def falls_due_by(self, day: str) -> bool:
        """Whether the report is upcoming and may be due on or before `day`."""
        return self.standing == "upcoming" and "" < self.first <= day

    def is_late_since(self, day: str) -> bool:
        """Whether the due date passed on or before `day`."""
        return self.standing in ("overdue", "past-due-no-record") and "" < self.last <= day


class Listed:
    """A State as filters and orders see it."""

    def __init__(self, iso3: str, region: str | None, answer: "Callable[[], tuple[str, Sequence[Row]]]") -> None:
        self.iso3, self.region = iso3, region
        self.answer = answer
        """Its status and its rows, which are worked out only if they are asked for."""


class Filters:
    """None keeps every State. `within` and `late_since` are days: see Row."""

    def __init__(
        self,
        region: str | None = None,
        status: str | None = None,
        standing: str | None = None,
        within: str | None = None,
        late_since: str | None = None,
    ) -> None:
        self.region, self.status, self.standing = region, status, standing
        self.within, self.late_since = within, late_since

    def keep(self, state: Listed) -> bool:
        """Whether the State passes all of them. A standing matches any of its rows."""
        if self.region not in (None, state.region):
            return False  # before anything is worked out of it
        status, rows = state.answer()
        return (
            self.status in (None, status)
            and self.standing in (None, *(row.standing for row in rows))
            and (self.within is None or any(row.falls_due_by(self.within) for row in rows))
            and (self.late_since is None or any(row.is_late_since(self.late_since) for row in rows))
        )


SORTS: "Mapping[str, Callable[[Listed], Any]]" = {
    "name": lambda _: 0,  # as the record has them
    "iso3": lambda state: state.iso3,
    "due": lambda state: min((row.first for row in state.answer()[1] if row.first), default="9999-12-31"),
    "standing": lambda state: state.answer()[1][0].standing,
}
"""The sort orders. The record has the States in the order of their names, and equal States stay in it."""

BY_ANSWER = ("due", "standing")
"""Those that need the answer of every State."""


def begun_by(text: str, regions: "Sequence[str]") -> list[str]:
    """The UN regional groups whose names begin with `text`."""
    return [group for group in regions if text and group.casefold().startswith(text.casefold())]


# ── from the almanac ─────────────────────────────────────────────────────────────────────────────

PAGE = "--listed"
"""For each option with a closed list a line with its values; then the region and the status of each State, in order."""

_FILTERS = {
    "--region": "region", "--status": "status", "--standing": "standing", "--within": "within",
    "--late-by": "late_since",
}  # fmt: skip


def chosen(book: "almanac.Book", options: "Mapping[str, str]", now: float) -> list[str]:
    """The codes of the States that options of `opsc states` choose, in order.

    Raises LookupError or ValueError unless each option and each value is spelled as declared.
    """
    page = [line.split("\t") for line in almanac.looked_up(book, [PAGE], "tsv", now).decode().split("\n")]
    lists = {option: values for option, *values in page if option in _FILTERS}
    given = {option: text for option, text in options.items() if option != "--sort"}
    wanted = Filters(**{_FILTERS[option]: _value(option, text, lists, now) for option, text in given.items()})
    rows = _rows_of_each(almanac.looked_up(book, ["--all"], "tsv", now).decode())
    lines = zip(rows.items(), page[len(lists) :], strict=True)
    states = [_listed(iso3, region, status, own) for (iso3, own), (region, status) in lines]
    return [state.iso3 for state in sorted(filter(wanted.keep, states), key=SORTS[options.get("--sort", "name")])]


def _value(option: str, text: str, lists: "Mapping[str, Sequence[str]]", now: float) -> str:
    """What the text of an option means: a value of its list, or a day."""
    if option not in lists:
        from datetime import date

        from opsc_cli.periods import parse_duration, shifted

        today = date(*time.gmtime(now)[:3])
        return str(shifted(today, parse_duration(text), -1 if option == "--late-by" else 1))
    (value,) = begun_by(text, lists[option]) if option == "--region" else {text}.intersection(lists[option])
    return value


def _rows_of_each(table: str) -> dict[str, list[Row]]:
    """The rows of each State, by its code."""
    (_, *names), *lines = (line.split("\t") for line in table.removesuffix("\n").split("\n"))
    due, standing = names.index("due"), names.index("standing")
    rows = dict[str, list[Row]]()
    for iso3, *cells in lines:
        first, _, last = cells[due].partition("/")
        rows.setdefault(iso3, []).append(Row(cells[standing], first, last or first))
    return rows


def _listed(iso3: str, region: str, status: str, rows: "Sequence[Row]") -> Listed:
    return Listed(iso3, region, lambda: (status, rows))
