"""Where the next page of a listing begins, in words that clients hand back unread. Pure."""

from __future__ import annotations

import base64
import binascii

from secondlook.api.s3.arguments import Show
from secondlook.wire.s3_errors import invalid_argument
from secondlook.wire.serialize import xmlbody

_PLACE = ":"
"""Before the key in a marker that holds one; in no id."""


def token(key: str) -> str:
    """A key as any answer and any query can hold it."""
    return base64.urlsafe_b64encode(key.encode()).decode()


def read_token(text: str, name: str = "continuation token") -> str:
    """The key in what `token` has made; InvalidArgument for anything else."""
    try:
        key = base64.b64decode(text.encode(), b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        key = ""
    if not key or "\0" in key:
        raise invalid_argument(f"The {name} provided is incorrect")
    return key


def with_place(marker: str, key: str, show: Show) -> str:
    """The marker beside the next key (of an upload, of a version). It holds the key, too, where XML cannot write that."""
    return marker if xmlbody.is_writable(show(key)) else f"{marker}{_PLACE}{token(key)}"


def read_place(marker: str, key: str, name: str) -> tuple[str, str]:
    """Key and marker that a request goes on behind, whichever of the two holds the key."""
    plain, held, place = marker.partition(_PLACE)
    return (read_token(place, name) if held else key), plain
