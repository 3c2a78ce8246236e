"""From a score for each window to stretches of speech. Pure.

Speech begins with a window that scores the floor, and ends where the scores stay well below it for long enough; what is
too short to be a word is left out. The margin and the lengths are those that Silero recommends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Self

MARGIN = 0.15
"""How far below the floor a score must lie to end speech: one that wavers about the floor does not cut it to pieces."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`floor` is a score, 0 to 1; the lengths are in windows."""

    floor: float
    min_speech: int
    min_silence: int

    @classmethod
    def from_milliseconds(cls, floor: float, min_speech: int, min_silence: int, window: float) -> Self:
        return cls(floor, math.ceil(min_speech / window), math.ceil(min_silence / window))


@dataclass(frozen=True, slots=True)
class Segment:
    """From the window `start` up to, and without, the window `end`; `score` is the mean of its windows."""

    start: int
    end: int
    score: float


def segments(scores: Sequence[float], rules: Rules) -> list[Segment]:
    """The stretches of speech, in their order."""
    return [
        Segment(start, end, fmean(scores[start:end]))
        for start, end in _stretches(scores, rules)
        if end - start >= rules.min_speech
    ]


def _stretches(scores: Sequence[float], rules: Rules) -> Iterator[tuple[int, int]]:
    loud = [number for number, score in enumerate(scores) if score >= rules.floor - MARGIN]
    start: int | None = None
    for number, following in pairwise([*loud, None]):
        assert number is not None
        if start is None and scores[number] >= rules.floor:
            start = number
        is_last = following is None or following - number > rules.min_silence
        if start is not None and is_last:
            yield start, number + 1
            start = None
