"""Objects that arrive in parts: begun, sent, sent again, completed, given up."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

from secondlook.store.errors import SMALLEST_PART
from tests.running import Server
from tests.soak.confirming import RequestError, code, confirmed
from tests.soak.traffic import Act, Load

from .objects import Bucket

KEYS = 8

LARGE = 0.05
"""How many of the uploads have a first part of the smallest size that S3 joins."""


class Uploads(Load):
    """One client, one upload after the other, each given up or completed."""

    def __init__(self, server: Server, bucket: str) -> None:
        self._s3 = server.client("s3")
        self._bucket = Bucket(self._s3, bucket)
        self._numbers = count()
        self._doubts = 0
        self._upload: dict[str, Any] | None = None
        self._parts: dict[int, bytes] = {}

    def actors(self) -> Sequence[Act]:
        return [self._act]

    def is_settled(self) -> bool:
        return self._upload is None

    def verify(self) -> None:
        """Uploads that nobody ended are those whose ids nobody was told: any client may list them, and give them up."""
        self._bucket.verify()
        listed = self._s3.list_multipart_uploads(Bucket=self._bucket.name).get("Uploads", [])
        assert len(listed) <= self._doubts
        for upload in listed:
            named = {"Bucket": self._bucket.name, "Key": upload["Key"], "UploadId": upload["UploadId"]}
            assert not self._s3.list_parts(**named).get("Parts")
            self._s3.abort_multipart_upload(**named)

    def _act(self) -> bool:
        if self._upload is None:
            return not self.closing and self._begin()
        if not self._parts or random.random() < 0.4:
            self._send()
        elif random.random() < 0.25:
            self._abort()
        else:
            self._complete()
        return True

    def _begin(self) -> bool:
        named = {"Bucket": self._bucket.name, "Key": f"whole/{next(self._numbers) % KEYS}"}
        begun = confirmed(lambda: self._s3.create_multipart_upload(**named), doubted=self._doubt)
        self._upload, self._parts = {**named, "UploadId": begun["UploadId"]}, {}
        return True

    def _doubt(self) -> None:
        self._doubts += 1

    def _send(self) -> None:
        """The next part, or one again: all but the last have to be large."""
        is_large = not self._parts and random.random() < LARGE
        last = max(self._parts, default=1)
        number = last + 1 if len(self._parts.get(last, b"")) >= SMALLEST_PART else last
        body = random.randbytes(SMALLEST_PART if is_large else random.choice([1, 3_000, 300_000]))
        confirmed(lambda: self._s3.upload_part(**self._upload, PartNumber=number, Body=body))
        self._parts[number] = body

    def _abort(self) -> None:
        confirmed(lambda: self._s3.abort_multipart_upload(**self._upload), already=_is_gone)
        self._upload = None

    def _complete(self) -> None:
        digests = {
            number: hashlib.md5(body, usedforsecurity=False) for number, body in sorted(self._parts.items())
        }
        named = [
            {"PartNumber": number, "ETag": f'"{digest.hexdigest()}"'} for number, digest in digests.items()
        ]
        confirmed(
            lambda: self._s3.complete_multipart_upload(**self._upload, MultipartUpload={"Parts": named}),
            already=_is_gone,
        )
        whole = hashlib.md5(
            b"".join(digest.digest() for digest in digests.values()), usedforsecurity=False
        ).hexdigest()
        key = self._upload["Key"]
        self._bucket.holds(key, b"".join(self._parts[number] for number in digests), f"{whole}-{len(named)}")
        self._upload = None
        self._bucket.look(key)


def _is_gone(error: RequestError) -> bool:
    """An earlier try whose answer was lost has ended the upload."""
    return isinstance(error, ClientError) and code(error) == "NoSuchUpload"
