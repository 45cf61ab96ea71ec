"""The closed lists of terms that a record may use."""

from typing import Literal

Act = Literal["ratification", "acceptance", "approval", "accession", "succession"]
TreatyName = Literal["OPSC", "CRC", "OPAC", "unspecified"]
Procedure = Literal["standard", "simplified"]
Evidence = Literal["document", "closing-release", "release", "programme", "press-ngo"]
Asserter = Literal["committee", "secretariat", "state", "committee-member", "press", "press-and-ngo", "inferred"]
MeetingStatus = Literal["announced", "held", "held-online", "held-elsewhere", "cancelled", "postponed"]
Region = Literal[
    "African States",
    "Asia-Pacific States",
    "Eastern European States",
    "Latin American and Caribbean States",
    "Western European and other States",
]
SourceKind = Literal[
    "depositary", "treaty-database", "document", "release", "programme", "ngo", "press", "dataset", "state"
]
