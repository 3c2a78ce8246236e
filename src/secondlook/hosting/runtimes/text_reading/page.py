"""A page as the reader sees it: lines and words with all four corners, which boxes in whole pixels cannot tell of a slanted scan."""

from __future__ import annotations

from typing import Any

_WORD = 3
"""Members of a word, as the reader gives it: text, score, corners."""


def page(found: Any, width: int, height: int) -> dict[str, Any]:
    """The document that `hosting.contract.PAGE` describes; without lines where nothing was `found`."""
    lines = []
    if found.boxes is not None:
        words = found.word_results if len(found.word_results) == len(found.txts) else [()] * len(found.txts)
        for text, score, corners, parts in zip(found.txts, found.scores, found.boxes, words, strict=True):
            lines.append(
                {**_part(text, score, corners), "words": _words(text, parts)},
            )
    return {"width": width, "height": height, "lines": lines}


def _words(text: str, parts: Any) -> list[dict[str, Any]]:
    """The words of a line; none where they do not spell it, which the reader says of few and does not promise."""
    if not all(len(part) == _WORD and part[2] is not None for part in parts):
        return []
    words = [_part(*part) for part in parts]
    spelt = "".join(word["text"] for word in words)
    return words if spelt.replace(" ", "") == text.replace(" ", "") else []


def _part(text: str, score: float, corners: Any) -> dict[str, Any]:
    polygon = [[round(float(x), 1), round(float(y), 1)] for x, y in corners]
    return {"text": text, "score": round(float(score), 4), "polygon": polygon}
