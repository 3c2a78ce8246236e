"""Pages written by hand: where texts stand, without a picture."""

from __future__ import annotations

import math
from typing import Any

from secondlook.together.documents.page import Page, page_of
from secondlook.together.documents.pairs import form_of

SIZE = (1000, 1400)
HEIGHT = 20
LETTER = 10


def answer(*texts: tuple[int, int, str], skew: float = 0.0, score: float = 1.0) -> dict[str, Any]:
    """What an endpoint would answer of a page with texts at (left, top), turned clockwise by `skew` degrees."""
    lines = [
        {"text": text, "score": score, "polygon": _polygon(left, top, text, skew)}
        for left, top, text in texts
    ]
    return {"width": SIZE[0], "height": SIZE[1], "lines": lines}


def written(*texts: tuple[int, int, str], skew: float = 0.0, score: float = 1.0) -> Page:
    return page_of(answer(*texts, skew=skew, score=score), None)


def pairs(page: Page) -> dict[str, str]:
    """Keys and values; of a box to tick whether it is."""
    return {
        _text(pair.key): str(pair.mark.is_selected) if pair.mark else _text(pair.value)
        for pair in form_of(page).pairs
    }


def tables(page: Page) -> list[list[list[str | None]]]:
    return [
        [[cell.text if cell else None for cell in row] for row in table.cells]
        for table in form_of(page).tables
    ]


def _text(words: Any) -> str:
    return " ".join(word.text for word in words)


def _polygon(left: int, top: int, text: str, skew: float) -> list[list[float]]:
    right, bottom = left + LETTER * len(text), top + HEIGHT
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return [[x * cos - y * sin, x * sin + y * cos] for x, y in corners]
