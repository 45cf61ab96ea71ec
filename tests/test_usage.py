"""Usage errors: exit code 2, nothing on stdout, and one line that says what is wrong, then what to do."""

import os
from typing import Any, get_args

import pytest

from opsc_cli.answers.stats import STEPS
from opsc_cli.cli import about, ask, completion, keep, options
from opsc_cli.cli.commands import NAMES, body_of
from opsc_cli.cli.declared import parameters_of
from opsc_cli.dataset.schemas import names
from opsc_cli.listed import SORTS
from opsc_cli.render import diff, findings
from opsc_cli.render.listing import FORMATS
from tests.commands import opsc

WRONG = {
    ("due", "--foo"): "no option --foo; see `opsc due --help`",
    ("due", "--as-off", "2020-01-01"): "no option --as-off; did you mean --as-of?",
    ("due", "--as-of", "x"): "--as-of 'x': expected a day written YYYY-MM-DD",
    ("due", "--as-of"): "--as-of needs a value",
    ("due", "--json=1"): "option '--json' does not take a value",
    ("due",): "no State given; name one or more (Austria, NP), or use --all",
    ("due", "--all", "Austria"): "--all and a State contradict each other; use one of them",
    ("due", "Nepal", "--within", "3m"):
        "--within requires --exit-code; to list reports due soon, use `opsc states --within 12m`",
    ("due", "Atlantis"): "'Atlantis': no State on record has this name or code; `opsc states` lists every State",
    ("sources",): "STATE is missing; for example: `opsc sources Austria`",
    ("sources", "Viet", "Nam"): "unexpected argument: Nam; put a name of several words in quotes",
    ("man", "due"): "unexpected argument: due; see `opsc man --help`",
    ("whatif", "Kenya"): "--deposit is missing; for example: `opsc whatif Kenya --deposit 2027-03-01`",
    ("states", "--sort", "nam"): "--sort 'nam': expected one of name, iso3, due, standing; did you mean 'name'?",
    ("states", "--sort", "it's"): "--sort \"it's\": expected one of name, iso3, due, standing",
    ("due", "Nepal", "--color", "NEVER"):
        "--color 'NEVER': expected one of auto, always, never; did you mean 'never'?",
    ("stats", "--every", "week"): "--every 'week': expected one of day, month, year",
    ("stats", "--as-of", "2020-01-01", "--since", "2021-01-01"):
        "--since 2021-01-01 is later than 2020-01-01, the day of the answer; give an earlier day, or --as-of",
    ("whatif", "Kenya", "--deposit", "2027-03-01", "--act", "acession"):
        "--act 'acession': expected one of ratification, acceptance, approval, accession; did you mean 'accession'?",
    ("completion", "tcsh"): "SHELL 'tcsh': expected one of bash, zsh, fish",
    ("help", "format"):
        "TOPIC 'format': expected one of standings, certainty, fields, glossary, exit-codes, formats, environment, law;"
        " did you mean 'formats'?",
    ("help", "explain"):
        "TOPIC 'explain': expected one of standings, certainty, fields, glossary, exit-codes, formats, environment,"
        " law; for the command, use `opsc explain --help`",
    ("due", "Nepal", "--excel"): "--excel is for csv; add --format csv, or write a workbook with -o FILE.xlsx",
    ("due", "Nepal", "--alarm", "90d"): "--alarm is for calendars; add --format ics, or write one with -o FILE.ics",
    ("plan", "Nepal", "--alarm", "4w", "--json"):
        "--alarm is for calendars; add --format ics, or write one with -o FILE.ics",
    ("forecast", "--session", "103"):
        "--session '103': expected next, the month of a session to come (2027-05), or the number of one that is"
        " announced; `opsc sessions 103` says in which month it may meet",
    ("forecast", "--session", "soon"):
        "--session 'soon': expected next, the month of a session to come (2027-05), or the number of one that is"
        " announced",
    ("forecast",):
        "give one of: a State, --session, --all, --received, --backtest; for example: `opsc forecast Angola`",
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG.items(), ids=lambda value: str(value)[:40])
def test_a_wrong_call(call: tuple[str, ...], message: str) -> None:
    done = opsc(*call)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"opsc: {message}\n")


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        (("session",), "sessions"),
        (("schema", "state"), "states"),
        (("schema", "output", "session"), "sessions"),
        (("validate", "--explain", "yaml2"), "YAML02"),
        (("states", "--region", "Africa States"), "African States"),
        (("states", "--standing", "past-due"), "past-due-no-record"),
        (("due", "Nepal", "--fields", "deu_date"), "due_date"),
    ],
)
def test_what_was_probably_meant(call: tuple[str, ...], meant: str) -> None:
    done = opsc(*call)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("opsc: ")
    assert f"expected one of {meant}, " in done.stderr or f", {meant}" in done.stderr
    assert done.stderr.endswith(f"; did you mean {meant!r}?\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [("OPSC_AS_OF", "expected a day written YYYY-MM-DD"), ("OPSC_LANG", "expected one of ar, en, es, fr, ru, zh")],
)
def test_a_wrong_value_in_the_environment(name: str, message: str) -> None:
    done = opsc("due", "Nepal", env={**os.environ, name: "x"})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"opsc: {name} 'x': {message}\n")


