"""The tags of a page, as a browser would find them, with the places of the attributes of start tags.

Enough of HTML's tokenizer to change an attribute in place: comments, raw text (a tag inside a script is no tag) and
every form of quoting. It reads forward only and never fails; what it cannot read, a browser does not read either. It
works in the server, on pages that anybody may have written, so it also stops after a number of steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

MAX_STEPS = 200_000
"""Tags and attributes that are read of one page: about a quarter of a second."""

_NAME = re.compile(r"<(/?)([A-Za-z][^\t\n\f\r />]*)")
_GAP = re.compile(r"[\t\n\f\r /]*")
_ATTRIBUTE = re.compile(
    r"""
    (?P<name> [^\t\n\f\r />] [^\t\n\f\r />=]* )
    (?: [\t\n\f\r\ ]* = [\t\n\f\r\ ]*
        (?: "(?P<double>[^"]*)(?P<closed>"?) | '(?P<single>[^']*)(?P<ended>'?) | (?P<bare>[^\t\n\f\r\ >]*) )
    )?
    """,
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>")
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp")
}


class Attribute(NamedTuple):
    """`start` and `end` enclose name and value in the page; `value` is decoded."""

    name: str
    value: str
    start: int
    end: int


class StartTag(NamedTuple):
    """`start` is the place of `<`, `end` that after `>`, `raw_end` where the raw text of a script or the like ends."""

    name: str
    start: int
    end: int
    raw_end: int
    attributes: dict[str, Attribute]


class EndTag(NamedTuple):
    name: str


def tags(page: str) -> Iterator[StartTag | EndTag]:
    """Every tag of `page`, in order."""
    return _Reader(page, 0).tags()


def start_tags(page: str) -> Iterator[StartTag]:
    """Every start tag of `page`, in order."""
    return (tag for tag in tags(page) if isinstance(tag, StartTag))


def start_tag(page: str, position: int) -> StartTag | None:
    """The start tag at `position`, if one is there."""
    name = _NAME.match(page, position)
    return None if name is None or name[1] else _Reader(page, position).tag(name)


class _Reader:
    def __init__(self, page: str, position: int) -> None:
        self._page = page
        self._position = position
        self._steps = MAX_STEPS

    def tags(self) -> Iterator[StartTag | EndTag]:
        page = self._page
        while self._step() and (start := page.find("<", self._position)) >= 0:
            name = _NAME.match(page, start)
            if name is not None:
                tag = self.tag(name)
                if tag is None:
                    return
                self._position = tag.raw_end
                yield EndTag(tag.name) if name[1] else tag
            else:
                self._position = _after_oddity(page, start)

    def tag(self, name: re.Match[str]) -> StartTag | None:
        """The tag that begins with `name`, or None where the page ends inside it."""
        attributes: dict[str, Attribute] = {}
        position = self._gap(name.end())
        while self._step() and position < len(self._page):
            if self._page[position] == ">":
                return self._complete(name, position + 1, attributes)
            match = _ATTRIBUTE.match(self._page, position)
            if match is None or match["closed"] == "" or match["ended"] == "":
                return None
            value = match["double"] or match["single"] or match["bare"] or ""
            attribute = Attribute(match["name"].lower(), unescape(value), *match.span())
            attributes.setdefault(attribute.name, attribute)
            position = self._gap(match.end())
        return None

    def _complete(self, name: re.Match[str], end: int, attributes: dict[str, Attribute]) -> StartTag:
        tag = name[2].lower()
        raw_end = end
        if not name[1] and tag in _RAW_ENDS:
            closing = _RAW_ENDS[tag].search(self._page, end)
            raw_end = closing.start() if closing else len(self._page)
        return StartTag(tag, name.start(), end, raw_end, attributes)

    def _gap(self, position: int) -> int:
        match = _GAP.match(self._page, position)
        assert match is not None
        return match.end()

    def _step(self) -> bool:
        self._steps -= 1
        return self._steps >= 0


def _after_oddity(page: str, start: int) -> int:
    """Where reading goes on after a `<` that begins no tag: a comment, a doctype, something malformed or just `<`."""
    if page.startswith("<!--", start):
        # `<!-->` is a whole comment.
        end = _COMMENT_END.search(page, start + 2)
        return end.end() if end else len(page)
    if page[start + 1 : start + 2] in {"!", "?", "/"}:
        return page.find(">", start) + 1 or len(page)
    return start + 1
