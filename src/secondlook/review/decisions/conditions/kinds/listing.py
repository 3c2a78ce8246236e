"""The parameters `Items`, `Score`, `Label` and `LabelName`, which conditions for any model share, and the columns that they read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from secondlook.review.decisions import items as known
from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.budget import Budget
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query, Unanswered

ANY = "*"
_NUMERIC = frozenset({int, float})
_TEXT = frozenset({str})


class Source(Protocol):
    """Where the items of an answer are."""

    def of(self, prediction: Prediction) -> list[Any]:
        """The items; raises Unanswered where the answer has none to look for."""
        ...


@dataclass(frozen=True, slots=True)
class Items:
    """Where the items are: a JMESPath expression, or None for the usual places."""

    query: Query | None

    @classmethod
    def read(cls, members: Members) -> Items:
        return cls(members.query("Items"))

    def of(self, prediction: Prediction) -> list[Any]:
        """The items; raises Unanswered where the expression finds none of what it names, since that may be a slip."""
        if self.query is None:
            return known.items(prediction.json)
        found = prediction.find(self.query)
        if isinstance(found, list):
            return found
        if isinstance(found, dict):
            return [found]
        raise Unanswered(f"Items {self.query.text!r} gives {words.repeated(found)}, not a list")


@dataclass(frozen=True, slots=True)
class Names:
    """Which labels are meant; None for any."""

    names: frozenset[str] | None

    @classmethod
    def read(cls, members: Members) -> Names:
        listed = members.texts("LabelName", 'a label, a list of labels, or "*" for any')
        return cls(None if listed is None or ANY in listed else frozenset(listed))

    @property
    def only(self) -> str | None:
        """The one label that is meant, or None."""
        return next(iter(self.names)) if self.names is not None and len(self.names) == 1 else None


def scores(listed: Sequence[Any], query: Query | None, budget: Budget) -> list[float | None]:
    """What `Score`, or the usual member, gives for each item; None where that is no number that can be compared."""
    return _column(listed, query, budget, known.SCORES, known.score_of, _are_numbers, known.as_score)


def labels(listed: Sequence[Any], query: Query | None, budget: Budget) -> list[str | None]:
    """What `Label`, or the usual member, gives for each item; None where that is neither text nor number."""
    return _column(listed, query, budget, known.LABELS, known.label_of, _are_texts, known.as_label)


def label(item: Any, query: Query | None) -> str | None:
    """An item's label, for a reason; None also where the expression fails, since nothing may depend on it."""
    try:
        return known.as_label(_value(item, query, known.label_of, Budget()))
    except Unanswered:
        return None


def raw_score(item: Any, query: Query | None) -> Any:
    """The score as it stands in the answer, for a reason."""
    return _value(item, query, known.score_of, Budget())


def _column(
    listed: Sequence[Any],
    query: Query | None,
    budget: Budget,
    names: Sequence[str],
    usual: Callable[[Any], Any],
    are_good: Callable[[list[Any]], bool],
    good: Callable[[Any], Any],
) -> list[Any]:
    # Items of one model are alike, so one look at the first tells what all hold; who is different is read one by one.
    first = listed[0] if listed else None
    if isinstance(first, dict):
        name = _plain(query) if query else next((each for each in names if each in first), None)
        try:
            values = [item[name] for item in listed]
        except (KeyError, TypeError):
            values = [None]
        if are_good(values):
            return values
    return [good(_value(item, query, usual, budget)) for item in listed]


def _plain(query: Query) -> str | None:
    return query.names[0] if query.names is not None and len(query.names) == 1 else None


def _value(item: Any, query: Query | None, usual: Callable[[Any], Any], budget: Budget) -> Any:
    return usual(item) if query is None else query.of(item, budget)


def _are_numbers(values: list[Any]) -> bool:
    try:
        return set(map(type, values)) <= _NUMERIC and all(map(isfinite, values))
    except OverflowError:
        return False


def _are_texts(values: list[Any]) -> bool:
    return set(map(type, values)) <= _TEXT
