"""What a model was asked about, and what it said. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from secondlook.picture_size import stored_size

_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF8", "image/gif", "gif"),
    (b"BM", "image/bmp", "bmp"),
    (b"II*\x00", "image/tiff", "tif"),
    (b"MM\x00*", "image/tiff", "tif"),
    (b"%PDF-", "application/pdf", "pdf"),
)
"""How bodies begin, what they are then, and how their names end."""

_BOXED = ((b"WEBP", "image/webp", "webp"), (b"WAVE", "audio/wav", "wav"))
"""The same of what lies in a RIFF file."""

UNKNOWN = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-image"})
"""Content types that say nothing of how a browser should show a body."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The input of one prediction. `content_type` is what a browser needs to show it.

    `uri` is where it lies (`s3://bucket/key`), None until it is stored. `name` tells it from other inputs: two objects of a
    bucket are two, though their bytes be the same.
    """

    body: bytes
    content_type: str
    sha256: str
    name: str
    uri: str | None = None
    group: str | None = None

    @classmethod
    def of(
        cls,
        body: bytes,
        content_type: str,
        uri: str | None = None,
        etag: str | None = None,
        group: str | None = None,
    ) -> Self:
        """Hashes the body. With an `etag`, the object at `uri` is meant, in that version; else whatever has these bytes."""
        sha256 = hashlib.sha256(body).hexdigest()
        name = f"sha256:{sha256}" if etag is None else f"{uri} {etag}"
        declared = content_type.partition(";")[0].strip().lower()
        shown = _sniffed(body)[0] if declared in UNKNOWN else content_type
        return cls(body, shown or "application/octet-stream", sha256, name, uri, group)

    @property
    def suffix(self) -> str:
        """How a file with this body is called: `.jpg`; nothing where the bytes do not tell."""
        suffix = _sniffed(self.body)[1]
        return f".{suffix}" if suffix else ""

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels of a picture, as its first bytes say; None where they do not."""
        if not self.content_type.startswith("image/"):
            return None
        return stored_size(self.body)


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a variant of an endpoint answered; `inference_id` is what the caller calls it, which need not be unique."""

    answer: bytes
    endpoint: str
    variant: str
    model_version: str
    inference_id: str | None = None


def _sniffed(body: bytes) -> tuple[str, str]:
    for begins, content_type, suffix in _KINDS:
        if body.startswith(begins):
            return content_type, suffix
    if body.startswith(b"RIFF"):
        for form, content_type, suffix in _BOXED:
            if body[8:12] == form:
                return content_type, suffix
    return "", ""