def test_every_refused_state_has_its_own_line() -> None:
    done = opsc("due", "Atlantis", "Congo")
    assert [line.startswith("opsc: '") for line in done.stderr.splitlines()] == [True, True]


class TestWhatIsAccepted:
    @pytest.mark.parametrize("region", ["African", "african states", "AFR", "African States"])
    def test_a_region_by_a_prefix_in_either_case(self, region: str) -> None:
        day = ("--as-of", "2026-11-21")
        assert opsc("states", "--region", region, *day).stdout.count("\n") > 50

    def test_a_language_and_a_code_in_either_case(self) -> None:
        assert "\tAutriche\t" in opsc("due", "AUT", "--lang", "FR").stdout
        assert opsc("validate", "--explain", "yaml02").stdout == opsc("validate", "--explain", "YAML02").stdout


class TestTheClosedLists:
    """A list in a signature is the list that the program knows."""

    @pytest.mark.parametrize(
        ("listed", "known"),
        [
            (options.Format, FORMATS),
            (keep.FindingsFormat, findings.FORMATS),
            (keep.DiffFormat, diff.FORMATS),
            (keep.SchemaName, (*names(), "output")),
            (about.Shell, completion.SHELLS),
            (ask.Sort, SORTS),
            (ask.Interval, STEPS),
        ],
    )
    def test_it_is_the_programs(self, listed: Any, known: Any) -> None:
        assert get_args(listed) == tuple(known)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_states_its_name(name: str) -> None:
    """Typer 0.27.0 and 0.27.1 write a default name in capitals."""
    options = [parameter.declared for parameter in parameters_of(body_of(name)[1]) if parameter.declared.names]
    assert all(option.names[-1].startswith("--") for option in options)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("due", "all"), "'all' is no State; for every State on record, use --all"),
        (("due", "Sri", "Lanka"), "quote a name of several words: 'Sri Lanka'"),
        (("explain", "Nepal", "Papua", "New", "Guinea"), "quote a name of several words: Nepal 'Papua New Guinea'"),
        (("version",), "no command 'version'; for the versions of opsc and of its data: `opsc --version`"),
    ],
)
def test_what_was_meant_is_what_to_type(call: tuple[str, ...], message: str) -> None:
    done = opsc(*call)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"opsc: {message}\n")


def test_only_a_field_of_that_place_is_proposed() -> None:
    """`received` is a field of a denunciation, not of a report."""
    from opsc_cli.dataset.validate import faults_of_form
    from opsc_cli.record.state import State

    wrong = {"initial_report": {"received": "2007-07-20"}, "signatur": "x"}
    faults = dict(faults_of_form(wrong, State))
    assert "did you mean 'received'" not in faults["initial_report.received"]
    assert "submitted" in faults["initial_report.received"]
    assert faults["signatur"] == "no field 'signatur' here; did you mean 'signature'?"
