"""Frames of `application/vnd.amazon.eventstream`: what an answer in parts is made of.

    length of the whole, length of the headers, CRC of these two | headers | payload | CRC of all before

Numbers are big-endian and have 32 bits; a header is its name, the type 7 (text) and its value, with their lengths in 8 and 16 bits.
Only writing is done here: botocore reads (decision 53). Source: "Event stream encoding" in the developer guide of Amazon Transcribe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from struct import Struct
from zlib import crc32

CONTENT_TYPE = "application/vnd.amazon.eventstream"

MOST_PAYLOAD = 16 * 1024 * 1024
"""Bytes; botocore reads 24 MiB, the other SDKs 16."""

_LENGTHS = Struct(">II")
_NUMBER = Struct(">I")
_TEXT_LENGTH = Struct(">BH")
_TEXT = 7


def part(kind: str, payload: bytes) -> bytes:
    """An event whose one member is a blob that is its payload, such as PayloadPart."""
    return frame(
        {":event-type": kind, ":content-type": "application/octet-stream", ":message-type": "event"}, payload
    )


def exception(kind: str, members: Mapping[str, str]) -> bytes:
    """What ends a stream that failed: the error's name and members."""
    headers = {":exception-type": kind, ":content-type": "application/json", ":message-type": "exception"}
    return frame(headers, json.dumps(members, separators=(",", ":")).encode())


def frame(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One message. Raises ValueError for a payload or a header that is too long."""
    if len(payload) > MOST_PAYLOAD:
        raise ValueError(f"a frame holds {MOST_PAYLOAD:,} bytes at most, not {len(payload):,}")
    head = b"".join(_header(name, value) for name, value in headers.items())
    lengths = _LENGTHS.pack(_LENGTHS.size + 2 * _NUMBER.size + len(head) + len(payload), len(head))
    message = b"".join((lengths, _NUMBER.pack(crc32(lengths)), head, payload))
    return message + _NUMBER.pack(crc32(message))


def _header(name: str, value: str) -> bytes:
    label, text = name.encode(), value.encode()
    if not 0 < len(label) < 1 << 8 or len(text) >= 1 << 15:
        raise ValueError(f"no header of a frame: {name[:80]!r} with {len(text):,} bytes")
    return bytes((len(label),)) + label + _TEXT_LENGTH.pack(_TEXT, len(text)) + text
