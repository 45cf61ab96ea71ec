"""What a renderer knows of a terminal."""

from opsc_cli.record.frozen import Frozen


class Screen(Frozen, kw_only=False):
    """A terminal's width in columns, and whether to use colour, make addresses links, explain words below."""

    width: int
    colour: bool
    links: bool = False
    explains: bool = False
