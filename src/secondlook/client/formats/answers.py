"""What workers answer, element by element: `answerContent` of output.json as annotations [crowd-elements].

Templates may answer anything, so a member that does not look in every part like an element's is a plain one, kept as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeGuard

from secondlook.client.formats.annotations import (
    Annotation,
    Box,
    Choice,
    FormField,
    Keypoint,
    Mask,
    Point,
    Polygon,
    Polyline,
    Reading,
    Region,
    Size,
    Span,
)
from secondlook.client.formats.blocks import form_fields
from secondlook.client.formats.characters import whole

_EXACT = 2**53

_LONGEST_SIDE = 2**31 - 1

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class _Otherwise(Exception):
    """This is not what the element answers."""


def read(content: Any) -> Reading:
    """An `answerContent`, or the prediction of a detector's loop in the same shape."""
    kinds: set[str] = set()
    annotations: list[Annotation] = []
    members: dict[str, Any] = {}
    size: Size | None = None
    for name, value in content.items() if isinstance(content, Mapping) else ():
        try:
            kind, said = _element(value)
        except _Otherwise:
            members[name] = value
            continue
        kinds.add(kind)
        annotations += said
        size = size or _size(value)
    return Reading(frozenset(kinds), tuple(annotations), members, size)


def boxes(value: Any) -> tuple[Box, ...] | None:
    """A list of boxes in the shape of `initial-value`; None where it is none."""
    try:
        return tuple(_box(item) for item in _list(value))
    except _Otherwise:
        return None


def _element(value: Any) -> tuple[str, Iterable[Annotation]]:
    if not isinstance(value, Mapping):
        raise _Otherwise
    for member, (kind, read_items) in _LISTS.items():
        if member in value:
            return kind, [read_items(item) for item in _list(value[member])]
    for member, (kind, read_all) in _WHOLES.items():
        if member in value:
            return kind, read_all(value)
    raise _Otherwise


def _box(item: Any) -> Box:
    box = Box(_label(item), *(_number(item, side) for side in ("left", "top", "width", "height")))
    if box.width < 0 or box.height < 0:
        raise _Otherwise
    return box


def _polygon(item: Any) -> Polygon:
    return Polygon(_label(item), _vertices(item, 3))


def _polyline(item: Any) -> Polyline:
    return Polyline(_label(item), _vertices(item, 2))


def _keypoint(item: Any) -> Keypoint:
    return Keypoint(_label(item), _number(item, "x"), _number(item, "y"))


def _span(item: Any) -> Span:
    label, start, end = _label(item), item.get("startOffset"), item.get("endOffset")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise _Otherwise
    return Span(label, start, end)


def _semantic(value: Mapping[str, Any]) -> list[Annotation]:
    mappings = value["labelMappings"]
    if not isinstance(mappings, Mapping):
        raise _Otherwise
    regions = tuple(Region(whole(label), _colour(mapping)) for label, mapping in mappings.items())
    return [Mask(_png(value), regions, instances=False)]


def _instances(value: Mapping[str, Any]) -> list[Annotation]:
    regions = tuple(Region(_label(item), _colour(item)) for item in _list(value["instances"]))
    return [Mask(_png(value), regions, instances=True)]


def _label_chosen(value: Mapping[str, Any]) -> list[Annotation]:
    if not value.keys() <= {"label", "workerComment"}:
        raise _Otherwise
    return [Choice((_label(value),), several=False)]


def _labels_chosen(value: Mapping[str, Any]) -> list[Annotation]:
    if not value.keys() <= {"labels", "workerComment"}:
        raise _Otherwise
    return [Choice(tuple(_text(label) for label in _list(value["labels"])), several=True)]


def _moderation(value: Mapping[str, Any]) -> list[Annotation]:
    """Categories are strings, or objects with a name; answered as they were given."""
    labels = [
        label.get("name") if isinstance(label, Mapping) else label
        for label in _list(value["moderationLabels"])
    ]
    return [Choice(tuple(_text(label) for label in labels), several=True)]


def _form(value: Mapping[str, Any]) -> list[Annotation]:
    blocks = _list(value["blocks"])
    if not all(isinstance(block, Mapping) for block in blocks):
        raise _Otherwise
    return [FormField(whole(key), text if text is None else whole(text)) for key, text in form_fields(blocks)]


_LISTS: dict[str, tuple[str, Callable[[Any], Annotation]]] = {
    "boundingBoxes": (Box.kind, _box),
    "polygons": (Polygon.kind, _polygon),
    "polylines": (Polyline.kind, _polyline),
    "lines": (Polyline.kind, _polyline),
    "keypoints": (Keypoint.kind, _keypoint),
    "entities": (Span.kind, _span),
}
"""By the member that makes an answer an element's: one annotation an item."""

_WHOLES: dict[str, tuple[str, Callable[[Mapping[str, Any]], list[Annotation]]]] = {
    "labelMappings": (Mask.kind, _semantic),
    "instances": (Mask.kind, _instances),
    "moderationLabels": (Choice.kind, _moderation),
    "blocks": (FormField.kind, _form),
    "labels": (Choice.kind, _labels_chosen),
    "label": (Choice.kind, _label_chosen),
}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Otherwise
    return value


def _label(item: Any) -> str:
    if not isinstance(item, Mapping):
        raise _Otherwise
    return _text(item.get("label"))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Otherwise
    return whole(value)


def _number(item: Mapping[str, Any], member: str) -> float:
    value = item.get(member)
    if not is_number(value):
        raise _Otherwise
    return value


def is_number(value: Any) -> TypeGuard[float]:
    """Whether it is one that every format can say: finite, and a whole one no larger than a float is exact."""
    if type(value) is int:
        return abs(value) <= _EXACT
    return type(value) is float and math.isfinite(value)


def _vertices(item: Any, least: int) -> tuple[Point, ...]:
    corners = _list(item.get("vertices")) if isinstance(item, Mapping) else []
    if len(corners) < least or not all(isinstance(corner, Mapping) for corner in corners):
        raise _Otherwise
    return tuple(Point(_number(corner, "x"), _number(corner, "y")) for corner in corners)


def _colour(item: Any) -> str:
    colour = item.get("color") if isinstance(item, Mapping) else None
    if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
        raise _Otherwise
    return colour.lower()


def _png(value: Mapping[str, Any]) -> str:
    image = value.get("labeledImage")
    png = image.get("pngImageData") if isinstance(image, Mapping) else None
    if not isinstance(png, str):
        raise _Otherwise
    return png


def _size(value: Mapping[str, Any]) -> Size | None:
    properties = value.get("inputImageProperties")
    if not isinstance(properties, Mapping):
        return None
    width, height = properties.get("width"), properties.get("height")
    if type(width) is not int or type(height) is not int:
        return None
    if not 0 < min(width, height) <= max(width, height) <= _LONGEST_SIDE:
        return None
    return Size(width, height)
