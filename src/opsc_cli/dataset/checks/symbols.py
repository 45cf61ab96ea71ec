"""Symbols: a document's symbol names its treaty, its State and the report, and must agree with the record.

CRC/C/OPSC/AUT/1 is a report, …/Q/1 a list of issues, …/QPR/1 one prior to reporting, …/CO/1 concluding observations.
Until about 2005 the OPSC series was called OPSA and observations named no State; symbols of the first series
(CRC/C/15/Add.238) name neither treaty nor State; Romania's were ROM before ROU.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from opsc_cli.dataset.checks.walking import Fault, reports, states
from opsc_cli.dataset.reader import Where
from opsc_cli.law.report_names import ORDINALS, short_numbers
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report

_OLD = re.compile(r"CRC/C/(\d{1,3})/Add\.[1-9]\d{0,2}(?:/Rev\.\d)?")
_OLD_OBSERVATIONS = "15"
"""CRC/C/15/Add.… are concluding observations; every other such series holds reports."""
_OLD_REPORTS = {
    **dict.fromkeys(("3", "8", "11", "28", "41", "51", "61"), 1),
    **dict.fromkeys(("65", "70", "83", "93", "104", "117"), 2),
    **dict.fromkeys(("125", "129"), 3),
}
"""The number of the reports in each series, which held those due in one year, as the covers say: 'Second periodic
reports of States parties due in 1997'. Only the series of which a cover or observations were read."""
_NEW = re.compile(
    r"CRC/C/(?:(OPSC|OPSA|OPAC)/)?(?:([A-Z]{3})/)?(?:(CO|QPR|Q)/)?([1-9]\d?)(?:-([1-9]\d?))?(?:/(?:Add|Rev|Corr)\.\d)?"
)
_OF_A_STATE = re.compile(r"CRC/C/(?:OPSC/|OPSA/|OPAC/)?([A-Z]{3})/")
_FORMER = {"ROU": "ROM"}
_PRESENT = {former: iso3 for iso3, former in _FORMER.items()}
_SERIES = {None: "CRC", "OPSA": "OPSC", "OPSC": "OPSC", "OPAC": "OPAC"}
_KINDS = {"": "a report", "Q": "a list of issues", "QPR": "a list of issues prior to reporting", "CO": "observations"}


@cache
def state_of(symbol: str) -> str | None:
    """The State that the symbol names; None if it names none."""
    found = _OF_A_STATE.match(symbol)
    return _PRESENT.get(found[1], found[1]) if found else None


def symbols_fit(dataset: Dataset) -> Iterator[Fault]:
    for path, iso3, report in reports(dataset):
        numbers = report.numbers or ((1,) if report.kind == "initial" else None)
        for below, kind, held in (
            ((), "", report),
            (("list_of_issues",), "Q", report.list_of_issues),
            (("concluding_observations",), "CO", report.concluding_observations),
        ):
            yield from _fits((*path, *below), held, kind, iso3, report.treaty, numbers)
    for where, state in states(dataset):
        for position, loipr in enumerate(state.lists_of_issues_prior_to_reporting):
            path = (*where, "lists_of_issues_prior_to_reporting", position)
            treaty = "CRC" if "CRC" in loipr.covers else loipr.covers[0]
            yield from _fits(path, loipr, "QPR", str(where[-1]), treaty, loipr.numbers)


def observations_of_the_first_series_are_numbered(dataset: Dataset) -> Iterator[Fault]:
    """CRC/C/15/Add.1, 2, 3 …: their numbers rise with the sessions, and a source of the series is the very document, if
    not a later one on record, which names those before."""
    recorded = _recorded((path, report.concluding_observations) for path, _, report in reports(dataset))
    numbered = []
    for path, _, report in reports(dataset):
        observations = report.concluding_observations
        number = _in_first_series(observations.symbol if observations else None)
        if not number or not observations:
            continue
        where = (*path, "concluding_observations", "symbol")
        cited = {dataset.sources[s].symbol for s in observations.sources if s in dataset.sources}
        of_the_series = {s for s in cited if s and _in_first_series(s) and recorded.get(s, path) == path}
        others = of_the_series - {observations.symbol}
        if others and observations.symbol not in cited:
            message = f"{observations.symbol!r}: the source is {min(others)}; fix whichever is wrong"
            yield Fault("states", where, "SYM01", message)
        if report.review:
            numbered.append((number, report.review.session, where))
    for (earlier, before, _), (later, session, where) in pairwise(sorted(numbered)):
        if session < before:
            message = f"Add.{later} of session {session}, but Add.{earlier} of session {before}; fix whichever is wrong"
            yield Fault("states", where, "SYM01", message)


def reports_fit_the_series(dataset: Dataset) -> Iterator[Fault]:
    """Until about 2005 the first, the second and the third reports under the Convention had series of their own.

    A report that is combined with the one before or after it has a symbol of one of the two series.
    """
    for path, _, report in reports(dataset):
        old = _OLD.fullmatch(report.symbol or "")
        if not old or report.treaty != "CRC" or old[1] == _OLD_OBSERVATIONS:
            continue
        if number := _OLD_REPORTS.get(old[1]):
            yield from _fits_the_series(path, report, number)
        elif not report.confirmed:
            message = f"{report.symbol} is of no known series of reports; correct it, or add `confirmed`"
            yield Fault("states", (*path, "symbol"), "SYM04", f"{message} with the words of the cover", "warning")


