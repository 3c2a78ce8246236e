"""What an answer speaks of, one by one: where answers of the usual shapes keep their items, and what an item calls itself. Pure.

Used by conditions for any model and by `objects`, so that both see the same items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def _cases(*names: str) -> tuple[str, ...]:
    """Each name as our models write it, then as AWS does: `score`, `Score`."""
    return tuple(case for name in names for case in (name, name[0].upper() + name[1:]))


LISTS = _cases("predictions", "detections", "objects", "results", "moderationLabels")
"""Members that may hold the list of items, in the order in which they are looked for."""

SCORES = _cases("score", "confidence", "probability")
LABELS = _cases("label", "class", "name", "id", "text")

MOST = 1.7976931348623157e308
"""The largest number that a score may be; larger integers cannot be compared with all floats."""


def items(answer: Any) -> list[Any]:
    """The list that the answer is; else the first of `LISTS` that it has; else its columns; else itself; none of null or {}.

    Columns are `{"labels": […], "scores": […], "boxes": […]}`, lists of one length, as vision libraries answer.
    """
    if isinstance(answer, list):
        return answer
    if not isinstance(answer, dict):
        return [] if answer is None else [answer]
    for name in LISTS:
        if isinstance(answer.get(name), list):
            listed: list[Any] = answer[name]
            return listed
    rows = _rows(answer)
    return rows if rows is not None else [answer] if answer else []


def member(value: Any, name: str) -> Any:
    """A member of AWS's, in its own case or in camel case, as people re-case what they hand on; None where there is none."""
    if not isinstance(value, dict):
        return None
    return value[name] if name in value else value.get(name[0].lower() + name[1:])


def _rows(answer: Mapping[str, Any]) -> list[Any] | None:
    labels, scores, boxes = (answer.get(name) for name in ("labels", "scores", "boxes"))
    if not isinstance(labels, list) or not isinstance(scores, list) or len(labels) != len(scores):
        return None
    rows = [{"label": label, "score": score} for label, score in zip(labels, scores, strict=True)]
    if isinstance(boxes, list) and len(boxes) == len(rows):
        return [{**row, "box": box} for row, box in zip(rows, boxes, strict=True)]
    return rows


def score_of(item: Any) -> Any:
    """The first of `SCORES` that the item has, whatever it is; a bare number is its own score."""
    return _first(item, SCORES) if isinstance(item, dict) else item


def label_of(item: Any) -> Any:
    """The first of `LABELS` that the item has, whatever it is; a bare text is its own label."""
    return _first(item, LABELS) if isinstance(item, dict) else item if isinstance(item, str) else None


def _first(item: Mapping[str, Any], names: Iterable[str]) -> Any:
    for name in names:
        value = item.get(name)
        if value is not None:
            return value
    return None


def as_score(value: Any) -> float | None:
    """A number that can be compared, or None: no truth value, not NaN, not infinite."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and -MOST <= value <= MOST else None


def as_label(value: Any) -> str | None:
    """A text, or a number as text (a class index); None for anything else."""
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number and -MOST <= value <= MOST else None
