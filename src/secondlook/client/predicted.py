"""Boxes of a model's answer, whichever usual form it has: as task pages take them, and for drawing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from secondlook.client.formats.annotations import Box, Size
from secondlook.review.decisions.objects import objects


def boxes(prediction: Any, size: Size | None) -> list[Box]:
    """In pixels. Boxes that are given in shares of the picture need its size, and are left out without it."""
    return list(_boxes(prediction, size))


def has_boxes(prediction: Any) -> bool:
    return any(found.box for found in objects(prediction))


def _boxes(prediction: Any, size: Size | None) -> Iterator[Box]:
    for found in objects(prediction):
        box = found.box
        if box is None or (box.is_relative and size is None):
            continue
        across, down = size if box.is_relative and size else (1, 1)
        yield Box(
            found.label, box.left * across, box.top * down, box.width * across, box.height * down, found.score
        )


def initial_value(found: Sequence[Box]) -> dict[str, Any]:
    """The members that pages with a tool for boxes read, as conditions map them: whole pixels, the scores, and the labels there are."""
    if not found:
        return {}
    return {
        "initialValue": [_whole(box) for box in found],
        "labels": list(dict.fromkeys(box.label for box in found if box.label)),
    }


def _whole(box: Box) -> dict[str, Any]:
    left, top = round(box.left), round(box.top)
    width, height = round(box.left + box.width) - left, round(box.top + box.height) - top
    whole = {"label": box.label, "left": left, "top": top, "width": width, "height": height}
    return whole if box.score is None else {**whole, "score": box.score}
