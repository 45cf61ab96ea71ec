"""`opsc audit`: where a computed value differs from a published one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opsc_cli.answers.audit import Mismatch
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.parts import Part, grid, line

if TYPE_CHECKING:
    from opsc_cli.render import documents


def audit_listing(mismatches: Sequence[Mismatch]) -> Listing:
    return Listing(
        key="mismatches",
        content=[_content(mismatch) for mismatch in mismatches],
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, mismatches),
        parts=lambda: list(_parts(mismatches)),
    )


def _content(mismatch: Mismatch) -> "documents.Mismatch":
    return {
        "about": mismatch.about,
        "subject": mismatch.subject,
        "computed": mismatch.computed,
        "by": mismatch.by,
        "computed_sources": list(mismatch.computed_sources),
        "published": mismatch.published,
        "published_sources": list(mismatch.published_sources),
        "explained": mismatch.explained,
    }


COLUMNS: Columns[Mismatch] = {
    "about": lambda m: m.about,
    "subject": lambda m: m.subject,
    "computed": lambda m: m.computed,
    "by": lambda m: m.by,
    "computed_sources": lambda m: joined(m.computed_sources),
    "published": lambda m: m.published,
    "published_sources": lambda m: joined(m.published_sources),
    "explained": lambda m: m.explained,
}


def _parts(mismatches: Sequence[Mismatch]) -> Iterator[Part]:
    rows = (
        (
            m.about,
            m.subject,
            f"{m.computed} ({m.by})",
            f"{m.published} ({', '.join(m.published_sources)})",
            m.explained or [("no explanation on record", "bold red")],
        )
        for m in mismatches
    )
    yield grid(("What", "Of", "Computed", "Published", "Explained"), rows)
    unexplained = sum(1 for m in mismatches if m.explained is None)
    yield line(f"{len(mismatches)} differences, {unexplained} without an explanation")
