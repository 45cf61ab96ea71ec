"""Sources: every dated fact has one, each is on record, used and fresh, and can know what it is cited for."""

from collections.abc import Iterator
from datetime import date

from opsc_cli.dataset.checks.walking import Fault, Records, citations, dated_fields
from opsc_cli.dataset.checks.whole import version_day
from opsc_cli.record.dates import Recorded, first_day, in_words, last_day, years_after
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import (
    Denunciation,
    Instrument,
    PublishedEntryIntoForce,
    Report,
    Signature,
    Territory,
)

ACTS_OF_STATES = (Signature, Instrument, PublishedEntryIntoForce, Territory, Denunciation)

STALE_AFTER_YEARS = 3
"""A source read longer ago than this, counted from the dataset's version, is to be read again."""


def sources_exist(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    for file, where, source in citations(walked):
        if source not in dataset.sources:
            yield Fault(file, where, "SRC01", f"no source {source!r} in sources.yaml")


def sources_stand_once(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    for file, where, record in walked:
        sources = getattr(record, "sources", ())
        for position, source in enumerate(sources):
            if source in sources[:position]:
                yield Fault(file, (*where, "sources", position), "SRC09", f"{source} stands here twice", "warning")


def sources_are_used(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    used = {source for _, _, source in citations(walked)}
    for source in dataset.sources:
        if source not in used:
            yield Fault("sources", ("sources", source), "SRC03", "no fact uses this source", "warning")


def facts_have_sources(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """Every record that can name a source does; a report only where it holds more than what its review tells."""
    for file, where, record in walked:
        if hasattr(record, "sources") and not record.sources and (not isinstance(record, Report) or _has_own(record)):
            yield Fault(file, where, "SRC02", "a fact needs at least one source; expected `sources:` with an id")


def _has_own(report: Report) -> bool:
    """Whether the report holds a fact that is neither what it is called nor in a record below it."""
    return any((report.submitted, report.due_published, report.symbol, report.procedure, report.pre_session))


def sources_can_know(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """Of the acts of States: a source that speaks up to a day cannot know an act of a later one."""
    for file, where, record in walked:
        if not isinstance(record, ACTS_OF_STATES):
            continue
        for act in (getattr(record, name) for name in dated_fields(record) if name != "latest"):
            for position, source_id in enumerate(record.sources):
                if _speaks_before(dataset, source_id, act):
                    message = f"{_reach(dataset, source_id)}; expected one that can know {act}"
                    yield Fault(file, (*where, "sources", position), "SRC04", message)


def _speaks_before(dataset: Dataset, source_id: str, said: Recorded) -> bool:
    source = dataset.sources.get(source_id)
    return bool(source and source.as_of and last_day(source.as_of) < first_day(said))


def _reach(dataset: Dataset, source_id: str) -> str:
    return f"{source_id} speaks up to {in_words(dataset.sources[source_id].as_of)}"  # type: ignore[arg-type]


def sources_were_read_in_time(dataset: Dataset) -> Iterator[Fault]:
    """A source is read by the day of the dataset's version, not before the day it speaks of, and not too long ago."""
    version = version_day(dataset.version)
    stale = years_after(version, -STALE_AFTER_YEARS) if version else date.min
    for source_id, source in dataset.sources.items():
        where = ("sources", source_id, "read")
        if version and source.read > version:
            yield Fault(
                "sources", where, "SRC05", f"read after the dataset's version, {version}; expected a day by then"
            )
        if source.as_of and first_day(source.as_of) > source.read:
            message = f"read before the day it speaks of, {in_words(source.as_of)}; one of the two is wrong"
            yield Fault("sources", where, "SRC05", message)
        if source.read < stale:
            message = f"read more than {STALE_AFTER_YEARS} years before the dataset's version; expected a new reading"
            yield Fault("sources", where, "SRC06", message, "warning")
