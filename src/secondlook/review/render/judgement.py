"""Whether people could answer a page: its elements exist, and something submits it. What it says in vain is a warning.

Decided by what stands on the page alone, and only where that is certain: a page wrongly refused is worse than one wrongly let
through, which reports its faults itself when it runs [docs/behaviour.md]. Pages are hostile, so this runs in the limited
children; reading a page ends after a number of steps (`markup`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

from secondlook.review.liquid import TemplateError, literal, may_print_elements
from secondlook.review.render import advice, controls, elements, errors
from secondlook.review.render.library import refreshes
from secondlook.review.render.markup import StartTag
from secondlook.review.render.nesting import Surroundings
from secondlook.review.render.sight import Sight, value_of

MOST = 20
"""Problems reported of one page."""

_TAG = re.compile(r"crowd-[a-z0-9-]{1,60}")
_OWN_TARGETS = frozenset(("", "_self", "_parent", "_top"))
_PRINTED_BY_LIQUID = frozenset({"tr", "td", "br"})
"""Elements that `tablerow` and `newline_to_br` print: a page of these alone is no page yet."""


def of_page(page: str, template: str) -> list[TemplateError]:
    """The problems of a rendered page, each with its place in the template where that can be known."""
    sight = Sight.of(page)
    places = _Places(template)
    faulty = (places.of_tag(*fault) for fault in controls.faults(sight))
    return list(islice(chain(_elements(sight, places), _form(sight), faulty), MOST))


def of_template(template: str) -> list[TemplateError]:
    """The problems of a page that can be known from its template alone, whatever the input."""
    sight = Sight.of(literal(template))
    places = _Places(template)
    hardly_meant = islice(advice.of_template(sight, template), MOST)
    problems = [*_elements(sight, places), *_vain(sight, places), *hardly_meant]
    if not any(form in template for form in elements.FORMS) and not may_print_elements(template):
        problems += _form(sight)
    return problems


class _Places:
    """Where in the template something on the page comes from."""

    def __init__(self, template: str) -> None:
        self._template = template

    @cached_property
    def _tags(self) -> tuple[StartTag, ...]:
        # Most pages are good, and never ask.
        return Sight.of(literal(self._template)).tags

    def of_pragma(self, code: str, message: str, pragma: StartTag) -> TemplateError:
        """A warning of a `<meta>` that stands in the template."""
        return TemplateError.at(code, message, self._template, pragma.start, is_warning=True)

    def of_element(self, code: str, message: str, name: str) -> TemplateError:
        """A problem of every element with this name, at the first."""
        return self._at(code, message, [tag for tag in self._tags if tag.name == name])

    def of_tag(self, code: str, message: str, faulty: StartTag) -> TemplateError:
        """A problem of one tag, known again by the attributes it has."""
        shape = (faulty.name, faulty.attributes.keys())
        return self._at(
            code, message, [tag for tag in self._tags if (tag.name, tag.attributes.keys()) == shape]
        )

    def _at(self, code: str, message: str, tags: list[StartTag]) -> TemplateError:
        if not tags:
            return TemplateError(code, f"{message}.")
        return TemplateError.at(code, message, self._template, tags[0].start)


def _elements(sight: Sight, places: _Places) -> Iterator[TemplateError]:
    """Elements of which the worker would see nothing."""
    for name in islice(_missing(sight), MOST):
        yield places.of_element(errors.UNKNOWN_ELEMENT, elements.fault(name), name)


def _missing(sight: Sight) -> Iterator[str]:
    """The names of elements that neither the bundle nor, as far as is known, the page itself defines."""
    if sight.loads_code:
        return
    for name in dict.fromkeys(tag.name for tag in sight.tags):
        if _TAG.fullmatch(name) and name not in elements.served() and name not in sight.defined:
            yield name


def _vain(sight: Sight, places: _Places) -> Iterator[TemplateError]:
    """What a task page cannot or should not have of a whole document's head."""
    for tag in sight.tags:
        if refreshes(tag):
            message = "The refresh in <meta> is left out, because it would take the worker's page away"
            yield places.of_pragma(errors.REFRESH, message, tag)
        elif tag.name == "meta" and value_of(tag, "http-equiv").strip() == "content-security-policy":
            message = (
                "The Content-Security-Policy in <meta> may keep elements, pictures and scripts from the page; "
                "no template needs one, because none can reach the portal"
            )
            yield places.of_pragma(errors.PAGE_POLICY, message, tag)


def _form(sight: Sight) -> Iterator[TemplateError]:
    forms = [surroundings for tag, surroundings in sight.placed if _hands_in(tag)]
    if not all(form.is_inert for form in forms) or (forms and not sight.is_still):
        return
    if sight.loads_code or not elements.FORMS.isdisjoint(sight.named):
        return
    code = errors.FRAGMENT if _PRINTED_BY_LIQUID.issuperset(sight.names) else errors.MISSING_FORM
    advice = _swallowed(sight, forms) or "put all that the worker answers into one"
    yield TemplateError(
        code, f"There is no <{elements.FORM}> on the page, so nobody could submit it: {advice}."
    )


def _hands_in(tag: StartTag) -> bool:
    """Whether it is a form, or one of HTML's own, which stands for one (`elements/src/crowd-form/plain-form.ts`)."""
    is_plain = tag.name == "form" and value_of(tag, "method") != "dialog"
    return tag.name in elements.FORMS or (is_plain and value_of(tag, "target") in _OWN_TARGETS)


def _swallowed(sight: Sight, inert: list[Surroundings]) -> str | None:
    """Why a form that stands in the text is none: a `<script … />` goes on to the end of the page, a `<template>` is inert."""
    if inert:
        return "what stands inside <template> is shown by a script only, and there is none"
    for tag in sight.tags[-1:]:
        if tag.raw_end == len(sight.page) and f"<{elements.FORM}" in sight.page[tag.end :]:
            return f"the one in the template is part of the <{tag.name}> before it, which needs its </{tag.name}>"
    return None
