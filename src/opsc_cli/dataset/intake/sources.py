"""The source of a fact: one on record, found by id, symbol or URL, or a new one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, get_args
from urllib.parse import unquote

from opsc_cli.dataset.intake.edit import EditedFile
from opsc_cli.dataset.intake.facts import Fact, Refusal
from opsc_cli.dataset.intake.source_ids import id_of
from opsc_cli.dataset.validate import faults_of_form
from opsc_cli.record.records import Source
from opsc_cli.record.terms import SourceKind

_NATURAL = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The source of a fact: its id, its complete record, and the fields not yet on record."""

    key: str
    record: Mapping[str, str]
    adds: Mapping[str, str]

    @property
    def is_new(self) -> bool:
        return self.record == self.adds


class SourceRegister:
    """The sources on record and those added."""

    def __init__(self, file: EditedFile) -> None:
        self._file = file
        self._held: dict[str, dict[str, str]] = {
            key: dict(held) for key, held in (file.value(("sources",)) or {}).items()
        }
        self._by_symbol = {held["symbol"]: key for key, held in self._held.items() if "symbol" in held}
        self._by_place: dict[str, str] = {}
        for key, held in self._held.items():
            self._remember_places(key, held)

    def cited_by(self, fact: Fact) -> Cited:
        """The source that the fact names. Raises Refusal if a new source lacks a required field."""
        key = self._on_record(fact)
        adds = self._lacking(key, fact) if key else _as_record(fact)
        record = {**self._held[key], **adds} if key else adds
        missing = [f"--{name}" for name in ("title", "publisher", "kind") if name not in record]
        if missing:
            named = f"no source {fact.source!r} on record" if fact.source else "the source is not on record"
            kinds = ", ".join(get_args(SourceKind))
            advice = f"add {' and '.join(missing)} (kinds: {kinds}), or --source with the id of a recorded source"
            raise Refusal(f"{named}; {advice}")
        faults = [f"{name}: {message}" for name, message in faults_of_form(record, Source)]
        if faults:
            raise Refusal(f"of the source: {'; '.join(faults)}")
        return Cited(key=key or self._unused(fact.source or id_of(fact)), record=record, adds=adds)

    def put(self, cited: Cited) -> None:
        """Adds what is not yet on record; a new source is inserted among those of its kind, in the order of ids."""
        if cited.is_new:
            self._file.set(("sources", cited.key), dict(cited.record), before=self._after(cited))
        for name, text in cited.adds.items() if not cited.is_new else ():
            self._file.set(("sources", cited.key, name), text)
        self._held[cited.key] = dict(cited.record)
        if "symbol" in cited.record:
            self._by_symbol.setdefault(cited.record["symbol"], cited.key)
        self._remember_places(cited.key, cited.record)

    def _lacking(self, key: str, fact: Fact) -> dict[str, str]:
        """The URL and `as_of` from the fact, if the record of the source lacks them; and what else of it was read.

        Only what is read to check a State or a meeting is read again: elsewhere `read` is the day of the facts.
        """
        held = self._held[key]
        said = {"url": "" if "read_at" in held else fact.url, "as_of": fact.as_of}
        adds = {name: text for name, text in said.items() if text and name not in held}
        parts = held.get("part_read", "").split("; ")
        if fact.part_read and fact.part_read not in parts:
            adds["part_read"] = "; ".join(filter(None, (*parts, fact.part_read)))
        if (fact.fact == "checked" or fact.checked) and fact.read > held["read"]:
            adds["read"] = fact.read
        return adds

    def _after(self, cited: Cited) -> str | None:
        """The source before which a new one goes."""
        keys = self._file.keys(("sources",))
        alike = [held for held in keys if self._held[held]["kind"] == cited.record["kind"]]
        behind = keys[keys.index(alike[-1]) + 1 :] if alike else []
        later = (held for held in alike[1:] if _in_order(held) > _in_order(cited.key))
        return next(chain(later, behind), None)

    def _on_record(self, fact: Fact) -> str | None:
        if fact.source in self._held:
            return fact.source
        if fact.source:
            return None
        if fact.source_symbol in self._by_symbol:
            return self._by_symbol[fact.source_symbol]
        if fact.source_symbol and fact.kind == "document":
            return None  # one URL can have several documents
        for place in (fact.url, fact.read_at):
            if place and _place(place) in self._by_place:
                return self._by_place[_place(place)]
        if fact.url or fact.read_at:
            return None
        said = (fact.title, fact.publisher, fact.as_of)
        same = (k for k, h in self._held.items() if (h["title"], h["publisher"], h.get("as_of", "")) == said)
        return next(same, None)

    def _remember_places(self, key: str, held: Mapping[str, str]) -> None:
        for name in ("url", "read_at"):
            if name in held:
                self._by_place.setdefault(_place(held[name]), key)

    def _unused(self, key: str) -> str:
        numbered = (f"{key}-{n}" if n > 1 else key for n in range(1, len(self._held) + 2))
        return next(candidate for candidate in numbered if candidate not in self._held)


def _as_record(fact: Fact) -> dict[str, str]:
    given: dict[str, Any] = {
        "title": fact.title,
        "publisher": fact.publisher,
        "kind": fact.kind,
        "symbol": fact.source_symbol,
        "url": fact.url,
        "read_at": fact.read_at,
        "as_of": fact.as_of,
        "read": fact.read,
        "part_read": fact.part_read,
        "note": fact.source_note,
    }
    return {name: text for name, text in given.items() if text}


def _in_order(key: str) -> tuple[tuple[int, str], ...]:
    """CRC-C-9 before CRC-C-10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _NATURAL.split(key))


def _place(address: str) -> str:
    """A URL without the parts that do not distinguish pages."""
    return unquote(address.partition("://")[2] or address).removeprefix("www.").rstrip("/").casefold()
