"""What is to be looked at, however a program has it: a file, bytes, an object in S3, a document."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.client.errors import SecondlookError

Given = str | os.PathLike[str] | bytes | dict[str, Any] | list[Any]
"""A path, a URI that begins with `s3://`, bytes, or a document of JSON."""

UNKNOWN = "application/octet-stream"

BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
"""First bytes of kinds of files that models are sent."""


@dataclass(frozen=True, slots=True)
class Input:
    """Either `body`, with its type and the end that a name for it would have, or the `uri` of an object."""

    body: bytes = b""
    content_type: str = UNKNOWN
    suffix: str = ""
    uri: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def read(given: Given, content_type: str | None = None) -> Input:
    """Raises SecondlookError where a path leads to no file that can be read."""
    if isinstance(given, dict | list):
        return Input(_json(given), content_type or "application/json", ".json")
    if isinstance(given, bytes | bytearray | memoryview):
        body = bytes(given)
        found = content_type or _by_content(body)
        return Input(body, found, mimetypes.guess_extension(found) or "")
    if isinstance(given, str) and given.startswith("s3://"):
        bucket_and_key(given)
        return Input(uri=given, content_type=content_type or UNKNOWN)
    return _of_file(Path(given), content_type)


def bucket_and_key(uri: str) -> tuple[str, str]:
    """The parts of `s3://bucket/key`. Raises SecondlookError where it names no object."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    if not uri.startswith("s3://") or not bucket or not key:
        raise SecondlookError(f"{uri!r} names no object: write s3://BUCKET/KEY.")
    return bucket, key


def _of_file(path: Path, content_type: str | None) -> Input:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SecondlookError(
            f"The input {str(path)!r} cannot be read ({error.strerror or error}). "
            'It is taken for a path; an object is given as "s3://BUCKET/KEY", a text as {"text": "…"}.'
        ) from error
    found = content_type or mimetypes.guess_type(path.name)[0] or _by_content(body)
    return Input(body, found, path.suffix.lower())


def _json(document: Any) -> bytes:
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise SecondlookError(f"The input cannot be written as JSON: {error}.") from error


def _by_content(body: bytes) -> str:
    for beginning, content_type in BEGINNINGS:
        if body.startswith(beginning):
            return content_type
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return UNKNOWN
    return "application/json" if _is_json(text) else "text/plain"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
