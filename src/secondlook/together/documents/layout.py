"""How the words of a page stand to each other: turned upright, in rows. Pure.

A scan is seldom straight. Its lines say by how much, and all rules look at the page as it would stand then; the places
that are told remain those of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self

from secondlook.together.documents.page import Line, Page, Point, Word

_MOST_SKEW = math.radians(20)
"""A line that leans more was written so, and says nothing of the page."""

_SAME_ROW = 0.5
"""Of the lower one's height, by which the middles of two neighbours in a row may differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Words that belong together in one row, and their box on the upright page, in pixels."""

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, words: Sequence[Word], skew: float) -> Self:
        points = [_turned(point, -skew) for word in words for point in word.polygon]
        across, down = [x for x, _ in points], [y for _, y in points]
        return cls(tuple(words), min(across), min(down), max(across), max(down))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Row = list[Span]
"""From left to right."""


def skew(lines: Iterable[Line]) -> float:
    """By which angle the page leans, in radians: that of its lines, the long ones first of all."""
    slopes = sorted(
        (math.atan2(right[1] - left[1], right[0] - left[0]), math.dist(left, right))
        for left, right in (line.polygon[:2] for line in lines)
    )
    slopes = [(angle, length) for angle, length in slopes if abs(angle) < _MOST_SKEW]
    half = sum(length for _, length in slopes) / 2
    for angle, length in slopes:
        half -= length
        if half <= 0:
            return angle
    return 0.0


def in_reading_order(page: Page) -> list[Line]:
    """By row, from the top; in a row from the left."""
    leaning = skew(page.lines)
    lines = {Span.of(line.words, leaning): line for line in page.lines if line.words}
    return [lines[span] for row in rows(lines) for span in row]


def rows(spans: Iterable[Span]) -> list[Row]:
    """From the top; neighbours in a row stand at about the same height."""
    found: list[Row] = []
    for span in sorted(spans, key=lambda span: span.middle):
        row = found[-1] if found else []
        level = median(other.middle for other in row) if row else math.inf
        least = min([span.height, *(other.height for other in row)])
        if abs(span.middle - level) <= least * _SAME_ROW:
            row.append(span)
        else:
            found.append([span])
    return [sorted(row, key=lambda span: span.left) for row in found]


def _turned(point: Point, angle: float) -> Point:
    across, down = point
    return (
        across * math.cos(angle) - down * math.sin(angle),
        across * math.sin(angle) + down * math.cos(angle),
    )
