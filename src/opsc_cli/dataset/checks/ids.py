"""The id of a source gives its day or year; sources of one publisher whose ids begin alike are of one kind."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault, others_than
from opsc_cli.record.records import Dataset

_DAY, _YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"(?<![A-Z\d])(?:19|20)\d\d(?!\d)")

_ENOUGH = 3
"""So many other sources show of which kind those of a publisher are."""


def ids_give_the_date(dataset: Dataset) -> Iterator[Fault]:
    for source_id, source in dataset.sources.items():
        given = _DAY.findall(source_id) or _YEAR.findall(source_id)
        if source.as_of and given and not any(str(source.as_of).startswith(date) for date in given):
            message = f"{source.as_of}, but its id says {' and '.join(given)}; fix whichever is wrong"
            yield Fault("sources", ("sources", source_id, "as_of"), "SRC12", message, "warning")


def kinds_follow_the_publisher(dataset: Dataset) -> Iterator[Fault]:
    kinds = defaultdict[tuple[str, str], Counter[str]](Counter)
    for source_id, source in dataset.sources.items():
        kinds[source.publisher, source_id.partition("-")[0]][source.kind] += 1
    for source_id, source in dataset.sources.items():
        begins = source_id.partition("-")[0]
        others = others_than(source.kind, kinds[source.publisher, begins])
        if len(others) == 1 and source.kind not in others and sum(others.values()) >= _ENOUGH:
            message = (
                f"{source.kind}, but all others of {source.publisher} whose ids begin with {begins} are of kind "
                f"{next(iter(others))}; correct the kind, or begin the id with another word"
            )
            yield Fault("sources", ("sources", source_id, "kind"), "SRC12", message, "warning")
