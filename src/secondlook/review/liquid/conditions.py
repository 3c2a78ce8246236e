"""The tags that decide, so that they compare as `comparison` says."""

from __future__ import annotations

from liquid import Node, RenderContext, Tag, TokenStream
from liquid.builtin.tags.case_tag import CaseNode, CaseTag, MultiExpressionBlockNode, _AnyExpression
from liquid.builtin.tags.if_tag import IfNode, IfTag
from liquid.builtin.tags.unless_tag import UnlessNode, UnlessTag
from liquid.expression import Expression

from secondlook.review.liquid.comparison import compared, equal


class CompareIfTag(IfTag):
    def parse(self, stream: TokenStream) -> Node:
        return _compared(super().parse(stream))


class CompareUnlessTag(UnlessTag):
    def parse(self, stream: TokenStream) -> Node:
        return _compared(super().parse(stream))


def _compared(node: Node) -> Node:
    assert isinstance(node, IfNode | UnlessNode)
    node.condition = compared(node.condition)
    for alternative in node.alternatives:
        alternative.expression = compared(alternative.expression)
    return node


class CompareCaseTag(CaseTag):
    def parse(self, stream: TokenStream) -> Node:
        node = super().parse(stream)
        assert isinstance(node, CaseNode)
        for block in node.blocks:
            if isinstance(block, MultiExpressionBlockNode):
                block.expression = _Matches(block.token, node.expression, block.expression.expressions)
        return node

    def _parse_when_expression(self, stream: TokenStream) -> list[Expression]:
        """What follows the values is a fault, where the library ignores it: `when 'a' and 'b'`."""
        expressions = super()._parse_when_expression(stream)
        stream.expect_eos()
        return expressions


class _Matches(_AnyExpression):
    def evaluate(self, context: RenderContext) -> list[bool]:
        value = self.left.evaluate(context)
        return [equal(value, expression.evaluate(context)) for expression in self.expressions]


TAGS: tuple[type[Tag], ...] = (CompareIfTag, CompareUnlessTag, CompareCaseTag)
