"""Writes what the commands print into the documents and the snapshots, and CITATION.cff.

python -m tests.update_screens
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.commands import opsc
from tests.conftest import ROOT
from tests.snapshots import SNAPSHOTS, written
from tests.terminal import on_a_terminal


def _anew(block: re.Match[str]) -> str:
    columns, command = block.groups()
    wide = f" columns={columns}" if columns else ""
    written = on_a_terminal(command, columns=int(columns or 100)).strip("\n")
    return f"```console{wide}\n$ {command}\n{written}\n```\n"


def main() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        anew = re.sub(r"^```console(?: columns=(\d+))?\n\$ (.*)\n(?:(?!```).*\n)*```\n", _anew, text, flags=re.M)
        path.write_text(anew, encoding="utf-8")
    with TemporaryDirectory() as folder:
        opsc("export", folder)
        (ROOT / "CITATION.cff").write_bytes((Path(folder) / "CITATION.cff").read_bytes())
    for name, arguments in SNAPSHOTS.items():
        (ROOT / "tests" / "snapshots" / f"{name}.txt").write_text(written(arguments), encoding="utf-8")


if __name__ == "__main__":
    main()
