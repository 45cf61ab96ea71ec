"""The front page: find a State, what is due next in the world, the map, and the totals over time."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.position import Position
from opsc_cli.answers.sessions import detail_of
from opsc_cli.answers.stats import totals_on
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.names import texts_of
from opsc_cli.record.records import Name
from opsc_cli.render.site.paths import session_path
from opsc_cli.render.site.state_page import Named, names_by_language
from opsc_cli.render.words import moment
from opsc_cli.spelling import normalised

NEXT_DUE, NEXT_SESSIONS, LIKELIEST = 10, 2, 12
"""How many are listed: reports due next or last, sessions to send something for, likely States of the next one."""

LONGEST = 20
"""The letters of a further name that the search knows."""


def front_page(everything: Everything) -> dict[str, Any]:
    """What the template of the front page takes."""
    outlook = everything.outlook
    session, *_ = ahead = outlook.sessions[:NEXT_SESSIONS]
    to_come = _dated(everything, "upcoming")
    due = to_come or _dated(everything, *_PASSED)[::-1]
    totals = totals_on(everything.dataset, everything.day)
    standings = ((standing, n) for standing, n in totals.reports_by_standing.items() if n)
    return {
        "to_come": bool(to_come),
        "due": [(position, owed, moment(owed.due)) for position, owed in due[:NEXT_DUE]],
        "standings": sorted(standings, key=lambda counted: -counted[1]),
        "session": session,
        "session_path": session_path(session),
        "likely": outlook.likely_at(session)[:LIKELIEST],
        "submissions": [(m, session_path(m), step) for m in ahead for step in detail_of(m, outlook).submissions],
        "totals": totals,
        "letters": list(dict.fromkeys(letter for letter, *_ in _listed(everything))),
        "found_by": "\n".join(_found_by(iso3, name) for iso3, name in everything.dataset.names.items()),
    }


_PASSED = ("overdue", "past-due-no-record", "loipr-awaited")


def _dated(everything: Everything, *standings: str) -> list[tuple[Position, Obligation]]:
    """The reports in these standings with a date that somebody set, or that the treaty gives; the earliest first."""
    found = [
        (owed.due.last, position, owed)
        for position in everything.positions.values()
        for owed in position.obligations
        if isinstance(owed.due, Dated) and owed.standing in standings and not owed.is_treaty_term
    ]
    found.sort(key=lambda entry: (entry[0], entry[1].name))
    return [(position, obligation) for _, position, obligation in found]


def states_page(everything: Everything) -> dict[str, Any]:
    """What the template of the list of all States takes."""
    return {"letters": [(letter, list(of)) for letter, of in groupby(_listed(everything), key=lambda entry: entry[0])]}


def _listed(everything: Everything) -> Iterator[tuple[str, str, str, list[Named]]]:
    """Each State: its letter, its code, its name, and its names in other languages."""
    for iso3, name in everything.dataset.names.items():
        _, *others = names_by_language(name)
        yield normalised(name.name)[0].upper(), iso3, name.name, [named for named in others if named[2] != name.name]


def _found_by(iso3: str, name: Name) -> str:
    """A line for the search: the code, the name, its first name in each language, then all else that finds it.

    What has one of these within it is left out: the search finds it all the same. So are long formal names.
    """
    first = {language: text for language, _, text in names_by_language(name)}
    languages = [first.get(language, "") for language in ("ar", "es", "fr", "ru", "zh", "")]
    shown = [name.name, *languages, name.iso2, name.m49]
    known = [normalised(text) for text in first.values()]
    for text in texts_of(iso3, name):
        if text not in (iso3, *shown) and len(text) <= LONGEST and not any(k in normalised(text) for k in known):
            known.append(normalised(text))
            shown.append(text)
    return "|".join((iso3, *shown))
