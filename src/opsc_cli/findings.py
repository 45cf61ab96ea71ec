"""A finding: what is wrong in the dataset, where, and what is expected instead."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in one place. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    where: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.where}: {self.message}"


class Unreadable(Exception):
    """The dataset cannot be read at all, or is not valid; holds every finding."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


CODES = {
    "FILE01": "the file or folder is missing, or is not a regular file",
    "FILE02": "the file is larger than the reader accepts",
    "FILE03": "the file is not UTF-8 text",
    "YAML01": "the text is not YAML",
    "YAML02": "the same key stands twice in one record",
    "YAML03": "an anchor, an alias or a tag: the dataset is plain text",
    "YAML04": "a second document in the file",
    "YAML05": "nested deeper than any record is",
    "YAML06": "a key without a value: what is unknown is left out",
    "YAML07": "a control character, a line break or another character that does not print",
    "FORM01": "a field that the record does not have",
    "FORM02": "a field that the record must have is missing",
    "FORM03": "a value of the wrong form",
    "FORM04": "a version that is not a day",
    "SRC01": "a source id that data/sources.yaml does not have",
    "SRC02": "a dated fact without a source",
    "SRC03": "a source that no fact uses",
    "SRC04": "a source cited for a fact later than the day it speaks of",
    "SRC05": "a source read after the dataset's version, or before the day it speaks of",
    "SRC06": "a source read so long ago that it is to be read again",
    "NAME01": "a State without a name, or a name without a State",
    "NAME02": "two States under one name, alias or code",
    "NAME03": "a code that has not the form of its list: ISO 3166 alpha-3, alpha-2, UN M49",
    "READ01": "the record and the second reading of its source differ",
    "SYM01": "a symbol that does not fit its treaty, its State, its kind of document or its number",
    "DATE01": "dates in an impossible order",
    "DATE02": "a fact later than the day on which the record ends",
    "DATE03": "an instrument needs either its day of deposit or a bracket",
    "DATE04": "what concluding observations say of the next report: a date has its day, an announcement has none",
    "DATE05": "the numbers of a State's reports under a treaty do not rise",
    "LAW01": "a published entry into force that differs from the article by more than a day",
    "LAW02": "an act that the State could not make: a ratification needs a signature, an accession has none",
    "LAW03": "a report or review of a State that is not bound by the treaty",
    "LAW04": "a signature or instrument of a State that had not signed or joined the Convention",
    "LAW05": "a succession without the day on which it took effect",
    "LAW06": "a printed due year that differs from the computed day, unexplained",
    "MEET01": "a session that data/sessions.yaml does not have",
    "MEET02": "sessions or reviews out of order, too long, or numbered out of step",
    "MEET03": "concluding observations adopted outside the session that reviewed the report",
    "MEET04": "a session in another month than January, May or September, unexplained",
    "MEET05": "a pre-sessional working group that does not fit the sessions around it",
    "SUSP01": "1 January or 31 December: often a stand-in for a year",
    "SUSP02": "an act on a Saturday or a Sunday",
    "SUSP03": "concluding observations adopted on another day than the last one of the session",
    "SUSP04": "a session that does not open on a Monday or close on a Friday",
    "COUNT01": "a published total that differs from the dataset's, unexplained",
}
"""Every code and what it means, in the words of `opsc validate`."""
