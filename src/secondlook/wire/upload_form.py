"""A form of `multipart/form-data` with one file, read as it arrives: few fields, then a file that may be larger than memory.

Source: RFC 7578; S3 API reference, "POST Object": the file is the last field, and what follows it is ignored.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from secondlook.wire.errors import AwsError
from secondlook.wire.http import UPLOAD_FORM
from secondlook.wire.s3_errors import invalid_argument

MOST_FIELDS = 20_000
"""Bytes of all fields before the file; S3's own limit."""

MOST_BEFORE_FILE = 64 * 1024
"""Bytes that may come before the file, with all that the encoding adds to the fields."""

FILE = "file"

_Events = AsyncGenerator[MultipartSegment | bytes | bytearray | None]


@dataclass(frozen=True, slots=True)
class UploadForm:
    """The fields by name in lower case; `file` gives the file's bytes as they arrive, after them."""

    fields: Mapping[str, str]
    filename: str
    file: AsyncIterator[bytes]


async def read(content_type: str, body: AsyncIterator[bytes]) -> UploadForm:
    """Read a form as far as its file; raises AwsError where it is none, has none, or says too much before it."""
    kind, options = parse_options_header(content_type)
    if kind != UPLOAD_FORM or not options.get("boundary"):
        raise _malformed("Content-Type names no boundary")
    events = _events(options["boundary"], body)
    fields: dict[str, str] = {}
    size = 0
    async for segment in events:
        assert isinstance(segment, MultipartSegment)
        name = (segment.name or "").lower()
        if name == FILE:
            return UploadForm(fields, segment.filename or "", _file(events))
        value = await _value(events, MOST_FIELDS - size)
        size += len(name) + len(value)
        if name in fields:
            raise invalid_argument(f"The form names the field {name!r} twice.", name)
        fields[name] = _text(value)
    raise invalid_argument("POST requires exactly one file upload per request.", FILE, 0)


async def _events(boundary: str, body: AsyncIterator[bytes]) -> _Events:
    """What the form is made of: a segment's head, its bytes, None at its end."""
    came, is_before_file = 0, True
    try:
        parser = PushMultipartParser(boundary)
        async for piece in body:
            for event in parser.parse(piece):
                if isinstance(event, MultipartSegment) and (event.name or "").lower() == FILE:
                    is_before_file = False
                yield event
            came += len(piece)
            if is_before_file and came > MOST_BEFORE_FILE:
                raise _too_much()
        parser.close()
    except MultipartError as error:
        raise _malformed(str(error)) from error


async def _value(events: _Events, most: int) -> bytes:
    """The bytes of the segment that has begun."""
    value = bytearray()
    while (piece := await anext(events)) is not None:
        assert not isinstance(piece, MultipartSegment)
        value += piece
        if len(value) > most:
            raise _too_much()
    return bytes(value)


async def _file(events: _Events) -> AsyncGenerator[bytes]:
    """The bytes of the file; then the rest of the form is read, so that one that is cut off is known as such."""
    while (piece := await anext(events)) is not None:
        assert not isinstance(piece, MultipartSegment)
        yield bytes(piece)
    async for _ in events:
        pass


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise _malformed("a field is not UTF-8") from error


def _malformed(reason: str) -> AwsError:
    return AwsError(
        "MalformedPOSTRequest",
        f"The body of your POST request is not well-formed multipart/form-data: {reason.rstrip('.')}. Fields and the names of "
        "files are UTF-8, as browsers send them from a page that says so (<meta charset=utf-8>).",
        400,
    )


def _too_much() -> AwsError:
    return AwsError(
        "MaxPostPreDataLengthExceededError",
        "Your POST request fields preceding the upload file were too large.",
        400,
        {"MaxSizeAllowed": MOST_FIELDS},
    )
