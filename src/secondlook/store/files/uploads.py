"""Multipart uploads: parts are blobs with rows of their own until they become one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from secondlook.names import identifier
from secondlook.store import upload_rows
from secondlook.store.conditions import ALWAYS, OnlyIf
from secondlook.store.errors import SMALLEST_PART, EntityTooSmall, InvalidPart, InvalidPartOrder
from secondlook.store.files import blob_parts
from secondlook.store.files.blobs import Blobs, Lost, name_of
from secondlook.store.files.pointing import point
from secondlook.store.files.rows import columns, switch
from secondlook.store.incoming import Incoming
from secondlook.store.insert import upsert
from secondlook.store.objects import About, Part, Stored, Upload, part_etag
from secondlook.store.session import Store
from secondlook.store.steps import delete_in_steps
from secondlook.store.tables import part
from secondlook.store.upload_rows import UploadRows


class FileUploads(UploadRows):
    """`store.objects.Uploads` on rows and blobs."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        super().__init__(store)
        self._blobs = blobs

    def begin(
        self, bucket: str, key: str, about: About, now: datetime, algorithm: str | None, kind: str | None
    ) -> str:
        new = Upload(identifier(), bucket, key, about, algorithm, kind, now)
        with self._store.write() as cx:
            upload_rows.begin(cx, new)
        return new.id

    def add(
        self,
        upload: Upload,
        number: int,
        body: bytes | Incoming,
        checksums: Mapping[str, str],
        now: datetime,
    ) -> Part:
        if isinstance(body, bytes):
            body = self._blobs.write(body)
        new = Part(number, body.size, body.md5, checksums, now)
        values = {
            "blob": name_of(body),
            "size": new.size,
            "etag": new.etag,
            "checksums": dict(checksums),
            "modified_at": now,
        }

        def write(cx: Connection) -> None:
            upload_rows.find(cx, upload.bucket, upload.key, upload.id, hold=True)
            upsert(cx, part, {"upload_id": upload.id, "number": number}, values)

        point(self._store, body, write)
        return new

    def parts(self, upload: Upload, after: int = 0, limit: int = 1000) -> Sequence[Part]:
        query = select(part).where(part.c.upload_id == upload.id, part.c.number > after)
        with self._store.read() as cx:
            return [_part(row) for row in cx.execute(query.order_by(part.c.number).limit(limit))]

    def complete(
        self,
        upload: Upload,
        parts: Sequence[tuple[int, str]],
        checksums: Mapping[str, str],
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        """Join the parts without a transaction; then, in one, make the object if the parts are still the same."""
        with self._store.read() as cx:
            chosen = _chosen(cx, upload.id, parts)
        whole = self._joined(upload, chosen)
        about = replace(upload.about, checksums=checksums)
        new = Stored.of(about, whole.size, part_etag([row.etag for row in chosen]), now)
        joined = blob_parts.document([(row.size, row.checksums) for row in chosen])

        def write(cx: Connection) -> None:
            upload_rows.find(cx, upload.bucket, upload.key, upload.id, hold=True)
            # One write for up to 10,000 parts, S3's limit: 40 ms, and the object is there when the upload is gone.
            _chosen(cx, upload.id, parts)
            switch(cx, upload.bucket, upload.key, columns(name_of(whole), new, about.tags), only_if)
            blob_parts.keep(cx, name_of(whole), joined)
            upload_rows.complete(cx, upload.id, parts, new)

        point(self._store, whole, write)
        return new

    def abort(self, upload: Upload) -> None:
        delete_in_steps(self._store, part, part.c.upload_id == upload.id)
        with self._store.write() as cx:
            upload_rows.forget(cx, upload.id)

    def _joined(self, upload: Upload, parts: Sequence[Row[Any]]) -> Incoming:
        """One blob of all these parts; InvalidPart, and a line in the log, if the body of one is lost."""
        try:
            return self._blobs.join({row.blob: row.size for row in parts})
        except Lost as lost:
            number = next(row.number for row in parts if row.blob == lost.name)
            self._blobs.report_lost(lost.name, f"part {number} of s3://{upload.bucket}/{upload.key}")
            raise InvalidPart(number) from lost


def _chosen(cx: Connection, upload_id: str, parts: Sequence[tuple[int, str]]) -> list[Row[Any]]:
    """The rows of the parts that a completion names, checked as S3 checks them."""
    query: Select[Any] = select(part.c.number, part.c.blob, part.c.size, part.c.etag, part.c.checksums).where(
        part.c.upload_id == upload_id
    )
    rows: dict[int, Row[Any]] = {row.number: row for row in cx.execute(query)}
    numbers = [number for number, _ in parts]
    if numbers != sorted(set(numbers)):
        raise InvalidPartOrder
    for number, etag in parts:
        if number not in rows or rows[number].etag != etag:
            raise InvalidPart(number)
    chosen = [rows[number] for number in numbers]
    for row in chosen[:-1]:
        if row.size < SMALLEST_PART:
            raise EntityTooSmall(row.number, row.size)
    return chosen


def _part(row: Row[Any]) -> Part:
    return Part(row.number, row.size, row.etag, row.checksums, row.modified_at)
