"""What every command writes in every format on a fixed day, as checksums: the same wherever and however it runs.

`SWEEP=1 python -m tests.outputs` prints them, so that two Pythons can be compared (tools/pythons.sh).
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.commands import ended
from tests.conftest import CHECKOUT, sample
from tests.faults import FAULTS, base

_DAY = ("--as-of", "2026-11-21")
_FORMATS = ("table", "tsv", "csv", "json", "jsonl", "md", "ics", "svg", "xlsx")

_ANSWERS = (
    ("due", "Austria", "Fiji", "Kenya"), ("explain", "Nepal"), ("states", "--region", "African"), ("sessions",),
    ("sessions", "100"), ("stats", "--since", "2026-01-01", "--every", "year"), ("sources", "Austria"),
    ("whatif", "Kenya", "--deposit", "2027-03-01"), ("forecast", "Iran"), ("forecast", "--received", "2021-08-03"),
    ("plan", "Angola"), ("timeline", "Austria", "Fiji"), ("data",), ("due", "中国", "--lang", "ru", "--fields", "all"),
)  # fmt: skip

_SOURCE = ("--title", "A page", "--publisher", "Somebody", "--kind", "press", "--as-of", "2014")
_FACT = ("record", "Nepal", "not-submitted", "2011-06", "--asserted-by", "press", *_SOURCE)
_ADDED = (*_FACT, "--dry-run", "--read", "2026-11-21", "--answers-on", "2026-11-21")

_OTHERS = (
    ("due", "--all", *_DAY, "--json"), ("due", "--all", *_DAY), ("forecast", "--backtest", "--json"), ("audit",),
    ("due", "Fiji", *_DAY, "--format", "table", "--color", "always"), ("fmt", "--check"), ("man",), ("--version",),
    *(("validate", "broken", "--format", form) for form in ("text", "json", "github", "sarif", "junit")),
    *(("diff", "small", "broken", *_DAY, "--format", form) for form in ("text", "md", "json")),
    *((*_ADDED, "--data", "small", "--format", form) for form in ("text", "table", "tsv", "csv", "json")),
    ("diff", "HEAD", "small", *_DAY),
    *(("schema", name) for name in ("states", "sessions", "sources", "names", "counts", "readings", "output")),
    *(("completion", shell) for shell in ("bash", "zsh", "fish")), ("record", "--template"),
    ("help",), *(("help", topic) for topic in ("standings", "certainty", "fields", "glossary", "exit-codes")),
    *(("help", word) for word in ("formats", "environment", "law", "past-treaty-term")),
    ("due", "Fiji", *_DAY, "--format", "csv", "--excel"),
    ("due", "Congo"), ("due", "--as-of", "x"), ("due", "--foo"), ("nepal",), ("validate", "nowhere"), ("help", "due"),
)  # fmt: skip


def calls() -> Sequence[tuple[str, ...]]:
    from opsc_cli.cli.commands import NAMES

    in_every_format = [(*answer, *_DAY, "--format", form) for answer in _ANSWERS for form in _FORMATS]
    others = (*_OTHERS, ("--help",), *((name, "--help") for name in NAMES))
    return (*sample(in_every_format, 8), *sample(others, 3))


def checksums(folder: Path) -> dict[str, str]:
    """A checksum of the exit code and the outputs of each call in `folder`, and of each file that is exported."""
    shutil.copytree(CHECKOUT, folder, dirs_exist_ok=True)
    base(folder / "small")
    FAULTS["A report received on 1 January, which may be only a year"].written_to(folder / "broken")
    found = {" ".join(call): _ended(call, folder) for call in calls()}
    _ended(("export", "exported"), folder)
    for path in sorted((folder / "exported").iterdir()):
        found[f"export: {path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _ended(call: tuple[str, ...], folder: Path) -> str:
    with tempfile.TemporaryFile() as written, open(os.devnull) as given:
        code = ended(call, [given.fileno(), written.fileno(), written.fileno()], cwd=folder)
        written.seek(0)
        return hashlib.sha256(f"{code}\n".encode() + written.read()).hexdigest()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        json.dump(checksums(Path(folder)), sys.stdout, indent=0)
