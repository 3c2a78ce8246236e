"""Reasons that a person can read: how numbers, labels and counts are said, and how many of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

MOST = 10
"""Reasons that are said; of the rest only the number."""

LONGEST = 80
"""Characters of a label."""

MOST_DECIMALS = 17
"""As many as tell any two floats below 1 apart."""

LARGEST = 1e15
"""From here on numbers are said as powers of ten."""


def fixed(value: float, beside: float | None = None) -> str:
    """A number with two decimals, or as many as it takes to differ from the one it stands beside."""
    if not _is_ordinary(value):
        return f"{value:g}"
    decimals = max(2, _decimals(beside)) if beside is not None and _is_ordinary(beside) else 2
    while decimals < MOST_DECIMALS:
        text = f"{value:.{decimals}f}"
        if beside is None or value == beside or text != f"{beside:.{decimals}f}":
            return text
        decimals += 1
    return repr(value)


def limit(value: float) -> str:
    """A number of a condition: two decimals, or as many as it was written with."""
    if isinstance(value, int) or not _is_ordinary(value):
        return f"{value:.2f}" if _is_ordinary(value) else f"{value:g}"
    return f"{value:.{max(2, _decimals(value))}f}"


def named(label: str | None, number: int) -> str:
    """What an item is called: by its label, or by its place in the list."""
    return f"item {number + 1}" if not label else label if len(label) <= LONGEST else f"{label[:LONGEST]}…"


def objects(count: int, label: str | None) -> str:
    """`1 object`, `3 objects`, `3 objects "bicycle"`."""
    return f"{count:,} object{'' if count == 1 else 's'}{quoted(label)}"


def quoted(label: str | None) -> str:
    """` "bicycle"`, or nothing for any label."""
    return f' "{named(label, 0)}"' if label else ""


def first(reasons: Iterable[Iterable[str]], total: int) -> tuple[str, ...]:
    """The first reasons of all conditions, and how many more there are."""
    said = tuple(islice(chain.from_iterable(reasons), MOST))
    return said if total <= len(said) else (*said, f"and {total - len(said):,} more")


def nothing() -> Iterator[str]:
    """No reasons."""
    return iter(())


def _is_ordinary(value: float) -> bool:
    return abs(value) < LARGEST


def _decimals(value: float | None) -> int:
    """Decimals that a number is written with."""
    text = repr(value)
    return len(text.partition(".")[2]) if "e" not in text else MOST_DECIMALS
