"""The filters of lists, as Shopify's implementation has them where the library differs.

What is nil is sorted last and skipped, never a failure. A filter that asks items for a property answers nil when one of
them has no properties at all (nil, a boolean, a decimal); the properties of a text are its parts, so `where: 'a'` finds "cat";
an integer that is asked for one by name fails, as it does there. Lists in lists are flattened first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cmp_to_key, wraps
from typing import Any

from secondlook.review.liquid.arithmetic import total
from secondlook.review.liquid.comparison import equal, is_number
from secondlook.review.liquid.text import foreign, to_text

Filter = Callable[..., Any]
Rank = Callable[[Any], Any]


class _NoProperties(Exception):
    """An item cannot be asked for a property; the whole filter answers nil."""


def _of_properties(function: Filter) -> Filter:
    @wraps(function)
    def of_properties(*args: object) -> object:
        try:
            return function(*args)
        except _NoProperties:
            return None

    return of_properties


@_of_properties
def sort(left: object, key: object = None) -> list[object]:
    return _sorted(left, key, _by_value)


@_of_properties
def sort_natural(left: object, key: object = None) -> list[object]:
    """Without regard to capitals."""
    return _sorted(left, key, lambda _: _without_capitals)


@_of_properties
def where(left: object, key: object, wanted: object = None) -> list[object]:
    return [item for item in items(left) if _matches(item, key, wanted)]


@_of_properties
def reject(left: object, key: object, wanted: object = None) -> list[object]:
    return [item for item in items(left) if not _matches(item, key, wanted)]


@_of_properties
def find(left: object, key: object, wanted: object = None) -> object:
    return next((item for item in items(left) if _matches(item, key, wanted)), None)


@_of_properties
def find_index(left: object, key: object, wanted: object = None) -> int | None:
    return next((index for index, item in enumerate(items(left)) if _matches(item, key, wanted)), None)


@_of_properties
def has(left: object, key: object, wanted: object = None) -> bool:
    return any(_matches(item, key, wanted) for item in items(left))


@_of_properties
def uniq(left: object, key: object = None) -> list[object]:
    """The first of each kind; 1, 1.0, "1" and true are four."""
    values = items(left)
    if len(values) == 1:
        return values
    first: dict[str, object] = {}
    for item in values:
        first.setdefault(_identity(item if key is None else _property(item, key)), item)
    return list(first.values())


@_of_properties
def compact(left: object, key: object = None) -> list[object]:
    return [item for item in items(left) if (item if key is None else _property(item, key)) is not None]


def map_(left: object, key: object) -> list[object]:
    return [_property(item, key) if _has_properties(item) else None for item in items(left)]


def concat(left: object, other: object) -> list[object]:
    if not isinstance(other, list | tuple):
        raise TypeError(f"no list: {other!r}")
    return [*items(left), *other]


def reverse(left: object) -> list[object]:
    return items(left)[::-1]


def sum_(left: object, key: object = None) -> float:
    """Of what is no number counts what `to_number` makes of it; objects count by their property `key`."""
    if key is None:
        return total(items(left))
    return total(items([_property(item, key) if _has_properties(item) else 0 for item in items(left)]))


def items(left: object) -> list[object]:
    """What a filter of lists works on: nil is empty, and what is no list is a list of one."""
    if isinstance(left, list | tuple):
        return list(_flat(left))
    if isinstance(left, range):
        return list(left)
    return [] if left is None else [left]


def _flat(values: list[object] | tuple[object, ...]) -> Iterator[object]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from _flat(value)
        else:
            yield value


def _has_properties(item: object) -> bool:
    return isinstance(item, dict | str | int) and not isinstance(item, bool)


def _property(item: object, key: object) -> object:
    if not _has_properties(item):
        raise _NoProperties
    if isinstance(item, dict):
        return item.get(key) if isinstance(key, str) else None
    if isinstance(key, int | float) and not isinstance(key, bool):
        return _at(item, int(key))
    if isinstance(item, str) and (key is None or isinstance(key, str)):
        part = key or ""
        return part if part in item else None
    raise TypeError(f"no property {key!r}")


def _at(item: object, index: int) -> object:
    """A character of a text, a bit of an integer."""
    if isinstance(item, int):
        return item >> index & 1 if index >= 0 else 0
    assert isinstance(item, str)
    return item[index] if -len(item) <= index < len(item) else None


def _matches(item: object, key: object, wanted: object) -> bool:
    """Without a value that is wanted, whatever is neither nil nor false will do."""
    value = _property(item, key)
    if wanted is None:
        return value is not None and value is not False
    return equal(value, wanted)


def _identity(item: object) -> str:
    return json.dumps(item, sort_keys=True, default=foreign)


def _sorted(left: object, key: object, order: Callable[[list[object]], Rank]) -> list[object]:
    """In the order of what `order` makes of the values that are compared, nil last."""
    values = items(left)
    if key is not None and not all(_has_properties(value) for value in values):
        raise _NoProperties
    if len(values) == 1:
        return values
    compared = values if key is None else [_property(value, key) for value in values]
    rank = order(compared)
    ranks = [(value is None, None if value is None else rank(value)) for value in compared]
    return [values[index] for index in sorted(range(len(values)), key=ranks.__getitem__)]


def _without_capitals(value: object) -> str:
    return to_text(value).lower()


def _by_value(values: list[object]) -> Rank:
    """Of one kind, as nearly always, values rank by themselves, which is a great deal faster."""
    present = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in present) or all(map(is_number, present)):
        return lambda value: value
    return cmp_to_key(_compare)


def _compare(left: Any, right: Any) -> int:
    """Lists by their first difference; what is neither a number, a text nor a list can only be equal."""
    if left is None or right is None:
        return (left is None) - (right is None)
    if isinstance(left, list) and isinstance(right, list):
        differences = (_compare(*pair) for pair in zip(left, right, strict=False))
        return next((difference for difference in differences if difference), len(left) - len(right))
    texts = isinstance(left, str) and isinstance(right, str)
    if texts or (is_number(left) and is_number(right)):
        return int(left > right) - int(left < right)
    if equal(left, right):
        return 0
    raise TypeError(f"no order between {left!r} and {right!r}")
