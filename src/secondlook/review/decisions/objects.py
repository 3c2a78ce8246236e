"""What an answer says it sees: labels with scores and boxes, in one form whatever the model. Pure.

Shapes that are understood, each item alone or in a list, a list in one of the members that `items` names:

* boxes: `{"id" | "label" | "class" | "name": …, "score" | "confidence" | "probability": …}` with one of
  `left, top, right, bottom` (our detector, our reader of text) · `left, top, width, height` (crowd-bounding-box) ·
  `x, y, width, height` (the corner, as in COCO) · `xmin, ymin, xmax, ymax` · `box` or `bbox`, an object of one of these,
  or `[left, top, right, bottom]` · `BoundingBox` or `boundingBox` of parts of the picture (AWS);
* a class: `{"label": …, "score": …}`; columns: `{"labels": […], "scores": […], "boxes": […]}`;
* lines of text: `{"text": …, "score": …, "polygon": [[x, y], …]}`, whose box is the upright one around it;
* Rekognition's `{"ModerationLabels": […]}`; of Textract's `{"Blocks": […]}` the lines and the words that stand in none.

What has neither label nor score nor box is left out. A score that is no finite number is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.items import as_label, as_score, items, label_of, member, score_of


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box, in pixels; or in parts of the picture, 0 to 1, where `is_relative`."""

    left: float
    top: float
    width: float
    height: float
    is_relative: bool = False

    @property
    def area(self) -> float:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Object:
    """One find: a text or a class, how sure the model is, in its own unit, and where."""

    label: str
    score: float | None
    box: Box | None


def objects(answer: Any) -> list[Object]:
    """The objects of an answer in its order; never raises."""
    blocks = member(answer, "Blocks")
    listed = _texts(blocks) if isinstance(blocks, list) else items(answer)
    found = (_object(item) for item in listed)
    return [each for each in found if each is not None]


def _object(item: Any) -> Object | None:
    label, score, box = as_label(label_of(item)), as_score(score_of(item)), box_of(item)
    if label is None and score is None and box is None:
        return None
    return Object(_kept(label or ""), score, box)


def _kept(text: str) -> str:
    """PostgreSQL cannot hold NUL in text, and a lone surrogate is no UTF-8."""
    return text if text.isprintable() else text.replace("\x00", "").encode("utf-8", "replace").decode()


def _texts(blocks: Iterable[Any]) -> list[Any]:
    """Lines as items that say their text, and words of no line."""
    known = [block for block in blocks if isinstance(block, dict)]
    lines = [block for block in known if member(block, "BlockType") == "LINE"]
    in_lines = {name for line in lines for name in _children(line)}
    words = [
        block
        for block in known
        if member(block, "BlockType") == "WORD" and _hashable(member(block, "Id")) not in in_lines
    ]
    return [_text(block) for block in (*lines, *words)]


def _text(block: Mapping[str, Any]) -> dict[str, Any]:
    box = member(member(block, "Geometry"), "BoundingBox")
    return {"text": member(block, "Text"), "score": member(block, "Confidence"), "BoundingBox": box}


def _children(block: Mapping[str, Any]) -> Iterable[str]:
    for relationship in _listed(member(block, "Relationships")):
        if member(relationship, "Type") == "CHILD":
            yield from (name for name in _listed(member(relationship, "Ids")) if isinstance(name, str))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _hashable(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def box_of(item: Any) -> Box | None:
    """Where an item is, or None where it does not say so in a form that is known."""
    if not isinstance(item, dict):
        return None
    part = member(item, "BoundingBox") or member(member(item, "Geometry"), "BoundingBox")
    if isinstance(part, dict):
        return _sides(part, ("Left", "Top", "Width", "Height")) or _sides(part, _CORNER, is_relative=True)
    inner = item.get("box", item.get("bbox"))
    if isinstance(inner, dict):
        return _upright(inner)
    if isinstance(inner, list):
        return _edges(inner)
    return _upright(item) or _around(item.get("polygon"))


_CORNER = ("left", "top", "width", "height")
_EDGES = (("left", "top", "right", "bottom"), ("xmin", "ymin", "xmax", "ymax"))
_SIZES = (_CORNER, ("x", "y", "width", "height"))


def _upright(item: Mapping[str, Any]) -> Box | None:
    for names in _EDGES:
        if box := _edges([item.get(name) for name in names]):
            return box
    for names in _SIZES:
        if box := _sides(item, names):
            return box
    return None


def _edges(edges: Sequence[Any]) -> Box | None:
    if len(edges) != len(_CORNER) or (numbers := _numbers(edges)) is None:
        return None
    left, top, right, bottom = numbers
    return _box(left, top, right - left, bottom - top)


def _sides(item: Mapping[str, Any], names: Sequence[str], *, is_relative: bool = False) -> Box | None:
    numbers = _numbers([item.get(name) for name in names])
    return None if numbers is None else _box(*numbers, is_relative=is_relative or names[0] == "Left")


def _around(polygon: Any) -> Box | None:
    """The upright box around `[[x, y], …]`."""
    if not isinstance(polygon, list) or not polygon:
        return None
    if not all(isinstance(point, list) and len(point) == len(("x", "y")) for point in polygon):
        return None
    columns, rows = (_numbers([point[axis] for point in polygon]) for axis in (0, 1))
    if columns is None or rows is None:
        return None
    left, top = min(columns), min(rows)
    return _box(left, top, max(columns) - left, max(rows) - top)


def _box(left: float, top: float, width: float, height: float, *, is_relative: bool = False) -> Box | None:
    """None where differences of huge numbers are no numbers any more."""
    if as_score(width) is None or as_score(height) is None:
        return None
    return Box(left, top, width, height, is_relative)


def _numbers(values: Sequence[Any]) -> list[float] | None:
    numbers = [as_score(value) for value in values]
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else None
