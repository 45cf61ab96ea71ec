"""The Python interface gives what the command gives, and costs nothing until it is used."""

import doctest
import json
import subprocess
import sys
from datetime import date

import pytest

import opsc_cli
from opsc_cli import UnknownState, api, load, obligations_of, position_of
from opsc_cli.law.authority import Dated
from tests.commands import opsc
from tests.conftest import sample
from tests.test_command import DAY

ON = date(2026, 11, 21)


def test_the_same_as_the_command_for_each_state() -> None:
    dataset = load()
    states = json.loads(opsc("due", "--all", *DAY, "--json").stdout)["states"]
    for state in sample(states, 3):
        obligations = obligations_of(state["iso3"], ON, dataset)
        assert [o.standing for o in obligations] == [o["standing"] for o in state["obligations"]]
        days = [str(o.due.first) if isinstance(o.due, Dated) and o.due.is_day else None for o in obligations]
        assert days == [o["due"]["date"] for o in state["obligations"]]
    for state in sample(states, 20):
        assert position_of(state["iso3"], ON, dataset).answer.standing == state["standing"]


def test_any_name_will_do_and_a_wrong_one_says_why() -> None:
    assert obligations_of("Österreich", ON) == obligations_of("AUT", ON)
    with pytest.raises(UnknownState, match="two States bear this name") as refused:
        obligations_of("Congo", ON)
    assert refused.value.candidates == ("COG", "COD")


def test_the_example_in_the_docstring() -> None:
    result = doctest.testmod(api)
    assert result.attempted == 3
    assert result.failed == 0


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, opsc_cli; print([m for m in sys.modules if m.startswith('opsc_cli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_promised_is_there() -> None:
    assert all(getattr(opsc_cli, name) for name in opsc_cli.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = opsc_cli.nonsense
