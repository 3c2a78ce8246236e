"""Reading expressions: a word of the language is a name where it could be nothing else.

Task inputs have keys such as `required`, `offset` or `for`, and Liquid reads `task.input.required`; templates assign `limit` and
loop with `limit: limit`. The library takes such words for keywords wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from liquid import Token, TokenStream
from liquid.token import (
    TOKEN_AND,
    TOKEN_AS,
    TOKEN_COLON,
    TOKEN_COLS,
    TOKEN_COMMA,
    TOKEN_CONTAINS,
    TOKEN_DOT,
    TOKEN_ELSE,
    TOKEN_EOF,
    TOKEN_FOR,
    TOKEN_IF,
    TOKEN_IN,
    TOKEN_INITIAL,
    TOKEN_LIMIT,
    TOKEN_OFFSET,
    TOKEN_OR,
    TOKEN_RANGE_LITERAL,
    TOKEN_RBRACKET,
    TOKEN_REQUIRED,
    TOKEN_REVERSED,
    TOKEN_RPAREN,
    TOKEN_WITH,
    TOKEN_WORD,
    operators,
)

_JOINING = {TOKEN_AND, TOKEN_OR, TOKEN_CONTAINS, TOKEN_IN}
_OPTIONS = {TOKEN_LIMIT, TOKEN_OFFSET, TOKEN_COLS, TOKEN_REVERSED}
_NAMES = _JOINING | _OPTIONS | {TOKEN_AS, TOKEN_ELSE, TOKEN_FOR, TOKEN_IF, TOKEN_REQUIRED, TOKEN_WITH}
"""Keywords that Liquid takes as names of variables, too."""

_VALUE_FOLLOWS = {*operators.values(), *_JOINING, TOKEN_INITIAL, TOKEN_RANGE_LITERAL} - {
    TOKEN_RBRACKET,
    TOKEN_RPAREN,
}


class Stream(TokenStream):
    """Tokens of a template or of an expression, keywords turned back into words where they are names."""

    def __init__(
        self, tokens: Iterator[Token], block_depth_carry: int = 0, *, inside: Token | None = None
    ) -> None:
        """`inside` is the expression that the tokens are of: one that ends too early is at fault where it ends."""
        super().__init__(_names(tokens), block_depth_carry)
        if inside is not None:
            self.eof = Token(TOKEN_EOF, TOKEN_EOF, inside.start_index + len(inside.value), inside.source)

    def into_inner(self, *, tag: Token | None = None, eat: bool = True) -> Stream:
        expression = self.current
        return Stream(iter(super().into_inner(tag=tag, eat=eat).tokens), inside=expression)


def _names(tokens: Iterator[Token]) -> Iterator[Token]:
    """`tokens`, with words for the keywords that are properties, or that stand where a value must."""
    before = TOKEN_INITIAL
    last = Token(TOKEN_EOF, "", -1, "")
    for token, after in pairwise(chain(tokens, [last])):
        # The library names the kind of a keyword by its text.
        keyword = token.kind == token.value and token.value.isidentifier()
        if keyword and (before == TOKEN_DOT or _is_value(token, before, after)):
            token = token._replace(kind=TOKEN_WORD)  # noqa: PLW2901
        yield token
        before = token.kind


def _is_value(token: Token, before: str, after: Token) -> bool:
    """Whether a keyword can only be the name of a variable: after a comma `limit:` is an option, `limit` is none."""
    is_option = before == TOKEN_COMMA and token.kind in _OPTIONS and after.kind == TOKEN_COLON
    return token.kind in _NAMES and before in _VALUE_FOLLOWS and not is_option
