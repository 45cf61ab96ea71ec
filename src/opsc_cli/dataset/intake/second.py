"""The second reading of a fact: compared with the first, and entered in readings.yaml.

It is what somebody typed with --again, or a fact on record that somebody records from another source: never a copy.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from opsc_cli.dataset.checks.said import Said, said_of
from opsc_cli.dataset.files import ReadingsFile
from opsc_cli.dataset.intake.change import Change
from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.record.state import State


def read_again(
    fact: Fact, claims: Iterable[Claim], before: State, after: State, read: ReadingsFile, named: str | None
) -> Iterator[Change]:
    """The changes of readings.yaml, with the State that the source is about. Raises Refusal if the readings differ.

    `named`: the State in the id of a source that is not a document of a State; it may be about others too.
    """
    place = ("states", fact.state)
    claimed = {(*claim.where, field) for claim in claims if claim.file == "states" for field in claim.says}
    alone = [one for one in said_of(place, after) if one.alone and one.where in claimed]
    known = {one[:2] for one in said_of(place, before)} if after != before else set()
    if fact.again:
        _compare(fact.again, alone)
    held = {one for found in read.facts.get(fact.state, {}).values() for one in found}
    now = [one[:2] for one in alone if (fact.again or one[:2] in known) and one[:2] not in held]
    if now:
        found = (*read.facts.get(fact.state, {}).get(fact.source, ()), *now)
        yield Change(file="readings", where=("facts", fact.state, fact.source), value=_written(found))
    listed = read.once.get(fact.state, ())
    still = _still_once((one for one in said_of(place, after) if one[:2] not in held | set(now)), listed)
    if len(still) < len(listed):
        yield Change(file="readings", where=("once", fact.state), value=_written(still) or None)
    about = read.speaks_of.get(fact.source, ())
    if (about or named) and fact.state not in (named, *about):
        yield Change(file="readings", where=("speaks_of", fact.source), value=", ".join((*about, fact.state)))


def _compare(again: str, alone: Sequence[Said]) -> None:
    first = [one.value.split()[-1] for one in alone]
    second = again.replace(",", " ").split()
    if not first:
        raise Refusal("--again: this fact needs no second reading; leave it out")
    if first != second:
        message = f"read first as {', '.join(first)}, then as {', '.join(second)}; look at the source again"
        raise Refusal(message)


def _still_once(unread: Iterable[Said], listed: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the facts listed as read once, those that still are."""
    left = Counter((one.field, one.value.split()[0]) for one in unread)
    kept = []
    for item in listed:
        if left[item]:
            left[item] -= 1
            kept.append(item)
    return kept


def _written(found: Iterable[tuple[str, str]]) -> str:
    return "; ".join(" ".join(one) for one in found)
