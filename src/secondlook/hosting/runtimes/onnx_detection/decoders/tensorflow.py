"""Models of TensorFlow's Object Detection API, as tf2onnx exports them: boxes, scores and classes, already chosen by the network.

Boxes are top, left, bottom, right as parts of the picture; classes count from 1. The network sees the picture as it is, in red,
green, blue, 0 to 255, a pixel after the other; where its input has a size, stretched to that.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from secondlook.hosting.runtimes.onnx_detection.decoders.decoder import Input, Outputs
from secondlook.hosting.runtimes.onnx_detection.finds import Finds
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View, stretched
from secondlook.hosting.runtimes.pictures import Pixels

BOXES, SCORES, CLASSES = "detection_boxes", "detection_scores", "detection_classes"
SHAPE = f"outputs called {BOXES}, {SCORES} and {CLASSES}"


def fits(outputs: Outputs, size: Input, classes: int) -> bool:  # noqa: ARG001  (names tell)
    """Whether the three are there by their names."""
    return {BOXES, SCORES, CLASSES} <= set(_names(outputs))


def prepare(picture: Pixels, size: Input) -> tuple[Pixels, View]:
    """1 by height by width by 3, whole numbers."""
    resized, view = stretched(picture, size.columns, size.rows)
    return np.ascontiguousarray(resized[np.newaxis]), view


def finds(outputs: Outputs, size: Input, classes: int) -> Finds:
    """What the network lists; a class that LABELS does not name is left out, as are the list's empty rows."""
    by_name: dict[str, Numbers] = dict(
        zip(_names(outputs), (output[0] for output in outputs.values()), strict=True)
    )
    top, left, bottom, right = by_name[BOXES].T
    numbers = by_name[CLASSES].astype(np.intp) - 1
    named = np.flatnonzero((numbers >= 0) & (numbers < classes))
    corners = np.stack(
        [left * size.columns, top * size.rows, right * size.columns, bottom * size.rows], axis=1
    )
    return Finds(numbers, by_name[SCORES], corners).chosen(named)


def _names(outputs: Outputs) -> Iterator[str]:
    """Without the number that TensorFlow puts behind a colon."""
    return (name.partition(":")[0] for name in outputs)
