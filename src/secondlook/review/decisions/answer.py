"""What a worker's answer must be before it counts. Pure.

`answerContent` is one JSON object, one property per element name [form-and-inputs.md, Answer shape]; real
outputs carry their keys in alphabetical order at every level [index.md, Where the answer goes].
"""

from __future__ import annotations

import json
import math
from typing import Any

from secondlook.review.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
"""Room for a segmentation mask of a large photograph, not for abuse."""

DEEPEST = 64


def accept(answer: object) -> dict[str, Any]:
    """The answer with its keys sorted at every level; raises Invalid naming the part that cannot be stored."""
    if not isinstance(answer, dict):
        raise Invalid(f"an answer is a JSON object with one property per element, not {_kind(answer)}")
    return cleaned(answer, "answer")


def cleaned(content: dict[str, Any], what: str) -> dict[str, Any]:
    """What a worker sent, as every database can keep it: keys sorted, no NUL, no half characters.

    Raises Invalid naming the part that cannot be kept; `what` is the word for the whole.
    """
    clean: dict[str, Any] = _sorted(content, what, 0)
    count = size(clean)
    if count > MOST_BYTES:
        raise Invalid(f"the {what} has {count:,} bytes; at most {MOST_BYTES:,} can be kept")
    return clean


def size(value: Any) -> int:
    """Bytes of a value as JSON in UTF-8 without spaces, as a browser's `JSON.stringify` writes it."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _sorted(value: Any, path: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise Invalid(f"{path[:200]} is nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        named = {_text(key): item for key, item in value.items()}
        return {key: _sorted(named[key], f"{path}.{key}", depth + 1) for key in sorted(named)}
    if isinstance(value, list):
        return [_sorted(item, f"{path}[{number}]", depth + 1) for number, item in enumerate(value)]
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid(f"{path[:200]} is {value}, which JSON cannot hold")
    if isinstance(value, str):
        return _text(value)
    return value


def _text(text: str) -> str:
    """PostgreSQL cannot hold NUL in text, and a lone surrogate is no UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _kind(value: object) -> str:
    return {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}.get(
        type(value), "a number"
    )
