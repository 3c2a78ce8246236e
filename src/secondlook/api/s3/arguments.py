"""What the query of a listing asks for: whole numbers with S3's own bounds and words, and how keys are written."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from secondlook.api.call import Call
from secondlook.wire.s3_errors import invalid_argument

LARGEST = 2**31 - 1
MOST_IN_PAGE = 1000

Show = Callable[[str], str]
"""How a key is written."""


def number(call: Call, member: str, otherwise: int, *, least: int = 0, most: int = LARGEST) -> int:
    """A member's value, `otherwise` without one; more than `most` counts as `most`.

    InvalidArgument below `least` and beyond 32 bits.
    """
    value = call.params.get(member)
    if value is None:
        return otherwise
    if not least <= value <= LARGEST:
        raise invalid_argument(f"Argument {member} must be an integer between {least} and {LARGEST}")
    return min(int(value), most)


def page_size(call: Call, member: str) -> int:
    """How much a page of a listing holds: up to 1000."""
    return number(call, member, MOST_IN_PAGE, most=MOST_IN_PAGE)


def encoding(call: Call) -> Show:
    """How keys are written: `EncodingType=url` is for clients whose XML cannot hold every character."""
    kind = call.params.get("EncodingType")
    if kind not in {None, "url"}:
        raise invalid_argument("Invalid Encoding Method specified in Request: it is url.")
    return (lambda text: quote(text, safe="/-_.~*")) if kind else str
