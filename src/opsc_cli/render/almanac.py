"""Makes the almanac (opsc_cli/almanac.py): every State's answers, for a year from the day of the data's version.

Nothing here knows what an answer says. It is worked out for the first and the last day of a span by the functions that
a command uses; if the two differ only in the day and in counts of days, what they share is the answer of the span, else
the span is halved. It is then written by the functions that a command uses.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial
from itertools import count, takewhile
from typing import Any, TypeVar, get_args

from pydantic_core import to_json

from opsc_cli.almanac import FORMS, INDENT, ISO, WORDS
from opsc_cli.answers import age
from opsc_cli.answers.filled import filled_on
from opsc_cli.answers.history import answers_over, spans_of
from opsc_cli.answers.position import Position
from opsc_cli.dataset.checks.whole import version_day
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.review import Past
from opsc_cli.law.authority import Dated
from opsc_cli.law.standing import Standing, asked_on
from opsc_cli.law.treaty import Status
from opsc_cli.listed import PAGE
from opsc_cli.record.dates import in_words, years_after
from opsc_cli.record.records import Dataset
from opsc_cli.record.terms import Region
from opsc_cli.render import due
from opsc_cli.render.book import EPOCH, MARK, Entries, Spans
from opsc_cli.render.data import data_listing, versions
from opsc_cli.render.footnotes import with_footnotes
from opsc_cli.render.listing import envelope_of, tab_separated, text_of
from opsc_cli.render.sheet import sheet_of
from opsc_cli.render.state import state_content

YEARS = 1
"""How long it reaches; a later day is worked out when it is asked about."""

_DAY = timedelta(days=1)
_T = TypeVar("_T")
_Texts = tuple[str, str, str]
"""A text in each of FORMS."""


def reach_of(dataset: Dataset) -> tuple[date, date]:
    """The first and the last day that the almanac of a dataset has."""
    first = version_day(dataset.version)
    assert first, "checks/ refuses a version that is no day"
    return first, years_after(first, YEARS)


def almanac_of(dataset: Dataset, help_text: str) -> bytes:
    """The file."""
    reach = reach_of(dataset)
    writer, book = AnswerWriter(dataset), Entries()
    head, tail = ([book.entry([(reach[0], text)]) for text in texts] for texts in (writer.head(reach), writer.tail()))
    changes = _changes(dataset, reach)
    spans = {iso3: writer.spans(iso3, changes, reach) for iso3 in dataset.states}
    entries = [book.entries({iso3: forms[n] for iso3, forms in spans.items()}) for n in range(len(FORMS))]
    alone = {
        "--help": [(reach[0], (help_text, "", ""))],
        "--version": [(reach[0], (versions(dataset), "", ""))],
        "--old": [(day, (text, "", "")) for day, text in _warnings(dataset, *reach)],
        "--data": list(writer.data(reach)),
        PAGE: [(day, (text, "", "")) for day, text in _listed(dataset, *reach)],
    }
    index = {
        **{iso3: (" ".join(of[iso3] for of in entries), dataset.names[iso3].name) for iso3 in dataset.states},
        "--none": (" ".join([book.entry([(reach[0], "")])] * len(FORMS)), ""),
        "--before": (" ".join(head),),
        "--after": (" ".join(tail),),
        **{name: (" ".join(map(book.entry, _by_form(spans))),) for name, spans in alone.items()},
    }
    return book.bound(reach, index)


def _by_form(spans: Sequence[tuple[date, _Texts]]) -> list[Spans]:
    """The spans of each form."""
    return [_merged([(day, texts[n]) for day, texts in spans]) for n in range(len(FORMS))]


def _changes(dataset: Dataset, reach: tuple[date, date]) -> list[date]:
    """The first day, and each day on which a forecast may change."""
    past = Past(dataset)
    seen = cache(lambda day: Outlook(dataset, day, past).seen)
    return [reach[0], *_halving(seen, *reach)]


def _halving(seen: Callable[[date], object], first: date, last: date) -> Iterator[date]:
    """The days after `first` on which what is seen changes; what is the same on two days was the same in between."""
    if seen(first) == seen(last):
        return
    if last - first == _DAY:
        yield last
        return
    middle = first + (last - first) // 2
    yield from _halving(seen, first, middle)
    yield from _halving(seen, middle, last)


def _warnings(dataset: Dataset, first: date, last: date) -> Spans:
    """The notice that the data are old, if they are."""
    return _merged([(day, age.warning(dataset, day) or "") for day in _days(first, last)])


def _listed(dataset: Dataset, first: date, last: date) -> Spans:
    """What the filters of `opsc states` look at beside the tab-separated lines."""
    lists = {"--region": Region, "--status": Status, "--standing": Standing}
    known = [(option, *get_args(values)) for option, values in lists.items()]
    asked, changes = asked_on(first, dataset), dict[date, dict[str, str]]()
    for iso3, state in dataset.states.items():
        for day, answer in answers_over(state, asked, last):
            changes.setdefault(day, {})[iso3] = answer.status
    pages, status = list[tuple[date, str]](), dict[str, str]()
    for day in sorted(changes):
        status |= changes[day]
        states = [(dataset.names[iso3].region or "", status[iso3]) for iso3 in dataset.states]
        pages.append((day, "\n".join(map("\t".join, [*known, *states]))))
    return _merged(pages)


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


# ── what commands write ──────────────────────────────────────────────────────────────────────────


class AnswerWriter:
    """What `opsc due` writes for each State, and around the States."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._asked = cache(partial(asked_on, dataset=dataset))
        self._outlook = cache(partial(Outlook, dataset, past=Past(dataset)))

    def head(self, reach: tuple[date, date]) -> _Texts:
        """What comes before the States: the names of the columns, the envelope."""
        columns = "\t".join(due.SHOWN) + "\n"
        first, last = (self._around(day)[0] for day in reach)
        return columns, _shared(first, last, *reach), ""

    def tail(self) -> _Texts:
        """What comes after the States."""
        return "", self._around(self.dataset.as_of.parties)[1], ""

    def _around(self, day: date) -> tuple[str, str]:
        before, _, after = text_of({**envelope_of(self.dataset, day), "states": []}).rpartition("[]")
        return f"{before}[\n", f"\n  ]{after}"

    def spans(self, iso3: str, changes: Iterable[date], reach: tuple[date, date]) -> list[Spans]:
        """The answers for a State, in each form."""
        own = {reach[0], *self._own_changes(iso3, reach)}
        begins = sorted({*own, *(changes if any(self._has_forecast(iso3, day) for day in own) else ())})
        ends = [*(day - _DAY for day in begins[1:]), reach[1]]
        settled = [span for days in zip(begins, ends, strict=True) for span in self._settled(iso3, *days)]
        return _by_form([(day, self._texts(content, sheet)) for day, (content, sheet) in _merged(settled)])

    def data(self, reach: tuple[date, date]) -> Iterator[tuple[date, _Texts]]:
        """What `opsc data` writes, from each day on which the counts of what is filled change."""
        begins = [reach[0], *_halving(cache(partial(filled_on, self.dataset)), *reach)]
        for first, last in zip(begins, [*(day - _DAY for day in begins[1:]), reach[1]], strict=True):
            columns, rows, document, parts = _shared(self._data(first), self._data(last), first, last)
            lines = tab_separated(columns, rows).replace(_NUMBER, "")
            yield first, (lines, _unquoted(text_of(document)), _unquoted(json.dumps(parts, ensure_ascii=False)))

    def _data(self, day: date) -> Any:
        listing = data_listing(self.dataset, age.ends_on(self.dataset, day), filled_on(self.dataset, day))
        document = {**envelope_of(self.dataset, day), listing.key: listing.content}
        return listing.columns, list(map(dict, listing.rows())), document, with_footnotes(listing.parts())

    def _own_changes(self, iso3: str, reach: tuple[date, date]) -> Iterator[date]:
        for span in spans_of(self.dataset.states[iso3], self._asked(reach[0]), reach[1]):
            yield span.first
            dated = (o.due.last for o in span.answer.obligations if isinstance(o.due, Dated))
            for last in dated:
                yield from (day for day in (last, last + _DAY) if reach[0] < day <= reach[1])

    def _on(self, iso3: str, day: date) -> Position:
        return Position(iso3, self._asked(day), self._outlook(day), None, None)

    def _has_forecast(self, iso3: str, day: date) -> bool:
        found = self._on(iso3, day)
        return bool(found.next_review) or any(owed.forecast for owed in found.owed)

    def _settled(self, iso3: str, first: date, last: date) -> Iterator[tuple[date, Any]]:
        """The answers from `first` to `last`: in one span, or in those of both halves."""
        one, other = self._content(iso3, first), self._content(iso3, last)
        try:
            yield first, _shared(one, other, first, last)
        except _Different:
            middle = first + (last - first) // 2
            yield from self._settled(iso3, first, middle)
            yield from self._settled(iso3, middle + _DAY, last)

    def _content(self, iso3: str, day: date) -> Any:
        found = self._on(iso3, day)
        return state_content(found), sheet_of([found])

    def _texts(self, content: Any, sheet: Any) -> _Texts:
        lines = tab_separated(due.SHOWN, due.due_rows([content])).partition("\n")[2]
        whole = to_json({"states": [content]}, indent=2).decode()  # as text_of, in a tenth of the time
        document = _indented(whole.removeprefix('{\n  "states": [\n').removesuffix("\n  ]\n}"))
        drawn = json.dumps(with_footnotes(sheet), ensure_ascii=False, separators=(",\n", ":"))
        return lines.replace(_NUMBER, ""), _unquoted(document), _unquoted(drawn)


