"""Files of an installation. One that is absent, damaged or of another version is not read; the answer is the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opsc_cli.answers import standings
from opsc_cli.forecast import figures, keeping, kept
from opsc_cli.forecast.backtest_states import Rule
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.installed import sealed
from opsc_cli.record.records import Dataset
from tests.conftest import installed_in

DAY = date(2026, 11, 27)

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "only its first line": lambda whole: whole[: whole.index(b"\n") + 1],
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "without its last character": lambda whole: whole[:-1],
    "with a line more": lambda whole: whole + b"\n",
    "other digits": lambda whole: whole.replace(b"0", b"1"),
    "without its first line": lambda whole: whole[whole.index(b"\n") + 1 :],
    "not text": lambda _: bytes(range(256)) * 9,
    "another version's": lambda whole: sealed(whole[whole.index(b"\n") + 1 :].decode(), "another one"),
}

ANSWERS: dict[str, Callable[[Dataset], object]] = {
    standings.FILE: lambda dataset: standings.standings_on(dataset, DAY),
    kept.FILE: lambda dataset: dict(Outlook(dataset, DAY).reviews),
    kept.REPORTS: lambda dataset: dict(Outlook(dataset, DAY).reviews),
    figures.FILE: figures.figures_of,
}


@pytest.fixture(scope="module", autouse=True)
def _measured_at_once() -> Iterator[None]:
    """A backtest of few States cannot be measured, and one of all takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "backtest", lambda dataset: Rule(8, 4.5, 1 / len(dataset.states)))
        yield


@pytest.fixture(scope="module")
def some(dataset: Dataset) -> Dataset:
    return replace(dataset, states=dict([*dataset.states.items()][::12]))


@pytest.fixture(scope="module")
def files(some: Dataset) -> dict[str, str]:
    return standings.files(some) | keeping.files(some) | figures.files(some)


@pytest.fixture(scope="module")
def computed(some: Dataset) -> dict[str, object]:
    assert some.installed is None
    return {file: answer(some) for file, answer in ANSWERS.items()}


@pytest.mark.parametrize("file", ANSWERS)
class TestEachFile:
    def test_a_whole_one_is_read(
        self, file: str, some: Dataset, files: dict[str, str], computed: dict[str, object], tmp_path: Path
    ) -> None:
        installed = installed_in(tmp_path, some, files)
        assert installed.installed
        assert installed.installed.read(file) == files[file].encode()
        assert ANSWERS[file](installed) == computed[file]

    @pytest.mark.parametrize("damage", DAMAGES)
    def test_a_damaged_one_changes_no_answer(
        self, file: str, damage: str, some: Dataset, files: dict[str, str], computed: dict[str, object], tmp_path: Path
    ) -> None:
        installed = installed_in(tmp_path, some, files)
        (tmp_path / file).write_bytes(DAMAGES[damage]((tmp_path / file).read_bytes()))
        assert installed.installed
        assert installed.installed.read(file) is None
        assert ANSWERS[file](installed) == computed[file]

    def test_neither_does_one_that_is_absent(
        self, file: str, some: Dataset, files: dict[str, str], computed: dict[str, object], tmp_path: Path
    ) -> None:
        installed = installed_in(tmp_path, some, files)
        (tmp_path / file).unlink()
        assert ANSWERS[file](installed) == computed[file]
