"""The JSON-like text in attributes of task templates: single quotes, bare keys, trailing commas and comments are all in use
[crowd-elements/index.md, rule 4]. The same grammar as `elements/src/base/lenient-json.ts`. Pure.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

_SPACE = re.compile(r"(?:\s|\ufeff|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_WORD = re.compile(r"[A-Za-z]+")
_KEY = re.compile(r"[\w$-]+")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None}
_DIGITS = {"u": 4, "x": 2}


class LenientJsonError(ValueError):
    """Says what was expected and quotes the text around the place."""


def parse(text: str) -> Any:
    """The value that `text` spells; raises LenientJsonError where it spells none."""
    reader = _Reader(text)
    value = reader.value()
    reader.skip()
    if reader.at < len(text):
        reader.fail("nothing more")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def fail(self, expected: str) -> NoReturn:
        rest = self._text[self.at : self.at + 12]
        found = f"found {rest!r}" if rest else "the text ends"
        raise LenientJsonError(f"expected {expected} at character {self.at + 1}, {found}")

    def skip(self) -> None:
        self._match(_SPACE)

    def value(self) -> Any:
        if self._take("["):
            return self._array()
        if self._take("{"):
            return self._object()
        if self._peek() in {'"', "'"}:
            return self._string()
        if number := self._match(_NUMBER):
            return _number(number)
        start = self.at
        word = self._match(_WORD)
        if word in _WORDS:
            return _WORDS[word]
        self.at = start
        return self.fail("a list, an object, a quoted text or a number")

    def _array(self) -> list[Any]:
        items = []
        while not self._take("]"):
            items.append(self.value())
            if not self._take(",") and self._peek() != "]":
                self.fail('"," or "]"')
        return items

    def _object(self) -> dict[str, Any]:
        members = {}
        while not self._take("}"):
            key = self._key()
            if not self._take(":"):
                self.fail('":" after a key')
            members[key] = self.value()
            if not self._take(",") and self._peek() != "}":
                self.fail('"," or "}"')
        return members

    def _key(self) -> str:
        if self._peek() in {'"', "'"}:
            return self._string()
        return self._match(_KEY) or self.fail("a key")

    def _string(self) -> str:
        quote = self._text[self.at]
        self.at += 1
        parts = []
        while (character := self._peek()) != quote:
            if not character:
                self.fail(f"a closing {quote}")
            self.at += 1
            parts.append(self._escape() if character == "\\" else character)
        self.at += 1
        # Escapes are UTF-16, where two of them may make one character.
        return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _escape(self) -> str:
        kind = self._peek()
        self.at += 1
        if kind not in _DIGITS:
            return _ESCAPES.get(kind, kind)
        code = self._text[self.at : self.at + _DIGITS[kind]]
        if len(code) != _DIGITS[kind] or not re.fullmatch(r"[0-9a-fA-F]+", code):
            self.fail(f"{_DIGITS[kind]} hexadecimal digits")
        self.at += len(code)
        return chr(int(code, 16))

    def _peek(self) -> str:
        return self._text[self.at : self.at + 1]

    def _take(self, character: str) -> bool:
        self.skip()
        if self._peek() != character:
            return False
        self.at += 1
        return True

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]


def _number(text: str) -> int | float:
    if "x" in text.lower():
        return int(text, 16)
    value = float(text)
    return int(value) if value.is_integer() and not re.search(r"[.eE]", text) else value
