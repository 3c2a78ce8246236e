r"""The models' regular expressions, which are Java's and are matched against hostile input.

Java writes a character beyond U+FFFF as two surrogates, and its ``\p{Print}`` is of ASCII alone ("POSIX character classes" of
``java.util.regex.Pattern``; the models have it inside of brackets); ``regex`` knows the rest (``\p{L}``). Some of the patterns
backtrack badly, so each match has a time limit, and what takes longer does not match. The limit is far above what an
honest value needs, because the time counts on while a busy machine runs something else.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

import regex

_AT_ONCE = 0.005
_SECONDS = 1.0
_SURROGATES = regex.compile(r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


_SHORT = 256
"""Characters of values that are remembered: names, and ARNs that come with every call."""


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of ``text`` satisfies ``pattern``."""
    return _remembered(pattern, text) if len(text) <= _SHORT else _matches(pattern, text)


@lru_cache(maxsize=4096)
def _remembered(pattern: str, text: str) -> bool:
    return _matches(pattern, text)


def _matches(pattern: str, text: str) -> bool:
    compiled = _compiled(pattern)
    # Nearly all are done in microseconds; letting other threads in would cost more than the match.
    with suppress(TimeoutError):
        return compiled.fullmatch(text, timeout=_AT_ONCE, concurrent=False) is not None
    with suppress(TimeoutError):
        return compiled.fullmatch(text, timeout=_SECONDS, concurrent=True) is not None
    return False


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(_SURROGATES.sub(_character, pattern).replace(r"\p{Print}", r"\x20-\x7E"))


def _character(pair: regex.Match[str]) -> str:
    high, low = int(pair[1], 16), int(pair[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"
