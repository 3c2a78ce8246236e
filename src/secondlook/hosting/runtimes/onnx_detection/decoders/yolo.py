"""YOLO from version 5 on: one output of centres, sizes and scores in pixels of the input.

Version 5 and 7 have a row for each candidate, with objectness before the classes; 8 and later have a column, without it. The
network sees the picture letter-boxed, in red, green, blue, 0 to 1.
"""

from __future__ import annotations

import numpy as np

from secondlook.hosting.runtimes.onnx_detection.decoders.decoder import Input, Outputs, only, shapes
from secondlook.hosting.runtimes.onnx_detection.finds import Finds, best_classes
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View, letter_boxed, planes
from secondlook.hosting.runtimes.pictures import Pixels

SHAPE = "one output of 1 by (4 + classes) by candidates, or 1 by candidates by (5 + classes)"


def fits(outputs: Outputs, size: Input, classes: int) -> bool:  # noqa: ARG001  (as many candidates as it likes)
    """Whether one side of the one output is as long as places and classes together."""
    try:
        ((_, first, last),) = shapes(outputs)
    except ValueError:
        return False
    return first == 4 + classes or last == 5 + classes


def prepare(picture: Pixels, size: Input) -> tuple[Numbers, View]:
    """1 by 3 by height by width for the network."""
    laid, view = letter_boxed(picture, size.columns, size.rows)
    return planes(laid) / np.float32(255), view


def finds(outputs: Outputs, size: Input, classes: int) -> Finds:
    """One candidate for each column, or row."""
    if not fits(outputs, size, classes):
        raise ValueError(
            f"of YOLO {SHAPE} was expected, with {classes} classes as LABELS names, and the model answers {shapes(outputs)}"
        )
    output = only(outputs)
    if len(output) == 4 + classes:
        candidates = output.T
        scores = candidates[:, 4:]
    else:
        candidates = output
        scores = candidates[:, 5:] * candidates[:, 4:5]
    x, y, width, height = candidates[:, :4].T
    return Finds(
        *best_classes(scores),
        np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=1),
    )
