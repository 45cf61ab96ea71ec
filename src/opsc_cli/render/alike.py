"""Finds the stretches that all of several texts share, in the same order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from operator import eq

LINE = re.compile(r"\n?[^\n]+|\n")
"""A line, after the end of the one before it."""
_FINER = (LINE, re.compile(r"\w+|\W"))

_LEAST = 3
"""The length of a stretch that is worth a cut."""

_Stretch = tuple[tuple[int, ...], int]
"""Where it begins in each text, and its length."""


def cut(texts: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """The stretches that all texts share, the first and the last perhaps empty; between two of them, what each has."""
    stretches: list[_Stretch] = [((0,), len(texts[0]))]
    for one, other in pairwise(texts):
        stretches = [*_continued(stretches, [*_common(one, other, (0, 0), _FINER)])]
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
    one: str, other: str, at: tuple[int, int], finer: Sequence[re.Pattern[str]]
) -> Iterator[tuple[int, int, int]]:
    """Where what two texts share begins in each, and its length: whole lines, and words of the lines between them."""
    if one == other:
        if one:
            yield *at, len(one)
    elif finer:
        ours, others = (finer[0].findall(text) for text in (one, other))
        same = [*map(eq, ours, others), False].index(False)  # saves a third of the time
        a = b = len("".join(ours[:same]))
        if a:
            yield *at, a
        places, other_places = ([*accumulate(map(len, tokens[same:]), initial=a)] for tokens in (ours, others))
        for match in SequenceMatcher(None, ours[same:], others[same:]).get_matching_blocks():
            c, d, e = places[match.a], other_places[match.b], places[match.a + match.size]
            yield from _common(one[a:c], other[b:d], (at[0] + a, at[1] + b), finer[1:])
            if match.size:
                yield at[0] + c, at[1] + d, e - c
            a, b = e, d + e - c
