"""JSON as the toolkit writes it: whatever has `tolist`, as arrays and numbers of numpy and tensors do, at every level.

And what is an array in another way: TensorFlow's tensors and the tables of pandas have only `__array__`.
"""

from __future__ import annotations

import json
from numbers import Real
from typing import Any

from secondlook.hosting.runtimes.inference_script.words import holds_times, word


def write(prediction: Any) -> str:
    """The prediction in JSON. Raises TypeError, which names what JSON has no word for.

    Not-a-number is written `NaN`, infinity `Infinity`, as the toolkit's `json.dumps` does and Python's clients read.
    """
    try:
        return json.dumps(prediction, default=_plain)
    except TypeError:  # perhaps because of a key, and those `default` is not asked for
        return json.dumps(_with_plain_keys(prediction), default=_plain)


def _with_plain_keys(value: Any) -> Any:
    """The prediction again, with numbers of Python as keys where there are some of numpy."""
    if hasattr(value, "tolist"):
        return _with_plain_keys(_plain(value))
    if isinstance(value, dict):
        return {_key(key): _with_plain_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_plain_keys(item) for item in value]
    return value


def _key(key: Any) -> Any:
    return key if isinstance(key, str | int | float | None) else _plain(key)


def _plain(value: Any) -> Any:
    plain = word(value)
    if plain is not value:
        return plain
    if holds_times(value):
        return [value[name] for name in value.dtype.names] if value.shape == () else list(value)
    if hasattr(value, "tolist"):
        items = value.tolist()
        if type(items) is not type(value):
            return items
        if isinstance(items, Real):  # of more digits than Python's floats have
            return float(items)
    elif hasattr(value, "__array__") and not isinstance(value, type):
        return value.__array__()
    raise TypeError(f"an answer in JSON cannot hold a {type(value).__name__}")
