"""Every code of a finding: what it means, an example of it, and the remedy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a contributor is told of a code: `opsc validate --explain CODE`."""

    meaning: str
    example: str
    remedy: str


CODES = {
    "FILE01": Code(
        "the file or folder is missing, or is not a regular file",
        "opsc validate dta",
        "give the folder that holds states.yaml, sessions.yaml, sources.yaml, names.yaml and counts.yaml",
    ),
    "FILE02": Code(
        "the file is larger, or holds more values, than the reader accepts",
        "a states.yaml of 200 MB",
        "the whole record takes less than one megabyte: look for what was pasted by mistake",
    ),
    "FILE03": Code(
        "the file is not UTF-8 text",
        "a file saved as Latin-1 or UTF-16",
        'save it again as UTF-8; every editor offers it under "Save as"',
    ),
    "YAML01": Code(
        "the text is not YAML",
        "note: Signed: twice",
        "mend the line named; a text with a colon and a space stands in quotation marks",
    ),
    "YAML02": Code(
        "the same key stands twice in one record",
        "`signed:` two times under `signature:`",
        "keep one of the two",
    ),
    "YAML03": Code(
        "an anchor, an alias or a tag: the dataset is plain text",
        "sources: *same",
        "write the value out where it is used",
    ),
    "YAML04": Code(
        "a second document in the file",
        "a line of three hyphens in the middle",
        "remove the line; one file holds one document",
    ),
    "YAML05": Code(
        "nested deeper than any record is",
        "a list within a list within a list",
        "compare the indentation with the record above",
    ),
    "YAML06": Code(
        "a key without a value: what is unknown is left out",
        "submitted:",
        "write the value, or delete the line",
    ),
    "YAML07": Code(
        "a control character, a line break or another character that does not print",
        "a zero-width space pasted from a web page",
        "type the value anew",
    ),
    "FORM01": Code(
        "a field that the record does not have",
        "depositted: 2004-05-06",
        "take the field's name from the example at the top of the file",
    ),
    "FORM02": Code(
        "a field that the record must have is missing",
        "an instrument without `kind`",
        "add it; the example at the top of the file shows every field",
    ),
    "FORM03": Code(
        "a value of the wrong form",
        "deposited: 6.5.2004",
        "write a day as 2004-05-06, and a word as the vocabulary has it",
    ),
    "FORM04": Code(
        "a version that is not a day",
        "version: 2026.13.21",
        "write the day of the dataset as YYYY.MM.DD",
    ),
    "FORM05": Code(
        "more faults of form in one file than are listed",
        "another program's export in place of states.yaml",
        "compare the file with the example at its top; mend the faults that are listed and run again",
    ),
    "SRC01": Code(
        "a source id that data/sources.yaml does not have",
        "- UNTC-2051",
        "correct the id, or record the source in sources.yaml first",
    ),
    "SRC02": Code(
        "a fact without a source",
        "`sources: []` beside `procedure:`",
        "name the source; a fact without one does not belong into the record",
    ),
    "SRC03": Code(
        "a source that no fact uses",
        "a source left behind when its fact was corrected",
        "delete the source, or cite it",
    ),
    "SRC04": Code(
        "a source cited for a fact later than the day it speaks of",
        "a table of January 2015 cited for a deposit of 2018",
        "cite the source that can know, or correct the day",
    ),
    "SRC05": Code(
        "a source read after the dataset's version, or before the day it speaks of",
        "read: 2062-11-21",
        "correct `read`, `as_of` or the dataset's `version`",
    ),
    "SRC06": Code(
        "a source read so long ago that it is to be read again",
        "read: 2019-01-01 in a dataset of 2026",
        "read the source again, correct what has changed and give the new day in `read`",
    ),
    "SRC07": Code(
        "a fact cites a document of another State",
        "a report of Nepal with the source CRC-C-OPSC-AUT-1",
        "cite the State's own document; its symbol bears the State's code",
    ),
    "SRC08": Code(
        "a review that no source of the kind it is said to be known from supports",
        "evidence: release, where a summary record alone is cited",
        "correct `evidence`, or cite the source that it names",
    ),
    "SRC09": Code(
        "a source cited twice in one list",
        "- UNTC-2015 twice under one `sources:`",
        "delete one of the two, or name the other source that was meant",
    ),
    "NAME01": Code(
        "a State without a name, or a name without a State",
        "AUX: in states.yaml",
        "correct the ISO 3166 alpha-3 code, or add the State to both files",
    ),
    "NAME02": Code(
        "two States under one name, alias or code",
        "iso2: AT for Australia",
        "give each State its own; a name that two bear goes under `refused`",
    ),
    "NAME03": Code(
        "a code that has not the form of its list: ISO 3166 alpha-3, alpha-2, UN M49",
        "m49: 40",
        "write capital letters, and M49 codes with their three digits",
    ),
    "NAME04": Code(
        "a State out of the alphabetical order of the names",
        "BRA: after BRN:",
        "move the State, with everything below it, to its place",
    ),
    "NAME05": Code(
        "a State under a remark that names another",
        "NER: # Nigeria",
        "correct the remark, or the code if the facts are those of the other State; more may follow a comma",
    ),
    "READ01": Code(
        "the record and the second reading of its source differ",
        "deposited: 2004-05-07 where the depositary's table was read to say 2004-05-06",
        "look at the source. Where the record is wrong, correct it; where the second reading in readings.yaml "
        "is wrong, correct that; where the record rightly differs, say so under `disagreements`",
    ),
    "SRC10": Code(
        "an assertion, or a date that the Committee set, whose sources do not say when they speak",
        "not_submitted as of 2025-06-01 from a summary record without `as_of`",
        "give the source its `as_of`, the date that it bears; it must not be before the day asserted",
    ),
    "SRC11": Code(
        "an assertion by the Committee or its secretariat without a document or release about that State",
        "asserted_by: secretariat with a newspaper, or with the dialogue of another State, as its source",
        "cite the document or release in which they say so; if another says it, name that one under `asserted_by`",
    ),
    "SYM01": Code(
        "a symbol that does not fit its treaty, its State, its kind of document or its number",
        "symbol: CRC/C/AUS/5-6 for Austria",
        "copy the symbol from the document",
    ),
    "SYM02": Code(
        "a document among the sources whose id is not made of its symbol",
        "CRC-C-OPSC-NPL-1 with the symbol CRC/C/OPSC/NPL/2",
        "correct the one that is wrong: the id is the symbol with hyphens between its letters and digits",
    ),
    "DATE01": Code(
        "dates in an impossible order",
        "deposited before it was signed",
        "look both days up in their sources; one of them is wrong",
    ),
    "DATE02": Code(
        "a fact later than the day on which the record ends",
        "submitted: 2027-01-05 in a record that ends in 2026",
        "correct the day; or, with news up to a later day, move `as_of` and `version`",
    ),
    "DATE03": Code(
        "an instrument needs either its day of deposit or a bracket",
        "`earliest` without `latest`",
        "give `deposited`, or both ends of the bracket",
    ),
    "DATE04": Code(
        "what concluding observations say of the next report: a date has its day, an announcement has none",
        "kind: date without `due`",
        "add the day, or choose the other kind",
    ),
    "DATE05": Code(
        "the numbers of a State's reports under a treaty do not rise",
        "report 3-4 after report 5",
        "correct the number, or the order of the reports",
    ),
    "LAW01": Code(
        "an entry into force, or a landmark of it, that the article does not give",
        "2004-06-16 for a deposit of 6 May 2004",
        "OPSC art. 14(2) counts one calendar month from the deposit: check both days",
    ),
    "LAW02": Code(
        "an act that the State could not make: a ratification needs a signature, an accession has none",
        "kind: accession of a State that signed",
        "correct the kind, or add or remove the signature",
    ),
    "LAW03": Code(
        "a report or review of a State that is not bound by the treaty",
        "an initial report received before the Protocol was in force",
        "check the day, the State and the treaty",
    ),
    "LAW04": Code(
        "a signature or instrument of a State that had not signed or joined the Convention",
        "an OPSC accession with nothing under `crc`",
        "OPSC art. 13 opens the Protocol to States that are party to the Convention or signed it: add that "
        "act, or check the State",
    ),
    "LAW05": Code(
        "a succession without the day on which it took effect",
        "kind: succession without `published_entry_into_force`",
        "record the day the depositary gives, or say in a `note` that it is not on record",
    ),
    "LAW06": Code(
        "a printed due year that differs from the computed day, unexplained",
        "due_published: 2007 where the article gives 2006",
        "keep the printed year and add a disagreement `about: due_published` with the reason",
    ),
    "MEET01": Code(
        "a review at a session that data/sessions.yaml does not have, or that was not held",
        "session: 490",
        "correct the number, or record the session first",
    ),
    "MEET02": Code(
        "sessions or reviews out of order, too long, or numbered out of step",
        "session 46 a season before session 50",
        "compare the days and the number with the sessions around it",
    ),
    "MEET03": Code(
        "concluding observations adopted outside the session that reviewed the report",
        "adopted: 2020-03-07 for a session that closed on 7 February",
        "correct the day or the session; if the day is right, add `confirmed` with what makes it sure",
    ),
    "MEET04": Code(
        "a session in another month than January, May or September, or of another length than three weeks, unexplained",
        "opens: 2009-07-13",
        "correct the day, or say why in a `note`",
    ),
    "MEET05": Code(
        "a pre-sessional working group that does not fit the sessions around it",
        "a group that meets before the session it follows",
        "a group sits in the week after the session it follows: check its days and numbers",
    ),
    "MEET06": Code(
        "a review whose sources are about another session",
        "session: 82 with UN-CRC-83-CLOSING as its source, or with one that every other review cites for session 83",
        "correct the session or the source; if both are right, add `confirmed` with what makes it sure",
    ),
    "MEET07": Code(
        "a review whose session or day does not fit the number of the meeting it is cited from",
        "considered: 2012-06-08 from CRC/C/SR.1706, where CRC/C/SR.1708 is of 5 June 2012",
        "meetings are numbered in the order of their days: look up the day and the number of the summary record",
    ),
    "MEET08": Code(
        "a dialogue on another day than the release about it",
        "considered: 2013-05-29 with a release of 30 May 2013 as its source",
        "correct the day; if it is right, add `confirmed` with what makes it sure",
    ),
    "MEET09": Code(
        "a status that does not fit the place, the number or the day of the meeting",
        "status: held with `place: online`",
        "a session that was held has a number, one that was not has none; one in Geneva was held, one online was "
        "held-online; what opened before the record ends is no longer announced",
    ),
    "REP01": Code(
        "two reports of a State under one treaty at one session",
        "two CRC reports at session 83",
        "one of them is under another treaty or at another session; a combined report is one, with `numbers: 3-4`",
    ),
    "REP02": Code(
        "a kind of report that does not fit the treaty, the number or the reports before it",
        "kind: periodic for an OPSC report of a party to the Convention",
        "the first report under a treaty is initial; after it, a party to the Convention reports under the Convention",
    ),
    "REP03": Code(
        "a report that was received and not reviewed, but is older than the last review: no answer takes it up",
        "submitted: 2012-05-25 with the State's last review in 2017",
        "record its review, or correct the day; if it was never reviewed, add `confirmed` with what makes it sure",
    ),
    "REP04": Code(
        "a number that does not follow from that of the report reviewed before",
        "numbers: 9 of the next report, in observations on report 7",
        "look both up in their symbols; if a review between them is not on record, add `confirmed` and say so",
    ),
    "SUSP01": Code(
        "1 January or 31 December: often a stand-in for a year",
        "deposited: 2002-01-01",
        "write the year alone if no more is known; if the day is right, add `confirmed` with what makes it sure",
    ),
    "SUSP02": Code(
        "an act on a Saturday or a Sunday",
        "deposited: 2001-11-11",
        "look the day up; if it is right, add `confirmed` with what makes it sure",
    ),
    "SUSP03": Code(
        "concluding observations adopted on another day than the last one of the session",
        "adopted: 2009-01-28",
        "look the day up; if it is right, add `confirmed` with what makes it sure",
    ),
    "SUSP04": Code(
        "a session or working group that does not open on a Monday or close on a Friday",
        "opens: 2009-01-13",
        "look the day up; if it is right, add `confirmed` with what makes it sure",
    ),
    "SUSP05": Code(
        "a day asked for unusually soon or late after the asking",
        "a next report due in 2036 by observations of 2022",
        "look the day up; if it is right, add `confirmed` with what makes it sure",
    ),
    "COUNT01": Code(
        "a published total that differs from the dataset's, or that the dataset has no room for, unexplained",
        "value: 177 where the record has 178 deposits",
        "check the day of the latest deposits; where the record is right, say why under `explained`",
    ),
    "COUNT02": Code(
        "a published count of a session's reviews that is lower than the reviews on record, or given twice",
        "session: 38, value: 9 where the record has 10 reviews under the Convention",
        "look both up: a count of all reports, or of one chamber, is another thing",
    ),
}
