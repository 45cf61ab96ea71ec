"""How much of what is wrong does `opsc validate` report? One field of the real dataset is broken at random, many times.

Each edit changes one field so that the record says something wrong. An edit is caught where `opsc validate --strict`
reports something. A field is drawn as often as the record holds it, so the share is that of a slip anywhere.
What is left out: dropping a date (what is absent is unknown, not wrong) and words of judgement (`evidence`, `note`).

    python benchmarks/mutations.py            prints the figures
    python benchmarks/mutations.py --write    writes them into docs/maintain/gate.md
"""

import copy
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from opsc_cli.dataset import checks
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, OPTIONAL, assembled, typed
from opsc_cli.record import terms

ROOT = Path(__file__).parents[1]
SEED, EDITS = 20261121, 1500

Path_ = tuple[str | int, ...]
Files = dict[str, Any]

_DEPOSITS = {"deposited", "earliest", "latest"}
_DAYS = _DEPOSITS | {"signed", "entry_into_force", "submitted", "considered", "adopted", "due", "opens", "closes"}
_KINDS_OF_REPORTS = ("initial", "periodic", "unspecified")
_WORDS = {
    "kind": get_args(terms.Act),
    "status": get_args(terms.MeetingStatus),
    "treaty": ("OPSC", "CRC", "OPAC"),
}


def main() -> None:
    files = {name: read(ROOT / "data" / f"{name}.yaml").value for name in (*FILES, *OPTIONAL)}
    results = list(run(files, random.Random(SEED), EDITS))
    text = report(results)
    if "--write" not in sys.argv:
        print(text)
        return
    page = ROOT / "docs" / "maintain" / "gate.md"
    begins, ends = "<!-- figures -->\n", "<!-- end -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(begins)
    page.write_text(before + begins + text + ends + rest.partition(ends)[2], encoding="utf-8")


def run(files: Files, chance: random.Random, edits: int) -> Iterator[tuple[str, str, bool]]:
    """The edits made: what was done, to which field, and whether the gate reports it."""
    places = list(_places(files))
    typed_once = {name: typed(value, (FILES | OPTIONAL)[name]) for name, value in files.items()}
    assert not reported(typed_once), "the dataset itself must be clean"
    done = 0
    while done < edits:
        file, path, edit = chance.choice(places)
        broken = copy.deepcopy(files[file])
        if not edit(broken, path, chance):
            continue
        done += 1
        made = typed_once | {file: typed(broken, (FILES | OPTIONAL)[file])}
        yield edit.__name__.strip("_").replace("_", " "), _field(path), reported(made)


def reported(made: Files) -> bool:
    """Whether `opsc validate --strict` reports anything of these records; None is one of the wrong form."""
    if any(file is None for file in made.values()):
        return True
    others = {name: file for name, file in made.items() if name in FILES}
    return any(checks.faults(assembled(**others), others["names"], made["readings"]))


# ── the edits ────────────────────────────────────────────────────────────────────────────────────


def _parent(value: Any, path: Path_) -> Any:
    for key in path[:-1]:
        value = value[key]
    return value


def _a_digit_changed(value: Any, path: Path_, chance: random.Random) -> bool:
    """One digit of a date, so that it stays a date."""
    held = _parent(value, path)
    old = held[path[-1]]
    at = chance.choice([i for i, character in enumerate(old) if character.isdigit()])
    new = old[:at] + chance.choice("0123456789") + old[at + 1 :]
    held[path[-1]] = new
    return new != old and _is_a_date(new)


