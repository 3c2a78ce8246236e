"""From the elements of a page to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from secondlook.cli.acceptance import fields, tools
from secondlook.cli.acceptance.errors import CannotAccept
from secondlook.cli.acceptance.fields import NOTHING
from secondlook.cli.acceptance.page import Element, read
from secondlook.cli.acceptance.tools import PictureSize

FIELDS: dict[str, Callable[[Element], Any]] = {
    "input": fields.native_input,
    "select": fields.select,
    "textarea": fields.textarea,
    "crowd-input": lambda element: fields.text(element, element.get("value")),
    "crowd-text-area": lambda element: fields.text(element, element.get("value")),
    "crowd-checkbox": fields.tick,
    "crowd-radio-button": fields.tick,
    "crowd-toggle-button": fields.tick,
    "crowd-slider": fields.slider,
    "crowd-classifier": tools.preset_category,
    "crowd-entity-annotation": tools.spans,
}

IMAGE_TOOLS: dict[str, tuple[str, Callable[[Element, Any], Any]]] = {
    "crowd-bounding-box": ("boundingBoxes", tools.box),
    "crowd-keypoint": ("keypoints", tools.point),
    "crowd-polygon": ("polygons", tools.path),
    "crowd-polyline": ("polylines", tools.path),
    "crowd-line": ("lines", tools.path),
}

UNNAMED = frozenset({"crowd-rekognition-detect-moderation-labels", "crowd-textract-analyze-document"})
"""Tools that answer under a key of their own [document-and-moderation.md]."""


def untouched(html: str, picture_size: PictureSize) -> dict[str, Any]:
    """The answer of the page; raises CannotAccept naming the element that a person has to see to."""
    page = read(html)
    if not page.has_form:
        raise CannotAccept("The page has no crowd-form, so nothing can be submitted from it.")
    _check_radios(page.elements)
    answer: dict[str, Any] = {}
    for element in page.elements:
        if element.disabled or not (element.name or element.tag in UNNAMED):
            continue
        value = _contribution(element, picture_size)
        if value is NOTHING:
            continue
        _put(answer, element.name, value)
    return answer


def _put(answer: dict[str, Any], name: str, value: Any) -> None:
    """Check boxes and radio buttons of one name become one object; of other repeats the last one wins."""
    if _ticks(value) and _ticks(answer.get(name)):
        answer[name].update(value)
    else:
        answer[name] = value


def _contribution(element: Element, picture_size: PictureSize) -> Any:
    if element.tag in FIELDS:
        return FIELDS[element.tag](element)
    if element.tag in IMAGE_TOOLS:
        return tools.image_tool(element, *IMAGE_TOOLS[element.tag], picture_size)
    if "-" in element.tag:
        raise CannotAccept(f"{element} cannot be accepted as it is: only a person can answer it.")
    return NOTHING  # a named element that is no field, such as <a name> or <form name>


def _ticks(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, bool) for one in value.values())


def _check_radios(elements: Iterable[Element]) -> None:
    """Native radio buttons: if one of a name is required, one of that name must be chosen."""
    radios = [
        one for one in elements if one.tag == "input" and one.get("type") == "radio" and not one.disabled
    ]
    chosen = {one.name for one in radios if one.has("checked")}
    for one in radios:
        if one.has("required") and one.name not in chosen:
            raise CannotAccept(f"{one} is required and nothing is chosen, so a person has to choose.")
