"""The derivation of an answer in numbered steps, and what a terminal shows of a State that left or might join."""

import re
from datetime import date

import pytest

from opsc_cli.answers.explain import steps_of, steps_to_initial_report
from opsc_cli.answers.position import Position
from opsc_cli.answers.whatif import supposing
from opsc_cli.record.records import Dataset
from opsc_cli.render.due import due_listing, whatif_listing
from opsc_cli.render.explain import explain_listing
from opsc_cli.render.listing import Listing
from opsc_cli.render.screen import drawn
from opsc_cli.render.terminal import Screen
from tests.conftest import INVENTED, position, sample, with_invented

ON = date(2026, 11, 21)
SOURCES = ["UNTC-2015"]


def _shown(listing: Listing) -> str:
    return " ".join(drawn(listing.parts(), Screen(200, False)).split())


# ── steps ────────────────────────────────────────────────────────────────────────────────────────

_NUMBERED = re.compile(r"^ ?(\d+)(?:–(\d+))?\. ", re.M)


def test_under_each_report_the_steps_are_numbered_without_a_gap(dataset: Dataset) -> None:
    """Those that the first report has shown are named again under their numbers."""
    several = [p for iso3 in sample(list(dataset.states), 5) if len((p := position(dataset, iso3, ON)).owed) > 1]
    assert several
    for asked in several:
        text = drawn(explain_listing([asked], dataset.sources).parts(), Screen(100, False))
        for owed, section in zip(asked.owed, re.split(r"\n─+\n", text)[1:], strict=False):
            numbers = [(int(first), int(last or first)) for first, last in _NUMBERED.findall(section)]
            found = [n for first, last in numbers for n in range(first, last + 1)]
            assert found == list(range(1, len(steps_of(asked, owed.obligation)) + 1)), asked.iso3


def test_what_is_left_out_is_named(dataset: Dataset) -> None:
    text = _shown(explain_listing([position(dataset, "COM", ON)], dataset.sources))
    assert "1–3. Deposit of the instrument, entry into force for a State, initial report due: as above" in text


# ── a denunciation ───────────────────────────────────────────────────────────────────────────────


def _denounced(dataset: Dataset, day: date) -> Position:
    acts = {
        "instrument": {"kind": "accession", "deposited": "2005-03-02", "sources": SOURCES},
        "crc": {"instrument": {"kind": "accession", "deposited": "1991-02-20", "sources": SOURCES}},
        "denunciation": {"received": "2020-05-10", "sources": SOURCES},
    }
    return position(with_invented(dataset, acts), INVENTED, day)


@pytest.mark.parametrize("day", [date(2020, 5, 10), date(2021, 5, 9), date(2021, 5, 10)])
def test_a_denunciation_is_a_step(dataset: Dataset, day: date) -> None:
    asked = _denounced(dataset, day)
    derivations = [steps_of(asked, owed.obligation) for owed in asked.owed] or [tuple(steps_to_initial_report(asked))]
    for steps in derivations:
        (step,) = [step for step in steps if step.authority == "OPSC art. 15"]
        assert (step.before, step.after, step.certainty and step.certainty.value) == (
            "2020-05-10", "2021-05-10", "treaty",
        )  # fmt: skip
        assert step.sources == tuple(SOURCES)


def test_no_step_before_the_denunciation_is_received(dataset: Dataset) -> None:
    (initial, _) = _denounced(dataset, date(2020, 5, 9)).owed
    steps = steps_of(_denounced(dataset, date(2020, 5, 9)), initial.obligation)
    assert [step for step in steps if step.authority == "OPSC art. 15"] == []


def test_the_answer_does_not_deny_a_report_that_stays_owed(dataset: Dataset) -> None:
    text = _shown(due_listing([_denounced(dataset, date(2021, 5, 10))]))
    assert text.startswith(
        "Invented State has denounced the OPSC, so no new report falls due under it. When: its initial"
    )
    assert "its initial report, due 2 April 2007, is not on record as submitted; nothing new is due" in text
    assert "denounced, joined by accession; entry into force 2 April 2005; denunciation effective 10 May 2021" in text


def test_in_the_year_of_notice_the_answer_names_the_denunciation(dataset: Dataset) -> None:
    text = _shown(due_listing([_denounced(dataset, date(2021, 5, 9))]))
    assert text.startswith("Invented State owes next: its initial report under the OPSC.")
    assert "Note: The depositary received its denunciation on 10 May 2020. It takes effect on 10 May 2021" in text


# ── a supposition ────────────────────────────────────────────────────────────────────────────────


def test_what_would_follow_is_not_said_as_a_fact(dataset: Dataset) -> None:
    """The supposition comes first, and the next step leads to no answer that contradicts it."""
    supposed = supposing(dataset, "TON", date(2026, 10, 31), None, ON)
    text = _shown(whatif_listing(supposed))
    assert text.startswith("Supposes an instrument of accession deposited on 31 October 2026, which is not on record;")
    assert "Tonga would owe next: its initial report under the OPSC." in text
    assert "Next: `opsc explain TON` (what is on record), `opsc help law` (the articles that were applied)" in text
    assert text.count("Supposes") == 1
