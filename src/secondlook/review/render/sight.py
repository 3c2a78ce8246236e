"""What can be seen on a page before it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from secondlook.review.render.library import is_library
from secondlook.review.render.markup import StartTag, start_tags

_DEFINES = re.compile(r"\bdefine\s*\(")
_NAME = re.compile(r"(?<![\w-])crowd-[a-z0-9-]+")
_IMPORTS = re.compile(r"\bimport\b")
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sight:
    """The start tags of a page, as a browser would find them, and what its scripts say.

    Elements inside `<template>` count: they are written to be put on the page by a script.
    """

    page: str
    tags: tuple[StartTag, ...]

    @classmethod
    def of(cls, page: str) -> Sight:
        return cls(page, tuple(start_tags(page)))

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
        """Whether code from elsewhere runs on the page, of which nothing is known; the element library does not count."""
        addresses = (
            tag.attributes["src"].value
            for tag in self.tags
            if tag.name == "script" and "src" in tag.attributes
        )
        return any(not is_library(address) for address in addresses) or any(
            _IMPORTS.search(script) for script in self.scripts
        )

    @property
    def is_still(self) -> bool:
        """Whether no script but the library's can change the page."""
        return not self.scripts and not self.loads_code

    @cached_property
    def named(self) -> frozenset[str]:
        """The elements that scripts of the page name, as one does that makes them."""
        return frozenset(name for script in self.scripts for name in _NAME.findall(script))

    @cached_property
    def defined(self) -> frozenset[str]:
        """The elements that scripts of the page seem to define."""
        defining = (script for script in self.scripts if _DEFINES.search(script))
        return frozenset(name for script in defining for name in _NAME.findall(script))


def is_usable(tag: StartTag) -> bool:
    """Whether a worker can see and use a control, as far as its own tag tells."""
    style = tag.attributes.get("style")
    return not {"disabled", "hidden"} & tag.attributes.keys() and not (
        style and _INVISIBLE.search(style.value)
    )
