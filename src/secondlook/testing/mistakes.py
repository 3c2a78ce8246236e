"""A wrong answer made of a right one, as a careless person would give it. Pure.

One thing is changed: a box is moved, left out or given another label; where there is no box, a label is another one; where there is
no label, a tick, a number or a text is.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from secondlook.reviewer import ReviewerError

BOX = frozenset({"left", "top", "width", "height"})

NOT_ANSWERED = frozenset({"inputImageProperties"})
"""What elements report beside what the worker did."""

MOVED = 0.75
"""By how much of its width a box is moved: it overlaps where it was by a seventh of what both cover."""


class _Left:
    """Instead of a value: the item is left out."""


class Mistake(NamedTuple):
    """One change: at `key` of `container`, which lies in the answer, stands `value`."""

    container: Any
    key: Any
    value: Any

    def make(self) -> None:
        if self.value is _Left:
            del self.container[self.key]
        else:
            self.container[self.key] = self.value


def mistaken(answer: Mapping[str, Any], labels: Sequence[str], chance: random.Random) -> dict[str, Any]:
    """A copy of `answer` with one mistake; `labels` are those there are to choose from. Raises ReviewerError where it holds nothing."""
    wrong = copy.deepcopy(dict(answer))
    for mistakes in (_in_boxes(wrong, labels), _in_labels(wrong, labels), _in_values(wrong, chance)):
        if possible := list(mistakes):
            chance.choice(possible).make()
            return wrong
    raise ReviewerError("An empty answer cannot be made wrong: say with wrong= what a mistake looks like.")


def _in_boxes(value: Any, labels: Sequence[str]) -> Iterator[Mistake]:
    for container, key, inner in _members(value):
        if isinstance(container, list) and isinstance(inner, dict) and inner.keys() >= BOX:
            yield Mistake(inner, "left", inner["left"] + _step(inner["width"]))
            yield Mistake(container, key, _Left)
            yield from _others(inner, "label", labels)
        else:
            yield from _in_boxes(inner, labels)


def _in_labels(value: Any, labels: Sequence[str]) -> Iterator[Mistake]:
    for container, key, inner in _members(value):
        if inner in labels:
            yield from _others(container, key, labels)
        else:
            yield from _in_labels(inner, labels)


def _in_values(value: Any, chance: random.Random) -> Iterator[Mistake]:
    for container, key, inner in _members(value):
        if isinstance(inner, bool):
            yield Mistake(container, key, not inner)
        elif isinstance(inner, int | float):
            yield Mistake(container, key, inner + 1)
        elif isinstance(inner, str):
            yield Mistake(container, key, _misread(inner, chance))
        else:
            yield from _in_values(inner, chance)


def _members(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """(container, key, value) of what a JSON value holds."""
    if isinstance(value, dict):
        yield from ((value, name, inner) for name, inner in value.items() if name not in NOT_ANSWERED)
    elif isinstance(value, list):
        yield from ((value, index, inner) for index, inner in enumerate(value))


def _others(container: Any, key: Any, labels: Sequence[str]) -> Iterator[Mistake]:
    now = container.get(key) if isinstance(container, dict) else container[key]
    yield from (Mistake(container, key, label) for label in labels if label != now)


def _step(width: float) -> float:
    """In whole pixels where the box is, and in parts of the picture where it is in those."""
    return max(round(MOVED * width), 1) if isinstance(width, int) else MOVED * width


def _misread(text: str, chance: random.Random) -> str:
    """One character less; of no text, one."""
    if not text:
        return "?"
    index = chance.randrange(len(text))
    return text[:index] + text[index + 1 :]
