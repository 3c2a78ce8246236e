"""What a network found, whatever its kind, and the boxes that are answered of it. Arrays in, boxes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondlook.hosting.runtimes.boxes import Box
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View

Indices = npt.NDArray[np.intp]

MOST = 3000
"""Candidates, the best, that are compared with one another; a picture with more finds above its floor is noise."""


@dataclass(frozen=True, slots=True)
class Finds:
    """n candidates: `classes` from 0, `scores` 0 to 1, `corners` n by 4 (left, top, right, bottom) in pixels of the input."""

    classes: Indices
    scores: Numbers
    corners: Numbers

    def chosen(self, which: Indices) -> Finds:
        """Those, in this order."""
        return Finds(self.classes[which], self.scores[which], self.corners[which])


def best_classes(scores: Numbers) -> tuple[Indices, Numbers]:
    """Of n by classes the best class of each row, and its score."""
    classes = scores.argmax(axis=1)
    return classes, scores[np.arange(len(scores)), classes]


def boxes(finds: Finds, view: View, labels: Sequence[str], *, floor: float, overlap: float) -> list[Box]:
    """The finds scoring at least `floor`, in pixels of the picture, best first.

    Of two of one class whose intersection over union exceeds `overlap` only the better stays. What is no finite
    number is no find.
    """
    finite = np.isfinite(finds.corners).all(axis=1) & np.isfinite(finds.scores)
    able = np.flatnonzero(finite & (finds.scores >= floor))
    best = able[np.argsort(-finds.scores[able], kind="stable")][:MOST]
    kept = _distinct(finds.chosen(best), overlap)
    corners = view.in_picture(kept.corners).tolist()
    return [
        Box(labels[class_], score, *place)
        for class_, score, place in zip(kept.classes.tolist(), kept.scores.tolist(), corners, strict=True)
    ]


def _distinct(finds: Finds, overlap: float) -> Finds:
    """Non-maximum suppression per class; `finds` are the best first."""
    left = np.ones(len(finds.scores), bool)
    for number in range(len(finds.scores)):
        if left[number]:
            others = np.arange(len(left)) > number
            others &= left & (finds.classes == finds.classes[number])
            rivals = np.flatnonzero(others)
            shared = _shared(finds.corners[number], finds.corners[rivals])
            left[rivals[shared > overlap]] = False
    return finds.chosen(np.flatnonzero(left))


def _shared(one: Numbers, others: Numbers) -> Numbers:
    """Intersection over union of one box with each of the others."""
    sides = np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2])
    both = np.clip(sides, 0, None).prod(axis=1)
    union = (one[2:] - one[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - both
    shared: Numbers = np.divide(both, union, out=np.zeros_like(both), where=union > 0)
    return shared
