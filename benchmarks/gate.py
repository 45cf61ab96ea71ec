"""Checking the dataset: `opsc validate` on all its files, against check-jsonschema on the same files with our schemas.

Both are asked as commands, interleaved; the ratio is of processor time, round by round, as a median. opsc does
more: it also asks whether what the files say is true.
"""

import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ROUNDS = 5


def _processor_seconds(*command: str | Path) -> float:
    before = os.times()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def main() -> None:
    names = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
    ratios, ours = [], []
    for _ in range(ROUNDS):
        checked = sum(
            _processor_seconds(
                BIN / "check-jsonschema", "--schemafile", f"data/{name}.schema.json", f"data/{name}.yaml"
            )
            for name in names
        )
        ours.append(_processor_seconds(BIN / "opsc", "validate", "data", "--strict"))
        ratios.append(ours[-1] / checked)
    print(f"{len(names)} files, Python {platform.python_version()}, {ROUNDS} rounds")
    print(
        f"opsc validate ÷ check-jsonschema: {statistics.median(ratios):.3f} (median), {statistics.median(ours):.2f} s"
    )


if __name__ == "__main__":
    main()
