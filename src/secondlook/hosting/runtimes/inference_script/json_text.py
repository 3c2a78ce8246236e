"""JSON as the toolkit writes it: whatever has `tolist`, as arrays and numbers of numpy and tensors do, at every level."""

from __future__ import annotations

import json
from datetime import date
from typing import Any


def write(prediction: Any) -> str:
    """The prediction in JSON. Raises TypeError, which names what JSON has no word for.

    Not-a-number is written `NaN`, infinity `Infinity`, as the toolkit's `json.dumps` does and Python's clients read.
    """
    return json.dumps(prediction, default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, bytes):  # numpy's texts of fixed size
        return value.decode()
    if isinstance(value, date):  # what numpy's times become
        return value.isoformat()
    raise TypeError(f"an answer in JSON cannot hold a {type(value).__name__}")
