"""What form fields hold before anybody has touched them [form-and-inputs.md, What is collected]. Pure."""

from __future__ import annotations

from typing import Any

from secondlook.cli.acceptance.errors import CannotAccept
from secondlook.cli.acceptance.page import Element

NOTHING = object()
"""The field is not in the answer: elements with no input do not appear."""

SILENT = frozenset({"button", "submit", "reset", "image", "file"})
"""Types of `input` that are never in an answer."""

WITHOUT_VALUE = {"range": "50", "color": "#000000"}
"""What a browser puts into an `input` of such a type that was given none."""


def text(element: Element, value: str) -> Any:
    """A text field; an empty one that is required is the worker's to fill."""
    if value:
        return value
    if element.has("required"):
        raise CannotAccept(f"{element} is required and empty, so a person has to fill it in.")
    return NOTHING


def tick(element: Element) -> dict[str, bool]:
    """A check box, radio button or switch: `{value: is it on?}`."""
    ticked = element.has("checked")
    if element.has("required") and not ticked and element.get("type") != "radio":
        raise CannotAccept(f"{element} is required and not ticked, so a person has to do it.")
    return {element.get("value", "on"): ticked}


def native_input(element: Element) -> Any:
    kind = element.get("type", "text").lower()
    if kind in SILENT:
        return NOTHING
    if kind in {"checkbox", "radio"}:
        return tick(element)
    return text(element, element.get("value") or WITHOUT_VALUE.get(kind, ""))


def select(element: Element) -> Any:
    chosen = [_value(one) for one in element.options if one.has("selected")]
    if element.has("multiple"):
        return chosen or NOTHING
    usable = [_value(one) for one in element.options if not one.has("disabled")]
    return text(element, (chosen or usable or [""])[-1 if chosen else 0])


def textarea(element: Element) -> Any:
    return text(element, element.text.removeprefix("\n"))


def slider(element: Element) -> Any:
    """A number; one without a value is the worker's to move if it must be."""
    given = element.get("value")
    if not given and element.has("required"):
        raise CannotAccept(f"{element} is required and has no value, so a person has to move it.")
    try:
        value = float(given or element.get("min") or 0)
    except ValueError:
        raise CannotAccept(f"{element} has a value that is no number: {given!r}.") from None
    return int(value) if value.is_integer() else value


def _value(option: Element) -> str:
    return option.get("value") if option.has("value") else " ".join(option.text.split())
