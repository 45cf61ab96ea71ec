"""`opsc missing`: what is not on record, where it can be read, and the line that records it."""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from opsc_cli.answers.missing import EFFECTS, KINDS, Gap
from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.record.dates import in_words
from opsc_cli.render.listing import Columns, Listing, md_cell, rows_of
from opsc_cli.render.parts import Part, grid, line, paragraph
from opsc_cli.render.words import iso

if TYPE_CHECKING:
    from opsc_cli.render import contract_missing as contract

MOST_STATES = 20
"""States that a terminal shows unless States are named."""


def missing_listing(gaps: Sequence[Gap], *, in_full: bool) -> Listing:
    """`in_full`: a terminal shows every gap with its line, not only the first States as an overview."""
    content = OneByOne(lambda: map(_content, gaps))
    return Listing(
        key="missing",
        content=content,
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, content),
        parts=lambda: list(_details(gaps) if in_full else _overview(gaps)),
        page=lambda: _page(gaps),
    )


def _content(gap: Gap) -> "contract.Gap":
    return {
        "iso3": gap.iso3,
        "name": gap.name,
        "region": gap.region,
        "kind": gap.kind,
        "question": gap.question,
        "effect": gap.effect,
        "document": {
            "symbol": gap.document.symbol,
            "symbol_on_record": gap.document.is_on_record,
            "url": gap.document.address,
            "look_for": gap.document.look_for,
            "read": iso(gap.document.read),
            "part_read": gap.document.part_read,
        },
        "state_page": gap.page,
        "record": command(gap),
    }


COLUMNS: "Columns[contract.Gap]" = {
    "iso3": lambda gap: gap["iso3"],
    "name": lambda gap: gap["name"],
    "region": lambda gap: gap["region"],
    "kind": lambda gap: gap["kind"],
    "question": lambda gap: gap["question"],
    "effect": lambda gap: gap["effect"],
    "symbol": lambda gap: gap["document"]["symbol"],
    "symbol_on_record": lambda gap: "yes" if gap["document"]["symbol_on_record"] else "no",
    "url": lambda gap: gap["document"]["url"],
    "look_for": lambda gap: gap["document"]["look_for"],
    "state_page": lambda gap: gap["state_page"],
    "record": lambda gap: gap["record"],
    "read": lambda gap: gap["document"]["read"],
    "part_read": lambda gap: gap["document"]["part_read"],
}


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def command(gap: Gap) -> str:
    """The command that records the answer, on one line."""
    return " ".join(("opsc", *map(_quoted, gap.record)))


def _lines(gap: Gap) -> Iterator[str]:
    """The same with one option per line, so that no terminal breaks it elsewhere."""
    words = ["opsc", *map(_quoted, gap.record)]
    options = [n for n, word in enumerate(words) if word.startswith("--")]
    ends = [*options[1:], len(words)]
    yield " ".join(words[: options[0]]) + " \\"
    for begins, end in zip(options, ends, strict=True):
        yield f"  {' '.join(words[begins:end])}" + (" \\" if end < len(words) else "")


def _quoted(word: str) -> str:
    """In double quotes if it needs any: these mean the same to sh, PowerShell and cmd."""
    if re.fullmatch(r"[\w@%+=:,./-]+", word, re.ASCII):
        return word
    return f'"{word}"' if not re.search(r'["$`\\!]', word) else shlex.quote(word)


# ── a terminal ───────────────────────────────────────────────────────────────────────────────────


def _overview(gaps: Sequence[Gap]) -> Iterator[Part]:
    states = _by_state(gaps)
    counts = ((kind, str(sum(1 for gap in gaps if gap.kind == kind)), EFFECTS[kind]) for kind in KINDS)
    found = [row for row in counts if row[1] != "0"]
    yield grid(("Missing", "States", "What it changes"), found, right=("States",))
    first = list(states.items())[:MOST_STATES]
    rows = ((name, of[0].question, ", ".join(gap.kind for gap in of[1:])) for name, of in first)
    yield grid(("State", "What would help most", "Then"), rows)
    more = len(states) - len(first)
    rest = f"{more} more {'State' if more == 1 else 'States'}: `opsc missing --format csv` lists all. " if more else ""
    yield line(f"{rest}`opsc missing STATE` says where to read it and how to record it.")


