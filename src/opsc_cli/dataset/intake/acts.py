"""Claims about acts of States (signature, deposit, entry into force, reporting procedure), and about their check."""

from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.dataset.reader import Where
from opsc_cli.record.state import Checked, Instrument, PublishedEntryIntoForce, ReportingProcedure, Signature, State

BRACKET = ".."


def signature(fact: Fact) -> list[Claim]:
    where = (*_treaty(fact), "signature")
    return [Claim(file="states", where=where, kind=Signature, says={"signed": fact.value})]


def deposit(fact: Fact, state: State) -> list[Claim]:
    """A day, or a bracket `2021-02-05..2021-03-19`; a new instrument also needs its kind."""
    earliest, is_bracket, latest = fact.value.partition(BRACKET)
    days = {"earliest": earliest, "latest": latest} if is_bracket else {"deposited": fact.value}
    if not all(days.values()):
        raise Refusal(f"{fact.value!r}: expected a day, or a bracket with both ends: 2021-02-05..2021-03-19")
    held = state.instrument if fact.treaty != "CRC" else state.crc.instrument
    if held is None and not fact.act:
        raise Refusal("no instrument is on record; add its kind with --act (ratification, accession …)")
    says = days | ({"kind": fact.act} if fact.act else {})
    return [Claim(file="states", where=(*_treaty(fact), "instrument"), kind=Instrument, says=says)]


def entry_into_force(fact: Fact) -> list[Claim]:
    where = ("states", fact.state, "published_entry_into_force")
    says = {"entry_into_force": fact.value}
    return [Claim(file="states", where=where, kind=PublishedEntryIntoForce, says=says)]


def procedure(fact: Fact, state: State) -> list[Claim]:
    """The State's choice, as of the date of the source."""
    if not fact.as_of:
        raise Refusal("add --as-of: the day, month or year for which the source says so")
    where = ("states", fact.state, "procedure")
    held = state.procedure
    dated = {"as_of": fact.as_of} if held is None or held.kind != fact.value else {}
    return [Claim(file="states", where=where, kind=ReportingProcedure, says={"kind": fact.value, **dated})]


def checked(fact: Fact) -> list[Claim]:
    """The day on which the record of the State was checked, in the source that was read for it."""
    where = ("states", fact.state, "checked")
    return [Claim(file="states", where=where, kind=Checked, says={"day": fact.value})]


def _treaty(fact: Fact) -> Where:
    """The path of the acts under the treaty; for the Convention, below `crc`."""
    if fact.treaty not in ("", "OPSC", "CRC"):
        raise Refusal(f"--treaty {fact.treaty}: expected OPSC or CRC")
    return ("states", fact.state, "crc") if fact.treaty == "CRC" else ("states", fact.state)
