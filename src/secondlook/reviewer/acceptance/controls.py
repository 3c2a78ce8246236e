"""What HTML's own controls hold before anybody has touched them, and the elements that hold the same
[form-and-inputs.md, What is collected]. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from secondlook.reviewer.acceptance.page import Element
from secondlook.reviewer.errors import CannotAccept

NOTHING = object()
"""The control is not in the answer: elements with no input do not appear."""

SILENT = frozenset({"button", "submit", "reset", "image", "file"})
"""Types of `input` that are never in an answer."""

WITHOUT_VALUE = {"range": "50", "color": "#000000"}
"""What a browser puts into an `input` of such a type that has no value."""


def held(element: Element, kind: str | None = None) -> Any:
    """What a `textarea`, a `select` or an `input` holds; any other element is taken for an `input`, of type `kind` if that is named."""
    if element.tag == "textarea":
        return _text(element, element.text.removeprefix("\n"))
    if element.tag == "select":
        return _select(element)
    kind = kind or element.get("type").lower()
    if kind in SILENT:
        return NOTHING
    if kind in {"checkbox", "radio"}:
        return _tick(element, kind)
    return _text(element, element.get("value") or WITHOUT_VALUE.get(kind, ""))


def check_radios(elements: Iterable[Element]) -> None:
    """Of radio buttons of a name one must be chosen if one of them is required; CannotAccept where none is."""
    radios = [
        element
        for element in elements
        if element.tag == "input" and element.get("type").lower() == "radio" and not element.disabled
    ]
    chosen = {radio.name for radio in radios if radio.has("checked")}
    for radio in radios:
        if radio.has("required") and radio.name not in chosen:
            raise CannotAccept(f"{radio} is required and nothing is chosen, so a person has to choose.")


def _text(element: Element, value: str) -> Any:
    if value:
        return value
    if element.has("required"):
        raise CannotAccept(f"{element} is required and empty, so a person has to fill it in.")
    return NOTHING


def _tick(element: Element, kind: str) -> dict[str, bool]:
    """`{value: is it on?}`."""
    ticked = element.has("checked")
    if element.has("required") and not ticked and kind != "radio":
        raise CannotAccept(f"{element} is required and not ticked, so a person has to do it.")
    return {element.get("value", "on"): ticked}


def _select(element: Element) -> Any:
    selected = [_value(option) for option in element.options if option.has("selected")]
    if element.has("multiple"):
        return selected or NOTHING
    usable = [_value(option) for option in element.options if not option.has("disabled")]
    return _text(element, selected[-1] if selected else next(iter(usable), ""))


def _value(option: Element) -> str:
    return option.get("value") if option.has("value") else " ".join(option.text.split())
