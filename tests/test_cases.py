"""The law as worked cases: tests/cases/ has a file for each article or practice. Drop in a case, get a test.

A case states all that it rests on: under `given` one State (or several, to be counted; or a calendar) in the form of
data/states.yaml, and at the head of its file the sessions and the day on which the record ends. Nothing is read from
data/. Cases on States by name are in tests/cases/real/ and use the frozen record of the tests (tests/data/).
"""

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args

import pytest

from opsc_cli import law
from opsc_cli.answers.plan import planned
from opsc_cli.answers.stats import count_on
from opsc_cli.dataset import checks
from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.form import form_of
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, assembled
from opsc_cli.forecast.meetings import Meeting, calendar, to_come
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.law.authority import Authority
from opsc_cli.law.standing import Standing
from opsc_cli.record.dates import parse_day
from opsc_cli.record.records import Dataset
from opsc_cli.render.plan import plan_listing
from opsc_cli.render.state import state_content
from tests.conftest import INVENTED, position

Case = dict[str, Any]

FOLDER = Path(__file__).with_name("cases")


def _cases() -> Iterator[Case]:
    """Every case, with what the head of its file states for all of them."""
    for path in sorted(FOLDER.rglob("*.yaml")):
        head, name = read(path).value, path.relative_to(FOLDER).with_suffix("").as_posix()
        yield from ({"file": name, **head, **case} for case in head.pop("cases"))


CASES = list(_cases())


def _name_of(case: Case) -> str:
    return f"{case['file']}: {case['id']}"


@pytest.mark.parametrize("case", CASES, ids=map(_name_of, CASES))
def test_case(case: Case, dataset: Dataset) -> None:
    record = dataset if is_real(case) else _record(case)
    _assert_holds(case["expect"], _answer(case, record), case["title"])


def is_real(case: Case) -> bool:
    return str(case["file"]).startswith("real/")


def _answer(case: Case, record: Dataset) -> Any:
    """What the program answers on the day `on` to what is asked of the record."""
    day = parse_day(case["on"])
    match case["given"]:
        case given if "plan" in case["expect"]:
            asked = position(record, given.get("state", INVENTED), day)
            return {"plan": plan_listing(list(planned([asked], Outlook(record, day))), alone=True).content}
        case {"counts": _}:
            return state_content(position(record, case["of"], day))
        case {"states": _}:
            return {of: count_on(record.states.values(), of, day) for of in ("deposits", "in-force", "signatures")}
        case {"sessions": _}:
            meetings = calendar(record.sessions, record.pre_sessions, day)
            asked = [m for m in meetings if str(m.opens).startswith(case["opening"])]
            return {
                "sessions": [_meeting(m, day) for m in asked if m.kind == "session"],
                "groups": [_meeting(m, day) for m in asked if m.kind != "session"],
            }
        case given:
            return state_content(position(record, given.get("state", INVENTED), day))


def _meeting(meeting: Meeting, day: date) -> dict[str, Any]:
    shown = {name: getattr(meeting, name) for name in ("label", "number", "opens", "closes", "status")}
    return {**shown, "certainty": meeting.certainty.value, "to_come": to_come(meeting, day)}


# ── the record of a case ─────────────────────────────────────────────────────────────────────────


def _record(case: Case) -> Dataset:
    """The record that a case states, and nothing else."""
    return assembled(**{name: form_of(FILES[name]).validate_python(content) for name, content in _files(case).items()})


def _files(case: Case) -> dict[str, Any]:
    """The files of a dataset that holds what the case states."""
    given, ends = case["given"], case["record_ends"]
    meetings = given if "sessions" in given else case
    states = given.get("states", {} if meetings is given else {INVENTED: given})
    return {
        "states": {
            "version": ends.replace("-", "."),
            "as_of": {"parties": ends, "committee": ends},
            "states": {code: _state(record) for code, record in states.items()},
        },
        "sessions": {name: _meetings(meetings.get(name, [])) for name in ("sessions", "pre_sessions")},
        "sources": {"sources": {}},
        "names": {"states": {code: _name(code, number) for number, code in enumerate(states)}},
        "counts": {"counts": _sourced(given.get("counts", []))},
    }


def _name(code: str, number: int) -> Case:
    return {"name": code, "iso2": code[:2], "m49": f"9{number:02}"}


def _state(given: Case) -> Case:
    record = {name: _sourced(value) for name, value in given.items()}
    record.get("crc", {}).pop("sources", None)
    return record


def _meetings(given: list[Case]) -> list[Case]:
    return [{"confidence": "sourced", **_sourced(meeting)} for meeting in given]


def _sourced(given: Any) -> Any:
    """Every dated record has a source; that of a case is the case, and it need not say so."""
    if isinstance(given, list):
        return [_sourced(item) for item in given]
    if isinstance(given, dict):
        return {"sources": ["CASE"], **{name: _sourced(value) for name, value in given.items()}}
    return given


# ── what is expected ─────────────────────────────────────────────────────────────────────────────


