"""Reading expressions: a word after a dot is a property, whatever it means elsewhere.

Task inputs have keys such as `required`, `offset` or `for`, and Liquid reads `task.input.required`; the library takes
them for keywords.
"""

from __future__ import annotations

from collections.abc import Iterator

from liquid import Token, TokenStream
from liquid.token import TOKEN_DOT, TOKEN_EOF, TOKEN_WORD


class Stream(TokenStream):
    """Tokens of a template or of an expression, keywords after a dot turned back into words."""

    def __init__(
        self, tokens: Iterator[Token], block_depth_carry: int = 0, *, inside: Token | None = None
    ) -> None:
        """`inside` is the expression that the tokens are of: one that ends too early is at fault where it ends."""
        super().__init__(_properties(tokens), block_depth_carry)
        if inside is not None:
            self.eof = Token(TOKEN_EOF, TOKEN_EOF, inside.start_index + len(inside.value), inside.source)

    def into_inner(self, *, tag: Token | None = None, eat: bool = True) -> Stream:
        expression = self.current
        return Stream(iter(super().into_inner(tag=tag, eat=eat).tokens), inside=expression)


def _properties(tokens: Iterator[Token]) -> Iterator[Token]:
    after_dot = False
    for token in tokens:
        # The library names the kind of a keyword by its text.
        keyword = after_dot and token.kind == token.value and token.value.isidentifier()
        yield token._replace(kind=TOKEN_WORD) if keyword else token
        after_dot = token.kind == TOKEN_DOT
