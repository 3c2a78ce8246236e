"""What items of `initial-value` lie in, and whether they do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class Place(Protocol):
    """Numbers of items are places in it, by the words of their patterns."""

    @property
    def words(self) -> str:
        """As in "where a number in the picture should be"."""

    def holds(self, members: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
        """Does an item with these members lie in it?"""


@dataclass(frozen=True)
class Picture:
    """A picture of `{"height", "width"}`: `x`, `y`, `width` and `height` lie between its edges, `column` and `row` are those of a pixel."""

    words: ClassVar[str] = "in the picture"
    size: Mapping[str, int]

    def holds(self, members: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
        """And is it at least a pixel long where its pattern knows of lengths?"""
        for edge, pixel, length in (("x", "column", "width"), ("y", "row", "height")):
            first = sum(members[key] for key, word in pattern.items() if word in (edge, pixel))
            lengths = [members[key] for key, word in pattern.items() if word == length]
            lengths += [1 for word in pattern.values() if word == pixel]
            if first < 0 or min(lengths, default=1) < 1 or first + sum(lengths) > self.size[length]:
                return False
        return True


@dataclass(frozen=True)
class Text:
    """A text of so many code points: `start` is that of the first character, `end` that behind the last."""

    words: ClassVar[str] = "in the text"
    length: int

    def holds(self, members: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
        """And is it at least a character long?"""
        [start, end] = [members[key] for word in ("start", "end") for key in pattern if pattern[key] == word]
        return bool(0 <= start < end <= self.length)
