"""Measures the share of errors that `opsc validate` reports, by changing random fields of the real dataset.

Each edit changes one field so that the record is wrong. It counts as reported if `opsc validate --strict` has a
finding. Fields are drawn in proportion to their number in the record. Left out: removing a date (a missing date is
unknown, not wrong), and fields of judgement (`evidence`, `note`).

    python benchmarks/mutations.py               prints the figures
    python benchmarks/mutations.py --seed 7      for another sample
    python benchmarks/mutations.py --write       writes them into docs/maintain/gate.md
"""

import copy
import random
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args

from opsc_cli.dataset import checks
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, OPTIONAL, assembled, typed
from opsc_cli.record import terms

ROOT = Path(__file__).parents[1]
SEED, EDITS = 31122026, 1500

Path_ = tuple[str | int, ...]
Files = dict[str, Any]

_DEPOSITS = {"deposited", "earliest", "latest"}
_DAYS = _DEPOSITS | {
    "signed", "entry_into_force", "submitted", "due_published", "considered", "adopted", "due", "as_of", "known_on",
    "received", "made", "answered", "opens", "closes",
}  # fmt: skip
_KINDS = (get_args(terms.Act), ("initial", "periodic", "unspecified"), get_args(terms.Procedure))
"""The values of `kind`: of an instrument, of a report, of a State's procedure."""
_WORDS = {
    "kind": (),
    "status": get_args(terms.MeetingStatus),
    "treaty": get_args(terms.TreatyName),
    "procedure": get_args(terms.Procedure),
    "asserted_by": get_args(terms.Reporter),
}


class Result(NamedTuple):
    """One edit: its kind, the file and the field, and whether the gate reports it."""

    edit: str
    file: str
    field: str
    hit: bool

    @property
    def is_a_slip(self) -> bool:
        """Whether it changes one fact about a State: a date, a session, a number, a symbol, an act, a word."""
        return self.file == "states" and self.edit not in ("the sources dropped", "taken from another record")


def main() -> None:
    asked = ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--edits", type=int, default=EDITS)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    files = {name: read(ROOT / "data" / f"{name}.yaml").value for name in (*FILES, *OPTIONAL)}
    results = list(run(files, random.Random(given.seed), given.edits))
    text = report(results, given.seed)
    if not given.write:
        print(text)
        return
    page = ROOT / "docs" / "maintain" / "gate.md"
    begins, ends = "<!-- figures -->\n", "<!-- end -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(begins)
    page.write_text(before + begins + text + ends + rest.partition(ends)[2], encoding="utf-8")


def run(files: Files, chance: random.Random, edits: int) -> Iterator[Result]:
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
        yield Result(edit.__name__.strip("_").replace("_", " "), file, _field(path), reported(made))


def reported(made: Files) -> bool:
    """Whether `opsc validate --strict` has a finding about these records; None if the edit broke their form."""
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
    """Changes one digit of a date; the result is still a date."""
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


def _another_month_or_year(value: Any, path: Path_, chance: random.Random) -> bool:
    """Changes the month or the year by one."""
    held = _parent(value, path)
    old: str = held[path[-1]]
    year, month, day = old[:4], old[4:7], old[7:]
    if month and chance.random() < 0.5:
        month = f"-{int(month[1:]) + chance.choice([-1, 1]):02}"
    else:
        year = str(int(year) + chance.choice([-1, 1]))
    held[path[-1]] = year + month + day
    return _is_a_date(held[path[-1]])


def _day_and_month_swapped(value: Any, path: Path_, chance: random.Random) -> bool:
    held = _parent(value, path)
    old = held[path[-1]]
    if len(old) != 10 or old[5:7] == old[8:] or int(old[8:]) > 12:
        return False
    held[path[-1]] = f"{old[:4]}-{old[8:]}-{old[5:7]}"
    return True


def _taken_from_another_record(value: Any, path: Path_, chance: random.Random) -> bool:
    """Swaps the values of one date field between two records."""
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
    if path[-1] == "kind":
        known = next((words for words in _KINDS if held[path[-1]] in words), ())
    others = [word for word in known if word != held[path[-1]]]
    if not others:
        return False
    held[path[-1]] = chance.choice(others)
    return True


def _another_number(value: Any, path: Path_, chance: random.Random) -> bool:
    """Changes a number in a range by one; a single number by one or ten."""
    held = _parent(value, path)
    numbers = [int(number) for number in held[path[-1]].split("-")]
    at, by = chance.randrange(len(numbers)), chance.choice([-1, 1] if len(numbers) > 1 else [-10, -1, 1, 10])
    numbers[at] += by
    held[path[-1]] = "-".join(map(str, numbers))
    return numbers == sorted(set(numbers)) and numbers[0] > 0


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


# ── fields to change ────────────────────────────────────────────────────────────────────────


def _places(files: Files) -> Iterator[tuple[str, Path_, Callable[..., bool]]]:
    """Every field that an edit can change, once for each kind of edit."""
    for file in ("states", "sessions", "names", "counts"):
        for path in _paths(files[file]):
            for edit in _edits(file, path):
                yield file, path, edit


def _edits(file: str, path: Path_) -> tuple[Callable[..., bool], ...]:
    name = path[-1]
    if "disagreements" in path:
        return ()
    if name in _DAYS and file in ("states", "sessions"):
        own = (_a_digit_changed, _moved_by_some_days, _another_month_or_year, _day_and_month_swapped)
        return (*own, _taken_from_another_record)
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


def report(results: list[Result], seed: int) -> str:
    """The shares reported: of all edits, of facts about States, and of the acts on which every due date depends."""
    slips = [r for r in results if r.is_a_slip]
    acts = [r for r in slips if r.field.split(".")[-1] in _DEPOSITS | {"signed"} or r.field.endswith("instrument.kind")]
    lines = [
        f"{len(results)} random edits of one field each, seed {seed}.",
        "",
        "| edits | made | reported |",
        "|---|---|---|",
        _row("**slips in one fact about a State**: a date, session, number, symbol, act or word", slips),
        _row("of the acts of States: signatures, deposits, kinds of instrument", acts),
        _row("all, with dropped sources, and the calendar, names and totals", results),
    ]
    for kind, _ in Counter(r.edit for r in results).most_common():
        lines.append(_row(kind, [r for r in results if r.edit == kind]))
    made_in, escaped = Counter(r.field for r in results), Counter(r.field for r in results if not r.hit)
    lines += ["", "| what escapes, by field | escaped | of |", "|---|---|---|"]
    lines += [f"| `{field}` | {n} | {made_in[field]} |" for field, n in escaped.most_common()]
    return "\n".join(lines) + "\n"


def _row(name: str, results: list[Result]) -> str:
    return f"| {name} | {len(results)} | {sum(r.hit for r in results) / max(1, len(results)):.1%} |"


if __name__ == "__main__":
    main()
