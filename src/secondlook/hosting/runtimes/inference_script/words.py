"""What JSON and CSV have no value for, in words that are the same in both: texts of bytes, times, nothing.

Known by what they can do: a script without numpy writes JSON, too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

TIMES = frozenset("mM")
"""Kinds of numpy's types for times and spans of them."""


def word(value: Any) -> Any:
    """Bytes as text, a time in ISO 8601 with all digits that it has, None for not-a-time; another value as it is.

    numpy's own `tolist` makes a number of a time in nanoseconds, as pandas keeps them. Raises ValueError for bytes that are not UTF-8.
    """
    if isinstance(value, bytes | bytearray):
        return value.decode()
    if isinstance(value, date):
        return value.isoformat() if value == value else None  # noqa: PLR0124  (not-a-time of pandas)
    if holds_times(value) and value.shape == () and not value.dtype.names:
        return None if value.tolist() is None else str(value)
    return value


def holds_times(value: Any) -> bool:
    """Whether this is a time of numpy, or an array of such or of records with some."""
    return _is_of_times(getattr(value, "dtype", None))


def _is_of_times(dtype: Any) -> bool:
    fields = getattr(dtype, "fields", None) or {}
    return getattr(dtype, "kind", None) in TIMES or any(
        _is_of_times(field.base) for field, *_ in fields.values()
    )
