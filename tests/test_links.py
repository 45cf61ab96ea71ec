"""A source can be opened: at its address, or by its symbol."""

import json
import re

import pytest

from opsc_cli.record.links import is_symbol, link_of
from opsc_cli.record.records import Dataset
from tests.commands import opsc

DAY = ("--as-of", "2026-11-21")
UNTC = "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=IV-11-c&chapter=4"
DATES = f"\x1b]8;;{UNTC}\x1b\\UNTC-2015"
OPENED = "\x1b]8;;https://undocs.org/en/CRC/C/OPSC/AUT/1\x1b\\CRC/C/OPSC/AUT/1\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    "symbol", ["CRC/C/OPSC/AUT/1", "CRC/C/15/Add.238", "CRC/C/SR.1344", "A/69/41", "CRC/C/AUT/5-6", "ST/HR/SER.A/1"]
)
def test_a_symbol(symbol: str) -> None:
    assert is_symbol(symbol)


@pytest.mark.parametrize("text", ["", "CRC", "CRC/", "CRC/C", "CRC//1", "XYZ/C/1", "CRC/C/ 1", "CRC/C/1?x=y"])
def test_no_symbol(text: str) -> None:
    assert not is_symbol(text)


def test_every_symbol_on_record_opens(dataset: Dataset) -> None:
    releases = ("HR/CRC/",)  # symbols of press releases, which the resolver does not have
    symbols = [s for s in dataset.sources.values() if s.symbol and not s.symbol.startswith(releases)]
    assert len(symbols) > 300
    assert all(link_of(source) for source in symbols)
    assert all(link_of(source) == source.url for source in dataset.sources.values() if source.url)


@pytest.mark.parametrize("command", ["sources", "explain", "due"])
def test_on_a_terminal_with_hyperlinks_and_nowhere_else(command: str) -> None:
    asked = (command, "Austria", *DAY, "--format", "table")
    coloured = opsc(*asked, "--color", "always").stdout
    assert (DATES if command == "due" else OPENED) in coloured
    assert coloured == opsc(*asked, "--color", "always").stdout, "no number at random"
    assert "\x1b" not in opsc(*asked, "--color", "never").stdout


def test_in_json_and_markdown() -> None:
    sources = {s["id"]: s for s in json.loads(opsc("sources", "Austria", *DAY, "--json").stdout)["sources"]}
    report = sources["CRC-C-OPSC-AUT-1"]
    assert report["link"] == report["url"] or report["link"] == "https://undocs.org/en/CRC/C/OPSC/AUT/1"
    assert "<https://undocs.org/en/CRC/C/OPSC/AUT/1>" in opsc("sources", "Austria", *DAY, "--format", "md").stdout


def test_in_a_calendar() -> None:
    """The article is the event's address; the description opens each source."""
    written = opsc("due", "--all", *DAY, "--format", "ics").stdout.replace("\r\n ", "")
    assert "\nURL:https://www.ohchr.org/" in written
    opened = re.findall(r"([\w-]+) \((https?://\S+)\)(?:\\; |\.\\n)", written)
    assert ("UNTC-2015", UNTC) in opened
    assert [link for _, link in opened if link.startswith("https://undocs.org/en/CRC/C/")]
