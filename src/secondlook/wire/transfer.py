"""What the headers say of how an object's body comes: its size, and what follows it.

Source: S3 API reference, "PutObject"; recorded runs on AWS.
"""

from __future__ import annotations

import re

from secondlook.wire.checksums import HEADERS
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from secondlook.wire.payload import HEADER, STREAMING
from secondlook.wire.s3_errors import invalid_request

_DECODED_LENGTH = "x-amz-decoded-content-length"


def is_streaming(request: Request) -> bool:
    """Whether the body is said to come in chunks of S3's own, so that ``Content-Length`` is not the object's size."""
    return request.headers.get(HEADER).startswith(STREAMING)


def object_length(request: Request) -> int | None:
    """The object's size in bytes as its sender says; ``None`` where HTTP's own chunks carry it. Refuses with 411."""
    is_stream = is_streaming(request)
    if not is_stream and "transfer-encoding" in request.headers:
        return None
    name = _DECODED_LENGTH if is_stream else "content-length"
    length = request.headers.get(name)
    if not re.fullmatch("[0-9]{1,20}", length):
        raise AwsError(
            "MissingContentLength",
            "You must provide the Content-Length HTTP header.",
            411,
            {"Detail": f"{name}: the object's size in bytes"},
        )
    return int(length)


def announced_trailers(request: Request) -> list[str]:
    """The headers that follow the body, in lower case; refuses any but checksums."""
    listed = request.headers.get("x-amz-trailer").lower().rstrip(",")
    names = [name.strip() for name in listed.split(",")] if listed else []
    if not set(names) <= HEADERS.keys():
        raise invalid_request(
            "The value specified in the x-amz-trailer header is not supported",
            f"supported: {', '.join(HEADERS)}",
        )
    return names


def wrong_length(provided: int, expected: int) -> AwsError:
    """An object of another size than its sender said."""
    return AwsError(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header",
        400,
        {"NumberBytesExpected": expected, "NumberBytesProvided": provided},
    )


def malformed_trailer(detail: str) -> AwsError:
    """A trailer that is not the announced one, or that cannot follow this body."""
    return AwsError(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        400,
        {"Detail": detail},
    )
