"""The labels and scores in a classifier's answer. Pure.

Understood is what conditions understand (`review.decisions.items`), and an object of label → score; each also as the one item
of a list, as pipelines of Hugging Face answer for a batch of one.
"""

from __future__ import annotations

from typing import Any

from secondlook.review.decisions.items import as_label, as_score, items, label_of, score_of


class NotScores(ValueError):
    """An answer that is no list of labels; the message says what it is."""


def scores(answer: Any) -> list[tuple[str, float]]:
    """Label and score, 0 to 1, as they stand. Raises NotScores."""
    if isinstance(answer, list) and len(answer) == 1 and isinstance(answer[0], list):
        return scores(answer[0])
    if isinstance(answer, dict) and answer and all(as_score(score) is not None for score in answer.values()):
        return [(label, float(score)) for label, score in answer.items()]
    if not isinstance(answer, list | dict):
        raise NotScores("it is no list of labels with their scores, and no object of label and score")
    return [_scored(item, place) for place, item in enumerate(items(answer))]


def _scored(item: Any, place: int) -> tuple[str, float]:
    label, score = as_label(label_of(item)), as_score(score_of(item))
    if label is None:
        raise NotScores(f"item {place + 1} has no label")
    if score is None:
        raise NotScores(f"item {place + 1} has no score that is a number")
    return label, float(score)
