"""Tables that are searched, not parsed; among them the table of names: which State a name or a code means.

Each line begins with what its texts lead to; then come the texts, each between two tabs. To find a text, search for it
with its tabs. The build writes the table of names, as names are compared (spelling.py), to a file beside the compiled
dataset: its length; what is refused, with the codes that may be meant and the reason; after an empty line, the States.

    0094495
    COD COG: two States have this name	congo	…

    AFG	afg	af	004	afghanistan	islamicrepublicofafghanistan	…
"""

NAMES = "_dataset.tsv"
WIDTH = 7  # of its length
BECAUSE = ": "
"""Between the codes that may be meant and the reason."""


def read(path: str) -> bytes:
    """The table of names; raises OSError if there is no such file, or if it is not whole."""
    with open(path, "rb") as file:
        table = file.read()
    if not table.startswith(b"%0*d\n" % (WIDTH, len(table))):
        raise not_whole(path)
    return table


def not_whole(path: str) -> OSError:
    return OSError(None, "the file is not whole; install opsc again", path)


def damaged(path: str, line: int) -> OSError:
    return OSError(None, f"line {line} is damaged; install opsc again", path)


def states_in(table: bytes) -> int:
    """Where the names of States begin in the table of names."""
    return table.index(b"\n\n")


def found_in(table: bytes, text: str, begins: int | None = None, ends: int | None = None) -> str:
    """What a text without tabs leads to in a part of a table; an empty text if it does not have it."""
    at = table.find(b"\t%s\t" % text.encode(errors="replace"), begins, ends)
    line = table.rfind(b"\n", 0, at) + 1
    return table[line : table.index(b"\t", line)].decode() if at >= 0 else ""


def texts_in(table: bytes) -> list[str]:
    return [text for line in table.decode().split("\n") for text in line.split("\t")[1:-1]]


def codes_and_reason(leads_to: str) -> tuple[list[str], str]:
    """The States that may be meant by a refused text, and the reason; of a name, its State."""
    codes, _, because = leads_to.partition(BECAUSE)
    return codes.split(), because
