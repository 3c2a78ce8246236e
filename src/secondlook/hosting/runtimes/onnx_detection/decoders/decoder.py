"""A decoder: what one kind of detector takes, and what its numbers mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from secondlook.hosting.runtimes.onnx_detection.finds import Finds
from secondlook.hosting.runtimes.onnx_detection.views import Numbers, View
from secondlook.hosting.runtimes.pictures import Pixels

Outputs = Mapping[str, Numbers]
"""What a network answers, by the outputs' names, in their order."""


@dataclass(frozen=True, slots=True)
class Input:
    """What the network takes: pixels across and down."""

    columns: int
    rows: int

    def cells(self, stride: int) -> tuple[int, int]:
        """Rows and columns of the grid whose cells are `stride` pixels wide; a last cell may reach over the edge."""
        return -(-self.rows // stride), -(-self.columns // stride)


class Decoder(Protocol):
    """A module of this folder."""

    SHAPE: str
    """In words, which outputs it reads, for whoever has a model that no decoder fits."""

    def fits(self, outputs: Outputs, size: Input, classes: int) -> bool:
        """Whether a network with these outputs is surely of this kind."""

    def prepare(self, picture: Pixels, size: Input) -> tuple[np.ndarray, View]:
        """The picture as the network's input, and where it lies in it."""

    def finds(self, outputs: Outputs, size: Input, classes: int) -> Finds:
        """All that the network says of one picture. Raises ValueError where the outputs are of another shape."""


def only(outputs: Outputs) -> Numbers:
    """The one output's numbers for the first picture. Raises ValueError for several."""
    if len(outputs) != 1:
        raise ValueError(f"the model has the outputs {', '.join(outputs)}, and one was expected")
    (output,) = outputs.values()
    of_first: Numbers = output[0]
    return of_first


def require_classes(found: int, classes: int) -> None:
    """Raises ValueError where the model's classes are not those that LABELS names."""
    if found != classes:
        raise ValueError(f"the model answers {found} classes, but LABELS names {classes}")


def shapes(outputs: Outputs) -> Sequence[tuple[int, ...]]:
    """Of each output."""
    return [output.shape for output in outputs.values()]
