"""Lists in attributes of elements, read as the patterns in `elements/cases` say. Pure.

A pattern is an object of patterns, a list of one pattern with the least and the greatest number of items where there is one, or a word: `text`, `number`, or what a number is in
a picture: `x`, `y`, `width` and `height` lie between its edges, `column` and `row` are those of a pixel.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from secondlook.cli.acceptance.errors import CannotAccept
from secondlook.cli.acceptance.lenient_json import LenientJsonError, parse
from secondlook.cli.acceptance.page import Element

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


def fitted(
    element: Element, item: Any, pattern: Any, size: Mapping[str, int] | None = None, name: str = "an item"
) -> Any:
    """What `pattern` takes of an item of `initial-value`; CannotAccept where it does not fit, or not into a picture of `size`.

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
            return [fitted(element, value, inner, size, name) for value in item]
        case dict(), dict() if pattern.keys() <= item.keys():
            members = {key: fitted(element, item[key], inner, size, key) for key, inner in pattern.items()}
            if size is None or _lies_in(size, members, pattern):
                return members
    wanted = _words(pattern) + (" in the picture" if size and isinstance(pattern, dict) else "")
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


def _lies_in(size: Mapping[str, int], members: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
    """Is the item inside the picture, and at least a pixel long where its pattern knows of lengths?"""
    for edge, pixel, length in (("x", "column", "width"), ("y", "row", "height")):
        first = sum(members[key] for key, word in pattern.items() if word in (edge, pixel))
        lengths = [members[key] for key, word in pattern.items() if word == length]
        lengths += [1 for word in pattern.values() if word == pixel]
        if first < 0 or min(lengths, default=1) < 1 or first + sum(lengths) > size[length]:
            return False
    return True
