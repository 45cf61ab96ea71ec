"""Converts the text of the YAML to typed values (days, numbers, URLs); the class of all records."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar

from opsc_cli.record import dates
from opsc_cli.record.frozen import Frozen


class Record(Frozen):
    """Refuses unknown fields in the YAML."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


class Parsed(Frozen, kw_only=False):
    """Tells Pydantic how to parse a text of the YAML."""

    parse: Callable[[str], Any]
    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.parsed)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, str]:
        return {"type": "string", "pattern": self.pattern}

    def parsed(self, value: Any) -> Any:
        """Raises ValueError if the text cannot be parsed, as every such parser does."""
        if not isinstance(value, str):
            raise ValueError("expected a text on one line")
        return self.parse(value)


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= 4):
        raise ValueError("expected a whole number")
    return int(text)


def _address(text: str) -> str:
    scheme, _, place = text.partition("://")
    if scheme not in ("https", "http") or not place or " " in text:
        raise ValueError("expected an address that begins with https:// or http:// and has no space in it")
    return text


def _report_numbers(text: str) -> tuple[int, ...]:
    first, dash, last = text.partition("-")
    start = _whole_number(first)
    end = _whole_number(last) if dash else start
    if not start <= end <= start + 9:
        raise ValueError("expected a report number, or a range such as 5-6")
    return tuple(range(start, end + 1))


READ_AGAIN = (
    "signed", "kind", "deposited", "earliest", "latest", "entry_into_force", "received", "procedure", "not_submitted",
    "list_adopted", "list_due", "list_numbers", "request_made", "request_due", "request_answered", "submitted",
    "due_published", "programme", "reviewed", "considered", "adopted", "next_due", "next_numbers",
)  # fmt: skip
"""The facts that can have a second reading."""


def _readings(text: str) -> tuple[tuple[str, str], ...]:
    found = tuple(item.partition(" ")[::2] for item in text.split("; "))
    for field, value in found:
        if field not in READ_AGAIN or not value:
            raise ValueError(f"{field!r}: expected a fact and its value, such as `submitted CRC 2018-04-04`")
    return found


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(text.split(", "))
    if not all(len(code) == 3 and code.isascii() and code.isupper() for code in codes):
        raise ValueError("expected ISO 3166 alpha-3 codes, such as AUT, NPL")
    return codes


Day = Annotated[date, Parsed(dates.parse_day, r"^\d{4}-\d{2}-\d{2}$")]
Partial = Annotated[dates.Recorded, Parsed(dates.parse_recorded, r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Number = Annotated[int, Parsed(_whole_number, r"^[1-9]\d{0,3}$")]
Numbers = Annotated[tuple[int, ...], Parsed(_report_numbers, r"^[1-9]\d*(-[1-9]\d*)?$")]
Address = Annotated[str, Parsed(_address, r"^https?://[^ ]+$")]
Readings = Annotated[
    tuple[tuple[str, str], ...], Parsed(_readings, rf"^({'|'.join(READ_AGAIN)}) .+(; ({'|'.join(READ_AGAIN)}) .+)*$")
]
Texts = Annotated[tuple[str, ...], Parsed(lambda text: tuple(text.split(" | ")), r"^.+$")]
Codes = Annotated[tuple[str, ...], Parsed(_codes, r"^[A-Z]{3}(, [A-Z]{3})*$")]
Sources = tuple[str, ...]
