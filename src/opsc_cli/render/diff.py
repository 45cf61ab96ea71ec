"""A comparison as text, Markdown or JSON: what a reviewer puts under a pull request."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from opsc_cli.answers.diff import ChangedAnswer, ChangedFact, Comparison
from opsc_cli.render.document import SCHEMA_VERSION, text_of

NOTHING = "not on record"


def _headline(comparison: Comparison) -> str:
    facts, answers = len(comparison.facts), len({a.iso3 for a in comparison.answers})
    if not facts and not answers:
        return "No fact and no answer changes."
    return (
        f"{facts} {'fact changes' if facts == 1 else 'facts change'};"
        f" {len(comparison.answers)} {'answer' if len(comparison.answers) == 1 else 'answers'}"
        f" of {answers} {'State' if answers == 1 else 'States'} with {'it' if facts == 1 else 'them'},"
        f" by what is known on {comparison.as_of}."
    )


def _fact(fact: ChangedFact) -> str:
    return f"{fact.where}: {fact.old or NOTHING} → {fact.new or NOTHING}"


def _answer(answer: ChangedAnswer) -> str:
    return (
        f"{answer.iso3}: {answer.question} {answer.old or NOTHING} → {answer.new or NOTHING}, because {answer.because}"
    )


def _text(comparison: Comparison) -> str:
    lines = [_headline(comparison)]
    lines += ["", "Facts", *(f"  {_fact(fact)}" for fact in comparison.facts)] if comparison.facts else []
    lines += ["", "Answers", *(f"  {_answer(answer)}" for answer in comparison.answers)] if comparison.answers else []
    return "\n".join(lines) + "\n"


def _markdown(comparison: Comparison) -> str:
    lines = ["## What this change does", "", _headline(comparison)]
    if comparison.answers:
        lines += ["", "| State | answer | before | after | because |", "|---|---|---|---|---|"]
        lines += [
            f"| {_cell(a.name)} ({a.iso3}) | {_cell(a.question)}"
            f" | {_cell(a.old or NOTHING)} | {_cell(a.new or NOTHING)} | {_cell(a.because)} |"
            for a in comparison.answers
        ]
    if comparison.facts:
        lines += ["", "| fact | before | after |", "|---|---|---|"]
        lines += [f"| `{f.where}` | {_cell(f.old or NOTHING)} | {_cell(f.new or NOTHING)} |" for f in comparison.facts]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _json(comparison: Comparison) -> str:
    return text_of(
        {
            "schema_version": SCHEMA_VERSION,
            "as_of": str(comparison.as_of),
            "old_version": comparison.old_version,
            "new_version": comparison.new_version,
            "facts": [asdict(fact) for fact in comparison.facts],
            "answers": [asdict(answer) for answer in comparison.answers],
        }
    )


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"text": _text, "md": _markdown, "json": _json}
"""Lines for a terminal, Markdown for a pull request, JSON for a script."""

SUFFIXES = {".txt": "text", ".md": "md", ".json": "json"}
"""The formats of files, by how their names end."""
