"""The derivation as text: numbered steps, each with its rule, its article, what went in and what came out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from textwrap import fill

from opsc_cli.answers.explain import Step, steps_of, steps_to_initial_report
from opsc_cli.answers.position import Position
from opsc_cli.record.records import Source
from opsc_cli.record.state import Disagreement
from opsc_cli.render.words import in_a_sentence, sentence


def explanation(position: Position, sources: Mapping[str, Source], width: int) -> str:
    """`opsc explain`: why the State owes what it owes."""
    return "\n".join(_lines(position, sources, width)) + "\n"


def _lines(position: Position, sources: Mapping[str, Source], width: int) -> Iterator[str]:
    yield fill(sentence(position), width)
    cited: dict[str, None] = {}
    told: set[Step] = set()  # a second report rests on steps that stand under the first
    if not position.owed:
        for n, step in enumerate(steps_to_initial_report(position), start=1):
            yield from _step(replace(step, n=n), width)
            cited.update(dict.fromkeys(step.sources))
    for owed in position.owed:
        yield ""
        yield _heading(owed.obligation.report.name, width)
        for step in steps_of(position, owed.obligation):
            if replace(step, n=0) not in told:
                told.add(replace(step, n=0))
                yield from _step(step, width)
            cited.update(dict.fromkeys(step.sources))
        for remark in owed.obligation.remarks:
            yield ""
            yield fill(f"Remark: {remark.text} Sources: {', '.join(remark.sources)}", width)
            cited.update(dict.fromkeys(remark.sources))
        if owed.forecast:
            yield ""
            yield fill(f"Next pre-session: {in_a_sentence(owed.forecast)}.", width)
    yield from _section("Other sources say", (_disagreement(d) for d in position.disagreements), width)
    yield from _section("Notes", position.notes, width)
    yield from _section("Sources", (_source(i, sources[i]) for i in cited), width)


def _step(step: Step, width: int) -> Iterator[str]:
    number = f"{step.n:>2}. "
    indent = " " * len(number)
    arrow = f"{step.before} → {step.after}" if step.before and step.after else step.after or step.before or ""
    displaced = " (displaced: does not govern)" if step.displaced else ""
    certainty = f" [{step.certainty.value}]" if step.certainty else ""
    yield ""
    outcome = f": {arrow}{certainty}{displaced}" if arrow else ""
    yield fill(f"{number}{_capitalised(step.rule)}{outcome}", width, subsequent_indent=indent)
    yield fill(f"{step.authority}: {step.text}", width, initial_indent=indent, subsequent_indent=indent)
    yield fill(f"Here: {step.because}.", width, initial_indent=indent, subsequent_indent=indent)
    if step.url:
        yield f"{indent}{step.url}"
    if step.sources:
        yield fill(f"Sources: {', '.join(step.sources)}", width, initial_indent=indent, subsequent_indent=indent)


def _section(title: str, items: Iterable[str], width: int) -> Iterator[str]:
    items = list(items)
    if items:
        yield ""
        yield _heading(title, width)
        for item in items:
            yield fill(f"- {item}", width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _heading(title: str, width: int) -> str:
    lines = fill(_capitalised(title), width)
    return f"{lines}\n{'─' * min(len(title), width)}"


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def _disagreement(disagreement: Disagreement) -> str:
    about = f"on {disagreement.about}: " if disagreement.about else ""
    return f"{about}{disagreement.says} ({', '.join(disagreement.sources)}): {disagreement.reason}"


def _source(source_id: str, source: Source) -> str:
    places = (source.symbol, source.url, f"read at {source.read_at}" if source.read_at else None)
    return f"{source_id}: {source.title}. {source.publisher}. {', '.join(p for p in places if p)}"
