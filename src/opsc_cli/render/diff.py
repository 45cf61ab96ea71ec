"""`opsc diff`: a comparison as text, as Markdown for a pull request, or as JSON."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from opsc_cli.answers.diff import ChangedAnswer, ChangedFact, Comparison
from opsc_cli.render.listing import SCHEMA_VERSION, md_cell, text_of
from opsc_cli.render.words import counted

if TYPE_CHECKING:
    from opsc_cli.render import documents

NOTHING = "not on record"


def summary(comparison: Comparison) -> str:
    if not comparison.facts and not comparison.answers:
        return "No fact and no answer changed."
    states = len({answer.iso3 for answer in comparison.answers})
    facts, answers = counted(len(comparison.facts), "fact"), counted(len(comparison.answers), "answer")
    return f"{facts} changed; {answers} changed in {counted(states, 'State')}, as of {comparison.as_of}."


def _fact(fact: ChangedFact) -> str:
    return f"{fact.where}: {fact.old or NOTHING} → {fact.new or NOTHING}"


def answer_line(answer: ChangedAnswer) -> str:
    """The answer before and after, and why, in a line."""
    change = f"{answer.old or NOTHING} → {answer.new or NOTHING}"
    return f"{answer.iso3}: {answer.question} {change}, because {answer.because}"


def _text(comparison: Comparison) -> str:
    lines = [summary(comparison)]
    lines += ["", "Facts", *(f"  {_fact(fact)}" for fact in comparison.facts)] if comparison.facts else []
    lines += (
        ["", "Answers", *(f"  {answer_line(answer)}" for answer in comparison.answers)] if comparison.answers else []
    )
    return "\n".join(lines) + "\n"


def _markdown(comparison: Comparison) -> str:
    lines = ["## What this change does", "", summary(comparison)]
    if comparison.answers:
        lines += ["", "| State | answer | before | after | because |", "|---|---|---|---|---|"]
        lines += [
            f"| {md_cell(a.name)} ({md_cell(a.iso3)}) | {md_cell(a.question)}"
            f" | {md_cell(a.old or NOTHING)} | {md_cell(a.new or NOTHING)} | {md_cell(a.because)} |"
            for a in comparison.answers
        ]
    if comparison.facts:
        lines += ["", "| fact | before | after |", "|---|---|---|"]
        lines += [
            f"| {_code(f.where)} | {md_cell(f.old or NOTHING)} | {md_cell(f.new or NOTHING)} |"
            for f in comparison.facts
        ]
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    """A text for a cell, as code: only what would end the code or the cell is changed."""
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def _json(comparison: Comparison) -> str:
    document: documents.DiffDocument = {
        "schema_version": SCHEMA_VERSION,
        "as_of": str(comparison.as_of),
        "old_version": comparison.old_version,
        "new_version": comparison.new_version,
        "facts": [{"where": fact.where, "old": fact.old, "new": fact.new} for fact in comparison.facts],
        "answers": [answer_content(answer) for answer in comparison.answers],
    }
    return text_of(document)


def answer_content(answer: ChangedAnswer) -> "documents.ChangedAnswer":
    """The JSON of an answer before and after."""
    return {
        "iso3": answer.iso3,
        "name": answer.name,
        "question": answer.question,
        "old": answer.old,
        "new": answer.new,
        "because": answer.because,
    }


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"text": _text, "md": _markdown, "json": _json}

SUFFIXES = {".txt": "text", ".md": "md", ".json": "json"}
"""The format of a file by its suffix."""
