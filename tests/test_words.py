"""The words of an answer are explained where they are met, once a screen, and every column is described."""

import re
from typing import get_args

import pytest

from opsc_cli.law.authority import Certainty
from opsc_cli.law.standing import Standing
from opsc_cli.render.due import COLUMNS
from opsc_cli.render.fields import DUE
from opsc_cli.render.footnotes import with_footnotes
from opsc_cli.render.glossary import CERTAINTIES, STANDINGS
from opsc_cli.render.parts import box, grid, line, paragraph
from tests.commands import opsc
from tests.terminal import on_a_terminal

DAY = "--as-of 2026-11-21 -q"
TERM = "treaty term: a day by the Convention's five-year rule, not a due date"


def _below(*parts: object) -> list[str]:
    """What is added below the parts."""
    added = with_footnotes(parts)[len(parts) :]  # type: ignore[arg-type]
    return ["".join(text for text, _ in part["spans"]) for part in added]  # type: ignore[typeddict-item]


class TestBelowAScreen:
    @pytest.mark.parametrize("command", ["due Austria", "due Fiji Austria", "states --region Western", "plan Angola"])
    def test_each_word_once(self, command: str) -> None:
        below = on_a_terminal(f"opsc {command} {DAY}", columns=80).splitlines()
        words = [
            text
            for text in below
            if re.match(r"(treaty term|pre-session, working group|LOIPR|list of issues prior)", text)
        ]
        assert words
        assert len(words) == len(set(words))
        assert below[-1] == "More words: `opsc help glossary`"
        assert max(map(len, words)) <= 80

    def test_what_needs_none_has_none(self) -> None:
        assert _below(line("Kenya owes no report.")) == []

    def test_not_in_a_pipe(self) -> None:
        for form in ("tsv", "json", "md", "csv", "table"):
            assert "opsc help glossary" not in opsc("due", "Austria", *DAY.split(), "--format", form).stdout

    def test_words_are_found_wherever_they_are(self) -> None:
        found = ["", TERM, "More words: `opsc help glossary`"]
        assert _below(line("its treaty term")) == found
        assert _below(paragraph("its treaty term")) == found
        assert _below(box([("Treaty term", [("1 May 2020", "")])])) == found
        assert _below(grid(("When",), [["treaty term 1 May"], None, [[("treaty ", "bold"), ("term", "")]]])) == found

    def test_a_standing_that_the_screen_explains_needs_no_line(self) -> None:
        explained = [("past-due-no-record", "red"), (": 1 May 2020 has passed", "")]
        assert _below(box([("Standing", explained)])) == []
        assert _below(grid(("Standing",), [["past-due-no-record"]]))[1:-1] == [
            "past-due-no-record: the date has passed; the report may have been sent"
        ]


def test_every_standing_and_certainty_has_its_meaning() -> None:
    assert tuple(STANDINGS) == get_args(Standing)
    assert list(CERTAINTIES) == [certainty.value for certainty in Certainty]


def test_every_column_is_described() -> None:
    assert list(DUE) == [*COLUMNS, "as_of", "data_version"]


def test_the_day_and_the_codes_can_be_had() -> None:
    fields = "iso3,iso2,m49,region,as_of,data_version"
    _, row = opsc("due", "Austria", "--fields", fields, "--as-of", "2020-01-01").stdout.splitlines()
    assert row.split("\t")[:5] == ["AUT", "AT", "040", "Western European and other States", "2020-01-01"]
    header = opsc("sessions", "100", "--fields", "all").stdout.partition("\n")[0].split("\t")
    assert header[-2:] == ["as_of", "data_version"]


def test_csv_for_excel_begins_with_a_byte_order_mark() -> None:
    call = ("due", "Côte d’Ivoire", *DAY.split(), "--format", "csv")
    plain, marked = opsc(*call, text=False).stdout, opsc(*call, "--excel", text=False).stdout
    assert marked == b"\xef\xbb\xbf" + plain


def test_a_report_that_came_leaves_nothing_due() -> None:
    screen = opsc("due", "Uganda", *DAY.split(), "--format", "table").stdout
    assert re.search(r"│ Due +│ nothing further until it is reviewed", screen)
    assert "are with the Committee on the Rights of the Child." in " ".join(screen.split())


def test_a_table_of_states_says_when_a_report_was_received() -> None:
    table = opsc("states", "--standing", "with-the-committee", *DAY.split(), "--format", "table").stdout
    said = " ".join(table.split())
    assert "received 3 August 2021 with-the-committee" in said
    assert "received, the day is" in said
    assert "not established with-the-committee" not in said
