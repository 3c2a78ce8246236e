"""A rendered task page as a list of its elements. Pure.

Not a browser's tree: only what the fields of a form say about themselves, and whether a `fieldset` around them is
switched off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

from secondlook.review.render.elements import FORMS
from secondlook.review.render.markup import StartTag, start_tags, tags

OURS = re.compile(r".*/static/built/.*|data:text/javascript,")
"""Addresses of scripts that the server puts into task pages: our element library, and an empty one where that stands already."""

PLAIN_FORM = frozenset({"form"})
"""On a page without any of ours, HTML's own stands for one."""

CONTAINERS = frozenset({"fieldset", "legend", "select", "template"})
"""What matters around a field, beside its form."""


@dataclass(slots=True)
class Element:
    """A start tag below a form, with the text of a `textarea` or `option` and the options of a `select`."""

    tag: str
    attributes: dict[str, str]
    disabled: bool = False
    text: str = ""
    options: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    def has(self, attribute: str) -> bool:
        """Boolean attributes count by being there, whatever their text [index.md, rule 5]."""
        return attribute in self.attributes

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def __str__(self) -> str:
        return f'<{self.tag} name="{self.name}">' if self.name else f"<{self.tag}>"


class Page:
    """The elements below the forms of a page in document order, and whether the page has scripts of its own."""

    def __init__(self, html: str) -> None:
        self.elements: list[Element] = []
        self.has_form = False
        self.has_scripts = False
        self._forms = FORMS if any(tag.name in FORMS for tag in start_tags(html)) else PLAIN_FORM
        containers = CONTAINERS | self._forms
        ancestors: list[Element] = []
        for tag in tags(html):
            if isinstance(tag, StartTag):
                element = _element(html, tag)
                self._add(element, ancestors)
                if tag.name in containers:
                    ancestors.append(element)
            else:
                _close(ancestors, tag.name)

    def _add(self, element: Element, ancestors: list[Element]) -> None:
        names = {ancestor.tag for ancestor in ancestors}
        self.has_form |= element.tag in self._forms
        self.has_scripts |= element.tag == "script" and OURS.fullmatch(element.get("src")) is None
        if element.tag == "option":
            if ancestors and ancestors[-1].tag == "select":
                ancestors[-1].options.append(element)
        elif "template" not in names and (names & self._forms or element.tag in FORMS):
            element.disabled = element.has("disabled") or _is_in_disabled_fieldset([*ancestors, element])
            self.elements.append(element)


def _element(html: str, tag: StartTag) -> Element:
    attributes = {name: attribute.value for name, attribute in tag.attributes.items()}
    end = tag.raw_end if tag.name == "textarea" else html.find("<", tag.end)
    return Element(tag.name, attributes, text=unescape(html[tag.end : end if end >= 0 else None]))


def _close(ancestors: list[Element], name: str) -> None:
    """An end tag ends what is open inside its element, too."""
    for index in reversed(range(len(ancestors))):
        if ancestors[index].tag == name:
            del ancestors[index:]
            return


def _is_in_disabled_fieldset(path: list[Element]) -> bool:
    """What stands in its legend, a fieldset does not switch off."""
    return any(
        outer.tag == "fieldset" and outer.has("disabled") and inner.tag != "legend"
        for outer, inner in pairwise(path)
    )
