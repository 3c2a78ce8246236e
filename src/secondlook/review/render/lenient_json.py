"""The JSON-like text in attributes of task templates: single quotes, bare keys, trailing commas and comments are all in use
[crowd-elements/index.md, rule 4].

It is respelled as JSON token by token, then read by the standard library. `elements/src/base/lenient-json.ts` reads the same grammar
in the browser, and the same cases are tried on both. Pure.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

_TOKEN = re.compile(
    r"""
    (?P<space> (?: \s | \ufeff | //[^\n]* | /\*.*?\*/ )+ )
  | (?P<text> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
  | (?P<number> [+-]? (?: NaN | Infinity | 0[xX][0-9a-fA-F]+ | (?: \d+\.?\d* | \.\d+ )(?: [eE][+-]?\d+ )? ) (?![\w$-]) )
  | (?P<word> [\w$-]+ )
  | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_INSIDE = re.compile(r'"|\\(x[0-9a-fA-F]{2}|.)', re.DOTALL)
_ESCAPES = {"v": r"\u000b", "0": r"\u0000", "\n": "", **{kind: f"\\{kind}" for kind in '"/\\bfnrtux'}}


class LenientJsonError(ValueError):
    """Says where the text cannot be read, and quotes it from there on."""

    def __init__(self, text: str, position: int) -> None:
        rest = text[position : position + 12]
        where = f"unexpected {rest!r} at character {position + 1}"
        super().__init__(where if rest else "the text ends too early")


def parse(text: str) -> Any:
    """The value that `text` spells; raises LenientJsonError where it spells none."""
    tokens = [token for token in _TOKEN.finditer(text) if token.lastgroup != "space"]
    words = list(_respelled(tokens))
    strict = " ".join(words)
    try:
        return json.loads(strict, strict=False)
    except json.JSONDecodeError as error:
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        token = tokens[bisect_right(starts, error.pos) - 1] if error.pos < len(strict) else None
        raise LenientJsonError(text, token.start() if token else len(text)) from None


def _respelled(tokens: Sequence[re.Match[str]]) -> Iterator[str]:
    """Each token as JSON spells it; one that JSON has no place for stays, to be complained of there."""
    words = ["", *(token[0] for token in tokens), ""]
    for token, before, word, after in zip(tokens, words, words[1:], words[2:], strict=False):
        if token.lastgroup == "text":
            yield f'"{_INSIDE.sub(_escaped, word[1:-1])}"'
        elif after == ":" and token.lastgroup in {"word", "number"}:
            yield f'"{word}"'
        elif token.lastgroup == "number":
            yield _number(word)
        elif word == "," and after in {"]", "}"} and before not in {"[", "{", ","}:
            yield ""
        else:
            yield word


def _escaped(match: re.Match[str]) -> str:
    kind = match[1] or '"'
    return rf"\u00{kind[1:]}" if len(kind) > 1 else _ESCAPES.get(kind, kind)


def _number(word: str) -> str:
    """As JavaScript writes it: it knows floating-point numbers only."""
    value = float(int(word, 16)) if "x" in word.lower() else float(word)
    return json.dumps(int(value) if value.is_integer() else value)
