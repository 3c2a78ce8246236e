"""What one condition says about one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from secondlook.review.decisions.conditions.budget import TooCostly
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Unanswered
from secondlook.review.decisions.conditions.words import nothing


@dataclass(frozen=True, slots=True)
class Cut:
    """Of the items that a condition looked at, those that it selects for a person to see."""

    looked_at: Sequence[Any]
    matched: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """True for every coin below `reach`: 0 is never, 1 always, in between a sample.

    `cut` is None where the condition is about the answer as a whole. Reasons are made when they are asked for.
    """

    reach: float
    cut: Cut | None = None
    count: int = 0
    reasons: Callable[[], Iterator[str]] = nothing


FALSE = Finding(0.0)


class Condition(Protocol):
    """A simple condition, read from its parameters."""

    def look(self, prediction: Prediction) -> Finding:
        """Its finding; raises Unanswered where it says nothing about this answer."""
        ...


def whole(reason: str) -> Finding:
    """True, for a reason that is about the answer as a whole."""
    return Finding(1.0, None, 1, lambda: iter((reason,)))


def look(condition: Condition, kind: str, prediction: Prediction) -> Finding:
    """The finding of a condition; true where it cannot be evaluated, since in doubt a person looks."""
    try:
        return condition.look(prediction)
    except (Unanswered, TooCostly) as error:
        return whole(f"{kind} cannot be evaluated: {error}")
