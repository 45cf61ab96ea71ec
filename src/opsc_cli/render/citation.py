"""How an export and the program are cited (CITATION.cff)."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

TITLE = "State reporting under the Optional Protocol on the sale of children"
PEOPLE = "The contributors to opsc"


def citation(envelope: "Envelope") -> str:
    """Citation File Format 1.2.0: the data, and the program that computed the answers."""
    released = "-".join(envelope["data_version"].split(".")[:3])
    head = {
        "cff-version": "1.2.0",
        "message": "If you use these data or the program, please cite them.",
        "type": "dataset",
    }
    data = {
        "title": TITLE,
        "version": envelope["data_version"],
        "date-released": released,
        "license": "CC0-1.0",
    }
    tool = {"title": "opsc", "type": "software", "version": envelope["tool_version"], "license": "MIT"}
    people = f"authors:\n  - name: {PEOPLE}\n"
    lines = [f"{key}: {json.dumps(value)}" for key, value in (head | data).items()]
    below = "".join(f"    {key}: {json.dumps(value)}\n" for key, value in tool.items()).replace("    ", "  - ", 1)
    return "\n".join(lines) + f"\n{people}references:\n{below}    authors:\n      - name: {PEOPLE}\n"
