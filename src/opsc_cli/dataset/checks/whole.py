"""The dataset as a whole: its version, its names and codes, and published totals."""

import re
from collections.abc import Iterator
from datetime import date

from opsc_cli.answers.stats import count_on
from opsc_cli.answers.totals import bounds_on
from opsc_cli.dataset.checks.walking import Fault
from opsc_cli.dataset.files import NamesFile
from opsc_cli.record.dates import in_words, last_day, parse_day
from opsc_cli.record.names import spelt, texts_of
from opsc_cli.record.records import Dataset


def version_day(version: str) -> date | None:
    """The day of a dataset's version, written YYYY.MM.DD; None if it is not one."""
    match = re.fullmatch(r"(\d{4})\.(\d{2})\.(\d{2})(\.\d+)?", version)
    try:
        return parse_day("-".join(match.group(1, 2, 3))) if match else None
    except ValueError:
        return None


def the_version_is_a_day(dataset: Dataset) -> Iterator[Fault]:
    version = version_day(dataset.version)
    if version is None:
        expected = "expected the day of the dataset, YYYY.MM.DD, with .1, .2 … for a second version of a day"
        yield Fault("states", ("version",), "FORM04", f"{dataset.version!r}: {expected}")
        return
    for name, ends in (("parties", dataset.as_of.parties), ("committee", dataset.as_of.committee)):
        if ends > version:
            yield Fault(
                "states",
                ("as_of", name),
                "DATE02",
                f"later than the dataset's version, {version}; fix whichever is wrong",
            )


def the_record_ends_where_a_source_speaks(dataset: Dataset) -> Iterator[Fault]:
    """Silence after the last source is no news: the record reaches no further than a source or a session that was held.

    The answers say of a State "nothing on record by" this day, so a later one would claim what nobody has read.
    """
    told = [(source.kind, last_day(source.as_of)) for source in dataset.sources.values() if source.as_of]
    acts = [day for kind, day in told if kind in _TELL_OF_ACTS]
    held = [last_day(session.closes) for session in dataset.sessions if session.status.startswith("held")]
    work = [*held, *(day for _, day in told)]
    for name, days in (("parties", acts), ("committee", work)):
        ends = getattr(dataset.as_of, name)
        if days and ends > max(days):
            message = f"no source on record is later than {in_words(max(days))}; expected that day or earlier"
            yield Fault("states", ("as_of", name), "DATE06", f"{message}, or a later source", "warning")


_TELL_OF_ACTS = ("depositary", "treaty-database", "dataset")


def published_counts_agree(dataset: Dataset) -> Iterator[Fault]:
    overdue = {total.count: bounds_on(date.max, total) for total in dataset.overdue_totals}
    for position, count in enumerate(dataset.counts):
        if bounds := overdue.get(count):
            fits = bounds.overdue <= count.value <= bounds.countable
            own = f"{bounds.overdue} to {bounds.countable}"
        else:
            own = f"{count_on(dataset.states.values(), count.of, last_day(count.on))}"
            fits = own == str(count.value)
        if not fits and not count.explained:
            message = f"published {count.value} {count.of}, the dataset has {own}; expected agreement, or `explained`"
            yield Fault("counts", ("counts", position, "value"), "COUNT01", message)


def every_state_has_a_name(dataset: Dataset) -> Iterator[Fault]:
    for iso3 in dataset.names:
        if iso3 not in dataset.states:
            yield Fault(
                "names",
                ("states", iso3),
                "NAME01",
                "states.yaml does not have this State; add it there, or delete it here",
                "warning",
            )
    for iso3 in dataset.states:
        if iso3 not in dataset.names:
            yield Fault(
                "states",
                ("states", iso3),
                "NAME01",
                f"no name for {iso3!r} in names.yaml; expected an ISO 3166 alpha-3 code",
            )


def names_resolve_to_one_state(names: NamesFile) -> Iterator[Fault]:
    bearers: dict[str, str] = {}
    for iso3, name in names.states.items():
        for text in texts_of(iso3, name):
            other = bearers.setdefault(spelt(text), iso3)
            if other != iso3:
                yield Fault(
                    "names", ("states", iso3), "NAME02", f"{text!r} also names {other}; delete it from one of them"
                )


def candidates_are_states(names: NamesFile) -> Iterator[Fault]:
    for text, refused in names.refused.items():
        for position, iso3 in enumerate(refused.candidates):
            if iso3 not in names.states:
                where = ("refused", text, "candidates", position)
                yield Fault("names", where, "NAME01", f"no State {iso3!r} in this file; expected the code of one")


_CODES = (("iso2", r"[A-Z]{2}", "two capital letters"), ("m49", r"\d{3}", "three digits"))


def codes_have_their_form(names: NamesFile) -> Iterator[Fault]:
    """ISO 3166 alpha-3 and alpha-2, and UN M49."""
    for iso3, name in names.states.items():
        if not re.fullmatch(r"[A-Z]{3}", iso3):
            yield Fault("names", ("states", iso3), "NAME03", f"{iso3!r}: expected three capital letters (ISO 3166)")
        for field, form, expected in _CODES:
            code = getattr(name, field)
            if not re.fullmatch(form, code, re.ASCII):
                yield Fault("names", ("states", iso3, field), "NAME03", f"{code!r}: expected {expected}")
