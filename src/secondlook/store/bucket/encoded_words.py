"""Values of header fields beyond ASCII as encoded words (RFC 2047): S3 tells them so, and SDKs send nothing but ASCII. Pure.

A value is its bytes, mostly of UTF-8, decoded as latin-1, as doors take and send header fields.
Source: S3 user guide, "Working with object metadata".
"""

from __future__ import annotations

from base64 import b64encode
from email.errors import HeaderParseError
from email.header import decode_header

_FIRST_PRINTABLE = 0x20
_DELETE = 0x7F


def encode(value: str) -> str:
    """What `decode` makes this value of: as it is, if it can be sent so and would not be taken for encoded words."""
    if value.isascii() and decode(value) == value:
        return value
    octets = value.encode("latin-1")
    return f"=?{_charset(octets)}?B?{b64encode(octets).decode()}?="


def decode(text: str) -> str:
    """The value behind encoded words; `text` as it is, if it has none or they hide what no header field may have."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
        octets = b"".join(
            piece if isinstance(piece, bytes) else piece.encode("latin-1") for piece, _ in pieces
        )
    except (HeaderParseError, ValueError):
        return text
    if any(octet < _FIRST_PRINTABLE or octet == _DELETE for octet in octets):
        return text
    return octets.decode("latin-1")


def _charset(octets: bytes) -> str:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return "ISO-8859-1"
    return "UTF-8"
