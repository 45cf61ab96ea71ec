"""`checked`: a State or a meeting that was checked later than the whole record, and in what."""

from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault, Records
from opsc_cli.record.dates import in_words
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Checked


def checks_rest_on_what_was_read(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """A check cites a source that was read on its day or later."""
    for file, where, record in walked:
        if isinstance(record, Checked):
            read = [dataset.sources[source].read for source in record.sources if source in dataset.sources]
            if read and max(read) < record.day:
                message = f"its sources were read by {in_words(max(read))}; expected that day, or a source read later"
                yield Fault(file, (*where, "day"), "SRC04", message)


def checks_are_later_than_the_record(dataset: Dataset, walked: Records) -> Iterator[Fault]:
    """A check that the record as a whole has caught up with says nothing."""
    ends = min(dataset.as_of.parties, dataset.as_of.committee)
    for file, where, record in walked:
        if isinstance(record, Checked) and record.day <= ends:
            message = f"the record as a whole reaches to {in_words(ends)}; delete this `checked`"
            yield Fault(file, where, "DATE02", message, "warning")
