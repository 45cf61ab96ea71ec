"""Writes what the commands print into the documents and the snapshots, and CITATION.cff.

python -m tests.update_screens
"""

import re
import textwrap
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from opsc_cli.answers.filled import filled_in_words, filled_on
from opsc_cli.dataset.load import load
from tests.commands import opsc
from tests.conftest import ROOT
from tests.snapshots import SNAPSHOTS, written
from tests.terminal import on_a_terminal


def _anew(block: re.Match[str]) -> str:
    columns, command = block.groups()
    wide = f" columns={columns}" if columns else ""
    written = on_a_terminal(command, columns=int(columns or 100)).strip("\n")
    return f"```console{wide}\n$ {command}\n{written}\n```\n"


def how_much_is_filled() -> str:
    """The paragraph of the README, by the frozen dataset: a change of data alone does not change it."""
    dataset = load()
    text = f"How much is filled: {filled_in_words(filled_on(dataset, date(2026, 11, 21)))} That was counted in the data"
    return textwrap.fill(f"{text} {dataset.version}; `opsc data` counts in yours.", 120, break_on_hyphens=False)


def main() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        anew = re.sub(r"^```console(?: columns=(\d+))?\n\$ (.*)\n(?:(?!```).*\n)*```\n", _anew, text, flags=re.M)
        anew = re.sub(r"^How much is filled: .*?(?=\n\n)", how_much_is_filled(), anew, flags=re.M | re.S)
        path.write_text(anew, encoding="utf-8")
    with TemporaryDirectory() as folder:
        opsc("export", folder)
        (ROOT / "CITATION.cff").write_bytes((Path(folder) / "CITATION.cff").read_bytes())
    for name, arguments in SNAPSHOTS.items():
        (ROOT / "tests" / "snapshots" / f"{name}.txt").write_text(written(arguments), encoding="utf-8")


if __name__ == "__main__":
    main()
