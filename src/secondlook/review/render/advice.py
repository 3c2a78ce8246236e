"""What is hardly meant in the attributes of a template's elements: names misspelt, no `name`, lists that cannot be read.

Told of what stands in the template itself; what Liquid prints into an attribute is reported by the page when it runs. All
are warnings, since a script of the page may still put it right.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from secondlook.review.liquid import HOLE, TemplateError
from secondlook.review.render import errors
from secondlook.review.render.attributes import ATTRIBUTES, LISTS, NAMED_BY_THEMSELVES, OBJECTS
from secondlook.review.render.lenient_json import LenientJsonError, parse
from secondlook.review.render.markup import Attribute, StartTag
from secondlook.review.render.sight import Sight

_ALIKE = 0.75
"""Of two names, from which likeness on one is taken for the other misspelt (difflib's ratio)."""

_LONGEST = 60
"""Characters of a name that is compared at all."""

_EVERYWHERE = ("data-", "aria-", "on")


def of_template(sight: Sight, template: str) -> Iterator[TemplateError]:
    """Warnings, in the order of the elements; `sight` is of the template's literal text, with its places."""
    for tag in sight.tags:
        if tag.name in ATTRIBUTES:
            yield from _of_tag(sight, tag, template)


def _of_tag(sight: Sight, tag: StartTag, template: str) -> Iterator[TemplateError]:
    for attribute in tag.attributes.values():
        if HOLE in attribute.name:
            # Which attributes Liquid prints is not known.
            return
        if meant := _meant(tag, attribute.name):
            message = f"<{tag.name}> has no attribute {attribute.name!r}; did you mean {meant!r}?"
            yield _warning(errors.UNKNOWN_ATTRIBUTE, message, template, attribute.start)
        elif reason := _unreadable(attribute):
            message = f"{attribute.name!r} of <{tag.name}> {reason}"
            yield _warning(errors.UNREADABLE_ATTRIBUTE, message, template, attribute.start)
    if sight.is_still and _lacks_name(tag):
        message = f"<{tag.name}> has no 'name', so what is answered there would be lost"
        yield _warning(errors.UNNAMED_FIELD, message, template, tag.start)


def _warning(code: str, message: str, template: str, index: int) -> TemplateError:
    return TemplateError.at(code, message, template, index, is_warning=True)


def _meant(tag: StartTag, name: str) -> str | None:
    """What an attribute that the element does not read was probably to be called."""
    if name in ATTRIBUTES[tag.name] or name.startswith(_EVERYWHERE) or len(name) > _LONGEST:
        return None
    return next((known for known in _alike(tag.name, name) if known not in tag.attributes), None)


@lru_cache(maxsize=1000)
def _alike(tag: str, name: str) -> list[str]:
    """Cached, since a page may repeat an element as often as its size allows."""
    return get_close_matches(name, ATTRIBUTES[tag], cutoff=_ALIKE)


def _lacks_name(tag: StartTag) -> bool:
    if "name" not in ATTRIBUTES[tag.name] or tag.name in NAMED_BY_THEMSELVES or "disabled" in tag.attributes:
        return False
    return "name" not in tag.attributes or not tag.attributes["name"].value


def _unreadable(attribute: Attribute) -> str | None:
    """Why a list or an object cannot be read, in words."""
    if attribute.name not in LISTS | OBJECTS or HOLE in attribute.value or not attribute.value.strip():
        return None
    kind, example = (list, '["car", "person"]') if attribute.name in LISTS else (dict, "{ name: value }")
    try:
        value = parse(attribute.value)
    except LenientJsonError as error:
        return f"cannot be read: {error}"
    except RecursionError:
        return "is nested too deeply"
    return None if isinstance(value, kind) else f"must be {_NAMES[kind]} such as {example}"


_NAMES = {list: "a list", dict: "an object"}
