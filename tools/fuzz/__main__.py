"""Tries `opsc` with what nobody should give it, and reports what is not answered as it should be.

    python tools/fuzz calls --tries 10000 --seed 1    command lines, with environment, streams and odd paths
    python tools/fuzz data --minutes 5                datasets with broken bytes

The same seed gives the same tries. A fault is written to the folder `found`; `--only N` repeats that try alone. Mend
it, and keep a test of it: of a call in tests/, of bytes in tests/broken/. Exit 1 if there is a fault.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])
from tools.fuzz import calls, data  # noqa: E402

FOUND = Path("found")
WHAT = {"calls": calls.tried, "data": data.tried}


def main() -> None:
    options = argparse.ArgumentParser(prog="tools/fuzz")
    options.add_argument("what", choices=WHAT)
    options.add_argument("--tries", type=int, default=sys.maxsize)
    options.add_argument("--from", dest="first", type=int, default=0, help="the number of the first try")
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options.add_argument("--only", type=int, help="one try alone, by its number")
    asked = options.parse_args()
    numbers = range(asked.first, asked.first + asked.tries)
    if asked.only is not None:
        numbers = range(asked.only, asked.only + 1)
    ends = time.monotonic() + 60 * asked.minutes
    summary, faults = WHAT[asked.what](asked.seed, numbers, ends)
    for number, report in faults:
        FOUND.mkdir(exist_ok=True)
        (FOUND / f"{asked.what}-{asked.seed}-{number}.txt").write_text(report, encoding="utf-8")
    print(f"{asked.what}, seed {asked.seed}: {summary}, {len(faults)} faults")
    sys.exit(bool(faults))


main()
