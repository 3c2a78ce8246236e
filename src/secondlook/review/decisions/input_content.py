"""What a requester's InputContent must be before a loop may start [api.md §2]. Pure."""

from __future__ import annotations

import json
import math
from typing import Any

from secondlook.review.errors import Invalid

DEEPEST = 256
"""Levels of lists and objects: our choice, well inside what a JSON writer manages on a deep stack."""


def check(content: str) -> None:
    """Raise Invalid unless it is JSON text, saying where it stops being that.

    A number too large for anything but infinity, and nesting deeper than `DEEPEST`, are refused too: the worker's page
    and output.json must hold the same input.
    """
    try:
        value = _DECODER.decode(content)
    except RecursionError:
        raise Invalid(_TOO_DEEP) from None
    except ValueError as error:
        raise Invalid(f"HumanLoopInput.InputContent must be valid JSON: {error}.") from None
    if depth(value) > DEEPEST:
        raise Invalid(_TOO_DEEP)


_TOO_DEEP = f"HumanLoopInput.InputContent is nested too deeply: {DEEPEST} lists and objects inside each other are the most."


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:60]} is too large")
    return number


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def depth(value: Any) -> int:
    """How many lists and objects lie inside each other, counted level by level: recursion has a limit itself."""
    depth, level = 0, [value]
    while level := [value for value in level if isinstance(value, dict | list)]:
        depth += 1
        level = [item for value in level for item in (value.values() if isinstance(value, dict) else value)]
    return depth
