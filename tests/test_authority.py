"""Certainty never rises along a chain of reasons, and no source is lost on the way."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opsc_cli.answers.position import positions
from opsc_cli.law.authority import Answer, Authority, Certainty, DateAwaited, Dated, NotEstablished, following, weakest
from opsc_cli.record.records import Dataset

RULE = Authority("art. 0", "test", "A rule for the test.", "https://example.org")
RANK = list(Certainty)

certainties = st.sampled_from(RANK)
sources = st.lists(st.sampled_from("abcd"), max_size=3).map(tuple)


def _date(certainty: Certainty, sources: tuple[str, ...], rests_on: tuple[Answer, ...] = ()) -> Dated:
    return Dated(
        first=date(2020, 1, 1),
        last=date(2020, 1, 1),
        authority=RULE,
        because="so",
        certainty=certainty,
        sources=sources,
        rests_on=rests_on,
    )


answers = st.recursive(
    st.builds(_date, certainties, sources),
    lambda inner: st.builds(_date, certainties, sources, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


@given(answers)
def test_nothing_is_surer_than_what_it_rests_on(answer: Dated) -> None:
    for link in answer.chain():
        for below in link.rests_on:
            assert below.certainty is None or RANK.index(link.certainty or RANK[0]) >= RANK.index(below.certainty)


@given(answers)
def test_every_source_reaches_the_answer(answer: Dated) -> None:
    assert {s for link in answer.chain() for s in link.sources} == set(answer.sources)
    assert len(set(answer.sources)) == len(answer.sources)


def test_weakest() -> None:
    assert weakest(Certainty.TREATY, Certainty.PRACTICE, Certainty.COMMITTEE_SET) is Certainty.PRACTICE


def test_from_what_is_not_established_nothing_follows() -> None:
    unknown = NotEstablished(authority=RULE, because="no record")
    followed = following(unknown, lambda day: day, RULE, "a step")
    assert isinstance(followed, NotEstablished)
    assert followed.because == "no record"


def test_on_the_real_record_too(dataset: Dataset) -> None:
    """For every State: certainty along the chain of every computed date, and a source behind every day."""
    for position in positions(dataset, date(2026, 11, 21), tuple(dataset.states)):
        initial = (position.answer.initial_due,) if position.answer.initial_due else ()
        dues = tuple(d for o in position.owed for d in (o.obligation.due, *o.obligation.displaced))
        for answer in (*initial, *dues):
            for link in answer.chain():
                for below in link.rests_on:
                    if link.certainty and below.certainty:
                        assert RANK.index(link.certainty) >= RANK.index(below.certainty)
            if isinstance(answer, Dated | DateAwaited):
                assert answer.sources, f"{position.iso3}: a date without a source"
                assert all(source in dataset.sources for source in answer.sources)
