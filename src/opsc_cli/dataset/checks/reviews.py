"""Reviews: the kinds of report under a treaty, one report per session, with sources about that session."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from opsc_cli.dataset.checks.walking import Fault, others_than, reports, reviews, states
from opsc_cli.law.treaty import is_party_to_convention
from opsc_cli.record.records import Dataset
from opsc_cli.record.state import Report

_SOURCE_OF_A_SESSION = re.compile(r"(?:UN-CRC|CRCONNECT)-(\d{1,3})(?:-|$)")
"""Ids of releases and overviews of one session: UN-CRC-83-CLOSING."""

_ENOUGH_TO_TELL = 3
"""If this many reviews, all of one session, cite a source, it is about that session."""


def one_report_a_session(dataset: Dataset) -> Iterator[Fault]:
    """A State has one report under a treaty before a session; combined reports are one."""
    seen: set[tuple[str, str, int]] = set()
    for path, iso3, report in reports(dataset):
        if not report.review or report.treaty == "unspecified":
            continue
        if (iso3, report.treaty, report.review.session) in seen:
            message = (
                f"a second {report.treaty} report at session {report.review.session}; correct one, or combine them"
            )
            yield Fault("states", (*path, "review", "session"), "REP01", message)
        seen.add((iso3, report.treaty, report.review.session))


def what_was_not_concluded_has_no_observations(dataset: Dataset) -> Iterator[Fault]:
    for path, _, report in reports(dataset):
        if report.review and report.review.outcome and report.concluding_observations:
            message = f"{report.review.outcome}, but concluding observations follow; fix whichever is wrong"
            yield Fault("states", (*path, "review", "outcome"), "REP05", message)


def counts_hold_the_reviews(dataset: Dataset) -> Iterator[Fault]:
    """A published count of a session's reviews under the Convention occurs once and is not below those on record."""
    reviewed: dict[int, set[str]] = defaultdict(set)
    for _, iso3, report in reports(dataset):
        if report.review and not report.review.outcome and report.treaty in ("CRC", "unspecified"):
            reviewed[report.review.session].add(iso3)
    seen: set[int] = set()
    for position, count in enumerate(dataset.review_counts):
        own = len(reviewed[count.session])
        if count.session in seen:
            message = f"a second count for session {count.session}; expected one"
            yield Fault("counts", ("reviews", position, "session"), "COUNT02", message)
        elif count.value < own:
            message = (
                f"{count.value} reviews of session {count.session} published, {own} on record; fix whichever is wrong"
            )
            yield Fault("counts", ("reviews", position, "value"), "COUNT02", message)
        seen.add(count.session)


def kinds_fit_the_treaty(dataset: Dataset) -> Iterator[Fault]:
    """The first report under a treaty is the initial one; for a party to the Convention the only one under a protocol.

    OPSC art. 12(2), OPAC art. 8(2): further information goes into the reports under the Convention.
    """
    before: set[tuple[str, str]] = set()
    for path, iso3, report in reports(dataset):
        of_the_convention = is_party_to_convention(dataset.states[iso3])
        wrong = _wrong_kind(report, of_the_convention, (iso3, report.treaty) in before)
        if wrong:
            yield Fault("states", (*path, "kind") if path[-1] != "initial_report" else path, "REP02", wrong)
        before.add((iso3, report.treaty))


def _wrong_kind(report: Report, of_the_convention: bool, has_one_before: bool) -> str | None:
    initial, numbers = report.kind == "initial", report.numbers
    if report.treaty in ("OPSC", "OPAC") and of_the_convention and not initial:
        return f"a {report.kind} {report.treaty} report of a party to the Convention; expected an initial one"
    if initial and has_one_before:
        return f"an initial {report.treaty} report after another; expected a periodic one"
    if numbers and report.kind != ("initial" if numbers[0] == 1 else "periodic"):
        return f"{report.kind}, but number {numbers[0]}; number 1 is initial, every later one periodic: correct one"
    return None


def later_reports_are_periodic(dataset: Dataset) -> Iterator[Fault]:
    """CRC art. 44(1): every report after the first is periodic, with or without a number."""
    reported: set[str] = set()
    for path, iso3, report in reports(dataset):
        if report.treaty != "CRC":
            continue
        if iso3 in reported and report.kind == "unspecified" and not report.numbers:
            message = "not the State's first report; expected `periodic` (CRC art. 44(1))"
            yield Fault("states", (*path, "kind"), "REP02", message, "warning")
        reported.add(iso3)


def the_report_before_the_second_is_initial(dataset: Dataset) -> Iterator[Fault]:
    """CRC art. 44(1): one initial report, then periodic ones; so whatever came before the second is the initial one."""
    second: set[str] = set()
    for path, iso3, report in reversed(list(reports(dataset))):
        if report.treaty != "CRC":
            continue
        if iso3 in second and not report.numbers and report.kind != "initial":
            message = f"{report.kind}, but the State's second report follows; expected `initial` (CRC art. 44(1))"
            yield Fault("states", (*path, "kind"), "REP02", message, "warning")
        if report.numbers and report.numbers[0] == 2:
            second.add(iso3)


def reviews_cite_their_session(dataset: Dataset) -> Iterator[Fault]:
    """If sources of a review are about a session, at least one is about the session of the review.

    A source is about one session if its id says so, or if all other reviews that cite it are of one session.
    """
    citing: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for _, _, review in reviews(dataset):
        for source in review.sources:
            citing[source][review.session] += 1
    for path, _, review in reviews(dataset):
        about = {of for s in review.sources if (of := _session_of(s, citing[s], review.session))}
        if about and review.session not in about and not review.confirmed:
            message = f"its sources are about session {', '.join(map(str, sorted(about)))}"
            expected = f"expected one about {review.session}, or `confirmed`"
            yield Fault("states", (*path, "session"), "MEET06", f"{message}; {expected}", "warning")


def procedures_of_one_source_agree(dataset: Dataset) -> Iterator[Fault]:
    """A page lists the States under one procedure: one that it alone gives another is a slip, or needs a note.

    A note that other States have too does not explain why this one differs.
    """
    citing: defaultdict[str, Counter[str]] = defaultdict(Counter)
    known = [(where, state.procedure) for where, state in states(dataset) if state.procedure]
    notes = Counter(procedure.note for _, procedure in known)
    for _, procedure in known:
        citing[procedure.sources[0] if procedure.sources else ""][procedure.kind] += 1
    for where, procedure in known:
        of_source = citing[procedure.sources[0] if procedure.sources else ""]
        others, explained = of_source.total() - of_source[procedure.kind], procedure.note and notes[procedure.note] == 1
        if of_source[procedure.kind] == 1 and others >= _ENOUGH_TO_TELL and not explained:
            message = (
                f"{procedure.kind}, but its source gives {others} States the other one; expected that, or a `note` of"
                " its own"
            )
            yield Fault("states", (*where, "procedure", "kind"), "REP06", message, "warning")


def _session_of(source: str, citing: Counter[int], own: int) -> int | None:
    """The session of a source, by its id or by the other reviews that cite it; None if neither shows it."""
    if named := _SOURCE_OF_A_SESSION.match(source):
        return int(named[1])
    if len(citing) > 2:
        return None
    others = others_than(own, citing)
    return next(iter(others)) if len(others) == 1 and sum(others.values()) >= _ENOUGH_TO_TELL else None
