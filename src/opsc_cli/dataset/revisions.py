"""Writes the dataset of a git revision to a folder; the repository is not changed."""

import os
import re
import subprocess
from pathlib import Path, PurePosixPath

from opsc_cli.dataset.reader import LARGEST_FILE, TOO_LARGE
from opsc_cli.dataset.validate import FILES, OPTIONAL

_ENTRY = re.compile(rb"(\d+) (\w+) (\w+) +(\d+|-)\t(.*)", re.DOTALL)
"""An entry of `git ls-tree --long`: mode, kind, object, size and path."""

_REGULAR_FILE = b"100"


class NoSuchRevision(Exception):
    """There is no such revision, or it has no dataset; the message says which."""


def check_out(named: str, target: Path) -> Path:
    """Writes the YAML of REVISION (in data/) or REVISION:FOLDER to a folder below `target`, and returns that folder.

    FOLDER is relative to the top of the repository. Raises NoSuchRevision.
    """
    if not named or named.startswith("-"):
        raise NoSuchRevision(f"{named!r}: expected a folder or a git revision")
    revision, colon, within = named.partition(":")
    folder = PurePosixPath(within) if colon else PurePosixPath("data")
    listed = _git(named, "ls-tree", "-z", "--long", "--full-tree", revision, "--", f"{folder}/")
    entries = [found.groups() for entry in listed.split(b"\0") if (found := _ENTRY.fullmatch(entry))]
    names = {f"{name}.yaml".encode() for name in (*FILES, *OPTIONAL)}
    yaml = [entry for entry in entries if entry[-1].rpartition(b"/")[2] in names]
    if not yaml:
        raise NoSuchRevision(f"{revision!r}: no dataset in {folder}/ of that revision; expected REVISION:FOLDER")
    for mode, _, blob, size, path in yaml:
        name = os.fsdecode(path)
        if not mode.startswith(_REGULAR_FILE):
            raise NoSuchRevision(f"{revision}:{name}: not a regular file")
        if int(size) > LARGEST_FILE:
            raise NoSuchRevision(f"{revision}:{name}: {TOO_LARGE}")
        (target / PurePosixPath(name).name).write_bytes(_git(named, "cat-file", "blob", blob.decode()))
    return target


def _git(named: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", *arguments],
            capture_output=True,
            check=True,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        message = f"{named}: no such folder; to name a revision, install git"
        raise NoSuchRevision(message) from None
    except OSError as error:
        raise NoSuchRevision(f"{named}: no such folder, and git cannot be run: {error.strerror}") from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr.decode(errors="backslashreplace").strip().splitlines() or ["git refused"])[0]
        raise NoSuchRevision(f"{named}: neither a folder nor a git revision: {said}") from None
    return done.stdout
