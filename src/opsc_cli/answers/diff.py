"""Compares two datasets: the facts that changed, and the answers that change as a result, with reasons.

A reviewer needs both: a changed `deposited` says little; that the initial report is due a year later shows its effect.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from opsc_cli.answers.position import Position, positions
from opsc_cli.law.authority import Answer, DateAwaited, Dated
from opsc_cli.law.standing import Obligation
from opsc_cli.record.dates import Month, Year
from opsc_cli.record.frozen import Frozen, is_frozen, names_of
from opsc_cli.record.records import Dataset, PreSession, Session
from opsc_cli.record.state import Report


class ChangedFact(Frozen):
    """A fact of the record that was added, changed or removed; None means "not on record"."""

    where: str
    old: str | None
    new: str | None


class ChangedAnswer(Frozen):
    """An answer that differs, and the reason for the new one."""

    iso3: str
    name: str
    question: str
    """ "initial report due", "status", …"""
    old: str | None
    new: str | None
    because: str


class Comparison(Frozen):
    """The changes from one dataset to another, as known on a day."""

    as_of: date
    old_version: str
    new_version: str
    facts: tuple[ChangedFact, ...]
    answers: tuple[ChangedAnswer, ...]


def compared(old: Dataset, new: Dataset, as_of: date) -> Comparison:
    """The facts that differ, and the answers on `as_of` that differ.

    Of forecasts, the next reviews of the States whose own facts differ: any fact moves those of others a little.
    """
    facts = tuple(_changed_facts(old, new))
    return Comparison(
        as_of=as_of,
        old_version=old.version,
        new_version=new.version,
        facts=facts,
        answers=tuple(_changed_answers(old, new, as_of, _states_of(facts))),
    )


# ── facts ────────────────────────────────────────────────────────────────────────────────────────

_PARTS = (
    "version", "as_of", "states", "sessions", "pre_sessions", "sources", "names", "refused", "counts", "review_counts",
)  # fmt: skip
"""What of a dataset is typed by people; the rest follows from it."""


def _changed_facts(old: Dataset, new: Dataset) -> Iterator[ChangedFact]:
    before, after = (dict(_facts_of(dataset)) for dataset in (old, new))
    for where in dict.fromkeys((*before, *after)):
        if before.get(where) != after.get(where):
            yield ChangedFact(where=where, old=before.get(where), new=after.get(where))


def _facts_of(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for name in _PARTS:
        yield from _facts(name, getattr(dataset, name))


def _facts(where: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _facts(f"{where}.{key}", below)
    elif is_frozen(value) and not isinstance(value, Month | Year):
        for name in names_of(value):
            yield from _facts(f"{where}.{name}", getattr(value, name))
    elif isinstance(value, tuple) and any(map(is_frozen, value)):
        seen: dict[str, int] = {}
        for item in value:
            label = _label(item)
            seen[label] = seen.get(label, 0) + 1
            yield from _facts(f"{where}[{label}{f' #{seen[label]}' if seen[label] > 1 else ''}]", item)
    elif value is not None and value != ():
        yield where, ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _states_of(facts: Iterable[ChangedFact]) -> frozenset[str]:
    """The codes of the States to whose own record these facts belong."""
    paths = (fact.where.split(".") for fact in facts)
    return frozenset(path[1] for path in paths if path[0] == "states")


def _label(item: Any) -> str:
    """A name for a list item that does not change when another item is inserted."""
    match item:
        case Report():
            at = f" session {item.review.session}" if item.review else ""
            return f"{item.treaty}{at}" if at or not item.numbers else f"{item.treaty} {item.numbers[0]}"
        case Session():
            return str(item.number or item.opens)
        case PreSession():
            return item.label
        case _:
            return ""


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def _changed_answers(old: Dataset, new: Dataset, as_of: date, forecast: Container[str]) -> Iterator[ChangedAnswer]:
    """`forecast`: the States whose next review is compared too."""
    before = {p.iso3: p for p in positions(old, as_of, tuple(old.states))}
    after = {p.iso3: p for p in positions(new, as_of, tuple(new.states))}
    for iso3 in dict.fromkeys((*after, *before)):
        asked = _all_answers if iso3 in forecast else _answers
        was, now = (asked(states[iso3]) if iso3 in states else {} for states in (before, after))
        name = (after.get(iso3) or before[iso3]).name
        for question in dict.fromkeys((*was, *now)):
            (old_text, _), (new_text, because) = was.get(question, (None, "")), now.get(question, (None, ""))
            if old_text != new_text:
                yield ChangedAnswer(
                    iso3=iso3,
                    name=name,
                    question=question,
                    old=old_text,
                    new=new_text,
                    because=because or "no longer follows from the record",
                )


def _answers(position: Position) -> dict[str, tuple[str, str]]:
    """Answers and their reasons, by question."""
    state = position.answer
    found = {"status": (str(state.status), "by the acts on record")}
    for question, answer in (
        ("entry into force", state.entry_into_force),
        ("entry into force of the Convention", state.crc_entry_into_force),
        ("initial report due", state.initial_due),
    ):
        if answer:
            found[question] = _text(answer), f"{answer.authority.short}: {answer.because}"
    for owed in position.obligations:
        found |= _of_a_report(owed)
    return found


def _all_answers(position: Position) -> dict[str, tuple[str, str]]:
    """The same with the forecast of the next review."""
    found, review = _answers(position), position.next_review
    if review:
        likely = f"after {review.likely.opens_by.year}" if review.likely_open_ended else review.likely.label
        later = " or later" if review.open_ended else ""
        span = f"from {review.earliest.label} to {review.latest.label}{later}"
        known = review.basis[0].removesuffix(".")
        found["next review"] = f"likely {likely}, {span}", f"{known[0].lower()}{known[1:]}"
    return found


def _of_a_report(owed: Obligation) -> dict[str, tuple[str, str]]:
    """Answers about one report. The next report keeps its name here even if its number changes."""
    report, due = owed.report, owed.due
    treaty = "Convention" if report.treaty == "CRC" else "Protocol"
    name = f"next report under the {treaty}" if report.kind == "periodic" else report.name
    found = {f"{name}: standing": (str(owed.standing), owed.standing_because)}
    if report.kind == "periodic":
        found[f"{name}: which"] = report.name, owed.owed_because
    if report.kind != "initial":
        found[f"{name}: date"] = _text(due), f"{due.authority.short}: {due.because}"
    return found


def _text(answer: Answer) -> str:
    match answer:
        case Dated():
            return str(answer)
        case DateAwaited():
            return "awaited"
        case _:
            return "not established"
