"""The words of an answer and what they mean: standings, certainties, and the terms of treaty reporting."""

from collections.abc import Mapping

from opsc_cli.law.standing import Standing

STANDINGS: Mapping[Standing, str] = {
    "not-bound": "The Protocol does not bind this State, so it owes nothing under it.",
    "not-yet-bound": "Its instrument is deposited; the Protocol enters into force for it later.",
    "upcoming": "The date has not passed.",
    "overdue": "The date has passed, and the Committee, its secretariat or the State itself says that nothing came.",
    "past-due-no-record": "The date has passed and no submission is on record; the report may have been sent.",
    "past-treaty-term": "The Convention's five-year term has passed; the Committee usually sets another date, and none"
    " is on record.",
    "date-awaited": "The Committee will communicate the date; until then nothing is late.",
    "loipr-awaited": "A date set by the Committee has passed, but the list of issues that the report would answer is"
    " not on record.",
    "with-the-committee": "The report was received; no review of it is on record.",
    "not-established": "The record does not show it; the answer says why.",
}
CERTAINTIES: Mapping[str, str] = {
    "treaty": "computed from the treaty's text and the depositary's dates",
    "committee-set": "set by the Committee, as its text, its secretariat or the State says",
    "practice": "a pattern of the Committee, or what others report or announce",
    "projection": "our own estimate",
}
"""What each certainty means, the surest first. A date that rests on another is never surer than that one."""

WORDS: Mapping[str, str] = {
    "the Committee": "The Committee on the Rights of the Child: the experts who examine the reports of States.",
    "the Convention": "The Convention on the Rights of the Child of 1989 (CRC).",
    "OPSC": "The Optional Protocol to the Convention on the sale of children, child prostitution and child pornography,"
    " of 2000.",
    "State party": "A State that the treaty binds. A signatory has only signed: it owes no report.",
    "instrument": "The document by which a State joins: a ratification, acceptance, approval, accession or succession.",
    "deposit": "The State hands its instrument to the Secretary-General. The Protocol binds it one month later.",
    "initial report": "The first report under the Protocol, due two years after it began to bind the State.",
    "periodic report": "A later report, under the Convention; it includes information on the Protocol.",
    "treaty term": "The day that the Convention's five-year rule gives. It is no due date where the Committee"
    " sets another, as it usually does.",
    "expected": "Said of a date that only an NGO, the press or the like reports, not the Committee's own text.",
    "window": "The days between which a date lies, if the record has only a bracket.",
    "displaced": "Said of a date that a rule gives but another rule replaces.",
    "session": "A meeting of the Committee, some three weeks, at which it examines States in public.",
    "pre-session": "Pre-sessional working group: a closed week some months before a session, in which members of the"
    " Committee hear organisations and adopt lists of issues.",
    "list of issues": "The Committee's questions on a report, adopted before the session.",
    "LOIPR": "List of issues prior to reporting: questions that the Committee asks first; the report is the reply.",
    "simplified procedure": "The Committee asks first (LOIPR), and the State's report is its reply. The rule since"
    " 2024, unless the State opted out.",
    "standard procedure": "The State reports first; the Committee then asks (list of issues) and examines.",
    "concluding observations": "The Committee's published findings after it examined a State; they may set the date of"
    " the next report.",
    "review": "The examination of a State at a session. Here it ends with the concluding observations.",
    "even odds": "The month by which the chance reaches one half, supposing that no session which passed without a"
    " record was the review; a forecast, never a date that anybody set.",
    "alternative report": "What organisations and children send to the Committee beside the State's report.",
    "additional submission": "What organisations send later, on the State's report or on its replies.",
    "symbol": "The number of a United Nations document, such as CRC/C/OPSC/AUT/1.",
}
