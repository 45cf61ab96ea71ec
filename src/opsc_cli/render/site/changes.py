"""What changed from one version of the data to the next: a page for each, and the feed."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from opsc_cli.answers.diff import Comparison
from opsc_cli.record.frozen import Frozen
from opsc_cli.render.diff import NOTHING, summary
from opsc_cli.render.site.pages import PageWriter
from opsc_cli.render.site.paths import FEED, changes_path

MOST = 100
"""A page shows so many changed facts and so many changed answers; `opsc diff` has all."""


class PublishedComparison(Frozen):
    """A comparison with where its page is and when its data were made."""

    comparison: Comparison
    summary: str

    @property
    def version(self) -> str:
        return self.comparison.new_version

    @property
    def path(self) -> str:
        return changes_path(self.version)

    @property
    def made(self) -> str:
        return made_on(self.version)


def changes_files(comparisons: Sequence[Comparison], writer: PageWriter) -> Iterator[tuple[str, str]]:
    """`comparisons`: the oldest first. The pages and the feed have the last one first."""
    changes = [
        PublishedComparison(comparison=comparison, summary=summary(comparison)) for comparison in reversed(comparisons)
    ]
    yield "changes.html", writer.page("changes.html", "changes", changes=changes)
    for change in changes:
        yield change.path, writer.page(change.path, "change", change=change, most=MOST, nothing=NOTHING)
    yield FEED, writer.text(FEED, "feed.atom", **_feed(changes, writer))


def _feed(changes: Sequence[PublishedComparison], writer: PageWriter) -> dict[str, Any]:
    made = changes[0].made if changes else made_on(writer.envelope["data_version"])
    return {
        "changes": changes,
        "updated": made,
        "id_of": _id,
        "home": writer.place.of(""),
        "feed": writer.place.of(FEED),
    }


def made_on(version: str) -> str:
    """The day of a version of the data, 2026.11.27, as a time."""
    year, month, day, *_ = version.split(".")
    return f"{year}-{month:0>2}-{day:0>2}T00:00:00Z"


def _id(key: str) -> str:
    """The id of a feed or an entry, the same wherever the site is published."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'opsc data {key}')}"
