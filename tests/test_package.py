"""The package: what it declares, and that what it is built into and what it writes are always the same bytes."""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from hatch_build import _compress_more

from opsc_cli.cli.app import program
from opsc_cli.cli.commands import NAMES
from tests.commands import opsc
from tests.conftest import ROOT, SWEEP
from tests.faults import base
from tests.test_architecture import trees

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = PROJECT["project"]["dependencies"]
EXTRA = [needed for extra in ("site", "xlsx") for needed in PROJECT["project"]["optional-dependencies"][extra]]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[><=]", requirement)[0] for requirement in requirements}


def _imported() -> set[str]:
    """The packages that any module imports, at its top or within a function."""
    found: set[str] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"opsc_cli"}


def test_what_is_imported_is_declared_with_both_ends() -> None:
    known = packages_distributions()
    distributions = {re.sub(r"[_.]", "-", known[name][0].lower()) for name in _imported()}
    assert distributions == _names(DECLARED) | _names(EXTRA)
    assert all(re.fullmatch(r"[\w-]+>=[\d.]+,<[\d.]+", requirement) for requirement in [*DECLARED, *EXTRA])


def test_the_build_has_what_the_program_needs() -> None:
    """It runs the program, to compile the dataset and to write the almanac; only the schemas need Pydantic itself."""
    needed = {requirement for requirement in DECLARED if not requirement.startswith("pydantic>")}
    assert set(PROJECT["build-system"]["requires"]) > needed


def test_no_path_is_checked_before_it_is_used() -> None:
    """Typer would answer a path that cannot be read with 2 where 3 is documented, and one that may be written, too."""
    group = program()
    context = group.make_context("opsc", [], resilient_parsing=True)
    types = [parameter.type for name in NAMES for parameter in group.get_command(context, name).params]
    paths = [kind for kind in types if hasattr(kind, "readable")]
    assert paths
    assert not [path for path in paths if path.exists or path.readable or path.writable]


# ── builds ───────────────────────────────────────────────────────────────────────────────────────


def _built(kind: str, source: Path, target: Path, **settings: str) -> Path:
    """Builds offline, with the build requirements that are installed."""
    offline = {"PIP_NO_INDEX": "1", "PYTHONPATH": ""}
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target]
    subprocess.run(command, cwd=source, env={**os.environ, **offline, **settings}, check=True, capture_output=True)
    (built,) = target.iterdir()
    return built


SOURCES = ("src", "data", "docs", "scripts", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def checkout_to_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout, with a small dataset except in continuous integration: a build has nothing else to say of more."""
    folder = tmp_path_factory.mktemp("build")
    for name in SOURCES:
        path, ours = folder / name, shutil.ignore_patterns("__pycache__", "_dataset.py")
        shutil.copytree(ROOT / name, path, ignore=ours) if (ROOT / name).is_dir() else shutil.copy(ROOT / name, path)
    if not SWEEP:
        base(folder / "data")
    return folder


@pytest.fixture(scope="module")
def wheel(checkout_to_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without Pydantic, which the build does not require."""
    without = tmp_path_factory.mktemp("without")
    (without / "pydantic.py").write_text("raise ImportError", encoding="utf-8")
    settings = {"PYTHONPATH": str(without), "PYTHONHASHSEED": "1", "TZ": "UTC"}
    return _built("wheel", checkout_to_build, tmp_path_factory.mktemp("wheel"), **settings)


@pytest.mark.skipif(not SWEEP, reason="it builds two more packages; continuous integration does")
def test_a_wheel_is_the_same_bytes_from_wherever(checkout_to_build: Path, wheel: Path, tmp_path: Path) -> None:
    """From a checkout and from the source distribution, with another hash seed, time zone, locale and width."""
    source = _built("sdist", checkout_to_build, tmp_path / "source")
    with tarfile.open(source) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    other = _built(
        "wheel", unpacked, tmp_path / "other", PYTHONHASHSEED="2", TZ="Asia/Kathmandu", LC_ALL="C", COLUMNS="40",
    )  # fmt: skip
    assert hashlib.sha256(wheel.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()


def test_on_windows_there_is_an_executable_and_elsewhere_our_own_script(
    checkout_to_build: Path, wheel: Path, tmp_path: Path
) -> None:
    """An installer makes the executable of the console script: a launcher, and a script as the one that is run here."""
    windows = _built("wheel", checkout_to_build, tmp_path, OPSC_WHEEL_FOR="win-amd64")
    assert wheel.name.endswith("-py3-none-any.whl")
    assert windows.name.endswith("-py3-none-win_amd64.whl")
    entry_points = "opsc_cli-0.1.0.dist-info/entry_points.txt"
    with zipfile.ZipFile(wheel) as elsewhere:
        assert entry_points not in elsewhere.namelist()
    with zipfile.ZipFile(windows) as packed:
        declared = packed.read(entry_points).decode()
        assert {Path(name).name for name in packed.namelist() if ".data/scripts/" in name} == {"opsc", "opsc.cmd"}
    module, function = declared.partition("[console_scripts]\nopsc = ")[2].strip().split(":")
    script = f"import sys; from {module} import {function}; sys.exit({function}())"
    done = subprocess.run([sys.executable, "-c", script, "due", "Congo"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, opsc("due", "Congo").stderr)


def test_a_wheel_compressed_more_has_the_same_files(tmp_path: Path) -> None:
    files = {"a.py": b"x = 1\n" * 999, "data/é.txt": b"", "scripts/opsc": bytes(range(256))}
    with zipfile.ZipFile(wheel := tmp_path / "a.whl", "w", zipfile.ZIP_DEFLATED) as made:
        for n, (name, content) in enumerate(files.items()):
            file = zipfile.ZipInfo(name, (2020, 2, 29, 23, 59, 2 * n))
            file.external_attr = (0o100644 + n) << 16
            made.writestr(file, content)
        before = [_attributes(file) for file in made.infolist()]
    _compress_more(wheel)
    with zipfile.ZipFile(wheel) as packed:
        assert [_attributes(file) for file in packed.infolist()] == before
        assert {name: packed.read(name) for name in packed.namelist()} == files


def _attributes(file: zipfile.ZipInfo) -> list[Any]:
    names = ("filename", "date_time", "external_attr", "create_system", "create_version", "CRC", "file_size")
    return [getattr(file, name) for name in names]


# ── outputs ──────────────────────────────────────────────────────────────────────────────────────

UNLIKE = {
    "PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Kathmandu",
    "COLUMNS": "33", "LINES": "7", "TERM": "dumb",
}  # fmt: skip


def test_the_same_bytes_however_it_runs() -> None:
    """The commands in every format on a fixed day: as usual, and with `python -OO` and another environment."""
    module = ("-m", "tests.outputs")
    ways = [[sys.executable, *module], {"PYTHONHASHSEED": "0"}], [[sys.executable, "-OO", *module], UNLIKE]
    runs = [subprocess.Popen(way, cwd=ROOT, env=os.environ | to, stdout=subprocess.PIPE) for way, to in ways]
    usual, unlike = (json.loads(run.communicate()[0]) for run in runs)
    assert len(usual) > 50
    assert {call for call, checksum in usual.items() if unlike[call] != checksum} == set()
