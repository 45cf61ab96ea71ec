"""The Python interface gives what the command gives, and costs nothing until it is used."""

import doctest
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime

import pytest

import opsc_cli
from opsc_cli import UnknownState, api, load, obligations_of, position_of
from opsc_cli.dataset.compiled import asked_once
from opsc_cli.law.authority import Dated
from tests.commands import opsc
from tests.conftest import ROOT, sample
from tests.test_command import DAY

ON = date(2026, 11, 21)


def test_the_same_as_the_command_for_each_state() -> None:
    dataset = load()
    states = json.loads(opsc("due", "--all", *DAY, "--json").stdout)["states"]
    for state in sample(states, 25):
        obligations = obligations_of(state["iso3"], ON, dataset)
        assert [o.standing for o in obligations] == [o["standing"] for o in state["obligations"]]
        days = [str(o.due.first) if isinstance(o.due, Dated) and o.due.is_day else None for o in obligations]
        assert days == [o["due"]["date"] for o in state["obligations"]]
    for state in sample(states, 60):
        assert position_of(state["iso3"], ON, dataset).answer.standing == state["standing"]


def test_any_name_will_do_and_a_wrong_one_says_why() -> None:
    assert obligations_of("Österreich", ON) == obligations_of("AUT", ON)
    with pytest.raises(UnknownState, match="two States have this name") as refused:
        obligations_of("Congo", ON)
    assert refused.value.candidates == ("COG", "COD")


def test_the_example_in_the_docstring() -> None:
    result = doctest.testmod(api)
    assert result.attempted == 3
    assert result.failed == 0


def test_the_examples_in_the_document() -> None:
    """They print what is shown, and show every function that there is."""
    page = ROOT / "docs" / "use" / "python.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 20
    assert result.failed == 0
    assert all(f"`{name}" in page.read_text(encoding="utf-8") for name in opsc_cli.__all__ if name != "__version__")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: position_of("Austria", "2026-11-21"), r"as_of is '2026-11-21'; expected a day: datetime\.date"),  # type: ignore[arg-type]
        (lambda: obligations_of("Austria", datetime(2026, 11, 21)), "or date\\(\\) of a datetime"),
        (lambda: opsc_cli.stats_on(2026), "as_of is 2026; expected a day"),  # type: ignore[arg-type]
        (lambda: position_of(40, ON), "state is 40; expected a text"),  # type: ignore[arg-type]
        (lambda: opsc_cli.forecast_of("Austria", ON, "data"), "expected what load\\(folder\\) returns"),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_another_kind_gets_a_clear_message(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        ask()


def test_every_error_can_be_imported() -> None:
    with pytest.raises(opsc_cli.NoSuchSession, match="no session '999' is on record"):
        opsc_cli.sessions_on(ON, "999")
    with pytest.raises(opsc_cli.Unreadable, match="no such folder"):
        load("/no/such/folder")


def test_every_date_says_whether_it_is_known() -> None:
    for position in opsc_cli.positions_on(ON):
        state = position.answer
        dates = [
            state.entry_into_force,
            state.crc_entry_into_force,
            state.initial_due,
            *(o.due for o in state.obligations),
        ]
        for answer in filter(None, dates):
            assert answer.is_known == isinstance(answer, Dated)
            assert answer.is_known == (answer.first is not None) == (answer.last is not None)
            assert answer.because


def test_all_at_once_is_the_same_as_one_by_one() -> None:
    everyone = opsc_cli.positions_on(ON)
    assert [p.iso3 for p in everyone] == list(load().states)
    for position in everyone[::40]:
        alone = position_of(position.iso3, ON)
        assert (position.answer, position.owed) == (alone.answer, alone.owed)
        assert (position.next_review, position.notes) == (alone.next_review, alone.notes)


def test_the_same_as_the_other_commands() -> None:
    said = json.loads(opsc("explain", "Nepal", *DAY, "--json").stdout)["states"][0]["obligations"]
    explained = opsc_cli.explanation_of("Nepal", ON)
    assert [[step["after"] for step in o["steps"]] for o in said] == [[step.after for step in s] for _, s in explained]
    assert opsc_cli.explanation_of("Somalia", ON)[0][0] is None

    reports = json.loads(opsc("plan", "Angola", *DAY, "--json").stdout)["plan"]["reports"]
    plans = opsc_cli.plan_of("Angola", ON).plans
    assert [[s["what"] for s in r["steps"]] for r in reports] == [[s.what for s in p.steps] for p in plans]

    sessions = json.loads(opsc("sessions", *DAY, "--json").stdout)["sessions"]
    assert [s["label"] for s in sessions] == [m.label for m in opsc_cli.sessions_on(ON) if m.kind == "session"]
    assert [m.number for m in opsc_cli.sessions_on(ON, "100") if m.kind == "session"] == ["100"]

    stats = json.loads(opsc("stats", *DAY, "--json").stdout)["stats"]
    assert (stats["deposits"], stats["in_force"]) == (opsc_cli.stats_on(ON).deposits, opsc_cli.stats_on(ON).in_force)


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, opsc_cli; print([m for m in sys.modules if m.startswith('opsc_cli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_dataset_closes_its_file() -> None:
    dataset = load()
    file = dataset._lines._file  # type: ignore[attr-defined]
    assert dataset.states["AUT"] and dataset.sources and not file.closed
    del dataset
    assert file.closed


def test_a_dataset_keeps_what_was_read_and_in_a_command_only_the_last() -> None:
    kept, let_go = load(), asked_once(load())
    for dataset, same in ((kept, True), (let_go, False)):
        austria = dataset.states["AUT"]
        assert dataset.states["AUT"] is austria
        assert dataset.states["NPL"] != austria
        assert (dataset.states["AUT"] is austria) == same
        assert dataset.states["AUT"] == austria


def test_the_dataset_is_read_without_a_call_that_windows_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load()
    read = before.states["AUT"], before.sessions, "AUT" in before.states, before.names["NPL"]
    monkeypatch.delattr("os.pread")
    after = load()
    assert (after.states["AUT"], after.sessions, "AUT" in after.states, after.names["NPL"]) == read


def test_what_is_promised_is_there() -> None:
    assert all(getattr(opsc_cli, name) for name in opsc_cli.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = opsc_cli.nonsense
