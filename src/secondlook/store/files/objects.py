"""The five verbs on a directory and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, union, update
from sqlalchemy.exc import IntegrityError

from secondlook.store.bucket_rows import BucketRows, require
from secondlook.store.conditions import ALWAYS, OnlyIf
from secondlook.store.errors import BodyLost, NoSuchBucket, ObjectError, PreconditionFailed
from secondlook.store.files import blob_parts, listing
from secondlook.store.files.blobs import SHARDS, Blobs, name_of
from secondlook.store.files.pointing import point
from secondlook.store.files.rows import columns, find, remove, stored, switch
from secondlook.store.files.uploads import FileUploads
from secondlook.store.incoming import Incoming, write_durably
from secondlook.store.objects import LABEL, About, Opened, Page, PartPage, PartSpan, Source, Span, Stored
from secondlook.store.session import Store
from secondlook.store.tables import object_, part
from secondlook.store.writer import Work


class Files:
    """`store.objects.Objects` in the directory `root`, with its rows in `store`."""

    def __init__(self, store: Store, root: Path) -> None:
        self._store = store
        self._blobs = Blobs(root)
        self.buckets = BucketRows(store)
        self.uploads = FileUploads(store, self._blobs)

    def receive(self) -> Incoming:
        return self._blobs.incoming()

    def put(
        self,
        bucket: str,
        key: str,
        body: bytes | Incoming | Source,
        about: About,
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        if isinstance(body, Source):
            return self._copy(body, bucket, key, about, now, only_if)
        if isinstance(body, bytes):
            body = self._blobs.write(body)
        new = Stored.of(about, body.size, body.md5, now)
        values = columns(name_of(body), new, about.tags)
        try:
            point(self._store, body, lambda cx: switch(cx, bucket, key, values, only_if))
        except IntegrityError:
            raise NoSuchBucket(bucket) from None
        return new

    def stage(self, bucket: str, key: str, body: bytes, about: About, now: datetime) -> Work[None]:
        blob = self._blobs.write(body)
        blob.seal()
        values = columns(name_of(blob), Stored.of(about, blob.size, blob.md5, now), about.tags)
        return lambda cx: switch(cx, bucket, key, values, ALWAYS)

    def get(self, bucket: str, key: str, span: Span | None = None) -> Opened:
        while True:
            row = self._whole(bucket, key)
            positions = span.of(row.size) if span else range(row.size)
            # Swept between the two lines, because the object was replaced: then the next look finds another file.
            with suppress(FileNotFoundError):
                lost = partial(self._lost, row.blob, bucket, key)
                return Opened(stored(row), positions, self._blobs.open(row.blob, positions, lost))

    def head(self, bucket: str, key: str) -> Stored:
        return stored(self._whole(bucket, key))

    def delete(self, bucket: str, *keys: str, only_if: Sequence[OnlyIf] = ()) -> Sequence[ObjectError | None]:
        conditions = only_if or [ALWAYS] * len(keys)
        return self._store.do(lambda cx: remove(cx, bucket, keys, conditions))

    def list(
        self, bucket: str, prefix: str = "", delimiter: str = "", after: str = "", limit: int = 1000
    ) -> Page:
        with self._store.read() as cx:
            require(cx, bucket)
            return listing.page(cx, bucket, prefix, delimiter, after, limit)

    def tags(self, bucket: str, key: str) -> Mapping[str, str]:
        with self._store.read() as cx:
            tags: Mapping[str, str] = find(cx, bucket, key).tags
            return tags

    def set_tags(self, bucket: str, key: str, tags: Mapping[str, str]) -> None:
        here = (object_.c.bucket == bucket, object_.c.key == key)
        with self._store.write() as cx:
            if not cx.execute(update(object_).where(*here).values(tags=dict(tags))).rowcount:
                find(cx, bucket, key)

    def part(self, bucket: str, key: str, number: int) -> PartSpan:
        with self._store.read() as cx:
            row = find(cx, bucket, key)
            parts = blob_parts.of(cx, row.blob)
        return blob_parts.place(parts, number, row.size, row.etag)

    def parts(self, bucket: str, key: str, after: int = 0, limit: int = 1000) -> PartPage:
        with self._store.read() as cx:
            parts = blob_parts.of(cx, find(cx, bucket, key).blob)
        return blob_parts.page(parts, after, limit)

    def label(self) -> str | None:
        try:
            return (self._blobs.root / LABEL).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None

    def set_label(self, text: str) -> None:
        write_durably(self._blobs.root / LABEL, f"{text}\n")

    def sweep(self, now: datetime, grace: float) -> int:
        """One directory at a time: its names on disk, less those that rows point to."""
        moment = now.timestamp() - grace
        removed = 0
        for shard in SHARDS:
            names = set(self._blobs.names(shard))
            if not names:
                continue
            # Read after the directory: a body that was put in between is not among `names`.
            with self._store.read() as cx:
                names.difference_update(
                    cx.scalars(
                        union(
                            *(
                                select(table.c.blob).where(table.c.blob.between(shard, shard + "g"))
                                for table in (object_, part)
                            )
                        )
                    )
                )
            gone = sum(self._blobs.remove_older(name, moment) for name in names)
            if gone:
                with self._store.write() as cx:
                    blob_parts.forget_unused(cx, shard)
            removed += gone
        return removed

    def _whole(self, bucket: str, key: str) -> Row[Any]:
        """The row of an object whose body is on the disk, all of it; BodyLost if it is not."""
        lost = None
        while True:
            with self._store.read() as cx:
                row = find(cx, bucket, key)
            if self._blobs.is_whole(row.blob, row.size):
                return row
            # Replaced and swept between the two lines above: look again, unless it is the same file.
            if row.blob == lost:
                raise self._lost(row.blob, bucket, key)
            lost = row.blob

    def _lost(self, blob: str, bucket: str, key: str) -> BodyLost:
        """The error for whoever reads the object, once the log has the file."""
        self._blobs.report_lost(blob, f"s3://{bucket}/{key}")
        return BodyLost(bucket, key)

    def _copy(
        self, source: Source, bucket: str, key: str, about: About, now: datetime, only_if: OnlyIf
    ) -> Stored:
        """A second row for the same blob. The source's row is held, so that no sweep comes between."""
        self._whole(source.bucket, source.key)
        with self._store.write() as cx:
            row = find(cx, source.bucket, source.key, hold=True)
            if source.etag is not None and source.etag != row.etag:
                raise PreconditionFailed("x-amz-copy-source-If-Match")
            new = Stored.of(about, row.size, row.etag, now)
            switch(cx, bucket, key, columns(row.blob, new, about.tags), only_if)
        return new
