"""The questions of researchers: totals of past days, lists, what-if, the differences, says who."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from opsc_cli.answers.audit import mismatches
from opsc_cli.dataset.reader import read
from opsc_cli.law.standing import Standing
from opsc_cli.record.records import Dataset
from tests.commands import opsc
from tests.conftest import DATA, ROOT
from tests.test_command import DAY, answer


class TestStats:
    @pytest.mark.parametrize(
        ("day", "deposits", "in_force", "signatures"),
        [
            ("2000-05-25", 0, 0, 0),
            ("2000-09-06", 1, 0, None),  # Bangladesh, the first to deposit
            ("2001-10-17", None, 0, None),
            ("2002-01-17", None, 0, None),  # the day before the Protocol entered into force anywhere
            ("2002-01-18", None, 16, None),
            ("2008-03-04", None, 124, None),
            ("2008-03-31", 126, None, 115),
            ("2016-06-03", 173, None, None),  # counted by the Committee's chair
            ("2019-05-31", 176, None, None),  # counted by the Committee's chair
            ("2021-06-30", 177, None, None),  # counted by OHCHR
            ("2022-09-23", 178, None, None),  # counted by the Committee's chair
            ("2026-01-30", 178, 178, 122),
        ],
    )
    def test_a_dozen_past_days(
        self, day: str, deposits: int | None, in_force: int | None, signatures: int | None
    ) -> None:
        totals = json.loads(opsc("stats", "--as-of", day, "--json").stdout)["stats"]
        for key, expected in (("deposits", deposits), ("in_force", in_force), ("signatures", signatures)):
            assert expected is None or totals[key] == expected, key

    def test_keys_of_the_contract(self) -> None:
        totals = answer("stats")["stats"]
        assert {"deposits", "in_force", "pending", "signatures", "signatory_only", "none"} <= totals.keys()
        assert set(totals["by_standing"]) == set(get_args(Standing))
        assert sum(region["states"] for region in totals["by_region"].values()) == 197
        assert sum(year["deposits"] for year in totals["by_year"]) == 178

    def test_how_many_were_late_since_the_protocol_entered_into_force(self) -> None:
        done = opsc("stats", "--since", "2002-01-18", "--every", "month", "--format", "csv", *DAY)
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert rows[0]["on"] == "2002-01-18"
        assert rows[-1]["on"] == "2026-11-21"
        assert len(rows) == 12 * 24 + 10 + 2
        assert rows[0]["late"] == "0", "nobody could be late on the first day"
        assert {row["by_standing_overdue"] for row in rows} == {"0", "1"}, "of Romania, later of Indonesia"

    def test_a_chart_on_a_terminal(self) -> None:
        from tests.terminal import on_a_terminal

        screen = on_a_terminal("opsc stats --as-of 2026-11-21", columns=80)
        assert "█" in screen
        assert max(len(line) for line in screen.splitlines()) <= 80

    def test_a_span_that_ends_before_it_begins(self) -> None:
        assert opsc("stats", "--since", "2030-01-01", *DAY).returncode == 2


class TestStates:
    def test_by_status(self) -> None:
        found = answer("states", "--status", "signatory")["states"]
        assert [s["iso3"] for s in found] == ["CMR", "GHA", "IRL", "KEN", "LBR", "NRU", "SGP", "ZMB"]

    def test_by_standing_of_any_report(self) -> None:
        found = answer("states", "--standing", "with-the-committee")["states"]
        of_all = answer("due", "--all")["states"]
        assert [s["iso3"] for s in found] == [
            s["iso3"] for s in of_all if "with-the-committee" in {o["standing"] for o in s["obligations"]}
        ]
        assert {"IRN", "LIE", "NPL", "UGA"} <= {s["iso3"] for s in found}

    def test_by_region(self) -> None:
        regional = answer("states", "--region", "eastern")["states"]
        assert len(regional) == 23
        assert opsc("states", "--region", "nowhere").returncode == 2

    def test_late_by(self) -> None:
        found = answer("states", "--late-by", "22y")["states"]
        assert found
        for state in found:
            assert state["obligations"][0]["standing"] == "past-due-no-record"
            assert (state["obligations"][0]["due"]["date"] or state["obligations"][0]["due"]["latest"]) <= "2004-11-21"

    def test_within_lists_due_dates_but_no_treaty_terms(self) -> None:
        found = json.loads(opsc("states", "--within", "6m", "--as-of", "2006-01-01", "--json").stdout)["states"]
        assert "AUT" in {s["iso3"] for s in found}, "due on 6 June 2006"
        for state in found:
            upcoming = [o for o in state["obligations"] if o["standing"] == "upcoming"]
            assert any(not o["due"]["authority"].startswith("CRC art. 44(1)") for o in upcoming)

    def test_sorted_by_date(self) -> None:
        found = answer("states", "--standing", "past-due-no-record", "--sort", "due")["states"]
        dates = [s["obligations"][0]["due"]["date"] or s["obligations"][0]["due"]["earliest"] for s in found]
        assert dates == sorted(dates)

    def test_nothing_found_is_an_answer(self) -> None:
        done = opsc("states", "--status", "denounced", "--json", *DAY)
        assert (done.returncode, json.loads(done.stdout)["states"]) == (0, [])
        done = opsc("states", "--status", "denounced", *DAY)
        assert (done.returncode, done.stdout.count("\n")) == (0, 1)

    @pytest.mark.parametrize(
        "option",
        [("--status", "partty"), ("--standing", "late"), ("--sort", "x"), ("--within", "soon"), ("--late-by", "5")],
    )
    def test_a_wrong_value_is_a_usage_error(self, option: tuple[str, str]) -> None:
        done = opsc("states", *option)
        assert done.returncode == 2
        assert option[1] in done.stderr


class TestWhatIf:
    def test_kenya(self) -> None:
        (state,) = answer("whatif", "Kenya", "--deposit", "2027-01-31")["states"]
        assert state["instrument"]["kind"] == "ratification"
        assert state["entry_into_force"]["date"] == "2027-02-28"
        assert state["initial_report"]["due"]["date"] == "2029-02-28"
        assert state["notes"][0].startswith("Supposes an instrument of ratification deposited on 31 January 2027")

    def test_in_another_language(self) -> None:
        (state,) = answer("whatif", "Kenya", "--deposit", "2027-01-31", "--lang", "zh")["states"]
        assert state["name"] == "肯尼亚"

    def test_a_state_that_did_not_sign_accedes(self) -> None:
        (state,) = answer("whatif", "Somalia", "--deposit", "2027-01-31")["states"]
        assert state["instrument"]["kind"] == "accession"

    @pytest.mark.parametrize(
        "arguments",
        [("Austria",), ("Kenya", "--act", "accession"), ("Somalia", "--act", "ratification"), ("Congo",),
         ("Kenya", "--act", "denunciation"), ("Kenya", "--act", "succession")],
    )  # fmt: skip
    def test_what_cannot_be_supposed(self, arguments: tuple[str, ...]) -> None:
        done = opsc("whatif", *arguments, "--deposit", "2027-01-31")
        assert (done.returncode, done.stdout) == (2, "")

    def test_before_the_protocol_was_adopted(self) -> None:
        assert opsc("whatif", "Somalia", "--deposit", "1995-01-31").returncode == 2

    def test_before_its_signature(self) -> None:
        assert opsc("whatif", "Singapore", "--deposit", "2025-11-24").returncode == 2


class TestAudit:
    def test_every_difference_is_explained_and_sourced(self, dataset: Dataset) -> None:
        found = mismatches(dataset)
        assert len(found) >= 14
        assert all(m.explained and m.published_sources for m in found)

    def test_the_frequent_question_of_march_2008(self) -> None:
        """How a disagreement is kept: 124 "parties" count those bound until 4 March, 126 had deposited."""
        rows = {(m["about"], m["subject"]): m for m in answer_audit()}
        march = rows["in-force", "2008-03"]
        assert (march["computed"], march["published"]) == ("126", "124")
        assert "through 4 March 2008" in march["explained"]

    def test_the_holy_see_printed_a_year_too_early(self) -> None:
        rows = {(m["about"], m["subject"]): m for m in answer_audit()}
        assert rows["initial report due", "VAT"]["computed"] == "2004-01-18"
        assert rows["initial report due", "VAT"]["published"] == "2003"

    def test_an_unexplained_difference_is_a_finding(self, tmp_path: Path) -> None:
        shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
        path = tmp_path / "states.yaml"
        text = path.read_text(encoding="utf-8")
        nepal = text.index("  NPL:")
        changed = text[:nepal] + text[nepal:].replace("due_published: 2008", "due_published: 2006", 1)
        path.write_text(changed, encoding="utf-8")
        done = opsc("audit", "--data", str(tmp_path), "--json")
        assert done.returncode == 1
        (unexplained,) = [m for m in json.loads(done.stdout)["mismatches"] if m["explained"] is None]
        assert (unexplained["subject"], unexplained["computed"], unexplained["published"]) == (
            "NPL", "2008-02-20", "2006",
        )  # fmt: skip


def answer_audit() -> list[dict[str, str]]:
    done = opsc("audit", "--json")
    assert done.returncode == 0
    found: list[dict[str, str]] = json.loads(done.stdout)["mismatches"]
    return found


class TestSources:
    def test_says_who(self) -> None:
        found = {s["id"]: s for s in answer("sources", "Nepal")["sources"]}
        assert "instrument" in found["UNTC-2015"]["behind"]
        assert found["CRC-C-OPSC-NPL-1"]["symbol"] == "CRC/C/OPSC/NPL/1"
        assert all(s["title"] and s["publisher"] and s["read"] for s in found.values())

    def test_every_source_of_the_answer_is_named(self) -> None:
        (state,) = answer("explain", "Pakistan")["states"]
        cited = {source for o in state["obligations"] for step in o["steps"] for source in step["sources"]}
        assert cited <= {s["id"] for s in answer("sources", "Pakistan")["sources"]}


class TestSession:
    def test_the_states_it_reviewed_stand_below(self) -> None:
        from tests.terminal import on_a_terminal

        screen = on_a_terminal("opsc sessions 100 --as-of 2026-11-21")
        assert "Pakistan" in screen
        assert "Uganda (not-concluded)" in screen


def test_every_standing_has_a_worked_case() -> None:
    shown: set[str] = set()
    for path in (ROOT / "tests" / "cases").glob("*.yaml"):
        for case in read(path).value.get("cases", []):
            expected = case["expect"]
            shown |= {expected.get("standing", "")}
            owed = expected.get("obligations", "none")
            shown |= {o.get("standing", "") for o in owed} if isinstance(owed, list) else set()
    assert set(get_args(Standing)) <= shown


def test_a_state_can_owe_two_reports() -> None:
    (fiji,) = answer("due", "Fiji")["states"]
    assert [o["report"]["treaty"] for o in fiji["obligations"]] == ["OPSC", "CRC"]
    assert date.fromisoformat(fiji["obligations"][0]["due"]["latest"]) == date(2023, 4, 19)
