"""NanoDet and NanoDet-Plus: grids of several strides; for each cell a score per class, and how far each side of the box is.

A distance is a distribution over 0 to 7 strides, of which the mean counts. NanoDet-Plus answers all grids in one output
and measures from the corner of a cell; NanoDet has two outputs for each grid and measures from its middle. The network sees
the picture stretched, in blue, green, red, normalised as ImageNet's pictures are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from secondlook.hosting.runtimes.onnx_detection.decoders.decoder import Input, Outputs, require_classes
from secondlook.hosting.runtimes.onnx_detection.finds import Finds, best_classes
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View, planes, stretched
from secondlook.hosting.runtimes.pictures import Pixels

SHAPE = (
    "one output of 1 by cells by (classes + 32) over the strides 8, 16, 32 and 64 (or without 64), or two for each stride "
    "with classes and 32 numbers for each cell"
)

MEAN = np.asarray([103.53, 116.28, 123.675], np.float32)
DEVIATION = np.asarray([57.375, 57.12, 58.395], np.float32)

BINS = 8
SIDES = 4 * BINS
STRIDES = ((8, 16, 32, 64), (8, 16, 32))


def fits(outputs: Outputs, size: Input, classes: int) -> bool:
    """Whether cells and numbers for each cell add up for one of the sets of strides."""
    try:
        _joined(outputs, size, classes)
    except ValueError:
        return False
    return True


def prepare(picture: Pixels, size: Input) -> tuple[Numbers, View]:
    """1 by 3 by height by width for the network."""
    resized, view = stretched(picture, size.columns, size.rows)
    return (planes(resized[:, :, ::-1]) - MEAN.reshape(3, 1, 1)) / DEVIATION.reshape(3, 1, 1), view


def finds(outputs: Outputs, size: Input, classes: int) -> Finds:
    """One candidate for each cell of each grid."""
    numbers, strides, middle = _joined(outputs, size, classes)
    x, y, stride = (
        np.concatenate(column) for column in zip(*(_grid(size, one, middle) for one in strides), strict=True)
    )
    left, top, right, bottom = (_means(numbers[:, classes:]) * stride[:, np.newaxis]).T
    return Finds(
        *best_classes(numbers[:, :classes]),
        np.stack([x - left, y - top, x + right, y + bottom], axis=1),
    )


def _joined(outputs: Outputs, size: Input, classes: int) -> tuple[Numbers, Sequence[int], float]:
    """All grids' cells by (classes + 32), the grids' strides, and where in a cell distances begin, as a part of it.

    Raises ValueError where the outputs do not add up.
    """
    of_one = [output[0] for output in outputs.values()]
    middle = 0.0
    if len(of_one) > 1:
        scores = [output for output in of_one if output.shape[-1] == classes]
        sides = [output for output in of_one if output.shape[-1] == SIDES]
        # Where a model has just 32 classes, its exporters write all scores first, then all sides.
        scores, sides = (
            (of_one[: len(of_one) // 2], of_one[len(of_one) // 2 :]) if classes == SIDES else (scores, sides)
        )
        if [len(output) for output in scores] != [len(output) for output in sides] or not scores:
            raise ValueError(f"of NanoDet {SHAPE} were expected")
        of_one = [np.concatenate([np.concatenate(scores), np.concatenate(sides)], axis=1)]
        middle = 0.5
    (numbers,) = of_one
    for strides in STRIDES:
        cells = sum(np.prod(size.cells(stride)) for stride in strides)
        if numbers.ndim == 2 and len(numbers) == cells:  # noqa: PLR2004  (cells by numbers)
            require_classes(numbers.shape[1] - SIDES, classes)
            return numbers, strides, middle
    raise ValueError(f"of NanoDet {SHAPE} were expected, and the first has the shape {numbers.shape}")


def _grid(size: Input, stride: int, middle: float) -> tuple[Numbers, Numbers, Numbers]:
    """Of each cell, row by row: where its distances begin, in pixels of the input, and its stride."""
    rows, columns = size.cells(stride)
    row, column = (part.astype(np.float32) for part in np.divmod(np.arange(rows * columns), columns))
    x, y = (column + np.float32(middle)) * stride, (row + np.float32(middle)) * stride
    return x, y, np.full(rows * columns, stride, np.float32)


def _means(sides: Numbers) -> Numbers:
    """Of each row the four distances, in strides: the means of distributions given as logarithms."""
    of_sides = sides.reshape(-1, 4, BINS)
    weights = np.exp(of_sides - of_sides.max(axis=2, keepdims=True))
    means: Numbers = (weights / weights.sum(axis=2, keepdims=True)) @ np.arange(BINS, dtype=np.float32)
    return means
