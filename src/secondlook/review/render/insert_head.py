"""Putting markup of ours before anything that the template says."""

from __future__ import annotations

import re

from secondlook.review.render.markup import start_tag

_BYTE_ORDER_MARK = "\ufeff"
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
_SILENCE = re.compile(r"(?:[\t\n\f\r ]+|<!--(?:>|->|.*?--!?>))*", re.DOTALL)
"""White space and whole comments: where a document has not begun yet."""


def insert_head(page: str, head: str) -> str:
    """`page` with `head` (markup such as `<meta>` or `<script>`) as the first thing in its head.

    Most templates have no head: browsers make one of what comes first. Where no doctype is given, HTML's is added, so
    that the elements are laid out by the standard and not as in 1998.
    """
    begin = 1 if page.startswith(_BYTE_ORDER_MARK) else 0
    at = _after_silence(page, begin)
    doctype = _DOCTYPE.match(page, at)
    if doctype:
        at = doctype.end()
    for name in ("html", "head"):
        at = _inside(page, at, name)
    opening = "" if doctype else "<!doctype html>"
    return f"{page[:begin]}{opening}{page[begin:at]}{head}{page[at:]}"


def _inside(page: str, at: int, name: str) -> int:
    """The place after the start tag `name`, if nothing but silence comes before it; else `at`."""
    begin = _after_silence(page, at)
    tag = start_tag(page, begin)
    return tag.end if tag and tag.name == name else at


def _after_silence(page: str, at: int) -> int:
    match = _SILENCE.match(page, at)
    assert match is not None
    return match.end()
