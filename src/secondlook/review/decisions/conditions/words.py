"""Reasons that a person can read: how numbers, labels and counts are said, and how many of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

MOST = 10
"""Reasons that are said; of the rest only the number."""

LONGEST = 80
"""Characters of a label."""

FEWEST_DECIMALS = 2
MOST_DECIMALS = 17
"""As many as tell any two floats below 1 apart."""

LARGEST = 1e15
"""From here on numbers are said as powers of ten."""


def fixed(value: float, beside: float | None = None) -> str:
    """A number with two decimals, or as many as it takes to differ from the one it stands beside."""
    if abs(value) >= LARGEST:
        return f"{value:g}"
    least = FEWEST_DECIMALS if beside is None else _decimals(beside)
    for decimals in range(least, MOST_DECIMALS):
        text = f"{value:.{decimals}f}"
        if beside is None or value == beside or text != f"{beside:.{decimals}f}":
            return text
    return repr(value)


def limit(value: float) -> str:
    """A number of a condition: two decimals, or as many as it was written with."""
    is_long = abs(value) >= LARGEST or "e" in repr(value)
    return f"{value:g}" if is_long else f"{value:.{_decimals(value)}f}"


def _decimals(value: float) -> int:
    """Decimals that a number was written with, two at least."""
    text = repr(value)
    return FEWEST_DECIMALS if "e" in text else max(FEWEST_DECIMALS, len(text.partition(".")[2]))


def named(label: str | None, place: int) -> str:
    """What an item is called: by its label, or by its place in the list."""
    return shortened(label) if label else f"item {place + 1}"


def shortened(text: str) -> str:
    """As much of a text as a reason has room for, in one line and of characters that every database can keep."""
    start = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return start if start.isprintable() else "".join(each if each.isprintable() else " " for each in start)


def repeated(value: Any) -> str:
    """A value of an answer as a reason repeats it; of a list or an object only how long it is, since it may be endless."""
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    if isinstance(value, dict):
        return f"an object of {len(value):,}"
    try:
        return shortened(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError):
        return "something that is no JSON"


def objects(count: int, label: str | None) -> str:
    """`1 object`, `3 objects`, `3 objects "bicycle"`."""
    return f"{count:,} object{'' if count == 1 else 's'}{quoted(label)}"


def quoted(label: str | None) -> str:
    """` "bicycle"`, or nothing for any label."""
    return f" {quote(label)}" if label else ""


def quote(text: str) -> str:
    """A text of an answer or a document among our own words."""
    return f'"{shortened(text)}"'


def first(reasons: Iterable[Iterable[str]], total: int) -> tuple[str, ...]:
    """The first reasons of all conditions, and how many more there are."""
    said = tuple(islice(chain.from_iterable(reasons), MOST))
    return said if total <= len(said) else (*said, f"and {total - len(said):,} more")


def nothing() -> Iterator[str]:
    """No reasons."""
    return iter(())
