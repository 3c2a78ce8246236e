"""Making the library's filters speak our text and numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from secondlook.review.liquid.arithmetic import to_number
from secondlook.review.liquid.text import Escaped, Raw, to_text

Filter = Callable[..., Any]


def on_text(function: Filter, *, numbers: int) -> Filter:
    """`function`, on the text of its input and of its arguments, but for the first `numbers` of these."""

    @wraps(function)
    def on_text(left: object, *args: object, **named: Any) -> object:
        words = tuple(to_text(arg) for arg in args[numbers:])
        return marked(function(_subject(function, left), *args[:numbers], *words, **named), left, words)

    return on_text


def of_something(function: Filter) -> Filter:
    """`function`, but nil stays nil, whatever the arguments."""

    @wraps(function)
    def of_something(left: object, *args: object, **named: Any) -> object:
        return None if left is None else function(left, *args, **named)

    return of_something


def on_numbers(function: Filter) -> Filter:
    """`function`, on the numbers that its input and its arguments are. OverflowError if the answer is none."""

    @wraps(function)
    def on_numbers(left: object, *args: object) -> object:
        answer = function(to_number(left), *map(to_number, args))
        if not math.isfinite(answer):
            raise OverflowError
        return answer

    return on_numbers


def marked(answer: object, left: object, words: tuple[str, ...]) -> object:
    """`answer` with the mark of what it was made of: once partly escaped, a text is never escaped twice."""
    if isinstance(answer, list):
        return [marked(item, left, words) for item in answer]
    if not isinstance(answer, str):
        return answer
    if isinstance(left, Raw):
        return Raw(answer)
    if isinstance(left, Escaped) or any(isinstance(word, Escaped) for word in words):
        return Escaped(answer)
    return answer


def _subject(function: Filter, left: object) -> object:
    """A slice of a list is a list; all other filters of text take text only."""
    return left if function.__name__ == "slice_" and isinstance(left, list) else to_text(left)
