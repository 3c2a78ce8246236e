"""From the elements of a page to its answer."""

from __future__ import annotations

from typing import Any

from secondlook.reviewer.acceptance.controls import NOTHING, check_radios
from secondlook.reviewer.acceptance.page import Page
from secondlook.reviewer.acceptance.rules import PictureSize, contribution, name_of
from secondlook.reviewer.errors import CannotAccept


def untouched(html: str, picture_size: PictureSize) -> dict[str, Any]:
    """The answer of the page; raises CannotAccept naming the element that a person has to see to."""
    page = Page(html)
    if not page.has_form:
        raise CannotAccept("The page has no form, so nothing can be submitted from it.")
    check_radios(page.elements)
    answer: dict[str, Any] = {}
    for element in page.elements:
        value = NOTHING if element.disabled else contribution(element, picture_size)
        if value is not NOTHING:
            _put(answer, name_of(element), value)
    return answer


def _put(answer: dict[str, Any], name: str, value: Any) -> None:
    """Check boxes and radio buttons of one name become one object; of other repeats the last one wins."""
    if _is_ticks(value) and _is_ticks(answer.get(name)):
        answer[name].update(value)
    else:
        answer[name] = value


def _is_ticks(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(ticked, bool) for ticked in value.values())
