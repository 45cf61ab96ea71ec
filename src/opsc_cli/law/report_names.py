"""The names of reports, and the number of the next one."""

from collections.abc import Sequence

from opsc_cli.record.state import Report

ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
"""In words, by number."""


def next_numbers(last: Report | None) -> tuple[int, ...]:
    """The number of the report after `last`; empty if it was not announced and `last` has no number."""
    observations = last.concluding_observations if last else None
    if observations and observations.next_report and observations.next_report.numbers:
        return observations.next_report.numbers
    return (last.numbers[-1] + 1,) if last and last.numbers else ()


def short_numbers(numbers: Sequence[int]) -> str:
    """As in a symbol: 5, or 5-6."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def report_name(report: Report) -> str:
    """The name of a report on record, as far as it is known: "initial report under the OPSC"."""
    if report.kind == "periodic" and report.treaty == "CRC" and report.numbers:
        return periodic_name(report.numbers, with_opsc_information=False)
    kind = "" if report.kind == "unspecified" else f"{report.kind} "
    return f"{kind}report under the {'Convention' if report.treaty == 'CRC' else report.treaty}"


def periodic_name(numbers: tuple[int, ...], with_opsc_information: bool) -> str:
    """ "combined fifth and sixth periodic reports under the Convention, …"."""
    match [ORDINALS[n] if n < len(ORDINALS) else f"{n}th" for n in numbers]:
        case []:
            name = "next periodic report"
        case [one]:
            name = f"{one} periodic report"
        case [first, second]:
            name = f"combined {first} and {second} periodic reports"
        case [first, *_, final]:
            name = f"combined {first} to {final} periodic reports"
    information = ", including OPSC information" if with_opsc_information else ""
    return f"{name} under the Convention{information}"
