"""`opsc missing`: what is asked of whom, in which order, and that each line records what it says."""

import csv
import io
import json
import os
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent, indent

import pytest

from opsc_cli.answers.missing import KINDS, PLACEHOLDERS, Gap, missing
from opsc_cli.answers.position import positions
from opsc_cli.cli.app import program
from opsc_cli.dataset.intake.entry import Entry
from opsc_cli.dataset.intake.facts import COLUMNS, Fact
from opsc_cli.record.records import Dataset
from opsc_cli.render.missing import MOST_STATES, command
from tests.commands import opsc, output_of
from tests.conftest import DATA, ROOT, sampled_data, with_invented
from tests.terminal import on_a_terminal
from tests.test_command import DAY

TODAY = date(2026, 11, 21)
BOUND = {
    "instrument": {"kind": "ratification", "deposited": "2004-05-06", "sources": ["UNTC-2015"]},
    "crc": {"instrument": {"kind": "ratification", "deposited": "1990-09-01", "sources": ["UNTC-2015"]}},
}
RECEIVED = {"initial_report": {"submitted": "2008-01-07", "symbol": "CRC/C/OPSC/ZZZ/1", "sources": ["UNTC-2015"]}}


def reviewed(**observations: object) -> dict[str, object]:
    """A report under the Convention that the 81st session reviewed."""
    adopted = {"adopted": "2019-05-31", "sources": ["UN-CRC-81-FINDINGS"], **observations}
    review = {"session": "81", "evidence": "document", "sources": ["UN-CRC-81-FINDINGS"]}
    return {"treaty": "CRC", "kind": "periodic", "review": review, "concluding_observations": adopted}


def told(by: str) -> dict[str, object]:
    return {"kind": "date", "due": "2025-03-01", "asserted_by": by, "sources": ["UN-CRC-81-FINDINGS"]}


def gaps_of(dataset: Dataset, record: dict[str, object]) -> tuple[Gap, ...]:
    invented = with_invented(dataset, record)
    return missing(invented, positions(invented, TODAY, ("ZZZ",)))


def kinds(dataset: Dataset, record: dict[str, object]) -> list[str]:
    return [gap.kind for gap in gaps_of(dataset, record)]


@pytest.fixture(scope="module")
def everything(dataset: Dataset) -> tuple[Gap, ...]:
    return missing(dataset, positions(dataset, TODAY, tuple(dataset.states)))


