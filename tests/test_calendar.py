"""Calendars are read back by another hand (the icalendar library) and compared with the answers."""

import json
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from opsc_cli.records import Dataset
from opsc_cli.render.calendar import of_states
from opsc_cli.render.document import Envelope
from tests.conftest import INVENTED, position, with_invented
from tests.test_command import DAY, answer, opsc


def calendar(*arguments: str) -> icalendar.Calendar:
    done = opsc(*arguments, *DAY, "--format", "ics", text=False, encoding=None)
    assert (done.returncode, done.stderr) == (0, b"")
    for line in done.stdout.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is broken
    assert b"\n" not in done.stdout.replace(b"\r\n", b"")
    return _without_errors(done.stdout)


def _without_errors(text: bytes) -> icalendar.Calendar:
    parsed = icalendar.Calendar.from_ical(text)
    assert isinstance(parsed, icalendar.Calendar)
    assert [(c.name, c.errors) for c in parsed.walk() if c.errors] == []
    return parsed


def events(*arguments: str) -> list[Any]:
    return list(calendar(*arguments).walk("VEVENT"))


@pytest.fixture(scope="module")
def everyone() -> icalendar.Calendar:
    return calendar("due", "--all")


def test_every_dated_report_is_an_event_and_no_other(everyone: icalendar.Calendar) -> None:
    owed = [(s["iso3"], o) for s in answer("due", "--all")["states"] for o in s["obligations"]]
    dated = [(iso3, o) for iso3, o in owed if o["due"]["kind"] in ("date", "window")]
    found = {(str(e["UID"])[:3].upper(), e.decoded("DTSTART"), e.decoded("DTEND")) for e in everyone.walk("VEVENT")}
    expected = set()
    for iso3, o in dated:
        first = date.fromisoformat(o["due"]["date"] or o["due"]["earliest"])
        last = date.fromisoformat(o["due"]["date"] or o["due"]["latest"])
        expected.add((iso3, first, last + timedelta(days=1)))
    assert found == expected
    assert len(everyone.walk("VEVENT")) == len(dated)


def test_what_is_sure_is_confirmed_and_the_rest_tentative(everyone: icalendar.Calendar) -> None:
    owed = {}
    for state in answer("due", "--all")["states"]:
        for o in state["obligations"]:
            owed[f"{state['iso3']}-{o['report']['treaty']}-{o['report']['kind']}".lower()] = o
    seen = set()
    for event in everyone.walk("VEVENT"):
        obligation = owed[str(event["UID"]).removesuffix("@opsc-cli")]
        sure = obligation["due"]["certainty"] in ("treaty", "committee-set")
        assert str(event["STATUS"]) == ("CONFIRMED" if sure else "TENTATIVE")
        seen.add(str(event["STATUS"]))
    assert seen == {"CONFIRMED", "TENTATIVE"}


def test_a_treaty_term_is_never_called_due(everyone: icalendar.Calendar) -> None:
    terms = [e for e in everyone.walk("VEVENT") if "treaty term" in e["SUMMARY"]]
    assert terms
    assert not any(" due" in e["SUMMARY"] for e in terms)
    (austria,) = events("due", "Austria")
    assert "treaty term of the seventh periodic report" in austria["SUMMARY"]


def test_names_are_stable_and_each_its_own(everyone: icalendar.Calendar) -> None:
    uids = [str(event["UID"]) for event in everyone.walk("VEVENT")]
    assert len(set(uids)) == len(uids)
    earlier = opsc("due", "Fiji", "--as-of", "2022-05-05", "--format", "ics").stdout
    uid = "UID:fji-opsc-initial@opsc-cli"
    assert uid in earlier
    assert uid in opsc("due", "Fiji", *DAY, "--format", "ics").stdout


def test_all_day_and_stamped_by_the_data(everyone: icalendar.Calendar, dataset: Dataset) -> None:
    made = date(*map(int, dataset.version.split(".")))  # type: ignore[arg-type]
    for event in everyone.walk("VEVENT"):
        assert type(event.decoded("DTSTART")) is date
        assert event.decoded("DTSTAMP").date() == made
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["SEQUENCE"] == int(f"{made:%Y%m%d}")


def test_a_window_spans_its_days() -> None:
    event = next(e for e in events("due", "Fiji") if "initial" in e["UID"])
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2023, 2, 1), date(2023, 4, 20))
    assert "a day within this time" in event["SUMMARY"]


