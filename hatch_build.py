"""Compiles data/*.yaml into the package when it is built: an invalid dataset cannot be packaged.

A wheel also gets the almanac and the manual page. One for Windows declares a console script, of which the installer
makes opsc.exe; elsewhere that script would take the place of our own, which starts faster (scripts/opsc).
"""

import gc
import os
import shutil
import sys
import sysconfig
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

from deflate import deflate_compress
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


def _windows() -> str | None:
    """The tag of the Windows that the build is for, such as win_amd64; None for other systems.

    OPSC_WHEEL_FOR=win-amd64 builds for Windows elsewhere.
    """
    platform = os.environ.get("OPSC_WHEEL_FOR") or sysconfig.get_platform()
    return platform.replace("-", "_") if platform.startswith("win") else None


class ConsoleScript(MetadataHookInterface):
    """Declares the console script on Windows."""

    def update(self, metadata: dict[str, Any]) -> None:
        metadata["scripts"] = {"opsc": "opsc_cli.main:main"} if _windows() else {}


class CompileDataset(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the compiled dataset to src/, uncommitted, and the files that only an installed package has."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        gc.disable()  # as every command does: to look for the little that it leaves takes a twentieth of the time
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from opsc_cli.dataset.compiled import fingerprint
            from opsc_cli.dataset.compiling import compile_into
            from opsc_cli.dataset.load import load, validity

            dataset = load(root / "data")
            sha256 = fingerprint(root / "data")
            compile_into(root / "src" / "opsc_cli" / "_dataset.py", dataset, sha256)
            if windows := _windows():
                build_data["tag"] = f"py3-none-{windows}"
            if version == "standard":
                self.folder = Path(tempfile.mkdtemp())
                for name, content in self._answers(dataset, validity(sha256)).items():
                    build_data["force_include"][self._written(name, content)] = f"opsc_cli/{name}"
                build_data["shared_data"][self._written("opsc.1", self._manual())] = "share/man/man1/opsc.1"
        finally:
            sys.path.remove(str(root / "src"))

    def _written(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def _answers(self, dataset: Any, holds_for: str) -> dict[str, bytes]:
        """The files of answers, which only hold for the program that worked them out."""
        from opsc_cli.console import plain_help

        plain_help()
        from opsc_cli.answers import standings
        from opsc_cli.cli.app import help_text
        from opsc_cli.forecast import figures, keeping
        from opsc_cli.record.installed import sealed
        from opsc_cli.render.almanac import almanac_of

        files = standings.files(dataset) | keeping.files(dataset) | figures.files(dataset)
        made = {name: sealed(text, holds_for) for name, text in files.items()}
        return {"almanac": almanac_of(dataset, help_text()), **made}

    def _manual(self) -> bytes:
        from opsc_cli.cli.app import app

        with redirect_stdout(StringIO()) as written:
            app(["man"], standalone_mode=False)
        return written.getvalue().encode()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if folder := getattr(self, "folder", None):
            shutil.rmtree(folder)
            _compress_more(Path(artifact_path))


def _compress_more(wheel: Path) -> None:
    """Makes the same wheel a fourteenth smaller; neither Hatchling nor `zipfile` takes another compressor."""
    loose = wheel.rename(wheel.with_suffix(".loose"))
    with ZipFile(loose) as files, ZipFile(wheel, "w") as fewer_bytes, patch("zlib.compressobj", _AtOnce):
        for file in files.infolist():
            fewer_bytes.writestr(file, files.read(file))
    loose.unlink()


class _AtOnce:
    """Compresses like an object of zlib, but with libdeflate: the same format in fewer bytes."""

    def __init__(self, *_: object) -> None:
        self._held = b""

    def compress(self, data: bytes) -> bytes:
        self._held += data
        return b""

    def flush(self) -> bytes:
        return bytes(deflate_compress(self._held, 12))
