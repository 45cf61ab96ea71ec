"""Through the installed command, as people and scripts meet it."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.commands import OPSC, opsc, output_of
from tests.conftest import DATA, ROOT, sample
from tests.terminal import on_a_terminal

DAY = ("--as-of", "2026-11-21")


def answer(*arguments: str) -> Any:
    return json.loads(output_of(*arguments, *DAY, "--json"))


class TestDue:
    def test_json_is_the_contract(self) -> None:
        document = answer("due", "Austria")
        assert list(document) == ["schema_version", "tool_version", "data_version", "data_as_of", "as_of", "states"]
        assert document["data_as_of"] == {"parties": "2025-12-04", "committee": "2026-01-30"}
        (state,) = document["states"]
        assert list(state) == [
            "iso3", "iso2", "m49", "name", "region", "status", "standing", "signed", "signed_sources", "instrument",
            "entry_into_force", "crc_entry_into_force", "initial_report", "obligations", "next_review", "notes",
            "checked",
        ]  # fmt: skip
        date = ["kind", "date", "earliest", "latest", "certainty", "authority", "because", "sources"]
        assert list(state["entry_into_force"]) == list(state["crc_entry_into_force"]) == date
        (obligation,) = state["obligations"]
        assert set(date) | {"chain"} == set(obligation["due"])
        assert obligation["report"]["numbers"] == [7]
        assert obligation["days_past"] == 807
        assert obligation["forecast"] is None, "no receipt is on record, and none is supposed"
        review = state["next_review"]
        assert review["likely"].keys() == {"opens", "label", "number", "status"}
        total = (
            review["chance_passed_unseen"] + review["chance_later"] + sum(c["probability"] for c in review["chances"])
        )
        assert total == pytest.approx(1, abs=0.01)
        assert (review["of"], review["certainty"]) == ("CRC", "projection")

    def test_a_receipt_may_be_supposed(self) -> None:
        (state,) = answer("due", "Austria", "--if-received", "2027-03-01")["states"]
        assert state["obligations"][0]["forecast"]["assumes_received"] == "2027-03-01"

    def test_states_outside_the_protocol_have_a_next_review(self) -> None:
        states = answer("due", "Kenya", "USA")["states"]
        assert [s["next_review"] is not None for s in states] == [True, False]

    def test_the_headline(self) -> None:
        what, when, sure, then = on_a_terminal("opsc due Austria --as-of 2026-11-21", columns=80).splitlines()[:4]
        assert what == "Austria owes next: its seventh periodic report under the Convention."
        assert when == "When: no date set by the Committee is on record. Last review: January 2020."
        assert sure.startswith("How sure: no date is known. Next review: even odds by ")
        assert then == "Next: `opsc explain AUT` (why), `opsc missing AUT` (what would make it surer)"

    def test_all_197(self) -> None:
        states = answer("due", "--all")["states"]
        assert len(states) == 197
        parties = [s for s in states if s["status"] == "party"]
        assert len(parties) == 178
        assert all(s["entry_into_force"] and s["initial_report"]["due"] for s in parties)

    def test_a_pipe_gets_tab_separated_values(self) -> None:
        done = opsc("due", "Nepal", "Kenya", "Fiji", *DAY)
        header, *rows = [line.split("\t") for line in done.stdout.splitlines()]
        assert header == ["iso3", "name", "report", "due", "standing", "certainty", "next_review", "sources"]
        assert all(len(row) == len(header) for row in rows)
        assert [row[0] for row in rows] == ["NPL", "KEN", "FJI", "FJI"]

    @pytest.mark.parametrize(
        "text", ["Austria", "austria", "AUT", "at", "40", "040", "Republic of Austria", "AUSTRIA ", "the Austria"]
    )
    def test_a_state_by_any_name(self, text: str) -> None:
        assert answer("due", text)["states"][0]["iso3"] == "AUT"

    @pytest.mark.parametrize(
        ("text", "iso3"),
        [("Côte d'Ivoire", "CIV"), ("cote d ivoire", "CIV"), ("Timor Leste", "TLS"), ("St Lucia", "LCA"),
         ("Trinidad & Tobago", "TTO"), ("Burma", "MMR"), ("NO", "NOR"), ("Turkey", "TUR"), ("Viet Nam", "VNM"),
         ("The Gambia", "GMB"), ("UK", "GBR"), ("Republic of Korea", "KOR"), ("Niger", "NER"), ("Guinea", "GIN")],
    )  # fmt: skip
    def test_names_that_people_write(self, text: str, iso3: str) -> None:
        assert answer("due", text)["states"][0]["iso3"] == iso3

    @pytest.mark.parametrize(
        ("text", "candidates"),
        [("Congo", ["COG", "COD"]), ("Korea", ["PRK", "KOR"]), ("Nigr", ["NER"]), ("England", ["GBR"]),
         ("Austrla", ["AUT"]), ("Atlantis", []), ("XKX", []), ("", []), ("999", [])],
    )  # fmt: skip
    def test_what_is_not_a_state_is_refused_with_candidates(self, text: str, candidates: list[str]) -> None:
        done = opsc("due", text, "Austria", *DAY)
        assert done.returncode == 2
        assert done.stdout == ""
        assert all(f"({iso3})" in done.stderr for iso3 in candidates)
        assert "Traceback" not in done.stderr

    def test_codes_from_standard_input(self) -> None:
        done = opsc("due", "-", *DAY, input="KE\nUG\n\nTZ\n")
        assert [line[:3] for line in done.stdout.splitlines()[1:]] == ["KEN", "UGA", "TZA"]

    def test_exit_code_where_a_state_is_late(self) -> None:
        assert opsc("due", "Fiji", *DAY).returncode == 0
        assert opsc("due", "Fiji", *DAY, "--exit-code").returncode == 1
        assert opsc("due", "Kenya", *DAY, "--exit-code").returncode == 0

    def test_a_past_day(self) -> None:
        done = opsc("due", "Austria", "--as-of", "2005-01-01", "--json")
        (state,) = json.loads(done.stdout)["states"]
        assert state["standing"] == "upcoming"
        assert state["initial_report"]["submitted"] is None

    @pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "21.11.2026", "86400", "0000-00-00", "9999-12-31"])
    def test_an_odd_day_is_refused(self, text: str) -> None:
        done = opsc("due", "Austria", "--as-of", text)
        assert done.returncode == 2
        assert text in done.stderr


class TestExplain:
    def test_steps_carry_their_article_and_link(self) -> None:
        (state,) = answer("explain", "Austria")["states"]
        steps = state["obligations"][0]["steps"]
        assert [s["n"] for s in steps] == list(range(1, len(steps) + 1))
        assert {"OPSC art. 14(2)", "OPSC art. 12(1)", "CRC art. 49(2)", "CRC art. 44(1)(b)"} <= {
            s["authority"] for s in steps
        }
        *of_rules, standing = steps
        assert all(s["text"] and s["url"].startswith("https://") for s in of_rules)
        assert standing["url"] is None, "how the tool words a standing is no text of anybody else's"
        assert all(s["sources"] for s in steps if s["certainty"])

    def test_text_names_every_source_it_cites(self) -> None:
        text = opsc("explain", "Nepal", *DAY).stdout
        assert "OPSC art. 12(1)" in text
        assert "CRC-C-OPSC-NPL-1: " in text

    def test_a_state_that_owes_nothing(self) -> None:
        done = opsc("explain", "Singapore", *DAY)
        assert done.returncode == 0
        assert "owes nothing under the OPSC" in done.stdout


class TestSessions:
    def test_the_hundredth(self) -> None:
        sessions = answer("sessions", "100")["sessions"]
        assert [s["number"] for s in sessions] == ["100"]
        assert "PAK" in {r["iso3"] for r in sessions[0]["reviews"]}

    def test_nothing_future_is_numbered(self) -> None:
        for session in answer("sessions", "--all")["sessions"]:
            if session["status"] in ("projected", "not-on-record"):
                assert session["number"] is None
                assert session["certainty"] == "projection"
                assert len(session["opens"]) == len("2027-01")

    def test_an_unknown_number(self) -> None:
        assert opsc("sessions", "640", *DAY).returncode == 2


class TestValidate:
    def test_the_packaged_dataset(self) -> None:
        done = opsc("validate", str(DATA))
        assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings\n")

    def test_findings_exit_1_with_place_and_remedy(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "tests" / "broken" / "base", tmp_path, dirs_exist_ok=True)
        path = tmp_path / "states.yaml"
        path.write_text(path.read_text().replace("deposited: 2004-05-06", "deposited: 2004-06-31"))
        done = opsc("validate", str(tmp_path))
        assert done.returncode == 1
        assert (
            f"{path}:13:7: FORM03 states.AUT.instrument.deposited: '2004-06-31': 2004-06-31 is not a day" in done.stdout
        )
        assert opsc("due", "Austria", "--data", str(tmp_path)).returncode == 3

    def test_json(self, tmp_path: Path) -> None:
        done = opsc("validate", str(tmp_path), "--format", "json")
        assert done.returncode == 3
        assert {f["code"] for f in json.loads(done.stdout)["findings"]} == {"FILE01"}

    def test_a_code_explained(self) -> None:
        assert "same key occurs twice" in opsc("validate", "--explain", "YAML02").stdout
        assert opsc("validate", "--explain", "NOPE").returncode == 2


class TestData:
    def test_an_edited_dataset_changes_the_answer(self, tmp_path: Path) -> None:
        shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
        path = tmp_path / "states.yaml"
        text = path.read_text(encoding="utf-8")
        assert "deposited: 2006-01-20" in text
        path.write_text(text.replace("deposited: 2006-01-20", "deposited: 2007-01-20"), encoding="utf-8")
        (state,) = json.loads(opsc("due", "Nepal", *DAY, "--json", "--data", str(tmp_path)).stdout)["states"]
        assert state["entry_into_force"]["date"] == "2007-02-20"
        assert state["initial_report"]["due"]["date"] == "2009-02-20"

    @pytest.mark.parametrize("content", [b"states: ]", b"\xff\xfe\x00", b"", b"a: &a [*a, *a]", b"- " * 5000])
    def test_what_cannot_be_read_exits_3_without_a_traceback(self, content: bytes, tmp_path: Path) -> None:
        shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
        (tmp_path / "states.yaml").write_bytes(content)
        done = opsc("due", "Austria", "--data", str(tmp_path))
        assert (done.returncode, done.stdout) == (3, "")
        assert f"{tmp_path / 'states.yaml'}:1:" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_wrong_path_exits_3(self, tmp_path: Path) -> None:
        done = opsc("due", "Austria", "--data", str(tmp_path / "nowhere"))
        assert done.returncode == 3
        assert "no such folder" in done.stderr

    def test_by_environment(self, tmp_path: Path) -> None:
        done = opsc("due", "Austria", env={**os.environ, "OPSC_DATA": str(tmp_path / "nowhere")})
        assert done.returncode == 3
        done = opsc("due", "Austria", "--json", env={**os.environ, "OPSC_AS_OF": "2010-05-05"})
        assert json.loads(done.stdout)["as_of"] == "2010-05-05"


class TestDoor:
    def test_no_arguments_give_help_and_exit_0(self) -> None:
        done = opsc()
        assert done.returncode == 0
        assert "Ask" in done.stdout
        assert "Keep the record" in done.stdout

    @pytest.mark.parametrize("command", ["due", "explain", "sessions", "validate"])
    def test_help(self, command: str) -> None:
        assert opsc(command, "-h").stdout == opsc(command, "--help").stdout
        assert f"Example: opsc {command}" in opsc(command, "-h").stdout

    def test_version(self) -> None:
        assert opsc("--version").stdout.startswith("opsc 0.")

    def test_a_wrong_command_is_a_usage_error(self) -> None:
        done = opsc("deu")
        assert done.returncode == 2
        assert "due" in done.stderr

    @pytest.mark.parametrize(
        "extra", [{"GITHUB_ACTIONS": "1"}, {"FORCE_COLOR": "1"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}]
    )
    @pytest.mark.parametrize("arguments", [("due", "Fiji"), ("explain", "Fiji"), ("sessions",), ("--help",)])
    def test_no_escape_code_in_a_pipe(self, extra: dict[str, str], arguments: tuple[str, ...]) -> None:
        assert "\x1b" not in opsc(*arguments, env={**os.environ, **extra}).stdout

    @pytest.mark.parametrize(
        ("arguments", "code"),
        sample(
            [(("due", "Nepal"), 0), (("--help",), 0), (("due", "--help"), 0), (("help", "law"), 0), (("man",), 0),
             (("due", "--all", "--json"), 0), (("due", "Nepal", "-o", "/dev/stdout"), 0), ((), 0), (("--version",), 0),
             (("due", "Fiji", "--exit-code", *DAY), 1), (("due", "Atlantis"), 2), (("due", "--as-of", "x"), 2),
             (("due", "--nonsense"), 2), (("deu-date",), 2), (("validate", "nowhere"), 3), (("fmt", "nowhere"), 3),
             (("due", "Nepal", "--data", "nowhere"), 3)],
            3,
        ),
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
    )  # fmt: skip
    def test_a_closed_pipe_does_not_change_the_exit_code(
        self, arguments: tuple[str, ...], code: int, tmp_path: Path
    ) -> None:
        """That of the answer; with a refusal, which is written to standard error, both."""
        read, written = os.pipe()
        os.close(read)
        errors = written if code >= 2 else subprocess.PIPE
        done = subprocess.run([OPSC, *arguments], stdout=written, stderr=errors, cwd=tmp_path, check=False)
        os.close(written)
        assert (done.returncode, done.stderr or b"") == (code, b"")

    def test_a_closed_pipe_ends_quietly(self) -> None:
        process = subprocess.Popen([OPSC, "due", "--all", *DAY], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 0

    @pytest.mark.parametrize("command", ["sources"])
    @pytest.mark.parametrize("listed", ["", "KE\nUG\n"])
    def test_one_state_is_asked_about(self, command: str, listed: str) -> None:
        done = opsc(command, "-", input=listed)
        assert (done.returncode, done.stdout) == (2, "")
        assert "this command takes one State" in done.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
    def test_a_full_disk_is_no_fault_of_ours(self) -> None:
        with open("/dev/full", "w") as full:
            done = subprocess.run([OPSC, "due", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 70
        assert "cannot write the output" in done.stderr

    def test_a_closed_standard_input_names_no_state(self) -> None:
        done = subprocess.run(["sh", "-c", f"{OPSC} due - <&-"], capture_output=True, text=True)
        assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)

    def test_interrupted(self) -> None:
        process = subprocess.Popen([OPSC, "due", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()

    def test_the_same_bytes_twice(self) -> None:
        assert opsc("due", "--all", *DAY, "--json").stdout == opsc("due", "--all", *DAY, "--json").stdout
