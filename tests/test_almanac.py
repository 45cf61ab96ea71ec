"""The fast path: answers from the almanac equal the output of the commands, byte for byte."""

import calendar
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from opsc_cli import almanac, console, index, listed, main
from opsc_cli.answers.position import positions
from opsc_cli.answers.states import selected
from opsc_cli.cli import app
from opsc_cli.dataset.compiling import compile_into, table_of_names
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import Status
from opsc_cli.listed import SORTS, Filters, chosen
from opsc_cli.periods import parse_duration, shifted
from opsc_cli.record.frozen import replace
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Instrument, NotSubmitted, Report
from opsc_cli.record.terms import Region
from opsc_cli.render import due
from opsc_cli.render.almanac import _Different, _shared, almanac_of, reach_of
from opsc_cli.render.book import _BETWEEN, EPOCH, Entries
from opsc_cli.render.footnotes import with_footnotes
from opsc_cli.render.listing import envelope_of, tab_separated, text_of
from opsc_cli.render.sheet import sheet_of
from opsc_cli.render.state import state_content
from tests.commands import opsc
from tests.conftest import DATA, ROOT, sample
from tests.terminal import on_a_terminal


class Done(NamedTuple):
    stdout: bytes
    stderr: bytes
    returncode: int


Run = Callable[..., Done]


ASKED = ("AUT", "CHN", "CIV", "COK", "FJI", "GMB", "KEN", "NPL", "THA")
_SAID = ("UNTC-2015",)
INVENTED = {
    "BRB": {"instrument": Instrument(kind="accession", deposited=date(2027, 3, 1), sources=_SAID)},
    "TON": {
        "instrument": Instrument(kind="accession", earliest=date(2025, 1, 10), latest=date(2025, 3, 20), sources=_SAID)
    },
    "CIV": {
        "initial_report": Report(
            not_submitted=(NotSubmitted(as_of=date(2025, 7, 1), asserted_by="committee", sources=_SAID),)
        )
    },
}
"""Facts that the almanac meets in its year: a State joins, a due date passes that is a window, a report is overdue and
no longer known to be missing."""


@pytest.fixture(scope="module")
def dataset(dataset: Dataset) -> Dataset:
    """With every eighth State, and those that are asked about by name; some facts are invented."""
    named = {*sample(list(dataset.states), 8), *ASKED, *INVENTED}
    states = {iso3: state for iso3, state in dataset.states.items() if iso3 in named}
    states |= {iso3: replace(states[iso3], **facts) for iso3, facts in INVENTED.items()}
    index = {text: iso3 for text, iso3 in dataset.index.items() if iso3 in states}
    return replace(dataset, states=states, index=index)


@pytest.fixture(scope="module")
def book(dataset: Dataset) -> bytes:
    return almanac_of(dataset, app.help_text())


