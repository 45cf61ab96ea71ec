"""A dataset as a revision of git has it, laid out as a folder. Nothing is changed in the repository."""

import subprocess
from pathlib import Path, PurePosixPath


class NoSuchRevision(Exception):
    """The text names no revision with a dataset; the message says what it named."""


def lay_out(named: str, target: Path) -> Path:
    """Writes the YAML that REVISION has in data/, or REVISION:FOLDER in that folder, under `target`, and returns it.

    The folder is named from the top of the repository. Raises NoSuchRevision.
    """
    if named.startswith("-"):
        raise NoSuchRevision(f"{named!r}: expected a folder or a revision of git")
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
        message = f"{named}: no such folder, and git, which could know it as a revision, is not installed"
        raise NoSuchRevision(message) from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr.decode(errors="replace").strip().splitlines() or ["git refused"])[0]
        raise NoSuchRevision(f"{named}: no such folder, and no revision of git: {said}") from None
    return done.stdout
