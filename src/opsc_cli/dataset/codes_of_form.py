"""The finding codes of files and their form: what is wrong before any fact is compared."""

from opsc_cli.record.frozen import Frozen


class Code(Frozen, kw_only=False):
    """The explanation that `opsc validate --explain CODE` prints."""

    meaning: str
    example: str
    remedy: str


OF_FORM = {
    "FILE01": Code(
        "the file or folder is missing, or is not a regular file",
        "opsc validate dta",
        "give the folder that holds states.yaml, sessions.yaml, sources.yaml, names.yaml and counts.yaml",
    ),
    "FILE02": Code(
        "the file is larger, or holds more values, than the reader accepts",
        "a states.yaml of 200 MB",
        "the whole record takes less than one megabyte; look for text pasted by mistake",
    ),
    "FILE03": Code(
        "the file is not UTF-8 text",
        "a file saved as Latin-1 or UTF-16",
        'save it again as UTF-8; every editor offers it under "Save as"',
    ),
    "YAML01": Code(
        "the text is not YAML",
        "note: Signed: twice",
        "correct the line named; put a text that contains a colon and a space in quotation marks",
    ),
    "YAML02": Code(
        "the same key occurs twice in one record",
        "`signed:` two times under `signature:`",
        "keep one of the two",
    ),
    "YAML03": Code(
        "an anchor, an alias or a tag: the dataset is plain text",
        "sources: *same",
        "write the value where it is used",
    ),
    "YAML04": Code(
        "a second document in the file",
        "a line of three hyphens in the middle",
        "remove the line; one file holds one document",
    ),
    "YAML05": Code(
        "nested deeper than any record",
        "a list within a list within a list",
        "compare the indentation with the record above",
    ),
    "YAML06": Code(
        "a key without a value",
        "submitted:",
        "write the value; if it is unknown, delete the line",
    ),
    "YAML07": Code(
        "a control character, a line break or another invisible character",
        "a zero-width space pasted from a web page",
        "type the value again",
    ),
    "YAML08": Code(
        "a text that begins like a formula: =, +, - or @",
        "note: =2003",
        "begin the text with a word; a spreadsheet that opens the tables would run what it takes for a formula",
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
        "write a day as 2004-05-06; for a closed list, use one of the words that the message lists",
    ),
    "FORM04": Code(
        "the dataset's version is not a day",
        "version: 2026.13.21",
        "write the day of the dataset as YYYY.MM.DD",
    ),
    "FORM05": Code(
        "more findings in one file than can be listed",
        "another program's export instead of states.yaml",
        "compare the file with the example at its top; correct what is listed and run the command again",
    ),
}
