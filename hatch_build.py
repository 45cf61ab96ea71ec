"""Compiles data/*.yaml into the package when it is built: an invalid dataset cannot be packaged."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileDataset(BuildHookInterface):  # type: ignore[type-arg]
    """Writes src/opsc_cli/_dataset.py, which no commit holds."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from opsc_cli.compiled import fingerprint, module_of
            from opsc_cli.dataset import load

            data = root / "data"
            module = module_of(load(data), fingerprint(data))
        finally:
            sys.path.remove(str(root / "src"))
        (root / "src" / "opsc_cli" / "_dataset.py").write_text(module, encoding="utf-8")