def _fits_the_series(path: Where, report: Report, number: int) -> Iterator[Fault]:
    series = f"{report.symbol} is of a series of {ORDINALS[number]} reports; fix whichever is wrong"
    if report.kind != ("initial" if number == 1 else "periodic"):
        yield Fault("states", (*path, "kind"), "SYM04", f"{report.kind}, but {series}")
    elif report.numbers and number not in report.numbers:
        yield Fault("states", (*path, "numbers"), "SYM04", f"number {short_numbers(report.numbers)}, but {series}")


def symbols_are_those_of_one_document(dataset: Dataset) -> Iterator[Fault]:
    """A report has the symbol of the report that it cites, if that is not a later one on record, whose cover names it;
    and no two reports have one symbol."""
    recorded = _recorded((path, report) for path, _, report in reports(dataset))
    had: dict[str, str] = {}
    for path, iso3, report in reports(dataset):
        symbol, where = report.symbol, (*path, "symbol")
        if not symbol:
            continue
        cited = _reports_among(dataset, report.sources, iso3, report.treaty)
        cited = {other for other in cited if recorded.get(other, path) == path}
        if cited and symbol not in cited:
            message = f"{symbol!r}: the source is {min(cited)}; fix whichever is wrong"
            yield Fault("states", where, "SYM03", message)
        if symbol in had:
            message = f"{symbol!r} is also the symbol of a report of {had[symbol]}; fix whichever is wrong"
            yield Fault("states", where, "SYM03", message)
        had[symbol] = iso3


def _recorded(held: Iterable[tuple[Where, Any]]) -> dict[str, Where]:
    """Where each symbol is on record."""
    return {each.symbol: path for path, each in held if each and each.symbol}


def _reports_among(dataset: Dataset, sources: tuple[str, ...], iso3: str, treaty: str) -> set[str]:
    """The symbols of the State's reports under the treaty among the sources."""
    symbols = {dataset.sources[name].symbol or "" for name in sources if name in dataset.sources}
    of = {symbol for symbol in symbols if state_of(symbol) in (None, iso3)}
    return {symbol for symbol in of if (parsed := parsed_symbol(symbol)) and parsed[:2] == (treaty, "")}


def _in_first_series(symbol: str | None) -> int | None:
    """The number of observations of the first series; None for any other symbol."""
    prefix = f"CRC/C/{_OLD_OBSERVATIONS}/Add."
    number = (symbol or "").removeprefix(prefix)
    return int(number) if symbol != number and number.isdecimal() else None


def ids_follow_the_symbols(dataset: Dataset) -> Iterator[Fault]:
    """The id of a document follows from its symbol: CRC-C-OPSC-AUT-1 is CRC/C/OPSC/AUT/1."""
    for source_id, source in dataset.sources.items():
        if source.kind == "document" and source.symbol and source_id != re.sub(r"[^A-Za-z0-9]+", "-", source.symbol):
            message = f"{source.symbol!r}: expected the symbol that the id {source_id} is made of"
            yield Fault("sources", ("sources", source_id, "symbol"), "SYM02", message)


class ParsedSymbol(NamedTuple):
    """A parsed symbol: the treaty, the kind of document ("", Q, QPR or CO), and the numbers of the report."""

    treaty: str
    kind: str
    numbers: tuple[int, int] | None


@cache
def parsed_symbol(symbol: str) -> ParsedSymbol | None:
    """Parses `symbol`; for the first series, only that it is under the Convention. None if it is not a symbol."""
    if old := _OLD.fullmatch(symbol):
        return ParsedSymbol("CRC", "CO" if old[1] == _OLD_OBSERVATIONS else "", None)
    if (new := _NEW.fullmatch(symbol)) and (new[1] or new[2]):  # CRC/C/97 is the report on a session
        series, _, kind, first, last = new.groups()
        return ParsedSymbol(_SERIES[series], kind or "", (int(first), int(last or first)))
    return None


def _fits(
    where: Where, held: Any, kind: str, iso3: str, treaty: str, numbers: tuple[int, ...] | None
) -> Iterator[Fault]:
    symbol = held.symbol if held else None
    if symbol is None:
        return
    wrong = _wrong_with(symbol, kind, iso3, treaty, numbers)
    if wrong:
        yield Fault("states", (*where, "symbol"), "SYM01", f"{symbol!r}: {wrong}")


def _wrong_with(symbol: str, kind: str, iso3: str, treaty: str, numbers: tuple[int, ...] | None) -> str | None:
    """What does not fit and what is expected; None if the symbol fits."""
    if old := _OLD.fullmatch(symbol):
        if (old[1] == _OLD_OBSERVATIONS) != (kind == "CO"):
            return f"of the series CRC/C/{old[1]}; expected the symbol of {_KINDS[kind]}"
        return f"of the Convention's series; expected a symbol under the {treaty}" if treaty != "CRC" else None
    new = _NEW.fullmatch(symbol)
    if not new:
        return f"expected the form CRC/C/…{iso3}/{kind + '/' if kind else ''}1"
    series, state, said, first, last = new.groups()
    if (said or "") != kind:
        return f"the symbol of {_KINDS[said or '']}; expected that of {_KINDS[kind]}"
    if _SERIES[series] != treaty:
        return f"a symbol under the {_SERIES[series]}; expected one under the {treaty}"
    if state not in (iso3, _FORMER.get(iso3)) and not (state is None and series == "OPSA" and kind == "CO"):
        return f"a document of another State; expected one of {iso3}"
    stated = (int(first), int(last or first))
    if numbers is None and treaty == "CRC":
        return f"the record gives the report no number; expected `numbers: {first}{f'-{last}' if last else ''}`"
    if numbers and series != "OPSA" and stated != (numbers[0], numbers[-1]):
        return f"expected number {'-'.join(map(str, dict.fromkeys((numbers[0], numbers[-1]))))}, as in `numbers`"
    return None
