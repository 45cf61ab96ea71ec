"""The dataset and the States that a command asks for; the program ends, with a reason, where there are none."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from opsc_cli.console import UNREADABLE, USAGE, fail, remark
from opsc_cli.dataset.findings import Unreadable
from opsc_cli.dataset.load import load
from opsc_cli.record.names import NotAState, find, find_among_others
from opsc_cli.record.records import Dataset


def loaded(folder: Path | None) -> Dataset:
    """The dataset of `folder`, else of this installation; exit 3 with every error where it is not valid."""
    try:
        return load(folder)
    except Unreadable as unreadable:
        fail(UNREADABLE, str(unreadable))


def dataset_at(place: str) -> Dataset:
    """The dataset in the folder `place`, else the one of the git revision of that name."""
    if os.path.isdir(place):
        return loaded(Path(place))
    from tempfile import TemporaryDirectory

    from opsc_cli.dataset.revisions import NoSuchRevision, lay_out

    with TemporaryDirectory(prefix="opsc-") as folder:
        try:
            laid_out = lay_out(place, Path(folder))
        except NoSuchRevision as error:
            fail(UNREADABLE, f"opsc: {error}")
        return loaded(laid_out)


def resolved(texts: list[str], dataset: Dataset) -> tuple[str, ...]:
    """The States that `texts` name, each once; `-` reads them from standard input. Exit 2 where one names none."""
    if not texts:
        fail(USAGE, "name a State, or ask for --all; for example: opsc due Austria")
    meaning = find_among_others if len(texts) > 1 else find
    found = [answer for text in texts for answer in _found(text, meaning, dataset)]
    refusals = [_refusal(answer, dataset) for answer in found if isinstance(answer, NotAState)]
    if refusals:
        fail(USAGE, "\n".join(refusals))
    return tuple(dict.fromkeys(answer for answer in found if isinstance(answer, str)))


def resolved_alone(text: str, dataset: Dataset) -> str:
    """The State that `text` names. Exit 2 where it names none, or standard input names none or several."""
    found = resolved([text], dataset)
    if len(found) != 1:
        fail(USAGE, f"name one State; {text!r} names {len(found)}")
    return found[0]


def _found(text: str, meaning: Callable[..., str | NotAState], dataset: Dataset) -> Iterator[str | NotAState]:
    if text == "-":
        return (find(line, dataset.index, dataset.refused) for line in _lines_of_standard_input())
    return iter((meaning(text, dataset.index, dataset.refused),))


def _lines_of_standard_input() -> Iterator[str]:
    if not sys.stdin:  # closed
        return iter(())
    if sys.stdin.isatty():
        remark("reading States from the keyboard, one a line; Ctrl-D ends the list")
    return (line.strip() for line in sys.stdin if line.strip())


def _refusal(answer: NotAState, dataset: Dataset) -> str:
    candidates = ", ".join(f"{dataset.names[iso3].name} ({iso3})" for iso3 in answer.candidates)
    return f"{answer.text!r}: {answer.because}" + (f"; perhaps {candidates}" if candidates else "")
