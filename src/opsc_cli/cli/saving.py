"""Writes files for the user: each is complete, or as it was before, whatever happens meanwhile.

A file is first written under a temporary name in the same folder, then renamed.
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

from opsc_cli.console import USAGE, fail

_TEMPORARY = ".opsc-"
_STAGING = ".opsc-export"
"""A folder within the one that is exported to, where files wait until all of them are complete."""

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
        place.parent.stat()
    except (FileNotFoundError, NotADirectoryError):
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


class _Changed(Exception):
    """A file has changed since it was read."""


def save_all(
    contents: Mapping[str, str],
    folder: Path,
    *,
    held: Mapping[str, bytes],
    first: Mapping[str, str] | None = None,
) -> None:
    """Writes each content to the file of its name in `folder`, all or none; exits with 2 if it cannot.

    `held`: what the files of the folder held when they were read; if one has changed since, none is written.
    `first`: contents that files have until all are replaced, so that a kill in between leaves what can be read.
    """
    steps = [
        (Path(os.path.realpath(folder / name)), text) for name, text in (*(first or {}).items(), *contents.items())
    ]
    complete: list[Path] = []
    try:
        complete += (_temporary(place, text.encode()) for place, text in steps)
        for name, before in held.items():
            if (folder / name).read_bytes() != before:
                raise _Changed(folder / name)
        _replace_all([(beside, place) for beside, (place, _) in zip(complete, steps, strict=True)])
    except _Changed as changed:
        fail(USAGE, f"{changed}: changed while opsc was running; nothing was written, run it again")
    except OSError as error:
        fail(USAGE, f"{error.filename2 or error.filename or folder}: cannot write: {error.strerror}")
    finally:
        for beside in complete:
            beside.unlink(missing_ok=True)


def _replace_all(moves: list[tuple[Path, Path]]) -> None:
    """Renames each file; if that fails midway, those already replaced get their content back."""
    before: dict[Path, bytes | None] = {}
    try:
        for beside, place in moves:
            before.setdefault(place, place.read_bytes() if place.exists() else None)
            beside.replace(place)
    except BaseException:  # an interruption too
        for place, content in before.items():
            place.unlink(missing_ok=True) if content is None else _replace(place, content)
        raise


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


# ── export ───────────────────────────────────────────────────────────────────────────────────────


def save_folder(contents: Mapping[str, str], folder: Path) -> None:
    """Writes the files into `folder`, in their order; exits with 2 if it cannot.

    None is replaced before all are complete. A kill while they are replaced leaves old and new ones, which the next
    call mends; the last file is to tell, as checksums do. A symbolic link in the folder is replaced, not followed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in contents:
            if os.path.isdir(folder / name) and not os.path.islink(folder / name):
                fail(USAGE, f"{folder / name}: this is a folder; remove it, or choose another folder")
        with _staging(folder / _STAGING) as staging:
            for name, content in contents.items():
                _complete(staging / name, content, folder / name)
            for name in contents:
                (staging / name).replace(folder / name)
    except FileExistsError:
        fail(USAGE, f"{folder}: this is a file; give the name of a folder")
    except BlockingIOError:
        fail(USAGE, f"{folder}: another export is writing to it; wait until it is done")
    except OSError as error:
        fail(USAGE, f"{error.filename2 or error.filename or folder}: cannot write: {error.strerror}")


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """An empty folder that nobody else uses meanwhile. One that a kill has left is used again."""
    with suppress(FileExistsError):
        folder.mkdir()
    with _locked(folder):
        for left in folder.iterdir():
            left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder for this process alone; raises BlockingIOError if another one does. A kill sets it free."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
