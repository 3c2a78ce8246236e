"""What is equal, comes before or contains what, as in Shopify's implementation.

Whatever cannot be compared compares as false (nil, lists, objects, booleans), but for text with a number, which is an error:
`'10' > 9` is a mistake that nobody would see.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from liquid import RenderContext
from liquid.builtin.expressions import BooleanExpression
from liquid.builtin.expressions.logical import (
    ContainsExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
)
from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import LiquidTypeError
from liquid.expression import Expression

from secondlook.review.liquid.text import to_text

Holds = Callable[[Any, Any], bool]


def equal(left: object, right: object) -> bool:
    """1 is 1.0, but true is not 1. `blank` and `empty` are equal to what they describe."""
    if isinstance(left, Blank | Empty):
        left, right = right, left
    if isinstance(right, Blank):
        return left is None or left is False or right == left
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(right == left)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def contains(left: object, right: object) -> bool:
    if right is None or right is False:
        return False
    if isinstance(left, str):
        return to_text(right) in left
    if isinstance(left, list | tuple):
        return any(equal(item, right) for item in left)
    if isinstance(left, dict):
        return isinstance(right, str) and right in left
    return isinstance(left, range) and is_number(right) and right in left


def _ordering(symbol: str, holds: Holds) -> Holds:
    def ordering(left: object, right: object) -> bool:
        texts, numbers = [
            [kind(value) for value in (left, right)]
            for kind in (lambda value: isinstance(value, str), is_number)
        ]
        if all(texts) or all(numbers):
            return holds(left, right)
        if any(texts) and any(numbers):
            kinds = " and ".join(f"'{type(value).__name__}'" for value in (left, right))
            raise LiquidTypeError(f"'{symbol}' is not supported between {kinds}", token=None)
        return False

    return ordering


_HOLDS: dict[type[Expression], Holds] = {
    ContainsExpression: contains,
    EqExpression: equal,
    GeExpression: _ordering(">=", operator.ge),
    GtExpression: _ordering(">", operator.gt),
    LeExpression: _ordering("<=", operator.le),
    LtExpression: _ordering("<", operator.lt),
    NeExpression: lambda left, right: not equal(left, right),
}


class Comparison(Expression):
    """Two expressions, and whether something holds between their values."""

    __slots__ = ("_holds", "_left", "_right")

    def __init__(self, expression: Any, holds: Holds) -> None:
        """`expression` is the library's."""
        super().__init__(expression.token)
        self._left, self._right, self._holds = expression.left, expression.right, holds

    def evaluate(self, context: RenderContext) -> bool:
        try:
            return self._holds(self._left.evaluate(context), self._right.evaluate(context))
        except LiquidTypeError as error:
            error.token = error.token or self.token
            raise

    def children(self) -> list[Expression]:
        return [self._left, self._right]


def compared(expression: Any) -> Any:
    """`expression`, its comparisons replaced by ours."""
    if isinstance(expression, BooleanExpression):
        return BooleanExpression(expression.token, compared(expression.expression))
    if isinstance(expression, LogicalAndExpression | LogicalOrExpression):
        return type(expression)(expression.token, compared(expression.left), compared(expression.right))
    holds = _HOLDS.get(type(expression))
    return expression if holds is None else Comparison(expression, holds)
