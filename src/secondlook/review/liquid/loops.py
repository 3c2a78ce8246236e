"""The tags that loop: which items `offset` and `limit` leave, as in Shopify's implementation.

The library takes a limit of 0 for none, and fails at one that is negative or nil. It also leaves out white space that is all
there is beside `break` and `continue`, or in a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from liquid import Node, RenderContext, Tag, TokenStream
from liquid.builtin.expressions import LoopExpression, StringLiteral
from liquid.builtin.expressions.logical import is_truthy
from liquid.builtin.tags.for_tag import (
    BreakNode,
    BreakTag,
    ContinueNode,
    ContinueTag,
    ForLoop,
    ForNode,
    ForTag,
)
from liquid.builtin.tags.tablerow_tag import TableRow, TablerowNode, TablerowTag
from liquid.exceptions import LiquidValueError
from liquid.expression import Expression

from secondlook.review.liquid.arithmetic import to_integer, to_number
from secondlook.review.liquid.guard import spoken


class Loop(LoopExpression):
    def evaluate(self, context: RenderContext) -> tuple[Iterator[object], int]:
        """The items of the loop and their number."""
        value = self.iterable.evaluate(context)
        # The engine's own objects are no collections, though the library's `forloop` looks like one.
        every, length = self._to_iter(None if isinstance(value, ForLoop | TableRow) else value, context)
        name = f"{self.identifier}-{self.iterable}"
        goes_on = isinstance(self.offset, StringLiteral) and self.offset.value == "continue"
        start = context.stopindex(name) if goes_on else _integer(self.offset, context) or 0
        limit = _integer(self.limit, context)
        stop = length if limit is None else min(max(start + limit, 0), length)
        start = min(max(start, 0), stop)
        if isinstance(value, str):
            # A text is one item, whatever is asked of it.
            start, stop = 0, length
        context.stopindex(name, index=stop)
        items = islice(every, start, stop)
        return (reversed(list(items)) if self.reversed else items), stop - start


class _Columns(Expression):
    """Any value as a number of columns; what is none breaks no row."""

    __slots__ = ("_value",)

    def __init__(self, value: Expression) -> None:
        super().__init__(value.token)
        self._value = value

    def evaluate(self, context: RenderContext) -> int:
        return int(to_number(self._value.evaluate(context)))

    def children(self) -> list[Expression]:
        return [self._value]


def _integer(expression: Expression | None, context: RenderContext) -> int | None:
    value = None if expression is None else expression.evaluate(context)
    if expression is None or value is None:
        return None
    try:
        return to_integer(value)
    except ValueError as error:
        raise LiquidValueError(
            f"expected an integer, found {spoken(value)}", token=expression.token
        ) from error


class LimitForTag(ForTag):
    def parse(self, stream: TokenStream) -> Node:
        node = super().parse(stream)
        assert isinstance(node, ForNode)
        node.expression = _limited(node.expression)
        for block in (node.block, node.default):
            if block is not None:
                block.blank = node.blank
        return node


class KeepBreakTag(BreakTag):
    """What a loop may leave or go on from prints its white space, also where it has nothing else."""

    def parse(self, stream: TokenStream) -> BreakNode:
        node = super().parse(stream)
        node.blank = False
        return node


class KeepContinueTag(ContinueTag):
    """As `KeepBreakTag`."""

    def parse(self, stream: TokenStream) -> ContinueNode:
        node = super().parse(stream)
        node.blank = False
        return node


class RowNode(TablerowNode):
    """A table always has a first row, unless there is nothing to make one of."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        begun = buffer.tell()
        count = super().render_to_output(context, buffer)
        if buffer.tell() == begun and is_truthy(self.expression.iterable.evaluate(context)):
            count += buffer.write('<tr class="row1">\n</tr>\n')
        return count


class LimitTablerowTag(TablerowTag):
    node_class = RowNode

    def parse(self, stream: TokenStream) -> TablerowNode:
        node = super().parse(stream)
        node.expression = _limited(node.expression)
        node.block.blank = False
        return node


def _limited(loop: LoopExpression) -> Loop:
    return Loop(
        loop.token,
        loop.identifier,
        loop.iterable,
        limit=loop.limit,
        offset=loop.offset,
        reversed_=loop.reversed,
        cols=loop.cols and _Columns(loop.cols),
    )


TAGS: tuple[type[Tag], ...] = (LimitForTag, LimitTablerowTag, KeepBreakTag, KeepContinueTag)
