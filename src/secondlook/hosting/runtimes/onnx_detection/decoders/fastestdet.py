"""FastestDet: one output, for each cell of one grid objectness, two centre offsets, two sizes, then a score per class.

The network sees the picture stretched, in blue, green, red, 0 to 1.
"""

from __future__ import annotations

import numpy as np

from secondlook.hosting.runtimes.onnx_detection.decoders.decoder import (
    Input,
    Outputs,
    only,
    require_classes,
    shapes,
)
from secondlook.hosting.runtimes.onnx_detection.finds import Finds
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View, planes, stretched
from secondlook.hosting.runtimes.pictures import Pixels

SHAPE = "one output of 1 by (5 + classes) by rows by columns"


def fits(outputs: Outputs, size: Input, classes: int) -> bool:  # noqa: ARG001  (the grid is any size)
    """One output with four dimensions, whatever their sizes: no other kind here has that."""
    return [len(shape) for shape in shapes(outputs)] == [4]


def prepare(picture: Pixels, size: Input) -> tuple[Numbers, View]:
    """1 by 3 by height by width for the network."""
    resized, view = stretched(picture, size.columns, size.rows)
    return planes(resized[:, :, ::-1]) / np.float32(255), view


def finds(outputs: Outputs, size: Input, classes: int) -> Finds:
    """One candidate for each cell."""
    output = only(outputs)
    channels, rows, columns = output.shape
    require_classes(channels - 5, classes)
    of_cells = output.reshape(channels, -1)
    objectness, dx, dy, width, height = of_cells[:5]
    row, column = np.divmod(np.arange(rows * columns), columns)
    x, y = (column + np.tanh(dx)) / columns * size.columns, (row + np.tanh(dy)) / rows * size.rows
    half_width, half_height = _sigmoid(width) / 2 * size.columns, _sigmoid(height) / 2 * size.rows
    return Finds(
        of_cells[5:].argmax(axis=0),
        np.maximum(objectness, 0) ** 0.6 * np.maximum(of_cells[5:].max(axis=0), 0) ** 0.4,
        np.stack([x - half_width, y - half_height, x + half_width, y + half_height], axis=1),
    )


def _sigmoid(x: Numbers) -> Numbers:
    sigmoid: Numbers = np.reciprocal(1 + np.exp(-x), dtype=np.float32)
    return sigmoid
