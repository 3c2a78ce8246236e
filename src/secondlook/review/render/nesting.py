"""What surrounds each element of a page, as far as the tags tell: what is open around it, and what that means for a field.

End tags close what HTML's tree construction lets them close. Where a browser also closes elements by itself (`p`, `li`,
cells), what surrounds their content is not known for certain, and it counts as seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from secondlook.review.render import elements
from secondlook.review.render.markup import EndTag, StartTag


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY = _names("area base br col embed frame hr img input link meta param source track wbr")
_NOT_KEPT = _EMPTY | _names("html head body form")
"""Elements without content, and those whose end tags close nothing else, however much is open in them."""
_CELLS = _names("caption colgroup dd dt li table tbody td tfoot th thead tr")
_ENDING = _CELLS | {"button"}
"""Elements whose start may end what stands around them."""
_LOOSE = _CELLS - {"table"} | _names("p h1 h2 h3 h4 h5 h6")
"""Elements that a browser may have closed before their end tag."""
_HIDING = _names("article aside blockquote center details div fieldset figure footer header main nav section")
_OTHERS = _names(
    "address button dir dl figcaption hgroup iframe listing marquee menu noembed noframes noscript object ol plaintext"
    " pre script search select style summary table template textarea title ul xmp"
)
_FIRM = (_HIDING | _OTHERS | {"table"}) - _LOOSE
_SPECIAL = _LOOSE | _FIRM
"""No end tag of an ordinary element reaches over one of these [HTML: special]."""
_SCOPES = _names("applet caption marquee object table td template th")
"""No end tag reaches over one of these [HTML: has an element in scope]."""


class Surroundings(NamedTuple):
    is_in_form: bool = False
    is_inert: bool = False
    """Whether it is no part of the page before a script puts it there, or takes no part in a form."""
    is_disabled: bool = False
    is_hidden: bool = False
    select: int | None = None
    """Where the `select` begins that it is in."""

    def within(self, tag: StartTag) -> Surroundings:
        """What surrounds the content of `tag`, which has these surroundings itself."""
        name, attributes = tag.name, tag.attributes
        hides = name in _HIDING or name == elements.FORM
        return Surroundings(
            self.is_in_form or name == elements.FORM,
            self.is_inert
            or name == "datalist"
            or (name == "template" and "shadowrootmode" not in attributes),
            self.is_disabled or (name == "fieldset" and "disabled" in attributes),
            name not in _ENDING and (self.is_hidden or (hides and is_never_displayed(tag))),
            tag.start if name == "select" else self.select,
        )


def surroundings(tags: Iterable[StartTag | EndTag]) -> Iterator[tuple[StartTag, Surroundings]]:
    """Every start tag with what surrounds it."""
    stack = _Stack()
    for tag in tags:
        if isinstance(tag, EndTag):
            stack.close(tag.name)
            continue
        here = stack.surroundings
        yield tag, here
        if tag.name not in _NOT_KEPT:
            stack.open(tag.name, here.within(tag))


def is_never_displayed(tag: StartTag) -> bool:
    """Whether the tag alone keeps its element from being shown, where neither scripts nor style sheets say otherwise."""
    # Most elements have neither, and a page may have many.
    if not {"hidden", "style"} & tag.attributes.keys() or "popover" in tag.attributes:
        return False
    style = style_of(tag)
    if "display" in style or "all" in style:
        return style.get("display") == "none" and "all" not in style
    hidden = tag.attributes.get("hidden")
    return hidden is not None and hidden.value.strip().lower() != "until-found"


def style_of(tag: StartTag) -> dict[str, str]:
    """The declarations of the style attribute; the last one of a property counts."""
    attribute = tag.attributes.get("style")
    declarations = attribute.value.lower().split(";") if attribute else []
    pairs = (declaration.partition(":") for declaration in declarations)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


class _Stack:
    """The open elements. Where each name and each barrier is open is kept, so that no end tag has to search."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Surroundings]] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._special: list[int] = []
        self._scopes: list[int] = []

    @property
    def surroundings(self) -> Surroundings:
        return self._open[-1][1] if self._open else Surroundings()

    def open(self, name: str, within: Surroundings) -> None:
        for places in self._lists(name):
            places.append(len(self._open))
        self._open.append((name, within))

    def close(self, name: str) -> None:
        """Closes the innermost element of this name and all that is open in it, unless a barrier stands between."""
        place = self._places[name][-1] if self._places[name] else -1
        if name in ("template", "table"):
            barriers = self._places["template"]
        elif name in _FIRM:
            barriers = self._scopes
        else:
            barriers = self._special
        if place < 0 or (barriers and place < barriers[-1]):
            return
        while len(self._open) > place:
            for places in self._lists(self._open.pop()[0]):
                places.pop()

    def _lists(self, name: str) -> Iterator[list[int]]:
        yield self._places[name]
        if name in _SPECIAL:
            yield self._special
        if name in _SCOPES:
            yield self._scopes
