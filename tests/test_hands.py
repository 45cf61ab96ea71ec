"""For people who live in a terminal: help, completion, the manual, the pager, standard input, old data."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from shlex import split

import pytest

from opsc_cli.cli import completion
from opsc_cli.cli.app import program
from opsc_cli.cli.conventions import EXIT_CODES
from opsc_cli.cli.topics import topics, words
from opsc_cli.cli.tree import Command, commands_of
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import CRC_44_1_B, OPSC_12_1
from opsc_cli.record.records import Dataset
from tests.commands import opsc, output_of
from tests.conftest import ROOT, sample
from tests.faults import BROKEN
from tests.terminal import BIN, on_a_terminal
from tests.test_command import DAY

COMMANDS = commands_of(program())
STATES = {"Austria": "Austria", "AUT": "Austria", "Côte d'Ivoire": "Côte d'Ivoire", "CIV": "Côte d'Ivoire"}
OLD = "data older than 180 days"


def _in_a_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(["sh", "-c", line], cwd=folder, env=settings, capture_output=True, text=True)


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
    def test_examples_come_first_and_run(self, command: Command, checkout: Path, tmp_path: Path) -> None:
        """In a folder with data/; the site, which is long to build, of a small one. All are read in test_plain.py."""
        text = output_of(command.name, "--help")
        assert command.examples
        assert text.index("Example: ") < text.index("─ Options")
        (tmp_path / "data").symlink_to(checkout / "data")
        settings = {**os.environ, "OPSC_DATA": str(BROKEN / "base")} if command.name == "site" else None
        for example in sample(command.examples, 3):
            if "~" in example or "| man" in example:
                continue
            if set("|<>") & set(example):
                done = _in_a_shell(example, tmp_path)
            else:
                done = opsc(*split(example)[1:], cwd=tmp_path, env=settings)
            assert done.returncode == 0, f"{example}: {done.stderr}"

    @pytest.mark.parametrize("topic", topics(80))
    def test_a_topic(self, topic: str) -> None:
        done = opsc("help", topic)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) > 5

    def test_the_law_is_that_of_the_program(self) -> None:
        text = " ".join(opsc("help", "law").stdout.split())
        for rule in (OPSC_12_1, CRC_44_1_B):
            assert f"{rule.short}: {rule.name} {rule.rule} {rule.url} " in text

    def test_every_variable_that_is_read_is_explained(self) -> None:
        source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src" / "opsc_cli").rglob("*.py"))
        read = set(re.findall(r"\"(OPSC_[A-Z_]+)\"", source)) - {"OPSC_12_1"}
        explained = set(re.findall(r"^(OPSC_[A-Z_]+)", opsc("help", "environment").stdout, re.M))
        assert {name for name in read if not re.search(r"\d", name)} == explained

    def test_every_command_that_exits_with_1_is_in_the_topic(self) -> None:
        helps = {command.name: " ".join(output_of(command.name, "--help").split()) for command in COMMANDS}
        exits = {name for name, text in helps.items() if re.search(r"[Ee]xit (with )?1\b", text)}
        assert {"record", "due", "fmt"} <= exits
        assert [name for name in sorted(exits) if f"`opsc {name}" not in EXIT_CODES["1"]] == []

    def test_without_a_topic_the_topics_are_listed(self) -> None:
        listed = re.findall(r"^([\w-]+)  ", opsc("help").stdout, re.M)
        (command,) = (c for c in COMMANDS if c.name == "help")
        assert tuple(listed) == command.words == tuple(topics(80))

    def test_a_word_is_explained_by_itself(self) -> None:
        for word, meaning in sample([known for known in words().items() if known[0] not in topics(80)], 4):
            done = opsc("help", *word.upper().split())
            assert (done.returncode, " ".join(done.stdout.split())) == (0, f"{word}: {meaning}")

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
    def test_every_closed_list_is_in_the_help_and_in_the_manual(self, command: Command) -> None:
        text = " ".join(output_of(command.name, "--help").replace("│", " ").split())
        page = output_of("man").replace("\\-", "-")
        for option in command.options:
            if option.choices and option.takes not in ("GROUP", "CODE"):
                assert f"One of: {', '.join(option.choices)}." in text
                assert f"One of: {', '.join(option.choices)}." in page

    @pytest.mark.parametrize("words", [["due", "Nepal", "--version"], ["fmt", "--version"], ["--version", "due"]])
    def test_the_version_is_accepted_anywhere(self, words: list[str]) -> None:
        assert opsc(*words).stdout == opsc("--version").stdout

    @pytest.mark.parametrize("topic", topics(80))
    def test_a_topic_fits_the_terminal(self, topic: str) -> None:
        for columns in (60, 80):
            shown = on_a_terminal(f"opsc help {topic}", columns=columns, OPSC_PAGER="cat")
            assert [line for line in shown.splitlines() if len(line) > columns and "://" not in line] == []

    @pytest.mark.parametrize("width", [20, 24, 30, 45, 80])
    def test_a_topic_breaks_no_word_that_fits_in_a_line(self, width: int) -> None:
        for name in ("glossary", "standings", "exit-codes"):
            words = {word for word in topics(200)[name].split() if len(word) <= width - 2}
            shown = topics(width)[name]
            assert {word.rstrip(":") for word in words} <= {word.rstrip(":") for word in shown.split()}, (name, width)
            assert max(map(len, shown.splitlines())) <= width

    @pytest.mark.parametrize("words", [["Nepal"], ["viet", "nam", "--json"], ["中国"]])
    def test_a_state_in_the_place_of_a_command(self, words: list[str]) -> None:
        done = opsc(*words)
        assert (done.returncode, done.stdout) == (2, "")
        name = " ".join(word for word in words if not word.startswith("-"))
        expected = f"opsc: no command {name!r}; to ask about this State: `opsc due {shlex.quote(name)}`\n"
        assert done.stderr == expected


class TestStandardInput:
    def test_names_in_any_language_one_a_line(self) -> None:
        done = opsc("due", "-", *DAY, "--fields", "iso3", input="Österreich\r\n 中国 \n\nCôte d’Ivoire\n")
        assert list(dict.fromkeys(done.stdout.split())) == ["iso3", "AUT", "CHN", "CIV"]

    def test_nothing_on_it_is_an_empty_answer(self) -> None:
        done = opsc("due", "-", *DAY, "--json", input="")
        assert (done.returncode, json.loads(done.stdout)["states"]) == (0, [])

    def test_odd_bytes_are_refused_like_any_text(self) -> None:
        done = opsc("due", "-", *DAY, input=b"\xff\xfe\n", text=False)
        assert done.returncode == 2
        assert b"no State on record" in done.stderr

    def test_after_two_dashes_nothing_is_an_option(self) -> None:
        assert opsc("due", *DAY, "--", "Austria").stdout.splitlines()[1].startswith("AUT")
        assert "'--all': no State" in opsc("due", "--", "--all").stderr

    def test_the_issue_s_own_line(self) -> None:
        """`printf 'KE\\nUG\\nTZ\\n' | opsc due - --format tsv | column -t`"""
        done = opsc("due", "-", *DAY, "--format", "tsv", input="KE\nUG\nTZ\n")
        assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["iso3", "KEN", "UGA", "TZA"]


class TestColour:
    """An option wins over the environment, NO_COLOR and TERM=dumb over FORCE_COLOR, and the words stay the same."""

    @pytest.mark.parametrize(
        ("option", "settings", "coloured"),
        [
            ("auto", {}, False),
            ("auto", {"FORCE_COLOR": "1"}, True),
            ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False),
            ("auto", {"GITHUB_ACTIONS": "1"}, False),
            ("never", {"FORCE_COLOR": "1"}, False),
            ("always", {}, True),
            ("always", {"NO_COLOR": "1"}, True),
            ("always", {"TERM": "dumb"}, True),
        ],
    )
    def test_who_is_heard(self, option: str, settings: dict[str, str], coloured: bool) -> None:
        ours = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS")}
        environment = {**ours, "TERM": "xterm", **settings}
        done = opsc("due", "Austria", *DAY, "--format", "table", "--color", option, env=environment)
        assert ("\x1b[35m" in done.stdout) == coloured
        plain = re.sub(r" *\n", "\n", re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", done.stdout))
        assert plain == output_of("due", "Austria", *DAY, "--format", "table")


class TestOldData:
    def test_a_person_is_told_in_one_line_that_is_short(self) -> None:
        last = on_a_terminal("opsc due Austria --as-of 2026-11-21", columns=80).splitlines()[-1]
        assert last.startswith(f"opsc: {OLD}")
        assert len(last) <= 80

    @pytest.mark.parametrize("command", ["opsc due Austria -q", "OPSC_QUIET=1 opsc due Austria"])
    def test_not_where_it_is_silenced(self, command: str) -> None:
        assert OLD not in on_a_terminal(f"{command} --as-of 2026-11-21")

    def test_not_on_a_day_when_they_were_new_and_not_in_a_pipe(self) -> None:
        assert OLD not in on_a_terminal("opsc due Austria --as-of 2026-05-01")
        assert opsc("due", "Austria", *DAY).stderr == ""

    def test_data_says_how_old_they_are(self, dataset: Dataset) -> None:
        data = json.loads(opsc("data", *DAY, "--json").stdout)["data"]
        assert (data["version"], data["states"]) == (dataset.version, 197)
        assert [(e["part"], e["age_days"]) for e in data["ends"]] == [("parties", 352), ("committee", 295)]

    @pytest.mark.parametrize(("limit", "code"), [("90d", 1), ("351d", 1), ("352d", 0), ("1y", 0)])
    def test_a_limit_for_ci(self, limit: str, code: int) -> None:
        assert opsc("data", *DAY, "--max-age", limit).returncode == code


class TestPager:
    PAGER = "sed s/^/PAGED:/"

    def test_what_is_long_goes_through_it(self) -> None:
        shown = on_a_terminal("opsc sources Austria -q", PAGER=self.PAGER)
        assert all(line.startswith("PAGED:") for line in shown.splitlines())

    @pytest.mark.parametrize(
        ("command", "settings"),
        [
            ("opsc data -q", {"PAGER": PAGER}),
            ("opsc sources Austria -q", {}),
            ("opsc sources Austria -q", {"PAGER": PAGER, "NO_PAGER": "1"}),
            ("opsc sources Austria -q", {"PAGER": PAGER, "TERM": "dumb"}),
            ("opsc sources Austria -q", {"PAGER": "no-such-pager"}),
            ("opsc sources Austria -q | cat", {"PAGER": PAGER}),
            ("opsc sources Austria -q < /dev/null", {"PAGER": PAGER}),
        ],
    )
    def test_and_nothing_else(self, command: str, settings: dict[str, str]) -> None:
        shown = on_a_terminal(command, **settings)
        assert shown.strip()
        assert "PAGED" not in shown

    def test_ours_wins_and_a_reader_who_leaves_is_no_fault(self) -> None:
        shown = on_a_terminal("opsc due --all -q; echo code $?", PAGER="cat", OPSC_PAGER="head -n 1")
        assert shown.splitlines()[-1] == "code 0"
        assert len(shown.splitlines()) == 2


class TestManual:
    def test_every_command_and_option_is_in_it(self) -> None:
        text = output_of("man").replace("\\-", "-")
        for command in COMMANDS:
            assert f".SH opsc {command.name}\n" in text
            for option in command.options:
                assert all(f"\\fB{spelling}\\fR" in text for spelling in option.spellings)

    @pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
    def test_groff_has_nothing_against_it(self) -> None:
        done = subprocess.run(
            ["groff", "-man", "-ww", "-z", "-Kutf8"], input=output_of("man"), capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


def _completed(*words: str) -> list[str]:
    """What bash offers for the last of `words`."""
    script = completion.bash(COMMANDS, STATES)
    typed = " ".join(map(shlex.quote, words))
    code = f"{script}\nCOMP_WORDS=({typed})\nCOMP_CWORD={len(words) - 1}\n_opsc\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
class TestBash:
    def test_commands(self) -> None:
        assert _completed("opsc", "s") == ["states", "sessions", "stats", "sources", "schema", "site"]

    def test_states_by_code_and_name_without_regard_to_case(self) -> None:
        assert _completed("opsc", "due", "au") == ["Austria", "AUT"]
        assert _completed("opsc", "due", "Austria", "CÔTE")[-1:] in ([], ["Côte\\ d\\'Ivoire"])
        assert _completed("opsc", "due", "Côte") == ["Côte\\ d\\'Ivoire"]
        assert _completed("opsc", "due", "'Côte") == ["Côte d'Ivoire"]

    def test_options_and_their_words(self) -> None:
        assert _completed("opsc", "due", "--al") == ["--all", "--alarm"]
        assert _completed("opsc", "due", "Austria", "--format", "j") == ["json", "jsonl"]
        assert _completed("opsc", "states", "--standing", "past") == ["past-due-no-record", "past-treaty-term"]
        assert _completed("opsc", "states", "--region", "A") == ["African", "Asia-Pacific"]
        assert _completed("opsc", "data", "AU") == [""]

    def test_a_day_or_a_number_is_no_state(self) -> None:
        assert _completed("opsc", "due", "--as-of", "") == [""]
        assert _completed("opsc", "plan", "Nepal", "--alarm", "A") == [""]

    def test_words_of_each_command(self) -> None:
        assert _completed("opsc", "diff", "a", "--format", "") == ["text", "md", "json"]
        assert _completed("opsc", "validate", "--format", "s") == ["sarif"]
        assert _completed("opsc", "validate", "--explain", "YAML0")[:2] == ["YAML01", "YAML02"]
        assert _completed("opsc", "forecast", "--procedure", "s") == ["standard", "srp"]
        assert _completed("opsc", "whatif", "--act", "acc") == ["acceptance", "accession"]
        assert _completed("opsc", "help", "ex") == ["exit-codes"]
        assert _completed("opsc", "schema", "s") == ["states", "sessions", "sources"]
        assert _completed("opsc", "states", "--status", "p") == ["party", "pending"]
        assert _completed("opsc", "stats", "--every", "") == ["day", "month", "year"]
        assert _completed("opsc", "completion", "") == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_script_knows_every_command_option_and_state(shell: str, dataset: Dataset) -> None:
    script = opsc("completion", shell).stdout
    plain = script.replace("\\'", "'").replace("'''", "'")
    for command in COMMANDS:
        assert command.name in script
        for option in command.options:
            longest = option.spellings[-1]
            assert (f"-l {longest[2:]} " if shell == "fish" else longest) in script
    for iso3, name in dataset.names.items():
        assert f"'{iso3}" in script
        assert name.name in plain
    assert "not-yet-bound" in script
    assert set(Standing.__args__) <= set(re.findall(r"[\w-]+", script))  # type: ignore[attr-defined]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_read_its_script(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n"], input=opsc("completion", shell).stdout, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_offers_states_and_options(tmp_path: Path) -> None:
    script = tmp_path / "opsc.fish"
    script.write_text(completion.fish(COMMANDS, STATES), encoding="utf-8")

    def offered(typed: str) -> list[str]:
        code = f"source {script}; complete -C {shlex.quote(typed)}"
        done = subprocess.run(["fish", "-c", code], capture_output=True, text=True, check=True)
        return [line.partition("\t")[0] for line in done.stdout.splitlines()]

    assert set(offered("opsc due au")) == {"AUT", "Austria"}
    assert offered("opsc due --format j") == ["json", "jsonl"]
    assert offered("opsc sess") == ["sessions"]
    assert set(offered("opsc diff a --format ")) == {"text", "md", "json"}
    assert "exit-codes" in offered("opsc help ")
    assert f"{tmp_path}/" in offered(f"opsc fmt {tmp_path}")
    assert offered("opsc audit ") == []


def test_an_unknown_shell() -> None:
    done = opsc("completion", "tcsh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bash, zsh, fish" in done.stderr
