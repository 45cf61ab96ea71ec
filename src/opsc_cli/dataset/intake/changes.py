"""From claims to changes of the YAML: what is set, added or taken away, and where a contradiction goes."""

from collections.abc import Iterator, Mapping
from typing import Any

from opsc_cli.dataset.intake.change import Change, Read, names_of, one_source_more
from opsc_cli.dataset.intake.claims import Claim, Comparison, Conflict, compared
from opsc_cli.dataset.intake.disagreements import Disagreements
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.record.state import Instrument, NextReport, PublishedEntryIntoForce, Report, ReportingProcedure, Signature

_ONE_STATEMENT = (Signature, Instrument, PublishedEntryIntoForce, ReportingProcedure, NextReport)
"""Records that hold one statement: its sources are those of the value that is kept."""


class Contradiction(Exception):
    """The record and the source say different things, and nobody has said which is to be kept."""


def changes(claim: Claim, fact: Fact, read: Read) -> Iterator[Change]:
    """What the claim changes; nothing where the record says so already. Raises Contradiction, or Refusal."""
    held = None if claim.is_item or claim.is_within_new else read(claim.file, claim.where)
    found = compared(claim, held)
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


def _made(claim: Claim, found: Comparison, fact: Fact) -> Iterator[Change]:
    """A record that is new, with its source where it holds a fact; one that would hold nothing is not made."""
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


def _added(claim: Claim, found: Comparison, fact: Fact, held: Mapping[str, Any]) -> Iterator[Change]:
    """To a record that is there: what it lacks, what says more than it has, and one source more."""
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


def _put_in_place(claim: Claim, found: Comparison, fact: Fact, held: Mapping[str, Any]) -> Iterator[Change]:
    """The source's values instead of the record's; where the record is one statement, it and its sources go whole."""
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
    """What the old statement said besides, and the new one does not."""
    said_once = {Instrument: ("deposited", "earliest", "latest"), NextReport: ("due", "numbers", "paragraph")}
    return [name for name in said_once.get(claim.kind, ()) if name in held and name not in claim.says]


def _remarks(claim: Claim, fact: Fact, held: Mapping[str, Any]) -> dict[str, str]:
    """The note, and what makes the fact sure, beside those that the record has. Raises Refusal where it takes none."""
    given = {"note": " ".join(filter(None, (claim.note, fact.note)))}
    if claim.takes_confirmed:
        given["confirmed"] = fact.confirmed
    wanting = {name: text for name, text in given.items() if text and text not in held.get(name, "")}
    for name in wanting.keys() - set(names_of(claim.kind)):
        raise Refusal(f"--{name} cannot be used with {fact.fact}; leave it out")
    return {name: " ".join(filter(None, (held.get(name), text))) for name, text in wanting.items()}


def _turned(conflict: Conflict) -> Conflict:
    """What the record had, as what another source says from now on."""
    return Conflict(field=conflict.field, kept=conflict.said, said=conflict.kept)


def _sources_of(held: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(held.get("sources", ()))
