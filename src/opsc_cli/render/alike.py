"""Finds the stretches that all of several texts share, in the same order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby, pairwise
from operator import eq

LINE = re.compile(r"\n?[^\n]+|\n")
"""A line, after the end of the one before it."""
_WORD = re.compile(r"\w+|\W")

_LEAST = 3
"""The length of a stretch that is worth a cut."""

_Stretch = tuple[tuple[int, ...], int]
"""Where it begins in each text, and its length."""


def cut(texts: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """The stretches that all texts share, the first and the last perhaps empty; between two of them, what each has."""
    stretches: list[_Stretch] = [((0,), len(texts[0]))]
    for one, other in pairwise(map(LINE.findall, texts)):
        stretches = [*_continued(stretches, [*_common(one, other)])]
    shared, own = [""], list[list[str]]()
    at = (0,) * len(texts)
    for begins, length in (*(s for s in stretches if s[1] >= _LEAST), (tuple(map(len, texts)), 0)):
        between = [text[a:b] for text, a, b in zip(texts, at, begins, strict=True)]
        if any(between):
            own.append(between)
            shared.append("")
        shared[-1] += texts[0][begins[0] : begins[0] + length]
        at = tuple(begin + length for begin in begins)
    return shared, own


def _continued(stretches: Iterable[_Stretch], common: Sequence[tuple[int, int, int]]) -> Iterator[_Stretch]:
    """What of the stretches the next text has too."""
    n = 0
    for begins, length in stretches:
        here = begins[-1]
        while n < len(common) and common[n][0] + common[n][2] <= here:
            n += 1
        for one, other, size in common[n:]:
            if one >= here + length:
                break
            low, high = max(here, one), min(here + length, one + size)
            yield (*(begin + low - here for begin in begins), other + low - one), high - low


def _common(
    ours: Sequence[str], others: Sequence[str], at: tuple[int, int] = (0, 0), finer: bool = True
) -> Iterator[tuple[int, int, int]]:
    """Where what two texts share begins in each, and its length: whole lines, and words of the lines between them."""
    places, other_places = (
        [*accumulate(map(len, tokens), initial=begin)] for tokens, begin in zip((ours, others), at, strict=True)
    )
    a = b = 0
    for c, d, size in _matching(ours, others):
        if finer and a < c and b < d:
            words, other_words = (_WORD.findall("".join(lines)) for lines in (ours[a:c], others[b:d]))
            yield from _common(words, other_words, (places[a], other_places[b]), finer=False)
        a, b = c + size, d + size
        if (length := places[a] - places[c]) >= _LEAST:
            yield places[c], other_places[d], length


def _matching(ours: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where the same tokens begin in each sequence, and their number; last, the ends of both.

    Sequences of one length are compared place by place, which is much quicker than to look for the longest match.
    """
    if len(ours) == len(others):
        at = 0
        for same, run in groupby(map(eq, ours, others)):
            size = len([*run])
            if same:
                yield at, at, size
            at += size
        yield at, at, 0
        return
    head = _same(ours, others)
    tail = _same(ours[head:][::-1], others[head:][::-1])
    yield 0, 0, head
    between = SequenceMatcher(None, ours[head : len(ours) - tail], others[head : len(others) - tail])
    yield from ((head + a, head + b, size) for a, b, size in between.get_matching_blocks())
    yield len(ours) - tail, len(others) - tail, tail


def _same(ours: Sequence[str], others: Sequence[str]) -> int:
    """How many tokens are the same from the beginning."""
    return [*map(eq, ours, others), False].index(False)
