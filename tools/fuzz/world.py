"""A folder with odd things in it, which is mended after each call that changes it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.faults import BROKEN

_SEEN = (".", "data", "données", "a b")
"""The folders that a call may write to."""


def built(folder: Path) -> Path:
    """The folder as each world begins."""
    for name in ("data", "données", os.fsdecode(b"\x80"), "a b", "broken", "blocking"):
        shutil.copytree(BROKEN / "base", folder / name)
    (folder / "broken" / "states.yaml").write_bytes(b"version: x\n\xff")
    (folder / "blocking" / "states.yaml").unlink()
    os.mkfifo(folder / "blocking" / "states.yaml")
    os.mkfifo(folder / "pipe")
    (folder / "empty").mkdir()
    (folder / "file.txt").write_text("mine")
    for link, to in (("link", "data"), ("loop", "loop"), ("link.csv", "file.txt"), ("dangling", "nowhere/at/all")):
        (folder / link).symlink_to(to)
    alone = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    for command in (("init", "-q", "--template="), ("add", "data", "données"), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=folder, env=alone, check=True)
    return folder


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_copy_file)
    else:
        _copy_file(source, target)


def _copy_file(source: str | Path, target: str | Path) -> None:
    if Path(source).is_fifo():
        os.mkfifo(target)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


class World:
    """A copy of the template."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder, self.template = folder / "world", template
        _copy(template, self.folder)
        self.state = self._state()

    def mended(self) -> list[str]:
        """Puts back what has changed; names the temporary files that were left."""
        after = self._state()
        if after == self.state:
            return []
        for name in {path.partition("/")[0] for path, *_ in after ^ self.state}:
            self._put_back(name)
        self.state = self._state()
        return sorted(path for path, *_ in after if "/.opsc" in f"/{path}")

    def _state(self) -> set[tuple[str, int, int]]:
        folders = [(place, self.folder / place) for place in _SEEN]
        entries = (
            (f"{place}/{e.name}".removeprefix("./"), e)
            for place, folder in folders
            if folder.is_dir()
            for e in os.scandir(folder)
        )
        stats = ((path, e.stat(follow_symlinks=False)) for path, e in entries if path != ".git")
        return {(path, s.st_mtime_ns, s.st_size) for path, s in stats}

    def _put_back(self, name: str) -> None:
        place, before = self.folder / name, self.template / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        if os.path.lexists(before):
            _copy(before, place)
