"""The index of names: which State a name or a code means, and which texts are refused, why, and for which States.

The build writes it beside the compiled dataset. A line has what leads to one State, or what is refused for one reason,
as names are compared (spelling.py), after the State's code, or the codes that may be meant and the reason. The first
line has the length of the rest, and an empty line follows the refused texts. To find a name is to look for it between
two tabs:

    : the name of a language	arabic	…
    COD COG: two States have this name	congo	…

    AFG	afg	af	004	afghanistan	islamicrepublicofafghanistan	…
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Index = tuple[bytes, bytes]
    """The lines of what is refused, and those of the States."""

FILE = "_dataset.tsv"
BECAUSE = ": "
"""Before the reason of a refusal."""


def read(path: str) -> "Index":
    """Reads the file; raises OSError if there is none, or if it is not whole."""
    with open(path, "rb") as file:
        length, lines = file.readline(), file.read()
    if length != b"%d\n" % len(lines):
        raise OSError(None, "the file is not whole; install opsc again", path)
    refused, _, states = lines.partition(b"\n\n")
    return refused, states


def found_in(lines: bytes, name: str) -> str:
    """What a name leads to; an empty text if the lines do not have it."""
    at = lines.find(b"\t%s\t" % name.encode(errors="replace"))
    begins = lines.rfind(b"\n", 0, at) + 1
    return lines[begins : lines.index(b"\t", begins)].decode() if at >= 0 else ""


def meaning(index: "Index", name: str) -> str:
    """What a name leads to; what is refused is looked for before names."""
    return found_in(index[0], name) or found_in(index[1], name)


def codes_and_reason(leads_to: str) -> tuple[list[str], str]:
    codes, _, because = leads_to.partition(BECAUSE)
    return codes.split(), because


def names_in(lines: bytes) -> list[str]:
    return [name for line in lines.decode().split("\n") for name in line.split("\t")[1:-1]]


def written(refused: "Mapping[str, str]", states: "Mapping[str, str]") -> bytes:
    """The file, of what each text leads to."""
    lines = "\n\n".join("\n".join(_lines(part)) for part in (refused, states)).encode()
    return b"%d\n%s" % (len(lines), lines)


def _lines(part: "Mapping[str, str]") -> "Iterator[str]":
    alike: dict[str, list[str]] = {}
    for name, leads_to in part.items():
        alike.setdefault(leads_to, []).append(name)
    return ("\t".join((leads_to, *names, "")) for leads_to, names in alike.items())
