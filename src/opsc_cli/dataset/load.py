"""The dataset, as it was compiled with the package or as a folder of YAML has it.

An answer comes from the compiled form, except with a folder of one's own (`--data`), and in a checkout
whose YAML was edited after the package was built: then the YAML is read, validated and used.
"""

from pathlib import Path

from opsc_cli.dataset import compiled
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.record.records import Dataset

_PACKAGE = Path(__file__).parents[1]


def packaged_folder() -> Path:
    """Where the YAML of this installation is: within the package, or beside src/ in a checkout."""
    packaged = _PACKAGE / "data"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "data"


def is_installed(folder: Path) -> bool:
    """Whether `folder` is the dataset within an installed package, which the next installation overwrites."""
    packaged = _PACKAGE / "data"
    return packaged.is_dir() and folder.exists() and packaged.samefile(folder)


def load(folder: Path | str | None = None) -> Dataset:
    """The dataset in `folder`, else the one of this installation. Raises Unreadable with every error found."""
    if folder is None and (taken := _compiled()):
        return taken
    from opsc_cli.dataset.validate import validate

    dataset, findings = validate(Path(folder or packaged_folder()), read_twice=False)
    if dataset is None or any(f.severity == "error" for f in findings):
        raise Unreadable(findings)
    return dataset


def _compiled() -> Dataset | None:
    """The compiled dataset; None where there is none, or where a checkout's YAML is not what was compiled."""
    try:
        from opsc_cli import _dataset as module
    except ImportError:
        return None
    in_checkout = not (_PACKAGE / "data").is_dir()
    if in_checkout and compiled.fingerprint(packaged_folder()) != module.SHA256:
        return None
    return compiled.dataset_of(module)
