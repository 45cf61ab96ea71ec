"""`opsc explain`: the derivation as text for a person, one row per step for a program."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from opsc_cli.answers.explain import Step, steps_of, steps_to_initial_report
from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.position import Position
from opsc_cli.forecast.next_review import review_in_a_sentence
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.links import link_of
from opsc_cli.record.records import Source
from opsc_cli.record.state import Disagreement
from opsc_cli.render.listing import Columns, Listing, joined, rows_of
from opsc_cli.render.meetings import groups_in_words, in_a_sentence
from opsc_cli.render.parts import Paragraph, Part, paragraph
from opsc_cli.render.words import iso, sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract


def explain_listing(positions: Iterable[Position], sources: Mapping[str, Source]) -> Listing:
    """`sources`: every source on record, by id."""
    return Listing(
        key="states",
        content=OneByOne(lambda: map(explain_content, positions)),
        columns=tuple(COLUMNS),
        rows=lambda: rows_of(COLUMNS, (derived for position in positions for derived in _derived(position))),
        parts=lambda: _all_parts(positions, sources),
    )


def explain_content(position: Position) -> "contract.State":
    """The State as in `opsc due`, with the steps to each obligation."""
    from opsc_cli.render.state import state_content  # only JSON has it

    state = state_content(position)
    for obligation, owed in zip(state["obligations"], position.obligations, strict=True):
        obligation["steps"] = [_step(n, step) for n, step in _numbered(steps_of(position, owed))]
    return state


def steps_without_report(position: Position) -> "list[contract.Step]":
    """How a State that owes no report became, or becomes, a party."""
    return [_step(n, step) for n, step in _numbered(steps_to_initial_report(position))]


def _numbered(steps: Iterable[Step]) -> Iterator[tuple[int, Step]]:
    return enumerate(steps, start=1)


def _step(n: int, step: Step) -> "contract.Step":
    return {
        "n": n,
        "rule": step.rule,
        "authority": step.authority,
        "text": step.text,
        "url": step.url or None,
        "before": step.before,
        "after": step.after,
        "displaced": step.displaced,
        "certainty": step.certainty.value if step.certainty else None,
        "because": step.because,
        "sources": list(step.sources),
    }


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


class _Derived(Frozen, kw_only=False):
    """A step in the derivation of a report; without a report if the State owes none."""

    position: Position
    report: str | None
    n: int
    step: Step


def _derived(position: Position) -> Iterator[_Derived]:
    for owed in position.obligations:
        for n, step in _numbered(steps_of(position, owed)):
            yield _Derived(position, owed.report.name, n, step)
    if not position.obligations:
        for n, step in _numbered(steps_to_initial_report(position)):
            yield _Derived(position, None, n, step)


COLUMNS: Columns[_Derived] = {
    "iso3": lambda d: d.position.iso3,
    "name": lambda d: d.position.name,
    "report_name": lambda d: d.report,
    "n": lambda d: d.n,
    "rule": lambda d: d.step.rule,
    "authority": lambda d: d.step.authority,
    "before": lambda d: d.step.before,
    "after": lambda d: d.step.after,
    "displaced": lambda d: "yes" if d.step.displaced else None,
    "certainty": lambda d: d.step.certainty.value if d.step.certainty else None,
    "because": lambda d: d.step.because,
    "sources": lambda d: joined(d.step.sources),
    "text": lambda d: d.step.text,
    "url": lambda d: d.step.url or None,
}


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────


def _all_parts(positions: Iterable[Position], sources: Mapping[str, Source]) -> Iterator[Part]:
    for n, position in enumerate(positions):
        if n:
            yield paragraph("")
        yield from _parts(position, sources)


def _parts(position: Position, sources: Mapping[str, Source]) -> Iterator[Part]:
    yield paragraph(sentence(position))
    shown: set[Step] = set()
    cited: dict[str, None] = {}
    if not position.obligations:
        yield from _derivation(steps_to_initial_report(position), shown, cited)
    for owed in position.owed:
        yield from _heading(owed.obligation.report.name)
        yield from _derivation(steps_of(position, owed.obligation), shown, cited)
        for remark in owed.obligation.remarks:
            yield paragraph("")
            yield paragraph(f"Remark: {remark.text} Sources: {', '.join(remark.sources)}")
            cited.update(dict.fromkeys(remark.sources))
        if owed.forecast:
            yield paragraph("")
            yield paragraph(f"Next pre-session: {in_a_sentence(owed.forecast)}.")
    yield from _section("Next review", _next_review(position))
    yield from _section("Other sources say", map(disagreement, position.disagreements))
    yield from _section("Notes", position.notes)
    yield from _sources(cited, sources)


def _next_review(position: Position) -> Iterator[str]:
    review = position.next_review
    if review:
        yield review_in_a_sentence(review, position.name)
        yield from review.basis[2:]
        if review.pre_session:
            yield f"The pre-sessional working group for it: {groups_in_words(review)}."
        yield f"Certainty: {review.certainty.value}; {review.authority.short}."


def _derivation(steps: Iterable[Step], shown: set[Step], cited: dict[str, None]) -> Iterator[Part]:
    """The steps to a report; those that an earlier report has `shown` only by what they give."""
    numbered = tuple(_numbered(steps))
    for is_above, run in groupby(numbered, key=lambda one: one[1] in shown):
        if is_above:
            yield from _above(tuple(run))
        else:
            yield from (part for n, step in run for part in _step_parts(n, step))
    shown.update(step for _, step in numbered)
    cited.update((source, None) for _, step in numbered for source in step.sources)


def _above(run: Sequence[tuple[int, Step]]) -> Iterator[Part]:
    first, last = run[0][0], run[-1][0]
    number = f"{first:>2}. " if first == last else f"{first:>2}–{last}. "
    rules = _capitalised(", ".join(step.rule for _, step in run))
    yield paragraph("")
    yield paragraph(f"{rules}: as above", indent=number, hanging=" " * len(number))


def _step_parts(n: int, step: Step) -> Iterator[Part]:
    number = f"{n:>2}. "
    indent = " " * len(number)
    change = f"{step.before} → {step.after}" if step.before and step.after else step.after or step.before or ""
    displaced = " (displaced: does not govern)" if step.displaced else ""
    certainty = f" [{step.certainty.value}]" if step.certainty else ""
    outcome = f": {change}{certainty}{displaced}" if change else ""
    yield paragraph("")
    yield paragraph(f"{_capitalised(step.rule)}{outcome}", indent=number, hanging=indent)
    yield paragraph(f"{step.authority}: {step.text}", indent=indent, hanging=indent)
    yield paragraph(f"Here: {step.because}.", indent=indent, hanging=indent)
    if step.url:
        yield paragraph(step.url, indent=indent, breaks=False)
    if step.sources:
        yield paragraph(f"Sources: {', '.join(step.sources)}", indent=indent, hanging=indent)


def _section(title: str, items: Iterable[str]) -> Iterator[Part]:
    listed = list(items)
    if listed:
        yield from _heading(title)
        for item in listed:
            yield _item(item)


def _sources(cited: Iterable[str], sources: Mapping[str, Source]) -> Iterator[Part]:
    """Each opens at its address, or where its symbol leads."""
    parts = [_item(_source(id, sources[id])) for id in cited]
    if parts:
        yield from _heading("Sources")
    for part, source in zip(parts, (sources[id] for id in cited), strict=True):
        words, link = source.url or source.symbol, link_of(source)
        if words and link:
            part["links"] = [(words, link)]
        yield part


def _item(text: str) -> Paragraph:
    return paragraph(f"- {text}", hanging="  ", breaks=False)


def _heading(title: str) -> Iterator[Part]:
    yield paragraph("")
    yield paragraph(_capitalised(title), underlined=True)


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def disagreement(other: Disagreement) -> str:
    about = f"on {other.about}: " if other.about else ""
    return f"{about}{other.says} ({', '.join(other.sources)}): {other.reason}"


def _source(id: str, source: Source) -> str:
    places = (source.symbol, source.url, f"read at {source.read_at}" if source.read_at else None)
    read = f"Read: {source.part_read} ({iso(source.read)})" if source.part_read else ""
    found = ". ".join(filter(None, (", ".join(p for p in places if p), read)))
    return f"{id}: {source.title}. {source.publisher}. {found}"
