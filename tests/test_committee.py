"""Who tells a date that the Committee set is named, and a date that only others tell is called expected."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsc_cli.law.authority import Authority, Certainty, Dated
from opsc_cli.law.committee import FIRST_HAND, next_report_set_by
from opsc_cli.law.receipt import received_after
from opsc_cli.record.dates import Month, Recorded, Year, first_day, last_day, whole_months
from opsc_cli.record.records import Dataset, Source
from opsc_cli.record.state import ConcludingObservations, ListOfIssues, NextReport, Report
from opsc_cli.record.terms import Reporter
from opsc_cli.render.sheet import sheet_of
from opsc_cli.render.words import sentence
from tests.conftest import INVENTED, position, with_invented

PAGE = Source(title="A page", publisher="Südasienbüro", kind="press", read=date(2026, 11, 21))


def _answer(by: Reporter, **sources: Source) -> Any:
    said = NextReport(kind="date", due=date(2021, 10, 13), asserted_by=by, sources=("PAGE",))
    return next_report_set_by(ConcludingObservations(next_report=said, sources=("PAGE",)), sources)


@pytest.mark.parametrize(
    ("by", "reported"),
    [
        ("committee", ""),
        ("secretariat", ", as reported by the Committee's secretariat"),
        ("state", ", as reported by the State"),
        ("nhri", ", as reported by Südasienbüro (a national human rights institution)"),
        ("ngo", ", as reported by Südasienbüro (an NGO)"),
        ("press", ", as reported by Südasienbüro (the press)"),
        ("academic", ", as reported by Südasienbüro (an academic work)"),
    ],
)
def test_who_reports_a_date_is_named(by: Reporter, reported: str) -> None:
    answer = _answer(by, PAGE=PAGE)
    assert answer.because == f"the concluding observations ask for the next report by 13 October 2021{reported}"
    assert answer.certainty is (Certainty.COMMITTEE_SET if by in FIRST_HAND else Certainty.PRACTICE)


def test_where_the_publisher_is_not_on_record_the_kind_is_named() -> None:
    assert _answer("press").because.endswith(", as reported by the press")


# ── in words ─────────────────────────────────────────────────────────────────────────────────────

FIRST, LAST = date(2020, 1, 1), date(2022, 6, 1)


def _told(dataset: Dataset, by: str, due: str) -> Dataset:
    """A State whose initial report was reviewed in 2014, and of whose next report `by` tells the date."""
    sources = ["UNTC-2015"]
    review = {"evidence": "document", "sources": sources}
    crc = {
        "kind": "periodic",
        "treaty": "CRC",
        "review": review | {"session": "72"},
        "concluding_observations": {
            "adopted": "2016-06-03",
            "next_report": {"kind": "date", "due": due, "asserted_by": by, "sources": sources},
            "sources": sources,
        },
    }
    instrument = {"kind": "accession", "deposited": "2009-02-20", "sources": sources}
    record = {
        "instrument": instrument,
        "crc": {"instrument": instrument | {"deposited": "1991-12-16"}},
        "initial_report": {"review": review | {"session": "66"}},
        "reports": [crc],
    }
    return with_invented(dataset, record)


@pytest.mark.parametrize(
    ("by", "due", "before", "after"),
    [
        ("press", "2021-10-13", "is expected on 13 October 2021", "was expected on 13 October 2021, and no submission"),
        ("state", "2021-10-13", "is due on 13 October 2021", "was due on 13 October 2021, and no submission"),
        ("state", "2021", "is due in 2021", "was due in 2021, and no submission"),
        ("nhri", "2021-10", "is expected in October 2021", "was expected in October 2021, and no submission"),
    ],
)
def test_a_date_that_others_tell_is_expected_not_due(
    dataset: Dataset, by: str, due: str, before: str, after: str
) -> None:
    told = _told(dataset, by, due)
    assert before in sentence(position(told, INVENTED, FIRST))
    assert after in sentence(position(told, INVENTED, LAST))
    *_, box = (part["rows"] for part in sheet_of([position(told, INVENTED, FIRST)]) if "rows" in part)
    labels = [row[0] for row in box]
    assert labels[1] == ("Expected" if "expected" in before else "Due")


def test_a_year_is_shown_as_a_year(dataset: Dataset) -> None:
    (owed,) = position(_told(dataset, "state", "2021"), INVENTED, FIRST).owed
    assert "ask for the next report in 2021" in owed.obligation.due.because
    assert owed.obligation.due.first == Year(2021).first()  # type: ignore[union-attr]


# ── how long after its date a report came ────────────────────────────────────────────────────────

recorded = st.dates(date(2015, 1, 1), date(2023, 12, 31)).flatmap(
    lambda day: st.sampled_from([day, Month(day.year, day.month), Year(day.year)])
)


def _window(due: Recorded) -> Dated:
    rule = Authority("art. 0", "test", "A rule for the test.", "https://example.org")
    first, last = first_day(due), last_day(due)
    return Dated(first=first, last=last, authority=rule, because="so", certainty=Certainty.COMMITTEE_SET)


@given(recorded, recorded, st.data())
def test_the_months_between_hold_whatever_the_days_were(due: Recorded, came: Recorded, data: st.DataObject) -> None:
    window = _window(due)
    set_for, received = (data.draw(st.dates(first_day(r), last_day(r))) for r in (due, came))
    said = received_after(window, came, "due") or ""
    bounds = {word: int(number) for word, number in re.findall(r"at (least|most) (\d+) month", said)}
    if bounds or re.match(r"\d+ months? after", said):
        passed = whole_months(set_for, received)
        assert bounds.get("least", 0) <= passed
        assert passed <= bounds.get("most", passed)
    elif said.startswith("before"):
        assert received < set_for
    else:
        assert not said or "within" in said or "on the day" in said or "less than a month" in said


@pytest.mark.parametrize(
    ("due", "came", "said"),
    [
        (date(2020, 6, 30), date(2021, 12, 8), "17 months after it was due"),
        (date(2020, 6, 30), date(2020, 8, 1), "1 month after it was due"),
        (date(2020, 6, 30), date(2020, 7, 1), "less than a month after it was due"),
        (date(2020, 6, 30), date(2020, 6, 30), "on the day on which it was due"),
        (date(2020, 6, 30), date(2020, 6, 29), "before it was due"),
        (Year(2021), date(2023, 7, 7), "at least 18 and at most 31 months after it was due"),
        (Year(2021), date(2022, 1, 7), "at most 13 months after it was due"),
        (Year(2021), date(2021, 5, 7), "within the time in which it was due"),
        (date(2021, 5, 7), Year(2021), None),
        (date(2021, 5, 7), None, None),
    ],
)
def test_how_long_after_its_date_a_report_came(due: Recorded, came: Recorded | None, said: str | None) -> None:
    window = _window(due)
    assert received_after(window, came, "due") == said


# ── a report that only others report as received ─────────────────────────────────────────────────

LAST_DAY = date(2026, 1, 30)


@pytest.mark.parametrize(
    ("kinds", "listed", "reported"),
    [
        (["press"], False, ", as reported by Südasienbüro (the press)"),
        (["ngo", "press"], False, ", as reported by Südasienbüro (an NGO)"),
        (["press", "document"], False, ""),
        (["press"], True, ""),
    ],
)
def test_who_reports_a_receipt_is_named(dataset: Dataset, kinds: list[str], listed: bool, reported: str) -> None:
    told = _told(dataset, "committee", "2021-10-13")
    sources = {kind.upper(): replace(PAGE, kind=kind) for kind in kinds}  # type: ignore[arg-type]
    report = Report(treaty="CRC", kind="periodic", submitted=Year(2022), sources=tuple(sources))
    if listed:
        report = replace(report, list_of_issues=ListOfIssues(adopted=Year(2023), sources=tuple(sources)))
    state = told.states[INVENTED]
    states = {INVENTED: replace(state, reports=(*state.reports, report))}
    (owed,) = position(replace(told, states=states, sources={**told.sources, **sources}), INVENTED, LAST_DAY).owed
    expected = f"received in 2022{reported}; no review on record"
    assert (owed.obligation.standing, owed.obligation.standing_because) == ("with-the-committee", expected)
