"""The demo's first subject: objects in a photograph, with the detector `fastestdet-coco`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from secondlook.cli.demo.subject import HERE, SAMPLES, Mark, Outcome, mark

SAME = 0.5
"""Two boxes that share more than this (intersection over union) mean the same thing."""


class Boxes:
    """Objects and where they are."""

    product = "fastestdet-coco"
    title = "Correct the boxes of a detector"
    picture = SAMPLES / "coffee.jpg"
    headings: tuple[str, ...] = ("SEEN", "SCORE", "LEFT", "TOP", "RIGHT", "BOTTOM")

    @property
    def template(self) -> str:
        return (HERE / "templates" / "boxes.html").read_text(encoding="utf-8")

    def row(self, prediction: Mapping[str, Any]) -> Sequence[Any]:
        sides = [prediction[side] for side in ("left", "top", "right", "bottom")]
        return prediction["id"], f"{prediction['score']:.2f}", *sides

    def question(self, doubtful: Sequence[Mapping[str, Any]], uri: str) -> dict[str, Any]:
        return {
            "picture": uri,
            "labels": list(dict.fromkeys(prediction["id"] for prediction in doubtful)),
            "boxes": [_box(mark(prediction)) for prediction in doubtful],
        }

    def before(self, doubtful: Sequence[Mapping[str, Any]]) -> list[Mark]:
        return [mark(prediction) for prediction in doubtful]

    def after(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> list[Mark]:  # noqa: ARG002  (see Subject)
        return [
            Mark(box["label"], box["left"], box["top"], box["width"], box["height"])
            for box in answer["boxes"]["boundingBoxes"]
        ]

    def outcome(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> Outcome:
        rows: list[Sequence[Any]] = [
            (mark.caption, *(round(side) for side in (mark.left, mark.top, mark.width, mark.height)), what)
            for mark, what in changes(self.before(doubtful), self.after(doubtful, answer))
        ]
        return ("LABEL", "LEFT", "TOP", "WIDTH", "HEIGHT", "CHANGE"), rows


def changes(before: Sequence[Mark], after: Sequence[Mark]) -> list[tuple[Mark, str]]:
    """Each box of the answer with what the person did to it, then the boxes that are gone."""
    unpaired = list(before)
    changed = []
    # Boxes that nobody touched are paired first, so that a moved one cannot take the place of a neighbour.
    for new in sorted(after, key=lambda mark: not any(_untouched(mark, old) for old in before)):
        old = max(unpaired, key=lambda other: (_untouched(new, other), _shared(new, other)), default=None)
        if old is None or _shared(new, old) <= SAME:
            changed.append((new, "new"))
            continue
        unpaired.remove(old)
        changed.append((new, _change(old, new)))
    order = {id(mark): place for place, mark in enumerate(after)}
    changed.sort(key=lambda pair: order[id(pair[0])])
    return [*changed, *((mark, "deleted") for mark in unpaired)]


def _change(old: Mark, new: Mark) -> str:
    if old.caption != new.caption:
        return f"was {old.caption}"
    return "kept" if _untouched(old, new) else "moved"


def _untouched(a: Mark, b: Mark) -> bool:
    return _box_of(a) == _box_of(b)


def _box_of(mark: Mark) -> tuple[Any, ...]:
    return mark.caption, mark.left, mark.top, mark.width, mark.height


def _box(mark: Mark) -> dict[str, Any]:
    """An item of `initial-value`; the score is shown beside the box."""
    return {
        "label": mark.caption,
        "left": mark.left,
        "top": mark.top,
        "width": mark.width,
        "height": mark.height,
        "score": mark.score,
    }


def _shared(a: Mark, b: Mark) -> float:
    """Intersection over union."""
    width = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
    height = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (a.width * a.height + b.width * b.height - width * height)
