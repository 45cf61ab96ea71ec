"""What the tests share: the dataset, and a way to ask it."""

import dataclasses
import gc
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import TypeAdapter

from opsc_cli.answers.position import Position, positions
from opsc_cli.dataset.load import load
from opsc_cli.record.records import Dataset, Name
from opsc_cli.record.state import State
from tests import frozen

# Hundreds of commands are run: keep their byte code outside the tree, even if PYTHONDONTWRITEBYTECODE is set.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.pop("PYTHONUNBUFFERED", None)  # users' streams are buffered: what is left in them at exit can fail
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "opsc-tests-byte-code")

CHECKOUT = frozen.take_the_place_of_the_dataset()

ROOT = Path(__file__).parents[1]
DATA = frozen.FROZEN
INVENTED = "ZZZ"
SWEEP = "SWEEP" in os.environ

gc.set_threshold(100_000)  # most of the time goes into making records, of which few are waste
_T = TypeVar("_T")


def sample(everything: Sequence[_T], nth: int) -> Sequence[_T]:
    """Every nth, where one is like another and all would take long; continuous integration sets SWEEP and tries all."""
    return everything if SWEEP else everything[::nth]


def tries(number: int) -> int:
    """How many examples Hypothesis draws for a property: a third, and all in continuous integration."""
    return number if SWEEP else number // 3


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return load()


@pytest.fixture(scope="session")
def living() -> Dataset:
    """The dataset of the checkout, not the frozen one: what the documents say of forecasts is measured on it."""
    return load(ROOT / "data")


def with_invented(dataset: Dataset, record: dict[str, Any]) -> Dataset:
    """The dataset with one invented State, ZZZ, of the given record; sessions and sources as they are."""
    state = TypeAdapter(State).validate_python(record)
    name = Name(name="Invented State", iso2="ZZ", m49="999")
    return dataclasses.replace(dataset, states={INVENTED: state}, names={INVENTED: name})


def position(dataset: Dataset, iso3: str, day: date) -> Position:
    return positions(dataset, day, (iso3,))[0]
