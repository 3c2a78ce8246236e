"""JMESPath's interpreter under a budget: each visit of a node, and whatever is listed, compared or written, is paid for first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmespath.functions import Functions
from jmespath.visitor import TreeInterpreter

from secondlook.review.decisions.conditions.budget import Budget

_WRITES = frozenset({"to_string", "contains"})
"""Functions that go through all of what they are given."""

Node = Mapping[str, Any]


class _PaidFunctions(Functions):  # type: ignore[misc]  # jmespath has no types
    """The library's functions, each paid for by the size of its arguments."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def call_function(self, function_name: str, resolved_args: list[Any]) -> Any:
        for argument in resolved_args:
            self._pay(function_name, argument)
        if function_name == "join":
            self._pay_join(*resolved_args)
        return super().call_function(function_name, resolved_args)

    def _pay(self, name: str, argument: Any) -> None:
        if name in _WRITES:
            self._budget.weigh(argument)
        elif isinstance(argument, str):
            self._budget.spend_text(len(argument))
        elif isinstance(argument, list | dict):
            self._budget.spend(len(argument))

    def _pay_join(self, separator: Any, texts: Any) -> None:
        """Before the types are checked, so anything may be in here."""
        if isinstance(separator, str) and isinstance(texts, list):
            characters = sum(len(text) for text in texts if isinstance(text, str))
            self._budget.spend_text(characters + len(separator) * len(texts))


class Interpreter(TreeInterpreter):  # type: ignore[misc]  # jmespath has no types
    """Evaluates one expression once; raises TooCostly from wherever the budget ends."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget
        self._functions = _PaidFunctions(budget)

    def visit(self, node: Node, *args: Any, **kwargs: Any) -> Any:
        self._budget.spend()
        return super().visit(node, *args, **kwargs)

    def visit_comparator(self, node: Node, value: Any) -> Any:
        left, right = (self.visit(child, value) for child in node["children"])
        self._budget.weigh(left)
        self._budget.weigh(right)
        return super().visit_comparator({**node, "children": [_literal(left), _literal(right)]}, value)

    def visit_flatten(self, node: Node, value: Any) -> Any:
        base = self.visit(node["children"][0], value)
        if isinstance(base, list):
            # Paid before it is made: a short list may name one long list many times.
            self._budget.spend(sum(len(part) if isinstance(part, list) else 1 for part in base))
        return super().visit_flatten({**node, "children": [_literal(base)]}, value)

    def visit_slice(self, node: Node, value: Any) -> Any:
        if isinstance(value, list):
            self._budget.spend(len(value))
        return super().visit_slice(node, value)


def _literal(value: Any) -> Node:
    return {"type": "literal", "children": [], "value": value}
