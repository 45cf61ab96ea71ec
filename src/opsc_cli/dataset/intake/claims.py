"""A claim about one record, and its comparison with the dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opsc_cli.dataset.intake.comparing import relation_of, spans, with_who_says_so
from opsc_cli.dataset.intake.facts import Refusal
from opsc_cli.dataset.reader import Where
from opsc_cli.dataset.validate import faults_of_form, typed
from opsc_cli.record.state import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The fields that a source gives for the record at `where`, as in the YAML."""

    file: str
    where: Where
    kind: type
    says: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    """Fields needed only if the record is created; an existing record keeps its own."""
    drops: tuple[str, ...] = ()
    """Fields to remove from the record."""
    is_item: bool = False
    """Whether it is a new list item, to be inserted before the item at its position."""
    is_within_new: bool = False
    """Whether it is part of such a new item."""
    is_main: bool = True
    """Whether it is the main subject of the fact: then the source is added even if nothing else changes."""
    note: str = ""
    """Text to add to the record's note."""
    disagrees: tuple[Mapping[str, Any], ...] = ()
    """Disagreements to add with it."""
    takes_confirmed: bool = True
    """Whether the reason given with --confirmed goes into the record's own `confirmed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field with different values in the record and the source."""

    field: str
    kept: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The changes that a claim would make, and its contradictions with the record."""

    sets: Mapping[str, Any]
    drops: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def effect_of(claim: Claim, held: Mapping[str, Any] | None) -> Effect:
    """Compares the claim with the record `held`. Raises Refusal if the form of the claim is wrong."""
    if held is None:
        _as_record({**claim.needs, **claim.says}, claim.kind)
        return Effect(sets={**claim.needs, **claim.says})
    said = _as_record({**held, **claim.says}, claim.kind)
    on_record = typed(held, claim.kind)
    if claim.kind is Instrument and claim.says.keys() & set(_BRACKET):
        return _period(claim, held, on_record)
    relations = {
        name: relation_of(name, getattr(on_record, name) if name in held else None, getattr(said, name))
        for name in claim.says
    }
    if "asserted_by" in relations:
        with_who_says_so(relations, on_record.asserted_by, said.asserted_by)
    if relations.get("status") == "more" and "known_on" in relations:
        relations["known_on"] = "more"  # it belongs to the new status
    conflicts = [
        Conflict(field=name, kept=_in_words(held[name]), said=_in_words(claim.says[name]))
        for name, how in relations.items()
        if how == "otherwise"
    ]
    sets = {name: text for name, text in claim.says.items() if relations[name] == "more"}
    drops = tuple(name for name in claim.drops if name in held)
    return Effect(sets=sets, drops=drops, conflicts=tuple(conflicts))


def _in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _as_record(plain: Mapping[str, Any], kind: type) -> Any:
    """Plain values as a record, ignoring its sources. Raises Refusal with every fault."""
    whole = {"sources": [], **plain} if "sources" in kind.__dataclass_fields__ else plain  # type: ignore[attr-defined]
    faults = [f"{name}: {message}" for name, message in faults_of_form(whole, kind)]
    if faults:
        raise Refusal("; ".join(faults))
    return typed(whole, kind)


_BRACKET = ("deposited", "earliest", "latest")


def _period(claim: Claim, held: Mapping[str, Any], on_record: Instrument) -> Effect:
    """Compares days and brackets of a deposit: the narrower of two that overlap is more precise."""
    days = {name: text for name, text in claim.says.items() if name in _BRACKET}
    others = effect_of(_without(claim, days), held)
    new = typed({"kind": on_record.kind, "sources": [], **days}, Instrument)
    how = spans(_span(on_record), _span(new))
    if how == "more":
        drops = tuple(name for name in _BRACKET if name in held and name not in days)
        return Effect(sets={**others.sets, **days}, drops=drops, conflicts=others.conflicts)
    if how == "otherwise":
        conflict = Conflict(field="deposited", kept=_written(held), said=_written(days))
        return Effect(sets=others.sets, conflicts=(conflict, *others.conflicts))
    return others


def _without(claim: Claim, names: Mapping[str, str]) -> Claim:
    says = {name: text for name, text in claim.says.items() if name not in names}
    return Claim(file=claim.file, where=claim.where, kind=claim.kind, says=says, needs=claim.needs)


def _span(instrument: Instrument) -> tuple[date, date]:
    first, last = instrument.deposited or instrument.earliest, instrument.deposited or instrument.latest
    if not first or not last:
        raise Refusal("expected a day, or a bracket with both ends: 2021-02-05..2021-03-19")
    return first, last


def _written(held: Mapping[str, Any]) -> str:
    return str(held.get("deposited") or f"{held['earliest']}..{held['latest']}")
