"""What FastestDet expects and what its numbers mean: arrays in, boxes out, no files and no model.

The network sees the picture stretched to a square, in blue, green, red, 0..1, and answers one column of numbers per
cell of a grid: objectness, two centre offsets, two sizes, then a score per class.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from secondlook.hosting.runtimes.boxes import Box
from secondlook.hosting.runtimes.pictures import Pixels

Numbers = npt.NDArray[np.float32]


def prepare(picture: Pixels, width: int, height: int) -> Numbers:
    """1 by 3 by height by width for the network."""
    # The network was trained on area averages; Pillow's default filter, which averages too when it shrinks, finds the
    # same to within the model's noise and needs no further library.
    stretched = np.asarray(Image.fromarray(picture).resize((width, height)))
    planes = stretched[:, :, ::-1].transpose(2, 0, 1)[np.newaxis]
    return np.ascontiguousarray(planes, dtype=np.float32) / np.float32(255)


def boxes(
    output: Numbers, labels: Sequence[str], *, floor: float, overlap: float, width: int, height: int
) -> list[Box]:
    """The finds scoring at least `floor` in a picture of `width` by `height`.

    `output` is (5 + classes) by rows by columns. Of two boxes of one class whose intersection over union exceeds
    `overlap` only the better stays.
    """
    channels, rows, columns = output.shape
    if channels != 5 + len(labels):
        raise ValueError(f"the model answers {channels - 5} classes, but LABELS names {len(labels)}")
    best = output[5:].argmax(axis=0)
    scores = output[0] ** 0.6 * output[5:].max(axis=0) ** 0.4
    candidates: list[Box] = []
    for row, column in np.argwhere(scores >= floor):
        _, dx, dy, w, h = output[:5, row, column]
        x, y = (column + np.tanh(dx)) / columns, (row + np.tanh(dy)) / rows
        half_w, half_h = _sigmoid(w) / 2, _sigmoid(h) / 2
        candidates.append(
            Box(
                labels[int(best[row, column])],
                float(scores[row, column]),
                float((x - half_w) * width),
                float((y - half_h) * height),
                float((x + half_w) * width),
                float((y + half_h) * height),
            )
        )
    return _distinct(candidates, overlap)


def _distinct(candidates: list[Box], overlap: float) -> list[Box]:
    """Non-maximum suppression per class."""
    kept: list[Box] = []
    for box in sorted(candidates, key=lambda box: -box.score):
        if all(box.id != other.id or _shared(box, other) <= overlap for other in kept):
            kept.append(box)
    return kept


def _shared(a: Box, b: Box) -> float:
    """Intersection over union."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    both = (a.right - a.left) * (a.bottom - a.top) + (b.right - b.left) * (b.bottom - b.top)
    return width * height / (both - width * height)


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
