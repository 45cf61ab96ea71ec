"""What the tests share: the dataset, and a way to ask it."""

import copy
import dataclasses
import gc
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import TypeAdapter

from opsc_cli.answers.position import Position, positions
from opsc_cli.dataset.load import load
from opsc_cli.forecast.backtest import Backtest, backtest
from opsc_cli.record.installed import Installed, sealed
from opsc_cli.record.records import Dataset, Name
from opsc_cli.record.state import State
from tests import frozen
from tests.commands import frozen_dataset

os.environ.pop("PYTHONUNBUFFERED", None)  # users' streams are buffered: what is left in them at exit can fail

CHECKOUT = frozen.take_the_place_of_the_dataset()

ROOT = Path(__file__).parents[1]
DATA = frozen.FROZEN
INVENTED = "ZZZ"
MEASURED_IN = ROOT / "docs" / "use" / "forecast.md"
SWEEP = "SWEEP" in os.environ

gc.set_threshold(100_000)  # most of the time goes into making records, of which few are waste
_T = TypeVar("_T")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """The tests in a browser run in continuous integration, and where their file is named."""
    return True if collection_path.name == "test_browser.py" and not SWEEP else None


def sample(everything: Sequence[_T], nth: int) -> Sequence[_T]:
    """Every nth, where one is like another and all would take long; continuous integration sets SWEEP and tries all."""
    return everything if SWEEP else everything[::nth]


def tries(number: int) -> int:
    """How many examples Hypothesis draws for a property: a sixth, and all in continuous integration."""
    return number if SWEEP else max(number // 6, 4)


def sampled_data(folder: Path, *named: str) -> Path:
    """The frozen dataset as files of `folder`: every tenth State and those named; all in continuous integration."""
    if SWEEP:
        return shutil.copytree(DATA, folder)
    return frozen.written_for({*sample(list(frozen_dataset().states), 10), *named}, folder)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return frozen_dataset()


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dataset in data/, as in a checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    sampled_data(folder / "data", "AUT", "MLT", "NPL")
    return folder


@pytest.fixture(scope="session")
def living() -> Dataset:
    """The dataset of the checkout, not the frozen one: what the documents say of forecasts is measured on it.

    Skips once data/ is no longer what they were measured on: a change of data turns no test red.
    """
    (measured,) = re.findall(r"<!-- measured on data/ with SHA-256 (\w+)", MEASURED_IN.read_text(encoding="utf-8"))
    if digest_of_data() != measured:
        pytest.skip(f"data/ is not what {MEASURED_IN.name} was measured on; see there how to measure it again")
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def measured(living: Dataset) -> Backtest:
    """What the documents say of forecasts."""
    return backtest(living)


def digest_of_data() -> str:
    """The first digits of the SHA-256 of what forecasts rest on."""
    files = (ROOT / "data" / f"{name}.yaml" for name in ("states", "sessions", "sources", "counts"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def with_invented(dataset: Dataset, record: dict[str, Any]) -> Dataset:
    """The dataset with one invented State, ZZZ, of the given record; sessions and sources as they are."""
    state = TypeAdapter(State).validate_python(record)
    name = Name(name="Invented State", iso2="ZZ", m49="999")
    return dataclasses.replace(dataset, states={INVENTED: state}, names={INVENTED: name})


def installed_in(folder: Path, dataset: Dataset, files: Mapping[str, str]) -> Dataset:
    """The dataset of an installation that has these files."""
    made = copy.copy(dataset)
    object.__setattr__(made, "installed", Installed(str(folder), "this one"))
    for file, text in files.items():
        (folder / file).write_bytes(sealed(text, "this one"))
    return made


def position(dataset: Dataset, iso3: str, day: date) -> Position:
    return positions(dataset, day, (iso3,))[0]
