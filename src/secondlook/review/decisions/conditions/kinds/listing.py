"""The parameters `Items` and `LabelName`, which conditions for any model share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from secondlook.review.decisions import items as known
from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query, Unanswered
from secondlook.review.decisions.conditions.table import Table

ANY = "*"


class Source(Protocol):
    """Where the items of an answer are."""

    def of(self, prediction: Prediction) -> Table:
        """The items; raises Unanswered where the answer has none to look for."""
        ...


@dataclass(frozen=True, slots=True)
class Items:
    """Where the items are: a JMESPath expression, or None for the usual places."""

    query: Query | None

    @classmethod
    def read(cls, members: Members) -> Items:
        return cls(members.query("Items"))

    def of(self, prediction: Prediction) -> Table:
        """Raises Unanswered where the expression finds none of what it names, since that may be a slip."""
        return prediction.table("" if self.query is None else self.query.text, self._found)

    def _found(self, prediction: Prediction) -> list[Any]:
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
