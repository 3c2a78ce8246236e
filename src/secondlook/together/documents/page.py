"""A page as an endpoint has read it: lines of text, their words, and where each stands.

Two forms of answers are understood: `hosting.contract.PAGE`, which has words and corners, and the list of labelled boxes
that text readers answer otherwise (`[{"id": text, "score", "left", "top", "right", "bottom"}]`), whose words are cut by
the widths of their letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.items import as_score
from secondlook.together.documents.words import cut, cut_at_colons

Point = tuple[float, float]
Polygon = tuple[Point, ...]
"""Four corners in pixels of the picture, clockwise from the text's top left."""

Part = tuple[str, float, Polygon]
"""What is read of a line or a word: text, score, corners."""

CORNERS = 4


class NotRead(ValueError):
    """An answer that is no page of text; the message says where it differs."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """`score` is between 0 and 1. Two words are the same only if they are the same object."""

    text: str
    score: float
    polygon: Polygon


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Words that stand in one row, close together, from left to right."""

    text: str
    score: float
    polygon: Polygon
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Sizes in pixels."""

    width: float
    height: float
    lines: tuple[Line, ...]


def page_of(answer: Any, size: tuple[int, int] | None) -> Page:
    """The page that an endpoint answered; `size` is the picture's, for answers that do not say it. Raises NotRead."""
    if isinstance(answer, dict) and isinstance(answer.get("lines"), list):
        width, height = _number(answer, "width", "$"), _number(answer, "height", "$")
        lines = tuple(_line(line, f"$.lines[{place}]") for place, line in enumerate(answer["lines"]))
        return Page(*_sizes(width, height), lines)
    if not isinstance(answer, list):
        raise NotRead("$ is no list of lines, and no object with width, height and lines")
    if size is None:
        raise NotRead("it does not say how large the page is, and that cannot be told of such a document")
    return Page(*_sizes(*size), tuple(_boxed(item, f"$[{place}]") for place, item in enumerate(answer)))


def _sizes(width: float, height: float) -> tuple[float, float]:
    if width <= 0 or height <= 0:
        raise NotRead(f"$ has a page of {width:g} by {height:g} pixels")
    return width, height


def _line(item: Any, at: str) -> Line:
    text, score, polygon = _read(item, at)
    found = item.get("words") or []
    if not isinstance(found, list):
        raise NotRead(f"{at}.words is no list")
    parts = _with_whole_boxes([_read(word, f"{at}.words[{place}]") for place, word in enumerate(found)])
    return Line(text, score, polygon, tuple(_words(parts or [(text, score, polygon)])))


def _with_whole_boxes(parts: list[Part]) -> list[Part]:
    """An empty box to tick that was read as two words, `[` and `]`, is one."""
    joined: list[Part] = []
    for text, score, polygon in parts:
        if joined and (joined[-1][0], text) in {("[", "]"), ("(", ")")}:
            before, sure, begin = joined.pop()
            joined.append((before + text, min(sure, score), (begin[0], polygon[1], polygon[2], begin[3])))
        else:
            joined.append((text, score, polygon))
    return joined


def _boxed(item: Any, at: str) -> Line:
    if not isinstance(item, dict):
        raise NotRead(f"{at} is no object")
    text = item.get("id", item.get("label"))
    if not isinstance(text, str):
        raise NotRead(f"{at}.id is no text")
    left, top, right, bottom = (_number(item, side, at) for side in ("left", "top", "right", "bottom"))
    polygon = ((left, top), (right, top), (right, bottom), (left, bottom))
    score = _score(item, at)
    return Line(text, score, polygon, tuple(_words([(text, score, polygon)])))


def _words(parts: list[Part]) -> Iterator[Word]:
    """No word has a space in it, or a key and its value."""
    for text, score, polygon in parts:
        for word, start, stop in cut_at_colons(cut(text)):
            yield Word(word, score, _between(polygon, start, stop))


def _between(polygon: Polygon, start: float, stop: float) -> Polygon:
    """The part of a four-cornered line from `start` to `stop`, both shares of its length."""
    top_left, top_right, bottom_right, bottom_left = polygon
    return (
        _along(top_left, top_right, start),
        _along(top_left, top_right, stop),
        _along(bottom_left, bottom_right, stop),
        _along(bottom_left, bottom_right, start),
    )


def _along(begin: Point, end: Point, share: float) -> Point:
    return begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share


def _read(item: Any, at: str) -> Part:
    if not isinstance(item, dict):
        raise NotRead(f"{at} is no object")
    text, corners = item.get("text"), item.get("polygon")
    if not isinstance(text, str):
        raise NotRead(f"{at}.text is no text")
    if not isinstance(corners, list) or len(corners) != CORNERS:
        raise NotRead(f"{at}.polygon has not {CORNERS} corners")
    return text, _score(item, at), tuple(_corner(corner, f"{at}.polygon") for corner in corners)


def _corner(corner: Any, at: str) -> Point:
    if isinstance(corner, list) and len(corner) == 2 and all(_is_number(part) for part in corner):  # noqa: PLR2004
        return float(corner[0]), float(corner[1])
    raise NotRead(f"{at} has a corner that is no [x, y]")


def _score(item: dict[str, Any], at: str) -> float:
    return min(max(_number(item, "score", at), 0.0), 1.0)


def _number(item: dict[str, Any], member: str, at: str) -> float:
    value = item.get(member)
    if not _is_number(value):
        raise NotRead(f"{at}.{member} is no number")
    return float(value)  # type: ignore[arg-type]


def _is_number(value: Any) -> bool:
    return as_score(value) is not None
