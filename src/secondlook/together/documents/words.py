"""Cutting a line of text into words, where the reader did not: each letter has a usual share of the line's width. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

Part = tuple[str, float, float]
"""A word, and where it begins and ends, as shares of the line's width."""

_NARROW = frozenset("iljtfrI.,:;'`|!()[]{}/\\1")
_BROAD = frozenset("mwMW@%")

COLONS = (":", "\uff1a")
"""That of Latin texts and that of Chinese ones."""

_KEY_AND_VALUE = re.compile(r"(?P<key>[^\W\d_][^\d:\uff1a]*[:\uff1a])(?P<value>[^/:\uff1a\\].*)", re.DOTALL)
"""`Name:Okafor`, but no time, drive or URL."""

_WORD = re.compile(r"\[ \]|\( \)|\S+")
"""An empty box to tick is one word."""

_LEAST_KEY = 3
"""Characters, with the colon."""


def width(letter: str) -> float:
    """How broad a letter is in most typefaces, where a usual one is 1."""
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 2.0
    if letter == " ":
        return 0.55
    return 0.5 if letter in _NARROW else 1.5 if letter in _BROAD else 1.0


def cut(text: str) -> Iterator[Part]:
    """The words of a line, in order; none of a line of spaces."""
    total = sum(map(width, text)) or 1.0
    for match in _WORD.finditer(text):
        start, stop = sum(map(width, text[: match.start()])), sum(map(width, text[: match.end()]))
        yield match.group(), start / total, stop / total


def cut_at_colons(parts: Iterable[Part]) -> Iterator[Part]:
    """As given, but `Name:Okafor`, which readers often see without its space, is two words."""
    for text, start, stop in parts:
        match = _KEY_AND_VALUE.fullmatch(text)
        if match is None or len(match["key"]) < _LEAST_KEY:
            yield text, start, stop
            continue
        share = sum(map(width, match["key"])) / sum(map(width, text))
        middle = start + (stop - start) * share
        yield match["key"], start, middle
        yield match["value"], middle, stop
