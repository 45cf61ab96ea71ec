"""The files of an installation with what forecasts take from the records of all States give what the records give."""

from dataclasses import replace
from datetime import date

import pytest

from opsc_cli.answers.whatif import supposing
from opsc_cli.forecast import keeping
from opsc_cli.forecast.kept import Kept
from opsc_cli.forecast.next_review import next_review
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.forecast.review import Past
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report, Review
from tests.conftest import installed_in, sample


@pytest.fixture(scope="module")
def computed(dataset: Dataset) -> Past:
    return Past(dataset)


@pytest.fixture(scope="module")
def installed(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset of an installation that has the files."""
    return installed_in(tmp_path_factory.mktemp("installed"), dataset, keeping.files(dataset))


def test_what_is_read_from_the_records(computed: Past, installed: Dataset) -> None:
    one, other = computed.proceedings.states, Past(installed).proceedings.states
    assert one.courses == other.courses
    assert (one.reviewed, one.came) == (other.reviewed, other.came)
    assert (one.joined, one.loiprs, one.counts) == (other.joined, other.loiprs, other.counts)


def test_the_turns_after_every_session(computed: Past, installed: Dataset) -> None:
    """To the last digit, and in the same order of States: forecasts sum them in it."""
    read = Past(installed)
    for sittings in range(len(computed.proceedings.sittings) + 1):
        one, other = computed._turns[sittings], read._turns[sittings]
        assert one.weights == other.weights
        assert [*one.last.items()] == [*other.last.items()]
        assert [*one.own.items()] == [*other.own.items()]


@pytest.mark.parametrize("year", sample(range(1999, 2030), 3))
def test_the_forecasts_of_all_states(dataset: Dataset, computed: Past, installed: Dataset, year: int) -> None:
    for day in (date(year, 1, 31), date(year, 9, 12)):
        one, other = Outlook(dataset, day, computed), Outlook(installed, day)
        assert one.seen == other.seen
        assert one.reviews == other.reviews


@pytest.fixture(scope="module", params=["2026-05-20", "2026-07-01"])
def later(
    dataset: Dataset, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Dataset, Dataset]:
    """Facts of two States later than the end of the record: a report received, before or after a session reviewed one.

    Without and with the files.
    """
    day = date.fromisoformat(request.param)
    received = Report(treaty="CRC", kind="periodic", submitted=day, procedure="standard")
    review = Review(session=101, evidence="document", sources=())
    reviewed = Report(treaty="CRC", kind="periodic", submitted=date(2025, 2, 3), review=review)
    states = {
        iso3: replace(dataset.states[iso3], reports=(*dataset.states[iso3].reports, report))
        for iso3, report in (("AUT", received), ("NPL", reviewed))
    }
    held = replace(dataset.sessions[-1], number=101, status="held", opens=date(2026, 5, 25), closes=date(2026, 6, 12))
    record = replace(dataset, states={**dataset.states, **states}, sessions=(*dataset.sessions, held))
    return record, installed_in(tmp_path_factory.mktemp("later"), record, keeping.files(record))


@pytest.mark.parametrize("day", [date(2026, 1, 30), date(2026, 6, 11), date(2026, 6, 30), date(2027, 3, 3)])
def test_facts_later_than_the_end_of_the_record(later: tuple[Dataset, Dataset], day: date) -> None:
    one, other = (Outlook(record, day) for record in later)
    assert one.seen == other.seen
    assert one.reviews == other.reviews


def test_a_supposed_instrument(dataset: Dataset, installed: Dataset) -> None:
    """No file has anything of it, so each holds for the dataset that supposes it."""
    one, other = (
        supposing(record, "KEN", date(2027, 3, 1), None, date(2026, 11, 27)) for record in (dataset, installed)
    )
    assert one.next_review == other.next_review
    assert one.owed == other.owed


def test_once_all_is_known_no_report_is_read(installed: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "courses", None)
    assert next_review(Outlook(installed, date(2026, 11, 27)), "AUT")
    for before_or_far in (date(2025, 11, 27), date(2049, 11, 27)):
        with pytest.raises(TypeError):
            next_review(Outlook(installed, before_or_far), "AUT")