def _moved_by_some_days(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    if len(held[path[-1]]) != 10:
        return False
    moved = date.fromisoformat(held[path[-1]]) + timedelta(days=chance.choice([-30, -7, -3, -2, -1, 1, 2, 3, 7, 30]))
    held[path[-1]] = str(moved)
    return True


def _day_and_month_swapped(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    old = held[path[-1]]
    if len(old) != 10 or old[5:7] == old[8:] or int(old[8:]) > 12:
        return False
    held[path[-1]] = f"{old[:4]}-{old[8:]}-{old[5:7]}"
    return True


def _taken_from_another_record(value: Any, path: Path_, chance: random.Random) -> bool:
    """Two dates of one field swapped between two records."""
    same = [p for p in _paths(value) if p[-1] == path[-1] and p != path and len(p) == len(path)]
    if not same:
        return False
    other = chance.choice(same)
    here, there = _parent(value, path), _parent(value, other)
    here[path[-1]], there[other[-1]] = there[other[-1]], here[path[-1]]
    return bool(here[path[-1]] != there[other[-1]])


def _another_word(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    known: tuple[str, ...] = _WORDS[str(path[-1])]
    if path[-1] == "kind" and held[path[-1]] not in known:
        known = _KINDS_OF_REPORTS if held[path[-1]] in _KINDS_OF_REPORTS else ()
    others = [word for word in known if word != held[path[-1]]]
    if not others:
        return False
    held[path[-1]] = chance.choice(others)
    return True


def _another_number(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    if not held[path[-1]].isdecimal():
        return False
    held[path[-1]] = str(max(1, int(held[path[-1]]) + chance.choice([-10, -1, 1, 10])))
    return True


def _a_character_of_a_symbol_or_code_changed(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    old: str = held[path[-1]]
    at = chance.choice([i for i, character in enumerate(old) if character.isalnum()])
    pool = "0123456789" if old[at].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    held[path[-1]] = old[:at] + chance.choice(pool) + old[at + 1 :]
    return bool(held[path[-1]] != old)


def _the_sources_dropped(value: Any, path: Path_, chance: random.Random) -> bool:
    del _parent(value, path)[path[-1]]
    return True


# ── where the facts stand ────────────────────────────────────────────────────────────────────────


def _places(files: Files) -> Iterator[tuple[str, Path_, Callable[..., bool]]]:
    """Every field that an edit can break, once for each way to break it."""
    for file in ("states", "sessions", "names", "counts"):
        for path in _paths(files[file]):
            for edit in _edits(file, path):
                yield file, path, edit


def _edits(file: str, path: Path_) -> tuple[Callable[..., bool], ...]:
    name = path[-1]
    if "disagreements" in path:
        return ()
    if name in _DAYS and file in ("states", "sessions"):
        return (_a_digit_changed, _moved_by_some_days, _day_and_month_swapped, _taken_from_another_record)
    if name in _WORDS:
        return (_another_word,)
    if name in ("session", "number", "numbers", "value", "follows", "prepares"):
        return (_another_number,)
    if name in ("symbol", "iso2", "m49"):
        return (_a_character_of_a_symbol_or_code_changed,)
    return (_the_sources_dropped,) if name == "sources" else ()


def _paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The paths to every scalar and to every list of sources."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "sources":
                yield (*path, key)
            else:
                yield from _paths(below, (*path, key))
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from _paths(below, (*path, position))
    else:
        yield path


def _is_a_date(text: str) -> bool:
    from opsc_cli.record.dates import parse_recorded

    try:
        parse_recorded(text)
    except ValueError:
        return False
    return True


def _field(path: Path_) -> str:
    return ".".join(str(p) for p in path if isinstance(p, str) and not re.fullmatch(r"[A-Z]{3}", p)).removeprefix(
        "states."
    )


# ── the figures ──────────────────────────────────────────────────────────────────────────────────


def report(results: list[tuple[str, str, bool]]) -> str:
    """The share reported: of the acts of States, which every due date rests on, of all; and what escapes."""
    acts = [r for r in results if r[1].split(".")[-1] in _DEPOSITS | {"signed"} or r[1].endswith("instrument.kind")]
    lines = [
        f"{len(results)} random edits of one field each, seed {SEED}.",
        "",
        "| edits | made | reported |",
        "|---|---|---|",
    ]
    lines += [_row("**all**", results), _row("of the acts of States: signatures, deposits, kinds of instrument", acts)]
    for kind, _ in Counter(kind for kind, *_ in results).most_common():
        lines.append(_row(kind, [r for r in results if r[0] == kind]))
    made_in, escaped = Counter(field for _, field, _ in results), Counter(field for _, field, hit in results if not hit)
    lines += ["", "| what escapes, by field | escaped | of |", "|---|---|---|"]
    lines += [f"| `{field}` | {n} | {made_in[field]} |" for field, n in escaped.most_common()]
    return "\n".join(lines) + "\n"


def _row(name: str, results: list[tuple[str, str, bool]]) -> str:
    return f"| {name} | {len(results)} | {sum(hit for *_, hit in results) / max(1, len(results)):.1%} |"


if __name__ == "__main__":
    main()
