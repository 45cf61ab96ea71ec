"""Whether a call ended as it should: what a call without a fault may end with and write."""

import json
from collections.abc import Iterator
from contextlib import suppress

from tools.fuzz.calls import Call


def wrong(call: Call, code: str, out: bytes | None, err: bytes | None) -> Iterator[str]:
    """Each thing that is wrong with how the call ended."""
    said = err or b""
    full = "full" in (call.out, call.err) or call.out == "terminal"
    if code not in ("0", "1", "2", "3") and not (code == "70" and full and b"internal" not in said):
        yield f"ended with {code}"
    if b"Traceback" in said or b"internal error" in said:
        yield "shows what is inside"
    if code == "2" and err is not None and not err.startswith(b"opsc: "):
        yield "a usage error that says nothing"
    aside = {"-o", "--output"} & {word.partition("=")[0] for word in call.arguments}
    if code == "3" and err is not None and out is not None and not (err or out or aside):
        yield "a dataset that cannot be used, and nothing is said"
    coloured = "always" in call.arguments or "--color=always" in call.arguments or call.variables.get("FORCE_COLOR")
    for stream in (out, err):
        yield from _unprintable(stream or b"", bool(coloured))
    if code == "0" and out and _is_json(call) and b"\x1b" not in out:
        with suppress(ValueError):
            json.loads(out)
            return
        yield "no JSON"


def _unprintable(written: bytes, coloured: bool) -> Iterator[str]:
    if written.startswith(b"PK"):  # a workbook
        return
    try:
        text = written.decode("utf-8-sig")  # --excel begins a table with a byte order mark
    except UnicodeDecodeError:
        yield "writes what is not UTF-8"
        return
    allowed = "\n\t\r\x1b" if coloured else "\n\t\r"
    rest = text.translate(dict.fromkeys(map(ord, allowed)))
    if not rest.isprintable():
        yield f"writes {[c for c in rest if not c.isprintable()][:20]}"


def _is_json(call: Call) -> bool:
    words = call.arguments
    aside = {"-o", "--output", "-h", "--help", "--version", "--explain", "--template", "-"}
    return (
        words[:1] == [call.command]
        and "--json" in words
        and not aside & set(words)
        and not any("=" in w for w in words)
    )
