"""The number of the report that a document is about, as its title gives it: "… the third report of Nicaragua"."""

import re
from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault, states
from opsc_cli.law.report_names import ORDINALS, short_numbers
from opsc_cli.law.reports import report_sources
from opsc_cli.record.records import Dataset, Source

_ONE = "|".join(filter(None, ORDINALS))
_REPORTS = re.compile(rf"\b({_ONE})(?:(?:, (?:{_ONE}))* (?:and|to) ({_ONE}))? (?:periodic )?reports?\b")
_ID_OF_OBSERVATIONS = re.compile(r"-CO-([1-9])(?:-([1-9]))?$")
"""BRA-CRC-CO-5-7: concluding observations of which the copy read shows no symbol."""


def documents_are_about_reports_on_record(dataset: Dataset) -> Iterator[Fault]:
    """A State's reports under the Convention cite documents about one of them, by its number."""
    known = {name: about for name, source in dataset.sources.items() if (about := _report_in(name, source))}
    for where, state in states(dataset):
        under_the_convention = [(n, report) for n, report in enumerate(state.reports) if report.treaty == "CRC"]
        on_record = {(r.numbers[0], r.numbers[-1]) for _, r in under_the_convention if r.numbers}
        open_to_doubt = [(n, report) for n, report in under_the_convention if not report.confirmed]
        citing = {name: (n, report) for n, report in open_to_doubt for name in report_sources(report) if name in known}
        for name, (n, report) in citing.items():
            if known[name] not in on_record:
                number = short_numbers(tuple(dict.fromkeys(known[name])))
                path = (*where, "reports", n, *(("numbers",) if report.numbers else ()))
                message = f"{name} is about report {number}, and no report of the State has that number"
                remedy = "correct the number" if report.numbers else f"add `numbers: {number}`"
                expected = f"{remedy}, or cite another source, or add `confirmed` with the reason"
                yield Fault("states", path, "REP08", f"{message}; {expected}", "warning")


def _report_in(name: str, source: Source) -> tuple[int, int] | None:
    """The first and last number of the report that the title names; without one, the id of observations."""
    if "report" in source.title and (found := _REPORTS.search(source.title.lower())):
        first, last = found.groups()
        return ORDINALS.index(first), ORDINALS.index(last or first)
    if not source.symbol and (found := _ID_OF_OBSERVATIONS.search(name)):
        first, last = found.groups()
        return int(first), int(last or first)
    return None
