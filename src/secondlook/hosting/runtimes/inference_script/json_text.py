"""JSON as the toolkit writes it: whatever has `tolist`, as arrays and numbers of numpy and tensors do, at every level."""

from __future__ import annotations

import json
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
        return value.tolist()
    raise TypeError(f"an answer in JSON cannot hold a {type(value).__name__}")
