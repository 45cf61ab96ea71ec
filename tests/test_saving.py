"""What is written is complete, or as it was: whatever the path, whoever else writes, and whenever a kill comes."""

import fcntl
import hashlib
import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from opsc_cli.cli import keep
from opsc_cli.cli.saving import save, save_all, save_folder
from opsc_cli.dataset import fmt
from tests.commands import OPSC, opsc
from tests.faults import base

LONG, LONGEST = "a" * 300 + ".csv", "é" * 125 + ".csv"


class TestAnOutputFile:
    @pytest.mark.parametrize(
        ("path", "why"),
        [
            (LONG, "cannot write: File name too long"), ("x/" * 2100 + "a.csv", "cannot write: File name too long"),
            ("file.txt/a.csv", "no such folder: "), ("nowhere/a.csv", "no such folder: "),
            ("", "unknown suffix"), ("folder.csv", "this is a folder; give the name of a file"),
            ("/proc/a.csv", "cannot write: "), ("/dev/fd/900", "cannot write: Bad file descriptor"),
            ("/dev/fd/99999999999", "unknown suffix"), ("/dev/full", "cannot write: No space left on device"),
        ],
    )  # fmt: skip
    def test_a_path_that_cannot_be_written_is_a_usage_error(self, path: str, why: str, tmp_path: Path) -> None:
        (tmp_path / "file.txt").write_text("mine")
        (tmp_path / "folder.csv").mkdir()
        before = sorted(tmp_path.iterdir())
        done = opsc("due", "Nepal", "-o", path, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"opsc: -o {Path(path)}: {why}")
        assert done.stderr.count("\n") == 1
        assert sorted(tmp_path.iterdir()) == before

    def test_in_a_folder_that_is_deleted(self, tmp_path: Path) -> None:
        done = subprocess.run(
            ["sh", "-c", f"mkdir gone && cd gone && rmdir ../gone && {OPSC} due Nepal -o a.csv"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (2, "opsc: -o a.csv: cannot write: No such file or directory\n")

    def test_the_longest_name_that_there_can_be(self, tmp_path: Path) -> None:
        assert len(os.fsencode(LONGEST)) == 254
        assert opsc("due", "Nepal", "-o", LONGEST, cwd=tmp_path).returncode == 0
        assert (tmp_path / LONGEST).read_text(encoding="utf-8").startswith("iso3,")

    def test_what_is_open_is_written_to_as_it_was_opened(self, tmp_path: Path) -> None:
        for path, opened in (("/dev/stdout", ">> out"), ("/dev/stderr", "2>> out"), ("/dev/fd/3", "3>> out")):
            (tmp_path / "out").write_text("mine\n")
            subprocess.run(["sh", "-c", f"{OPSC} due Nepal -o {path} {opened}"], cwd=tmp_path, check=True)
            assert (tmp_path / "out").read_text(encoding="utf-8").startswith("mine\niso3\t"), path

    def test_a_link_leads_to_the_file_that_is_written(self, tmp_path: Path) -> None:
        (tmp_path / "link.csv").symlink_to("file.csv")
        save("new", tmp_path / "link.csv")
        assert (tmp_path / "file.csv").read_text() == "new"
        assert (tmp_path / "link.csv").is_symlink()

    def test_permissions(self, tmp_path: Path) -> None:
        (tmp_path / "old.csv").touch(0o640)
        mask = os.umask(0o027)
        try:
            for name in ("old.csv", "new.csv"):
                save("new", tmp_path / name)
                assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640
        finally:
            os.umask(mask)

    def test_two_that_write_one_file_never_mix(self, tmp_path: Path) -> None:
        """As two containers with the same process number would; each has a temporary file that is its own."""
        contents = ("a" * 2_000_000, "b" * 1_000_000)
        with ThreadPoolExecutor() as pool:
            writing = [pool.submit(save, content, tmp_path / "x.csv") for content in contents * 10]
            read = [(tmp_path / "x.csv").read_text() for _ in iter(lambda: all(w.done() for w in writing), True)
                    if (tmp_path / "x.csv").exists()]  # fmt: skip
            assert [w.result() for w in writing] == [None] * 20
        assert {*read, (tmp_path / "x.csv").read_text()} <= set(contents)
        assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


class TestADataset:
    def test_an_edit_saved_meanwhile_is_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = base(tmp_path) / "states.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("version: ", "version:   "), encoding="utf-8")
        edited = path.read_text(encoding="utf-8") + "# An edit\n"
        canonical = fmt.canonical

        def slow(text: str) -> str:
            path.write_text(edited, encoding="utf-8")
            return canonical(text)

        monkeypatch.setattr(fmt, "canonical", slow)
        with pytest.raises(SystemExit) as end:
            keep.fmt(tmp_path)
        assert end.value.code == 2
        assert path.read_text(encoding="utf-8") == edited

    def test_two_do_not_write_at_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / ".opsc-writing").mkdir()
        held = os.open(tmp_path / ".opsc-writing", os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(SystemExit):
            save_all({"a": "new"}, tmp_path, held={})
        assert "another opsc is writing to it" in capsys.readouterr().err
        os.close(held)
        save_all({"a": "new"}, tmp_path, held={})
        assert [path.name for path in tmp_path.iterdir()] == ["a"]


class TestAnExport:
    FILES = dict.fromkeys(("a", "b", "SHA256SUMS"), "new")

    def test_a_link_is_replaced_and_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("mine")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "a").symlink_to(tmp_path / "mine")
        save_folder(self.FILES, tmp_path / "out")
        assert (tmp_path / "mine").read_text() == "mine"
        assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == self.FILES

    def test_a_folder_within_is_made_and_a_link_to_one_is_not_followed(self, tmp_path: Path) -> None:
        save_folder({"a/b/c": "new"}, tmp_path / "out")
        assert (tmp_path / "out" / "a" / "b" / "c").read_text() == "new"
        (tmp_path / "linked").mkdir()
        (tmp_path / "linked" / "a").symlink_to(tmp_path / "out")
        with pytest.raises(SystemExit):
            save_folder({"a/b/c": "newer"}, tmp_path / "linked")
        assert (tmp_path / "out" / "a" / "b" / "c").read_text() == "new"
        assert not (tmp_path / "out" / "b").exists()

    def test_a_file_in_place_of_a_folder_within_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a").write_text("mine")
        with pytest.raises(SystemExit):
            save_folder({"a/b": "new"}, tmp_path)
        assert f"{tmp_path / 'a'}: this is a file" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["export", "site"])
    def test_a_folder_that_would_be_in_none_is_refused(self, command: str, tmp_path: Path) -> None:
        done = opsc(command, "nowhere/out", cwd=tmp_path)
        said = "opsc: nowhere/out: no such folder: nowhere; create it, or choose another\n"
        assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (2, said, [])

    def test_other_files_stay(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("mine")
        save_folder(self.FILES, tmp_path)
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {**self.FILES, "mine": "mine"}

    def test_nothing_is_replaced_before_all_is_complete(self, tmp_path: Path) -> None:
        old = dict.fromkeys(self.FILES, "old")
        save_folder(old, tmp_path)
        assert _killed("os.fsync", 3, tmp_path) == -signal.SIGKILL
        assert {name: (tmp_path / name).read_text() for name in old} == old
        save_folder(self.FILES, tmp_path)
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == self.FILES

    def test_a_kill_midway_shows_and_the_next_export_mends_it(self, checkout: Path, tmp_path: Path) -> None:
        data = ("--data", str(checkout / "data"))
        opsc("export", tmp_path, *data, "--as-of", "2020-01-01")
        files = len(list(tmp_path.iterdir()))
        program = ("export", str(tmp_path), *data, "--as-of", "2021-01-01")
        assert _killed("os.replace", files, tmp_path, program) == -signal.SIGKILL
        assert {"due.csv", "due.json"} <= set(_unlike_its_checksum(tmp_path))
        assert opsc("export", tmp_path, *data).returncode == 0
        assert _unlike_its_checksum(tmp_path) == []
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def _killed(function: str, times: int, folder: Path, arguments: tuple[str, ...] = ()) -> int:
    """How an export ends that is killed when it calls `function` for the time of that number."""
    module, _, name = function.partition(".")
    run = (
        f"sys.argv = ['opsc', *{arguments!r}]; from opsc_cli.main import main; main()"
        if arguments
        else f"from opsc_cli.cli.saving import save_folder; from pathlib import Path\n"
        f"save_folder(dict.fromkeys({list(TestAnExport.FILES)!r}, 'new'), Path({str(folder)!r}))"
    )
    program = (
        f"import os, signal, sys\nreal, left = {function}, [{times}]\n"
        "def some(*arguments):\n"
        "    left[0] -= 1\n"
        "    left[0] or os.kill(os.getpid(), signal.SIGKILL)\n"
        f"    return real(*arguments)\n{module}.{name} = some\n{run}"
    )
    return subprocess.run([sys.executable, "-c", program], check=False).returncode


def _unlike_its_checksum(folder: Path) -> list[str]:
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    return [name for name, told in sums.items() if hashlib.sha256((folder / name).read_bytes()).hexdigest() != told]
