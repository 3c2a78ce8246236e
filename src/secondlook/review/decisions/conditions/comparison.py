"""Comparisons with numbers: `ConfidenceLessThan` and its kin. Those of one family in one condition must all hold."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.members import Members


@dataclass(frozen=True, slots=True)
class _Kind:
    holds: Callable[[Any, Any], bool]
    where: Callable[[Sequence[Any], float, Sequence[int]], list[int]]
    """Of these places those whose value it holds for: a comprehension per kind, since this is where the time goes."""
    phrase: str


_KINDS: Mapping[str, _Kind] = {
    "Equals": _Kind(operator.eq, lambda v, x, places: [n for n in places if v[n] == x], "exactly {}"),
    "LessThan": _Kind(operator.lt, lambda v, x, places: [n for n in places if v[n] < x], "under {}"),
    "LessThanEquals": _Kind(operator.le, lambda v, x, places: [n for n in places if v[n] <= x], "{} or less"),
    "GreaterThan": _Kind(operator.gt, lambda v, x, places: [n for n in places if v[n] > x], "over {}"),
    "GreaterThanEquals": _Kind(
        operator.ge, lambda v, x, places: [n for n in places if v[n] >= x], "{} or more"
    ),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One of the five kinds with its number."""

    kind: str
    limit: float

    def holds(self, value: float) -> bool:
        return _KINDS[self.kind].holds(value, self.limit)

    def where(self, values: Sequence[Any], places: Sequence[int]) -> list[int]:
        return _KINDS[self.kind].where(values, self.limit, places)

    def phrase(self, written: Callable[[float], str]) -> str:
        return _KINDS[self.kind].phrase.format(written(self.limit))


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All comparisons of one family; none at all hold for every number."""

    each: tuple[Comparison, ...]

    def hold(self, value: float) -> bool:
        return all(comparison.holds(value) for comparison in self.each)

    def where(self, values: Sequence[Any], places: Sequence[int]) -> Sequence[int]:
        """Of these places those whose value all hold for."""
        for comparison in self.each:
            places = comparison.where(values, places)
        return places

    def phrase(self, written: Callable[[float], str] = words.limit) -> str:
        """`over 0.20 and under 0.90`."""
        return " and ".join(comparison.phrase(written) for comparison in self.each)

    def beside(self, value: float) -> str:
        """The number as it is said beside these comparisons: `0.75`."""
        nearest = min((each.limit for each in self.each), key=lambda limit: abs(limit - value), default=None)
        return words.fixed(value, nearest)


def names(family: str) -> tuple[str, ...]:
    """The parameters of a family: `ConfidenceEquals`, `ConfidenceLessThan`, …"""
    return tuple(f"{family}{kind}" for kind in _KINDS)


def read(members: Members, family: str, low: float | None = None, high: float | None = None) -> Comparisons:
    """The comparisons of a family, each with a finite number from `low` to `high`."""
    limits = {kind: members.number(f"{family}{kind}", low, high) for kind in _KINDS}
    return Comparisons(tuple(Comparison(kind, limit) for kind, limit in limits.items() if limit is not None))
