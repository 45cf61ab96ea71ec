"""A template for a table of facts: the columns, and one example of each kind of fact."""

import csv
import io

from opsc_cli.dataset.intake.facts import COLUMNS
from opsc_cli.dataset.intake.table import REMARK

_OF_A_DOCUMENT = {
    "title": "Report submitted by Nepal under article 12 (1)",
    "publisher": "United Nations",
    "kind": "document",
    "url": "https://docstore.ohchr.org/…",
}
_OF_THE_PRESS = {
    "title": "An article",
    "publisher": "A newspaper",
    "kind": "press",
    "url": "https://example.org/article",
    "as_of": "2021-11-02",
}

EXAMPLES: tuple[dict[str, str], ...] = (
    {"state": "NPL", "fact": "report-received", "value": "2009-05-12", "symbol": "CRC/C/OPSC/NPL/1", **_OF_A_DOCUMENT,
     "source_symbol": "CRC/C/OPSC/NPL/1"},
    {"state": "NPL", "fact": "due-printed", "value": "2008", "source": "CRC-C-OPSC-NPL-1"},
    {"state": "NPL", "fact": "list-of-issues", "value": "2011-10-12", "symbol": "CRC/C/OPSC/NPL/Q/1",
     "replies_by": "2012-03-30", **_OF_A_DOCUMENT, "source_symbol": "CRC/C/OPSC/NPL/Q/1"},
    {"state": "NPL", "fact": "loipr", "value": "2023-06-22", "symbol": "CRC/C/NPL/QPR/6-7", "replies_by": "2024-06-15",
     **_OF_A_DOCUMENT, "source_symbol": "CRC/C/NPL/QPR/6-7"},
    {"state": "NPL", "fact": "review", "value": "2012-06-04", "session": "60", **_OF_A_DOCUMENT,
     "source_symbol": "CRC/C/SR.1706"},
    {"state": "NPL", "fact": "observations", "value": "2016-06-03", "symbol": "CRC/C/NPL/CO/3-5", **_OF_A_DOCUMENT,
     "source_symbol": "CRC/C/NPL/CO/3-5"},
    {"state": "NPL", "fact": "next-due", "value": "2021-10-13", "numbers": "6-7", "asserted_by": "state",
     **_OF_THE_PRESS},
    {"state": "NPL", "fact": "not-submitted", "value": "2021-11-02", "treaty": "CRC", "asserted_by": "press",
     **_OF_THE_PRESS},
    {"state": "NPL", "fact": "programme", "value": "101", "symbol": "CRC/C/NPL/6-7", "known_on": "2026-04-01",
     **_OF_THE_PRESS},
    {"state": "NPL", "fact": "procedure", "value": "standard", "treaty": "CRC", "numbers": "6-7", **_OF_THE_PRESS},
    {"state": "NPL", "fact": "signature", "value": "2000-09-08", **_OF_THE_PRESS},
    {"state": "NPL", "fact": "deposit", "value": "2006-01-01..2006-01-20", "act": "ratification", **_OF_THE_PRESS},
    {"state": "NPL", "fact": "entry-into-force", "value": "2006-02-20", **_OF_THE_PRESS},
    {"state": "NPL", "fact": "checked", "value": "2026-11-27", "title": "Reporting status of Nepal", "kind": "dataset",
     "publisher": "Office of the United Nations High Commissioner for Human Rights", "url": "https://tbinternet.ohchr.org/…"},
    {"state": "committee", "fact": "session", "value": "101", "opens": "2026-05-11", "closes": "2026-05-29",
     "status": "announced", "known_on": "2026-03-02", **_OF_THE_PRESS},
    {"state": "committee", "fact": "pre-session", "value": "55", "opens": "2010-06-14", "closes": "2010-06-18",
     "status": "held", "follows": "54", "prepares": "55", **_OF_THE_PRESS},
    {"state": "committee", "fact": "total", "value": "178", "of": "deposits", "on": "2026-01-30", **_OF_THE_PRESS},
)  # fmt: skip
"""One row per kind of fact; the examples show the form and are not true."""


def template() -> str:
    """The header and one commented example row per kind of fact."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for example in EXAMPLES:
        writer.writerow(example | {"state": f"{REMARK} {example['state']}"})
    return out.getvalue()
