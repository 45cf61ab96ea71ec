"""The real record as a whole: what must be true of 197 States at once."""

import dataclasses
from collections import Counter
from datetime import date, timedelta

import pytest

from opsc_cli.answers.position import Position, positions
from opsc_cli.answers.stats import count_on
from opsc_cli.dataset.compiled import dataset_of, fingerprint, thawed
from opsc_cli.dataset.compiling import flattened
from opsc_cli.dataset.load import packaged_folder
from opsc_cli.dataset.validate import validate
from opsc_cli.law.authority import Dated, NotEstablished
from opsc_cli.law.treaty import general_entry_into_force
from opsc_cli.record.dates import three_months_after
from opsc_cli.record.frozen import replace
from opsc_cli.record.known import counts_from
from opsc_cli.record.records import Dataset
from opsc_cli.render.state import state_content
from tests.conftest import DATA, position

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def everyone(dataset: Dataset) -> tuple[Position, ...]:
    return positions(dataset, TODAY, tuple(dataset.states))


def test_the_dataset_is_valid() -> None:
    assert validate(DATA)[1] == ()


def test_178_parties_8_signatories_11_neither(everyone: tuple[Position, ...]) -> None:
    assert Counter(p.answer.status for p in everyone) == {"party": 178, "signatory": 8, "none": 11}


def test_171_days_six_windows_and_montenegro(everyone: tuple[Position, ...]) -> None:
    parties = [p for p in everyone if p.answer.status == "party"]
    dated = [p.answer.entry_into_force for p in parties if isinstance(p.answer.entry_into_force, Dated)]
    assert Counter(d.is_day for d in dated) == {True: 171, False: 6}
    assert len([p for p in parties if isinstance(p.answer.initial_due, Dated)]) == len(dated)
    assert [p.iso3 for p in parties if isinstance(p.answer.entry_into_force, NotEstablished)] == ["MNE"]
    windows = {
        p.iso3 for p in parties if isinstance(p.answer.entry_into_force, Dated) and not p.answer.entry_into_force.is_day
    }
    assert windows == {"FJI", "KIR", "WSM", "SLB", "PSE", "ARE"}


def test_every_state_has_a_status_and_a_standing(everyone: tuple[Position, ...]) -> None:
    assert len(everyone) == 197
    assert all(p.answer.status and p.answer.standing for p in everyone)
    assert all(bool(p.owed) == (p.answer.status == "party") for p in everyone)
    assert all(p.notes for p in everyone if not p.owed), "a State that owes nothing gets a note that says why"


def test_nothing_is_overdue_from_silence(everyone: tuple[Position, ...]) -> None:
    """No assertion on record is recent and comes from who can know, so nothing at all is overdue today."""
    assert {o.obligation.standing for p in everyone for o in p.owed}.isdisjoint({"overdue"})


@pytest.mark.parametrize(
    ("iso3", "day"),
    [
        ("MLI", date(2007, 1, 20)),  # a member of the Committee
        ("IDN", date(2017, 12, 1)),  # the press and an NGO
        ("BDI", date(2025, 9, 1)),  # the press
    ],
)
def test_nor_was_it_right_after_the_assertions_on_record(dataset: Dataset, iso3: str, day: date) -> None:
    found = position(dataset, iso3, day)
    assert found.answer.standing == "past-due-no-record"
    assert found.owed[0].obligation.days_late is None


def test_it_was_right_while_an_assertion_of_the_committee_was_recent(dataset: Dataset) -> None:
    """Romania's observations of June 2009 say that the report had not come."""
    for day, standing in ((date(2009, 7, 1), "overdue"), (date(2011, 7, 1), "past-due-no-record")):
        assert position(dataset, "ROU", day).answer.standing == standing


def test_old_and_press_assertions_are_quoted(dataset: Dataset) -> None:
    assert "the press" in position(dataset, "BDI", TODAY).owed[0].obligation.standing_because
    assert "a member of the Committee" in position(dataset, "MLI", TODAY).owed[0].obligation.standing_because


def test_the_tenth_deposit_gives_18_january_2002(dataset: Dataset) -> None:
    """T18, from the record itself."""
    deposits = sorted(counts_from(s.instrument) for s in dataset.states.values() if s.instrument)
    assert deposits[9] == date(2001, 10, 18)
    assert three_months_after(deposits[9]) == general_entry_into_force() == date(2002, 1, 18)


def test_published_days_of_entry_into_force_equal_the_article(dataset: Dataset) -> None:
    published = [iso3 for iso3, s in dataset.states.items() if s.published_entry_into_force]
    assert len(published) > 45
    for found in positions(dataset, TODAY, tuple(published)):
        assert "the article gives the same day" in found.answer.entry_into_force.because  # type: ignore[union-attr]


def test_counts_only_grow(dataset: Dataset) -> None:
    days = [date(2000, 5, 1) + timedelta(days=100 * n) for n in range(95)]
    states = dataset.states.values()
    deposits, in_force, signatures = (
        [count_on(states, of, day) for day in days] for of in ("deposits", "in-force", "signatures")
    )
    for series in (deposits, in_force, signatures):
        assert series == sorted(series)
    assert all(bound <= deposited for bound, deposited in zip(in_force, deposits, strict=True))


def test_nothing_later_than_the_day_is_used(dataset: Dataset) -> None:
    """What is asked as of a day is answered the same by a record that ends on that day."""
    assert state_content(position(dataset, "PAK", date(2019, 2, 28)))["initial_report"]["submitted"] is None
    assert state_content(position(dataset, "PAK", date(2019, 3, 1)))["initial_report"]["submitted"] == "2019-03-01"
    assert state_content(position(dataset, "PAK", date(2026, 1, 29)))["initial_report"]["reviewed_session"] is None
    assert state_content(position(dataset, "PAK", date(2026, 1, 30)))["initial_report"]["reviewed_session"] == "100"
    assert state_content(position(dataset, "SGP", date(2025, 11, 24)))["status"] == "none"


def test_the_compiled_form_is_the_yaml(dataset: Dataset) -> None:
    """State by state, source by source: what was frozen at build time is what the YAML says."""
    read, _ = validate(DATA)
    assert read is not None
    for part in ("states", "sources", "names", "refused", "index"):
        assert dict(getattr(dataset, part)) == dict(getattr(read, part))
    for part in ("version", "as_of", "sessions", "pre_sessions", "counts", "review_counts", "overdue_totals"):
        assert getattr(dataset, part) == getattr(read, part)


def test_the_compiled_form_is_bound_to_the_yaml() -> None:
    from opsc_cli import _dataset

    assert fingerprint(packaged_folder()) == _dataset.SHA256
    assert dataset_of(_dataset).version


def test_a_copy_of_the_compiled_form_has_what_it_was_given() -> None:
    from opsc_cli import _dataset

    whole = dataset_of(_dataset)
    named, alone = whole.names["NPL"], {"NPL": whole.states["NPL"]}
    copied = replace(replace(whole, states=alone, index={"nepal": "NPL"}), version="another")
    assert (copied.states, copied.version, copied.names["NPL"]) == (alone, "another", named)
    assert copied.refused and copied.index == {"nepal": "NPL"}, "though both are in one table"
    assert replace(dataclasses.replace(copied, version="a third")) == replace(copied, version="a third")


def test_frozen_and_thawed(dataset: Dataset) -> None:
    for record in dataset.states.values():
        assert thawed(flattened(record)) == record