class _Different(Exception):
    """Two answers differ in more than the day and counts of days."""


def _shared(one: Any, other: Any, day: date, other_day: date) -> Any:
    """What the answers of two days share, with marks for what follows from the day. Raises _Different."""
    if one == other:
        return one
    match one, other:
        case dict(), dict() if one.keys() == other.keys():
            return {key: _shared(one[key], other[key], day, other_day) for key in one}
        case ((list() | tuple()), (list() | tuple())) if len(one) == len(other):
            return [_shared(*pair, day, other_day) for pair in zip(one, other, strict=True)]
        case int(), int():
            return _NUMBER + _mark(str(one), day, str(other), other_day)
        case str(), str():
            ours, others = _variable(day).split(one), _variable(other_day).split(other)
            if len(ours) == len(others) and ours[::2] == others[::2]:
                pairs = zip(ours[1::2], others[1::2], strict=True)
                ours[1::2] = [_mark(token, day, other_token, other_day) for token, other_token in pairs]
                return "".join(ours)
    raise _Different


@cache
def _variable(day: date) -> re.Pattern[str]:
    """What may change from day to day: the day, in words or not, and every number."""
    return re.compile(rf"({in_words(day)}|{day}|\d[\d,]*\d|\d)")


def _mark(token: str, day: date, other: str, other_day: date) -> str:
    if token == other:
        return token
    for way, written in ((ISO, str), (WORDS, in_words)):
        if (token, other) == (written(day), written(other_day)):
            return f"{MARK}{way.decode()}{MARK}"
    counts = [token.replace(",", ""), other.replace(",", "")]
    if not all(count.isdecimal() for count in counts):
        raise _Different
    since, other_since = (d - timedelta(int(n)) for d, n in zip((day, other_day), counts, strict=True))
    if since != other_since:
        raise _Different
    return f"{MARK}{',' if ',' in token + other else ''}{(since - EPOCH).days}{MARK}"


_NUMBER = "\x02"
"""Before a marked number, which JSON has without quotation marks."""


def _unquoted(text: str) -> str:
    """JSON with marks unescaped, and marked numbers as numbers."""
    return re.sub(r'"\\u0002(.*?)"', r"\1", text).replace(json.dumps(MARK)[1:-1], MARK)


def _indented(text: str) -> str:
    """A document whose indentation is written with almanac.INDENT."""
    space = INDENT.decode()
    deeper = takewhile(lambda n: "\n" + n * " " in text, count(2, 2))
    for n in reversed([*deeper]):  # a pass for each depth takes a sixth of the time of one with a pattern
        text = text.replace("\n" + n * " ", "\n" + n * space)
    return text.replace(f",\n{space}", ",\n ")


def _merged(spans: Sequence[tuple[date, _T]]) -> list[tuple[date, _T]]:
    """The same spans, without those that repeat the answer of the one before."""
    return [span for n, span in enumerate(spans) if not n or span[1] != spans[n - 1][1]]