def _assert_holds(expected: Any, answer: Any, where: str) -> None:
    """`answer` has everything that is expected: a list in its whole length, and a text as it is or …in part…."""
    match expected:
        case dict():
            assert isinstance(answer, dict), f"{where}: expected a record, found {answer!r}"
            for key, value in expected.items():
                assert key in answer, f"{where}: no key {key!r}"
                _assert_holds(value, answer[key], f"{where}.{key}")
        case list():
            assert len(answer) == len(expected), f"{where}: {len(expected)} expected, found {answer!r}"
            for number, (item, found) in enumerate(zip(expected, answer, strict=True)):
                _assert_holds(item, found, f"{where}[{number}]")
        case "none" if isinstance(answer, list):
            assert answer == [], where
        case str() if expected[0] == expected[-1] == "…":
            assert expected.strip("…") in answer, f"{where}: expected {expected}, found {answer}"
        case "null":
            assert answer is None, f"{where}: expected null, found {answer!r}"
        case "yes" | "no" if isinstance(answer, bool):
            assert answer == (expected == "yes"), f"{where}: expected {expected}"
        case _ if isinstance(answer, list):
            assert "-".join(str(n) for n in (answer[0], answer[-1])[: len(answer)]) == expected, where
        case _:
            assert str(answer) == expected, f"{where}: expected {expected}, found {answer}"


# ── the cases as a whole ─────────────────────────────────────────────────────────────────────────

STATED = [case for case in CASES if not is_real(case)]
"""The cases of the law, which state their own record."""
COMPUTED = ("entry_into_force", "crc_entry_into_force", "due", "displaced")
"""The fields of an answer that hold dates worked out; all other dates are recorded."""
LEFT_OUT = ("LAW02", "LAW04", "SRC")
"""What a case need not state: the signature before a ratification, the Convention before the Protocol, sources."""


def _records(expected: Any, field: str = "") -> Iterator[tuple[str, Case]]:
    """Every record within what is expected, with the field that holds it."""
    if isinstance(expected, list):
        for item in expected:
            yield from _records(item, field)
    elif isinstance(expected, dict):
        yield field, expected
        for name, value in expected.items():
            yield from _records(value, name)


def _bare(expected: Any) -> list[str]:
    """The fields where a date is expected without its authority or its certainty."""
    return [f for f, record in _records(expected) if f in COMPUTED and not {"authority", "certainty"} <= record.keys()]


def test_every_date_is_expected_with_its_provision_and_certainty() -> None:
    """A right date by the wrong article is a failure."""
    assert {_name_of(case): bare for case in CASES if (bare := _bare(case["expect"]))} == {}


def test_an_expectation_can_fail() -> None:
    due = {"date": "2004-06-06", "authority": "OPSC art. 14(2)", "certainty": "treaty"}
    for field in due:
        with pytest.raises(AssertionError):
            _assert_holds(due, {**due, field: "another"}, "one field differs")
    for left_out in ("authority", "certainty"):
        bare = {field: value for field, value in due.items() if field != left_out}
        assert _bare({"obligations": [{"due": due}, {"due": bare}]}) == ["due"]
    with pytest.raises(AssertionError):
        _assert_holds([{}, {}], [{}], "one report is missing")
    with pytest.raises(AssertionError):
        _assert_holds("…the press…", "according to the secretariat", "a part is missing")


def _errors(case: Case) -> list[Fault]:
    """What `opsc validate` would not take: dates out of order, sessions that are missing, facts after the record."""
    names = form_of(FILES["names"]).validate_python(_files(case)["names"])
    found = [fault for fault in checks.faults(_record(case), names) if fault.severity == "error"]
    return [fault for fault in found if not fault.code.startswith(LEFT_OUT)]


def test_what_is_given_could_be_on_record() -> None:
    assert {_name_of(case): errors for case in STATED if (errors := _errors(case))} == {}


def test_a_case_is_whole_and_named_once() -> None:
    stated = {"file", "id", "title", "provision", "given", "on", "expect"}
    may_be_stated = {"record_ends", "sessions", "pre_sessions", "opening", "of"}
    assert [case["id"] for case in CASES if not stated <= case.keys() <= stated | may_be_stated] == []
    assert [case["id"] for case in CASES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case["id"])] == []
    names = [(case["file"], case["id"]) for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_the_contents_name_every_file() -> None:
    named = re.findall(r"^\| \[(\S+)\]\(\1\) ", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(named) == sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.yaml"))


def test_every_standing_is_shown() -> None:
    assert _expected("standing") == set(get_args(Standing))


def test_every_rule_of_the_law_is_shown() -> None:
    """Each authority gives a date in some case, or is the provision that the case shows."""
    modules = [import_module(found.name) for found in iter_modules(law.__path__, "opsc_cli.law.")]
    rules = {rule.short for module in modules for rule in vars(module).values() if isinstance(rule, Authority)}
    provisions = {provision for case in STATED for provision in case["provision"].split("; ")}
    assert rules - _expected("authority") - provisions == set()


def _expected(field: str) -> set[str]:
    """What the cases of the law expect of a field, wherever it is."""
    return {record[field] for case in STATED for _, record in _records(case["expect"]) if field in record}
