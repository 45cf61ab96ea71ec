"""The page of a State: what `opsc due` says, its history, how each date is derived, what to send, what is missing."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from opsc_cli.answers.everything import Everything
from opsc_cli.answers.position import Position
from opsc_cli.answers.sources import sources_behind
from opsc_cli.answers.timeline import timelines
from opsc_cli.forecast.next_review import NextReview, review_in_a_sentence
from opsc_cli.record.frozen import names_of
from opsc_cli.record.records import Name
from opsc_cli.render.explain import disagreement, explain_content, steps_without_report
from opsc_cli.render.export import report_rows
from opsc_cli.render.headline import headline
from opsc_cli.render.meetings import groups_in_words
from opsc_cli.render.missing import already_read, command, to_fill_in
from opsc_cli.render.next_review import chart
from opsc_cli.render.plan import when_of
from opsc_cli.render.sheet import rows_of_report, state_rows
from opsc_cli.render.site.pages import picture_in_page
from opsc_cli.render.site.paths import session_path
from opsc_cli.render.sources import source_content
from opsc_cli.render.timeline_svg import timeline_picture
from opsc_cli.render.words import sentence

if TYPE_CHECKING:
    from opsc_cli.render import contract, contract_record
    from opsc_cli.render.documents import Envelope

MOST_OTHERS = 12
"""How many of the other States that may come to the likely session are named."""

Named = tuple[str, str, str]
"""A language, the direction of its writing, and a name in it."""


def state_page(iso3: str, everything: Everything, envelope: "Envelope") -> dict[str, Any]:
    """What the template of a State takes."""
    dataset, position, plan = everything.dataset, everything.positions[iso3], everything.plans[iso3]
    derived = explain_content(position)
    history = list(report_rows(iso3, position.answer.known))
    sources = list(_sources(position, derived, history, everything))
    return {
        "position": position,
        "names": list(names_by_language(dataset.names[iso3])),
        "lines": [(label, text) for label, text in headline(position) if label != "Next"],
        "boxes": _boxes(position),
        "plan": plan,
        "when_of": partial(when_of, today=everything.day),
        "to_send": [(step, when_of(step, everything.day)) for of in plan.plans for step in of.submissions],
        "review": _review(position.next_review, position.name, iso3, everything) if position.next_review else None,
        "history": history,
        "derivations": list(_derivations(position, derived)),
        "disagreement": disagreement,
        "gaps": [(gap, already_read(gap), command(gap), to_fill_in(gap)) for gap in everything.gaps.get(iso3, ())],
        "sources": sources,
        "cited": {source["id"] for source in sources},
        "session_path": session_path,
        "name": dataset.names[iso3],
        "timeline": picture_in_page(timeline_picture(tuple(timelines([position], dataset)), envelope)),
    }


def names_by_language(name: Name) -> Iterator[Named]:
    """The first name of a State in each language; in its own language last, the language of which is not on record."""
    yield "en", "ltr", name.name
    if name.names:
        for language in names_of(name.names):
            if texts := getattr(name.names, language):
                direction = "rtl" if language == "ar" else "ltr"
                yield ("", "auto", texts[0]) if language == "own" else (language, direction, texts[0])


def _boxes(position: Position) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The State, and each report that it owes: an anchor, and labels with what is said to each."""
    boxes = [("standing", state_rows(position))]
    boxes += [(f"report-{n}", rows_of_report(owed)) for n, owed in enumerate(position.owed, start=1)]
    return [
        (
            key,
            [
                (label, ["".join(text for text, _ in spans) for _, spans in said])
                for label, said in groupby(rows, _label)
            ],
        )
        for key, rows in boxes
    ]


def _label(row: tuple[str, Any]) -> str:
    return row[0]


def _derivations(position: Position, derived: "contract.State") -> "Iterator[tuple[str, list[contract.Step]]]":
    """The steps to each report that is owed, those that an earlier one has shown left out; or to becoming a party."""
    shown: list[contract.Step] = []
    for obligation in derived["obligations"]:
        steps = [step for step in obligation["steps"] if not any(_is_same(step, other) for other in shown)]
        shown += steps
        yield obligation["report"]["name"], steps
    if not derived["obligations"]:
        yield from ((sentence(position), steps) for steps in (steps_without_report(position),) if steps)


def _is_same(step: "contract.Step", other: "contract.Step") -> bool:
    return {**step, "n": 0} == {**other, "n": 0}


def _review(review: NextReview, name: str, iso3: str, everything: Everything) -> dict[str, Any]:
    """The chances of the next review, and who else may come to the session that is the likely one."""
    likely = None if review.likely_open_ended else review.likely
    others = [other for other in everything.outlook.likely_at(likely) if other[0] != iso3] if likely else []
    return {
        "sentence": review_in_a_sentence(review, name),
        "chart": chart(review),
        "within": f"{review.nominal_coverage:.0%}",
        "groups": groups_in_words(review) if review.pre_session else None,
        "basis": review.basis,
        "certainty": review.certainty.value,
        "likely": likely,
        "others": others[:MOST_OTHERS],
    }


def _sources(
    position: Position, derived: "contract.State", history: Iterable[Any], everything: Everything
) -> "Iterator[contract_record.Source]":
    """Every source that the page cites, with what it supports; of the history's own nothing more is said."""
    behind = dict(sources_behind(position))
    steps = (step for obligation in derived["obligations"] for step in obligation["steps"])
    cited = [source for step in steps for source in step["sources"]]
    cited += [source for row in history for source in row["sources"]]
    for id in dict.fromkeys((*behind, *cited)):
        if id in everything.dataset.sources:
            yield source_content(id, everything.dataset.sources[id], behind.get(id, ()))
