"""The order of keys: that of their UTF-8 bytes, which is the order of code points. Pure."""

from __future__ import annotations

LAST = "\U0010ffff"
"""Behind whatever may follow: the last character."""

_SURROGATES = (0xD800, 0xDFFF)


def beyond(prefix: str) -> str | None:
    """The first text behind every text that begins with `prefix`; None if there is no end."""
    kept = prefix.rstrip(LAST)
    if not kept:
        return None
    following = ord(kept[-1]) + 1
    if following == _SURROGATES[0]:  # no characters, so no UTF-8
        following = _SURROGATES[1] + 1
    return kept[:-1] + chr(following)


def group(key: str, prefix: str, delimiter: str) -> str | None:
    """The common prefix that `key` is listed under, e.g. `a/` for `a/b` with delimiter `/`; None if by itself."""
    if not delimiter:
        return None
    end = key.find(delimiter, len(prefix))
    return None if end < 0 else key[: end + len(delimiter)]


def behind(after: str, prefix: str, delimiter: str) -> str:
    """`after`, or, where a listing has shown it as a common prefix, what stands behind every key in it."""
    return after + LAST if is_group(after, prefix, delimiter) else after


def is_group(after: str, prefix: str, delimiter: str) -> bool:
    """Whether a listing that goes on behind `after` has shown a common prefix last."""
    return after.startswith(prefix) and group(after, prefix, delimiter) == after
