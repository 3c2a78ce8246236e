"""What the controls of a page make impossible: to submit it, to fill it, to get what it asks for.

Only what is certain is a fault: a page with scripts is never judged, and where a style sheet of its own may show what a
tag hides, nothing counts as hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from secondlook.review.render import elements, errors, fields
from secondlook.review.render.markup import StartTag
from secondlook.review.render.nesting import Surroundings
from secondlook.review.render.sight import Sight, value_of

_SUBMITS = {"button": {"submit"}, "input": {"submit", "image"}}
_NOT_ENTERED = frozenset(("hidden", "submit", "image", "button", "reset", "file"))
"""Kinds of input in which Enter submits nothing."""


class Fault(NamedTuple):
    code: str
    message: str
    tag: StartTag


def faults(sight: Sight) -> Iterator[Fault]:
    """What is certainly wrong with the controls of a page that has a form."""
    if not sight.is_still or elements.FORM not in sight.names:
        return
    yield from _submit(sight)
    for tag, around in sight.placed:
        if code_and_message := fields.fault(sight, tag, around):
            yield Fault(*code_and_message, tag)


def _submit(sight: Sight) -> Iterator[Fault]:
    """Submit controls of the template's own suppress the form's own button, even where nobody can press them."""
    forms = [placed for placed in sight.placed if placed[0].name == elements.FORM]
    if all(sight.is_unseen(*form) for form in forms):
        yield Fault(
            errors.NO_SUBMIT, "The form is hidden, and no script or style sheet shows it", forms[0][0]
        )
        return
    own = [tag for tag, around in sight.placed if around.is_in_form and not around.is_inert and _submits(tag)]
    if (
        own
        and not any(_is_pressable(sight, *placed) for placed in sight.placed)
        and not _enter_submits(sight, own)
    ):
        message = (
            "The form's only submit control is disabled or hidden, and no script or style sheet changes that"
        )
        yield Fault(errors.NO_SUBMIT, message, own[0])


def _enter_submits(sight: Sight, own: list[StartTag]) -> bool:
    """Whether Enter may submit: a control that is only hidden lets it, a disabled one prevents it in its own form."""
    if not any(_is_entered(sight, *placed) for placed in sight.placed):
        return False
    has_several_forms = "form" in sight.names or sum(tag.name == elements.FORM for tag in sight.tags) > 1
    native = [tag for tag in own if tag.name in _SUBMITS]
    return has_several_forms or not native or any("disabled" not in tag.attributes for tag in native)


def _is_entered(sight: Sight, tag: StartTag, around: Surroundings) -> bool:
    return tag.name == "input" and value_of(tag, "type") not in _NOT_ENTERED and sight.is_usable(tag, around)


def _is_pressable(sight: Sight, tag: StartTag, around: Surroundings) -> bool:
    is_button = tag.name == "button" and value_of(tag, "type") not in {"button", "reset"}
    return around.is_in_form and (is_button or _submits(tag)) and sight.is_usable(tag, around)


def _submits(tag: StartTag) -> bool:
    if tag.name == "crowd-button":
        return value_of(tag, "form-action") == "submit"
    return value_of(tag, "type") in _SUBMITS.get(tag.name, ())
