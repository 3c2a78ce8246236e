"""How a picture is laid into the network's input, and the way back from there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from secondlook.hosting.runtimes.pictures import Pixels

Numbers = npt.NDArray[np.float32]

GREY = 114
"""What fills the edges beside a letter-boxed picture; detectors are trained with it."""


@dataclass(frozen=True, slots=True)
class View:
    """A point of the input, in its pixels, is the picture's `(x - left) / horizontal`, `(y - top) / vertical`."""

    horizontal: float
    vertical: float
    left: float = 0.0
    top: float = 0.0

    def in_picture(self, corners: Numbers) -> Numbers:
        """Corners (n by 4: left, top, right, bottom) of the input, in pixels of the picture."""
        origin = np.asarray([self.left, self.top] * 2, np.float32)
        scale = np.asarray([self.horizontal, self.vertical] * 2, np.float32)
        moved: Numbers = (corners - origin) / scale
        return moved


def stretched(picture: Pixels, columns: int, rows: int) -> tuple[Pixels, View]:
    """The picture, height by width by 3, at the size of the input whatever its own shape."""
    # The networks were trained on area averages; Pillow's default filter, which averages too when it shrinks, finds the
    # same to within a model's noise and needs no further library.
    resized = np.asarray(Image.fromarray(picture).resize((columns, rows)))
    height, width = picture.shape[:2]
    return resized, View(columns / width, rows / height)


def letter_boxed(picture: Pixels, columns: int, rows: int) -> tuple[Pixels, View]:
    """The picture as large as it fits into the input in its own shape, in the middle, with grey beside it."""
    height, width = picture.shape[:2]
    scale = min(columns / width, rows / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = (columns - size[0]) // 2, (rows - size[1]) // 2
    paper = np.full((rows, columns, 3), GREY, np.uint8)
    paper[top : top + size[1], left : left + size[0]] = np.asarray(Image.fromarray(picture).resize(size))
    return paper, View(size[0] / width, size[1] / height, left, top)


def planes(picture: Pixels) -> Numbers:
    """1 by 3 by height by width, each number as it is: 0 to 255."""
    return np.ascontiguousarray(picture.transpose(2, 0, 1)[np.newaxis], dtype=np.float32)
