"""The treaties: each article in one sentence of our own, followed by its function.

OPSC is the Optional Protocol on the sale of children, child prostitution and child pornography; CRC is the Convention
on the Rights of the Child. They compute entry into force differently and share no constant. We do not formalise who may
sign or join (OPSC art. 13): the record shows who did.
"""

from datetime import date
from functools import lru_cache
from typing import Literal

from opsc_cli.law.authority import Answer, Authority, Certainty, Dated, NotEstablished, following
from opsc_cli.record.dates import (
    days_from,
    first_day,
    in_words,
    one_month_after,
    thirtieth_day_after,
    three_months_after,
    years_after,
)
from opsc_cli.record.frozen import replace
from opsc_cli.record.known import counts_from
from opsc_cli.record.state import Instrument, PublishedEntryIntoForce, State

OPSC_TEXT = "https://www.ohchr.org/en/instruments-mechanisms/instruments/optional-protocol-convention-rights-child-sale-children-child"
CRC_TEXT = "https://www.ohchr.org/en/instruments-mechanisms/instruments/convention-rights-child"
DEPOSITARY = "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=IV-11-c&chapter=4"

CRC_ADOPTED = date(1989, 11, 20)
"""The day on which the General Assembly adopted the Convention."""

OPSC_ADOPTED = date(2000, 5, 25)
"""The day on which the General Assembly adopted the Protocol and opened it for signature."""

Status = Literal["party", "pending", "signatory", "none", "denounced"]


# ── the acts of States, as the depositary records them ───────────────────────────────────────────

DEPOSIT = Authority(
    "depositary's record",
    "deposit of the instrument",
    "The depositary records the day on which a State deposits its instrument; the treaties count from that day.",
    DEPOSITARY,
)


def deposit(instrument: Instrument) -> Dated:
    """Depositary's record: the day of deposit, or the bracket in which it falls."""
    first, last = instrument.deposited or instrument.earliest, instrument.deposited or instrument.latest
    assert first and last, "checks/ refuses an instrument with neither a day nor a bracket"
    because = (
        f"instrument of {instrument.kind} deposited on {in_words(first)}"
        if instrument.deposited
        else f"the day of deposit is not on record: it lies between {in_words(first)} and {in_words(last)}"
    )
    return Dated(
        first=first,
        last=last,
        authority=DEPOSIT,
        because=because,
        certainty=Certainty.TREATY,
        sources=instrument.sources,
    )


# ── OPSC art. 14: entry into force ───────────────────────────────────────────────────────────────

TENTH_INSTRUMENT = date(2001, 10, 18)
"""The day on which Romania deposited the tenth instrument; checks/law.py compares it with the dataset."""

OPSC_14_1 = Authority(
    "OPSC art. 14(1)",
    "general entry into force",
    "The Protocol enters into force three months after the tenth instrument of ratification or accession was"
    " deposited.",
    OPSC_TEXT,
)


def general_entry_into_force(tenth_instrument: date = TENTH_INSTRUMENT) -> date:
    """OPSC art. 14(1): three months after the tenth instrument, that is 18 January 2002."""
    return three_months_after(tenth_instrument)


OPSC_14_2 = Authority(
    "OPSC art. 14(2)",
    "entry into force for a State",
    "For a State that ratifies or accedes after the Protocol entered into force, it enters into force one calendar"
    " month after the day on which that State deposited its own instrument.",
    OPSC_TEXT,
)

SUCCESSION = Authority(
    "depositary's record of succession",
    "entry into force by succession",
    "A State that succeeds to a treaty is bound from the day that the depositary records for the succession;"
    " the articles on deposit do not give that day.",
    DEPOSITARY,
)


def entry_into_force(instrument: Instrument, published: PublishedEntryIntoForce | None, as_of: date) -> Answer:
    """OPSC art. 14: when the Protocol entered or enters into force for the State.

    A day published by the depositary or a treaty database prevails over the computed day, which then only confirms it.
    Not established for a succession, and for any State as long as fewer than ten instruments were deposited.
    """
    return _entry_into_force(instrument, published, as_of >= TENTH_INSTRUMENT)


@lru_cache(maxsize=1024)  # the checks ask about every State again and again
def final_entry_into_force(instrument: Instrument, published: PublishedEntryIntoForce | None) -> Answer:
    """OPSC art. 14: the same as seen from any day since ten instruments were deposited."""
    return _entry_into_force(instrument, published, True)