def _details(gaps: Sequence[Gap]) -> Iterator[Part]:
    for name, of in _by_state(gaps).items():
        yield line(name, style="bold")
        for number, gap in enumerate(of, 1):
            yield from _detail(number, gap)
    if not gaps:
        yield line("Nothing is missing that this command looks for.")


def _detail(number: int, gap: Gap) -> Iterator[Part]:
    yield paragraph(f"{number}. {gap.question}", hanging="   ")
    yield paragraph(f"Changes: {gap.effect}.", indent="   ", hanging="   ")
    for words, address in _places(gap):
        yield paragraph(f"{words}:", indent="   ", hanging="   ")
        yield paragraph(address, breaks=False)
    yield paragraph(f"Look for: {gap.document.look_for}.", indent="   ", hanging="   ")
    if already := already_read(gap):
        yield paragraph(already, indent="   ", hanging="   ")
    yield paragraph(f"Then record it{to_fill_in(gap)}:", indent="   ", hanging="   ")
    for text in _lines(gap):
        yield line(text)


def _places(gap: Gap) -> Iterator[tuple[str, str]]:
    """Where to read it: what it is, and its address, unbroken so that it can be opened."""
    address = gap.document.address
    if address:
        yield f"Read {gap.document.symbol or _DEPOSITARY}{_condition(gap)}", address
    yield f"{'Or' if address else 'Find it on'} the State's page in the treaty body database", gap.page


def already_read(gap: Gap) -> str:
    """What was read of the document, if the record cites it."""
    document = gap.document
    if not document.read:
        return ""
    part = document.part_read or "which part is not noted; what is asked for is not on record"
    return f"Read already, on {in_words(document.read)}: {part}."


_DEPOSITARY = "the depositary's page"


def _condition(gap: Gap) -> str:
    return ", if there is such a document" if gap.document.symbol and not gap.document.is_on_record else ""


def to_fill_in(gap: Gap) -> str:
    """Which words of the command to replace, and with what."""
    line = command(gap)
    means: Mapping[str, str] = {
        r"YYYY-MM-DD": "the day in place of YYYY-MM-DD",
        r"NUMBER\b": "the paragraph in place of NUMBER",
        r"NUMBERS\b": "the number of the report, such as 5 or 5-6, in place of NUMBERS",
    }
    said = [words for placeholder, words in means.items() if re.search(rf"\b{placeholder}", line)]
    return f", with {' and '.join(said)}" if said else ""


def _by_state(gaps: Iterable[Gap]) -> dict[str, list[Gap]]:
    return {name: list(of) for name, of in groupby(gaps, key=lambda gap: gap.name)}


# ── a page that asks for help ────────────────────────────────────────────────────────────────────


def _page(gaps: Sequence[Gap]) -> str:
    return "\n".join(_page_lines(gaps)) + "\n"


def _page_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    yield "# Help wanted: what is not on record"
    yield ""
    yield (
        "The States whose answers would change most come first. If you find one of these facts, run the line below it"
        " in a copy of the repository, or open an issue."
    )
    for name, of in _by_state(gaps).items():
        yield from ("", f"## {md_cell(name)}", "")
        for gap in of:
            yield f"- **{md_cell(gap.question)}** If it is known, {md_cell(gap.effect)}."
            already = f" {md_cell(read)}" if (read := already_read(gap)) else ""
            yield f"  Read {_linked(gap)}; look for {md_cell(gap.document.look_for)}.{already}"
            yield from ("", "  ```sh", f"  {command(gap)}", "  ```", "")


def _linked(gap: Gap) -> str:
    page, address = f"on [the State's page]({gap.page})", gap.document.address
    if not address:
        return f"{md_cell(gap.document.symbol or '')}, to be found {page}"
    return f"[{md_cell(gap.document.symbol or _DEPOSITARY)}]({address}){_condition(gap)}, or find it {page}"
