"""`opsc site`: every answer as web pages in a folder."""

from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from opsc_cli import console
from opsc_cli.cli.declared import argument, option
from opsc_cli.cli.options import AsOf, Data
from opsc_cli.cli.resolve import as_published, dataset_at, loaded
from opsc_cli.cli.saving import refuse_without_parent, save_folder
from opsc_cli.console import USAGE, fail

_ADDRESS = ("https://", "http://")


def _address_of(text: str) -> str:
    if not text.startswith(_ADDRESS) or not text.isprintable() or " " in text:
        raise ValueError(f"{text!r}: expected an address that begins with https:// or http://")
    return text


def _contact_of(text: str) -> str:
    return text if text.startswith("mailto:") and text.isprintable() and " " not in text else _address_of(text)


_Folder = Annotated[Path, argument(metavar="DIR", help="Folder to write to; created if it does not exist.")]
_Since = Annotated[
    list[str] | None,
    option(
        "--since",
        metavar="OLD",
        help="An earlier dataset, for the page of changes: folder or git revision; repeat it, the oldest first.",
    ),
]
_Url = Annotated[
    Any, option("--url", parser=_address_of, metavar="URL", help="Address of the front page, if it is known.")
]
_ReportTo = Annotated[
    Any,
    option(
        "--report-to", parser=_contact_of, metavar="URL", help="Where readers report a wrong date: address, or mailto:."
    ),
]


def site(
    folder: _Folder,
    as_of: AsOf = None,
    data: Data = None,
    since: _Since = None,
    url: _Url = None,
    report_to: _ReportTo = None,
) -> None:
    """Write every answer as web pages that need no server, with a static API; needs the extra `site` of the package.

    Example: opsc site public
    """
    try:
        from opsc_cli.render.site.build import site as files_of
        from opsc_cli.render.site.pages import Place
    except ModuleNotFoundError as missing:
        if missing.name not in ("jinja2", "markupsafe"):
            raise
        fail(USAGE, f"the site needs Jinja2, which is not installed; run `{console.installing('jinja2')}`")
    from opsc_cli.answers.diff import compared
    from opsc_cli.answers.everything import everything_on
    from opsc_cli.render.listing import envelope_of

    refuse_without_parent(folder)
    day = as_of or console.today()
    dataset = loaded(data)
    versions = {known.version: known for known in (*(dataset_at(old, as_published) for old in since or ()), dataset)}
    comparisons = [compared(old, new, day) for old, new in pairwise(versions.values())]
    place = Place(address=url, corrections=report_to)
    save_folder(files_of(everything_on(dataset, day), envelope_of(dataset, day), comparisons, place), folder)
