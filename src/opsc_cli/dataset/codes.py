"""Every finding code: its meaning, an example and the remedy."""

from opsc_cli.dataset.codes_of_form import OF_FORM, Code

CODES = {
    **OF_FORM,
    "SRC01": Code(
        "a source id that data/sources.yaml does not have",
        "- UNTC-2051",
        "correct the id, or record the source in sources.yaml first",
    ),
    "SRC02": Code(
        "a fact without a source",
        "`sources: []` beside `procedure:`",
        "name the source; the record holds no fact without one",
    ),
    "SRC03": Code(
        "a source that no fact uses",
        "a source that was not deleted when its fact was corrected",
        "delete the source, or cite it",
    ),
    "SRC04": Code(
        "a source cited for a fact later than its date (`as_of`), or for a check later than it was read",
        "a table of January 2015 cited for a deposit of 2018",
        "cite a later source, or correct the day",
    ),
    "SRC05": Code(
        "a source read in the future, or before its own date (`as_of`)",
        "read: 2062-11-21",
        "correct `read` or `as_of`; a source read today is allowed",
    ),
    "SRC06": Code(
        "a source read more than three years before the dataset's version",
        "read: 2019-01-01 in a dataset of 2026",
        "read the source again, correct what has changed and write the new day in `read`",
    ),
    "SRC07": Code(
        "a fact cites a source about other States",
        "a report of Nepal with the source CRC-C-OPSC-AUT-1",
        "cite a source about the State: its code is in the symbol or the id, or the source's `speaks_of` in "
        "readings.yaml lists it",
    ),
    "SRC08": Code(
        "a review whose `evidence` is not the strongest kind that its sources give",
        "evidence: release, with only a summary record among the sources",
        "correct `evidence`, or cite a source of that kind; a stronger source that was read later changes nothing; "
        "if all is right, add `confirmed` with the reason",
    ),
    "SRC09": Code(
        "a source cited twice in one list",
        "- UNTC-2015 twice under one `sources:`",
        "delete one of the two, or replace it with the source that you meant",
    ),
    "NAME01": Code(
        "a State without a name, or a name without a State",
        "AUX: in states.yaml",
        "correct the ISO 3166 alpha-3 code, or add the State to both files",
    ),
    "NAME02": Code(
        "two States under one name, alias or code",
        "iso2: AT for Australia",
        "give each State its own name and code; put a name that two States share under `refused`",
    ),
    "NAME03": Code(
        "a code that does not have the form of its list: ISO 3166 alpha-3, alpha-2, UN M49",
        "m49: 40",
        "write ISO codes in capital letters, and M49 codes with three digits",
    ),
    "NAME04": Code(
        "a State not in the alphabetical order of the names",
        "BRA: after BRN:",
        "move the State, with all its fields, to its place",
    ),
    "NAME05": Code(
        "a State with a comment that names another State",
        "NER: # Nigeria",
        "correct the comment, or the code if the facts are those of the other State; after a comma you may add more",
    ),
    "READ01": Code(
        "the record and the cross-check in readings.yaml differ",
        "deposited: 2004-05-07 where readings.yaml has 2004-05-06 from the depositary's table",
        "look at the source and correct the file that is wrong; if the record rightly differs from the source, "
        "explain it under `disagreements`",
    ),
    "READ02": Code(
        "a fact that nothing else on record limits, such as a day of receipt, without a second reading",
        "submitted: 2018-04-04, with nothing under `facts` in readings.yaml that says so",
        "read the day in the source again, without looking at the first, and add it to readings.yaml under the State "
        "and the source that you read; `opsc record` with `--again` does so",
    ),
    "READ03": Code(
        "a listed name of a State that finds another State or none, or that several States share although one has it",
        "`Swaziland` under the aliases of Switzerland",
        "move the name to its State; a name that States share goes under `refused`",
    ),
    "SRC10": Code(
        "an assertion, or a date that the Committee set, with only undated or older sources",
        "not_submitted as of 2025-06-01 from a summary record without `as_of`",
        "add the date of the source as its `as_of`; if it is before the day asserted, cite a later source",
    ),
    "SRC11": Code(
        "an assertion whose source is somebody else's; by the Committee or its secretariat, without a "
        "document or release about that State",
        "asserted_by: secretariat with a newspaper, or with the dialogue of another State, as its source",
        "cite the document or release in which they say so; if somebody else says so, correct `asserted_by`",
    ),
    "SRC12": Code(
        "a source whose date is not the one in its id, or whose kind is not that of its publisher's others",
        "as_of: 2018-03-21 of ECPAT-INDONESIA-2018-03-19-IDN",
        "look at the source, and correct the one that is wrong; an id may begin with another word",
    ),
    "SRC13": Code(
        "an act that does not cite the table of the depositary in which it was read a second time",
        "a deposit with the source TRB-2005-282 alone, where readings.yaml has it from UNTC-2015",
        "add the table to its sources",
    ),
    "SYM01": Code(
        "a symbol that does not fit its treaty, its State, its kind of document or its number",
        "symbol: CRC/C/AUS/5-6 for Austria",
        "copy the symbol from the document",
    ),
    "SYM02": Code(
        "a document whose id does not follow from its symbol",
        "CRC-C-OPSC-NPL-1 with the symbol CRC/C/OPSC/NPL/2",
        "correct the one that is wrong: the id is the symbol with hyphens instead of other signs",
    ),
    "SYM03": Code(
        "a report with the symbol of another report, or with another symbol than the report it cites",
        "symbol: CRC/C/28/Add.13 with CRC-C-KGZ-3-4 as its source",
        "look at the document, and correct the symbol or the source",
    ),
    "SYM04": Code(
        "a report under the Convention of another kind or number than the series of its symbol, or of no such series",
        "kind: periodic with symbol: CRC/C/11/Add.28, a series of initial reports",
        "look at the cover, which says whether the report is the initial, the second or the third; correct the kind, "
        "the number or the symbol; if the series is another one, add `confirmed` with the words of the cover",
    ),
    "DATE01": Code(
        "dates in an impossible order",
        "deposited before it was signed",
        "compare both days with their sources, and correct the one that is wrong",
    ),
    "DATE02": Code(
        "a fact later than the day on which the record ends, or a `checked` that is not later",
        "submitted: 2027-01-05 in a record that ends in 2026",
        "correct the day; or give its source an `as_of` from that day on, its State a later `checked`",
    ),
    "DATE03": Code(
        "an instrument with neither a day of deposit nor a complete bracket, or with both",
        "`earliest` without `latest`",
        "give either `deposited`, or both `earliest` and `latest`",
    ),
    "DATE04": Code(
        "a next report of the kind `date` without `due`, or of another kind with `due`",
        "kind: date without `due`",
        "add `due`, or change `kind`",
    ),
    "DATE05": Code(
        "the numbers of a State's reports under a treaty do not increase",
        "report 3-4 after report 5",
        "correct the number, or the order of the reports",
    ),
    "DATE06": Code(
        "a record that is said to reach a day that no source on record covers",
        "as_of: committee: 2026-11-01, where the last session closed, and the last source ends, on 30 January 2026",
        "write the last day that the sources cover, or record the source that you read",
    ),
    "LAW01": Code(
        "an entry into force, or a tenth or twentieth deposit, that differs from the article",
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
        "a signature or instrument of a State that had neither signed nor joined the Convention",
        "an OPSC accession with nothing under `crc`",
        "OPSC art. 13 opens the Protocol to States that are party to the Convention or signed it: add that "
        "act, or check the State",
    ),
    "LAW05": Code(
        "a succession without the day on which it took effect",
        "kind: succession without `published_entry_into_force`",
        "add the day that the depositary gives, or a `note` that it is not on record",
    ),
    "LAW06": Code(
        "a printed due year that differs from the computed day, without an explanation",
        "due_published: 2007 where the article gives 2006",
        "keep the printed year and add a disagreement `about: due_published` with the reason",
    ),
    "MEET01": Code(
        "a review at a session that data/sessions.yaml does not have, or that was not held",
        "session: 490",
        "correct the number, or record the session first",
    ),
    "MEET02": Code(
        "sessions or reviews in the wrong order, too long, or with a number that does not fit",
        "session 46 a season before session 50",
        "compare the days and the number with the sessions around it",
    ),
    "MEET03": Code(
        "concluding observations adopted outside the session that reviewed the report",
        "adopted: 2020-03-07 for a session that closed on 7 February",
        "correct the day or the session; if the day is right, add `confirmed` with the reason",
    ),
    "MEET04": Code(
        "a session not in January, May or September, or not of three weeks, without an explanation",
        "opens: 2009-07-13",
        "correct the day, or give the reason in a `note`",
    ),
    "MEET05": Code(
        "a pre-sessional working group that does not fit the sessions around it",
        "a group that meets before the session it follows",
        "a group meets in the week after the session it follows: check its days and numbers",
    ),
    "MEET06": Code(
        "a review whose sources are about another session",
        "session: 82 with UN-CRC-83-CLOSING as its source, or with one that every other review cites for session 83",
        "correct the session or the source; if both are right, add `confirmed` with the reason",
    ),
    "MEET07": Code(
        "a review whose session or day does not fit the number of the meeting in its source",
        "considered: 2012-06-08 from CRC/C/SR.1706, where CRC/C/SR.1708 is of 5 June 2012",
        "meetings are numbered in order of time: check the day and the number of the summary record",
    ),
    "MEET08": Code(
        "a dialogue on another day than the release about it",
        "considered: 2013-05-29 with a release of 30 May 2013 as its source",
        "correct the day; if it is right, add `confirmed` with the reason",
    ),
    "MEET09": Code(
        "a status that does not fit the place, the number or the day of the meeting",
        "status: held with `place: online`",
        "only a session that was held has a number; write `held` for one in Geneva and `held-online` for one online; "
        "a meeting that opened before the record ends cannot be `announced`",
    ),
    "MEET10": Code(
        "two reports of a State considered at one session on days that do not follow each other",
        "considered: 2015-01-29 for one report, 2015-01-14 for another, both at session 68",
        "compare both days with their sources; if they are right, add `confirmed` with the reason",
    ),
    "MEET11": Code(
        "a report reviewed at another session than its working group prepared",
        "pre_session: 34 of a report reviewed at session 35",
        "correct the one that is wrong; if the review was moved, say in a `note` for which session it was planned",
    ),
    "REP01": Code(
        "two reports of a State under one treaty at one session",
        "two CRC reports at session 83",
        "correct the treaty or the session of one; record a combined report once, with `numbers: 3-4`",
    ),
    "REP02": Code(
        "a kind of report that does not fit the treaty, the number or the reports before and after it",
        "kind: periodic for an OPSC report of a party to the Convention",
        "the first report under a treaty is initial; after it, a party to the Convention reports under the Convention",
    ),
    "REP03": Code(
        "a report without a review that is older than the State's last review, so that no answer mentions it",
        "submitted: 2012-05-25 with the State's last review in 2017",
        "record its review, or correct the day; if it was never reviewed, add `confirmed` with the reason",
    ),
    "REP04": Code(
        "a number that does not follow the report reviewed before, or differs from what was announced or asked for",
        "numbers: 9 of the next report, in observations on report 7",
        "check both symbols; if a review between them is not on record, add `confirmed` with that reason",
    ),
    "REP05": Code(
        "a review that was not concluded, with concluding observations",
        "outcome: not-concluded with `concluding_observations` below",
        "delete the outcome if the observations are of this review",
    ),
    "REP06": Code(
        "a reporting procedure that is not the one of every other State in the same source",
        "kind: standard from a page that lists States under the simplified procedure",
        "read the page again; if it is right, say so in a `note`",
    ),
    "REP07": Code(
        "a procedure of a report that its lists of issues, or the day of its receipt, contradict",
        "procedure: standard of a report that a list of issues prior to reporting asks for",
        "a report that answers such a list is simplified; one with a list of issues of its own is standard, as is one "
        "from before there were such lists: correct the procedure, the list or the day",
    ),
    "REP08": Code(
        "a report that cites a document about another number, with no report of that number on record",
        "numbers: 12 with `Second periodic report … Belize` as its source",
        "look at the document, and correct the number or the source; if the report that it is about is not on record, "
        "add `confirmed` with that reason",
    ),
    "SUSP01": Code(
        "1 January or 31 December, which often means that only the year is known",
        "deposited: 2002-01-01",
        "write only the year if no more is known; if the day is right, add `confirmed` with the reason",
    ),
    "SUSP02": Code(
        "an act on a Saturday or a Sunday",
        "deposited: 2001-11-11",
        "check the day in its source; if it is right, add `confirmed` with the reason",
    ),
    "SUSP03": Code(
        "concluding observations adopted on another day than the last one of the session",
        "adopted: 2009-01-28",
        "check the day in its source; if it is right, add `confirmed` with the reason",
    ),
    "SUSP04": Code(
        "a session or working group that does not open on a Monday or close on a Friday",
        "opens: 2009-01-13",
        "check the day in its source; if it is right, add `confirmed` with the reason",
    ),
    "SUSP05": Code(
        "a due date unusually soon or late after the request",
        "a next report due in 2036 by observations of 2022",
        "check the day in its source; if it is right, add `confirmed` with the reason",
    ),
    "COUNT01": Code(
        "a published total that differs from the dataset, without an explanation",
        "value: 177 where the record has 178 deposits",
        "check the days of the latest deposits; if the record is right, give the reason under `explained`",
    ),
    "COUNT02": Code(
        "a published count of a session's reviews that is lower than the reviews on record, or given twice",
        "session: 38, value: 9 where the record has 10 reviews under the Convention",
        "check both: a count of all reports, or of one chamber, is a different count",
    ),
}
