"""The five verbs on an S3."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from secondlook.store.bucket import words
from secondlook.store.bucket.body import with_body
from secondlook.store.bucket.buckets import RemoteBuckets
from secondlook.store.bucket.client import Remote, translated
from secondlook.store.bucket.deletions import delete_many, delete_one
from secondlook.store.bucket.uploads import RemoteUploads
from secondlook.store.conditions import ALWAYS, Entry, OnlyIf
from secondlook.store.errors import NoSuchBucket, NoSuchKey, ObjectError
from secondlook.store.incoming import Incoming
from secondlook.store.key_order import behind
from secondlook.store.objects import (
    LABEL,
    About,
    ObjectPart,
    Opened,
    Page,
    PartPage,
    PartSpan,
    Source,
    Span,
    Stored,
)
from secondlook.store.session import Store
from secondlook.store.writer import Work

_SPOOLED = "secondlook-body-"


class BucketObjects:
    """`store.objects.Objects` in the S3 that `url` names; see this package's docstring. `home` is the server's own bucket."""

    def __init__(self, store: Store, url: str, home: str) -> None:
        self._remote = Remote(url)
        self._home = home
        self.buckets = RemoteBuckets(store, self._remote)
        self.uploads = RemoteUploads(store, self._remote)

    def receive(self) -> Incoming:
        """A body is gathered in a temporary file: S3 wants its length first, and it may yet prove wrong."""
        return Incoming(Path(tempfile.gettempdir()) / (_SPOOLED + secrets.token_hex(16)))

    def put(
        self,
        bucket: str,
        key: str,
        body: bytes | Incoming | Source,
        about: About,
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        self.buckets.require(bucket)
        if isinstance(body, Source):
            return self._copy(body, bucket, key, about, only_if)
        said = words.described(about) | words.checksum(about.checksums) | words.condition(only_if)
        answer = self._sent(bucket, key, body, said)
        size = len(body) if isinstance(body, bytes) else body.size
        return Stored.of(about, size, words.tag(answer), now)

    def stage(self, bucket: str, key: str, body: bytes, about: About, now: datetime) -> Work[None]:
        self.put(bucket, key, body, about, now)
        return lambda _: None

    def get(self, bucket: str, key: str, span: Span | None = None) -> Opened:
        self.buckets.require(bucket)
        arguments = {"Range": span.header()} if span else {}
        with translated(bucket, key):
            answer = self._remote.call.get_object(
                Bucket=self._remote.name(bucket), Key=key, ChecksumMode="ENABLED", **arguments
            )
        start, size = _placed(answer)
        positions = range(start, start + answer["ContentLength"])
        return Opened(words.stored(answer, size), positions, _RemoteBody(answer["Body"], bucket, key))

    def head(self, bucket: str, key: str) -> Stored:
        self.buckets.require(bucket)
        return self._remote.head(bucket, key)

    def delete(self, bucket: str, *keys: str, only_if: Sequence[OnlyIf] = ()) -> Sequence[ObjectError | None]:
        self.buckets.require(bucket)
        conditions = only_if or [ALWAYS] * len(keys)
        if len(keys) == 1:
            return [delete_one(self._remote, bucket, keys[0], conditions[0])]
        return delete_many(self._remote, bucket, keys, conditions)

    def list(
        self, bucket: str, prefix: str = "", delimiter: str = "", after: str = "", limit: int = 1000
    ) -> Page:
        self.buckets.require(bucket)
        arguments = {"Prefix": prefix, "Delimiter": delimiter, "StartAfter": behind(after, prefix, delimiter)}
        with translated(bucket):
            answer = self._remote.call.list_objects_v2(
                Bucket=self._remote.name(bucket), MaxKeys=limit, **{k: v for k, v in arguments.items() if v}
            )
        entries = [
            Entry(
                item["Key"],
                item["Size"],
                words.tag(item),
                item["LastModified"],
                item.get("ChecksumAlgorithm", ()),
                item.get("ChecksumType"),
            )
            for item in answer.get("Contents", ())
        ]
        prefixes = [item["Prefix"] for item in answer.get("CommonPrefixes", ())]
        last = (
            max(*(entry.key for entry in entries), *prefixes, "", "") if answer.get("IsTruncated") else None
        )
        return Page(entries, prefixes, last)

    def tags(self, bucket: str, key: str) -> Mapping[str, str]:
        self.buckets.require(bucket)
        with translated(bucket, key):
            answer = self._remote.call.get_object_tagging(Bucket=self._remote.name(bucket), Key=key)
        return {tag["Key"]: tag["Value"] for tag in answer["TagSet"]}

    def set_tags(self, bucket: str, key: str, tags: Mapping[str, str]) -> None:
        self.buckets.require(bucket)
        tag_set = [{"Key": name, "Value": value} for name, value in tags.items()]
        with translated(bucket, key):
            self._remote.call.put_object_tagging(
                Bucket=self._remote.name(bucket), Key=key, Tagging={"TagSet": tag_set}
            )

    def part(self, bucket: str, key: str, number: int) -> PartSpan:
        self.buckets.require(bucket)
        with translated(bucket, key):
            answer = self._remote.call.head_object(
                Bucket=self._remote.name(bucket), Key=key, PartNumber=number
            )
        start, _ = _placed(answer)
        span = range(start, start + answer["ContentLength"])
        return PartSpan(span, answer.get("PartsCount"), words.tag(answer))

    def parts(self, bucket: str, key: str, after: int = 0, limit: int = 1000) -> PartPage:
        self.buckets.require(bucket)
        with translated(bucket, key):
            answer = self._remote.call.get_object_attributes(
                Bucket=self._remote.name(bucket),
                Key=key,
                ObjectAttributes=["ObjectParts"],
                PartNumberMarker=after,
                MaxParts=limit,
            )
        parts = answer.get("ObjectParts", {})
        return PartPage(
            parts.get("TotalPartsCount", 0),
            [
                ObjectPart(part["PartNumber"], part["Size"], words.sums(part))
                for part in parts.get("Parts", ())
            ],
        )

    def label(self) -> str | None:
        try:
            with translated(self._home, LABEL):
                answer = self._remote.call.get_object(Bucket=self._remote.name(self._home), Key=LABEL)
                text: str = answer["Body"].read().decode().strip()
        except (NoSuchBucket, NoSuchKey):
            return None
        return text

    def set_label(self, text: str) -> None:
        self._sent(self._home, LABEL, f"{text}\n".encode(), {})

    def sweep(self, now: datetime, grace: float) -> int:
        """Only what a crash left in the temporary directory: the S3 sweeps its own."""
        removed = 0
        for path in Path(tempfile.gettempdir()).glob(_SPOOLED + "*"):
            with suppress(OSError):
                if path.stat().st_mtime < now.timestamp() - grace:
                    path.unlink()
                    removed += 1
        return removed

    def _sent(self, bucket: str, key: str, body: bytes | Incoming, said: dict[str, Any]) -> Any:
        real = self._remote.name(bucket)

        def send(data: Any) -> Any:
            with translated(bucket, key):
                return self._remote.call.put_object(Bucket=real, Key=key, Body=data, **said)

        def send_or_make(data: Any) -> Any:
            try:
                return send(data)
            except NoSuchBucket:
                # Ours by its row, as the server's own bucket is, but not made there yet.
                self.buckets.make(bucket)
                return send(data)

        return with_body(body, send_or_make)

    def _copy(self, source: Source, bucket: str, key: str, about: About, only_if: OnlyIf) -> Stored:
        self.buckets.require(source.bucket)
        origin = {"Bucket": self._remote.name(source.bucket), "Key": source.key}
        said = words.described(about) | words.algorithm(about.checksums) | words.condition(only_if)
        if source.etag is not None:
            said["CopySourceIfMatch"] = f'"{source.etag}"'
        with translated(source.bucket, source.key):
            self._remote.call.copy_object(
                Bucket=self._remote.name(bucket),
                Key=key,
                CopySource=origin,
                MetadataDirective="REPLACE",
                TaggingDirective="REPLACE",
                **said,
            )
        return self.head(bucket, key)


def _placed(answer: Any) -> tuple[int, int]:
    """Where the bytes of an answer begin, and the size of the whole object."""
    placed = answer["ResponseMetadata"]["HTTPHeaders"].get("content-range")
    if not placed:
        return 0, answer["ContentLength"]
    span, _, size = placed.removeprefix("bytes ").partition("/")
    return int(span.partition("-")[0]), int(size)


class _RemoteBody:
    """A body whose reading may still fail; then in our words."""

    def __init__(self, body: Any, bucket: str, key: str) -> None:
        self._body = body
        self._about = (bucket, key)

    def read(self, most: int, /) -> bytes:
        with translated(*self._about):
            chunk: bytes = self._body.read(most)
            return chunk

    def close(self) -> None:
        self._body.close()
