"""Where a source can be opened: at its address, or by its symbol at the United Nations' own resolver."""

from opsc_cli.record.records import Source

ADDRESSES = ("https://", "http://")
"""What an address begins with."""
UNDOCS = "https://undocs.org/en/"

_ORGANS = frozenset({"A", "CRC", "E", "HRI", "S", "ST"})
"""The first parts of symbols of United Nations documents that are on record."""
_MARKS = frozenset(".-()[]")


def link_of(source: Source | None) -> str | None:
    """The address of a source; without one, the address that its symbol has; else nothing. None is not on record."""
    if source is None:
        return None
    if source.url:
        return source.url
    return f"{UNDOCS}{source.symbol}" if source.symbol and is_symbol(source.symbol) else None


def is_symbol(text: str) -> bool:
    """Whether a text has the form of a United Nations symbol: CRC/C/OPSC/AUT/1, A/69/41, CRC/C/15/Add.238."""
    organ, *parts = text.split("/")
    return organ in _ORGANS and len(parts) > 1 and all(map(_is_part, parts))


def _is_part(part: str) -> bool:
    plain = "".join(character for character in part if character not in _MARKS)
    return plain.isascii() and plain.isalnum()