def _pending(dataset: Dataset, alarms: tuple[int, ...] = ()) -> list[Any]:
    """The events of an invented State whose instrument is deposited and that is not yet bound."""
    record = {
        "crc": {"instrument": {"kind": "accession", "deposited": "1995-01-01", "sources": ["x"]}},
        "instrument": {"kind": "accession", "deposited": "2026-10-31", "sources": ["x"]},
    }
    ends = dataset.as_of
    on = date(2026, 11, 21)
    envelope = Envelope(
        tool_version="0", data_version=dataset.version, parties=ends.parties, committee=ends.committee, as_of=on
    )
    text = of_states([position(with_invented(dataset, record), INVENTED, on)], alarms, envelope)
    return list(_without_errors(text.encode()).walk("VEVENT"))


def test_a_state_still_to_be_bound_has_its_two_days(dataset: Dataset) -> None:
    found = {str(e["UID"]): e for e in _pending(dataset)}
    assert found["zzz-entry-into-force@opsc-cli"].decoded("DTSTART") == date(2026, 11, 30)
    assert found["zzz-opsc-initial@opsc-cli"].decoded("DTSTART") == date(2028, 11, 30)
    assert {str(e["STATUS"]) for e in found.values()} == {"CONFIRMED"}


def test_what_is_supposed_is_no_calendar() -> None:
    done = opsc("whatif", "Kenya", "--deposit", "2027-03-01", "--format", "ics")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("state", ["Pakistan", "Singapore", "United Kingdom", "Montenegro"])
def test_where_nothing_is_dated_a_journal_says_why(state: str) -> None:
    parsed = calendar("due", state)
    assert parsed.walk("VEVENT") == []
    (journal,) = parsed.walk("VJOURNAL")
    assert state in journal["DESCRIPTION"]
    assert len(journal["DESCRIPTION"]) > len(state) + 30


def test_no_state_at_all_is_still_a_calendar() -> None:
    (journal,) = calendar("states", "--status", "denounced").walk("VJOURNAL")
    assert journal["DESCRIPTION"] == "No State matches."


def test_alarms_on_request_and_only_for_what_is_to_come(dataset: Dataset) -> None:
    for event in _pending(dataset, (90, 14)):
        triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        assert triggers == [timedelta(days=-90), timedelta(days=-14)]
    done = opsc("due", "--all", "--as-of", "2010-01-01", "--format", "ics", "--alarm", "90d,2w")
    found = _without_errors(done.stdout.encode()).walk("VEVENT")
    to_come = [event.decoded("DTSTART") > date(2010, 1, 1) for event in found]
    assert [len(event.walk("VALARM")) == 2 for event in found] == to_come
    assert {True, False} == set(to_come)
    assert [e for e in events("due", "Austria", "--alarm", "90d") if e.walk("VALARM")] == []


def test_no_alarm_unasked(everyone: icalendar.Calendar) -> None:
    assert everyone.walk("VALARM") == []


@pytest.mark.parametrize("alarm", ["90", "3m", "1y", "soon", ""])
def test_an_odd_alarm_is_refused(alarm: str) -> None:
    assert opsc("due", "Austria", "--format", "ics", "--alarm", alarm).returncode == 2


def test_sessions_are_confirmed_cancelled_or_tentative() -> None:
    listed = events("sessions")
    by_status: dict[str, list[Any]] = {}
    for event in listed:
        by_status.setdefault(str(event["STATUS"]), []).append(event)
    assert set(by_status) == {"CONFIRMED", "CANCELLED", "TENTATIVE"}
    assert len({str(e["UID"]) for e in listed}) == len(listed)
    assert all("cancelled" in e["SUMMARY"] or "postponed" in e["SUMMARY"] for e in by_status["CANCELLED"])
    projected = [e for e in listed if "projected" in e["SUMMARY"]]
    assert projected
    assert all(e in by_status["TENTATIVE"] and e.decoded("DTSTART").day == 1 for e in projected)


def test_names_in_other_scripts_are_folded_whole() -> None:
    for language in ("ar", "ru", "zh"):
        state = json.loads(opsc("due", "GBR", "LAO", *DAY, "--json", "--lang", language).stdout)["states"][1]
        assert any(state["name"] in e["SUMMARY"] for e in events("due", "GBR", "LAO", "--lang", language))
