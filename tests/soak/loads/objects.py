"""Objects in S3: put, replaced, copied, deleted, read back."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tests.running import Server
from tests.soak.confirming import code, confirmed
from tests.soak.traffic import Act, Load

KEYS = 12
"""Of each client: few, so that most puts replace something."""

SIZES = (0, 100, 5_000, 400_000)
"""Bytes; the largest passes through a file on its way in."""


class Bucket:
    """What a bucket has to hold, by key: the body of the last put that was confirmed."""

    def __init__(self, s3: Any, name: str) -> None:
        self.s3, self.name = s3, name
        self.bodies: dict[str, bytes] = {}
        self.etags: dict[str, str] = {}
        s3.create_bucket(Bucket=name)

    def holds(self, key: str, body: bytes, etag: str | None = None) -> None:
        self.bodies[key] = body
        self.etags[key] = f'"{etag or hashlib.md5(body, usedforsecurity=False).hexdigest()}"'

    def holds_no_more(self, key: str) -> None:
        self.bodies.pop(key, None)
        self.etags.pop(key, None)

    def look(self, key: str) -> None:
        """The object is that of the last confirmed put, whole."""
        got = confirmed(lambda: _got(self.s3.get_object, self.name, key))
        wanted = (self.bodies[key], self.etags[key]) if key in self.bodies else None
        assert got == wanted, f"s3://{self.name}/{key} is not as it was put"

    def verify(self) -> None:
        listed = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        entries = {entry["Key"]: entry for page in listed for entry in page.get("Contents", ())}
        assert {key: entry["ETag"] for key, entry in entries.items()} == self.etags
        for key in entries:
            self.look(key)


class Objects(Load):
    """Clients with keys of their own in one bucket."""

    def __init__(self, server: Server, bucket: str, clients: int = 2) -> None:
        self._bucket = Bucket(server.client("s3"), bucket)
        self._clients = clients

    def actors(self) -> Sequence[Act]:
        return [_Client(self._bucket, f"client-{number}").act for number in range(self._clients)]

    def verify(self) -> None:
        self._bucket.verify()


class _Client:
    def __init__(self, bucket: Bucket, name: str) -> None:
        self._bucket, self._s3 = bucket, bucket.s3
        self._keys = [f"{name}/{number} ä&?" for number in range(KEYS)]
        self._acts: dict[Callable[[str], None], int] = {
            self._put: 5,
            self._copy: 1,
            self._delete: 2,
            bucket.look: 3,
        }

    def act(self) -> bool:
        random.choices(list(self._acts), list(self._acts.values()))[0](random.choice(self._keys))
        return True

    def _put(self, key: str) -> None:
        body = random.randbytes(random.choice(SIZES))
        confirmed(lambda: self._s3.put_object(Bucket=self._bucket.name, Key=key, Body=body))
        self._bucket.holds(key, body)

    def _copy(self, key: str) -> None:
        source = random.choice([other for other in self._keys if other != key])
        if source in self._bucket.bodies:
            origin = {"Bucket": self._bucket.name, "Key": source}
            confirmed(lambda: self._s3.copy_object(Bucket=self._bucket.name, Key=key, CopySource=origin))
            self._bucket.holds(key, self._bucket.bodies[source])

    def _delete(self, key: str) -> None:
        confirmed(lambda: self._s3.delete_object(Bucket=self._bucket.name, Key=key))
        self._bucket.holds_no_more(key)


def _got(get: Callable[..., Any], bucket: str, key: str) -> tuple[bytes, str] | None:
    try:
        answer = get(Bucket=bucket, Key=key)
    except ClientError as error:
        if code(error) == "NoSuchKey":
            return None
        raise
    return answer["Body"].read(), answer["ETag"]
