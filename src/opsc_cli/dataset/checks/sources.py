"""Sources: every dated fact has one; each is on record, used, read recently, and not older than its fact."""

from collections.abc import Iterator
from datetime import date, timedelta

from opsc_cli.dataset.checks.walking import Fault, Records, dated
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
"""A source read longer ago than this, counted from the dataset's version, must be read again."""


def sources_exist(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    for file, where, record in walked:
        for position, source in enumerate(getattr(record, "sources", ())):
            if source not in dataset.sources:
                message = f"no source {source!r} in sources.yaml; correct the id, or add the source"
                yield Fault(file, (*where, "sources", position), "SRC01", message)


def sources_occur_once(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    for file, where, record in walked:
        listed = getattr(record, "sources", ())
        if len(set(listed)) == len(listed):
            continue
        cited = set[str]()
        for position, source in enumerate(listed):
            if source in cited:
                yield Fault(
                    file, (*where, "sources", position), "SRC09", f"{source} is listed twice; delete one", "warning"
                )
            cited.add(source)


def sources_are_used(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    used = {source for _, _, record in walked for source in getattr(record, "sources", ())}
    for source in dataset.sources:
        if source not in used:
            yield Fault(
                "sources", ("sources", source), "SRC03", "no fact uses this source; delete it or cite it", "warning"
            )


def facts_have_sources(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """Every record that can have a source has one; a report only if it has facts other than its review."""
    for file, where, record in walked:
        if hasattr(record, "sources") and not record.sources and (not isinstance(record, Report) or _has_own(record)):
            yield Fault(file, where, "SRC02", "a fact needs at least one source; expected `sources:` with an id")


def _has_own(report: Report) -> bool:
    """Whether the report has facts other than its name and its nested records."""
    own = (report.submitted, report.due_published, report.symbol, report.procedure, report.pre_session, report.numbers)
    return any(own)


def sources_can_know(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """For acts of States: a source cannot know an act after its own date."""
    for file, where, record in walked:
        if record.__class__ not in ACTS_OF_STATES:
            continue
        for act in (getattr(record, name) for name in dated(record.__class__) if name != "latest"):
            for position, source_id in enumerate(record.sources):
                if act and _speaks_before(dataset, source_id, act):
                    message = f"{_reach(dataset, source_id)}; expected a later source for {act}"
                    yield Fault(file, (*where, "sources", position), "SRC04", message)


def _speaks_before(dataset: Dataset, source_id: str, said: Recorded) -> bool:
    source = dataset.sources.get(source_id)
    return bool(source and source.as_of and last_day(source.as_of) < first_day(said))


def _reach(dataset: Dataset, source_id: str) -> str:
    return f"{source_id} is of {in_words(dataset.sources[source_id].as_of)}"  # type: ignore[arg-type]


def sources_were_read_by(today: date, dataset: Dataset) -> Iterator[Fault]:
    """No source was read in the future; `today` is a day of UTC, and in the east it may be tomorrow already."""
    for source_id, source in dataset.sources.items():
        if source.read > today + timedelta(days=1):
            where = ("sources", source_id, "read")
            yield Fault("sources", where, "SRC05", f"{source.read} is in the future; write the day of reading")


def sources_were_read_in_time(dataset: Dataset) -> Iterator[Fault]:
    """A source is read after its own date, and not too long ago."""
    version = version_day(dataset.version)
    stale = years_after(version, -STALE_AFTER_YEARS) if version else date.min
    for source_id, source in dataset.sources.items():
        where = ("sources", source_id, "read")
        if source.as_of and first_day(source.as_of) > source.read:
            message = f"read before its own date, {in_words(source.as_of)}; fix whichever is wrong"
            yield Fault("sources", where, "SRC05", message)
        if source.read < stale:
            message = f"read more than {STALE_AFTER_YEARS} years before the dataset's version; read it again"
            yield Fault("sources", where, "SRC06", message, "warning")
