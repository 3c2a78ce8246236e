"""The answer that review flows understand: a JSON list of labelled boxes in pixels of the picture sent.

`[{"id": "dog", "score": 0.77, "left": 121, "top": 198, "right": 335, "bottom": 538}]`, best first; whole numbers, within
the picture [seed-notebook.md, InvokeEndpoint].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """One find, in pixels; may reach over the edge of the picture."""

    id: str
    score: float
    left: float
    top: float
    right: float
    bottom: float


def answer(boxes: Iterable[Box], width: int, height: int) -> list[dict[str, Any]]:
    """The finds in a picture of `width` by `height`, clamped; a box that lies wholly outside is left out."""
    listed = []
    for box in sorted(boxes, key=lambda box: -box.score):
        left, right = (min(max(round(x), 0), width) for x in (box.left, box.right))
        top, bottom = (min(max(round(y), 0), height) for y in (box.top, box.bottom))
        if left < right and top < bottom:
            corners = {"left": left, "top": top, "right": right, "bottom": bottom}
            listed.append({"id": box.id, "score": round(box.score, 4), **corners})
    return listed
