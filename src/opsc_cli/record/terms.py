"""The closed lists of terms that a record may use."""

from typing import Literal

Act = Literal["ratification", "acceptance", "approval", "accession", "succession"]
Treaty = Literal["OPSC", "CRC"]
TreatyName = Literal["OPSC", "CRC", "OPAC", "unspecified"]
Procedure = Literal["standard", "simplified"]
Evidence = Literal["document", "closing-release", "release", "programme", "press-ngo"]
Asserter = Literal[
    "committee",
    "secretariat",
    "state",
    "committee-member",
    "nhri",
    "ngo",
    "press",
    "press-and-ngo",
    "academic",
    "inferred",
]
"""Who can assert that a report was not submitted. `nhri`: a national human rights institution."""
Reporter = Literal["committee", "secretariat", "state", "nhri", "ngo", "press", "academic"]
"""Who reports what concluding observations say about the next report. `committee`: the text itself was read."""
MeetingStatus = Literal["announced", "held", "held-online", "held-elsewhere", "cancelled", "postponed"]
Region = Literal[
    "African States",
    "Asia-Pacific States",
    "Eastern European States",
    "Latin American and Caribbean States",
    "Western European and other States",
]
SourceKind = Literal[
    "depositary", "treaty-database", "document", "release", "programme", "ngo", "press", "academic", "dataset", "state"
]
