"""Calendars are read back by other hands (the libraries icalendar and vobject) and compared with the answers."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from opsc_cli.answers.plan import planned
from opsc_cli.answers.position import positions
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.law.authority import Certainty
from opsc_cli.record.records import Dataset
from opsc_cli.render.due import due_listing
from opsc_cli.render.ics import calendar_text
from opsc_cli.render.listing import Listing, envelope_of
from opsc_cli.render.plan import plan_listing
from tests.commands import opsc
from tests.conftest import INVENTED, position, with_invented
from tests.test_command import DAY, answer

ON = date(2026, 11, 21)


def calendar(*arguments: str) -> icalendar.Calendar:
    done = opsc(*arguments, *DAY, "--format", "ics", text=False)
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
    events = [e for e in everyone.walk("VEVENT") if "next-review" not in str(e["UID"])]
    found = {(str(e["UID"])[:3].upper(), e.decoded("DTSTART"), e.decoded("DTEND")) for e in events}
    expected = set()
    for iso3, o in dated:
        first = date.fromisoformat(o["due"]["date"] or o["due"]["earliest"])
        last = date.fromisoformat(o["due"]["date"] or o["due"]["latest"])
        expected.add((iso3, first, last + timedelta(days=1)))
    assert found == expected
    assert len(events) == len(dated)


def test_what_is_sure_is_confirmed_and_the_rest_tentative(everyone: icalendar.Calendar) -> None:
    owed = {}
    for state in answer("due", "--all")["states"]:
        for o in state["obligations"]:
            owed[f"{state['iso3']}-{o['report']['treaty']}-{o['report']['kind']}".lower()] = o
    seen = set()
    for event in everyone.walk("VEVENT"):
        if "next-review" in str(event["UID"]):
            assert str(event["STATUS"]) == "TENTATIVE"
            continue
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


def _calendar_of(listing: Listing, dataset: Dataset) -> bytes:
    assert listing.calendar
    return calendar_text(listing.calendar(), envelope_of(dataset, ON)).encode()


def _pending(dataset: Dataset, alarms: tuple[int, ...] = ()) -> list[Any]:
    """The events of an invented State whose instrument is deposited and that is not yet bound."""
    record = {
        "crc": {"instrument": {"kind": "accession", "deposited": "1995-01-01", "sources": ["x"]}},
        "instrument": {"kind": "accession", "deposited": "2026-10-31", "sources": ["x"]},
    }
    listing = due_listing([position(with_invented(dataset, record), INVENTED, ON)], alarms=alarms)
    return list(_without_errors(_calendar_of(listing, dataset)).walk("VEVENT"))


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
    listed = events("sessions", "--all")
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


# ── by a second reader ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "asked",
    [
        ("due", "--all", "--alarm", "90d,2w"), ("due", "LAO", "CIV", "--lang", "ar"), ("due", "Singapore"),
        ("states", "--standing", "past-due-no-record"), ("sessions", "--all"), ("forecast", "Fiji"), ("plan", "Fiji"),
        ("forecast", "--received", "2021-08-03"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_two_readers_agree(asked: tuple[str, ...]) -> None:
    """What one library reads of each entry the other reads too; the second was written apart from the first."""
    text = opsc(*asked, *DAY, "--format", "ics").stdout
    second = vobject.readOne(text)
    entries = [*getattr(second, "vevent_list", []), *getattr(second, "vjournal_list", [])]
    read = [(e.uid.value, e.summary.value, e.description.value, e.dtstart.value) for e in entries]
    first = _without_errors(text.encode())
    assert read == [
        (str(e["UID"]), str(e["SUMMARY"]), str(e["DESCRIPTION"]), e.decoded("DTSTART"))
        for e in (*first.walk("VEVENT"), *first.walk("VJOURNAL"))
    ]
    assert read


# ── forecasts and plans ──────────────────────────────────────────────────────────────────────────


SUPPOSED = ("--if-received", "2026-11-21")


@pytest.mark.parametrize("command", ["due", "forecast"])
def test_a_next_review_is_an_event_only_where_a_report_is_in_hand(command: str) -> None:
    assert not [e for e in events("due", "Angola") if "review" in e["UID"]]
    (review,) = [e for e in events(command, "Uganda") if "next-review" in e["UID"]]
    assert review["STATUS"] == "TENTATIVE"


def _spans(event: Any) -> tuple[date, date]:
    return event.decoded("DTSTART"), event.decoded("DTEND") - timedelta(days=1)


@pytest.mark.parametrize("state", ["Angola", "Fiji", "Iran"])
def test_a_forecast_is_tentative_at_the_likely_meetings(state: str) -> None:
    found = {str(e["UID"]).removesuffix("@opsc-cli"): e for e in events("forecast", state, *SUPPOSED)}
    expected = {}
    for s in answer("forecast", state, *SUPPOSED)["states"]:
        for o in s["obligations"]:
            key = f"{s['iso3']}-{o['report']['treaty']}-{o['report']['kind']}".lower()
            for kind in ("pre_session", "session"):
                if o["forecast"] and not (kind == "pre_session" and o["forecast"]["group_has_met"]):
                    expected[f"{key}-{kind.replace('_', '-')}"] = o["forecast"][kind]["likely"]
    assert expected
    assert found.keys() == expected.keys()
    for key, meeting in expected.items():
        assert str(found[key].decoded("DTSTART")).startswith(meeting["opens"])
        assert meeting["label"] in found[key]["SUMMARY"]
        assert found[key]["STATUS"] == "TENTATIVE"


def test_a_meeting_that_is_projected_spans_its_months() -> None:
    event = next(e for e in events("forecast", "Angola", *SUPPOSED) if e["UID"] == "ago-crc-periodic-session@opsc-cli")
    opens, closes = _spans(event)
    assert (opens.day, (closes + timedelta(days=1)).day) == (1, 1)
    assert opens.month in (1, 5, 8)


def test_a_forecast_of_a_day_alone() -> None:
    group, session = events("forecast", "--received", "2026-08-03", "--procedure", "standard")
    assert group["UID"] == "received-2026-08-03-opsc-pre-session@opsc-cli"
    assert "a report under the OPSC received on 3 August 2026: likely session" in session["SUMMARY"]
    assert group.decoded("DTSTART") < session.decoded("DTSTART")


@pytest.mark.parametrize("state", ["Angola", "Fiji", "Austria"])
def test_what_to_send_spans_the_month_in_which_it_is_taken(state: str) -> None:
    submissions = [s for r in answer("plan", state, *SUPPOSED)["plan"]["reports"] for s in r["submissions"]]
    dated = [s for s in submissions if s["by"]]
    found = events("plan", state, *SUPPOSED)
    assert [f"{e.decoded('DTSTART'):%Y-%m}" for e in found] == [s["by"] for s in dated]
    assert len({str(e["UID"]) for e in found}) == len(found) > 0
    for event, submission in zip(found, dated, strict=True):
        first, last = _spans(event)
        assert (first.day, (last + timedelta(days=1)).day, last.month) == (1, 1, first.month)
        assert event["STATUS"] == "TENTATIVE"
        assert submission["what"] in event["SUMMARY"]
        assert submission["because"] in event["DESCRIPTION"]


def test_what_to_send_for_a_meeting_that_is_announced_has_its_day(dataset: Dataset) -> None:
    (asked,) = planned(positions(dataset, ON, ("AGO",), if_received=ON), Outlook(dataset, ON))
    (plan,) = asked.plans
    until = replace(plan.submissions[1], by=date(2027, 4, 15), certainty=Certainty.PRACTICE)
    listing = plan_listing([replace(asked, plans=(replace(plan, steps=(until,)),))], alone=True, alarms=(30,))
    (event,) = _without_errors(_calendar_of(listing, dataset)).walk("VEVENT")
    assert _spans(event) == (date(2027, 4, 15), date(2027, 4, 15))
    assert (event["STATUS"], len(event.walk("VALARM"))) == ("TENTATIVE", 1)


@pytest.mark.parametrize(
    ("command", "state", "iso3"),
    [
        ("forecast", "Singapore", "sgp"),
        ("forecast", "United Kingdom", "gbr"),
        ("plan", "Singapore", "sgp"),
        ("plan", "United States", "usa"),
    ],
)
def test_nothing_to_expect_is_told_in_a_journal(command: str, state: str, iso3: str) -> None:
    (journal,) = calendar(command, state).walk("VJOURNAL")
    assert state in journal["DESCRIPTION"]
    assert journal["UID"] == f"nothing-dated-{iso3}@opsc-cli"


@pytest.mark.parametrize("asked", [("plan", "Angola", *SUPPOSED), ("forecast", "Angola", *SUPPOSED), ("sessions",)])
def test_reminders_of_what_is_to_come(asked: tuple[str, ...]) -> None:
    found = events(*asked, "--alarm", "30d")
    assert [bool(e.walk("VALARM")) for e in found] == [e.decoded("DTSTART") > ON for e in found]
    assert any(e.walk("VALARM") for e in found)