@pytest.fixture(scope="module")
def installed(book: bytes, dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is installed: with its data within, and an almanac."""
    package = tmp_path_factory.mktemp("installed") / "opsc_cli"
    shutil.copytree(ROOT / "src" / "opsc_cli", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, package / "data")
    compile_into(package / "_dataset.py", dataset, "of no folder")
    (package / "almanac").write_bytes(book)
    return package


@pytest.fixture(scope="module")
def run(installed: Path) -> Run:
    """Runs the script that is installed as `opsc`."""

    def asked(*arguments: str, given: bytes = b"", **environment: str) -> Done:
        settings = {**_environment(installed), **environment}
        command = [sys.executable, ROOT / "scripts" / "opsc", *arguments]
        done = subprocess.run(command, input=given, capture_output=True, env=settings, check=False)
        return Done(done.stdout, done.stderr, done.returncode)

    return asked


@pytest.fixture
def ask(installed: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as it is installed, in this process."""
    monkeypatch.setattr("tests.commands.frozen_dataset", lambda: dataset)
    monkeypatch.setattr(main, "answered", partial(main.answered, folder=str(installed)))

    def asked(*arguments: str, given: bytes = b"", **environment: str) -> Done:
        settings = {**_environment(installed), **environment}
        done = opsc(*arguments, input=given, env=settings, text=False)
        return Done(done.stdout, done.stderr, done.returncode)

    return asked


def _environment(installed: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPSC_")}
    return {**kept, "PYTHONPATH": str(installed.parent)}


def _seconds(day: date) -> float:
    """A moment of the day, in UTC."""
    return calendar.timegm(day.timetuple()) + 40_000.5


@pytest.fixture
def same(
    installed: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[[list[str], date], None]:
    """Compares what both doors write on a day."""
    monkeypatch.setattr("opsc_cli.cli.options.loaded", lambda _: dataset)

    def compared(shape: list[str], day: date) -> None:
        monkeypatch.setattr(time, "time", lambda: _seconds(day))
        monkeypatch.setattr("opsc_cli.cli.options.today", lambda: day)
        assert main.answered(shape, str(installed)), shape
        looked_up = capsysbinary.readouterr()
        app.app(shape, standalone_mode=False)
        assert capsysbinary.readouterr() == looked_up, shape

    return compared


def _selected(filters: list[str], dataset: Dataset, day: date) -> list[str]:
    """The States that a command selects."""
    given = dict(zip(filters[::2], filters[1::2], strict=True))
    days = {
        name: str(shifted(day, parse_duration(given[option]), direction))
        for option, name, direction in (("--within", "within", 1), ("--late-by", "late_since", -1))
        if option in given
    }
    lists = {option[2:]: given[option] for option in ("--region", "--status", "--standing") if option in given}
    wanted = Filters(**lists, **days)
    asked = positions(dataset, day, tuple(dataset.states))
    return [position.iso3 for position in selected(asked, wanted, given.get("--sort", "name"))]


def _breakpoints(book: bytes) -> Iterator[date]:
    """Every day on which a span begins."""
    begins = {int(span[:5]) for span in book.split(almanac.SPAN)[1:]}
    yield from (date(1970, 1, 1) + timedelta(day) for day in sorted(begins))


class TestEveryAnswer:
    def test_all_states_on_every_day_that_something_changes(self, book: bytes, dataset: Dataset) -> None:
        first, last = reach_of(dataset)
        days = [day for day in _breakpoints(book) if first <= day <= last]
        assert len(days) > 5, "a forecast changes after each session, and a State's standing after its due date"
        days = [*sample(days, 3)]
        between = random.Random(0).sample(range((last - first).days), 5)
        for day in [*days, last, *(first + timedelta(n) for n in between)]:
            asked = positions(dataset, day, tuple(dataset.states))
            content = [state_content(position) for position in asked]
            whole = text_of({**envelope_of(dataset, day), "states": content})
            assert almanac.looked_up(book, ["--all"], "json", _seconds(day)).decode() == whole, day
            lines = tab_separated(due.SHOWN, due.due_rows(content))
            assert almanac.looked_up(book, ["--all"], "tsv", _seconds(day)).decode() == lines, day
            for position in asked[day.toordinal() % 7 :: 7]:
                sheet = almanac.looked_up(book, [position.iso3], "sheet", _seconds(day))
                assert json.loads(sheet) == json.loads(json.dumps(with_footnotes(sheet_of([position]))))
                alone = almanac.looked_up(book, [position.iso3], "json", _seconds(day))
                assert json.loads(alone)["states"] == [state_content(position)]

    @pytest.mark.parametrize("days_before_the_end", [0, 157, 365])
    def test_both_doors(self, same: Callable[..., None], dataset: Dataset, days_before_the_end: int) -> None:
        one = [["due", iso3] for iso3 in sample(list(dataset.states)[days_before_the_end % 10 :], 6)]
        every = [[*command, *options] for command in (["due", "--all"], ["states"]) for options in OPTIONS]
        for shape in [*one, *([*s, "--json"] for s in one), *every, ["data"]]:
            same(shape, reach_of(dataset)[1] - timedelta(days_before_the_end))

    @pytest.mark.parametrize("days_before_the_end", [0, 157, 250, 365])
    def test_filters_through_both_doors(
        self, same: Callable[..., None], dataset: Dataset, days_before_the_end: int
    ) -> None:
        shapes = [["states", *filters, *options] for filters, options in product(FILTERS, OPTIONS)]
        for shape in sample(shapes[days_before_the_end % 59 :], 59):
            same(shape, reach_of(dataset)[1] - timedelta(days_before_the_end))

    def test_filters_keep_the_same_states_on_every_day_that_something_changes(
        self, book: bytes, dataset: Dataset
    ) -> None:
        first, last = reach_of(dataset)
        days, kept = [day for day in _breakpoints(book) if first <= day <= last], set[tuple[str, ...]]()
        for n, day in enumerate([first, *sample(days, 4), last]):
            for filters in sample(FILTERS[n % 5 :], 5):
                found = chosen(book, dict(zip(filters[::2], filters[1::2], strict=True)), _seconds(day))
                assert found == _selected(filters, dataset, day), (filters, day)
                kept.add(tuple(found))
        assert len(kept) > 9


OPTIONS = [
    [], ["--format", "tsv"], ["--format", "csv"], ["--json"], ["--format", "jsonl"], ["--fields", "name,due,standing"],
    *(["--fields", " sources, iso3,name,due ,due", "--format", form] for form in ("tsv", "csv", "json", "jsonl")),
]  # fmt: skip
FILTERS = [
    *(["--region", region] for region in get_args(Region)),
    *(["--status", status] for status in get_args(Status)),
    *(["--standing", standing] for standing in get_args(Standing)),
    *([option, period] for option in ("--within", "--late-by") for period in ("0d", "8w", "6m", "15y", "99999y")),
    *(["--sort", sort] for sort in SORTS),
    ["--sort", "due", "--within", "1y"], ["--late-by", "1y", "--sort", "standing"],
    ["--region", "African States", "--standing", "overdue", "--sort", "iso3"],
    ["--status", "party", "--region", "Asia-Pacific States", "--sort", "due"],
    ["--standing", "past-treaty-term", "--within", "9m", "--late-by", "0d", "--status", "party"],
]  # fmt: skip


class TestInstalled:
    @pytest.mark.parametrize(
        ("arguments", "given", "code"),
        [
            (("due", "Nepal"), b"", 0), (("due", "--all", "--json"), b"", 0), (("--help",), b"", 0),
            (("due", "-", "--format", "csv"), b"NP\nTogo", 0), (("due", "Congo"), b"", 2),
            (("due", "-"), b"NP\nAtlantis", 2),
        ],
        ids=str,
    )  # fmt: skip
    def test_a_process_says_what_is_said_here(
        self, run: Run, ask: Run, arguments: tuple[str, ...], given: bytes, code: int
    ) -> None:
        done = run(*arguments, given=given)
        assert done == run(*arguments, given=given, OPSC_QUIET="1") == ask(*arguments, given=given)
        assert done.returncode == code

    @pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
    def test_several_states(self, ask: Run, options: list[str]) -> None:
        asked = ("due", "Nepal", *options, "AUT", "npl", "Côte d’Ivoire")
        done = ask(*asked)
        assert done == ask(*asked, OPSC_QUIET="1")
        assert done.stdout.index(b"Nepal") < done.stdout.index(b"Austria")

    @pytest.mark.parametrize(
        "options", [[], ["--format", "jsonl", "--fields", "name"], ["--fields", "x"]], ids=" ".join
    )
    @pytest.mark.parametrize(
        "given",
        ["NP\n AUT \n\nnepal\r\n", "Österreich", "", "\n", "et\nla", "NP\nAtlantis\nCongo", "x" * 200_001, b"\xff\n"],
        ids=lambda given: repr(given[:20]),
    )
    def test_a_list_on_standard_input(self, ask: Run, options: list[str], given: str | bytes) -> None:
        data = given.encode() if isinstance(given, str) else given
        assert ask("due", "-", *options, given=data) == ask("due", "-", *options, given=data, OPSC_QUIET="1")

    def test_a_text_that_is_given_often_is_looked_up_once(self, ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        found_in, looked_up = index.found_in, list[str]()

        def counted(table: bytes, text: str) -> str:
            looked_up.append(text)
            return found_in(table, text)

        monkeypatch.setattr(index, "found_in", counted)
        assert ask("due", "-", given=b"NP\nAUT\n" * 999).stdout.count(b"\tNepal\t") >= 1
        assert looked_up == ["np", "aut"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("due", "Nepal"), ("due", "fiji", "--json"), ("due", "Österreich"), ("due", "中国"), ("due", "the Gambia"),
            ("due", "Côte d’Ivoire", "--json"), ("due", "764"), ("due", "--all", "--json"), ("--help",), (),
            ("-h",), ("--version",), ("data",), ("due", "-", "Nepal"), ("due", "--json", "Togo", "-q"),
            ("due", "--all", "--all"), ("states",), ("states", "--fields", "name"), ("states", "--region", "African"),
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_the_same_bytes_and_exit_code(self, ask: Run, arguments: tuple[str, ...]) -> None:
        looked_up, worked_out = ask(*arguments), ask(*arguments, OPSC_QUIET="1")
        assert (looked_up.stdout, looked_up.stderr, looked_up.returncode) == (worked_out.stdout, b"", 0)
        assert looked_up.stdout

    @pytest.mark.parametrize(
        "arguments",
        [
            ("Congo",), ("Atlantis",), ("",), ("--nonsense",), ("Austia", "--json"), ("republic",), ("help",), ("all",),
            ("GER",), ("SE-N",), ("CH AD",), ("+44",), ("Viet", "Nam"), ("fr", "et", "de"), ("nepl", "Congo"),
            ("Nepal", "--all"), ("--all", "Nepal"), ("--all", "NPL"),
            ("Nepal", "--json", "--format", "csv"), (),
            ("Nepal", "--fields"), ("Nepal", "--fields", ","), ("Atlantis", "--fields", ","),
            ("Nepal", "--fields", "x"), ("Nepal", "--format", "sheet"), ("Nepal", "--format", "x"),
            ("Atlantis", "--format", "x"), ("x" * 200,),
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_what_is_refused_is_refused_in_the_same_words(self, ask: Run, arguments: tuple[str, ...]) -> None:
        done = ask("due", *arguments)
        assert done == ask("due", *arguments, OPSC_QUIET="1")
        assert done.returncode == 2
        assert done.stderr.startswith((b"opsc: ", b"Usage: "))

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("--region", "asia"), 0), (("--region", "LATIN", "--sort", "iso3"), 0), (("--region=African",), 0),
            (("--region", "African", "--region", "West"), 0), (("--standing", "overdue", "--sort", "due", "-q"), 0),
            (("--status", "denounced", "--json"), 0), (("--sort", "due", "--fields", "region,status"), 0),
            (("--within", "9999y", "--alarm", "1d"), 2), (("--region", "African", "--format", "md"), 0),
            (("--region",), 2), (("--region", ""), 2), (("--region", "x"), 2), (("--region", "--json", "African"), 2),
            (("--status", "Party"), 2), (("--status", ""), 2), (("--standing", "late"), 2), (("--sort", "x"), 2),
            (("--within", "soon"), 2), (("--late-by", "5"), 2), (("--within", "-1d"), 2), (("African",), 2),
            (("--late", "5y"), 2), (("--all",), 2), (("--region", "African", "--fields", "x"), 2),
            (("--sort", "due", "--format", "x"), 2), (("--sort", "due", "--json", "--format", "csv"), 2),
        ],
        ids=str,
    )  # fmt: skip
    def test_a_listing_that_is_spelled_oddly_or_refused(self, ask: Run, arguments: tuple[str, ...], code: int) -> None:
        done = ask("states", *arguments)
        assert done == ask("states", *arguments, OPSC_QUIET="1")
        assert done.returncode == code

    def test_what_the_environment_asks_is_heard(self, run: Run) -> None:
        assert b"\tnot-bound\t" not in run("due", "Fiji").stdout
        assert b"\tnot-bound\t" in run("due", "Fiji", OPSC_AS_OF="2010-01-01").stdout
        assert b"Fidji" in run("due", "Fiji", OPSC_LANG="fr").stdout

    @pytest.mark.parametrize(
        ("call", "more"),
        [
            ("due Afghanistan --json", set()),
            ("states --region Asia --sort due --json", {"listed", "render", "render.forms"}),
            ("states --late-by 1y --format csv", {"listed", "periods", "render", "render.forms"}),
        ],
    )
    def test_nothing_is_imported_but_itself(self, installed: Path, call: str, more: set[str]) -> None:
        code = (
            f"import sys; before = set(sys.modules); sys.argv = ['opsc', *{call.split()}]\n"
            "from opsc_cli.main import main; main()\n"
            "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, env=_environment(installed), check=True)
        usual = {"almanac", "console", "index", "main", "months", "spelling"}
        own = {"opsc_cli", *(f"opsc_cli.{name}" for name in usual | more)}
        days = {"datetime", "_datetime", "operator", "_operator", "math"} if "periods" in more else set()
        assert own <= set(done.stderr.split()) <= own | days | {"time"}
        assert "AFG" in done.stdout

    @pytest.mark.parametrize("call", ["due --all --json", "states --sort due --json"])
    def test_a_closed_pipe_ends_quietly(self, installed: Path, call: str) -> None:
        script = f"{sys.executable} {ROOT / 'scripts' / 'opsc'} {call} | head -c 1"
        done = subprocess.run(script, shell=True, capture_output=True, env=_environment(installed), check=True)
        assert (done.stdout, done.stderr) == (b"{", b"")

    def test_nobody_hears_and_the_answer_is_right(self, run: Run, installed: Path) -> None:
        script = f"{sys.executable} {ROOT / 'scripts' / 'opsc'} due Nepal 2>&-"
        done = subprocess.run(script, shell=True, capture_output=True, env=_environment(installed), check=False)
        assert (done.returncode, done.stdout) == (0, run("due", "Nepal").stdout)

    def test_a_terminal_of_another_locale_is_written_to(self, installed: Path) -> None:
        script = f"{sys.executable} {ROOT / 'scripts' / 'opsc'} due Nepal"
        settings = {**_environment(installed), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
        assert "–June " in on_a_terminal(script, **settings)

    def test_a_person_sees_what_the_command_draws_and_hears_that_the_data_are_old(self, installed: Path) -> None:
        script = f"{sys.executable} {ROOT / 'scripts' / 'opsc'} due Austria"
        settings = {**_environment(installed), "NO_COLOR": ""}
        looked_up = on_a_terminal(script, columns=90, **settings)
        assert looked_up == on_a_terminal(script, columns=90, **settings, OPSC_LANG="en")
        assert "\x1b[1mCertainty" in looked_up
        assert looked_up.rstrip().endswith("see `opsc data`")

    def test_one_state_that_a_filter_keeps_is_drawn_as_a_list(self, installed: Path) -> None:
        script = f"{sys.executable} {ROOT / 'scripts' / 'opsc'} states --region African --status signatory"
        seen = on_a_terminal(script, **_environment(installed))
        assert seen == on_a_terminal(script, **_environment(installed), OPSC_LANG="en")
        assert "Kenya (KEN)" in seen
        assert "States: 0 overdue" in seen


class TestReach:
    @pytest.mark.parametrize("beyond", [-1, 1])
    def test_no_answer_for_a_day_outside_it(self, book: bytes, dataset: Dataset, beyond: int) -> None:
        edge = reach_of(dataset)[0 if beyond < 0 else 1]
        assert almanac.looked_up(book, ["NPL"], "tsv", _seconds(edge))
        with pytest.raises(LookupError):
            almanac.looked_up(book, ["NPL"], "tsv", _seconds(edge + timedelta(beyond)))

    def test_a_checkout_has_none(self) -> None:
        assert almanac.opened(str(ROOT / "src" / "opsc_cli")) is None

    @pytest.mark.parametrize("content", [b"", b"hello\n", b"\0" * 100, slice(5), slice(30), slice(-1)])
    def test_a_file_that_is_not_whole_is_none(self, book: bytes, content: bytes | slice, tmp_path: Path) -> None:
        assert almanac.opened(str(tmp_path)) is None
        (tmp_path / "almanac").write_bytes(book[content] if isinstance(content, slice) else content)
        assert almanac.opened(str(tmp_path)) is None

    @pytest.mark.parametrize(
        ("where", "form"),
        [
            *((where, form) for where in ("its first line", "its places") for form in ([], ["--json"])),
            ("a mark", ["--json"]),
        ],
    )
    def test_a_damaged_one_answers_nothing(
        self, book: bytes, installed: Path, where: str, form: list[str], tmp_path: Path
    ) -> None:
        """Of the right length, but not what it was: the command computes the answer, and there is no traceback."""
        begins = book.index(b"\nAUT\t") + len(b"\nAUT\t")
        entry = almanac.entries_of(book, ["AUT"], "json")[1]
        mark = re.compile(rb"(?<=\x01)\d{5}").search(book, entry.start, entry.stop)
        assert mark
        at, size = {
            "its first line": (20, 4),
            "its places": (begins, book.index(b"\t", begins) - begins),
            "a mark": (mark.start(), 5),
        }[where]
        (tmp_path / "almanac").write_bytes(book[:at] + b"x" * size + book[at + size :])
        shutil.copy(installed / index.NAMES, tmp_path)
        assert almanac.opened(str(tmp_path)) is not None
        assert main.answered(["due", "Austria", *form], str(tmp_path)) is False

    @pytest.mark.parametrize("lost", [b"\t", b"\n", b"--status"])
    def test_a_damaged_page_chooses_no_state(self, book: bytes, lost: bytes, tmp_path: Path) -> None:
        (page,) = almanac.entries_of(book, [listed.PAGE], "tsv")
        at = book.rindex(lost, page.start, page.stop)
        (tmp_path / "almanac").write_bytes(book[:at] + b"x" * len(lost) + book[at + len(lost) :])
        assert main.answered(["states", "--status", "party"], str(tmp_path)) is False

    @pytest.mark.parametrize("damage", ["absent", "cut"])
    def test_without_a_whole_table_of_names_it_answers_only_what_names_no_state(
        self, book: bytes, damage: str, dataset: Dataset, tmp_path: Path
    ) -> None:
        (tmp_path / "almanac").write_bytes(book)
        if damage == "cut":
            (tmp_path / index.NAMES).write_bytes(table_of_names(dataset)[:-1])
        assert main.answered(["due", "Nepal"], str(tmp_path)) is False
        assert main.answered(["due", "Atlantis"], str(tmp_path)) is False
        assert main.answered(["--version"], str(tmp_path)) is True


ROW = '\n\x03"opens": "2030-0{}",\n \x03"label": "{}",\n \x03"probability": 0.0{}'


def _rows(*numbers: int) -> str:
    return _BETWEEN.join(ROW.format(n, n, 5 * n) for n in numbers)


class TestEntries:
    """An entry has the text of every span, whatever changes between them."""

    DAYS = tuple(date(2026, 6, 1) + timedelta(30 * n) for n in range(4))

    @pytest.mark.parametrize(
        "texts",
        [
            ("even odds by May 2030.\n", "even odds by June 2030.\n", "even odds by May 2031.\n"),
            ("", "The data are old.", "The data are very old."),
            ("one\ntwo\nthree\n", "one\nthree\n", "one\ntwo and a half\nthree\n", "three\n"),
            ("for \x0120605\x01 days", "none", "for \x01,20605\x01 days, on \x01iso\x01"),
            (f"[{_rows(1, 2, 3, 4)}]", f"[{_rows(2, 3, 4, 5)}]", "[]", f"[{_rows(3, 4, 5)}]"),
            (f"[{_rows(1, 2, 4)}]", f"[{_rows(1, 2)}]", f"[{_rows(4)}]"),
            *(tuple(" ".join(random.Random(n).choices("abcd\n", k=40)) for n in (n, n + 1, n + 2)) for n in range(9)),
        ],
        ids=repr,
    )
    def test_each_span_is_read_as_it_was_written(self, texts: tuple[str, ...]) -> None:
        entries, reach = Entries(), (self.DAYS[0], self.DAYS[-1])
        spans = [*zip(self.DAYS, texts, strict=False)]
        places = entries.entries({"AUT": spans, "NPL": [(day, text.replace("May", "August")) for day, text in spans]})
        whole = entries.bound(reach, {iso3: [places[iso3]] for iso3 in places})
        for day, text in spans:
            marks = {"iso": str(day), "20605": str(n := (day - EPOCH).days - 20605), ",20605": f"{n:,}"}
            read = "".join(marks.get(part, part).replace("\x03", " ") for part in text.split("\x01"))
            answer = almanac.looked_up(whole, ["AUT"], "tsv", _seconds(day)).decode()
            assert answer == read


class TestShared:
    """What two days' answers share is found, or refused: nothing else may differ."""

    DAYS = date(2026, 6, 1), date(2026, 6, 20)

    @pytest.mark.parametrize(
        ("one", "other", "shared"),
        [
            ("due in 2026", "due in 2026", "due in 2026"),
            ("as of 2026-06-01", "as of 2026-06-20", "as of \x01iso\x01"),
            ("on 1 June 2026", "on 20 June 2026", "on \x01words\x01"),
            ("1,012 days", "1,031 days", "\x01,19593\x01 days"),
            (12, 31, "\x02\x0120593\x01"),
            ({"a": [3, None]}, {"a": [22, None]}, {"a": ["\x02\x0120602\x01", None]}),
        ],
    )
    def test_found(self, one: object, other: object, shared: object) -> None:
        assert _shared(one, other, *self.DAYS) == shared

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("5 cases", "6 cases"), ("upcoming", "overdue"), (12, None), (12, 30), ([1], [1, 2]), ({"a": 1}, {"b": 1}),
            ("on 1 June 2026", "on 19 June 2026"), ("1 June 2026", "20 June 2026 or later"), (True, False),
        ],
    )  # fmt: skip
    def test_refused(self, one: object, other: object) -> None:
        with pytest.raises(_Different):
            _shared(one, other, *self.DAYS)


def test_help_in_a_pipe_has_a_width_of_its_own(run: Run) -> None:
    assert max(map(len, run("--help", COLUMNS="200").stdout.decode().splitlines())) == console.WIDTH_OF_HELP
