"""Makes the id of a new source by the pattern of the existing ids."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from opsc_cli.dataset.intake.facts import COMMITTEE, Fact

_LONGEST_PUBLISHER = 28

_KNOWN_AS = {
    "Child Rights Connect": "CRCONNECT",
    "Office of the United Nations High Commissioner for Human Rights": "OHCHR",
    "United Nations Office at Geneva": "UNGENEVA",
    "UN Geneva": "UNGENEVA",
    "United Nations": "UN",
}
"""Publishers with a short name in the ids of their sources."""


def id_of(fact: Fact) -> str:
    """From the symbol of a document, the State of a list of issues without a symbol, or the publisher."""
    if fact.source_symbol and fact.kind == "document":
        return _slug(fact.source_symbol)
    state = "" if fact.state in ("", COMMITTEE) else fact.state
    if fact.kind == "document" and fact.fact in ("list-of-issues", "loipr"):
        return _joined(("LOI", state, fact.as_of))
    by = _KNOWN_AS.get(fact.publisher) or _cut(_slug(fact.publisher.partition("(")[0]).upper())
    host = _slug(urlsplit(fact.url or fact.read_at).netloc.removeprefix("www.")).upper()
    return _joined((by or host or "SOURCE", fact.as_of or fact.on, state))


def _joined(parts: Iterable[str]) -> str:
    return "-".join(part for part in parts if part)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")


def _cut(slug: str) -> str:
    """Cuts an id after a whole word."""
    return slug if len(slug) <= _LONGEST_PUBLISHER else slug[: _LONGEST_PUBLISHER + 1].rpartition("-")[0]
