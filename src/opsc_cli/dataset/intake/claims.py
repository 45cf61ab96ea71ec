"""What a fact says of one record, compared with what is on record of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opsc_cli.dataset.intake.comparing import spans, stands_to, with_who_says_so
from opsc_cli.dataset.intake.facts import Refusal
from opsc_cli.dataset.reader import Where
from opsc_cli.dataset.validate import faults_of_form, typed
from opsc_cli.record.state import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source says of the record at `where`, as the YAML would have it."""

    file: str
    where: Where
    kind: type
    says: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    """What the record also holds where it is made anew; what one that is there holds of it stays."""
    drops: tuple[str, ...] = ()
    """Fields that the record no longer holds."""
    is_item: bool = False
    """Whether it is a new item of a list, to be put before the one that stands at its position."""
    is_within_new: bool = False
    """Whether it is part of such an item."""
    is_main: bool = True
    """Whether it is what the fact is about: then its source is one of the record's, also where nothing else changes."""
    note: str = ""
    """What else is to be said in the record's note."""
    disagrees: tuple[Mapping[str, Any], ...] = ()
    """Disagreements that come with it."""
    takes_confirmed: bool = True
    """Whether what makes the fact sure goes into the record's own `confirmed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field of which the record and the source say different things."""

    field: str
    kept: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a claim would change in its record, and what it contradicts."""

    sets: Mapping[str, Any]
    drops: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def compared(claim: Claim, held: Mapping[str, Any] | None) -> Comparison:
    """The claim beside the record `held`, as the YAML has it. Raises Refusal where the claim has not the right form."""
    if held is None:
        _as_record({**claim.needs, **claim.says}, claim.kind)
        return Comparison(sets={**claim.needs, **claim.says})
    said = _as_record({**held, **claim.says}, claim.kind)
    on_record = typed(held, claim.kind)
    if claim.kind is Instrument and claim.says.keys() & set(_BRACKET):
        return _period(claim, held, on_record)
    stands = {
        name: stands_to(name, getattr(on_record, name) if name in held else None, getattr(said, name))
        for name in claim.says
    }
    if "asserted_by" in stands:
        with_who_says_so(stands, on_record.asserted_by, said.asserted_by)
    if stands.get("status") == "more" and "known_on" in stands:
        stands["known_on"] = "more"  # of the new status
    conflicts = [
        Conflict(field=name, kept=_in_words(held[name]), said=_in_words(claim.says[name]))
        for name, how in stands.items()
        if how == "otherwise"
    ]
    sets = {name: text for name, text in claim.says.items() if stands[name] == "more"}
    drops = tuple(name for name in claim.drops if name in held)
    return Comparison(sets=sets, drops=drops, conflicts=tuple(conflicts))


def _in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _as_record(plain: Mapping[str, Any], kind: type) -> Any:
    """Plain values as a record, whatever its sources. Raises Refusal with every fault."""
    whole = {"sources": [], **plain} if "sources" in kind.__dataclass_fields__ else plain  # type: ignore[attr-defined]
    faults = [f"{name}: {message}" for name, message in faults_of_form(whole, kind)]
    if faults:
        raise Refusal("; ".join(faults))
    return typed(whole, kind)


_BRACKET = ("deposited", "earliest", "latest")


def _period(claim: Claim, held: Mapping[str, Any], on_record: Instrument) -> Comparison:
    """The day of a deposit, or the bracket it lies in: one that lies within the other says more."""
    days = {name: text for name, text in claim.says.items() if name in _BRACKET}
    others = compared(_without(claim, days), held)
    new = typed({"kind": on_record.kind, "sources": [], **days}, Instrument)
    how = spans(_span(on_record), _span(new))
    if how == "more":
        drops = tuple(name for name in _BRACKET if name in held and name not in days)
        return Comparison(sets={**others.sets, **days}, drops=drops, conflicts=others.conflicts)
    if how == "otherwise":
        conflict = Conflict(field="deposited", kept=_written(held), said=_written(days))
        return Comparison(sets=others.sets, conflicts=(conflict, *others.conflicts))
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
