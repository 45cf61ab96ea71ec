"""Every rule that the answers apply, in the order of the law: the articles of both treaties, then the Committee's."""

from collections.abc import Iterator

from opsc_cli.law import committee, treaty
from opsc_cli.law.authority import Authority


def rules() -> Iterator[Authority]:
    """Each rule once."""
    found = (value for module in (treaty, committee) for value in vars(module).values())
    yield from dict.fromkeys(value for value in found if isinstance(value, Authority))
