"""The day of a dialogue: summary records are numbered in order of time, and a release has the day of the dialogue."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from opsc_cli.dataset.checks.walking import Fault, reviews, sessions_by_number
from opsc_cli.dataset.reader import Where
from opsc_cli.record.dates import Recorded, days_from, first_day, in_words, last_day
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Review

_SUMMARY_RECORD = "CRC/C/SR."
"""CRC/C/SR.1706 is the record of the Committee's 1706th meeting."""


class _Cited(NamedTuple):
    """A summary record that a review cites."""

    meeting: int
    session: int
    path: Where
    considered: Recorded | None
    iso3: str


def meetings_keep_their_order(dataset: Dataset) -> Iterator[Fault]:
    """The sessions and the days of dialogues increase with the meeting numbers of the summary records cited.

    A record cited for several States is of a meeting about all of them, such as the last one of a session: it shows the
    session, but not the day of a dialogue.
    """
    cited = sorted(_summary_records(dataset), key=lambda c: (c.meeting, c.session))
    about = defaultdict(set)
    for record in cited:
        about[record.meeting].add(record.iso3)
    dialogues = [record for record in cited if record.considered and len(about[record.meeting]) == 1]
    yield from _misfits(cited, "session", _sessions_fit)
    yield from _misfits(dialogues, "considered", _days_fit)


def _misfits(cited: list[_Cited], field: str, fits: Callable[[_Cited, _Cited], bool]) -> Iterator[Fault]:
    for wrong, other in dict(_out_of_order(cited, fits)).items():
        says, others = (f"session {c.session}" if field == "session" else f"{c.considered}" for c in (wrong, other))
        message = f"{says} by meeting {wrong.meeting}, but {others} by meeting {other.meeting} ({other.iso3})"
        yield Fault("states", (*wrong.path, field), "MEET07", f"{message}; expected both to rise together")


def _sessions_fit(earlier: _Cited, later: _Cited) -> bool:
    same = earlier.meeting == later.meeting
    return earlier.session == later.session if same else earlier.session <= later.session


def _days_fit(earlier: Any, later: Any) -> bool:
    return first_day(earlier.considered) <= last_day(later.considered)


def _out_of_order(cited: list[_Cited], fits: Callable[[_Cited, _Cited], bool]) -> Iterator[tuple[_Cited, _Cited]]:
    """Each record that does not fit its neighbour: of the two, the one without which the others fit."""
    for n, (earlier, later) in enumerate(pairwise(cited)):
        if fits(earlier, later):
            continue
        fits_without_earlier = n == 0 or fits(cited[n - 1], later)
        fits_without_later = n + 2 == len(cited) or fits(earlier, cited[n + 2])
        yield (earlier, later) if fits_without_earlier and not fits_without_later else (later, earlier)


def _summary_records(dataset: Dataset) -> Iterator[_Cited]:
    for path, iso3, review in reviews(dataset):
        for source in review.sources:
            symbol = (dataset.sources[source].symbol or "") if source in dataset.sources else ""
            number = symbol.removeprefix(_SUMMARY_RECORD)
            if symbol.startswith(_SUMMARY_RECORD) and number.isdecimal():
                yield _Cited(int(number), review.session, path, review.considered, iso3)


def releases_bear_the_day(dataset: Dataset) -> Iterator[Fault]:
    """A release dated before the last day of the session has the day of the dialogue."""
    by_number = sessions_by_number(dataset)
    for path, _, review in reviews(dataset):
        session = by_number.get(review.session)
        for source_id in review.sources:
            source = dataset.sources.get(source_id)
            if not (session and source and source.kind == "release" and isinstance(source.as_of, date)):
                continue
            about_the_dialogue = first_day(session.opens) <= source.as_of < last_day(session.closes)
            if about_the_dialogue and review.considered not in (None, source.as_of) and not review.confirmed:
                message = (
                    f"{source_id} is of {in_words(source.as_of)}; expected that day, or `confirmed` with the reason"
                )
                yield Fault("states", (*path, "considered"), "MEET08", message, "warning")


def dialogues_at_one_session_are_together(dataset: Dataset) -> Iterator[Fault]:
    """The Committee considers all reports of a State before one session on one day or on two days in a row."""
    days: defaultdict[tuple[str, int], dict[date, tuple[Where, Review]]] = defaultdict(dict)
    for path, iso3, review in reviews(dataset):
        if isinstance(review.considered, date):
            days[iso3, review.session][review.considered] = path, review
    for held in days.values():
        for earlier, later in pairwise(sorted(held)):
            path, review = held[later]
            if days_from(earlier, later) > 1 and not (review.confirmed or held[earlier][1].confirmed):
                message = f"{later}, but another report of the State on {earlier} of the same session"
                expected = "expected days in a row, or `confirmed` with the reason"
                yield Fault("states", (*path, "considered"), "MEET10", f"{message}; {expected}", "warning")
