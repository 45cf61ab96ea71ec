"""From claims to changes of the YAML: fields set, added or removed, and contradictions stored."""

from collections.abc import Iterator, Mapping
from typing import Any

from opsc_cli.dataset.intake.change import Change, Read, one_source_more
from opsc_cli.dataset.intake.claims import Claim, Conflict, Effect, effect_of
from opsc_cli.dataset.intake.disagreements import Disagreements
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.record.frozen import names_of
from opsc_cli.record.state import Instrument, NextReport, PublishedEntryIntoForce, Report, ReportingProcedure, Signature

_ONE_STATEMENT = (Signature, Instrument, PublishedEntryIntoForce, ReportingProcedure, NextReport)
"""Records with a single statement: their sources belong to the value that is kept."""


class Contradiction(Exception):
    """The record and the source differ, and the user has not said which value to keep."""


def changes(claim: Claim, fact: Fact, read: Read) -> Iterator[Change]:
    """The changes that the claim needs; none if the record has it already. Raises Contradiction or Refusal."""
    held = None if claim.is_item or claim.is_within_new else read(claim.file, claim.where)
    found = effect_of(claim, held)
    if held is None:
        yield from _made(claim, found, fact)
        return
    if not found.conflicts:
        yield from _added(claim, found, fact, held)
        return
    place = Disagreements(claim, fact, read)
    open_still = [conflict for conflict in found.conflicts if not place.holds(conflict)]
    if not open_still:
        return
    if fact.disagreement:
        yield from place.stored(open_still, (fact.source,), fact.disagreement)
    elif fact.replace:
        yield from place.stored([_turned(conflict) for conflict in open_still], _sources_of(held), fact.replace)
        yield from _put_in_place(claim, found, fact, held)
    else:
        raise Contradiction("; ".join(_told(claim, conflict, held, fact) for conflict in open_still))


def _told(claim: Claim, conflict: Conflict, held: Mapping[str, Any], fact: Fact) -> str:
    named = ".".join(map(str, (*claim.where, conflict.field)))
    by = ", ".join(_sources_of(held)) or "no source of its own"
    return f"{named}: the record has {conflict.kept} ({by}), {fact.source} says {conflict.said}"


def _made(claim: Claim, found: Effect, fact: Fact) -> Iterator[Change]:
    """A new record, with its source if it has a fact; an empty record is not created."""
    record: dict[str, Any] = dict(found.sets)
    must_cite = "sources" in names_of(claim.kind) and claim.kind is not Report
    if "sources" in names_of(claim.kind) and (must_cite or claim.says):
        record["sources"] = [fact.source]
    if claim.is_main:
        record |= _remarks(claim, fact, {})
    if claim.disagrees:
        record["disagreements"] = list(claim.disagrees)
    if record:
        in_order = {name: record[name] for name in names_of(claim.kind) if name in record}
        yield Change(file=claim.file, where=claim.where, value=in_order, is_item=claim.is_item)


def _added(claim: Claim, found: Effect, fact: Fact, held: Mapping[str, Any]) -> Iterator[Change]:
    """Adds missing or more precise values, and the source, to an existing record."""
    for name, text in found.sets.items():
        yield Change(file=claim.file, where=(*claim.where, name), value=text)
    for name in found.drops:
        yield Change(file=claim.file, where=(*claim.where, name), value=None)
    if claim.is_main or found.sets:
        yield from one_source_more(claim.file, claim.where, claim.kind, fact.source, held)
    if claim.is_main:
        for name, text in _remarks(claim, fact, held).items():
            yield Change(file=claim.file, where=(*claim.where, name), value=text)
    for position, disagreement in enumerate(claim.disagrees, len(held.get("disagreements", ()))):
        where = (*claim.where, "disagreements", position)
        yield Change(file=claim.file, where=where, value=disagreement, is_item=True)


def _put_in_place(claim: Claim, found: Effect, fact: Fact, held: Mapping[str, Any]) -> Iterator[Change]:
    """Replaces the record's values; a record with a single statement is replaced with all its sources."""
    whole = claim.kind in _ONE_STATEMENT
    conflicting = {conflict.field for conflict in found.conflicts}
    says = {n: t for n, t in claim.says.items() if (whole or n in conflicting or n in found.sets) and held.get(n) != t}
    for name, text in says.items():
        yield Change(file=claim.file, where=(*claim.where, name), value=text)
    for name in _gone(claim, held) if whole else ():
        yield Change(file=claim.file, where=(*claim.where, name), value=None)
    if whole:
        yield Change(file=claim.file, where=(*claim.where, "sources"), value=[fact.source])
    else:
        yield from one_source_more(claim.file, claim.where, claim.kind, fact.source, held)
    for name, text in _remarks(claim, fact, held).items():
        yield Change(file=claim.file, where=(*claim.where, name), value=text)


def _gone(claim: Claim, held: Mapping[str, Any]) -> list[str]:
    """Fields of the old statement that the new one does not have."""
    said_once: Mapping[type, tuple[str, ...]] = {
        Instrument: ("deposited", "earliest", "latest"),
        NextReport: ("due", "numbers", "paragraph"),
    }
    return [name for name in said_once.get(claim.kind, ()) if name in held and name not in claim.says]


def _remarks(claim: Claim, fact: Fact, held: Mapping[str, Any]) -> dict[str, str]:
    """The note and the `confirmed`, added to those on record. Raises Refusal if the record cannot have them."""
    given = {"note": " ".join(filter(None, (claim.note, fact.note)))}
    if claim.takes_confirmed:
        given["confirmed"] = fact.confirmed
    wanting = {name: text for name, text in given.items() if text and text not in held.get(name, "")}
    for name in wanting.keys() - set(names_of(claim.kind)):
        raise Refusal(f"--{name} cannot be used with {fact.fact}; leave it out")
    return {name: " ".join(filter(None, (held.get(name), text))) for name, text in wanting.items()}


def _turned(conflict: Conflict) -> Conflict:
    """The conflict reversed: the record's old value becomes that of the other source."""
    return Conflict(field=conflict.field, kept=conflict.said, said=conflict.kept)


def _sources_of(held: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(held.get("sources", ()))
