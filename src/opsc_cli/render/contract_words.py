"""The words of the JSON contract: days, codes, shares, and the texts that a key may have."""

from collections.abc import Sequence
from typing import Annotated, Any, get_args

from pydantic import Field

from opsc_cli.dataset.codes import CODES
from opsc_cli.law.authority import Certainty
from opsc_cli.record.terms import MeetingStatus


def _one_of(words: Sequence[str]) -> Any:
    return Field(json_schema_extra={"enum": list(words)})


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Recorded = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as it is on record: a day, a month (2026-05) or a year."""
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 code of the State.")]
CertaintyWord = Annotated[str, _one_of([c.value for c in Certainty])]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
MeetingState = Annotated[str, _one_of((*get_args(MeetingStatus), "projected", "not-on-record"))]
FindingCode = Annotated[str, _one_of(tuple(CODES))]
