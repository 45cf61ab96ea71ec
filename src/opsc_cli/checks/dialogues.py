"""The day of a dialogue: summary records are numbered as the meetings followed one another, a release bears its day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from opsc_cli.checks.walking import Fault, Where, reports, sessions_by_number, states
from opsc_cli.dates import Recorded, first_day, in_words, last_day
from opsc_cli.records import Dataset, Review

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
    """The sessions, and the days of the dialogues, rise with the numbers of the meetings that they are cited from.

    A record that reviews of several States cite is of a meeting about all of them, such as the last one of a session:
    it is of that session, and its day is nobody's dialogue.
    """
    cited = sorted(_summary_records(dataset))
    for earlier, later in pairwise(cited):
        if later.session < earlier.session or (later.meeting == earlier.meeting and later.session != earlier.session):
            message = (
                f"meeting {later.meeting} is cited for session {later.session}, meeting {earlier.meeting} for session"
                f" {earlier.session}; one of the sessions or sources is wrong"
            )
            yield Fault("states", (*later.path, "session"), "MEET07", message)
    about = defaultdict(set)
    for record in cited:
        about[record.meeting].add(record.iso3)
    dialogues = [record for record in cited if record.considered and len(about[record.meeting]) == 1]
    for earlier, later in pairwise(dialogues):
        if first_day(earlier.considered) > last_day(later.considered):  # type: ignore[arg-type]
            message = (
                f"meeting {later.meeting} on {in_words(later.considered)}, but meeting {earlier.meeting} on"  # type: ignore[arg-type]
                f" {in_words(earlier.considered)} ({earlier.iso3}); one of the days or sources is wrong"  # type: ignore[arg-type]
            )
            yield Fault("states", (*later.path, "considered"), "MEET07", message)


def _summary_records(dataset: Dataset) -> Iterator[_Cited]:
    for path, review in _reviews(dataset):
        for source in review.sources:
            symbol = (dataset.sources[source].symbol or "") if source in dataset.sources else ""
            number = symbol.removeprefix(_SUMMARY_RECORD)
            if symbol.startswith(_SUMMARY_RECORD) and number.isdecimal():
                yield _Cited(int(number), review.session, path, review.considered, str(path[1]))


def releases_bear_the_day(dataset: Dataset) -> Iterator[Fault]:
    """A release that speaks of a day before the last one of the session is of the day of the dialogue."""
    by_number = sessions_by_number(dataset)
    for path, review in _reviews(dataset):
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


def _reviews(dataset: Dataset) -> Iterator[tuple[Where, Review]]:
    for where, state in states(dataset):
        for path, report in reports(where, state):
            if report.review:
                yield (*path, "review"), report.review
