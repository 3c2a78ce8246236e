"""What can be seen on a page before it runs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from secondlook.review.render.library import is_library
from secondlook.review.render.markup import StartTag, tags
from secondlook.review.render.nesting import Surroundings, is_never_displayed, style_of, surroundings

_DEFINES = re.compile(r"\bdefine\s*\(")
_NAME = re.compile(r"(?<![\w-])crowd-[a-z0-9-]+")
_IMPORTS = re.compile(r"\bimport\b")
_SCRIPT_ADDRESS = re.compile(r"[\x00-\x20]*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
_PRESSED = frozenset(("button", "checkbox", "image", "radio", "submit"))
"""Kinds of control that a click on their label presses, even where they are hidden."""
_SCRIPT_SOURCES = frozenset(("href", "xlink:href"))
"""What names the script of an element in a drawing."""


@dataclass(frozen=True)
class Sight:
    """The start tags of a page, as a browser would find them, and what its scripts say.

    Elements inside `<template>` count: they are written to be put on the page by a script.
    """

    page: str
    placed: tuple[tuple[StartTag, Surroundings], ...]

    @classmethod
    def of(cls, page: str) -> Sight:
        return cls(page, tuple(surroundings(tags(page))))

    @cached_property
    def tags(self) -> tuple[StartTag, ...]:
        return tuple(tag for tag, _ in self.placed)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(tag.name for tag in self.tags)

    @cached_property
    def in_selects(self) -> dict[int, list[StartTag]]:
        """What stands in each select, by the place where that begins."""
        content: defaultdict[int, list[StartTag]] = defaultdict(list)
        for tag, around in self.placed:
            if around.select is not None:
                content[around.select].append(tag)
        return content

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The texts of the scripts that stand on the page itself, and of its handlers."""
        inline = (
            self.page[tag.end : tag.raw_end]
            for tag in self.tags
            if tag.name == "script" and "src" not in tag.attributes
        )
        handlers = (
            attribute.value
            for tag in self.tags
            for attribute in tag.attributes.values()
            if attribute.name.startswith("on")
        )
        return tuple(text for text in (*inline, *handlers) if text.strip())

    @cached_property
    def loads_code(self) -> bool:
        """Whether code from elsewhere runs on the page, of which nothing is known; the element library does not count.

        A script without an end tag never runs.
        """
        addresses = (
            tag.attributes["src"].value
            for tag in self.tags
            if tag.name == "script" and "src" in tag.attributes and tag.raw_end < len(self.page)
        )
        return any(not is_library(address) for address in addresses) or any(
            _IMPORTS.search(script) for script in self.scripts
        )

    @cached_property
    def is_still(self) -> bool:
        """Whether no script but the library's can change the page."""
        return not (self.scripts or self.loads_code or any(map(_runs, self.tags)))

    @cached_property
    def is_plain(self) -> bool:
        """Whether neither scripts nor style sheets but the library's can show what its own tag hides."""
        return self.is_still and not any(map(_is_style_sheet, self.tags))

    @cached_property
    def named(self) -> frozenset[str]:
        """The elements that scripts of the page name, as one does that makes them."""
        return frozenset(name for script in self.scripts for name in _NAME.findall(script))

    @cached_property
    def defined(self) -> frozenset[str]:
        """The elements that scripts of the page seem to define."""
        defining = (script for script in self.scripts if _DEFINES.search(script))
        return frozenset(name for script in defining for name in _NAME.findall(script))

    def is_usable(self, tag: StartTag, around: Surroundings) -> bool:
        """Whether a worker can, as far as is known, see and use a control, or press it by way of its label."""
        if "disabled" in tag.attributes:
            return False
        if not self.is_plain or "accesskey" in tag.attributes:
            return True
        if "label" in self.names and (tag.name == "button" or value_of(tag, "type") in _PRESSED):
            return True
        return not self.is_unseen(tag, around)

    def is_unseen(self, tag: StartTag, around: Surroundings) -> bool:
        is_hidden = is_never_displayed(tag) or style_of(tag).get("visibility") == "hidden"
        return self.is_plain and (around.is_hidden or is_hidden)


def value_of(tag: StartTag, attribute: str) -> str:
    """The value of an attribute that has keywords, or nothing."""
    return tag.attributes[attribute].value.lower() if attribute in tag.attributes else ""


def _runs(tag: StartTag) -> bool:
    """Whether a script may hide in the attributes."""
    if tag.name == "script" and not _SCRIPT_SOURCES.isdisjoint(tag.attributes):
        return True
    return "srcdoc" in tag.attributes or any(
        _SCRIPT_ADDRESS.match(attribute.value) for attribute in tag.attributes.values()
    )


def _is_style_sheet(tag: StartTag) -> bool:
    if tag.name == "link":
        return "href" in tag.attributes and not is_library(tag.attributes["href"].value)
    return tag.name == "style"
