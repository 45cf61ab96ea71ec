"""Asks at a terminal for the second reading of a day on which answers or forecasts rest."""

import sys
from typing import TYPE_CHECKING

from opsc_cli import console

if TYPE_CHECKING:
    from opsc_cli.dataset.intake.outcome import Entered

_NO_SECOND_READING = "READ02"


def typed_again(entered: "Entered", *, days: int) -> str:
    """What somebody types when asked for the day again, or for both days; empty if nobody is asked, or for Enter."""
    is_needed = any(finding.code == _NO_SECOND_READING for finding in entered.warnings)
    if not (is_needed and sys.stdin and sys.stdin.isatty() and console.heard()):
        return ""
    wanted = "the day" if days == 1 else "both days"
    console.remark(f"type {wanted} again, read anew in the source (Enter: later)")
    return sys.stdin.readline().strip()