@lru_cache(maxsize=1)  # one State after the other is asked about, each on many days
def _entry_into_force(
    instrument: Instrument, published: PublishedEntryIntoForce | None, ten_were_deposited: bool
) -> Answer:
    deposited = deposit(instrument)
    computed = _computed_entry_into_force(instrument, deposited, ten_were_deposited)
    if published is None:
        return _as_our_inference(computed, deposited)
    agrees = isinstance(computed, Dated) and computed.first == computed.last == published.entry_into_force
    because = f"published as {in_words(published.entry_into_force)}" + (
        f"; the article gives the same day: {computed.because}" if agrees else "; the published day governs"
    )
    return Dated(
        first=published.entry_into_force,
        last=published.entry_into_force,
        authority=computed.authority,
        because=because,
        certainty=Certainty.TREATY,
        sources=published.sources,
        rests_on=(deposited,),
    )


def _as_our_inference(computed: Answer, deposited: Dated) -> Answer:
    """Says that the day is our inference if the State joined after the tenth instrument and before entry into force."""
    general, month = general_entry_into_force(), one_month_after(deposited.last)
    if not isinstance(computed, Dated) or not TENTH_INSTRUMENT < deposited.last < general:
        return computed
    otherwise = f"; one month after the deposit would be {in_words(month)}" if month > general else ""
    inferred = "our inference: the article gives no day for a State that joins between the two"
    return replace(computed, because=f"{computed.because} ({inferred}{otherwise})")


def _computed_entry_into_force(instrument: Instrument, deposited: Dated, ten_were_deposited: bool) -> Answer:
    if instrument.kind == "succession":
        because = (
            f"succession notified on {in_words(deposited.last)}; the day on which it takes effect is not on record"
        )
        return NotEstablished(authority=SUCCESSION, because=because, rests_on=(deposited,))
    if not ten_were_deposited:
        because = "fewer than ten instruments had been deposited by that day"
        return NotEstablished(authority=OPSC_14_1, because=because, rests_on=(deposited,))
    general = general_entry_into_force()
    if deposited.last < general:
        because = (
            f"deposited before the Protocol was in force anywhere; the tenth instrument came on"
            f" {in_words(TENTH_INSTRUMENT)}, and three months later is {in_words(general)}"
        )
        return following(deposited, lambda _: general, OPSC_14_1, because)
    because = "one calendar month after the deposit"
    if one_month_after(deposited.last).day != deposited.last.day:
        because += ", on the last day of the month, which has no such day"
    return following(deposited, lambda day: max(one_month_after(day), general), OPSC_14_2, because)


# ── OPSC art. 12: reports ────────────────────────────────────────────────────────────────────────

OPSC_12_1 = Authority(
    "OPSC art. 12(1)",
    "initial report due",
    "Within two years of the Protocol's entry into force for it, each State party submits to the Committee a"
    " comprehensive report on what it has done to carry out the Protocol.",
    OPSC_TEXT,
)


def initial_report_due(in_force: Answer) -> Answer:
    """OPSC art. 12(1): the initial report is due two years after entry into force, not after ratification."""
    because = "two years after the Protocol entered into force for the State"
    return following(in_force, lambda day: years_after(day, 2), OPSC_12_1, because)


OPSC_12_2_FIRST = Authority(
    "OPSC art. 12(2), first sentence",
    "information in the reports under the Convention",
    "After the comprehensive report, a State party to the Convention includes any further information on the"
    " Protocol in the reports that it submits under article 44 of the Convention.",
    OPSC_TEXT,
)

OPSC_12_2_SECOND = Authority(
    "OPSC art. 12(2), second sentence",
    "report every five years",
    "A State party to the Protocol that is not a party to the Convention submits a report every five years.",
    OPSC_TEXT,
)


def five_yearly_report_due(initial_due: Answer, number: int) -> Answer:
    """OPSC art. 12(2), second sentence: the report `number` (2 is the first after the initial one).

    The article does not say when the five years begin. We count from the due date of the initial report, and the answer
    says that this is our inference.
    """
    because = (
        f"five years for each report after the initial one, counted on from the day that one was due: {number - 1}"
        " × 5 years (our inference: the article does not say from when)"
    )
    return following(initial_due, lambda day: years_after(day, 5 * (number - 1)), OPSC_12_2_SECOND, because)


OPSC_12_3 = Authority(
    "OPSC art. 12(3)",
    "further information requested",
    "The Committee may ask States parties for further information on how they carry out the Protocol.",
    OPSC_TEXT,
)

OPSC_15 = Authority(
    "OPSC art. 15",
    "denunciation",
    "A denunciation takes effect one year after the depositary received it.",
    OPSC_TEXT,
)


def denunciation_effective(received: date) -> date:
    """OPSC art. 15: one year after receipt; until then the State remains bound."""
    return years_after(received, 1)


