"""The checks of facts, beyond the form: one small generator per check, listed here.

Each yields faults: the file and path, a code of codes.py, and a message with what is wrong and what is expected.
"""

from collections.abc import Callable, Iterator
from datetime import date

from opsc_cli.dataset.checks import (
    assertions,
    calendar,
    checked,
    dialogues,
    evidence,
    following,
    ids,
    law,
    listed,
    order,
    planned,
    read_again,
    readings,
    reviews,
    sources,
    speaking,
    suspicion,
    symbols,
    titles,
    whole,
)
from opsc_cli.dataset.checks.walking import Fault, Records, records
from opsc_cli.dataset.files import NamesFile, ReadingsFile
from opsc_cli.record.records import Dataset

_Check = Callable[[Dataset], Iterator[Fault]]

_CHECKS: tuple[_Check, ...] = (
    sources.sources_were_read_in_time,
    order.reports_are_in_order,
    order.observations_are_of_the_session,
    order.reports_follow_the_sessions,
    order.programmes_come_before_their_session,
    order.answers_follow_what_was_asked,
    order.reports_follow_the_review_before,
    following.the_next_date_follows_the_review,
    following.printed_dates_follow_the_review_before,
    following.printed_dates_are_near_the_receipt,
    following.reports_received_are_awaited,
    following.numbers_follow_one_another,
    following.lists_and_their_reports_bear_one_number,
    following.announced_numbers_are_those_received,
    following.days_asked_for_are_usual,
    planned.reviews_take_place_when_planned,
    planned.procedures_fit_the_lists,
    calendar.sessions_are_in_order,
    calendar.sessions_are_in_their_months,
    calendar.sessions_are_whole_weeks,
    calendar.meetings_last_some_weeks,
    calendar.sessions_last_three_weeks,
    calendar.numbers_keep_pace,
    calendar.groups_follow_their_session,
    calendar.groups_are_whole_weeks,
    calendar.status_fits_place_and_number,
    calendar.announced_meetings_are_to_come,
    reviews.one_report_a_session,
    reviews.what_was_not_concluded_has_no_observations,
    reviews.counts_hold_the_reviews,
    reviews.kinds_fit_the_treaty,
    reviews.later_reports_are_periodic,
    reviews.the_report_before_the_second_is_initial,
    evidence.evidence_is_the_strongest_cited,
    reviews.reviews_cite_their_session,
    reviews.procedures_of_one_source_agree,
    dialogues.meetings_keep_their_order,
    dialogues.releases_bear_the_day,
    dialogues.dialogues_at_one_session_are_together,
    assertions.somebody_can_have_said,
    assertions.the_committee_said_it_of_the_state,
    assertions.sources_are_of_who_said_it,
    symbols.symbols_fit,
    symbols.ids_follow_the_symbols,
    symbols.symbols_are_those_of_one_document,
    symbols.reports_fit_the_series,
    titles.documents_are_about_reports_on_record,
    ids.ids_give_the_date,
    ids.kinds_follow_the_publisher,
    symbols.observations_of_the_first_series_are_numbered,
    suspicion.observations_off_the_last_day,
    whole.the_version_is_a_day,
    whole.the_record_ends_where_a_source_speaks,
    whole.every_state_has_a_name,
)
_RECORD_CHECKS: tuple[Callable[[Dataset, Records], Iterator[Fault]], ...] = (
    sources.sources_exist,
    sources.sources_are_used,
    sources.sources_occur_once,
    sources.facts_have_sources,
    sources.sources_can_know,
    order.facts_end_with_the_record,
    checked.checks_rest_on_what_was_read,
    checked.checks_are_later_than_the_record,
    suspicion.first_and_last_days_of_a_year,
    suspicion.days_without_business,
)
"""Checks of every record."""

_LAW_CHECKS: tuple[_Check, ...] = (
    order.acts_are_in_order,
    law.published_entry_into_force_agrees,
    law.acts_fit_the_signature,
    law.only_states_of_the_convention_join,
    law.successions_take_effect_on_a_day,
    law.only_parties_report,
    law.printed_due_years_agree,
    law.landmark_instruments_agree,
    whole.published_counts_agree,
)
"""Run only if every instrument has a day or a bracket."""


def faults(
    dataset: Dataset, names: NamesFile, read: ReadingsFile | None = None, today: date | None = None
) -> Iterator[Fault]:
    """All faults, unsorted; `read` has the values extracted from the sources a second time.

    `today`: no source was read after it.
    """
    if today:
        yield from sources.sources_were_read_by(today, dataset)
    walked = records(dataset)
    for ask in _RECORD_CHECKS:
        yield from ask(dataset, walked)
    for check in _CHECKS:
        yield from check(dataset)
    yield from whole.names_resolve_to_one_state(names)
    yield from whole.codes_have_their_form(names)
    yield from whole.candidates_are_states(names)
    if read:
        yield from readings.the_record_says_what_was_read(dataset, read)
        yield from readings.acts_cite_their_table(dataset, read)
        yield from listed.listed_names_find_their_state(dataset, names, read)
        yield from read_again.facts_are_read_twice(dataset, read)
        yield from speaking.readings_have_sources(dataset, read)
        yield from speaking.facts_cite_what_speaks_of_the_state(dataset, walked, read)
    undated = list(law.instruments_have_a_day_or_a_bracket(dataset))
    yield from undated
    if not undated:
        for check in _LAW_CHECKS:
            yield from check(dataset)
