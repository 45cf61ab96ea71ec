"""The law as worked cases: every file of tests/cases/ is a test. Drop in a case, get a test."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opsc_cli.answers.stats import count_on
from opsc_cli.dataset.reader import read
from opsc_cli.forecast.meetings import calendar
from opsc_cli.record.dates import first_day, last_day, parse_day
from opsc_cli.record.records import Dataset
from opsc_cli.render.document import state
from tests.conftest import INVENTED, position, with_invented

CASES = Path(__file__).with_name("cases")


def _cases(kind: str) -> list[Any]:
    found = [(path.stem, case) for path in sorted(CASES.glob("*.yaml")) for case in read(path).value.get(kind, [])]
    return [pytest.param(case, id=f"{stem}: {case['id']}") for stem, case in found]


@pytest.mark.parametrize("case", _cases("cases"))
def test_position(case: dict[str, Any], dataset: Dataset) -> None:
    given, day = case["given"], parse_day(case["on"])
    if "record" in given:
        answer = state(position(with_invented(dataset, given["record"]), INVENTED, day))
    else:
        answer = state(position(dataset, given["state"], day))
    _assert_holds(case["expect"], answer, case["title"])


@pytest.mark.parametrize("case", _cases("counts"))
def test_counts(case: dict[str, Any], dataset: Dataset) -> None:
    for of, expected in case["expect"].items():
        assert count_on(dataset.states.values(), of, parse_day(case["on"])) == int(expected), case["title"]


@pytest.mark.parametrize("case", _cases("sessions"))
def test_session_of_a_day(case: dict[str, Any], dataset: Dataset) -> None:
    day = parse_day(case["day"])
    meetings = calendar(dataset.sessions, dataset.pre_sessions, parse_day(case["on"]))
    running = [
        m.number
        for m in meetings
        if m.kind == "session"
        and m.status.startswith("held")
        and m.opens
        and m.closes
        and first_day(m.opens) <= day <= last_day(m.closes)
    ]
    assert running == ([] if case["expect"] == "none" else [case["expect"]]), case["title"]


def test_every_worked_case_of_the_law_is_here() -> None:
    ids = {param.values[0]["id"].split()[0] for kind in ("cases", "counts", "sessions") for param in _cases(kind)}
    assert {f"T{n}" for n in range(1, 29)} - ids == {"T18"}, "T18 stands in test_record.py, on the record itself"


def test_every_dated_expectation_names_its_provision_and_certainty() -> None:
    """A right date by the wrong article is a failure: no case may assert a computed date alone."""
    bare = [param.id for param in _cases("cases") for found in _computed(param.values[0]["expect"]) if not found]
    assert bare == []


def _computed(expected: Any) -> list[bool]:
    if not isinstance(expected, dict):
        return [answer for item in expected for answer in _computed(item)] if isinstance(expected, list) else []
    own = []
    if expected.get("date", "null") != "null":
        own = ["authority" in expected]
    return own + [answer for value in expected.values() for answer in _computed(value)]


def _assert_holds(expected: Any, answer: Any, where: str) -> None:
    """`answer` has everything that is expected; texts compare as texts, a list in its whole length."""
    match expected:
        case dict():
            assert isinstance(answer, dict), f"{where}: expected a record, found {answer!r}"
            for key, value in expected.items():
                assert key in answer, f"{where}: no key {key!r}"
                _assert_holds(value, answer[key], f"{where}.{key}")
        case list():
            assert len(answer) == len(expected), f"{where}: {[a.get('standing') for a in answer]}"
            for position_, (item, found) in enumerate(zip(expected, answer, strict=True)):
                _assert_holds(item, found, f"{where}[{position_}]")
        case "none" if isinstance(answer, list):
            assert answer == [], where
        case "null":
            assert answer is None, f"{where}: expected null, found {answer!r}"
        case _ if isinstance(answer, list):
            assert "-".join(str(n) for n in (answer[0], answer[-1])[: len(answer)]) == expected, where
        case _:
            assert str(answer) == expected, f"{where}: expected {expected}, found {answer}"


def test_the_matcher_can_fail() -> None:
    with pytest.raises(AssertionError):
        _assert_holds({"date": "2004-06-06"}, {"date": "2004-06-07"}, "a day off")
    with pytest.raises(AssertionError):
        _assert_holds([{}, {}], [{}], "one report missing")
    assert date(2004, 6, 6) != date(2004, 6, 7)
