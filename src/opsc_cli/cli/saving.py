"""Writes files for the user: each is complete, or as it was before, whatever happens meanwhile.

A file is first written under another name in the same folder, then renamed.
"""

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from opsc_cli.console import USAGE, fail

_TEMPORARY = ".opsc-"
_STAGING = ".opsc-writing"
"""A folder within the one that several files are written to, where they wait until all of them are complete."""

_DESCRIPTOR = re.compile(r"/dev/(std(?:in|out|err))|/(?:dev|proc/self)/fd/(\d{1,6})")
_STANDARD = {"stdin": 0, "stdout": 1, "stderr": 2}


def save(content: str | bytes, path: Path) -> None:
    """Writes `content` to the file, device or descriptor at `path`; exits with 2 if it cannot."""
    data = content.encode(errors="backslashreplace") if isinstance(content, str) else content
    try:
        if (number := descriptor(path)) is not None:
            with open(number, "wb", closefd=False) as stream:  # as the caller has opened it: it may append
                stream.write(data)
        elif is_a_device(path):
            path.write_bytes(data)
        else:
            _replace(_file_at(path), data)
    except BrokenPipeError:
        pass  # a reader that leaves is no failure
    except OSError as error:
        fail(USAGE, f"-o {path}: cannot write: {error.strerror}")


def _file_at(path: Path) -> Path:
    """The file that `path` leads to; exits with 2 if there can be none."""
    place = Path(os.path.realpath(path))
    try:
        is_folder = stat.S_ISDIR(place.parent.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_folder = False
    if not is_folder:
        fail(USAGE, f"-o {path}: no such folder: {place.parent}; create it, or choose another")
    if os.path.isdir(place):
        fail(USAGE, f"-o {path}: this is a folder; give the name of a file")
    return place


def descriptor(path: Path) -> int | None:
    """The number of the open file that `path` stands for, such as 1 for /dev/stdout."""
    if found := _DESCRIPTOR.fullmatch(str(path)):
        return _STANDARD[found[1]] if found[1] else int(found[2])
    return None


def is_a_device(path: Path) -> bool:
    """Whether `path` is an open file, a device or a named pipe, which is written to and never replaced."""
    if descriptor(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _replace(place: Path, data: bytes) -> None:
    beside = _temporary(place, data)
    try:
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _temporary(place: Path, data: bytes) -> Path:
    """A complete file beside `place`, under a name that nobody else has, with the permissions that `place` has."""
    number, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=place.parent)
    beside = Path(name)
    try:
        with open(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(number)
        beside.chmod(_permissions(place))
    except BaseException:
        beside.unlink()
        raise
    return beside


def _permissions(place: Path) -> int:
    """Those of the file at `place`; if there is none, those of any new file."""
    try:
        return stat.S_IMODE(place.stat().st_mode)
    except OSError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask


# ── several files ────────────────────────────────────────────────────────────────────────────────


class _Changed(Exception):
    """A file has changed since it was read."""


def save_all(contents: Mapping[str, str], folder: Path, *, held: Mapping[str, bytes]) -> None:
    """Writes each content to the file of its name in `folder`, all or none; exits with 2 if it cannot.

    `held`: what the files of the folder held when they were read; if one has changed since, none is written.
    """
    steps = [(Path(os.path.realpath(folder / name)), text) for name, text in contents.items()]
    try:
        with _staging(folder) as staging:
            moves = [(staging / f"new-{n}", place) for n, (place, _) in enumerate(steps)]
            for (beside, place), (_, text) in zip(moves, steps, strict=True):
                _complete(beside, text, place)
            for name, before in held.items():
                if (folder / name).read_bytes() != before:
                    raise _Changed(folder / name)
            _replace_all(moves, staging)
    except _Changed as changed:
        fail(USAGE, f"{changed}: changed while opsc was running; nothing was written, run it again")
    except OSError as error:
        _fail(folder, error)


def _replace_all(moves: list[tuple[Path, Path]], staging: Path) -> None:
    """Renames each file; if that fails midway, those already replaced are put back."""
    old: dict[Path, Path] = {}
    try:
        for beside, place in moves:
            if place not in old:
                old[place] = staging / f"old-{len(old)}"
                _keep(place, old[place])
            os.replace(beside, place)
    except BaseException:  # an interruption too
        for place, kept in old.items():
            os.replace(kept, place) if kept.exists() else place.unlink(missing_ok=True)
        raise


def _keep(place: Path, name: Path) -> None:
    """Gives the file at `place`, if there is one, a second name."""
    try:
        os.link(place, name)
    except FileNotFoundError:
        pass
    except OSError:  # a file system without links
        shutil.copy2(place, name)


def save_folder(contents: Mapping[str, str], folder: Path) -> None:
    """Writes the files into `folder` and folders within it, in their order; exits with 2 if it cannot.

    None is replaced before all are complete. A kill while they are replaced leaves old and new ones, which the next
    call mends; the last file is to tell, as checksums do. A symbolic link in the folder is replaced, not followed.
    """
    try:
        refuse_without_parent(folder)
        folder.mkdir(exist_ok=True)
        for name in contents:
            _make_room(folder, name)
        with _staging(folder) as staging:
            for n, (name, content) in enumerate(contents.items()):
                _complete(staging / f"new-{n}", content, folder / name)
            for n, name in enumerate(contents):
                os.replace(staging / f"new-{n}", folder / name)
    except FileExistsError as error:
        fail(USAGE, f"{error.filename or folder}: this is a file; give the name of a folder")
    except OSError as error:
        _fail(folder, error)


def refuse_without_parent(folder: Path) -> None:
    """Exits with 2 if the folder that `folder` is in does not exist."""
    if not os.path.isdir(folder.parent):
        fail(USAGE, f"{folder}: no such folder: {folder.parent}; create it, or choose another")


def _make_room(folder: Path, name: str) -> None:
    """Creates the folder that the file goes into; exits with 2 if a folder has its name, or the folder is a link."""
    place = folder / name
    if os.path.isdir(place) and not os.path.islink(place):
        fail(USAGE, f"{place}: this is a folder; remove it, or choose another folder")
    for within in list(Path(name).parents)[-2::-1]:
        (folder / within).mkdir(exist_ok=True)
        if os.path.islink(folder / within):
            fail(USAGE, f"{folder / within}: this is a link; remove it, or choose another folder")


def _fail(folder: Path, error: OSError) -> NoReturn:
    if isinstance(error, BlockingIOError):
        fail(USAGE, f"{folder}: another opsc is writing to it; run this again when that is done")
    fail(USAGE, f"{error.filename2 or error.filename or folder}: cannot write: {error.strerror}")


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """An empty folder within `folder`, for this process alone. One that a kill has left is used again."""
    staging = folder / _STAGING
    with suppress(FileExistsError):
        staging.mkdir()
    with _locked(staging):
        for left in staging.iterdir():
            left.unlink()
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder for this process alone; raises BlockingIOError if another one does. A kill sets it free."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(number)


def _complete(path: Path, content: str, instead_of: Path) -> None:
    """A new file at `path`, with the permissions of the file that it is to replace."""
    with open(path, "xb") as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
    if os.path.isfile(instead_of) and not os.path.islink(instead_of):
        shutil.copymode(instead_of, path)
