"""Runs the tests with the lowest, or the highest, versions of what opsc depends on that pyproject.toml allows.

    python tools/versions.py lowest [PYTEST ARGUMENTS]
    python tools/versions.py highest [PYTEST ARGUMENTS]

In a virtual environment of its own, which is deleted afterwards.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lowest(requirements: list[str]) -> list[str]:
    """The same, each with its lowest version alone."""
    return [re.sub(r">=([\w.]+).*", r"==\1", requirement) for requirement in requirements]


def main() -> int:
    end, *arguments = sys.argv[1:]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["xlsx"]]
    chosen = {"lowest": lowest(requirements), "highest": requirements}[end]
    with tempfile.TemporaryDirectory(prefix="opsc-versions-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
        subprocess.run([*pip, *chosen, "-e", f"{ROOT}[test]"], check=True)
        print(*chosen, sep="\n", flush=True)
        return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
