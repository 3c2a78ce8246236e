"""A model's answer while conditions look at it: its JSON, what may be spent on it, and what is worked out only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from secondlook.review.decisions.conditions.budget import Budget
from secondlook.review.decisions.conditions.form import Form
from secondlook.review.decisions.conditions.query import Query, Unanswered
from secondlook.review.decisions.conditions.table import Table


class Unreadable:
    """Stands for an answer that is no JSON."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE = Unreadable()


class Prediction:
    """One answer in one evaluation."""

    __slots__ = ("_answer", "_form", "_tables", "budget")

    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self._form: Form | None = None
        self._tables: dict[str, Table] = {}
        self.budget = Budget()

    @property
    def json(self) -> Any:
        """The answer; raises Unanswered where it is no JSON."""
        if self._answer is UNREADABLE:
            raise Unanswered("the answer is not JSON")
        return self._answer

    @property
    def form(self) -> Form:
        """The answer as Textract's; raises Unanswered where it is none."""
        if self._form is None:
            self._form = Form.of(self.json, self.budget)
        return self._form

    def table(self, where: str, find: Callable[[Prediction], Sequence[Any]]) -> Table:
        """The items that `find` finds; `where` is the same for the same ones."""
        table = self._tables.get(where)
        if table is None:
            table = self._tables[where] = Table(find(self), self.budget)
        return table

    def find(self, query: Query) -> Any:
        """What an expression gives for the answer; raises Unanswered."""
        return query.of(self.json, self.budget)
