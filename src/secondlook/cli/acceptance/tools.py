"""What crowd-* annotation tools answer before anybody has touched them [image-annotation.md, text.md]. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from secondlook.cli.acceptance.errors import CannotAccept
from secondlook.cli.acceptance.lenient_json import LenientJsonError, parse
from secondlook.cli.acceptance.page import Element

PictureSize = Callable[[str], dict[str, int]]
"""From the `src` of a picture to `{"height", "width"}` of its stored pixels."""

SIDES = ("height", "left", "top", "width")


def image_tool(
    element: Element, key: str, item: Callable[[Element, Any], Any], size: PictureSize
) -> dict[str, Any]:
    """The answer of a drawing tool: the shapes of `initial-value` as they came, those of unknown labels left out."""
    labels = {str(one) for one in _list(element, "labels", "")}
    given = element.get("initial-value").strip()
    shapes = [one for one in _list(element, "initial-value", key) if _member(element, one, "label") in labels]
    answer: dict[str, Any] = {key: [item(element, one) for one in shapes]}
    if given:
        answer["initialValueModified"] = False
    return {**answer, "inputImageProperties": size(element.get("src"))}


def box(element: Element, given: Any) -> dict[str, Any]:
    return {"label": given["label"], **{side: _whole(element, given, side) for side in SIDES}}


def point(element: Element, given: Any) -> dict[str, Any]:
    return {"label": given["label"], **_corner(element, given)}


def path(element: Element, given: Any) -> dict[str, Any]:
    """A polygon or a line."""
    vertices = _member(element, given, "vertices")
    return {"label": given["label"], "vertices": [_corner(element, one) for one in vertices]}


def spans(element: Element) -> dict[str, Any]:
    """The answer of crowd-entity-annotation."""
    given = _list(element, "initial-value", "entities")
    wanted = ("endOffset", "label", "startOffset")
    return {"entities": [{name: _member(element, one, name) for name in wanted} for one in given]}


def preset_category(element: Element) -> dict[str, Any]:
    """The answer of crowd-classifier, whose `initial-value` is a plain text."""
    chosen = element.get("initial-value").strip()
    if chosen not in {str(one) for one in _list(element, "categories", "")}:
        raise CannotAccept(
            f"{element} offers no category as its initial-value, so a person has to choose one."
        )
    return {"label": chosen}


def _corner(element: Element, given: Any) -> dict[str, int]:
    return {axis: _whole(element, given, axis) for axis in ("x", "y")}


def _list(element: Element, attribute: str, key: str) -> list[Any]:
    """A list in an attribute, or the one under `key` of an object; empty where there is none."""
    text = element.get(attribute)
    try:
        value = parse(text) if text.strip() else []
    except LenientJsonError as error:
        raise CannotAccept(f"{element} has an attribute {attribute} that cannot be read: {error}.") from None
    if isinstance(value, dict):
        value = value.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise CannotAccept(f"{element} has an attribute {attribute} that holds no list.")
    return value


def _member(element: Element, item: Any, name: str) -> Any:
    if not isinstance(item, dict) or name not in item:
        raise CannotAccept(f"{element} has an initial-value with an item that lacks {name!r}.")
    return item[name]


def _whole(element: Element, item: Any, name: str) -> int:
    """A number rounded as JavaScript's Math.round does: answers are in whole pixels."""
    value = _member(element, item, name)
    try:
        return math.floor(float(value) + 0.5)
    except (TypeError, ValueError, OverflowError):
        raise CannotAccept(
            f"{element} has an initial-value whose {name!r} is no number: {value!r}."
        ) from None
