r"""The models' regular expressions, which are Java's and are matched against hostile input.

Java writes a character beyond U+FFFF as two surrogates; ``regex`` knows the rest (``\p{L}``). Some of the patterns
backtrack badly, so each match has a time limit, and what takes longer does not match.
"""

from __future__ import annotations

from functools import lru_cache

import regex

_SECONDS = 0.05
_SURROGATES = regex.compile(r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of ``text`` satisfies ``pattern``."""
    try:
        return _compiled(pattern).fullmatch(text, timeout=_SECONDS, concurrent=True) is not None
    except TimeoutError:
        return False


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(_SURROGATES.sub(_character, pattern))


def _character(pair: regex.Match[str]) -> str:
    high, low = int(pair[1], 16), int(pair[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"
