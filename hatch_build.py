"""Compiles data/*.yaml into the package when it is built: an invalid dataset cannot be packaged."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileDataset(BuildHookInterface):  # type: ignore[type-arg]
    """Writes src/opsc_cli/_dataset.py, which no commit holds, and the almanac, which only an installed package has."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from opsc_cli.dataset.compiled import fingerprint, module_of
            from opsc_cli.dataset.load import load

            dataset = load(root / "data")
            module = module_of(dataset, fingerprint(root / "data"))
            (root / "src" / "opsc_cli" / "_dataset.py").write_text(module, encoding="utf-8")
            if version == "standard":
                build_data["force_include"][str(self._almanac(dataset))] = "opsc_cli/almanac"
        finally:
            sys.path.remove(str(root / "src"))

    def _almanac(self, dataset: Any) -> Path:
        from opsc_cli.console import plain_help

        plain_help()
        from opsc_cli.cli.app import help_text
        from opsc_cli.render.almanac import almanac_of

        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "almanac"
        path.write_bytes(almanac_of(dataset, help_text()))
        return path

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if folder := getattr(self, "folder", None):
            shutil.rmtree(folder)
