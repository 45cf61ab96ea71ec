"""Finds the dataset and the States that a command is about; exits with a message if there are none."""

import os
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from opsc_cli.console import UNREADABLE, USAGE, fail, lines_given, note
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.load import load, packaged_folder
from opsc_cli.record.frozen import replace
from opsc_cli.record.names import NotAState, find, find_among_others
from opsc_cli.record.records import Dataset
from opsc_cli.spelling import readings_of

if TYPE_CHECKING:
    from pathlib import Path

_WORDS_OF_A_NAME = 8
"""The most that are read together where a name may have lost its quotation marks."""

_MOST_REFUSALS = 20
"""To look for what was meant takes time: so many texts are named."""


def loaded(folder: "Path | None") -> Dataset:
    """The dataset in `folder` (default: the one of this installation); exits with 3 and its errors if it is invalid."""
    from opsc_cli.dataset.compiled import asked_once  # imported here because `validate` does not need it

    try:
        return asked_once(load(folder))
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))


def dataset_at(place: str, read: "Callable[[Path], Dataset]" = loaded) -> Dataset:
    """The dataset in the folder `place`, or in the git revision of that name, as `read` takes it from a folder."""
    from pathlib import Path

    if os.path.isdir(place):
        return read(Path(place))
    from tempfile import TemporaryDirectory

    from opsc_cli.dataset.revisions import NoSuchRevision, check_out

    with TemporaryDirectory(prefix="opsc-") as folder:
        try:
            checked_out = check_out(place, Path(folder))
        except NoSuchRevision as error:
            fail(UNREADABLE, f"opsc: {error}")
        return read(checked_out)


def as_published(folder: "Path") -> Dataset:
    """An earlier dataset as it was, also if a check that came later finds errors; exits with 3 if it has no form."""
    from opsc_cli.dataset.validate import validate

    try:
        dataset, findings = validate(folder, read_twice=False)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))
    return dataset or fail(UNREADABLE, str(Unreadable(findings)))


def default_folder() -> "Path":
    """The folder of the dataset to check: ./data if it exists, otherwise the packaged one, named on stderr."""
    from pathlib import Path

    here = Path("data")
    if os.path.lexists(here):
        return here
    packaged = packaged_folder()
    note(f"no folder data here; this is about the packaged dataset, {packaged}")
    return packaged


def resolved(texts: list[str], dataset: Dataset) -> tuple[str, ...]:
    """The States named by `texts`, without repetition; `-` reads them from standard input. Exits with 2 on error."""
    if not texts:
        fail(USAGE, "no State given; name one or more (Austria, NP), or use --all")
    meaning = find_among_others if len(texts) > 1 else find
    dataset = replace(dataset)  # the table of names, which it reads, is let go with it
    states, refusals = dict[str, None](), list[str]()
    for answer in (answer for text in texts for answer in _found(text, meaning, dataset)):
        if isinstance(answer, str):
            states[answer] = None
        elif len(refusals) < _MOST_REFUSALS:
            refusals.append(_refusal(answer, dataset))
        else:
            refusals.append("more texts name no State; correct these first")
            break
    if refusals:
        _advise_on_words(texts, dataset)
        fail(USAGE, "\nopsc: ".join(refusals))
    return tuple(states)


def _advise_on_words(texts: list[str], dataset: Dataset) -> None:
    """Exits with what was meant by `all`, and by a name in several words without quotation marks."""
    if "all" in texts:
        fail(USAGE, "'all' is no State; for every State on record, use --all")
    for first, words in product(range(len(texts)), range(2, _WORDS_OF_A_NAME + 1)):
        name = " ".join(texts[first : first + words])
        if first + words <= len(texts) and _is_a_name(name, dataset):
            import shlex

            quoted = " ".join((*texts[:first], shlex.quote(name), *texts[first + words :]))
            fail(USAGE, f"quote a name of several words: {quoted}")


def _is_a_name(text: str, dataset: Dataset) -> bool:
    """Whether a text names a State, without a search for what is like it."""
    wanted = next((w for w in readings_of(text) if w in dataset.refused or w in dataset.index), None)
    return wanted is not None and wanted not in dataset.refused


def chosen_states(texts: list[str] | None, all_states: bool, dataset: Dataset) -> tuple[str, ...]:
    """The States named, or with --all every one on record."""
    if all_states and texts:
        fail(USAGE, "--all and a State contradict each other; use one of them")
    return tuple(dataset.states) if all_states else resolved(texts or [], dataset)


def resolved_alone(text: str, dataset: Dataset) -> str:
    """The one State named by `text`. Exits with 2 on any error, also if standard input names none or several."""
    found = resolved([text], dataset)
    if len(found) != 1:
        fail(USAGE, f"this command takes one State, but standard input names {len(found)}")
    return found[0]


def _found(text: str, meaning: Callable[..., str | NotAState], dataset: Dataset) -> Iterator[str | NotAState]:
    if text == "-":
        return (find(line, dataset.index, dataset.refused) for line in lines_given())
    return iter((meaning(text, dataset.index, dataset.refused),))


def _refusal(answer: NotAState, dataset: Dataset) -> str:
    from opsc_cli.candidates import refusal

    return refusal(answer.text, answer.because, ((iso3, dataset.names[iso3].name) for iso3 in answer.candidates))
