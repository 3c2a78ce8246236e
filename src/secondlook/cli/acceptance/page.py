"""A rendered task page as a list of its elements. Pure.

Not a browser's tree: only what the fields of a form say about themselves, and whether a `fieldset` around them is
switched off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

FORMS = frozenset({"crowd-form", "crowd-entity-annotation"})
"""What an answer is collected below; the second brings its own form [text.md]."""

LIBRARY = "/built/crowd-html-elements"
"""Part of the URL of our element library, which the server puts into every task page."""


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


@dataclass(frozen=True, slots=True)
class Page:
    """The elements below the page's form in document order, and whether the page has scripts of its own."""

    elements: list[Element]
    has_form: bool
    has_scripts: bool


def read(html: str) -> Page:
    """The page that the HTML text is."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(reader.elements, reader.has_form, reader.has_scripts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.has_form = False
        self.has_scripts = False
        self._forms = 0
        self._fieldsets: list[bool] = []  # of those that are open: is it disabled?
        self._select: Element | None = None
        self._text_of: Element | None = None  # the textarea or option being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of repeated attributes the first counts.
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag == "script":
            self.has_scripts |= LIBRARY not in attributes.get("src", "")
        if tag in FORMS:
            self._forms += 1
            self.has_form = True
        if tag == "fieldset":
            self._fieldsets.append("disabled" in attributes)
        if self._forms:
            self._add(Element(tag, attributes, "disabled" in attributes or any(self._fieldsets)))

    def _add(self, element: Element) -> None:
        if element.tag == "option":
            self._text_of = element
            if self._select is not None:
                self._select.options.append(element)
            return
        if element.tag == "select":
            self._select = element
        if element.tag == "textarea":
            self._text_of = element
        self.elements.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in FORMS:
            self._forms = max(0, self._forms - 1)
        elif tag == "fieldset" and self._fieldsets:
            self._fieldsets.pop()
        elif tag == "select":
            self._select = self._text_of = None
        elif tag in {"option", "textarea"}:
            self._text_of = None

    def handle_data(self, data: str) -> None:
        if self._text_of is not None:
            self._text_of.text += data