# ── CRC art. 49: entry into force ────────────────────────────────────────────────────────────────

TWENTIETH_CRC_INSTRUMENT = date(1990, 8, 3)
"""The day on which the twentieth instrument was deposited; checks/law.py compares it with the dataset."""

CRC_49_1 = Authority(
    "CRC art. 49(1)",
    "general entry into force of the Convention",
    "The Convention enters into force on the thirtieth day after the twentieth instrument was deposited.",
    CRC_TEXT,
)

CRC_49_2 = Authority(
    "CRC art. 49(2)",
    "entry into force of the Convention for a State",
    "For a State that ratifies or accedes after the twentieth instrument, the Convention enters into force on the"
    " thirtieth day after it deposited its own.",
    CRC_TEXT,
)


def crc_entry_into_force(instrument: Instrument) -> Answer:
    """CRC art. 49: when the Convention entered into force for the State: thirty days, not a month."""
    deposited = deposit(instrument)
    if instrument.kind == "succession":
        because = (
            f"succession to the Convention notified on {in_words(deposited.last)}; the day on which it"
            " takes effect is not on record"
        )
        return NotEstablished(authority=SUCCESSION, because=because, rests_on=(deposited,))
    if deposited.last <= TWENTIETH_CRC_INSTRUMENT:
        general = thirtieth_day_after(TWENTIETH_CRC_INSTRUMENT)
        because = f"the twentieth instrument came on {in_words(TWENTIETH_CRC_INSTRUMENT)}; the thirtieth day after it"
        return following(deposited, lambda _: general, CRC_49_1, because)
    return following(deposited, thirtieth_day_after, CRC_49_2, "the thirtieth day after the deposit, counted in days")


# ── CRC art. 44: reports ─────────────────────────────────────────────────────────────────────────

CRC_44_1_A = Authority(
    "CRC art. 44(1)(a)",
    "first report under the Convention",
    "Each State party reports under the Convention within two years of its entry into force for that State.",
    CRC_TEXT,
)

CRC_44_1_B = Authority(
    "CRC art. 44(1)(b)",
    "term of the periodic report",
    "After its first report under the Convention, each State party reports every five years.",
    CRC_TEXT,
)


def crc_report_term(in_force: Answer, after: date) -> Answer:
    """CRC art. 44(1): the first term strictly after the day `after`.

    The terms are entry into force + 2 years, then every five years. If entry into force is a window, both ends use the
    term with the number that follows from the earliest day.
    """
    if not isinstance(in_force, Dated):
        return NotEstablished(authority=CRC_44_1_B, because=in_force.because, rests_on=(in_force,))
    number = max(0, (after.year - in_force.first.year - 2) // 5)
    while years_after(in_force.first, 2 + 5 * number) <= after:
        number += 1
    authority = CRC_44_1_B if number else CRC_44_1_A
    because = (
        "two years after entry into force, then every five years; the first such day after the last concluding"
        f" observations, adopted on {in_words(after)}"
    )
    return following(in_force, lambda day: years_after(day, 2 + 5 * number), authority, because)


CRC_44_4 = Authority(
    "CRC art. 44(4)",
    "further information requested",
    "The Committee may ask States parties for further information on how they carry out the Convention.",
    CRC_TEXT,
)


# ── on a day: who is bound, and which dates have passed ──────────────────────────────────────────

TOLERANCE = 1
"""In days. Practice uses the anniversary or the day before it, so a report is late from the second day after."""


def days_past(due: Dated, as_of: date) -> int:
    """OPSC art. 12(1), CRC art. 44(1): days from `due` to `as_of`; 0 before it and within the tolerance."""
    passed = days_from(due.last, as_of)
    return passed if passed > TOLERANCE else 0


def status_on(state: State, in_force: Answer | None, as_of: date) -> Status:
    """OPSC art. 13–15: whether the Protocol binds the State on `as_of`, as known on that day.

    A succession counts from its notification, a window from its latest day. A State that denounced is bound until
    the denunciation takes effect.
    """
    if state.instrument is None or in_force is None:
        return "signatory" if state.signature and first_day(state.signature.signed) <= as_of else "none"
    if state.denunciation and denunciation_effective(state.denunciation.received) <= as_of:
        return "denounced"
    if isinstance(in_force, Dated):
        return "party" if in_force.last <= as_of else "pending"
    return "party" if state.instrument.kind == "succession" and counts_from(state.instrument) <= as_of else "pending"


def is_party_to_convention(state: State) -> bool:
    """CRC art. 49: whether the State has deposited an instrument under the Convention."""
    return state.crc.instrument is not None
