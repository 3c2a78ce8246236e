"""Lists in attributes of elements, read as the patterns in `elements/cases` say. Pure.

A pattern is an object of patterns, a list of one pattern with the least and the greatest number of items where there is one, or a
word: `text`, `number`, or what a number is in the place of the items, a picture (`places.Picture`) or a text (`places.Text`).
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any

from secondlook.review.render.lenient_json import LenientJsonError, parse
from secondlook.reviewer.acceptance.page import Element
from secondlook.reviewer.acceptance.places import Place
from secondlook.reviewer.errors import CannotAccept

INITIAL = "initial-value"


def values(element: Element, attribute: str, key: str = "") -> list[Any]:
    """A list in an attribute, or the one under `key` of an object there; empty where the attribute says nothing."""
    text = element.get(attribute)
    if not text.strip():
        return []
    try:
        value = parse(text)
    except LenientJsonError as error:
        raise CannotAccept(f"{element} has an attribute {attribute} that cannot be read: {error}.") from None
    if isinstance(value, dict):
        value = value.get(key)
    if not isinstance(value, list):
        raise CannotAccept(f"{element} has an attribute {attribute} that holds no list.")
    return value


def labels(element: Element) -> list[str]:
    """The names in `labels`, which holds texts or objects [text.md, crowd-entity-annotation]."""
    items = [item.get("label") if isinstance(item, dict) else item for item in values(element, "labels")]
    if any(not isinstance(name, str | int | float) or isinstance(name, bool) for name in items):
        raise CannotAccept(f"{element} has an attribute labels that holds something else than labels.")
    return [str(name) for name in items]


def fitted(
    element: Element, item: Any, pattern: Any, place: Place | None = None, name: str = "an item"
) -> Any:
    """What `pattern` takes of an item of `initial-value`; CannotAccept where it does not fit, or not into its place.

    `name` is that of the item in messages. Numbers are rounded as JavaScript's Math.round does: answers are in whole ones.
    """
    match pattern, item:
        case _, bool():
            pass
        case "text", str() | int() | float():
            return str(item)
        case str(), str() | int() | float():
            with suppress(ValueError, OverflowError):
                return math.floor(float(item) + 0.5)
        case [inner, *limits], list() if _is_within(len(item), *limits):
            return [fitted(element, value, inner, place, name) for value in item]
        case dict(), dict() if pattern.keys() <= item.keys():
            members = {key: fitted(element, item[key], inner, place, key) for key, inner in pattern.items()}
            if place is None or place.holds(members, pattern):
                return members
    wanted = _words(pattern) + (f" {place.words}" if place and isinstance(pattern, dict) else "")
    raise CannotAccept(
        f"{element} has an {INITIAL} in which {name} is {json.dumps(item)} where {wanted} should be."
    )


def _is_within(count: int, least: int = 0, most: float = math.inf) -> bool:
    return least <= count <= most


def _words(pattern: Any) -> str:
    match pattern:
        case dict():
            return f"an object with {', '.join(pattern)}"
        case [_, least, most] if least == most:
            return f"a list of {least}"
        case [_, least, *_]:
            return f"a list of at least {least}"
        case [_]:
            return "a list"
    return "a text" if pattern == "text" else "a number"
