"""What an element adds to the answer before anybody has touched it, by its rule in `elements/cases`. Pure.

A rule is of a kind that many elements share; `elements/cases/README.md` says what each is for. So a new element needs a rule there,
and nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from math import isfinite
from typing import Any

from secondlook.review.render import elements
from secondlook.reviewer.acceptance import controls, lists
from secondlook.reviewer.acceptance.page import Element
from secondlook.reviewer.acceptance.places import Picture, Place, Text
from secondlook.reviewer.errors import CannotAccept

PictureSize = Callable[[str], dict[str, int]]
"""From the `src` of a picture to `{"height", "width"}` of its stored pixels."""


def contribution(element: Element, picture_size: PictureSize) -> Any:
    """The value of the element in the answer, or `controls.NOTHING`; CannotAccept where a person has to give it."""
    rule = elements.untouched().get(element.tag)
    if rule is None and element.name and "-" in element.tag:
        rule = {"kind": "person"}
    if rule is None or (not name_of(element) and rule["kind"] != "person"):
        return controls.NOTHING
    return _value(element, rule, picture_size)


def name_of(element: Element) -> str:
    """The name of the element in the answer: its own, or that under which its kind answers anyway; empty where it has none."""
    return element.name or str(elements.untouched().get(element.tag, {}).get("name", ""))


def _value(element: Element, rule: Mapping[str, Any], picture_size: PictureSize) -> Any:
    match rule:
        case {"kind": "person"}:
            raise CannotAccept(f"{element} cannot be accepted as it is: only a person can answer it.")
        case {"kind": "nothing"}:
            return controls.NOTHING
        case {"kind": "control"}:
            return controls.held(element, rule.get("type"))
        case {"kind": "number", "from": attributes, "between": limits}:
            return _number(element, attributes, limits)
        case {"kind": "choice", "of": offered, "preset": preset}:
            return _choice(element, offered, preset)
        case {"kind": "choices", "of": offered, "preset": preset}:
            return _choices(element, offered, preset)
    return _value_of_list(element, rule, picture_size)


def _value_of_list(element: Element, rule: Mapping[str, Any], picture_size: PictureSize) -> Any:
    match rule:
        case {"kind": "items", "key": key, "item": pattern}:
            return {key: _items(element, key, pattern)}
        case {"kind": "blocks", "key": key, "of": kind}:
            return {key: _blocks(element, key, kind)}
        case {"kind": "shapes", "key": key, "item": pattern}:
            return _shapes(element, key, pattern, picture_size(element.get("src")))
        case {"kind": "spans", "key": key, "text": attribute, "item": pattern}:
            return _spans(element, key, pattern, element.get(attribute))
    raise ValueError(f"The rule of {element.tag} in elements/cases is of no known kind: {rule}")


def _number(element: Element, attributes: Sequence[str], limits: Mapping[str, int]) -> int | float:
    """The first of the attributes that says anything; the first of all is the worker's to give if it must be.

    `limits` are the attributes of the least and the most, with what holds where they say nothing; a scale that ends before it begins has
    its least only.
    """
    if element.has("required") and not element.get(attributes[0]).strip():
        raise CannotAccept(f"{element} is required and has no value, so a person has to give one.")
    least, most = (_spelled(element, attribute, default) for attribute, default in limits.items())
    said = next((attribute for attribute in attributes if element.get(attribute).strip()), None)
    value = least if said is None else _spelled(element, said, least)
    value = min(max(least, most), max(least, value))
    return int(value) if value == int(value) else value


def _spelled(element: Element, attribute: str, default: float) -> float:
    text = element.get(attribute).strip()
    with suppress(ValueError, OverflowError):
        number = float(text) if text else default
        if isfinite(number):
            return number
    raise CannotAccept(f"{element} has an attribute {attribute} that is no number: {text!r}.")


def _choice(element: Element, offered: str, preset: str) -> dict[str, str]:
    chosen = element.get(preset).strip()
    if chosen not in map(str, lists.values(element, offered)):
        raise CannotAccept(
            f"{element} has none of its {offered} as its {preset}, so a person has to choose one."
        )
    return {"label": chosen}


def _choices(element: Element, offered: str, preset: str) -> dict[str, list[str]]:
    """Those that a list or a single text chooses, in the order in which they are offered."""
    text = element.get(preset).strip()
    chosen = {str(item) for item in lists.values(element, preset)} if text.startswith("[") else {text}
    labels = [item for item in dict.fromkeys(map(str, lists.values(element, offered))) if item in chosen]
    if not labels:
        raise CannotAccept(f"{element} has none of its {offered} in its {preset}, so a person has to choose.")
    return {"labels": labels}


def _shapes(element: Element, key: str, pattern: Mapping[str, Any], size: dict[str, int]) -> dict[str, Any]:
    """What a tool on a picture answers; shapes with a label that is not listed are not drawn [image-annotation.md]."""
    shapes = _listed(element, key, pattern, Picture(size))
    if not shapes:
        raise CannotAccept(f"{element} has no shapes to accept, so a person has to say that there are none.")
    return {key: shapes, "initialValueModified": False, "inputImageProperties": size}


def _blocks(element: Element, key: str, kind: str) -> list[Any]:
    """The blocks under review as they came [document-and-moderation.md]; a browser finds texts that they do not hold themselves."""
    if element.has("required") and lists.values(element, "keys"):
        raise CannotAccept(f"{element} is required and may ask for keys that were not found.")
    blocks = [
        block
        for block in lists.values(element, lists.INITIAL, key)
        if isinstance(block, dict) and block.get("blockType") == kind
    ]
    if not all(isinstance(block.get("text"), str) and block.get("id") for block in blocks):
        raise CannotAccept(f"{element} has blocks without an id or a text, so a browser has to read them.")
    return blocks


def _spans(element: Element, key: str, pattern: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What is marked in a text, which may be nothing [text.md]. A browser reads every line break of a page as one character."""
    spans = _listed(element, key, pattern, Text(len(text.replace("\r\n", "\n"))))
    if element.has("required") and not spans:
        raise CannotAccept(f"{element} is required and has no spans, so a person has to mark some.")
    return {key: spans}


def _listed(element: Element, key: str, pattern: Mapping[str, Any], place: Place) -> list[Any]:
    """Those whose label is listed: no tool draws others."""
    labels = lists.labels(element)
    return [item for item in _items(element, key, pattern, place) if item["label"] in labels]


def _items(element: Element, key: str, pattern: Mapping[str, Any], place: Place | None = None) -> list[Any]:
    return [lists.fitted(element, item, pattern, place) for item in lists.values(element, lists.INITIAL, key)]
