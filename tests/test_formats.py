"""Every format of every list says the same: what is written is read back and compared with the rows."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from html import unescape
from itertools import product
from pathlib import Path
from textwrap import fill
from typing import Any
from weakref import WeakSet

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from opsc_cli import __version__
from opsc_cli.answers.age import ends_on
from opsc_cli.answers.audit import mismatches
from opsc_cli.answers.filled import filled_on
from opsc_cli.answers.one_by_one import OneByOne
from opsc_cli.answers.plan import planned
from opsc_cli.answers.position import Position, one_by_one, positions
from opsc_cli.answers.sessions import reviews_by_session
from opsc_cli.answers.stats import days_between, regions_on, totals_on, totals_over, years_until
from opsc_cli.answers.timeline import timelines
from opsc_cli.answers.whatif import supposing
from opsc_cli.forecast.forecast import Receipt, forecast
from opsc_cli.forecast.meetings import calendar
from opsc_cli.forecast.outlook import Outlook
from opsc_cli.record.records import Dataset
from opsc_cli.render.audit import audit_listing
from opsc_cli.render.backtest import backtest_listing
from opsc_cli.render.data import data_listing
from opsc_cli.render.documents import Envelope
from opsc_cli.render.due import due_listing, whatif_listing
from opsc_cli.render.explain import explain_listing
from opsc_cli.render.forecast import forecast_listing, received_listing
from opsc_cli.render.listing import FORMATS, SUFFIXES, Listing, Row, WrongField, envelope_of, text_of, with_fields
from opsc_cli.render.parts import paragraph
from opsc_cli.render.plan import plan_listing
from opsc_cli.render.screen import drawn
from opsc_cli.render.sessions import sessions_listing
from opsc_cli.render.sources import sources_listing
from opsc_cli.render.stats import stats_listing
from opsc_cli.render.terminal import Screen
from opsc_cli.render.timeline import timeline_listing
from tests.commands import OPSC, backtest_of, frozen_dataset, opsc
from tests.conftest import sample
from tests.faults import FAULTS, base
from tests.terminal import on_a_terminal
from tests.test_command import DAY

ON = date(2026, 11, 21)
SCREEN = Screen(100, False)


def _written(form: str, listing: Listing, envelope: Envelope) -> str | bytes:
    written = FORMATS[form](listing, envelope, SCREEN)
    return written if isinstance(written, str | bytes) else "".join(written)


def _states(dataset: Dataset) -> Listing:
    return due_listing(positions(dataset, ON, tuple(dataset.states)))


def _no_states(_: Dataset) -> Listing:
    return due_listing(())


def _sessions(dataset: Dataset) -> Listing:
    meetings = calendar(dataset.sessions, dataset.pre_sessions, ON)
    return sessions_listing(meetings, reviews_by_session(dataset, ON), {}, sources={})


def _stats(dataset: Dataset) -> Listing:
    series = tuple(totals_over(dataset, days_between(date(2020, 1, 1), ON, "year")))
    return stats_listing(totals_on(dataset, ON), regions_on(dataset, ON), years_until(dataset, ON), series)


def _audit(dataset: Dataset) -> Listing:
    return audit_listing(mismatches(dataset))


def _sources(dataset: Dataset) -> Listing:
    (austria,) = positions(dataset, ON, ("AUT",))
    return sources_listing(austria, dataset.sources)


def _received(dataset: Dataset) -> Listing:
    asked = Receipt(received=date(2025, 8, 3), procedure="standard", listed=None, assumed=False)
    found = forecast(Outlook(dataset, ON), asked)
    assert found
    return received_listing(found, "OPSC")


def _forecasts(dataset: Dataset) -> Listing:
    return forecast_listing(positions(dataset, ON, ("AGO",))[0])


def _supposed(dataset: Dataset) -> Listing:
    return whatif_listing(supposing(dataset, "KEN", date(2027, 3, 1), None, ON))


def _backtest(dataset: Dataset) -> Listing:
    return backtest_listing(backtest_of(dataset))


def _plan_of(iso3: str) -> Callable[[Dataset], Listing]:
    def plan(dataset: Dataset) -> Listing:
        (asked,) = positions(dataset, ON, (iso3,))
        return plan_listing(list(planned([asked], Outlook(dataset, ON))), alone=True)

    return plan


def _data(dataset: Dataset) -> Listing:
    return data_listing(dataset, ends_on(dataset, ON), filled_on(dataset, ON))


def _explained(dataset: Dataset) -> Listing:
    (nepal,) = positions(dataset, ON, ("NPL",))
    return explain_listing([nepal], dataset.sources)


def _timelines(dataset: Dataset) -> Listing:
    return timeline_listing(timelines(positions(dataset, ON, ("AUT", "SRB", "USA", "KEN")), dataset))


LISTS: dict[str, Callable[[Dataset], Listing]] = {
    "states": _states,
    "nothing": _no_states,
    "sessions": _sessions,
    "stats": _stats,
    "audit": _audit,
    "sources": _sources,
    "forecast of States": _forecasts,
    "forecast of a day": _received,
    "backtest": _backtest,
    "plan": _plan_of("AGO"),
    "no plan": _plan_of("SGP"),
    "whatif": _supposed,
    "data": _data,
    "explained": _explained,
    "timelines": _timelines,
}
EMPTY = ("nothing", "no plan")


@pytest.fixture(scope="module")
def envelope(dataset: Dataset) -> Envelope:
    return {**envelope_of(dataset, ON), "tool_version": "0"}


def _text(value: Any) -> str:
    """A cell as the formats of lines have it: on one line."""
    return "" if value is None else " ".join(str(value).split())


def _read_csv(written: str, columns: list[str]) -> list[Row]:
    return [{c: _text(row[c]) for c in columns} for row in csv.DictReader(io.StringIO(written, newline=""))]


def _read_tsv(written: str, columns: list[str]) -> list[Row]:
    header, *lines = written.removesuffix("\n").split("\n")
    assert header.split("\t") == columns
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def _read_md(written: str, columns: list[str]) -> list[Row]:
    header, rule, *lines = written.removesuffix("\n").split("\n")
    assert set(rule) == set("| -")
    cells = [
        [unescape(re.sub(r"\\(.)|^<(https?:.*)>$", r"\1\2", c.strip())) for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]
    assert [c.strip() for c in header.split("|")[1:-1]] == columns
    return [dict(zip(columns, row, strict=True)) for row in cells]


def _read_xlsx(written: bytes, columns: list[str]) -> list[Row]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(written)).worksheets[0].iter_rows(values_only=True)
    assert list(header) == columns
    return [dict(zip(columns, map(_cell, row), strict=True)) for row in rows]


def _in_a_workbook(value: Any) -> str:
    """A workbook has no other 3 than 3.0."""
    return _text(int(value) if isinstance(value, float) and value.is_integer() else value)


def _cell(value: Any) -> str:
    return str(value.date()) if isinstance(value, datetime) else _text(value)


@cache
def _listing(name: str) -> Listing:
    return LISTS[name](frozen_dataset())


READERS: dict[str, Callable[[Any, list[str]], list[Row]]] = {
    "csv": _read_csv, "tsv": _read_tsv, "md": _read_md, "xlsx": _read_xlsx,
}  # fmt: skip


@pytest.mark.parametrize(("name", "form"), sample([*product(LISTS, READERS)], 3))
def test_rows_come_back_as_they_were(name: str, form: str, envelope: Envelope) -> None:
    listing = _listing(name)
    columns = list(listing.columns)
    shown = _in_a_workbook if form == "xlsx" else _text
    expected = [{column: shown(row[column]) for column in columns} for row in listing.rows()]
    assert READERS[form](_written(form, listing, envelope), columns) == expected
    assert (not expected) == (name in EMPTY)


@pytest.mark.parametrize("name", LISTS)
def test_json_comes_back_as_it_was(name: str, envelope: Envelope) -> None:
    listing = _listing(name)
    text = _written("json", listing, envelope)
    lines = [json.loads(line) for line in str(_written("jsonl", listing, envelope)).splitlines()]
    content = list(listing.content) if isinstance(listing.content, OneByOne) else listing.content
    assert text == text_of({**envelope, listing.key: content})
    assert json.loads(text)[listing.key] == content
    assert lines == (content if isinstance(content, list) else [content])


@pytest.mark.parametrize("form", ["tsv", "csv", "md", "json", "jsonl"])
def test_of_many_states_one_is_held_at_a_time(form: str, dataset: Dataset, envelope: Envelope) -> None:
    held = WeakSet[Position]()

    def noted(position: Position) -> Position:
        held.add(position)
        return position

    some = one_by_one(positions(dataset, ON, tuple(dataset.states)[:9]))
    for listing_of in (due_listing, lambda positions: explain_listing(positions, dataset.sources)):
        written = FORMATS[form](listing_of(OneByOne(lambda: map(noted, some))), envelope, SCREEN)
        assert max(len(held) for _ in written) <= 1


@pytest.mark.parametrize("name", LISTS)
def test_what_a_terminal_shows_is_plain_data(name: str) -> None:
    parts = list(_listing(name).parts())
    assert drawn(json.loads(json.dumps(parts)), SCREEN) == drawn(parts, SCREEN)


@pytest.mark.parametrize("form", [*READERS, "json", "table"])
def test_fields_are_chosen_in_their_order(form: str, dataset: Dataset, envelope: Envelope) -> None:
    listing = with_fields(_listing("states"), ("due_date", "iso3"), envelope_of(dataset, ON))
    written = _written(form, listing, envelope)
    if form == "json":
        assert list(json.loads(written)["states"][0]) == ["due_date", "iso3"]
    elif form == "table":
        assert re.match(r"\s+due_date\s+iso3\n", str(written))
    else:
        rows = READERS[form](written, ["due_date", "iso3"])
        assert {"due_date": "2024-09-05", "iso3": "AUT"} in rows


def test_a_wrong_field_lists_the_right_ones(dataset: Dataset) -> None:
    with pytest.raises(WrongField):
        with_fields(_listing("states"), ("iso3", "deu_date"), envelope_of(dataset, ON))
    done = opsc("due", "Austria", "--fields", "iso3,deu_date")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'deu_date'" in done.stderr
    assert all(column in done.stderr for column in _listing("states").columns)
    assert "did you mean 'due_date'?" in done.stderr


@pytest.mark.parametrize("fields", ["", " , "])
def test_no_field_at_all_is_refused(fields: str) -> None:
    done = opsc("due", "Austria", "--fields", fields)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_field_that_is_asked_for_twice_stands_once() -> None:
    assert opsc("due", "Austria", "--fields", "iso3,name,iso3").stdout == "iso3\tname\nAUT\tAustria\n"


def test_a_workbook_is_the_same_twice_and_says_what_it_is(dataset: Dataset, envelope: Envelope) -> None:
    first, second = (FORMATS["xlsx"](_audit(dataset), envelope, SCREEN) for _ in range(2))
    assert first == second
    assert isinstance(first, bytes)
    about = openpyxl.load_workbook(io.BytesIO(first))["about"]
    assert dict(about.iter_rows(values_only=True))["data version"] == dataset.version  # type: ignore[arg-type]


# ── on narrow and wide terminals ─────────────────────────────────────────────────────────────────

LONG = 30
"""Longer words are addresses: they may be broken, as they fit nowhere."""


def _heads(listing: Listing) -> set[str]:
    """The words of the titles of first columns: a row that is stacked does not repeat them."""
    return {word for part in listing.parts() if part["kind"] == "grid" for word in part["titles"][0].split()}


def _words(table: str) -> set[str]:
    """The words of a table, without its lines and bars."""
    return {word for word in re.sub(r"[\u2500-\u259f]", " ", table).split() if len(word) <= LONG}


WRAPPED = [name for name in LISTS if name not in ("explained", "timelines")]
"""Without a text with addresses as they are, and a drawing that is finer on a wide screen."""


@pytest.mark.parametrize(("name", "columns"), sample([*product(WRAPPED, (60, 72, 80, 100, 140))], 4))
def test_a_table_is_never_cut_and_splits_no_word(name: str, columns: int) -> None:
    listing = _listing(name)
    table, wide = (drawn(listing.parts(), Screen(width, False)) for width in (columns, 1000))
    assert max(map(cell_len, table.splitlines())) <= columns
    assert "…" not in table
    long = " ".join(word for word in wide.split() if len(word) > LONG)
    assert _words(wide) - _heads(listing) <= _words(table)
    assert {word for word in _words(table) - _words(wide) if word not in long} == set()


def test_chosen_columns_too_are_stacked_where_they_have_no_room(dataset: Dataset) -> None:
    every = with_fields(
        _listing("states"), ("iso3", "name", "status", "standing", "due_date", "due_because"), envelope_of(dataset, ON)
    )
    table = drawn(every.parts(), Screen(60, False))
    assert max(map(cell_len, table.splitlines())) <= 60
    assert re.search(r"^AUT\n  name +Austria\n  status +party\n", table, re.M)


@given(st.lists(st.text("ab-", min_size=1, max_size=15), min_size=1), st.integers(20, 100))
def test_a_paragraph_is_wrapped_at_its_spaces(words: list[str], width: int) -> None:
    """As the library does it, but never within an id."""
    text = " ".join(words)
    expected = fill(text, width, initial_indent=" 1. ", subsequent_indent="    ", break_on_hyphens=False)
    assert drawn([paragraph(text, indent=" 1. ", hanging="    ")], Screen(width, False)) == f"{expected}\n"


def test_a_word_longer_than_a_line_is_cut_unless_it_is_an_address() -> None:
    text = f"see {'x' * 45} there"
    cut = drawn([paragraph(text, hanging="  ")], Screen(20, False))
    assert cut.splitlines() == ["see", f"  {'x' * 18}", f"  {'x' * 18}", f"  {'x' * 9} there"]
    whole = drawn([paragraph(text, hanging="  ", breaks=False)], Screen(20, False))
    assert whole.splitlines() == ["see", f"  {'x' * 45}", "  there"]


# ── to a file ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_says_the_format(suffix: str, tmp_path: Path, dataset: Dataset, envelope: Envelope) -> None:
    path = tmp_path / f"answer{suffix}"
    done = opsc("forecast", "Austria", *DAY, "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listing = forecast_listing(positions(dataset, ON, ("AUT",))[0])
    expected = _written(SUFFIXES[suffix], listing, {**envelope, "tool_version": __version__})
    assert path.read_bytes() == (expected if isinstance(expected, bytes) else expected.encode())
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("target", "said"),
    [("nowhere/x.csv", "no such folder"), (".", "add --format"), ("x.doc", "add --format"), ("x", ".csv")],
)
def test_what_cannot_be_written_is_refused(target: str, said: str, tmp_path: Path) -> None:
    done = opsc("due", "Austria", *DAY, "-o", target, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path, link = tmp_path / "x.json", tmp_path / "link.json"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    assert opsc("due", "Austria", *DAY, "-o", str(link)).returncode == 0
    assert json.loads(path.read_text())["states"][0]["iso3"] == "AUT"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert opsc("due", "Atlantis", "-o", str(path)).returncode == 2
    assert json.loads(path.read_text()), "a refused question leaves the file alone"


def test_explain_to_a_file(tmp_path: Path) -> None:
    assert opsc("explain", "Austria", *DAY, "-o", str(tmp_path / "a.json")).returncode == 0
    assert opsc("explain", "Austria", *DAY, "-o", str(tmp_path / "a.txt")).returncode == 0
    assert json.loads((tmp_path / "a.json").read_text())["states"][0]["obligations"][0]["steps"]
    assert (tmp_path / "a.txt").read_text() == opsc("explain", "Austria", *DAY).stdout


def test_an_explanation_is_a_row_a_step() -> None:
    steps = list(csv.DictReader(io.StringIO(opsc("explain", "Nepal", *DAY, "--format", "csv").stdout)))
    assert [step["n"] for step in steps] == [str(n) for n in range(1, len(steps) + 1)]
    assert [step["authority"] for step in steps][:3] == ["depositary's record", "OPSC art. 14(2)", "OPSC art. 12(1)"]
    assert all(step["because"] and step["text"] for step in steps)
    columns = opsc("explain", "Nepal", *DAY, "--fields", "n,after")
    assert columns.stdout.startswith("n\tafter\n1\t"), "with columns a pipe gets rows, as from every command"
    assert opsc("explain", "Nepal", *DAY, "--fields", "n,after", "--format", "tsv").stdout == columns.stdout


@pytest.mark.parametrize("suffix", ["sarif", "json", "xml", "txt"])
def test_findings_go_into_a_file(suffix: str, tmp_path: Path) -> None:
    form = {"xml": "junit", "txt": "text"}.get(suffix, suffix)
    path = tmp_path / f"found.{suffix}"
    folder = FAULTS["A word outside the vocabulary"].written_to(tmp_path / "data")
    assert opsc("validate", folder, "-o", path).stdout == ""
    assert "FORM" in path.read_text()
    assert path.read_text() == opsc("validate", folder, "--format", form).stdout


def test_a_comparison_goes_into_a_file(tmp_path: Path) -> None:
    path, folder = tmp_path / "changes.md", base(tmp_path / "data")
    assert opsc("diff", folder, folder, "-o", path).returncode == 0
    assert path.read_text().startswith("## What this change does")


@pytest.mark.parametrize("command", [("due", "Nepal"), ("validate",), ("diff", "data", "data")])
def test_json_contradicts_another_format(command: tuple[str, ...], tmp_path: Path) -> None:
    base(tmp_path / "data")
    done = opsc(*command, "--json", "--format", "md" if command[0] != "validate" else "junit", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "use one of them" in done.stderr
    assert opsc(*command, "--json", "--format", "json", cwd=tmp_path).stdout.startswith("{")


def test_standard_output_by_name() -> None:
    assert opsc("due", "Austria", *DAY, "-o", "-").stdout == opsc("due", "Austria", *DAY).stdout


def test_a_device_is_written_as_a_pipe_is() -> None:
    piped = subprocess.run(
        [OPSC, "due", "Austria", *DAY, "-o", "/dev/stdout"], capture_output=True, text=True, check=True
    )
    assert piped.stdout == opsc("due", "Austria", *DAY).stdout


def test_a_workbook_is_not_thrown_at_a_terminal() -> None:
    assert "cannot be shown on a terminal" in on_a_terminal("opsc due Austria --format xlsx -q")


def test_a_list_without_dates_has_no_calendar() -> None:
    done = opsc("audit", "--format", "ics")
    assert (done.returncode, done.stdout) == (2, "")
    assert "due, states, sessions, forecast, plan" in done.stderr


@pytest.mark.parametrize("asked", [("due", "Austria"), ("forecast", "USA"), ("timeline", "-")], ids=" ".join)
def test_what_is_not_drawn_has_no_picture(asked: tuple[str, ...]) -> None:
    done = opsc(*asked, *DAY, "--format", "svg")
    assert (done.returncode, done.stdout) == (2, "")
    assert "timeline, states, stats and forecast STATE" in done.stderr


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "xlsx"])
def test_nothing_found_is_an_answer(form: str) -> None:
    done = opsc("states", "--status", "denounced", *DAY, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    expected = {"tsv": 1, "csv": 1, "md": 2, "jsonl": 0, "table": 1}
    assert len(lines) == expected.get(form, len(lines))
    assert form != "json" or json.loads(done.stdout)["states"] == []


# ── in another language ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "Autriche"), ("ru", "Австрия"), ("zh", "奥地利"), ("ar", "النمسا"), ("en", "Austria")]
)
def test_states_are_called_as_asked(language: str, name: str) -> None:
    (state,) = json.loads(opsc("due", "AUT", *DAY, "--json", "--lang", language).stdout)["states"]
    assert (state["iso3"], state["name"]) == ("AUT", name)
    assert f"AUT\t{name}\t" in opsc("due", "Austria", *DAY, "--lang", language).stdout


def test_an_unknown_language_lists_the_known() -> None:
    done = opsc("due", "AUT", "--lang", "de")
    assert done.returncode == 2
    assert done.stderr == "opsc: --lang 'de': expected one of ar, en, es, fr, ru, zh\n"


def test_fractions_stand_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "backtest.xlsx"
    done = opsc("forecast", "--backtest", "-o", str(path))
    assert (done.returncode, path.read_bytes()[:2]) == (0, b"PK"), done.stderr
