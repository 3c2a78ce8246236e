"""The items of an answer as columns: labels, scores, areas. Each is read once, whatever the number of conditions that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from secondlook.review.decisions import items as known
from secondlook.review.decisions.conditions.budget import Budget
from secondlook.review.decisions.conditions.query import Query, Unanswered
from secondlook.review.decisions.objects import box_of

_NUMERIC = frozenset({int, float})
_TEXT = frozenset({str})


@dataclass(frozen=True, slots=True)
class Column:
    """A value for each item; None, and its place in `gaps`, where the item has none that is usable."""

    values: Sequence[Any]
    gaps: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a column is made of where no expression says: the first of these members, as `good` takes it."""

    names: Sequence[str]
    usual: Callable[[Any], Any]
    good: Callable[[Any], Any]
    are_good: Callable[[Sequence[Any]], bool]


def _are_numbers(values: Sequence[Any]) -> bool:
    try:
        return set(map(type, values)) <= _NUMERIC and all(map(isfinite, values))
    except OverflowError:
        return False


def _are_texts(values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= _TEXT


_SCORES = _Reading(known.SCORES, known.score_of, known.as_score, _are_numbers)
_LABELS = _Reading(known.LABELS, known.label_of, known.as_label, _are_texts)


class Table:
    """Columns are read when they are asked for; whoever asks pays, from the budget of the evaluation."""

    __slots__ = ("_budget", "_columns", "_shapes", "items")

    def __init__(self, items: Sequence[Any], budget: Budget) -> None:
        self.items = items
        self._budget = budget
        self._columns: dict[tuple[str, str], Column] = {}
        self._shapes: list[tuple[str, ...]] | None = None

    def labels(self, query: Query | None) -> Column:
        """Texts, or numbers as text; raises Unanswered where the expression fails on an item, TooCostly."""
        return self._column("label", _LABELS, query)

    def scores(self, query: Query | None) -> Column:
        """Numbers that can be compared; raises Unanswered where the expression fails on an item, TooCostly."""
        return self._column("score", _SCORES, query)

    def areas(self) -> Column:
        """Width by height of the boxes, in their own unit; raises TooCostly."""
        key = ("area", "")
        if key not in self._columns:
            self._budget.spend(len(self.items))
            self._columns[key] = _with_gaps([_area(item) for item in self.items])
        return self._columns[key]

    def label_at(self, place: int, query: Query | None) -> str | None:
        """For a reason; None also where the expression fails, since nothing may depend on it."""
        try:
            return known.as_label(_value(self.items[place], query, _LABELS, Budget()))
        except Unanswered:
            return None

    def raw_score_at(self, place: int, query: Query | None) -> Any:
        """As it stands in the answer, for a reason."""
        return _value(self.items[place], query, _SCORES, Budget())

    def _column(self, kind: str, reading: _Reading, query: Query | None) -> Column:
        key = (kind, "" if query is None else query.text)
        column = self._columns.get(key)
        if column is None:
            column = self._columns[key] = self._read(reading, query)
        return column

    def _read(self, reading: _Reading, query: Query | None) -> Column:
        name = self._common_name(reading.names) if query is None else query.name
        if name is not None:
            try:
                values = [item[name] for item in self.items]
            except (KeyError, TypeError):
                values = [None]
            self._budget.spend_items(len(values))
            if reading.are_good(values):
                return Column(values)
        self._budget.spend(len(self.items))
        return _with_gaps([reading.good(_value(item, query, reading, self._budget)) for item in self.items])

    def _common_name(self, names: Sequence[str]) -> str | None:
        """The one member that all items are asked for; None where they differ, or one has none."""
        if self._shapes is None:
            self._shapes = _shapes(self.items)
        found = {_first(names, shape) for shape in self._shapes}
        return found.pop() if len(found) == 1 else None


def _shapes(items: Sequence[Any]) -> list[tuple[str, ...]]:
    """The members that items have, each set once, since items of one model are alike; nothing where one has no members."""
    if set(map(type, items)) != {dict}:
        return []
    return list(set(map(tuple, items)))


def _first(names: Sequence[str], shape: Sequence[str]) -> str | None:
    for name in names:
        if name in shape:
            return name
    return None


def _value(item: Any, query: Query | None, reading: _Reading, budget: Budget) -> Any:
    return reading.usual(item) if query is None else query.of(item, budget)


def _with_gaps(values: Sequence[Any]) -> Column:
    return Column(values, [place for place, value in enumerate(values) if value is None])


def _area(item: Any) -> float | None:
    box = box_of(item)
    return None if box is None else known.as_score(box.area)
