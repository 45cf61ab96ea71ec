"""Claims about sessions, working groups and published totals."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from opsc_cli.dataset.intake.claims import Claim
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.dataset.intake.reports import parsed
from opsc_cli.record.dates import Recorded, first_day, last_day, overlap
from opsc_cli.record.parsing import Number, Partial
from opsc_cli.record.records import Count, PreSession, Session
from opsc_cli.record.state import Checked


def session(fact: Fact, held: Sequence[Session]) -> list[Claim]:
    """Identified by its number; a session that is not held loses its number."""
    number: int = parsed(Number, fact.value, "value")
    position = next((n for n, s in enumerate(held) if s.number == number), None)
    says = _said(fact, ("opens", "closes", "status", "place", "known_on"))
    if fact.status not in ("cancelled", "postponed"):
        return _with_check(fact, _meeting(fact, "sessions", Session, {"number": fact.value, **says}, held, position))
    if position is None and fact.opens:
        opens: Recorded = parsed(Partial, fact.opens, "opens")
        position = next((n for n, s in enumerate(held) if s.number is None and overlap(s.opens, opens)), None)
    return _with_check(fact, replace(_meeting(fact, "sessions", Session, says, held, position), drops=("number",)))


def pre_session(fact: Fact, held: Sequence[PreSession]) -> list[Claim]:
    """Identified by its label, and by its days if several have the same label."""
    alike = [n for n, group in enumerate(held) if group.label == fact.value]
    if len(alike) > 1 and fact.opens:
        opens: Recorded = parsed(Partial, fact.opens, "opens")
        alike = [n for n in alike if (day := held[n].opens) and overlap(day, opens)] or alike
    if len(alike) > 1:
        raise Refusal(f"several working groups on record have the label {fact.value}; add --opens to tell them apart")
    says = {"label": fact.value} | _said(fact, ("opens", "closes", "status", "follows", "prepares", "known_on"))
    return _with_check(fact, _meeting(fact, "pre_sessions", PreSession, says, held, next(iter(alike), None)))


def total(fact: Fact, held: Sequence[Count]) -> list[Claim]:
    """A published total for a day; if the record differs, it needs --confirmed."""
    if not fact.of or not fact.on:
        raise Refusal("add --of (what was counted) and --on (the day of the total)")
    on: Recorded = parsed(Partial, fact.on, "on")
    for_how_long = _said(fact, ("over_years", "up_to_years"))
    wanted = (fact.of, on, *(for_how_long.get(name) for name in ("over_years", "up_to_years")))
    position = next((n for n, count in enumerate(held) if _counted(count) == wanted), None)
    later = next((n for n, count in enumerate(held) if last_day(count.on) > last_day(on)), len(held))
    says = {"of": fact.of, "on": fact.on, "value": fact.value, **for_how_long}
    if fact.confirmed:
        says["explained"] = fact.confirmed
    where = ("counts", later if position is None else position)
    is_item = position is None
    return [Claim(file="counts", where=where, kind=Count, says=says, is_item=is_item, takes_confirmed=False)]


def _counted(count: Count) -> tuple[Any, ...]:
    """The subject of a total; for overdue reports also the number of years."""
    years = (str(bound) if bound else None for bound in (count.over_years, count.up_to_years))
    return (count.of, count.on, *years)


def _said(fact: Fact, names: tuple[str, ...]) -> dict[str, str]:
    return {name: text for name in names if (text := getattr(fact, name))}


def _meeting(
    fact: Fact, name: str, kind: type, says: dict[str, str], held: Sequence[Any], position: int | None
) -> Claim:
    """`sourced` if the source has both days; a new meeting is inserted in order of time."""
    both = "opens" in says and "closes" in says
    if both:
        says = says | {"confidence": "sourced"}
    elif position is None:
        raise Refusal(
            f"{name.replace('_', '-')[:-1]} {fact.value} is not on record; add --opens, --closes and --status"
        )
    if position is None:
        opens = first_day(parsed(Partial, fact.opens, "opens"))
        position = next((n for n, m in enumerate(held) if m.opens and first_day(m.opens) > opens), len(held))
        return Claim(file="sessions", where=(name, position), kind=kind, says=says, is_item=True)
    return Claim(file="sessions", where=(name, position), kind=kind, says=says)


def _with_check(fact: Fact, meeting: Claim) -> list[Claim]:
    """The meeting; and the day on which its record was checked, if the fact has one."""
    if not fact.checked:
        return [meeting]
    check = Claim(
        file=meeting.file,
        where=(*meeting.where, "checked"),
        kind=Checked,
        says={"day": fact.checked},
        is_within_new=meeting.is_item,
        is_main=False,
    )
    return [meeting, check]
