"""Loads the dataset: compiled with the package, or from a folder of YAML.

Uses the compiled dataset unless `--data` is given or the checkout's YAML changed since the build; then it reads and
validates the YAML.
"""

import os
from typing import TYPE_CHECKING

from opsc_cli import __version__
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.record.installed import Installed
from opsc_cli.record.records import Dataset

if TYPE_CHECKING:
    from pathlib import Path  # imported only where a folder is read: it would slow down every answer

_PACKAGE = os.path.dirname(os.path.dirname(__file__))


def packaged_folder() -> "Path":
    """The YAML of this installation: in the package, or beside src/ in a checkout."""
    from pathlib import Path

    return Path(_yaml())


def _yaml() -> str:
    top = _PACKAGE if _has_data() else os.path.dirname(os.path.dirname(_PACKAGE))
    return os.path.join(top, "data")


def is_installed(folder: "Path") -> bool:
    """Whether `folder` belongs to an installed package, so that the next installation overwrites it."""
    return _has_data() and folder.exists() and folder.samefile(packaged_folder())


def _has_data() -> bool:
    """Whether the YAML is in the package: in an installation, but not in a checkout."""
    return os.path.isdir(os.path.join(_PACKAGE, "data"))


def load(folder: "Path | str | None" = None) -> Dataset:
    """The dataset in `folder`; by default that of this installation. Raises Unreadable with every error."""
    if folder is None and (taken := _compiled()):
        return taken
    from pathlib import Path

    from opsc_cli.dataset.validate import validate

    dataset, findings = validate(Path(folder or packaged_folder()), read_twice=False)
    if dataset is None or any(f.severity == "error" for f in findings):
        raise Unreadable(findings)
    return dataset


def _compiled() -> Dataset | None:
    """The compiled dataset; None if there is none, or if the checkout's YAML has changed since."""
    try:
        from opsc_cli import _dataset as module
    except ImportError:
        return None
    from opsc_cli.dataset import compiled  # imported here because `validate` does not need it

    in_checkout = not _has_data()
    if in_checkout and compiled.fingerprint(_yaml()) != module.SHA256:
        return None
    dataset = compiled.dataset_of(module)
    if not in_checkout:
        object.__setattr__(dataset, "installed", Installed(_PACKAGE, validity(module.SHA256)))
    return dataset


def validity(sha256: str) -> str:
    """What the files of an installation hold for: this program, and the dataset of this fingerprint."""
    return f"{__version__} {sha256}"
