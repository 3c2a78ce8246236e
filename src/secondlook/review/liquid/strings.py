"""The filters of text, as Shopify's implementation has them where the library differs.

White space is that of ASCII: a no-break space stays where it is.
"""

from __future__ import annotations

import re
from base64 import b64decode

from secondlook.review.liquid.arithmetic import to_integer

_SPACE = "\t\n\v\f\r "
_SPACES = re.compile(f"[{_SPACE}]+")
_AROUND = f"{_SPACE}\0"
_BLOCKS = {"<script": "</script>", "<style": "</style>", "<!--": "-->"}
_OPENING = re.compile("|".join(_BLOCKS))
_TAG = re.compile("<[^>]*>")
_URL_SAFE = str.maketrans("-_", "+/")


def split(text: str, separator: str) -> list[str]:
    """Empty parts at the end are dropped. A space means any white space; nothing means between any two characters."""
    if separator == " ":
        parts = _SPACES.split(text.lstrip(_SPACE))
    else:
        parts = text.split(separator) if separator else list(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def strip(text: str) -> str:
    return text.strip(_AROUND)


def lstrip(text: str) -> str:
    return text.lstrip(_AROUND)


def rstrip(text: str) -> str:
    return text.rstrip(_AROUND)


def squish(text: str) -> str:
    return _SPACES.sub(" ", text.strip(_AROUND))


def strip_html(text: str) -> str:
    """Without scripts, styles, comments and tags, which are whatever stands between `<` and `>`."""
    text = _without_blocks(text)
    # No search may run to the end of the text in vain: many would take for ever.
    end = text.rfind(">") + 1
    return _TAG.sub("", text[:end]) + text[end:]


def _without_blocks(text: str) -> str:
    last = {opening: text.rfind(closing) for opening, closing in _BLOCKS.items()}
    kept, position = [], 0
    for match in _OPENING.finditer(text):
        if position <= match.start() and match.end() <= last[match[0]]:
            kept.append(text[position : match.start()])
            closing = _BLOCKS[match[0]]
            position = text.index(closing, match.end()) + len(closing)
    return "".join([*kept, text[position:]])


def truncate(text: str, length: object = 50, end: str = "...") -> str:
    """At most `length` characters, `end` included; all of `end` even where it is longer."""
    most = to_integer(length)
    return text if len(text) <= most else text[: max(most - len(end), 0)] + end


def truncatewords(text: str, words: object = 15, end: str = "...") -> str:
    """At most `words` words, but one at least. A text that is short enough stays as it is."""
    most = max(to_integer(words), 1)
    parts = _SPACES.split(text.lstrip(_SPACE), maxsplit=most)
    return text if len(parts) <= most else " ".join(parts[:most]) + end


def slice_(sequence: str | list[object], start: object, length: object = None) -> str | list[object]:
    """One without a length. From the end where `start` is negative. Nothing where it lies outside."""
    begin, count = to_integer(start), 1 if length is None or length is False else to_integer(length)
    if begin < 0:
        begin += len(sequence)
    return sequence[begin : begin + count] if begin >= 0 and count >= 0 else sequence[:0]


def remove_last(text: str, part: str) -> str:
    return replace_last(text, part, "")


def replace_last(text: str, part: str, other: str) -> str:
    start = text.rfind(part)
    return text if start < 0 else text[:start] + other + text[start + len(part) :]


def base64_decode(text: str) -> str:
    return b64decode(text, validate=True).decode()


def base64_url_safe_decode(text: str) -> str:
    """Padding may be missing."""
    padding = "" if text.endswith("=") else "=" * (-len(text) % 4)
    return b64decode(text.translate(_URL_SAFE) + padding, validate=True).decode()