@pytest.fixture(scope="module")
def data(everything: tuple[Gap, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = {gap.kind: gap.iso3 for gap in reversed(everything)}
    return sampled_data(tmp_path_factory.mktemp("part") / "data", "MNE", *first.values())


# ── what is asked ────────────────────────────────────────────────────────────────────────────────


class TestWhatIsAsked:
    def test_of_a_state_that_is_not_bound_nothing(self, dataset: Dataset) -> None:
        assert kinds(dataset, {}) == []

    def test_the_initial_report_on_which_the_record_is_silent(self, dataset: Dataset) -> None:
        (first, *_) = gaps_of(dataset, BOUND)
        assert (first.kind, first.question) == (
            "initial-report",
            "Was the initial report received? It was due on 6 June 2006.",
        )
        assert first.document.symbol == "CRC/C/OPSC/ZZZ/1"
        assert not first.document.is_on_record
        assert "initial-report" not in kinds(dataset, BOUND | RECEIVED)

    def test_the_review_without_which_there_is_no_date(self, dataset: Dataset) -> None:
        assert "last-review" in kinds(dataset, BOUND)
        assert "last-review" not in kinds(dataset, BOUND | {"reports": [reviewed()]})

    @pytest.mark.parametrize(("by", "is_asked"), [("committee", False), ("state", False), ("ngo", True)])
    def test_the_date_that_the_committee_set_unless_it_is_known_at_first_hand(
        self, by: str, is_asked: bool, dataset: Dataset
    ) -> None:
        said = {"reports": [reviewed(next_report=told(by))]}
        assert ("next-due" in kinds(dataset, BOUND | said)) is is_asked

    def test_a_date_that_will_be_communicated_is_known(self, dataset: Dataset) -> None:
        follows = {"kind": "to-be-communicated", "asserted_by": "committee", "sources": ["UN-CRC-81-FINDINGS"]}
        assert "next-due" not in kinds(dataset, BOUND | {"reports": [reviewed(next_report=follows)]})

    def test_the_symbol_that_gives_the_number(self, dataset: Dataset) -> None:
        assert "number" in kinds(dataset, BOUND | {"reports": [reviewed()]})
        named = {"reports": [{**reviewed(symbol="CRC/C/ZZZ/CO/3-6"), "numbers": "3-6"}]}
        assert "number" not in kinds(dataset, BOUND | named)

    def test_nothing_of_the_next_report_once_it_is_with_the_committee(self, dataset: Dataset) -> None:
        waiting = {"treaty": "CRC", "kind": "periodic", "submitted": "2025-03", "sources": ["UN-CRC-81-FINDINGS"]}
        assert kinds(dataset, BOUND | RECEIVED | {"reports": [reviewed(), waiting]}) == ["receipt"]
        on_a_day = {**waiting, "submitted": "2025-03-03"}
        assert kinds(dataset, BOUND | RECEIVED | {"reports": [reviewed(), on_a_day]}) == []

    def test_a_list_without_the_day_of_the_reply(self, dataset: Dataset) -> None:
        listed = {"adopted": "2024-03-05", "symbol": "CRC/C/ZZZ/QPR/7", "numbers": "7", "sources": ["UNTC-2015"]}
        record = BOUND | RECEIVED | {"reports": [reviewed()], "lists_of_issues_prior_to_reporting": [listed]}
        (gap,) = [gap for gap in gaps_of(dataset, record) if gap.kind == "list"]
        assert gap.question == (
            "By which day does the list of issues prior to reporting of 5 March 2024 ask for the reply?"
        )
        assert gap.record[2:8] == ("loipr", "2024-03-05", "--symbol", "CRC/C/ZZZ/QPR/7", "--replies-by", "YYYY-MM-DD")
        answered = {"lists_of_issues_prior_to_reporting": [{**listed, "due": "2025-03-01"}]}
        assert "list" not in kinds(dataset, record | answered)

    def test_a_list_that_is_awaited(self, dataset: Dataset) -> None:
        simplified = {"procedure": {"kind": "simplified", "as_of": "2024-01-01", "sources": ["UNTC-2015"]}}
        said = {"reports": [reviewed(next_report=told("committee"))]}
        (gap,) = [gap for gap in gaps_of(dataset, BOUND | RECEIVED | simplified | said) if gap.kind == "list"]
        assert gap.document.symbol == "CRC/C/ZZZ/QPR/NUMBERS"

    def test_a_day_within_a_bracket_and_the_effective_day_of_a_succession(self, dataset: Dataset) -> None:
        bracket = {"kind": "accession", "earliest": "2016-01-01", "latest": "2016-05-17", "sources": ["UNTC-2015"]}
        (gap,) = [gap for gap in gaps_of(dataset, BOUND | {"instrument": bracket}) if gap.kind == "deposit"]
        assert gap.question == ("On which day did it deposit its instrument, between 1 January 2016 and 17 May 2016?")
        succession = {**BOUND["instrument"], "kind": "succession"}
        assert "effective-day" in kinds(dataset, BOUND | {"instrument": succession})


# ── in which order, and where to read it ─────────────────────────────────────────────────────────


def test_the_greatest_effect_comes_first(everything: tuple[Gap, ...], dataset: Dataset) -> None:
    first = {iso3: next(gap for gap in everything if gap.iso3 == iso3) for iso3 in (gap.iso3 for gap in everything)}
    place = {iso3: (KINDS.index(gap.kind), list(dataset.states).index(iso3)) for iso3, gap in first.items()}
    assert list(place.values()) == sorted(place.values())
    for iso3 in first:
        of_the_state = [KINDS.index(gap.kind) for gap in everything if gap.iso3 == iso3]
        assert of_the_state == sorted(of_the_state)


def test_a_document_has_its_address_on_record_or_that_of_the_united_nations(everything: tuple[Gap, ...]) -> None:
    (dominica,) = [gap for gap in everything if (gap.iso3, gap.kind) == ("DMA", "next-due")]
    assert dominica.document.is_on_record
    assert (dominica.document.address or "").startswith("http://docstore.ohchr.org/")
    assert "--source CRC-C-15-Add-238" in command(dominica)
    (malta,) = [gap for gap in everything if (gap.iso3, gap.kind) == ("MLT", "initial-report")]
    assert malta.document.address == "https://undocs.org/en/CRC/C/OPSC/MLT/1"
    assert all(gap.document.address is None for gap in everything if "NUMBERS" in (gap.document.symbol or ""))


# ── the line that records it ─────────────────────────────────────────────────────────────────────

DAYS = {
    "initial-report": "2025-10-06",
    "last-review": "2025-05-30",
    "effective-day": "2006-06-03",
    "receipt": "2025-06-02",
    "list": "2025-06-02",
}
"""A plausible day for each kind."""


def filled_in(gap: Gap, dataset: Dataset) -> list[str]:
    """The line with plausible values, as a shell splits it."""
    reply = {"--replies-by YYYY-MM-DD": "--replies-by 2026-06-15"}  # a year after the list
    values = {**reply, "YYYY-MM-DD": day_for(gap, dataset), "NUMBERS": numbers_for(gap, dataset)}
    line = command(gap)
    for placeholder, value in {**values, "NUMBER": "61"}.items():
        line = line.replace(placeholder, value)
    opsc_, *arguments = shlex.split(line)
    assert opsc_ == "opsc"
    return arguments


def numbers_for(gap: Gap, dataset: Dataset) -> str:
    """Those on record, with which a symbol must agree; 1 of a first report."""
    symbol = gap.document.symbol or ""
    if gap.kind != "number" or "NUMBERS" not in symbol:
        return symbol.rpartition("/")[2] if gap.kind == "number" else "9-10"
    return "1" if all(report.kind == "initial" for report in dataset.states[gap.iso3].reports) else "9-10"


def day_for(gap: Gap, dataset: Dataset) -> str:
    """The next report is due five years after the observations; the day of a deposit lies in its bracket."""
    if gap.kind == "next-due":
        adopted = gap.record[-1]
        return f"{int(adopted[:4]) + 5}{adopted[4:]}"
    instrument = dataset.states[gap.iso3].instrument
    if gap.kind == "deposit" and instrument and instrument.latest:
        return str(next(day for day in days_from(instrument.latest - timedelta(14)) if day.weekday() == WEDNESDAY))
    return DAYS.get(gap.kind, "")


WEDNESDAY, MOST_OF_A_KIND = 2, 12


def days_from(day: date) -> Iterator[date]:
    return (day + timedelta(n) for n in range(7))


def as_fact(words: list[str]) -> Fact:
    _, state, fact, value, *options = words
    pairs = zip(options[::2], options[1::2], strict=True)
    named = {name.removeprefix("--").replace("-", "_"): text for name, text in pairs}
    assert named.keys() <= set(COLUMNS)
    return Fact(state=state, fact=fact, value=value, read=str(TODAY), **named)


def test_a_line_is_taken_when_it_is_filled_in(everything: tuple[Gap, ...], dataset: Dataset) -> None:
    """Unless the invented value contradicts what is on record, or a published total."""
    by_kind = [[gap for gap in everything if gap.kind == kind] for kind in KINDS]
    facts = [as_fact(filled_in(gap, dataset)) for gaps in by_kind for gap in gaps[:: 1 + len(gaps) // MOST_OF_A_KIND]]
    found = Entry(DATA).of(facts, TODAY).outcomes
    refused = [(o.fact.state, o.why) for o in found if o.verdict not in ("taken", "contradicts")]
    assert [(iso3, why) for iso3, why in refused if not str(why).startswith("COUNT01 ")] == []
    assert [o.verdict for o in found].count("taken") > 20


def test_every_line_is_a_call_of_the_command(everything: tuple[Gap, ...], dataset: Dataset) -> None:
    group = program()
    record = group.get_command(group.make_context("opsc", [], resilient_parsing=True), "record")
    assert record
    for gap in everything:
        command, *words = filled_in(gap, dataset)
        assert record.make_context(command, words).params["state"] == gap.iso3


@pytest.mark.parametrize("kind", ["next-due", "deposit"])
def test_a_line_runs(kind: str, everything: tuple[Gap, ...], dataset: Dataset, data: Path) -> None:
    gap = next(gap for gap in everything if gap.kind == kind)
    done = opsc(*filled_in(gap, dataset), "--data", data, "--read", str(TODAY), "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"taken: {gap.iso3} " in done.stdout


@pytest.mark.parametrize("kind", ["initial-report", "next-due", "number"])
def test_a_line_that_is_not_filled_in_is_refused(kind: str, everything: tuple[Gap, ...], data: Path) -> None:
    gap = next(gap for gap in everything if gap.kind == kind)
    done = opsc(*gap.record, "--data", data, "--dry-run")
    assert done.returncode == 1
    assert any(f"still has {word}; write what the source says in its place" in done.stdout for word in PLACEHOLDERS)


def test_the_quotes_mean_the_same_to_every_shell(everything: tuple[Gap, ...]) -> None:
    for gap in everything:
        assert shlex.split(command(gap)) == ["opsc", *gap.record]
        assert not re.search(r"['$`\\]", re.sub(r'"[^"]*"', "", command(gap))), "nothing that cmd or PowerShell reads"


def test_the_broken_line_of_a_terminal_is_the_same_command() -> None:
    written = on_a_terminal("opsc missing Malta --as-of 2026-11-21 --kind initial-report")
    (block,) = re.findall(r"^(opsc record (?:.*\\\n)+.*)$", written, re.M)
    assert shlex.split(block.replace("\\\n", " ")) == shlex.split(rows("Malta")[0]["record"])


# ── what is shown ────────────────────────────────────────────────────────────────────────────────


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output_of("missing", *arguments, "--format", "csv", *DAY))))


def test_the_filters() -> None:
    assert {row["kind"] for row in rows("--kind", "deposit")} == {"deposit"}
    assert {row["region"] for row in rows("--region", "african")} == {"African States"}
    assert {row["iso3"] for row in rows("Malta", "NPL")} == {"MLT", "NPL"}
    assert rows("Malta", "--region", "african") == []


def test_a_terminal_shows_the_first_states_and_how_many_more() -> None:
    states = list(dict.fromkeys(row["name"] for row in rows()))
    shown = opsc("missing", "--format", "table", *DAY).stdout
    assert f"{len(states) - MOST_STATES} more States: " in shown
    assert states[MOST_STATES - 1] in shown
    assert states[MOST_STATES] not in shown
    counts = Counter(row["kind"] for row in rows())
    assert all(re.search(rf"^  {kind} +{count} ", shown, re.M) for kind, count in counts.items())


def test_where_nothing_is_missing() -> None:
    assert opsc("missing", "Kenya", "--format", "table", *DAY).stdout == (
        "Nothing is missing that this command looks for.\n"
    )
    assert json.loads(opsc("missing", "Kenya", "--json", *DAY).stdout)["missing"] == []


def test_the_page_asks_for_help_with_links_and_lines() -> None:
    page = opsc("missing", "Malta", "--format", "md", *DAY).stdout
    assert "\n## Malta\n" in page
    assert "[CRC/C/OPSC/MLT/1](https://undocs.org/en/CRC/C/OPSC/MLT/1)" in page
    assert "Countries.aspx?CountryCode=MLT&Lang=EN)" in page
    assert "\n  opsc record MLT report-received YYYY-MM-DD --again YYYY-MM-DD --symbol CRC/C/OPSC/MLT/1 " in page
    chosen = opsc("missing", "Malta", "--format", "md", "--fields", "iso3,kind", *DAY).stdout
    assert chosen.startswith("| iso3 | kind |\n| --- | --- |\n| MLT | initial-report |\n")


# ── docs/data/keep-the-record.md, word by word ────────────────────────────────────────────────────────

DOCUMENT = (ROOT / "docs" / "data" / "keep-the-record.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The indented blocks of the document."""
    return [dedent(text) for text in re.findall(rf"^ +```{language}\n(.*?)^ +```$", DOCUMENT, re.M | re.S)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder like a copy of the repository, with a dataset in data/."""
    sampled_data(tmp_path / "data", "MLT", "MKD")
    return tmp_path


def is_asked(copy: Path) -> bool:
    """Whether the initial report of Malta is still asked about."""
    return "initial-report" in opsc("missing", "Malta", "--data", "data", "--format", "csv", cwd=copy).stdout


def test_a_volunteer_adds_the_report_of_malta(copy: Path) -> None:
    """The line of the document is that of `opsc missing` with the day; it shows and writes what the document says."""
    line, shown = " ".join(blocks("sh")[0].replace("\\\n", " ").split()), blocks("text")[0]
    assert line == rows("Malta")[0]["record"].replace("YYYY-MM-DD", "2025-06-02")
    assert is_asked(copy)
    done = opsc(*shlex.split(line)[1:], cwd=copy, env={**os.environ, "OPSC_AS_OF": str(TODAY)})
    assert (done.returncode, done.stderr) == (0, "")
    assert set(shown.splitlines()) <= set(done.stdout.splitlines())
    assert not is_asked(copy)
    assert opsc("validate", "--strict", "data", cwd=copy).returncode == 0


def test_a_volunteer_adds_it_with_an_editor(copy: Path) -> None:
    """The three blocks go where the document says, and the version is set."""
    source, report, again = (indent(text, "  " * depth) for text, depth in zip(blocks("yaml"), (1, 2, 2), strict=False))
    sources, states, readings = (copy / "data" / f"{name}.yaml" for name in ("sources", "states", "readings"))
    before_facts, facts, after_facts = readings.read_text("utf-8").partition("\nfacts:\n")
    readings.write_text(before_facts + facts + after_facts.replace("  MLT:\n", f"  MLT:\n{again}", 1), encoding="utf-8")
    before, neighbour, after = re.split(
        r"^(  CRC-C-OPSC-MKD-1:\n(?:    .*\n)+)", sources.read_text("utf-8"), flags=re.M
    )
    sources.write_text(f"{before}{neighbour}{source}{after}", encoding="utf-8")
    first, malta = re.sub(r"(?m)^version: .*", "version: 2026.11.27", states.read_text("utf-8")).split("  MLT:", 1)
    states.write_text(f"{first}  MLT:{malta.replace('    reports:', f'{report}    reports:', 1)}", encoding="utf-8")
    done = opsc("validate", "--strict", "data", cwd=copy)
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings\n")
    assert not is_asked(copy)


def test_the_document_lists_the_kinds_in_their_order() -> None:
    listed = re.findall(
        r"^\| `([\w-]+)` \|", DOCUMENT.partition("The kinds with the greatest effect come first.")[0], re.M
    )
    assert tuple(listed) == KINDS


def test_a_succession_can_take_effect_before_its_notification_but_not_before_the_protocol(data: Path) -> None:
    line = ("record", "MNE", "entry-into-force", "DAY", "--source", "UNTC-2015", "--data", data, "--dry-run")
    answers = [opsc(*(day if w == "DAY" else w for w in line)) for day in ("2006-06-03", "2002-01-17")]
    assert [done.returncode for done in answers] == [0, 1]
    assert "before the Protocol was in force; expected 18 January 2002 or later" in answers[1].stdout
