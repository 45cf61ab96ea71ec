"""A second measure of what `opsc validate` reports, made apart from mutations.py and without regard to the checks.

It draws a text anywhere in the data files and replaces it by another of the same look: a day, a number, a symbol or an
id, or another value of the same field. It does not know what a text means. It leaves out free text (`title`,
`note` …), names, what is kept beside the record (`disagreements`), and the second readings.

    python benchmarks/fields.py --seed 7 --edits 500            each text equally often
    python benchmarks/fields.py --seed 7 --edits 500 --fields   each field equally often, however rare
    python benchmarks/fields.py --seed 7 --file states --show   of one file only; lists the edits that escape
"""

import copy
import random
import re
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mutations import ROOT, reported

from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import FILES, OPTIONAL, typed

KINDS = FILES | OPTIONAL
FREE = {"title", "publisher", "url", "note", "confirmed", "read_at", "part_read", "explained", "kept_because"}
NOT_FACTS = {"version", "read", "checked", "aliases", "refused", "disagreements", *FREE}

Place = tuple[str, tuple[str | int, ...]]


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a file with its path."""
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in NOT_FACTS:
                yield from texts(below, (*path, key))
    elif path:
        yield path, value


def field(path: tuple[str | int, ...]) -> str:
    """The path without codes of States, ids and positions."""
    return ".".join(key for key in path if isinstance(key, str) and re.fullmatch(r"[a-z_0-9]+", key))


def another(text: str, others: list[str], chance: random.Random) -> str:
    """A text of the same look."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        moves = [timedelta(days=chance.choice([-1, 1]) * n) for n in (1, 3, 9, 10, 30, 90, 365)]
        swapped = f"{text[:5]}{text[8:]}-{text[5:7]}"
        return chance.choice([str(day + chance.choice(moves)), swapped if text[8:] <= "12" else str(day + moves[0])])
    if re.fullmatch(r"[\d-]+", text):
        *first, last = re.split(r"(?=\d+$)", text, maxsplit=1)
        return "".join(first) + str(int(last) + chance.choice([-1, 1])).zfill(len(last) if last.startswith("0") else 0)
    if len(others) > 12 and re.search(r"\d", text):
        at = chance.choice([n for n, character in enumerate(text) if character.isalnum()])
        pool = "0123456789" if text[at].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return chance.choice([text[:at] + chance.choice(pool) + text[at + 1 :], chance.choice(others)])
    return chance.choice(others)


def main() -> None:
    asked = ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--edits", type=int, default=500)
    asked.add_argument("--fields", action="store_true")
    asked.add_argument("--file", choices=sorted(FILES))
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    chance = random.Random(given.seed)
    files = {name: read(ROOT / "data" / f"{name}.yaml").value for name in KINDS if name != "readings"}
    valid = {name: typed(value, KINDS[name]) for name, value in files.items()}
    valid["readings"] = typed(read(ROOT / "data" / "readings.yaml").value, KINDS["readings"])
    places, held = defaultdict[str, list[Place]](list), defaultdict[str, set[str]](set)
    for name, value in files.items():
        for path, text in texts(value):
            kind = f"{name}: {field(path)}"
            places[kind].append((name, path))
            held[kind].add(text)
    made, escaped = Counter[str](), Counter[str]()
    kinds = sorted(kind for kind in places if len(held[kind]) > 1 and kind.startswith(given.file or ""))
    weights = [1 if given.fields else len(places[kind]) for kind in kinds]
    while made.total() < given.edits:
        [kind] = chance.choices(kinds, weights)
        name, path = chance.choice(places[kind])
        broken = parent = copy.deepcopy(files[name])
        for key in path[:-1]:
            parent = parent[key]
        old = parent[path[-1]]
        new = another(old, sorted(held[kind]), chance)
        if new == old:
            continue
        parent[path[-1]] = new
        made[kind] += 1
        if not reported(valid | {name: typed(broken, KINDS[name])}):
            escaped[kind] += 1
            if given.show:
                print(f"{kind} {path}: {old} -> {new}")
    for file in ("", "states"):
        edits, passed = (sum(n for kind, n in some.items() if kind.startswith(file)) for some in (made, escaped))
        print(f"{file or 'all files'}, seed {given.seed}: {edits} edits, {1 - passed / max(1, edits):.1%} reported")
    for kind, n in escaped.most_common():
        print(f"  {kind}: {n} of {made[kind]} escaped")


if __name__ == "__main__":
    main()
