"""Datasets with broken bytes: whatever they are, there is an answer or findings, soon, and no traceback.

Each try takes the dataset of tests/broken/, or a file as one of its cases leaves it, changes a file in one to four
places, and validates the folder.
"""

import random
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import BASE as TEXTS
from tests.faults import CASES, bytes_of

from opsc_cli.answers.position import positions
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.fmt import CannotBeKept, canonical
from opsc_cli.dataset.validate import FILES, OPTIONAL, validate
from opsc_cli.render.explain import explain_listing

LONGEST_SECONDS = 5
DAYS = (date(2001, 1, 1), date(2009, 6, 30), date(2026, 11, 21))
NAMES = (*FILES, *OPTIONAL)
BASE = {name: bytes_of(TEXTS[name]) for name in NAMES}
SEEDS = {name: [BASE[name], *(bytes_of(c.edited[name].text) for c in CASES if name in c.edited)] for name in NAMES}
PIECES = [
    *sorted({word for texts in SEEDS.values() for text in texts for word in text.split()}),
    b"\t", b"\r", b"\n\n", b": ", b"- ", b"? ", b"|", b">", b"&a ", b"*a", b"!!set ", b"{", b"}", b"[", b"]", b"#",
    b"---\n", b"\x00", b"\xff", b"\xef\xbb\xbf", "\u2028".encode(), "٠".encode(), b"~", b"0", b"-1", b"9999",
    b"1900-01-01", b"2199-12-31",
]  # fmt: skip


def _flipped(text: bytes, at: int, chance: random.Random) -> bytes:
    return text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :]


def _cut(text: bytes, at: int, chance: random.Random) -> bytes:
    return text[:at] + text[at + chance.randrange(1, 60) :]


def _repeated(text: bytes, at: int, chance: random.Random) -> bytes:
    return text[:at] + text[at : at + chance.randrange(1, 200)] * chance.randrange(2, 5) + text[at:]


def _with_a_piece(text: bytes, at: int, chance: random.Random) -> bytes:
    return text[:at] + chance.choice(PIECES) + text[at:]


def _with_another_value(text: bytes, at: int, chance: random.Random) -> bytes:
    """The value of a line replaced: what keeps its form reaches the checks."""
    lines = text.split(b"\n")
    line = chance.randrange(len(lines))
    key, colon, _ = lines[line].partition(b": ")
    lines[line] = key + colon + chance.choice(PIECES)
    return b"\n".join(lines)


def _without_a_line(text: bytes, at: int, chance: random.Random) -> bytes:
    lines = text.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


WAYS: tuple[Callable[[bytes, int, random.Random], bytes], ...] = (
    _flipped, _cut, _repeated, _with_a_piece, _with_another_value, _with_another_value, _without_a_line,
)  # fmt: skip


def mutated(chance: random.Random) -> tuple[str, bytes]:
    """The name of a file, and what it is to hold in this try."""
    name = chance.choice(NAMES)
    text = chance.choice((BASE[name], chance.choice(SEEDS[name])))
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice(WAYS)(text or b"\n", chance.randrange(len(text) or 1), chance)
    return name, text


def asked_of(folder: Path, name: str) -> set[str]:
    """The codes of what is found. The file is laid out as well, and a dataset without errors answers for its States."""
    try:
        dataset, found = validate(folder)
    except Unreadable as unreadable:
        return {f.code for f in unreadable.findings}
    try:
        laid_out = canonical((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    except CannotBeKept:
        pass  # such as a file of one text, or a remark within a value
    else:
        assert canonical(laid_out) == laid_out, "the layout of a layout differs"
    if dataset and all(f.severity == "warning" for f in found):
        for day in DAYS:
            for position in positions(dataset, day, tuple(dataset.states)):
                explain_listing((position,), dataset.sources)
    return {f.code for f in found} or {"none"}


def tried(seed: int, numbers: range, ends: float) -> tuple[str, list[tuple[int, str]]]:
    """A summary of the tries of these numbers until `ends`, and a report for each fault."""
    codes, tries, faults = Counter[str](), 0, list[tuple[int, str]]()
    with TemporaryDirectory() as folder:
        for number in numbers:
            if time.monotonic() > ends:
                break
            tries += 1
            name, text = mutated(random.Random(f"{seed} {number}"))
            for other, content in (BASE | {name: text}).items():
                (Path(folder) / f"{other}.yaml").write_bytes(content)
            begun = time.process_time()
            try:
                codes.update(asked_of(Path(folder), name))
                if time.process_time() - begun > LONGEST_SECONDS:
                    raise TimeoutError(f"more than {LONGEST_SECONDS} seconds")
            except Exception:
                faults.append((number, f"{traceback.format_exc()}\n{name}.yaml\n{text!r}\n"))
    reached = len(codes.keys() - {"none"})
    return f"{tries} tries: {codes['none']} clean, {reached} codes reached", faults
