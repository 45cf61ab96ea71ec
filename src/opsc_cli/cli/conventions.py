"""What all commands share, in words: exit codes, output formats, environment variables."""

EXIT_CODES = {
    "0": "success; also if a date has passed, or if no State matches the filters",
    "1": "findings: errors from `opsc validate`; an unexplained difference from `opsc audit`; with"
    " `opsc due --exit-code`, a report that is late (overdue, past-due-no-record, past-treaty-term), or one due within"
    " --within; with `opsc data --max-age`, a record that is older; with `opsc fmt --check`, a file that would be"
    " reformatted; with `opsc record`, a fact that was not taken",
    "2": "usage error: unknown option, value or column; unknown or ambiguous State; output file that cannot be written",
    "3": "the dataset is missing, unreadable or invalid",
    "70": "internal error (OPSC_DEBUG=1 shows the traceback), or output that cannot be written",
    "130": "interrupted with Ctrl-C",
}
ON_EXIT_CODES = ("If the reader of a pipe closes it early, the exit code stays the same.",)

FORMATS = {
    "table": "for people; default on a terminal, and of explain in a pipe",
    "tsv": "tab-separated values, one row per report owed; default in a pipe, of explain if --fields is given",
    "csv": "comma-separated values, with the same columns; --excel begins them with a byte order mark, for Excel",
    "json": "one document: versions, last days of the record, day of the answer, then the list (short: --json)",
    "jsonl": "one JSON object per line, without the envelope",
    "md": "Markdown table, with the same columns",
    "ics": "calendar (RFC 5545); available for due, states, sessions, forecast, plan. An event is CONFIRMED if the"
    " treaty or the Committee sets its date, TENTATIVE if the date is practice or a projection. A window covers all its"
    " days. A date that is awaited has no event. A term of the Convention is labelled as a treaty term. Importing a"
    " newer file updates the events. --alarm 90d,2w adds reminders.",
    "svg": "picture with its source line; available for timeline, states (a map with one square per State), stats and"
    " forecast STATE",
    "xlsx": "workbook; needs XlsxWriter, which the extra xlsx of the package installs, and a file: -o FILE.xlsx",
}
ON_FORMATS = (
    "-o FILE writes to a file, completely or not at all. Its suffix sets the format, unless --format does.",
    "--fields A,B shows only these columns, in this order; an unknown name prints the list. JSON is then flat.",
    "Dates are ISO dates. A value that is not on record is null in JSON, and empty in rows.",
    "The same data and the same --as-of give the same bytes.",
)

ENVIRONMENT = {
    "OPSC_AS_OF": "day of the answer; same as --as-of",
    "OPSC_DATA": "folder of the dataset; same as --data",
    "OPSC_LANG": "language of the names of States; same as --lang",
    "OPSC_PAGER": "pager for output longer than the terminal; wins over PAGER. With neither, no pager runs",
    "OPSC_QUIET": "if set, do not warn that the data are old; same as -q",
    "OPSC_DEBUG": "if 1, show the traceback of an internal error",
    "PAGER": "see OPSC_PAGER; if NO_PAGER is set, no pager runs",
    "NO_COLOR": "if set, no colour; wins over FORCE_COLOR. TERM=dumb has the same effect",
    "FORCE_COLOR": "if set, colour output even when piped",
}
ON_ENVIRONMENT = (
    "An option wins over an environment variable. opsc reads no configuration file and does not use the network.",
)
