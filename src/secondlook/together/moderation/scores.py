"""The labels and scores in a classifier's answer. Pure.

Understood are what the pipelines of Hugging Face answer (`[{"label", "score"}]`), the boxes of our detectors (`[{"id",
"score", …}]`), and an object of label → score; each also as the one value of an object, or as the one item of a list.
"""

from __future__ import annotations

from typing import Any


class NotScores(ValueError):
    """An answer that is no list of labels; the message says what it is."""


def scores(answer: Any) -> list[tuple[str, float]]:
    """Label and score, 0 to 1, as they stand. Raises NotScores."""
    if isinstance(answer, list):
        if len(answer) == 1 and isinstance(answer[0], list):
            return scores(answer[0])
        return [_scored(item, f"$[{place}]") for place, item in enumerate(answer)]
    if isinstance(answer, dict):
        if answer and all(map(_is_number, answer.values())):
            return [(label, float(score)) for label, score in answer.items()]
        if len(answer) == 1:
            return scores(next(iter(answer.values())))
    raise NotScores("it is no list of labels with their scores, and no object of label and score")


def _scored(item: Any, at: str) -> tuple[str, float]:
    if not isinstance(item, dict):
        raise NotScores(f"{at} is no object")
    label, score = item.get("label", item.get("id")), item.get("score")
    if not isinstance(label, str):
        raise NotScores(f"{at}.label is no text")
    if not _is_number(score):
        raise NotScores(f"{at}.score is no number")
    return label, float(score)  # type: ignore[arg-type]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
