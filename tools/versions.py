"""Runs the tests with the lowest, or the highest, versions of what opsc depends on that pyproject.toml allows.

    python tools/versions.py lowest [PYTEST ARGUMENTS]
    python tools/versions.py highest [PYTEST ARGUMENTS]
    python tools/versions.py installed      lists what an installed opsc needs, and what that needs, with their versions

The tests run in a virtual environment of their own, which is deleted afterwards.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lowest(requirements: list[str]) -> list[str]:
    """The same, each with its lowest version alone."""
    return [re.sub(r">=([\w.]+).*", r"==\1", requirement) for requirement in requirements]


def installed() -> dict[str, str]:
    """What the installed opsc needs, and what that needs, with their versions."""
    found, waiting = dict[str, str](), ["opsc-cli"]
    while waiting:
        for requirement in requires(waiting.pop()) or ():
            name = re.split(r"[^\w.-]", requirement)[0]
            if name not in found and "extra ==" not in requirement:
                with suppress(PackageNotFoundError):  # needed on another system
                    found[name] = version(name)
                    waiting.append(name)
    return found


def main() -> int:
    end, *arguments = sys.argv[1:]
    if end == "installed":
        print(*(f"{name}=={number}" for name, number in sorted(installed().items())), sep="\n")
        return 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = [*project["dependencies"], *extras["site"], *extras["xlsx"]]
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
