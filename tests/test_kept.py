"""The file of an installation with what forecasts take from the records of all States gives what the records give."""

from datetime import date

import pytest

from opsc_cli.forecast import kept
from opsc_cli.forecast.forecast import Outlook
from opsc_cli.forecast.review import Past
from opsc_cli.record.records import Dataset
from tests.conftest import installed_in, sample


@pytest.fixture(scope="module")
def computed(dataset: Dataset) -> Past:
    return Past(dataset)


@pytest.fixture(scope="module")
def installed(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset of an installation that has the file."""
    return installed_in(tmp_path_factory.mktemp("installed"), dataset, {kept.FILE: kept.written(dataset)})


def test_what_is_read_from_the_records(computed: Past, installed: Dataset) -> None:
    read = Past(installed).proceedings
    assert read.courses == computed.proceedings.courses
    assert (read.joined, read.loiprs) == (computed.proceedings.joined, computed.proceedings.loiprs)


def test_the_turns_after_every_session(computed: Past, installed: Dataset) -> None:
    """To the last digit, and in the same order of States: forecasts sum them in it."""
    read = Past(installed)
    for sittings in range(len(computed.proceedings.sittings), -1, -1):
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
