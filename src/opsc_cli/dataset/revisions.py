"""Writes the dataset of a git revision to a folder; the repository is not changed."""

import subprocess
from pathlib import Path, PurePosixPath


class NoSuchRevision(Exception):
    """There is no such revision, or it has no dataset; the message says which."""


def lay_out(named: str, target: Path) -> Path:
    """Writes the YAML of REVISION (in data/) or REVISION:FOLDER to a folder below `target`, and returns that folder.

    FOLDER is relative to the top of the repository. Raises NoSuchRevision.
    """
    if named.startswith("-"):
        raise NoSuchRevision(f"{named!r}: expected a folder or a git revision")
    revision, colon, within = named.partition(":")
    folder = PurePosixPath(within) if colon else PurePosixPath("data")
    names = _git(named, "ls-tree", "--name-only", "--full-tree", revision, f"{folder}/").decode().splitlines()
    yaml = [name for name in names if name.endswith(".yaml")]
    if not yaml:
        raise NoSuchRevision(f"{revision!r}: no dataset in {folder}/ of that revision; expected REVISION:FOLDER")
    for name in yaml:
        (target / Path(name).name).write_bytes(_git(named, "show", f"{revision}:{name}"))
    return target


def _git(named: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        message = f"{named}: no such folder; to name a revision, install git"
        raise NoSuchRevision(message) from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr.decode(errors="replace").strip().splitlines() or ["git refused"])[0]
        raise NoSuchRevision(f"{named}: neither a folder nor a git revision: {said}") from None
    return done.stdout
