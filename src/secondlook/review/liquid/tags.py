"""The tags that print, so that they print as `text` says; and those that a template of one file cannot have."""

from __future__ import annotations

from typing import TextIO

from liquid import Node, RenderContext, Tag, TokenStream
from liquid.builtin.expressions import (
    FilteredExpression,
    Literal,
    Nil,
    PositionalArgument,
    parse_identifier,
    parse_name,
    parse_primitive,
    tokenize,
)
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.capture_tag import ENDCAPTUREBLOCK, TAG_ENDCAPTURE, CaptureNode, CaptureTag
from liquid.builtin.tags.cycle_tag import CycleNode, CycleTag
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.builtin.tags.liquid_tag import LiquidNode, LiquidTag
from liquid.exceptions import LiquidSyntaxError
from liquid.parser import get_parser
from liquid.token import TOKEN_COLON, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_STRING, TOKEN_TAG

from secondlook.review.liquid.context import Context
from secondlook.review.liquid.stream import Stream
from secondlook.review.liquid.text import Escaped, html, to_text


def _print(value: object, context: RenderContext, buffer: TextIO) -> int:
    """Print `value`: as HTML on the page, as text into a capture, which is escaped when it is printed itself."""
    assert isinstance(context, Context)
    if not context.captures:
        return buffer.write(html(value))
    if isinstance(value, Escaped):
        context.captures[-1] = True
    return buffer.write(to_text(value))


class PrintNode(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return _print(self.expression.evaluate(context), context, buffer)


class PrintTag(Output):
    """`{{ … }}`. An empty pair of braces prints nothing."""

    def parse(self, stream: TokenStream) -> OutputNode:
        token = stream.eat(TOKEN_OUTPUT)
        expression = stream.expect(TOKEN_EXPRESSION)
        if not expression.value:
            return PrintNode(token, Nil(expression))
        tokens = Stream(tokenize(expression.value, expression), inside=expression)
        return PrintNode(token, FilteredExpression.parse(self.env, tokens))


class PrintEchoTag(EchoTag):
    node_class = PrintNode  # type: ignore[assignment]  # the library expects its own subclass here, for __str__ only


class PrintCycleNode(CycleNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        values = [argument.evaluate(context) for argument in self.args]
        index = context.cycle(self._counter(context), len(values))
        # Cycles of one group may differ in length.
        return _print(values[index], context, buffer) if index < len(values) else 0

    def _counter(self, context: RenderContext) -> object:
        """Cycles with one name count together, and so do those of the same literals; one with variables counts alone."""
        if self.group:
            name = self.group.evaluate(context)
            return type(name), to_text(name)
        return str(self) if all(isinstance(argument, Literal) for argument in self.args) else id(self)


class PrintCycleTag(CycleTag):
    """The name of a group may be any value, a path too: `{% cycle box.kind: 'a', 'b' %}`."""

    def parse(self, stream: TokenStream) -> CycleNode:
        token = stream.eat(TOKEN_TAG)
        tokens = stream.into_inner(tag=token, eat=False)
        first = parse_primitive(self.env, tokens)
        is_group = tokens.current.kind == TOKEN_COLON
        if is_group:
            next(tokens)
        values = [argument.value for argument in PositionalArgument.parse(self.env, tokens)]
        if not values and is_group:
            raise LiquidSyntaxError("expected at least one argument", token=token)
        return PrintCycleNode(token, first if is_group else None, values if is_group else [first, *values])


class PrintCaptureNode(CaptureNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        assert isinstance(context, Context)
        inner = context.get_buffer(buffer)
        context.captures.append(False)
        try:
            self.block.render(context, inner)
        finally:
            escaped = context.captures.pop()
        text = inner.getvalue()
        context.assign(self.name, Escaped(text) if escaped else text)
        return 0


class PrintCaptureTag(CaptureTag):
    """`{% capture name %}`, or as in older templates `{% capture 'name' %}`."""

    def parse(self, stream: TokenStream) -> PrintCaptureNode:
        token = stream.eat(TOKEN_TAG)
        tokens = stream.into_inner(tag=token)
        parse_target = parse_name if tokens.current.kind == TOKEN_STRING else parse_identifier
        name = parse_target(self.env, tokens)
        tokens.expect_eos()
        block = get_parser(self.env).parse_block(stream, ENDCAPTUREBLOCK)
        stream.expect(TOKEN_TAG, value=TAG_ENDCAPTURE)
        return PrintCaptureNode(token, name, block)


class LinesTag(LiquidTag):
    """`{% liquid … %}`, its lines read as all other expressions are."""

    def parse(self, stream: TokenStream) -> Node:
        if stream.peek.kind != TOKEN_EXPRESSION:
            return super().parse(stream)
        token, lines = next(stream), stream.current
        tokens = Stream(self._tokenize(lines.value, token=lines), stream.block_depth, inside=lines)
        return LiquidNode(token, lines, block=get_parser(self.env).parse_block(tokens, end=()))


class _NoSuchFile(Tag):
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        raise LiquidSyntaxError(
            f"'{token.value}' has nothing to fetch: a worker task template is one file", token=token
        )


class NoInclude(_NoSuchFile):
    name = "include"


class NoRender(_NoSuchFile):
    name = "render"


TAGS: tuple[type[Tag], ...] = (
    PrintTag,
    PrintEchoTag,
    PrintCycleTag,
    PrintCaptureTag,
    LinesTag,
    NoInclude,
    NoRender,
)
