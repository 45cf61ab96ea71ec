"""Loads the dataset: compiled with the package, or from a folder of YAML.

Uses the compiled dataset unless `--data` is given or the checkout's YAML changed since the build; then it reads and
validates the YAML.
"""

from pathlib import Path

from opsc_cli.dataset import compiled
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.record.records import Dataset

_PACKAGE = Path(__file__).parents[1]


def packaged_folder() -> Path:
    """The YAML of this installation: in the package, or beside src/ in a checkout."""
    packaged = _PACKAGE / "data"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "data"


def is_installed(folder: Path) -> bool:
    """Whether `folder` belongs to an installed package, so that the next installation overwrites it."""
    packaged = _PACKAGE / "data"
    return packaged.is_dir() and folder.exists() and packaged.samefile(folder)


def load(folder: Path | str | None = None) -> Dataset:
    """The dataset in `folder`; by default that of this installation. Raises Unreadable with every error."""
    if folder is None and (taken := _compiled()):
        return taken
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
    in_checkout = not (_PACKAGE / "data").is_dir()
    if in_checkout and compiled.fingerprint(packaged_folder()) != module.SHA256:
        return None
    dataset = compiled.dataset_of(module)
    if not in_checkout:
        object.__setattr__(dataset, "answers", str(_PACKAGE))
    return dataset
