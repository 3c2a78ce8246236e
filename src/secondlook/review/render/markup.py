"""The start tags of a page, as a browser would find them, with the places of their attributes.

Enough of HTML's tokenizer to change an attribute in place: comments, raw text (a tag inside a script is no tag) and
every form of quoting. It reads forward only and never fails; what it cannot read, a browser does not read either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape


@dataclass(frozen=True, slots=True)
class Attribute:
    """`start` and `end` enclose name and value in the page; `value` is decoded."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StartTag:
    """`start` is the place of `<`, `end` that after `>`; `raw_end` is where the raw text of a script or the like ends."""

    name: str
    start: int
    end: int
    raw_end: int
    attributes: dict[str, Attribute] = field(default_factory=dict)


_SPACE = r"[\t\n\f\r ]"
_NAME = re.compile(r"<(/?)([A-Za-z][^\t\n\f\r />]*)")
_GAP = re.compile(r"[\t\n\f\r /]*")
_ATTRIBUTE = re.compile(
    rf"(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*)"
    rf"(?:{_SPACE}*={_SPACE}*(?:\"(?P<double>[^\"]*)(?P<closed>\")?|'(?P<single>[^']*)(?P<ended>')?|(?P<bare>[^\t\n\f\r >]*)))?"
)
_COMMENT_END = re.compile(r"--!?>")
_RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"})


def start_tags(page: str, position: int = 0) -> Iterator[StartTag]:
    """Every start tag of `page` from `position` on, in order."""
    while (position := page.find("<", position)) >= 0:
        if page.startswith("<!--", position):
            # `<!-->` is a whole comment.
            end = _COMMENT_END.search(page, position + 2)
            position = end.end() if end else len(page)
        elif (match := _NAME.match(page, position)) is not None:
            tag = _read(page, match)
            if tag is None:
                return
            if not match[1]:
                yield tag
            position = max(tag.end, tag.raw_end)
        elif page[position + 1 : position + 2] in {"!", "?", "/"}:
            end_of_oddity = page.find(">", position)
            position = len(page) if end_of_oddity < 0 else end_of_oddity + 1
        else:
            position += 1


def _read(page: str, name: re.Match[str]) -> StartTag | None:
    """The tag that begins with `name`, or None where the page ends inside it."""
    attributes: dict[str, Attribute] = {}
    position = name.end()
    while True:
        position = _end(_GAP.match(page, position))
        if position == len(page):
            return None
        if page[position] == ">":
            break
        match = _ATTRIBUTE.match(page, position)
        if match is None or _unclosed(match):
            return None
        position = match.end()
        value = match["double"] or match["single"] or match["bare"] or ""
        attribute = Attribute(match["name"].lower(), unescape(value), match.start(), match.end())
        attributes.setdefault(attribute.name, attribute)
    tag, end = name[2].lower(), position + 1
    raw_end = end if name[1] or tag not in _RAW else _raw_end(page, tag, end)
    return StartTag(tag, name.start(), end, raw_end, attributes)


def _raw_end(page: str, tag: str, start: int) -> int:
    end = re.compile(rf"</{tag}(?=[\t\n\f\r />])", re.IGNORECASE).search(page, start)
    return end.start() if end else len(page)


def _unclosed(attribute: re.Match[str]) -> bool:
    in_double = attribute["double"] is not None and attribute["closed"] is None
    return in_double or (attribute["single"] is not None and attribute["ended"] is None)


def _end(match: re.Match[str] | None) -> int:
    assert match is not None
    return match.end()
