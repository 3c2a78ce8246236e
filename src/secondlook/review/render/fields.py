"""What is wrong with a required field: that nobody could fill it, or that nobody would get what was filled in."""

from __future__ import annotations

import re

from secondlook.review.render import elements, errors
from secondlook.review.render.markup import StartTag
from secondlook.review.render.nesting import Surroundings
from secondlook.review.render.sight import Sight, value_of

_COLLECTED = frozenset(("input", "textarea", "select"))
_TYPED = frozenset(("input", "textarea", "crowd-input", "crowd-text-area"))
_ALWAYS_FILLED = frozenset(("hidden", "submit", "image", "button", "reset", "color", "range"))
"""Kinds of input that are never found empty."""
_TEXTS = frozenset(("", "text", "search", "url", "tel", "email", "password"))
_NUMBER = re.compile(r"-?(?:\d{1,99}(?:\.\d{1,99})?|\.\d{1,99})(?:e[+-]?\d{1,2})?", re.ASCII)
_LENGTH = re.compile(r"\d{1,9}", re.ASCII)


def fault(sight: Sight, tag: StartTag, around: Surroundings) -> tuple[str, str] | None:
    """The code and the message of the first thing that is certainly wrong with a field of a page without scripts."""
    if not _is_asked(tag, around):
        return None
    name = tag.attributes["name"].value if "name" in tag.attributes else ""
    label = f"The required field {name[:100]!r}" if name else "A required field"
    if not around.is_in_form:
        message = f"{label} stands outside of <{elements.FORM}>, so that its answer would be lost"
        return (errors.LOST_ANSWER, message) if name and _is_forgotten(sight, tag) else None
    if name and tag.name == "input" and value_of(tag, "type") == "file":
        return errors.LOST_ANSWER, f"{label} asks for a file, and files are no part of an answer"
    reason = _unfillable(sight, tag, around)
    return (errors.UNFILLABLE_FIELD, f"{label} {reason}") if reason else None


def _is_asked(tag: StartTag, around: Surroundings) -> bool:
    """Whether a browser insists on the field."""
    excused = {"disabled", "readonly"} & tag.attributes.keys() or around.is_inert or around.is_disabled
    is_filled = tag.name == "input" and value_of(tag, "type") in _ALWAYS_FILLED
    return "required" in tag.attributes and not excused and not is_filled


def _is_forgotten(sight: Sight, tag: StartTag) -> bool:
    """Whether a field outside asks for a part of the answer; one in a form of the template's own may ask for anything."""
    return tag.name in _COLLECTED and "form" not in sight.names and "form" not in tag.attributes


def _unfillable(sight: Sight, tag: StartTag, around: Surroundings) -> str | None:
    """Why nothing that a worker could do makes the field acceptable, in words."""
    kind = value_of(tag, "type") if tag.name == "input" else ""
    is_empty = tag.name in _TYPED and kind != "radio" and _is_empty(sight, tag, kind)
    if is_empty and not sight.is_usable(tag, around):
        return "is hidden and empty, and no script or style sheet changes that"
    if tag.name == "select":
        return "has no option to choose" if _offers_nothing(sight, tag) else None
    if kind == "number":
        return _contradiction(tag, "min", "max", _NUMBER)
    is_text = tag.name in {"input", "textarea"} and kind in _TEXTS
    return _contradiction(tag, "minlength", "maxlength", _LENGTH) if is_text and is_empty else None


def _is_empty(sight: Sight, tag: StartTag, kind: str) -> bool:
    if tag.name == "textarea":
        return not sight.page[tag.end : tag.raw_end].strip("\r\n")
    return ("checked" if kind == "checkbox" else "value") not in tag.attributes


def _offers_nothing(sight: Sight, select: StartTag) -> bool:
    """Whether a select has no option, or only the one that stands for none [HTML: placeholder label option]."""
    content = sight.in_selects.get(select.start, [])
    if len(content) != 1 or content[0].name != "option":
        return not content
    if {"multiple", "size"} & select.attributes.keys():
        return False
    (option,) = content
    text = sight.page[option.end : max(option.end, sight.page.find("<", option.end))]
    return not (option.attributes["value"].value if "value" in option.attributes else text.strip())


def _contradiction(tag: StartTag, least: str, most: str, form: re.Pattern[str]) -> str | None:
    """That the least which a field takes is above the most, in words."""
    if not all(form.fullmatch(value_of(tag, limit)) for limit in (least, most)):
        return None
    is_wrong = float(value_of(tag, least)) > float(value_of(tag, most))
    return f"takes nothing: its {least} is above its {most}" if is_wrong else None
